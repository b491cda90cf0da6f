"""Citations of articles, quotes and searches, in three styles and three machine-readable formats."""

from articles.citations.citation import Citation, Kind, cite_article, cite_listed, cite_quote, cite_search
from articles.citations.formats import bibtex, csl, csl_json, ris
from articles.citations.page_metadata import (
    coins,
    news_article,
    printed_date,
    quotation,
    speaker_in_full,
    speaker_named,
)
from articles.citations.styles import Run, apa, chicago, mla, plain

__all__ = [
    "Citation",
    "Kind",
    "Run",
    "apa",
    "bibtex",
    "chicago",
    "cite_article",
    "cite_listed",
    "cite_quote",
    "cite_search",
    "coins",
    "csl",
    "csl_json",
    "mla",
    "news_article",
    "plain",
    "printed_date",
    "quotation",
    "ris",
    "speaker_in_full",
    "speaker_named",
]

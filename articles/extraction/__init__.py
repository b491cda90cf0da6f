"""Extracts quotes with their speakers, interview turns and editorial notes from a news text.

Rules, word tables and fixed weights only, so that the same text always gives the same result.
"""

from articles.extraction.attribution.attribution_draft import CONTESTED, NEVER_BY_RULE
from articles.extraction.candidates import find_candidates
from articles.extraction.pipeline import extract_article, find_quotes
from articles.extraction.spans import Candidate, ExtractionResult, Person, QuotePiece, Span, Turn

__all__ = [
    "CONTESTED",
    "NEVER_BY_RULE",
    "Candidate",
    "ExtractionResult",
    "Person",
    "QuotePiece",
    "Span",
    "Turn",
    "extract_article",
    "find_candidates",
    "find_quotes",
]

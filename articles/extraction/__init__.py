"""From a news text to its quotes with their speakers, its interview turns and its notes.

Rules and tables alone: the same text always gives the same answer.
"""

from articles.extraction.attribution.attribution_draft import NEVER_BY_RULE
from articles.extraction.candidates import find_candidates
from articles.extraction.pipeline import find_quotes, read
from articles.extraction.spans import Candidate, Person, Piece, Reading, Span, Turn

__all__ = [
    "NEVER_BY_RULE",
    "Candidate",
    "Person",
    "Piece",
    "Reading",
    "Span",
    "Turn",
    "find_candidates",
    "find_quotes",
    "read",
]

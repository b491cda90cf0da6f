"""How often pieces found in this way have both span and speaker right."""

from __future__ import annotations

from articles.extraction.attribution import Draft
from articles.extraction.languages.table import Language
from articles.extraction.spans import Piece


def confidence_of(piece: Piece, draft: Draft, language: Language) -> float:
    base = {"tail": 0.95, "head": 0.9, "same": 0.9, "clause": 0.7, "call": 0.6, "label": 0.7}.get(
        piece.rule, 0.5
    )
    return base if draft.source and draft.source.sort == "name" else round(base * 0.9, 2)

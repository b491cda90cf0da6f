"""How often pieces found in this way have both span and speaker right."""

from __future__ import annotations


def confidence_of(rule: str, kind: str, words: int, source: str) -> float:
    base = {"tail": 0.95, "head": 0.9, "same": 0.9, "clause": 0.7, "call": 0.6, "label": 0.7}.get(rule, 0.5)
    return base if source == "name" else base * 0.9

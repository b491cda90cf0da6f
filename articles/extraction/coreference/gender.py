"""The gender of a person from the determiner of a description: Spanish «la bióloga marina Ada Okafor»."""

from __future__ import annotations

from articles.extraction.languages.table import Language
from articles.extraction.tokenizer import WORD, Token

LONGEST = 4  # tokens of the description


def gender_of_description(tokens: list[Token], name: int, lo: int, language: Language) -> str:
    """The gender of the description that ends before the token `name`; empty if there is none."""
    if not language.genders:
        return ""
    for k in range(name - 1, max(lo, name - LONGEST) - 1, -1):
        low = tokens[k].low
        if low in language.genders and k < name - 1:
            return language.genders[low]
        if tokens[k].kind != WORD or low in language.prepositions or low in language.determiners:
            break
    return ""

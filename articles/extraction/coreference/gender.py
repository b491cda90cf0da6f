"""The gender of a person whose given name does not show it: from a description, or from pronouns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from articles.extraction.languages.table import Language
from articles.extraction.tokenizer import WORD, Document, Token

LONGEST = 4  # tokens of the description
OPENING = 3  # tokens in which a pronoun that refers to the sentence before begins a sentence
FEWEST, MARGIN = 2, 3  # pronouns of one gender, and how many for each one of the other
Name = tuple[str, ...]
Named = tuple[int, int, Name, bool]  # first token, the token after the last, name, whether it is a subject


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


def genders_by_pronouns(document: Document, named: Mapping[int, list[Named]]) -> dict[Name, str]:
    """The gender of each name that is alone in a sentence with «he», «his», «she» or «her».

    `named` are the names of possible people in each paragraph, in text order.
    """
    votes: defaultdict[Name, Counter[str]] = defaultdict(Counter)
    for number, names in named.items():
        for name, gender in _votes(document, number, names):
            votes[name][gender] += 1
    found = {}
    for name, counted in votes.items():
        (gender, most), *others = counted.most_common()
        if most >= FEWEST and most >= MARGIN * sum(count for _, count in others):
            found[name] = gender
    return found


def _votes(document: Document, number: int, names: list[Named]) -> Iterator[tuple[Name, str]]:
    """The name that each pronoun refers to, if its sentence or the sentence before has no other."""
    paragraph, pronouns = document.paragraphs[number], document.language.gendered
    before: Name | None = None
    for sentence in paragraph.sentences:
        inside = [name for name in names if sentence.start <= name[0] < sentence.stop]
        for i in [k for k in sentence if paragraph.tokens[k].low in pronouns]:
            so_far = {name for _, last, name, _ in inside if last <= i}
            if len(so_far) == 1:
                yield so_far.pop(), pronouns[paragraph.tokens[i].low]
            elif not so_far and before and i - sentence.start < OPENING:
                yield before, pronouns[paragraph.tokens[i].low]
        alone = len({name for _, _, name, _ in inside}) == 1 and inside[0][3]
        before = inside[0][2] if alone else None

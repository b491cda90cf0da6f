"""Describes each paragraph of a text to the model of interview turns, by the word tables of its language."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from articles.extraction.languages.table import Language

LONGEST_READ = 6_000  # characters of a paragraph
WORD = re.compile(r"[^\W\d_]++(?:['’][^\W\d_]++)?+")
QUOTED = re.compile(r"[“\"„«][^”\"“»]*[”\"“»]|''.*?''")
OPENING_MARKS, CLOSING_MARKS = '“"„«', '”"“»'
PLACED = re.compile(r"\((?:left|right|cent(?:er|re)|above|below|middle|pictured|links|rechts)\)")
ITEM = re.compile(r"(?:[•*–—-]|\d{1,3}[.)])\s")
SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
EMPHASIS = "*_ \t"

# Upper limits of the classes of length, in words, and of the densities, in shares of all words.
LENGTHS = (3, 10, 25, 50, 90, 150)
SHORT = 2  # the class of up to 25 words
DENSITIES = (0.0, 0.03, 0.08)
SHARES = (0.0, 0.1, 0.2, 0.35, 0.6)
COUNTS = (0, 1, 2, 4)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What one paragraph says about itself."""

    length: int  # class of LENGTHS
    asks: bool  # ends with a question mark
    heading: bool
    caption: bool
    you: int  # class of DENSITIES
    me: int
    reports: bool  # a quotation beside a reporting verb
    own: tuple[str, ...]

    @property
    def is_text(self) -> bool:
        """Whether it is neither heading nor caption."""
        return self.asks or not (self.heading or self.caption)


def features_of(texts: Sequence[str], language: Language, *, announced: bool) -> list[list[str]]:
    """The names of the features that each paragraph has; `announced` if title or opening say «interview»."""
    found = [_read(text, language) for text in texts]
    document = _of_document(found, announced)
    first, last = _first_and_last_question(found)
    return [
        [
            "bias",
            *paragraph.own,
            *document,
            *_beside(found, number),
            *_echo(texts, number),
            *_place(number, len(found), first, last),
            _part(number, first, last),
        ]
        for number, paragraph in enumerate(found)
    ]


def looks_like_caption(text: str, language: Language) -> bool:
    """Whether the text is an image caption: «(left)», «Photo: …»."""
    if len(text) > 300:
        return False
    low = text.lower()
    credited = (":" in low or ";" in low) and any(
        f"{w}:" in low or f"{w};" in low for w in language.credit_words
    )
    return credited or ("(" in low and bool(PLACED.search(low)))


def looks_like_heading(text: str) -> bool:
    """Whether the text is as short as a heading and ends like one: «The harbour»."""
    words = text.split()
    return (len(words) <= 10 and text[-1:].isalnum()) or len(words) <= 2


def _class_of(value: float, limits: Sequence[float]) -> int:
    return bisect_left(limits, value)


def _form(paragraph: _Paragraph) -> str:
    if paragraph.asks:
        return "asks"
    return "short" if paragraph.length <= SHORT else "long"


def _read(text: str, language: Language) -> _Paragraph:
    text = text[:LONGEST_READ].strip().strip(EMPHASIS)
    whole = text[:1] in OPENING_MARKS and text[-1:] in CLOSING_MARKS and len(QUOTED.findall(text)) == 1
    spoken = text[1:-1] if whole and len(text) > 2 else QUOTED.sub(" ", text)
    words = list(map(str.lower, WORD.findall(spoken)))
    quoted = not whole and spoken != text
    says = not (language.say.isdisjoint(words) and language.tell.isdisjoint(words))
    every = max(len(words if spoken is text else WORD.findall(text)), 1)
    length = _class_of(every, LENGTHS)
    asks = text.rstrip(')]”"»*_ ').endswith("?")
    you, me = (_density(words, table, every) for table in (language.you, language.me))
    caption = looks_like_caption(text, language)
    item = bool(ITEM.match(text))
    heading = every <= 10 and text[-1:].isalnum() and not item
    size = "long" if length > SHORT else "short"
    own = [
        f"length={length}",
        f"asks={asks}",
        f"asks={asks}&length={length}",
        f"questions={min(spoken.count('?'), 3)}",
        f"first sentence asks={_first_sentence_asks(spoken)}",
        f"asks={asks}&to you={you > 0}&of me={me > 0}&{size}",
        f"you={you}",
        f"me={me}",
        f"others={_density(words, _others(language), every)}",
        f"first={_openers(language).get(words[0], 'other') if words else 'none'}",
        f"second={_second_word(words, language)}",
        f"{size}&plain={not (you or me or '?' in spoken)}",
    ]
    own += [
        name
        for name, true in (
            ("caption", caption),
            ("heading", heading),
            ("heading&length=0", heading and length == 0),
            ("in marks", whole),
            ("opens with marks", text[:1] in OPENING_MARKS and not whole),
            ("quotes", quoted),
            ("quotes&says", quoted and says),
            ("says", says),
            ("bracketed", text[:1] == "("),
            ("item", item),
            ("ends with colon", text[-1:] == ":"),
            ("commands", bool(words) and words[0] in language.commands),
            ("digits first", text[:1].isdigit()),
        )
        if true
    ]
    return _Paragraph(length, asks, heading, caption, you, me, quoted and says, tuple(own))


@lru_cache(maxsize=16)
def _others(language: Language) -> frozenset[str]:
    return frozenset(word for word, sort in language.pronouns.items() if sort in "mf")


def _density(words: Sequence[str], table: frozenset[str], every: int) -> int:
    return _class_of(sum(map(table.__contains__, words)) / every, DENSITIES)


def _first_sentence_asks(text: str) -> bool:
    end = SENTENCE_END.search(text)
    return end is not None and end.group()[0] == "?"


@lru_cache(maxsize=16)
def _openers(language: Language) -> dict[str, str]:
    """The class of each word that may open a paragraph; of several the first that is listed."""
    tables = (
        ("command", language.commands),
        ("me", language.me),
        ("you", language.you),
        ("answer", language.answer_openers),
        ("question", language.questions),
        ("auxiliary", language.auxiliaries),
        ("pronoun", language.pronouns),
        ("conjunction", language.conjunctions | language.subordinators),
        ("determiner", language.determiners),
        ("preposition", language.prepositions),
        ("adverb", language.adverbs | language.times),
    )
    return {word: name for name, table in reversed(tables) for word in table}


def _second_word(words: Sequence[str], language: Language) -> str:
    word = words[1] if len(words) > 1 else ""
    for name, table in (("you", language.you), ("me", language.me), ("auxiliary", language.auxiliaries)):
        if word in table:
            return name
    return "other"


def _of_document(found: Sequence[_Paragraph], announced: bool) -> tuple[str, ...]:
    texts = [p for p in found if p.is_text] or list(found)
    pairs = [(a, b) for a, b in pairwise(texts) if a.asks and not b.asks]
    every, asking = len(texts), max(len(pairs), 1)
    return (
        f"announced={announced}",
        f"pairs={_class_of(len(pairs), COUNTS)}",
        f"share of pairs={_class_of(len(pairs) / every, SHARES)}",
        f"share of reports={_class_of(sum(p.reports for p in texts) / every, SHARES)}",
        f"share of me={_class_of(sum(p.me > 0 for p in texts) / every, SHARES)}",
        f"share of you={_class_of(sum(p.you > 0 for p in texts) / every, SHARES)}",
        f"answers by me={_class_of(sum(b.me > 0 for _, b in pairs) / asking, SHARES)}",
        f"questions to you={_class_of(sum(a.you > 0 for a, _ in pairs) / asking, SHARES)}",
    )


def _beside(found: Sequence[_Paragraph], number: int) -> list[str]:
    """The paragraphs before and after; headings and captions are passed over."""
    names = []
    for step in (-1, 1):
        at = number + step
        if 0 <= at < len(found):
            names += [f"{step}:heading"] * found[at].heading + [f"{step}:caption"] * found[at].caption
        for distance in (step, 2 * step):
            while 0 <= at < len(found) and not found[at].is_text:
                at += step
            if not 0 <= at < len(found):
                names.append(f"{distance}:none")
                break
            other = found[at]
            if abs(distance) == 1:
                names += _next_to(
                    distance, other.asks, other.length, other.me, other.reports, _form(found[number])
                )
            else:
                names.append(f"{distance}:asks={other.asks}")
            at += step
    return names


# There are fewer than a thousand combinations, and each paragraph asks for two.
@lru_cache(maxsize=1024)
def _next_to(step: int, asks: bool, length: int, me: int, reports: bool, form: str) -> tuple[str, ...]:
    """What the next paragraph, or the one before, is beside a paragraph of this form."""
    names = (
        f"{step}:asks={asks}",
        f"{step}:length={length}",
        f"{step}:me={me}",
        f"{step}:asks={asks}&{form}",
    )
    return (*names, f"{step}:reports") if reports else names


def _echo(texts: Sequence[str], number: int) -> list[str]:
    """Whether the paragraph repeats words from the end of the one before, or continues after a colon."""
    if not number:
        return []
    before = texts[number - 1].rstrip()
    first = [word.lower() for word in WORD.findall(texts[number][:120]) if len(word) > 4]
    last = set(map(str.lower, WORD.findall(before[-160:]))) if first else set()
    share = sum(map(last.__contains__, first)) / len(first) if first else 0.0
    return [f"echo={_class_of(share, (0.0, 0.2))}"] + ["after colon"] * before.endswith(":")


def _first_and_last_question(found: Sequence[_Paragraph]) -> tuple[int, int]:
    asking = [number for number, paragraph in enumerate(found) if paragraph.asks]
    return (asking[0], asking[-1]) if asking else (len(found), -1)


def _place(number: int, every: int, first: int, last: int) -> list[str]:
    names = ["just before questions"] * (number == first - 1)
    names += [f"after questions={min(number - last, 4)}"] if number > last else []
    return names + ["first"] * (number == 0) + ["last"] * (number == every - 1)


def _part(number: int, first: int, last: int) -> str:
    return (
        "before questions" if number < first else "between questions" if number < last else "after questions"
    )

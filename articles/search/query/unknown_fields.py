"""Finds words such as `name:value` whose field does not exist, and suggests replacements."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile

from articles.search.query.dates import MOST_WORDS, read_date, read_words
from articles.search.query.lexer import FIELDS, OPENING, QUOTES, Kind, Token, tokens

MOST = 5
_NAME = re.compile(r"([A-Za-z]{2,20})[:：](?=\S)")
_YEARS = re.compile(r"([0-9]{4})(?:-|–|\.\.)([0-9]{4})")
# URL schemes and identifiers, not fields.
_NO_FIELDS = {"http", "https", "ftp", "mailto", "doi", "www", "urn", "isbn"}
_INSTEAD: dict[str, tuple[str, ...]] = {
    "source": ("publication", "speaker"),
    **dict.fromkeys(("title", "intitle", "headlines", "heading", "hed"), ("headline",)),
    **dict.fromkeys(("by", "writer", "journalist", "reporter", "authors"), ("author",)),
    **dict.fromkeys(("person", "name", "who", "said", "saidby", "speakers"), ("speaker",)),
    **dict.fromkeys(("quoted", "quotedin"), ("quoting", "speaker")),
    **dict.fromkeys(("paper", "newspaper", "publisher", "outlet", "site", "publications"), ("publication",)),
    **dict.fromkeys(("tag", "tags", "subject", "keyword", "keywords", "topics"), ("topic",)),
    **dict.fromkeys(("category", "desk", "rubric", "sections"), ("section", "topic")),
    **dict.fromkeys(("lang", "languages"), ("language",)),
    **dict.fromkeys(("text", "content", "intext", "inbody", "story"), ("body",)),
    **dict.fromkeys(("lead", "lede", "intro", "summary", "abstract", "deck"), ("standfirst",)),
    **dict.fromkeys(("photo", "image", "picture", "captions"), ("caption",)),
    **dict.fromkeys(("type", "kinds"), ("kind",)),
    "quotes": ("quote", "quoting"),
    **dict.fromkeys(("says", "quotation"), ("quote",)),
    **dict.fromkeys(("answers",), ("answer",)),
    **dict.fromkeys(("questions",), ("question",)),
}
_ON = {"date", "dates", "day", "month", "year", "published", "on", "when", "printed"}
_SINCE = {"since", "from", "start"}
_UNTIL = {"until", "till", "to", "end"}


@dataclass(frozen=True)
class UnknownField:
    """`instead` has pairs of a replacement and the whole query with it."""

    text: str
    position: int
    name: str
    instead: tuple[tuple[str, str], ...] = ()


def unknown_fields(text: str) -> tuple[UnknownField, ...]:
    """The unknown fields of a query, with replacements.

    >>> unknown_fields("flood date:2015")[0].instead
    (('after:2015 before:2016', 'flood after:2015 before:2016'),)
    """
    return tuple(_found(text))[:MOST]


def _found(text: str) -> Iterator[UnknownField]:
    negated = False
    found_tokens = tokens(text)[0]
    for at, token in enumerate(found_tokens):
        before, negated = negated, token.kind is Kind.NOT
        found = _NAME.match(text, token.start) if token.kind is Kind.WORD else None
        name = found.group(1).lower() if found else ""
        # A quotation mark or bracket after the colon is a separate token: only the field name is replaced.
        opens = text[token.end : token.end + 1] in (*QUOTES, *OPENING) and token.text.endswith((":", "："))
        if not found or name in FIELDS | _NO_FIELDS or not (opens or found.end() < token.end):
            continue
        value = "" if opens else text[found.end() : token.end]
        following = found_tokens[at + 1 : at + MOST_WORDS]
        date, end = _date_after(name, value, token.end, following)
        dates = [f"({each})" if before and " " in each else each for each in _dates(name, date)]
        written = dates or [f"{field}:{value}" for field in _fields(name)]
        rest = text[end if dates else token.end :]
        instead = tuple((each, text[: token.start] + each + rest) for each in written)
        yield UnknownField(text[token.start : token.end], token.start, name, instead)


def _date_after(name: str, value: str, end: int, following: Sequence[Token]) -> tuple[str, int]:
    """The date after the colon in its canonical form, of one word, several or a phrase; and where it ends."""
    if name not in _ON | _SINCE | _UNTIL or _YEARS.fullmatch(value):
        return value, end
    if not value and following and following[0].kind is Kind.PHRASE:
        return read_date(following[0].text).iso, following[0].end
    words = list(takewhile(lambda each: each.kind is Kind.WORD, following)) if value else []
    count, typed = read_words([value, *(token.text for token in words)])
    return typed.iso, words[count - 2].end if count > 1 else end


def _fields(name: str) -> tuple[str, ...]:
    if name in _ON | _SINCE | _UNTIL:
        return ()
    return _INSTEAD.get(name) or tuple(get_close_matches(name, sorted(FIELDS), 1, 0.75))


def _dates(name: str, value: str) -> Iterator[str]:
    """The date filters with the same meaning."""
    years = _YEARS.fullmatch(value) if name in _ON else None
    first, last = years.groups() if years else (value, value)
    end = _following(last)
    if not _following(first) or not end:
        return
    if name in _ON:
        yield f"after:{first} before:{end}"
    elif name in _SINCE:
        yield f"after:{first}"
    elif name in _UNTIL:
        yield f"before:{end}"


def _following(period: str) -> str:
    """The year, month or day after this one, as date filters take it; empty where it is invalid.

    >>> _following("2015-12"), _following("2015-13")
    ('2016-01', '')
    """
    try:
        year, month, day = (*map(int, period.split("-")), 0, 0)[:3]
        if day:
            return (dt.date(year, month, day) + dt.timedelta(days=1)).isoformat()
        if month:
            return (dt.date(year, month, 28) + dt.timedelta(days=4)).isoformat()[:7]
        return dt.date(year + 1, 1, 1).isoformat()[:4] if year else ""
    except (ValueError, OverflowError):
        return ""

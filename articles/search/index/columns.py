"""The columns of documents: dates, publications, speakers and so on as arrays of numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from articles.models import Quote

KINDS = tuple(Quote.Kind.values)
CHANNELS = tuple(value for value, _ in Quote._meta.get_field("channel").choices or ())
STANDINGS = tuple(Quote.Standing.values)
# Bits of `kinds` in the document of an article.
KIND_BITS = {"direct": 1, "mixed": 2, "question": 4, "answer": 8}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)

Row = Any  # a document of an article or a quote, present or former


@dataclass(frozen=True)
class Lists:
    """Several numbers for each document: those of document n are `values[offsets[n]:offsets[n + 1]]`."""

    offsets: np.ndarray
    values: np.ndarray

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Lists:
        offsets = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(each) for each in lists], out=offsets[1:])
        return cls(offsets, np.array([value for each in lists for value in each], np.int64))

    def replaced(self, other: Lists, places: Mapping[int, int]) -> Lists:
        """These lists, in which list n is list `places[n]` of the other."""
        every = [self.values[self.offsets[n] : self.offsets[n + 1]] for n in range(len(self.offsets) - 1)]
        for n, at in places.items():
            every[n] = other.values[other.offsets[at] : other.offsets[at + 1]]
        return Lists.of([each.tolist() for each in every])

    @cached_property
    def owners(self) -> np.ndarray:
        """The document of each value."""
        return np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int32), np.diff(self.offsets))

    @cached_property
    def without(self) -> np.ndarray:
        """The documents without a value, in order."""
        return np.flatnonzero(np.diff(self.offsets) == 0).astype(np.uint32)

    def of_documents(self, documents: np.ndarray) -> np.ndarray:
        """The values of these documents: by a mask of many, which is four times as fast as their slices."""
        every = len(self.offsets) - 1
        if len(documents) == every:
            return self.values
        if len(documents) * 16 < every:
            return self.pairs(documents)[1]
        mask = np.zeros(every, bool)
        mask[documents] = True
        return self.values.compress(mask.take(self.owners))

    def pairs(self, documents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return (position in `documents`, value) of every value of these documents."""
        begins = self.offsets.take(documents)
        numbers = self.offsets.take(documents + 1) - begins
        total = int(numbers.sum())
        places = np.arange(total) + np.repeat(begins - (np.cumsum(numbers) - numbers), numbers)
        return np.repeat(np.arange(len(documents)), numbers), self.values.take(places)


@dataclass(frozen=True)
class Columns:
    """The columns of the documents of one segment, in its order.

    Days are ordinals and moments microseconds since 1970; 0 means none, as it does for ids.
    """

    ids: np.ndarray
    article: np.ndarray
    published_on: np.ndarray
    published_until: np.ndarray
    year: np.ndarray
    first_public_at: np.ndarray
    visible_from: np.ndarray
    publication: np.ndarray
    section: np.ndarray
    copy_of: np.ndarray
    read: np.ndarray
    language: np.ndarray
    languages: tuple[str, ...]
    topic: Lists
    author: Lists
    # Of the quotes of an article; of a quote the one who speaks.
    speaker: Lists
    kinds: np.ndarray
    channel: np.ndarray
    standing: np.ndarray
    # The moment since when the document has this form.
    since: np.ndarray

    @cached_property
    def _last_embargo(self) -> int:
        return int(self.visible_from.max(initial=0))

    @cached_property
    def _by_article(self) -> tuple[np.ndarray, np.ndarray]:
        """The documents in the order of their articles, and these articles."""
        order = np.argsort(self.article, kind="stable").astype(np.uint32)
        return order, self.article[order]

    def of_articles(self, ids: np.ndarray) -> np.ndarray:
        """The documents of a few articles, in order; their ids are sorted."""
        order, articles = self._by_article
        if not len(articles) or not len(ids := ids[(ids >= articles[0]) & (ids <= articles[-1])]):
            return order[:0]
        firsts, lasts = np.searchsorted(articles, ids), np.searchsorted(articles, ids, side="right")
        found = [order[first:last] for first, last in zip(firsts, lasts, strict=True) if first < last]
        return np.sort(np.concatenate(found)) if found else order[:0]

    def is_public(self, moment: int) -> bool:
        """Whether no document is embargoed at this moment."""
        return self._last_embargo <= moment

    def replaced(self, rows: Mapping[int, Row], kind: str) -> Columns:
        """The same columns with those of other forms of some documents, by their numbers."""
        return _merged(self, columns_of(kind, list(rows.values())), {n: at for at, n in enumerate(rows)})

    def language_is(self, value: str) -> np.ndarray:
        wanted = [n for n, tag in enumerate(self.languages) if tag.lower() == value.lower()]
        return np.isin(self.language, wanted)


def columns_of(kind: str, found: Sequence[Row]) -> Columns:
    """The columns of these documents of articles or quotes, present or former."""
    if kind == "quote":
        return _of_quotes(found)
    return _columns(
        found,
        ids=[row.article_id for row in found],
        article=[row.article_id for row in found],
        speaker=[row.speaker_ids for row in found],
        read=[row.quotes_state == "read" for row in found],
        kinds=[row.kinds for row in found],
    )


def _of_quotes(found: Sequence[Row]) -> Columns:
    return _columns(
        found,
        ids=[row.quote_id for row in found],
        article=[row.article_id for row in found],
        speaker=[[row.speaker_id] if row.speaker_id else [] for row in found],
        read=[row.checked == "person" for row in found],
        kinds=[KIND_BITS[row.kind] for row in found],
        channel=[CHANNELS.index(row.channel) for row in found],
        standing=[STANDINGS.index(row.standing) for row in found],
    )


def _columns(
    rows: Sequence[Row],
    *,
    ids: Sequence[int],
    article: Sequence[int],
    **more: Sequence[Any],  # or lists
) -> Columns:
    languages = tuple(sorted({row.language for row in rows}))
    numbers = {tag: n for n, tag in enumerate(languages)}
    return Columns(
        ids=_ints(ids),
        article=_ints(article),
        published_on=_ints(_day(row.published_on) for row in rows),
        published_until=_ints(_day(row.published_until) for row in rows),
        year=_ints(row.year or 0 for row in rows),
        first_public_at=_ints(_moment(row.first_public_at) for row in rows),
        visible_from=_ints(_moment(row.visible_from) for row in rows),
        publication=_ints(row.publication_id for row in rows),
        section=_ints(row.section_id or 0 for row in rows),
        copy_of=_ints(row.copy_of or 0 for row in rows),
        language=_ints(numbers[row.language] for row in rows),
        languages=languages,
        topic=Lists.of([row.topic_ids for row in rows]),
        author=Lists.of([row.author_ids for row in rows]),
        speaker=Lists.of(more["speaker"]),
        read=np.array(more["read"], bool),
        kinds=_ints(more["kinds"]),
        channel=_ints(more.get("channel", ())),
        standing=_ints(more.get("standing", ())),
        since=_ints(_moment(row.since) for row in rows),
    )


def _ints(values: Iterable[int]) -> np.ndarray:
    return np.array(list(values), np.int64)


def _day(day: dt.date | None) -> int:
    return day.toordinal() if day else 0


def _moment(moment: dt.datetime | None) -> int:
    return (moment - _EPOCH) // _MICROSECOND if moment else 0


moment_number = _moment


def _merged(columns: Columns, other: Columns, places: Mapping[int, int]) -> Columns:
    """`columns`, in which document n is document `places[n]` of `other`."""
    numbers = np.array(list(places), np.int64)
    languages = tuple(dict.fromkeys((*columns.languages, *other.languages)))
    as_merged = np.array([languages.index(tag) for tag in other.languages] or [0], np.int64)
    found: dict[str, Any] = {"languages": languages}  # and arrays
    for name in (each.name for each in fields(Columns)):
        value, new = getattr(columns, name), getattr(other, name)
        if isinstance(value, Lists):
            found[name] = value.replaced(new, places)
        elif isinstance(value, np.ndarray) and len(value):
            put = as_merged[new] if name == "language" else new
            # Each array is as small as its own values allow.
            found[name] = value.astype(np.result_type(value, put))
            found[name][numbers] = put
        elif name != "languages":
            found[name] = value
    return Columns(**found)

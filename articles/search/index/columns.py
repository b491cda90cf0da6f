"""The columns of documents: dates, publications, speakers and so on as arrays of numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from articles.models import Quote, QuoteDocument, SearchDocument

KINDS = tuple(Quote.Kind.values)
CHANNELS = tuple(value for value, _ in Quote._meta.get_field("channel").choices or ())
STANDINGS = tuple(Quote.Standing.values)
# Bits of `kinds` in the document of an article.
KIND_BITS = {"direct": 1, "mixed": 2, "question": 4, "answer": 8}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


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

    def pairs(self, documents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return (position in `documents`, value) of every value of these documents."""
        begins = self.offsets[documents]
        numbers = self.offsets[documents + 1] - begins
        total = int(numbers.sum())
        within = np.arange(total) - np.repeat(np.cumsum(numbers) - numbers, numbers)
        return np.repeat(np.arange(len(documents)), numbers), self.values[np.repeat(begins, numbers) + within]


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

    def language_is(self, value: str) -> np.ndarray:
        wanted = [n for n, tag in enumerate(self.languages) if tag.lower() == value.lower()]
        return np.isin(self.language, wanted)


def of_articles(ids: Sequence[int]) -> Columns:
    """Read the columns of these articles, in this order."""
    rows = SearchDocument.objects.defer("vector").in_bulk([int(pk) for pk in ids])
    found = [rows[int(pk)] for pk in ids]
    return _columns(
        found,
        article=[row.article_id for row in found],
        speaker=[row.speaker_ids for row in found],
        read=[row.quotes_state == "read" for row in found],
        kinds=[row.kinds for row in found],
    )


def of_quotes(ids: Sequence[int]) -> Columns:
    """Read the columns of these quotes, in this order."""
    rows = QuoteDocument.objects.defer("vector").in_bulk([int(pk) for pk in ids])
    found = [rows[int(pk)] for pk in ids]
    return _columns(
        found,
        article=[row.article_id for row in found],
        speaker=[[row.speaker_id] if row.speaker_id else [] for row in found],
        read=[row.checked == "person" for row in found],
        kinds=[KIND_BITS[row.kind] for row in found],
        channel=[CHANNELS.index(row.channel) for row in found],
        standing=[STANDINGS.index(row.standing) for row in found],
    )


def _columns(rows: Sequence[Any], *, article: Sequence[int], **more: Sequence[Any]) -> Columns:
    languages = tuple(sorted({row.language for row in rows}))
    numbers = {tag: n for n, tag in enumerate(languages)}
    return Columns(
        ids=_ints(row.pk for row in rows),
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
    )


def _ints(values: Iterable[int]) -> np.ndarray:
    return np.array(list(values), np.int64)


def _day(day: dt.date | None) -> int:
    return day.toordinal() if day else 0


def _moment(moment: dt.datetime | None) -> int:
    return (moment - _EPOCH) // _MICROSECOND if moment else 0


moment_number = _moment

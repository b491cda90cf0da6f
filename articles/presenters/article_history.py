"""The public versions of an article with their word-level differences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from articles.models import Article, events_of
from articles.models.publication import public_text
from articles.presenters.differences import Compared, compare_texts

PARTS = ("kicker", "headline", "standfirst", "byline", "dateline", "body")
FACTS = ("source_url", "edition", "page", "published_on")


@dataclass(frozen=True)
class State:
    """The texts of an article during one period."""

    since: dt.datetime | None
    until: dt.datetime | None
    texts: dict[str, str]


@dataclass(frozen=True)
class Change:
    part: str
    steps: list[Compared]


@dataclass(frozen=True)
class Version:
    """A public version and how it differs from the previous one."""

    number: int
    since: dt.datetime | None
    changes: list[Change]


def public_versions(article: Article) -> list[Version]:
    """Public versions, newest first. Changes before publication and of other columns are left out."""
    states = list(_merged(_public_states(article)))
    first = [Version(1, article.first_public_at, [])] if states else []
    later = [
        Version(number, new.since, list(_changes(old.texts, new.texts)))
        for number, (old, new) in enumerate(pairwise(states), 2)
    ]
    return [*first, *later][::-1]


def _public_states(article: Article) -> Iterator[State]:
    """The states of the row between changes, if they were public."""
    since: dt.datetime | None = None
    for row in events_of(Article).filter(pgh_obj_id=article.pk).order_by("pgh_id"):
        until = row.pgh_created_at
        if row.status == Article.Status.USABLE and row.visible_from <= until:
            yield State(since, until, _texts(row, article))
        since = until
    if article.is_public:
        yield State(since, None, _texts(article, article))


def _merged(states: Iterator[State]) -> Iterator[State]:
    """Merge neighbours with equal texts into one version."""
    last: State | None = None
    for state in states:
        if last is None or state.texts != last.texts:
            yield state
            last = state


def _texts(row: Article, article: Article) -> dict[str, str]:
    texts = {part: str(getattr(row, part) or "") for part in (*PARTS, *FACTS)}
    if article.publication is not None:
        texts["body"] = public_text(texts["body"], article.publication.full_text)
    return texts


def _changes(old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for part in (*PARTS, *FACTS):
        if old[part] != new[part]:
            yield Change(part.replace("_", " "), compare_texts(old[part], new[part]))

"""Loads the model instances of one page by id.

Uses fixed SQL instead of the ORM: composing a statement of fifty columns took longer than running it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from json import loads
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Field, Model

from articles.models import (
    Article,
    ArticleTopic,
    Authorship,
    Image,
    Publication,
    Quote,
    Section,
    Speaker,
    Topic,
    Turn,
)
from articles.models.publication import public_text
from articles.search.history.as_of import then

# Columns that a list does not need, or loads separately.
_UNSHOWN = {"body", "extra"}


class ListedArticle(NamedTuple):
    """An article, the public part of its body, whether that is cut, and its captions in order."""

    article: Article
    body: str
    cut: bool
    captions: list[str]


# How much of article `a` may be shown depends on its publication today, also in a search of the past.
FULL_TEXT = (
    "(SELECT coalesce(n.full_text, 'public') FROM public.articles_article m "
    "LEFT JOIN public.articles_publication n ON n.id = m.publication_id WHERE m.id = a.id)"
)


def articles(ids: Sequence[int], as_of: dt.datetime | None = None) -> Iterator[ListedArticle]:
    """Articles with their publication, section, and the texts to highlight."""
    captions = "SELECT i.caption FROM articles_image i WHERE i.article_id = a.id ORDER BY i.position, i.id"
    tables = {Article: "a", Publication: "p", Section: "s"}
    for (article, publication, section), (body, full_text, printed) in _rows(
        _ARTICLES, tables, f"a.body, {FULL_TEXT}, ARRAY({captions})", ids, as_of
    ):
        _set_related(article, publication=publication, section=section)
        shown = public_text(body, full_text)
        yield ListedArticle(article, shown, len(shown) < len(body), printed)


class WholeArticle(NamedTuple):
    """What a file of articles has of one beside its record: public text, names, and pictures in order."""

    body: str
    authors: list[str]
    unlinked: list[object]  # names of authors that were imported and are not linked
    topics: list[str]
    images: list[dict[str, str]]


def whole_articles(ids: Sequence[int], as_of: dt.datetime | None = None) -> dict[int, WholeArticle]:
    """The texts, authors, topics and pictures of articles, by their ids."""
    with connection.cursor() as cursor:
        cursor.execute(then(as_of, _WHOLE, *_OF_WHOLE), [list(ids)])
        found = cursor.fetchall()
    return {
        pk: WholeArticle(
            public_text(body, full_text),
            authors,
            loads(unlinked),
            topics,
            loads(images),
        )
        for pk, body, full_text, authors, unlinked, topics, images in found
    }


_OF_WHOLE = (Article, Authorship, Speaker, ArticleTopic, Topic, Image)
_WHOLE = f"""
SELECT a.id, a.body, {FULL_TEXT}, ARRAY(
    SELECT w.name FROM articles_authorship u JOIN articles_speaker w ON w.id = u.speaker_id
    WHERE u.article_id = a.id ORDER BY u.position, u.id
), CASE jsonb_typeof(a.extra -> 'authors') WHEN 'array' THEN a.extra -> 'authors' ELSE '[]' END, ARRAY(
    SELECT t.name FROM articles_articletopic o JOIN articles_topic t ON t.id = o.topic_id
    WHERE o.article_id = a.id ORDER BY t.name, t.id
), (
    SELECT coalesce(
        jsonb_agg(
            jsonb_build_object('caption', i.caption, 'credit', i.credit, 'url', i.url)
            ORDER BY i.position, i.id
        ), '[]'
    ) FROM articles_image i WHERE i.article_id = a.id
)
FROM articles_article a WHERE a.id = ANY(%s)
"""


def quotes(ids: Sequence[int], as_of: dt.datetime | None = None) -> Iterator[Quote]:
    """Quotes with the related objects that a list shows."""
    tables = {Quote: "q", Article: "a", Publication: "p", Section: "s", Speaker: "w", Turn: "t"}
    for (quote, article, publication, section, speaker, turn), _ in _rows(_QUOTES, tables, "", ids, as_of):
        _set_related(article, publication=publication, section=section)
        _set_related(quote, article=article, speaker=speaker, turn=turn)
        yield quote


def found_quotes(ids: Sequence[int], as_of: dt.datetime | None = None) -> list[Quote]:
    """The quotes with these ids, in the order of their articles and positions."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(then(as_of, _FOUND.format(columns=_columns(Quote, "q")), Quote), [list(ids)])
        return [_instance(Quote, row) for row in cursor.fetchall()]


_JOINS = (
    "LEFT JOIN articles_publication p ON p.id = a.publication_id "
    "LEFT JOIN articles_section s ON s.id = a.section_id"
)
_ARTICLES = f"SELECT {{columns}} FROM articles_article a {_JOINS} WHERE a.id = ANY(%s)"
_QUOTES = (
    f"SELECT {{columns}} FROM articles_quote q JOIN articles_article a ON a.id = q.article_id {_JOINS} "
    "LEFT JOIN articles_speaker w ON w.id = q.speaker_id LEFT JOIN articles_turn t ON t.id = q.turn_id "
    "WHERE q.id = ANY(%s)"
)
_FOUND = "SELECT {columns} FROM articles_quote q WHERE q.id = ANY(%s) ORDER BY q.article_id, q.position, q.id"


def _rows(
    statement: str,
    tables: dict[type[Model], str],
    extra: str,
    ids: Sequence[int],
    as_of: dt.datetime | None,
) -> Iterator[tuple[list[Any], tuple]]:  # instances of the models of `tables`
    """For each row its model instances (None for a missing one) and the extra columns."""
    columns = [_columns(model, alias) for model, alias in tables.items()]
    with connection.cursor() as cursor:
        sql = statement.format(columns=", ".join([*columns, *([extra] if extra else [])]))
        cursor.execute(then(as_of, sql, *tables, Image), [list(ids)])
        found = cursor.fetchall()
    # Many articles of a page share a publication.
    instances: dict[tuple[type[Model], int], Any] = {}
    for row in found:
        models, at = [], 0
        for model in tables:
            end = at + len(_shown(model))
            key = (model, row[at])
            if row[at] is not None and key not in instances:
                instances[key] = _instance(model, row[at:end])
            models.append(instances.get(key))
            at = end
        yield models, row[at:]


@cache
def _shown(model: type[Model]) -> tuple[Field, ...]:
    """The columns of a model, its id first."""
    return tuple(field for field in model._meta.concrete_fields if field.name not in _UNSHOWN)


@cache
def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'{alias}."{field.column}"' for field in _shown(model))


@cache
def _converters(model: type[Model]) -> tuple[tuple[int, Field, tuple], ...]:
    """The columns with database converters, as the ORM applies them."""
    read = ((at, field, field.get_db_converters(connection)) for at, field in enumerate(_shown(model)))
    return tuple((at, field, tuple(readers)) for at, field, readers in read if readers)


def _instance(model: type[Model], values: Sequence[object]) -> Any:  # an instance of the model
    given = list(values)
    for at, field, readers in _converters(model):
        column = field.get_col(model._meta.db_table)
        for reader in readers:
            given[at] = reader(given[at], column, connection)
    return model.from_db(connection.alias, [field.attname for field in _shown(model)], given)


def _set_related(row: Model, **related: Model | None) -> None:
    for name, value in related.items():
        row._meta.get_field(name).set_cached_value(row, value)  # type: ignore[union-attr]  # a foreign key

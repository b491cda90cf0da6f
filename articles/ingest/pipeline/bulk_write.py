"""The rows of new articles with all that stands in them, each table in one statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

import pgtrigger
from django.db import connection, models, transaction
from psycopg import sql

from articles.ingest.pipeline.duplicates import text_hash
from articles.ingest.pipeline.pending_article import Arrival
from articles.ingest.pipeline.resolver import Names, Resolver, Speakers
from articles.ingest.pipeline.types import Wishes
from articles.ingest.proposals.create import Acceptance, Places, allot, quote_rows
from articles.ingest.proposals.refresh import turn_rows
from articles.models import Article, ArticleTopic, Authorship, Image, Note, Quote, RawDocument, Turn
from articles.near_duplicates.minhash import keep, signature


def copy_in(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows that have their ids, and no columns but numbers, texts, times and lists of them.

    Constraints and triggers hold as for any INSERT.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = model._meta.concrete_fields
    values = attrgetter(*(field.attname for field in fields))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(field.column) for field in fields),
    )
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(values(row))


def write(arrivals: Sequence[Arrival], resolver: Resolver, wishes: Wishes) -> list[Quote]:
    """Insert these as drafts, then publish them if that is wished; return their quotes."""
    now = database_now()
    articles = [arrival.article for arrival in arrivals if arrival.article]
    for article in articles:
        article.visible_from = now
    Article.objects.bulk_create(articles)
    keep(signature(article.pk, article.body, text_hash(article.body)) for article in articles)
    RawDocument.objects.bulk_create(raw_document(arrival) for arrival in arrivals)
    write_topics(arrivals, resolver.topics)
    write_authors(arrivals, resolver.speakers)
    quotes = write_texts(arrivals, resolver.speakers, acceptance(wishes, now))
    if wishes.publish:
        publish(a.article for a in arrivals if a.article and not a.incoming.withheld)
    return quotes


def database_now() -> dt.datetime:
    """The moment of this transaction, as the database's own rules see it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def acceptance(wishes: Wishes, now: dt.datetime) -> Acceptance | None:
    if wishes.accept_from is None:
        return None
    return Acceptance(wishes.accept_from, wishes.through, now, now if wishes.publish else None)


def raw_document(arrival: Arrival) -> RawDocument:
    incoming = arrival.incoming
    return RawDocument(
        article=arrival.article,
        bytes=incoming.raw,
        media_type=incoming.media_type,
        origin=incoming.origin[:2000],
    )


def write_topics(arrivals: Iterable[Arrival], topics: Names) -> None:
    """A topic that there is not yet is made."""
    rows = []
    for arrival in arrivals:
        wanted = dict.fromkeys(topics.find_or_make(name) for name in arrival.incoming.parsed.topics)
        rows += [ArticleTopic(article=arrival.article, topic_id=pk) for pk in wanted]
    ArticleTopic.objects.bulk_create(rows)


def write_authors(arrivals: Iterable[Arrival], speakers: Speakers) -> None:
    """Link those whose name exactly one speaker bears; the byline keeps them all as printed."""
    rows = []
    for arrival in arrivals:
        names = arrival.incoming.parsed.authors
        known = dict.fromkeys(pk for name in names if (pk := speakers.find(name)))
        rows += [
            Authorship(article=arrival.article, speaker_id=pk, position=position)
            for position, pk in enumerate(known)
        ]
    Authorship.objects.bulk_create(rows)


def write_texts(arrivals: Sequence[Arrival], speakers: Speakers, rule: Acceptance | None) -> list[Quote]:
    """Pictures, turns, notes, and the quotes that stand in them."""
    images = [image_rows(arrival) for arrival in arrivals]
    links = [
        speakers.within(arrival.article.publication_id, arrival.article.published_on)  # type: ignore[union-attr]
        for arrival in arrivals
    ]
    turns = [
        turn_rows(arrival.article, arrival.incoming.reading, link)
        for arrival, link in zip(arrivals, links, strict=True)
    ]
    Image.objects.bulk_create(row for rows in images for row in rows)
    Turn.objects.bulk_create(row for rows in turns for row in rows)
    Note.objects.bulk_create(
        Note(article=arrival.article, start=note.start, end=note.end)
        for arrival in arrivals
        for note in arrival.incoming.reading.notes
    )
    ids = iter(allot(Quote, sum(len(arrival.candidates) for arrival in arrivals)))
    quotes: list[Quote] = []
    for arrival, pictures, parts, link in zip(arrivals, images, turns, links, strict=True):
        places = Places(
            arrival.article.pk,  # type: ignore[union-attr]
            [picture.pk for picture in pictures],
            {number: turn.pk for number, turn in enumerate(parts)},
            {number: next(ids) for number in arrival.candidates},
        )
        roles = {person.name: person.description for person in arrival.incoming.reading.people}
        quotes += quote_rows(
            arrival.candidates,
            arrival.texts,
            places,
            roles=roles,
            link_of=link,
            acceptance=replace(rule, public_at=None) if rule and arrival.incoming.withheld else rule,
            never=arrival.contradicted if rule else (),
        )
    copy_in(quotes)
    return quotes


def image_rows(arrival: Arrival) -> list[Image]:
    return [
        Image(article=arrival.article, caption=i.caption, credit=i.credit, url=i.url, position=position)
        for position, i in enumerate(arrival.incoming.parsed.images)
    ]


def publish(articles: Iterable[Article]) -> None:
    """Make drafts of this very transaction usable: now that all parts stand, each is indexed once."""
    # Nobody has seen them as drafts, so that this is no event of their history. A savepoint of its own, since
    # `ignore` runs a statement when it ends: in a broken transaction that would hide what broke it.
    with pgtrigger.ignore("articles.Article:update_update"), transaction.atomic():
        drafts = Article.objects.filter(pk__in=[article.pk for article in articles])
        drafts.update(status=Article.Status.USABLE)

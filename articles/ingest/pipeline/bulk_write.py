"""Insert new articles with their quotes, turns, notes and images: one statement per table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

import pgtrigger
from django.db import connection, models, transaction
from psycopg import sql

from articles.ingest.pipeline.duplicates import text_hash
from articles.ingest.pipeline.pending_article import PendingArticle
from articles.ingest.pipeline.resolver import Resolver, Speakers
from articles.ingest.pipeline.types import ImportOptions
from articles.ingest.proposals.create import Acceptance, RowIds, allocate_ids, quote_rows
from articles.ingest.proposals.refresh import turn_rows
from articles.models import Article, ArticleTopic, Authorship, Image, Note, Quote, RawDocument, Turn
from articles.near_duplicates.minhash import signature, store_signatures


def copy_in(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows with COPY; they need ids, and only columns that psycopg can adapt.

    Constraints and triggers apply as for INSERT.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = {field.attname: field.column or "" for field in model._meta.concrete_fields}
    values = attrgetter(*columns)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join([sql.Identifier(column) for column in columns.values()]),
    )
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(values(row))


def write(
    pending_articles: Sequence[PendingArticle], resolver: Resolver, options: ImportOptions
) -> list[Quote]:
    """Insert the articles as drafts, then publish them if the options say so; return their quotes."""
    now = database_now()
    articles = [pending.article for pending in pending_articles if pending.article]
    for article in articles:
        article.visible_from = now
    Article.objects.bulk_create(articles)
    RawDocument.objects.bulk_create(raw_document(pending) for pending in pending_articles)
    quotes = write_parts(pending_articles, resolver.speakers, acceptance(options, now))
    if options.publish:
        publish(a.article for a in pending_articles if a.article and not a.stays_draft)
    return quotes


def database_now() -> dt.datetime:
    """Return the start of the transaction, which triggers and constraints compare with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def acceptance(options: ImportOptions, now: dt.datetime) -> Acceptance | None:
    if options.accept_from is None:
        return None
    return Acceptance(options.accept_from, options.through, now, now if options.publish else None)


def raw_document(pending: PendingArticle) -> RawDocument:
    incoming = pending.incoming
    return RawDocument(
        article=pending.article,
        bytes=incoming.raw,
        media_type=incoming.media_type,
        origin=incoming.origin[:2000],
    )


def write_parts(
    pending_articles: Sequence[PendingArticle], speakers: Speakers, rule: Acceptance | None
) -> list[Quote]:
    """Insert all that belongs to stored articles without parts; return the quotes."""
    articles = [pending.article for pending in pending_articles if pending.article]
    store_signatures(signature(article.pk, article.body, text_hash(article.body)) for article in articles)
    ArticleTopic.objects.bulk_create(
        ArticleTopic(article=pending.article, topic_id=pk)
        for pending in pending_articles
        for pk in pending.topics
    )
    write_authors(pending_articles, speakers)
    return write_texts(pending_articles, speakers, rule)


def write_authors(pending_articles: Iterable[PendingArticle], speakers: Speakers) -> None:
    """Link authors whose name exactly one speaker has; the byline keeps all names as printed."""
    rows = []
    for pending in pending_articles:
        names = pending.incoming.parsed.authors
        known = dict.fromkeys(pk for name in names if (pk := speakers.find(name)))
        rows += [
            Authorship(article=pending.article, speaker_id=pk, position=position)
            for position, pk in enumerate(known)
        ]
    Authorship.objects.bulk_create(rows)


def write_texts(
    pending_articles: Sequence[PendingArticle], speakers: Speakers, rule: Acceptance | None
) -> list[Quote]:
    """Insert images, turns, notes and quotes; return the quotes."""
    images = [image_rows(pending) for pending in pending_articles]
    links = [
        speakers.within(pending.article.publication_id, pending.article.published_on)  # type: ignore[union-attr]  # all are new
        for pending in pending_articles
    ]
    turns = [
        turn_rows(pending.article, pending.incoming.reading, link)
        for pending, link in zip(pending_articles, links, strict=True)
    ]
    Image.objects.bulk_create(row for rows in images for row in rows)
    Turn.objects.bulk_create(row for rows in turns for row in rows)
    Note.objects.bulk_create(
        Note(article=pending.article, start=note.start, end=note.end)
        for pending in pending_articles
        for note in pending.incoming.reading.notes
    )
    ids = iter(allocate_ids(Quote, sum(len(pending.candidates) for pending in pending_articles)))
    quotes: list[Quote] = []
    for pending, pictures, parts, link in zip(pending_articles, images, turns, links, strict=True):
        places = RowIds(
            pending.article.pk,  # type: ignore[union-attr]  # all are new
            [picture.pk for picture in pictures],
            {number: turn.pk for number, turn in enumerate(parts)},
            {number: next(ids) for number in pending.candidates},
        )
        roles = {person.name: person.description for person in pending.incoming.reading.people}
        quotes += quote_rows(
            pending.candidates,
            pending.texts,
            places,
            roles=roles,
            link_of=link,
            acceptance=replace(rule, public_at=None) if rule and pending.stays_draft else rule,
            never=pending.contradicted if rule else (),
        )
    copy_in(quotes)
    return quotes


def image_rows(pending: PendingArticle) -> list[Image]:
    return [
        Image(article=pending.article, caption=i.caption, credit=i.credit, url=i.url, position=position)
        for position, i in enumerate(pending.incoming.parsed.images)
    ]


def publish(articles: Iterable[Article]) -> None:
    """Publish drafts of this transaction; done last, so that each article is indexed once."""
    # Nobody has seen the drafts, so their history starts with the published state. The savepoint is needed
    # because `ignore` runs a statement at its end: in a failed transaction that would hide the first error.
    with pgtrigger.ignore("articles.Article:update_update"), transaction.atomic():
        drafts = Article.objects.filter(pk__in=[article.pk for article in articles])
        drafts.update(status=Article.Status.USABLE)

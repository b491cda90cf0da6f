"""Invented articles, speakers and quotes for tests: plain functions, every value can be given."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from django.db import connection
from django.utils.text import slugify

from articles.models import (
    GAP,
    Alias,
    Article,
    ArticleTopic,
    Authorship,
    Image,
    Publication,
    Quote,
    Section,
    Source,
    Speaker,
    Topic,
    Turn,
)
from articles.near_duplicates.minhash import signature, store_signatures

_numbers = count(1)


def make_publication(name: str = "Selwy Courier", **fields: Any) -> Publication:
    return Publication.objects.get_or_create(
        slug=fields.pop("slug", slugify(name)), defaults={"name": name, **fields}
    )[0]


def make_section(name: str = "Home news", **fields: Any) -> Section:
    return Section.objects.get_or_create(
        slug=fields.pop("slug", slugify(name)), defaults={"name": name, **fields}
    )[0]


def make_topic(name: str = "Floods", **fields: Any) -> Topic:
    return Topic.objects.get_or_create(
        slug=fields.pop("slug", slugify(name)), defaults={"name": name, **fields}
    )[0]


def make_speaker(name: str = "Ada Okafor", *, aliases: tuple[str, ...] = (), **fields: Any) -> Speaker:
    fields.setdefault("slug", f"{slugify(name) or 'speaker'}-{next(_numbers)}")
    speaker = Speaker.objects.create(name=name, **fields)
    Alias.objects.bulk_create(Alias(speaker=speaker, name=alias) for alias in aliases)
    return speaker


def make_cycle(*speakers: Speaker) -> None:
    """Merge each into the next and the last into the first, as archives of older releases may have it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE articles_speaker DISABLE TRIGGER merged_without_cycle_changed")
        for speaker, into in zip(speakers, (*speakers[1:], speakers[0]), strict=True):
            Speaker.objects.filter(pk=speaker.pk).update(merged_into=into)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE articles_speaker ENABLE TRIGGER merged_without_cycle_changed")


def make_article(
    *,
    publication: Publication | str = "Selwy Courier",
    section: Section | str | None = None,
    topics: tuple[Topic | str, ...] = (),
    authors: tuple[Speaker, ...] = (),
    captions: tuple[str, ...] = (),
    **fields: Any,
) -> Article:
    """A usable English article of 30 May 2019, its body unlike any other's, unless told otherwise."""
    fields.setdefault("headline", "The council met")
    fields.setdefault("body", f"The council met and heard report number {next(_numbers)}.")
    fields.setdefault("status", Article.Status.USABLE)
    fields.setdefault("language", "en")
    fields.setdefault("published_on", dt.date(2019, 5, 30))
    fields.setdefault("published_precision", "day" if fields["published_on"] else "")
    if isinstance(publication, str):
        publication = make_publication(publication)
    if isinstance(section, str):
        section = make_section(section)
    article = Article.objects.create(publication=publication, section=section, **fields)
    for position, caption in enumerate(captions):
        Image.objects.create(article=article, caption=caption, position=position)
    for topic in topics:
        ArticleTopic.objects.create(
            article=article, topic=make_topic(topic) if isinstance(topic, str) else topic
        )
    for position, author in enumerate(authors):
        Authorship.objects.create(article=article, speaker=author, position=position)
    article.refresh_from_db()
    store_signatures([signature(article.pk, article.body, article.body_hash)] if article.body else [])
    return article


def make_quote(article: Article, *words: str, speaker: Speaker | None = None, **fields: Any) -> Quote:
    """An accepted quote of these own words, each stretch found in the article's part in this order."""
    part = fields.setdefault("part", Quote.Part.BODY)
    text = fields["image"].caption if part == Quote.Part.CAPTION else getattr(article, part)
    spans, at = [], 0
    for stretch in words:
        start = text.index(stretch, at)
        at = start + len(stretch)
        spans.append([start, at])
    fields.setdefault("kind", Quote.Kind.DIRECT)
    fields.setdefault("status", Quote.Status.ACCEPTED)
    fields.setdefault("start", spans[0][0])
    fields.setdefault("end", spans[-1][1])
    return Quote.objects.create(article=article, speaker=speaker, spans=spans, text=GAP.join(words), **fields)


def make_turn(article: Article, words: str, role: str, **fields: Any) -> Turn:
    start = article.body.index(words)
    fields.setdefault("position", article.turns.count())
    return Turn.objects.create(article=article, start=start, end=start + len(words), role=role, **fields)


def make_source(name: str = "Courier news", **fields: Any) -> Source:
    """A feed of the Selwy Courier, due at once, unless told otherwise."""
    fields.setdefault("publication", make_publication())
    if fields.get("kind") != Source.Kind.FOLDER:
        fields.setdefault("url", f"https://courier.example/{slugify(name)}.xml")
    return Source.objects.create(name=name, **fields)

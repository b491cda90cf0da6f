"""Merge two topics or two sections: articles move; former links and names lead to the one that is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext

from articles.models import Article, ArticleTopic, PublicationProfile, Section, Source, Topic
from articles.models.article import ArticleQuerySet
from articles.models.audit import change_group
from articles.models.old_addresses import addresses_of, move_addresses

# More articles take longer than a page may.
MOST_ARTICLES = 10_000
LONGEST = "60s"


class Unmergeable(Exception):
    """The two cannot be merged; the message says why."""


@dataclass(frozen=True)
class Preview:
    """What a merge would do: `moved` articles change, of which `shared` have both topics."""

    given_up: Section | Topic
    kept: Section | Topic
    moved: int
    shared: int


def preview(given_up: Section | Topic, kept: Section | Topic) -> Preview:
    """Count the articles that the merge affects; raises `Unmergeable`."""
    moved = articles_of(given_up)
    number = moved.count()
    _check(given_up, kept, number)
    shared = moved.filter(topics=kept.pk).count() if isinstance(kept, Topic) else 0
    return Preview(given_up, kept, number, shared)


def articles_of(category: Section | Topic) -> ArticleQuerySet:
    """The articles of a section or topic, whatever their status."""
    if isinstance(category, Topic):
        return Article.objects.filter(topics=category.pk)
    return Article.objects.filter(section=category.pk)


def _check(given_up: Section | Topic, kept: Section | Topic, number: int) -> None:
    if given_up.pk == kept.pk:
        raise Unmergeable(gettext("Choose two different records."))
    if number > MOST_ARTICLES:
        too_many = gettext("%(name)s has %(n)s articles. At most %(most)s can be merged at once.")
        raise Unmergeable(
            too_many % {"name": given_up.name, "n": f"{number:,}", "most": f"{MOST_ARTICLES:,}"}
        )


def merge(given_up: Section | Topic, kept: Section | Topic) -> str:
    """Merge one topic or section into another of its kind; return the key to undo it.

    Raises `Unmergeable` if somebody has merged or deleted one of them in the meantime.
    """
    model = type(kept)
    with transaction.atomic():
        rows = model._default_manager.select_for_update().filter(pk__in=[given_up.pk, kept.pk])
        stored = {row.pk: row for row in rows.order_by("pk")}
        if len(stored) < 2:
            raise Unmergeable(gettext("One of these no longer exists, or both are the same."))
        given_up, kept = stored[given_up.pk], stored[kept.pk]
        _check(given_up, kept, articles_of(given_up).count())
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST])
        # The redirects have no history: the change itself records them, for undoing it.
        what = f"Merged {model._meta.verbose_name} {given_up.name} into {kept.name}"
        with change_group(what, addresses=addresses_of(given_up)) as key:
            _move_articles(given_up, kept)
            known = {name.casefold() for name in (kept.name, *kept.aliases)}
            names = dict.fromkeys((given_up.name, *given_up.aliases))
            kept.aliases = [*kept.aliases, *(name for name in names if name.casefold() not in known)]
            kept.save(update_fields=["aliases"])
            move_addresses(given_up, kept)
            given_up.delete()
    return key


def _move_articles(given_up: Section | Topic, kept: Section | Topic) -> None:
    if isinstance(kept, Section):
        articles_of(given_up).mark_changed(section=kept)
        PublicationProfile.objects.filter(section=given_up.pk).update(section=kept)
        Source.objects.filter(section=given_up.pk).update(section=kept)
        return
    moved = list(articles_of(given_up).order_by("pk").values_list("pk", flat=True))
    both = ArticleTopic.objects.filter(topic=kept.pk).values("article")
    ArticleTopic.objects.filter(topic=given_up.pk, article__in=both).delete()
    ArticleTopic.objects.filter(topic=given_up.pk).update(topic=kept)
    Article.objects.filter(pk__in=moved).mark_changed()

"""Who has an article open. It locks nothing, for a save over another's is refused anyway: it saves work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import InternalError, OperationalError, transaction
from django.db.models import Q

from articles.models import Article, OpenArticle, clock

# Whoever has neither saved nor typed for so long has gone.
GONE_AFTER = dt.timedelta(minutes=15)


def enter(article: Article, user: Any) -> OpenArticle | None:
    """Note that this user has it open; return the other who has, where there is one, and leave him there."""
    try:
        with transaction.atomic():
            return _enter(article, user)
    except (InternalError, OperationalError):
        # A database that takes no writes, or another who came in this very moment: reading goes on.
        return None


def _enter(article: Article, user: Any) -> OpenArticle | None:
    now = clock.now()
    held, made = OpenArticle.objects.select_related("user").get_or_create(
        article=article, defaults={"user": user, "since": now, "seen_at": now}
    )
    if not made and held.user_id != user.pk and held.seen_at > now - GONE_AFTER:
        return held
    if held.user_id != user.pk or held.seen_at <= now - GONE_AFTER:
        take_over(article, user)
    else:
        OpenArticle.objects.filter(pk=held.pk).update(seen_at=now)
    return None


def take_over(article: Article, user: Any) -> None:
    now = clock.now()
    OpenArticle.objects.update_or_create(
        article=article, defaults={"user": user, "since": now, "seen_at": now}
    )


def keep_fresh(article: Article, user: Any) -> OpenArticle | None:
    """He is still at it; return the other who has taken it over, where one has."""
    if OpenArticle.objects.filter(article=article, user=user).update(seen_at=clock.now()):
        return None
    return enter(article, user)


def leave(article: Article, user: Any) -> None:
    OpenArticle.objects.filter(article=article, user=user).delete()


def held_by_others(user: Any) -> Q:
    """A condition on articles: somebody else has it open and has not gone."""
    fresh = clock.now() - GONE_AFTER
    return Q(open_at__seen_at__gt=fresh) & ~Q(open_at__user=user)


def holders(articles: Iterable[Article]) -> dict[int, OpenArticle]:
    """For each of these articles that somebody has open now, who that is."""
    fresh = clock.now() - GONE_AFTER
    found = OpenArticle.objects.filter(article__in=articles, seen_at__gt=fresh).select_related("user")
    return {held.article_id: held for held in found}

"""Which editor has an article open. It only informs: the optimistic lock prevents lost updates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import InternalError, OperationalError, transaction
from django.db.models import Q

from articles.models import Article, OpenArticle, clock

# An editor who has neither saved nor typed for this long no longer counts.
IDLE_AFTER = dt.timedelta(minutes=15)


def open_article(article: Article, user: User) -> OpenArticle | None:
    """Record that this user opened the article, unless another user has it open; return that other one."""
    try:
        with transaction.atomic():
            return _open(article, user)
    except (InternalError, OperationalError):
        # The database is read-only, or another editor opened it at the same moment.
        return None


def _open(article: Article, user: User) -> OpenArticle | None:
    now = clock.now()
    opened, made = OpenArticle.objects.select_related("user").get_or_create(
        article=article, defaults={"user": user, "since": now, "seen_at": now}
    )
    if not made and opened.user_id != user.pk and opened.seen_at > now - IDLE_AFTER:
        return opened
    if opened.user_id != user.pk or opened.seen_at <= now - IDLE_AFTER:
        take_over(article, user)
    else:
        OpenArticle.objects.filter(pk=opened.pk).update(seen_at=now)
    return None


def take_over(article: Article, user: User) -> None:
    """Make this user the one who has the article open, whoever had it before."""
    now = clock.now()
    OpenArticle.objects.update_or_create(
        article=article, defaults={"user": user, "since": now, "seen_at": now}
    )


def heartbeat(article: Article, user: User) -> OpenArticle | None:
    """Record that this user is still active; return another user who has taken the article over."""
    if OpenArticle.objects.filter(article=article, user=user).update(seen_at=clock.now()):
        return None
    return open_article(article, user)


def close_article(article: Article, user: User) -> None:
    """Record that this user no longer has the article open."""
    OpenArticle.objects.filter(article=article, user=user).delete()


def open_elsewhere(user: User) -> Q:
    """A condition on articles: another active editor has it open."""
    fresh = clock.now() - IDLE_AFTER
    return Q(open_at__seen_at__gt=fresh) & ~Q(open_at__user=user)


def holders(articles: Iterable[Article]) -> dict[int, OpenArticle]:
    """Who has each of these articles open now, by primary key of the article."""
    fresh = clock.now() - IDLE_AFTER
    found = OpenArticle.objects.filter(article__in=articles, seen_at__gt=fresh).select_related("user")
    return {opened.article_id: opened for opened in found}

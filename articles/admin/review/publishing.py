"""Publishing, withholding and withdrawing articles, one or many at once."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from articles import ingest
from articles.models import Article, Notice

# Bulk actions can take longer than other requests.
LONGEST = "60s"
# Clears the reason and the day when withholding ends; the history keeps them.
NOT_WITHHELD = {"withheld_reason": "", "review_on": None}


def missing_parts(article: Article, *, undated: bool = False) -> list[tuple[str, str]]:
    """The fields required for publishing that are empty, each with a message."""
    missing = []
    if not article.headline:
        missing.append(("headline", "Headline: enter it as printed"))
    if not article.body:
        missing.append(("body", "Text: there is none"))
    if article.publication_id is None:
        missing.append(("publication", "Newspaper: choose who printed it"))
    if article.published_on is None and not undated:
        missing.append(("date", "Date as printed: enter a day, a month or a year, or say that there is none"))
    return missing


def publish(article: Article) -> str:
    """Publish the article; return why that is not possible, or an empty string."""
    double = ingest.already_here(article).exclude(status=Article.Status.DRAFT).first()
    if double is not None:
        return f"the same article is already here as number {double.pk}"
    try:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(
                status=Article.Status.USABLE,
                **NOT_WITHHELD,
                quotes_state=article.quotes.reading_state(),
                version=F("version") + 1,
            )
    except IntegrityError:
        # Another import stored the same article after the check.
        return "the same article is already here"
    article.status = Article.Status.USABLE
    return ""


@transaction.atomic
def publish_all(articles: QuerySet[Article]) -> tuple[str, list[str]]:
    """Publish the articles that are complete; return a message and the reasons of those left."""
    done, left = 0, []
    for article in _locked(articles):
        reason = _why_not(article) or publish(article)
        if reason:
            left.append(f"{article} ({article.pk}) was left: {reason}.")
        else:
            done += 1
    return f"{done} published.", left


@transaction.atomic
def withhold_all(
    articles: QuerySet[Article], reason: str, review_on: dt.date | None
) -> tuple[str, list[str]]:
    """Withhold the articles, or update reason and day; return a message and the withdrawn ones left."""
    done, left = 0, []
    for article in _locked(articles):
        if article.status != Article.Status.CANCELED:
            Article.objects.filter(pk=article.pk).update(
                status=Article.Status.WITHHELD,
                withheld_reason=reason,
                review_on=review_on,
                version=F("version") + 1,
            )
            done += 1
        else:
            left.append(f"{article} ({article.pk}) was left: it is {article.get_status_display().lower()}.")
    return f"{done} withheld.", left


@transaction.atomic
def withdraw_all(articles: QuerySet[Article]) -> tuple[str, list[str]]:
    """Withdraw published articles permanently; each needs a notice that tells readers why."""
    done, left = 0, []
    for article in _locked(articles):
        reason = _why_not_withdrawn(article)
        if reason:
            left.append(f"{article} ({article.pk}) was left: {reason}.")
        else:
            Article.objects.filter(pk=article.pk).update(
                status=Article.Status.CANCELED, **NOT_WITHHELD, version=F("version") + 1
            )
            done += 1
    return f"{done} withdrawn.", left


def withdrawable(articles: QuerySet[Article]) -> QuerySet[Article]:
    """The articles that `withdraw_all` would withdraw; the same rule as `_why_not_withdrawn`."""
    has_notice = Exists(Notice.objects.filter(article=OuterRef("pk")).order_by())
    public = Article.objects.filter(pk__in=articles.values("pk"), first_public_at__isnull=False)
    return public.exclude(status=Article.Status.CANCELED).filter(has_notice)


def _why_not_withdrawn(article: Article) -> str:
    if article.status == Article.Status.CANCELED:
        return "it is withdrawn already"
    if article.first_public_at is None:
        return "it has never been public; withhold it, or discard it on the desk"
    return "" if article.notices.exists() else "it has no notice that tells readers why"


def _locked(articles: QuerySet[Article]) -> QuerySet[Article]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST])
    return Article.objects.filter(pk__in=articles.values("pk")).order_by("pk").select_for_update()


def _why_not(article: Article) -> str:
    if article.status == Article.Status.USABLE:
        return "it is published"
    if article.status == Article.Status.CANCELED:
        return "it was withdrawn"
    # An editor decides on a missing date during review; a withheld article was reviewed before.
    missing = missing_parts(article, undated=article.status == Article.Status.WITHHELD)
    return ", ".join(text.split(":")[0].lower() + " is missing" for _, text in missing)

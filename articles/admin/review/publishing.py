"""Publishing, withholding and withdrawing articles, one or many at once."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import formats, timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from articles.admin.queue.status import ended_in_words
from articles.ingest.pipeline.duplicates import already_here
from articles.models import Article, Notice, clock
from articles.models.article import ArticleQuerySet
from articles.search.index.building import write_changed

# Bulk actions can take longer than other requests.
LONGEST = "60s"
# Clears the reason and the day when withholding ends; the history keeps them.
NOT_WITHHELD = {"withheld_reason": "", "review_on": None}


PARTS = {
    "headline": gettext_lazy("headline"),
    "body": gettext_lazy("text"),
    "publication": gettext_lazy("publication"),
    "date": gettext_lazy("date"),
}


def missing_parts(article: Article, *, undated: bool = False) -> list[tuple[str, str]]:
    """The fields required for publishing that are empty, each with a message."""
    missing = []
    if not article.headline:
        missing.append(("headline", gettext("Enter the headline.")))
    if not article.body:
        missing.append(("body", gettext("Enter the text.")))
    if article.publication_id is None:
        missing.append(("publication", gettext("Choose the publication.")))
    if article.published_on is None and not undated:
        missing.append(
            ("date", gettext("Enter the date: a day, a month or a year. Or tick “No date given”."))
        )
    return missing


def missing_reason(missing: list[tuple[str, str]]) -> str:
    """Name the missing parts in a few words; empty if there are none."""
    parts = ", ".join(str(PARTS[name]) for name, _ in missing)
    return gettext("missing %(parts)s") % {"parts": parts} if missing else ""


def status_in_words(article: Article) -> str:
    """The status of an article for editors: when it is published, or why it is withheld."""
    if article.status == Article.Status.USABLE and not article.is_public:
        return gettext("Scheduled for %(time)s") % {"time": time_in_words(article.visible_from)}
    if article.status == Article.Status.WITHHELD and article.withheld_reason:
        return gettext("Withheld because: %(reason)s") % {"reason": article.withheld_reason}
    if article.status == Article.Status.CANCELED:
        return gettext("Discarded") if article.first_public_at is None else gettext("Withdrawn")
    return str(article.get_status_display())


def time_in_words(time: dt.datetime) -> str:
    """A time in the archive's time zone: «3 May 2027, 06:00»."""
    return formats.date_format(timezone.localtime(time), "j M Y, H:i")


def publish(article: Article, visible_from: dt.datetime | None = None) -> str:
    """Publish the article, now or from a later time; return why that is not possible, or an empty string."""
    if article.status == Article.Status.CANCELED and article.first_public_at is not None:
        return ended_in_words(article)
    if double := double_of(article):
        return double
    try:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).mark_changed(
                status=Article.Status.USABLE,
                **NOT_WITHHELD,
                quotes_state=article.quotes.reading_state(),
                **({"visible_from": visible_from} if visible_from else {}),
            )
    except IntegrityError:
        # Another import stored the same article after the check.
        return gettext("this article is already in the archive")
    article.status = Article.Status.USABLE
    return ""


def double_of(article: Article) -> str:
    """Why the article cannot be published beside another one of the archive; empty if it can."""
    double = already_here(article).exclude(status=Article.Status.DRAFT).first()
    if double is None:
        return ""
    return gettext("this article is already in the archive (ID %(id)s)") % {"id": double.pk}


def why_not_now(article: Article) -> str:
    """Why the article cannot be published in bulk at once; empty if it can."""
    if article.status != Article.Status.CANCELED and article.visible_from > clock.now():
        return gettext("it has an embargo until %(at)s") % {"at": time_in_words(article.visible_from)}
    return why_not(article)


@transaction.atomic
def publish_all(articles: ArticleQuerySet) -> tuple[str, list[str]]:
    """Publish the articles that are complete; return a message and the reasons of those left."""
    done, left = [], []
    for article in locked(articles):
        reason = why_not_now(article) or publish(article)
        if reason:
            left.append(skipped(article, reason))
        else:
            done.append(article.pk)
    write_changed(done)
    number = len(done)
    return ngettext("%(n)s article published.", "%(n)s articles published.", number) % {"n": number}, left


def effects_of_withholding(article: Article, reason: str) -> list[str]:
    """What readers no longer see, why, and what undoing does."""
    why = gettext("Reason, shown to editors only: %(reason)s") % {"reason": reason}
    if not article.is_public:
        back = gettext("If you undo this, its status is again: %(status)s.")
        return [
            gettext("Readers do not see this article now."),
            why,
            back % {"status": status_in_words(article)},
        ]
    quotes = article.quotes.filter(status="accepted").count()
    hidden = ngettext(
        "1 article and %(n)s quote in it are hidden from readers, who see “Page not found”.",
        "1 article and %(n)s quotes in it are hidden from readers, who see “Page not found”.",
        quotes,
    )
    return [hidden % {"n": quotes}, why, gettext("Undo shows the article to readers again.")]


@transaction.atomic
def withhold_all(articles: ArticleQuerySet, reason: str, review_on: dt.date | None) -> tuple[str, list[str]]:
    """Withhold the articles, or update reason and day; return a message and the withdrawn ones left."""
    done, left = [], []
    for article in locked(articles):
        if article.status != Article.Status.CANCELED:
            Article.objects.filter(pk=article.pk).mark_changed(
                status=Article.Status.WITHHELD, withheld_reason=reason, review_on=review_on
            )
            done.append(article.pk)
        else:
            left.append(skipped(article, _why_not_withdrawn(article)))
    write_changed(done)
    number = len(done)
    return ngettext("%(n)s article withheld.", "%(n)s articles withheld.", number) % {"n": number}, left


@transaction.atomic
def withdraw_all(articles: ArticleQuerySet) -> tuple[str, list[str]]:
    """Withdraw published articles permanently; each needs a notice that tells readers why."""
    done, left = [], []
    for article in locked(articles):
        reason = _why_not_withdrawn(article)
        if reason:
            left.append(skipped(article, reason))
        else:
            Article.objects.filter(pk=article.pk).mark_changed(status=Article.Status.CANCELED, **NOT_WITHHELD)
            done.append(article.pk)
    write_changed(done)
    number = len(done)
    return ngettext("%(n)s article withdrawn.", "%(n)s articles withdrawn.", number) % {"n": number}, left


def withdrawable(articles: ArticleQuerySet) -> ArticleQuerySet:
    """The articles that `withdraw_all` would withdraw; the same rule as `_why_not_withdrawn`."""
    has_notice = Exists(Notice.objects.filter(article=OuterRef("pk")).order_by())
    public = Article.objects.filter(pk__in=articles.values("pk"), first_public_at__isnull=False)
    return public.exclude(status=Article.Status.CANCELED).filter(has_notice)


def _why_not_withdrawn(article: Article) -> str:
    if article.status == Article.Status.CANCELED:
        return gettext("it is already withdrawn")
    if article.first_public_at is None:
        return gettext("it has never been public; withhold or discard it instead")
    return "" if article.notices.exists() else gettext("it needs a notice that tells readers why")


def skipped(article: Article, reason: str) -> str:
    """The message about an article that a bulk action left."""
    return gettext("Skipped %(article)s (ID %(id)s): %(reason)s.") % {
        "article": article,
        "id": article.pk,
        "reason": reason,
    }


def locked(articles: ArticleQuerySet) -> ArticleQuerySet:
    """The same articles, locked in the order of their keys, in a transaction that may take longer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST])
    return Article.objects.filter(pk__in=articles.values("pk")).order_by("pk").select_for_update()


def why_not(article: Article) -> str:
    """Why the article cannot be published in bulk; empty if it can."""
    if article.status == Article.Status.USABLE:
        return gettext("it is already published")
    if article.status == Article.Status.CANCELED:
        return ended_in_words(article)
    # An editor decides on a missing date during review; a withheld article was reviewed before.
    missing = missing_parts(article, undated=article.status == Article.Status.WITHHELD)
    return missing_reason(missing)

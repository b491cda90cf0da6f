"""The status of an article in words, as the lists of the editors' pages show it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.models import Article

LONGEST_REASON = 120


def local_time(at: dt.datetime) -> str:
    """A time in the time zone of the archive: “3 May 2027, 06:00”."""
    return date_format(timezone.localtime(at), "j F Y, H:i")


def ended_in_words(article: Article) -> str:
    """Why nothing can be done with the article: it was discarded, or withdrawn if readers had seen it."""
    return gettext("it was discarded") if article.first_public_at is None else gettext("it was withdrawn")


def status_in_words(article: Article) -> str:
    """For example “Scheduled for 3 May 2027, 06:00”."""
    if article.status == Article.Status.WITHHELD:
        reason = Truncator(article.withheld_reason).chars(LONGEST_REASON)
        return gettext("Withheld because: %(reason)s") % {"reason": reason} if reason else gettext("Withheld")
    if article.status == Article.Status.CANCELED:
        return gettext("Discarded") if article.first_public_at is None else gettext("Withdrawn")
    if article.status == Article.Status.DRAFT:
        return gettext("Draft")
    if not article.is_public:
        return gettext("Scheduled for %(at)s") % {"at": local_time(article.visible_from)}
    return gettext("Published: %(state)s") % {"state": str(article.get_quotes_state_display()).lower()}

"""An editor's decision of reports: what becomes of the quote, what all readers are told, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from articles.models import Article, Notice, Quote, Report, Speaker, clock
from articles.models.audit import change_group


@dataclass(frozen=True)
class Ruling:
    """What was decided. A date is its first day and how much of it is known; None changes nothing.

    `speaker` is whose words they are, for reports of a wrong speaker; None: nobody that is known.
    """

    outcome: str
    reason: str
    speaker: Speaker | None = None
    spans: tuple[tuple[int, int], ...] | None = None
    whole: tuple[int, int] | None = None
    said: tuple[dt.date | None, str] | None = None
    printed: tuple[dt.date | None, str] | None = None


class AlreadyDecided(Exception):
    """Some of these reports have been decided by somebody else."""


def decide(reports: Iterable[Report], ruling: Ruling, *, by: Any) -> str:
    """Decide reports that say the same of one quote or article; gives the key to take it back by.

    What is changed, the notice and the answers to the readers are one act. Raises `AlreadyDecided`.
    """
    reports = list(reports)
    first, number = reports[0], len(reports)
    about = f"“{first.quote}”" if first.quote else str(first.article)
    label = Report.Outcome(ruling.outcome).label.lower()
    with change_group(f"Decided {number} report{'s' if number > 1 else ''} on {about}: {label}") as key:
        notice = None
        if ruling.outcome != Report.Outcome.REFUSED:
            _change(first, ruling, by)
            notice = _notice(first, ruling)
        done = Report.objects.waiting().filter(pk__in=[report.pk for report in reports])
        changed = done.update(
            outcome=ruling.outcome,
            reason=ruling.reason,
            decided_by=by,
            decided_at=clock.now(),
            decision=UUID(key),
            notice=notice,
        )
        if changed != number:
            raise AlreadyDecided
    return key


def _change(report: Report, ruling: Ruling, by: Any) -> None:
    quote = None
    if report.quote_id is not None:
        quote = Quote.objects.select_for_update(of=("self",)).get(pk=report.quote_id)
    if quote is not None and report.what != Report.What.OTHER:
        _CHANGES[Report.Outcome(ruling.outcome)](quote, report.what, ruling, by)
    article = Article.objects.filter(pk=report.article_id)
    if ruling.printed is not None:
        day, precision = ruling.printed
        # A time of day belonged to the day that was wrong.
        article.update(
            published_on=day, published_precision=precision, published_at=None, modified_at=clock.now()
        )
    # A review page that is open on this article must not save over what was decided here.
    state = Quote.objects.filter(article=report.article_id).reading_state()
    article.update(quotes_state=state, version=F("version") + 1)


def _correct(quote: Quote, what: str, ruling: Ruling, by: Any) -> None:
    """The archive read the paper wrongly: the quote says now what the paper says."""
    speaker = ruling.speaker if what == Report.What.SPEAKER else quote.speaker
    quote.correct(by=by, speaker=speaker, spans=ruling.spans, whole=ruling.whole, **_said(ruling))


def _said(ruling: Ruling) -> dict[str, Any]:
    return {} if ruling.said is None else {"said_on": ruling.said[0], "said_precision": ruling.said[1]}


def _mark_source_error(quote: Quote, what: str, ruling: Ruling, by: Any) -> None:
    """The paper itself is wrong: the words stay as printed, and are not given as what they are not."""
    if what == Report.What.SPEAKER:
        quote.mark_misattributed(by=by, speaker=ruling.speaker)
    elif what == Report.What.WORDS:
        quote.dispute(by=by)
    elif ruling.said is not None:
        quote.correct(by=by, speaker=quote.speaker, **_said(ruling))


_CHANGES = {Report.Outcome.OURS: _correct, Report.Outcome.PAPERS: _mark_source_error}


def _notice(report: Report, ruling: Ruling) -> Notice:
    ours = ruling.outcome == Report.Outcome.OURS
    return Notice.objects.create(
        article=None if report.quote_id else report.article,
        quote=report.quote,
        kind=Notice.Kind.CORRECTION,
        whose=Notice.Whose.OURS if ours else Notice.Whose.PAPERS,
        text=ruling.reason,
        dated=clock.today(),
    )

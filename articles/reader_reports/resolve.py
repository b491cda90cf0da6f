"""Resolves reports: corrects the quote or article, and publishes a notice with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F

from articles.models import Article, Notice, Quote, Report, Speaker, clock
from articles.models.audit import change_group
from articles.models.quote import Facts


@dataclass(frozen=True)
class Ruling:
    """An editor's decision. Dates are pairs of first day and precision; None changes nothing.

    ``speaker``: the right speaker, for reports of a wrong one; None if unknown.
    """

    outcome: str
    reason: str
    speaker: Speaker | None = None
    spans: tuple[tuple[int, int], ...] | None = None
    whole: tuple[int, int] | None = None
    said: tuple[dt.date | None, str] | None = None
    printed: tuple[dt.date | None, str] | None = None


class AlreadyDecided(Exception):
    """Someone else has decided some of these reports."""


def decide(reports: Iterable[Report], ruling: Ruling, *, by: User | None) -> str:
    """Decide reports of the same kind on one quote or article; return the key for undoing it.

    Changes, notice and answers to the readers form one change group. Raises ``AlreadyDecided``.
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


def _change(report: Report, ruling: Ruling, by: User | None) -> None:
    quote = None
    if report.quote_id is not None:
        quote = Quote.objects.select_for_update(of=("self",)).get(pk=report.quote_id)
    if quote is not None and report.what != Report.What.OTHER:
        _CHANGES[Report.Outcome(ruling.outcome)](quote, report.what, ruling, by)
    article = Article.objects.filter(pk=report.article_id)
    if ruling.printed is not None:
        day, precision = ruling.printed
        # The time of day belonged to the wrong day.
        article.update(
            published_on=day, published_precision=precision, published_at=None, modified_at=clock.now()
        )
    # An open review page of this article must not overwrite the decision.
    state = Quote.objects.filter(article=report.article_id).reading_state()
    article.update(quotes_state=state, version=F("version") + 1)


def _correct(quote: Quote, what: str, ruling: Ruling, by: User | None) -> None:
    """Correct an error of the archive: the quote now matches the newspaper."""
    speaker = ruling.speaker if what == Report.What.SPEAKER else quote.speaker
    quote.correct(by=by, speaker=speaker, spans=ruling.spans, whole=ruling.whole, **_said(ruling))


def _said(ruling: Ruling) -> Facts:
    return {} if ruling.said is None else {"said_on": ruling.said[0], "said_precision": ruling.said[1]}


def _mark_source_error(quote: Quote, what: str, ruling: Ruling, by: User | None) -> None:
    """Mark an error of the newspaper: the words stay as printed, and the quote says what is wrong."""
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

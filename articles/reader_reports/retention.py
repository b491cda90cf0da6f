"""Deletes remarks of readers and counts of senders after their retention period."""

from __future__ import annotations

import datetime as dt

from articles.models import Report, SenderTally, clock

# Months of thirty days after the decision; promised on the form.
RETENTION_MONTHS = 6
_MONTH = dt.timedelta(days=30)
_DAY = dt.timedelta(days=1)


def purge_remarks(months: int = RETENTION_MONTHS) -> int:
    """Blank the remarks of reports decided that many months ago; return how many."""
    now = clock.now()
    old = Report.objects.filter(decided_at__lt=now - months * _MONTH, remark_blanked_at__isnull=True)
    return old.update(remark="", remark_blanked_at=now)


def delete_old_tallies() -> int:
    """Delete counts of senders older than a day; return how many."""
    return SenderTally.objects.filter(hour__lt=clock.now() - _DAY).delete()[0]

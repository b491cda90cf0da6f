"""How long what readers wrote is kept."""

from __future__ import annotations

import datetime as dt

from articles.models import Report, SenderTally, clock

# Months of thirty days after the decision; the form promises it.
RETENTION_MONTHS = 6
_MONTH = dt.timedelta(days=30)
_DAY = dt.timedelta(days=1)


def purge_remarks(months: int = RETENTION_MONTHS) -> int:
    """Blank what readers wrote in reports decided so long ago; return how many. The decisions stay."""
    now = clock.now()
    old = Report.objects.filter(decided_at__lt=now - months * _MONTH, remark_blanked_at__isnull=True)
    return old.update(remark="", remark_blanked_at=now)


def delete_old_tallies() -> int:
    """Drop the counts of senders that are a day old; return how many."""
    return SenderTally.objects.filter(hour__lt=clock.now() - _DAY).delete()[0]

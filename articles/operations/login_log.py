"""Retention of the log of logins."""

from __future__ import annotations

import datetime as dt

from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from articles.models import clock

RETENTION_DAYS = 90


def drop_old() -> int:
    """Delete logins, failed logins and attempt counts older than `RETENTION_DAYS`; return how many rows."""
    first = clock.now() - dt.timedelta(days=RETENTION_DAYS)
    old = (
        model.objects.filter(attempt_time__lt=first) for model in (AccessLog, AccessFailureLog, AccessAttempt)
    )
    return sum(rows.delete()[0] for rows in old)

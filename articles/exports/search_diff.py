"""What has changed since the moment of a search, as data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from articles.search import Answer, Changed, Group


def since_json(answer: Answer, *, site_url: str) -> dict[str, Any] | None:
    """None where the archive is asked as it is now, also for a moment that has not come yet."""
    found = answer.since
    if found is None:
        return None
    return {
        "as_of": _instant(found.moment),
        "not_shown": found.not_shown,
        "withheld": found.withheld,
        "new": _group(found.new, site_url),
        "gone": _group(found.gone, site_url),
        "corrected": _group(found.corrected, site_url),
    }


def _group(group: Group, site_url: str) -> dict[str, Any]:
    return {"count": group.count, "listed": [_changed(row, site_url) for row in group.listed]}


def _changed(row: Changed, site_url: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "url": f"{site_url}{row.url}",
        "headline": row.title or None,
        "history_url": f"{site_url}{row.history_url}" if row.history_url else None,
        "reasons": [
            {"reason": reason.kind, "text": reason.text, "at": _instant(reason.at)} for reason in row.reasons
        ],
    }


def _instant(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")

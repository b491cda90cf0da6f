"""A report comes in, and is found again by its reader alone."""

from __future__ import annotations

import hashlib
import secrets

from articles.models import Article, Quote, Report, clock

LONGEST_REMARK = 2000
_TOKEN_BYTES = 18


def new_token() -> str:
    """144 random bits, as the last part of an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def receive(about: Article | Quote, what: str, remark: str, token: str) -> str:
    """Store the report; gives the token that finds it. The same form sent twice is one report.

    The token was made with the form. Where another report has it already, the form came from a copy
    that somebody kept, and the report gets a token of its own.
    """
    quote = about if isinstance(about, Quote) else None
    said = {"quote": quote, "article": quote.article if quote else about, "what": what, "remark": remark}
    now = clock.now()
    report, came = Report.objects.get_or_create(
        token_hash=_hash(token), defaults={**said, "received_at": now}
    )
    if came or all(getattr(report, name) == value for name, value in said.items()):
        return token
    token = new_token()
    Report.objects.create(token_hash=_hash(token), received_at=now, **said)
    return token


def found_by(token: str) -> Report | None:
    """The report of this token; nothing stored gives the token away."""
    reports = Report.objects.select_related("quote", "article")
    return reports.defer("article__body", "article__extra").filter(token_hash=_hash(token)).first()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

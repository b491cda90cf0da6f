"""Accepts reports within rate limits, and finds a report by the token that only its reader has."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import secrets

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from articles.models import Article, Quote, Report, clock
from articles.reader_reports.retention import delete_old_tallies

# Reports per hour, of one address and of all: more than editors can handle helps nobody.
MOST_OF_ONE = 10
MOST_OF_ALL = 300
_COUNT_ONE_MORE = """
INSERT INTO articles_sendertally AS t (sender, hour, times) VALUES (%s, %s, 1)
ON CONFLICT (hour, sender) DO UPDATE SET times = t.times + 1 WHERE t.times < %s
RETURNING times
"""


@transaction.atomic
def may_send(address: str) -> bool:
    """Count a report from this address; false, without counting, if a limit of this hour is reached."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    delete_old_tallies()
    with connection.cursor() as cursor:
        for sender, most in ((_sender(address, hour), MOST_OF_ONE), ("", MOST_OF_ALL)):
            cursor.execute(_COUNT_ONE_MORE, [sender, hour, most])
            if cursor.fetchone() is None:
                transaction.set_rollback(True)
                return False
    return True


def _sender(address: str, hour: dt.datetime) -> str:
    """A hash of the address, or of its IPv6 network, keyed with the secret key and the hour."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return salted_hmac(f"reports {hour.isoformat()}", "unknown", algorithm="sha256").hexdigest()
    if known.version == 6:
        known = ipaddress.ip_network((known, 64), strict=False).network_address
    return salted_hmac(f"reports {hour.isoformat()}", str(known), algorithm="sha256").hexdigest()


LONGEST_REMARK = 2000
_TOKEN_BYTES = 18


def new_token() -> str:
    """144 random bits for use in a URL."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def receive(about: Article | Quote, what: str, remark: str, token: str) -> str:
    """Store the report and return its token. Sending the same form twice gives one report.

    The token was created with the form. If a different report has it, the form was a saved copy, and the
    report gets a new token.
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
    """The report of this token, of which only a hash is stored."""
    reports = Report.objects.select_related("quote", "article")
    return reports.defer("article__body", "article__extra").filter(token_hash=_hash(token)).first()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""How many reports one sender may send, without knowing who that is."""

from __future__ import annotations

import datetime as dt
import ipaddress

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from articles.models import clock
from articles.reader_reports.retention import drop_tallies

# Of one address in an hour, and of all together: a queue that nobody can work off helps nobody.
MOST_OF_ONE = 10
MOST_OF_ALL = 300
_COUNT_ONE_MORE = """
INSERT INTO articles_sendertally AS t (sender, hour, times) VALUES (%s, %s, 1)
ON CONFLICT (hour, sender) DO UPDATE SET times = t.times + 1 WHERE t.times < %s
RETURNING times
"""


@transaction.atomic
def may_send(address: str) -> bool:
    """Count one more report from there; false, and nothing counted, where there were enough this hour."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    drop_tallies()
    with connection.cursor() as cursor:
        for sender, most in ((_sender(address, hour), MOST_OF_ONE), ("", MOST_OF_ALL)):
            cursor.execute(_COUNT_ONE_MORE, [sender, hour, most])
            if cursor.fetchone() is None:
                transaction.set_rollback(True)
                return False
    return True


def _sender(address: str, hour: dt.datetime) -> str:
    """A hash keyed with the archive's secret and the hour; of an IPv6 address its network counts."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return salted_hmac(f"reports {hour.isoformat()}", "unknown", algorithm="sha256").hexdigest()
    if known.version == 6:
        known = ipaddress.ip_network((known, 64), strict=False).network_address
    return salted_hmac(f"reports {hour.isoformat()}", str(known), algorithm="sha256").hexdigest()

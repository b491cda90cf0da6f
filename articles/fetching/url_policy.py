"""Decides which URLs may be fetched: public hosts on ports 80 and 443, in plain notation."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
Allows = Callable[[Address], bool]

PORTS = {"http": 80, "https": 443}
_HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)+"
)
_NUMERIC = re.compile(r"0x[0-9a-f]*|[0-9]+")
# All of IPv6 that is assigned to hosts; what lies outside is translated, local, or not given to anybody.
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# Beyond what the library calls private: ranges that lead into other networks, or to the fetcher's own, as the
# registries of special-purpose addresses have them (https://www.iana.org/assignments/iana-ipv6-special-registry/).
_REFUSED = [
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.175.48.0/24", "198.18.0.0/15", "240.0.0.0/4",
        "168.63.129.16/32", "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48",
        "100::/64", "100:0:0:1::/64",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16",
        "fc00::/7", "fe80::/9", "ff00::/8",
    )
]  # fmt: skip


class Refused(ValueError):
    """An address that is not fetched, or what came from it; the message is for the person who typed it."""

    passes = False  # whether it may be different in an hour


@dataclass(frozen=True)
class Target:
    """One address to ask, with the one number it was resolved to."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    address: str


def is_public(address: Address) -> bool:
    """Reachable by everybody, and a single machine."""
    in_refused = any(address.version == block.version and address in block for block in _REFUSED)
    assigned = address.version == 4 or address in _GLOBAL_UNICAST
    return assigned and address.is_global and not address.is_multicast and not in_refused


def resolve(host: str, port: int) -> list[str]:
    """All numbers of a host, from the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def target_of(
    url: str, *, resolver: Resolve = resolve, allows: Allows = is_public, ports: Sequence[int] = ()
) -> Target:
    """Take an address apart, resolve its host once and check every number of it; raises `Refused`."""
    parts = _split(url)
    host, port = _host(parts), _port(parts, ports)
    try:
        numbers = resolver(host, port)
    except (OSError, UnicodeError) as error:
        refused = Refused(gettext("We could not find the website %(host)s.") % {"host": host})
        again = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        refused.passes = again or isinstance(error, TimeoutError)
        raise refused from None
    if not numbers:
        raise Refused(gettext("We could not find the website %(host)s.") % {"host": host})
    for number in numbers:
        if not allows(ipaddress.ip_address(number.partition("%")[0])):
            raise Refused(gettext("%(host)s is not on the public web.") % {"host": host})
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, host, port, path, numbers[0])


def check_link(url: str) -> None:
    """Raise `Refused` for an address that is never fetched, whatever its host resolves to."""
    parts = _split(url)
    host = _host(parts)
    _port(parts, ())
    if (":" in host or _NUMERIC.fullmatch(host.rsplit(".", 1)[-1])) and not is_public(
        ipaddress.ip_address(host)
    ):
        raise Refused(gettext("%(host)s is not on the public web.") % {"host": host})


def moved_to(target: Target, location: str) -> str:
    """Where a redirect leads."""
    return urljoin(target.url, location.strip())


def _split(url: str) -> SplitResult:
    if len(url) > 2_000 or re.search(r"[\s\x00-\x20\x7f\\]", url):
        raise Refused(
            gettext("This is not a link: it has spaces, backslashes or control characters, or is too long.")
        )
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Refused(gettext("This is not a link.")) from None
    if parts.scheme not in PORTS:
        raise Refused(gettext("The link must begin with http:// or https://."))
    if "@" in parts.netloc:
        raise Refused(gettext("The link must not contain a username or password."))
    return parts


def _port(parts: SplitResult, ports: Sequence[int]) -> int:
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise Refused(gettext("The port in this link is not a number.")) from None
    if port != PORTS[parts.scheme] and port not in ports:
        raise Refused(gettext("We only fetch from ports 80 and 443, not %(port)s.") % {"port": port})
    return port


def _host(parts: SplitResult) -> str:
    """The host's name in ASCII; a number in place of a name counts only in its one usual form."""
    try:
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        host = ""
    if not host:
        raise Refused(gettext("This link has no website name."))
    if ":" in host or _NUMERIC.fullmatch(host.rsplit(".", 1)[-1].lower()):
        return _literal(host)
    try:
        host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise Refused(gettext("The website name in this link is not valid.")) from None
    # Other letters may become figures and dots on the way.
    if _NUMERIC.fullmatch(host.rsplit(".", 1)[-1]):
        return _literal(host)
    if not _HOST.fullmatch(host):
        raise Refused(gettext("%(host)s is not the name of a website.") % {"host": host})
    return host


def _literal(host: str) -> str:
    """A host given as a number: in its usual form alone, for 127.1, 0x7f000001 and 017700000001 are one."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        raise Refused(gettext("Write a numeric host in full, such as 192.0.2.1.")) from None

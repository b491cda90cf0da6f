"""Fetches one page from exactly the address that was checked, within limits of time and size.

urllib, requests and httpx look the host up again after the check, and then it may have a private address.
"""

from __future__ import annotations

import http.client
import io
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from articles.fetching.url_policy import (
    Allows,
    Refused,
    Resolve,
    Target,
    is_public,
    moved_to,
    resolve,
    target_of,
)
from articles.models import clock

SECONDS = 10
LARGEST = 2 * 1024 * 1024
REDIRECTS = 4
AGENT = "newsarchive"
_MOVED = {301, 302, 303, 307, 308}
_MOVED_FOR_GOOD = {301, 308}
PAGES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")
_NO_PAGE = gettext_lazy("This is %(type)s. We can only fetch HTML and plain text.")
_CHUNK = 64 * 1024
# Too many requests, and failures of the server that pass.
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_LONGEST = {"ETag": 1_000, "Last-Modified": 200}


@dataclass(frozen=True)
class Limits:
    """How long all of it may take, and how large the page may be once unpacked."""

    seconds: float = SECONDS
    largest: int = LARGEST
    redirects: int = REDIRECTS


@dataclass(frozen=True)
class Web:
    """How hosts are found and which are allowed; tests put their own in its place."""

    resolver: Resolve = resolve
    allows: Allows = is_public
    ports: Sequence[int] = ()
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context


@dataclass(frozen=True)
class Wanted:
    """The media types that are read, and the validators of an answer that is already known."""

    kinds: tuple[str, ...] = PAGES
    other_kind: str | Promise = _NO_PAGE
    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        known = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {
            "User-Agent": AGENT,
            "Accept": ", ".join(self.kinds),
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **{name: value for name, value in known.items() if value},
        }


@dataclass(frozen=True)
class Page:
    """What came, byte for byte, and where it came from in the end.

    `moved_to`: the address to use from now on, if the server says so. `unchanged`: as the validators say;
    nothing was sent.
    """

    raw: bytes
    media_type: str
    url: str
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    unchanged: bool = False


class Answered(Refused):
    """The server answered with an error; `retry_after` is in seconds, if it says when to ask again."""

    def __init__(self, message: str, status: int, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status, self.retry_after = status, retry_after
        self.passes = status in _BUSY


class NoAnswer(Refused):
    """The server could not be reached, or not in time."""

    passes = True


@dataclass(frozen=True)
class _Redirect:
    url: str
    for_good: bool


ORDINARY, OUTSIDE, HTML = Limits(), Web(), Wanted()


def fetch(url: str, limits: Limits = ORDINARY, web: Web = OUTSIDE, wanted: Wanted = HTML) -> Page:
    """Fetch a page or a text; raises `Refused` with a message for the person who typed the address."""
    deadline = time.monotonic() + limits.seconds
    asked, moved, for_good = url, "", True
    for _ in range(limits.redirects + 1):
        target = target_of(
            asked, resolver=_in_time(web.resolver, deadline), allows=web.allows, ports=web.ports
        )
        found = _ask(target, deadline, limits, web, wanted)
        if isinstance(found, Page):
            return replace(found, moved_to=moved)
        asked, for_good = found.url, for_good and found.for_good
        moved = asked if for_good else moved
    raise Refused(gettext("The page redirects more than %(n)s times.") % {"n": limits.redirects})


def _in_time(resolver: Resolve, deadline: float) -> Resolve:
    """The same resolver, given up at the deadline: the system's own knows no limit."""

    def ask(host: str, port: int) -> Sequence[str]:
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                answers.put(resolver(host, port))
            except Exception as error:
                answers.put(error)

        threading.Thread(target=look_up, daemon=True).start()
        try:
            found = answers.get(timeout=max(deadline - time.monotonic(), 0.001))
        except queue.Empty:
            raise OSError("no answer in time") from None
        if isinstance(found, Exception):
            raise found
        return found

    return ask


def _ask(target: Target, deadline: float, limits: Limits, web: Web, wanted: Wanted) -> Page | _Redirect:
    """The page, or the address that its host sends on to."""
    connection = _Pinned(target, deadline, web)
    try:
        connection.request("GET", target.path, headers={"Host": _host_header(target), **wanted.headers})
        answer = connection.getresponse()
        if answer.status in _MOVED and (location := answer.getheader("Location")):
            return _Redirect(moved_to(target, location), answer.status in _MOVED_FOR_GOOD)
        if answer.status == 304 and (wanted.etag or wanted.last_modified):
            return Page(b"", "", target.url, wanted.etag, wanted.last_modified, unchanged=True)
        if answer.status != 200:
            said = f"{target.host} answered {answer.status} {_printable(answer.reason)}."
            raise Answered(said, answer.status, _seconds(answer.getheader("Retry-After")))
        media_type = _media_type(answer, wanted)
        validators = _validator(answer, "ETag"), _validator(answer, "Last-Modified")
        return Page(_content(answer, limits), media_type, target.url, *validators)
    except TimeoutError:
        raise NoAnswer(
            gettext("%(host)s did not send the page within %(seconds)s seconds.")
            % {"host": target.host, "seconds": f"{limits.seconds:g}"}
        ) from None
    except ssl.SSLError as error:
        raise Refused(
            gettext("The security certificate of %(host)s is not valid: %(problem)s.")
            % {"host": target.host, "problem": error.reason or error}
        ) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise NoAnswer(
            gettext("We could not read %(host)s: %(problem)s.")
            % {"host": target.host, "problem": type(error).__name__}
        ) from None
    finally:
        connection.end()


def _validator(answer: http.client.HTTPResponse, name: str) -> str:
    """A header that is sent back as it came; empty if it is too long or has other characters than ASCII."""
    value = (answer.getheader(name) or "").strip()
    return value if len(value) <= _LONGEST[name] and value.isascii() and value.isprintable() else ""


def _seconds(retry_after: str | None) -> int | None:
    """The seconds of a header `Retry-After`, which may also be a date."""
    value = (retry_after or "").strip()
    if value.isascii() and value.isdecimal():
        return int(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0, int((at - clock.now()).total_seconds()))


def _printable(said: str) -> str:
    """What a server says of itself, as messages show it."""
    return "".join(letter for letter in said if letter.isprintable())[:60]


def _host_header(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = target.port == (443 if target.scheme == "https" else 80)
    return host if usual else f"{host}:{target.port}"


def _media_type(answer: http.client.HTTPResponse, wanted: Wanted) -> str:
    given = answer.headers.get_content_type() if answer.getheader("Content-Type") else wanted.kinds[0]
    if given not in wanted.kinds:
        raise Refused(str(wanted.other_kind) % {"type": _printable(given)})
    charset = answer.headers.get_param("charset")
    return f"{given}; charset={charset}"[:100] if isinstance(charset, str) and charset.isascii() else given


def _content(answer: http.client.HTTPResponse, limits: Limits) -> bytes:
    """All of it, unpacked as it comes and never more than the limit at once."""
    coding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        raise Refused(
            gettext("The page is compressed with %(method)s, which we cannot read.") % {"method": coding[:20]}
        )
    unpack = None if coding == "identity" else zlib.decompressobj(wbits=31)
    found, came = bytearray(), 0
    while chunk := answer.read(_CHUNK):
        came += len(chunk)
        try:
            found += unpack.decompress(chunk, limits.largest + 1 - len(found)) if unpack else chunk
        except zlib.error:
            raise Refused(gettext("We could not decompress the page.")) from None
        if len(found) > limits.largest or came > limits.largest:
            raise Refused(
                gettext("The page is larger than %(size)s MB.")
                % {"size": f"{limits.largest / 1024 / 1024:g}"}
            )
    if answer.length or (unpack and not unpack.eof):
        raise Refused(gettext("The page ended too early."))
    return bytes(found)


class _Pinned(http.client.HTTPConnection):
    """A connection to the number that was checked, whatever the name means by now."""

    def __init__(self, target: Target, deadline: float, web: Web) -> None:
        super().__init__(target.host, target.port)
        self.target, self.deadline, self.web = target, deadline, web
        self.plain: socket.socket | None = None

    def connect(self) -> None:
        where = (self.target.address, self.target.port)
        self.plain = socket.create_connection(where, timeout=_left(self.deadline))
        if self.target.scheme == "https":
            self.plain.settimeout(_left(self.deadline))
            self.plain = self.web.context().wrap_socket(self.plain, server_hostname=self.target.host)
        self.sock = _Timed(self.plain, self.deadline)  # it needs no more of one

    def end(self) -> None:
        if self.plain:
            self.plain.close()


class _Timed:
    """A socket whose every wait ends at the deadline, so that a slow trickle ends there too."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(_left(self._deadline))
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self._sock, self._deadline))

    def close(self) -> None:
        """Left to `end`: the library closes what it has asked while the answer is still to be read."""


class _Reading(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # Buffer is in `typing` from Python 3.12
        self._sock.settimeout(_left(self._deadline))
        return self._sock.recv_into(buffer)


def _left(deadline: float) -> float:
    """Seconds until the deadline; raises `TimeoutError` after it."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left

"""Which pages of a website programs may fetch, as its robots.txt says (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.utils.translation import gettext

from articles.fetching.http_client import AGENT, Answered, NoAnswer, Page
from articles.fetching.url_policy import Refused

MOST_SECONDS_BETWEEN = 10
_NO_RULES: list[str] = []
_ALL_FORBIDDEN = ["User-agent: *", "Disallow: /"]


class Robots:
    """The rules of each website, fetched once."""

    def __init__(self, fetch: Callable[[str], Page]) -> None:
        self._fetch = fetch
        self._known: dict[str, RobotFileParser] = {}

    def allows(self, url: str) -> bool:
        """Whether the page may be fetched; raises `NoAnswer` while robots.txt cannot be fetched."""
        try:
            return self._rules(url).can_fetch(AGENT, url)
        except Refused:
            # A ValueError as well.
            raise
        except ValueError:
            # The library cannot split it, nor can the fetcher.
            return False

    def seconds_between(self, url: str, least: float) -> float:
        """How long to wait between two pages of the website: as it asks, within bounds."""
        asked = self._rules(url).crawl_delay(AGENT)
        return max(least, min(float(asked or 0), MOST_SECONDS_BETWEEN))

    def _rules(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._known:
            self._known[site] = self._read(f"{site}/robots.txt")
        return self._known[site]

    def _read(self, url: str) -> RobotFileParser:
        try:
            lines = self._fetch(url).raw.decode("utf-8", "replace").splitlines()
        except Refused as error:
            if error.passes:
                raise NoAnswer(gettext("robots.txt: %(problem)s") % {"problem": error}) from error
            # There are no rules; a server that fails may have some.
            fails = isinstance(error, Answered) and error.status >= 500
            lines = _ALL_FORBIDDEN if fails else _NO_RULES
        rules = RobotFileParser()
        try:
            rules.parse(lines)
        except ValueError:
            # A number or path that the library cannot read may be a rule for us.
            rules = RobotFileParser()
            rules.parse(_ALL_FORBIDDEN)
        return rules

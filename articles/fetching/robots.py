"""Which pages of a website programs may fetch, as its robots.txt says (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from articles.fetching.http_client import AGENT, Answered, Page
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
        try:
            return self._rules(url).can_fetch(AGENT, url)
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
        except Answered as error:
            # There are no rules; a server that fails may have some.
            lines = _ALL_FORBIDDEN if error.status >= 500 else _NO_RULES
        except Refused as error:
            lines = _ALL_FORBIDDEN if error.passes else _NO_RULES
        rules = RobotFileParser()
        try:
            rules.parse(lines)
        except ValueError:
            # A number or path that the library cannot read may be a rule for us.
            rules = RobotFileParser()
            rules.parse(_ALL_FORBIDDEN)
        return rules

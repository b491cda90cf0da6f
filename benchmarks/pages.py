"""Time public pages through their views, and count their queries."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import Article, Publication, Quote, Speaker
from articles.search.query import words
from articles.views.speakers import PER_PAGE
from benchmarks import recall
from benchmarks.timing import WARM, at_share

SEED = 4
# Speakers are drawn by their quotes: those quoted most are also read most.
DRAWN = 300


@dataclass(frozen=True)
class Page:
    """Times of one kind of page and of its queries in milliseconds; `queries` is the maximum per page.

    `cut_off` counts pages that exceeded the time limit of searches.
    """

    name: str
    requests: int
    p50_ms: float
    p95_ms: float
    queries: int
    sql_p50_ms: float
    sql_p95_ms: float
    cut_off: int = 0


@dataclass
class _Statements:
    """Counts and times database queries."""

    number: int = 0
    ms: float = 0.0

    def __call__(
        self, execute: Callable[..., object], sql: str, params: object, many: bool, context: object
    ) -> object:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.number += 1
            self.ms += (time.perf_counter() - start) * 1000


@dataclass
class _Drawn:
    """Random quotes, with their speakers and articles, reproducible by the seed."""

    random: random.Random
    quotes: list[Quote] = field(default_factory=list)
    credited: list[Speaker] = field(default_factory=list)
    papers: list[Publication] = field(default_factory=list)
    quoted_speakers: int = 0

    def __post_init__(self) -> None:
        last = Quote.objects.order_by("-pk").values_list("pk", flat=True)[0]
        ids = self.random.sample(range(1, last + 1), min(last, DRAWN))
        quotes = Quote.objects.accepted().filter(pk__in=ids, speaker__merged_into=None).order_by("pk")
        self.quotes = list(quotes.exclude(speaker=None).for_listing())
        self.random.shuffle(self.quotes)
        self.credited = [quote.speaker for quote in self.quotes if quote.speaker]
        self.papers = [quote.article.publication for quote in self.quotes if quote.article.publication]
        self.quoted_speakers = Quote.objects.accepted().values("speaker").distinct().count()

    def quote(self) -> Quote:
        return self.random.choice(self.quotes)

    def speaker(self) -> Speaker:
        return self.random.choice(self.credited)

    def speakers(self, number: int) -> list[Speaker]:
        found: dict[int, Speaker] = {}
        while len(found) < number:
            speaker = self.speaker()
            found[speaker.pk] = speaker
        return list(found.values())

    def article(self) -> Article:
        return self.quote().article

    def paper(self) -> Publication:
        return self.random.choice(self.papers)

    def word(self) -> str:
        return self.random.choice([word for word in words(self.quote().text) if len(word) > 3])


def measure(requests: int) -> Iterator[Page]:
    drawn = _Drawn(random.Random(SEED))  # noqa: S311 - the same requests for the same seed
    client = Client(SERVER_NAME=_host(), headers={"x-forwarded-proto": "https"})
    client.get(reverse("articles:about"), secure=True)
    # As in a web process (newsarchive/wsgi.py).
    gc.collect()
    gc.freeze()
    for name, address in _addresses(drawn).items():
        yield _timed(client, name, [address() for _ in range(requests)])


def _host() -> str:
    return next(host for host in settings.ALLOWED_HOSTS if host.strip(".*"))


def _timed(client: Client, name: str, addresses: list[str]) -> Page:
    times: list[float] = []
    sql: list[float] = []
    queries = cut = 0
    for number, address in enumerate([*addresses[:WARM], *addresses]):
        statements = _Statements()
        with connection.execute_wrapper(statements):
            start = time.perf_counter()
            answer = client.get(address, secure=True)
            taken = (time.perf_counter() - start) * 1000
        if answer.status_code not in (200, 503):
            raise ValueError(f"{address} answered {answer.status_code}")
        if number >= WARM:
            times.append(taken)
            sql.append(statements.ms)
            queries = max(queries, statements.number)
            cut += answer.status_code == 503
    shares = (at_share(values, share) for values in (times, sql) for share in (0.5, 0.95))
    p50, p95, sql_p50, sql_p95 = shares
    return Page(name, len(addresses), p50, p95, queries, sql_p50, sql_p95, cut)


def _addresses(drawn: _Drawn) -> dict[str, Callable[[], str]]:
    """Return a function per kind of page that returns a random address."""
    return {
        "front page": lambda: _address("home"),
        "holdings": lambda: _address("holdings"),
        "speaker": lambda: _address("speaker", drawn.speaker().slug),
        "speaker, a word": lambda: _searched_within(drawn),
        "profile": lambda: _address("speaker-profile", drawn.speaker().slug),
        "compare": lambda: _compared(drawn),
        "index of speakers": lambda: _filed(drawn),
        "speaker by name": lambda: _half_remembered(drawn),
        "quote": lambda: _address("quote", drawn.quote().pk),
        "versions": lambda: _address("quote-versions", drawn.quote().pk),
        "find": lambda: _address("find-quote", q=_sentence(drawn)),
        "article": lambda: drawn.article().get_absolute_url(),
        "report": lambda: _address("report-quote", drawn.quote().pk),
        "publication": lambda: _address("publication", drawn.paper().slug),
        "year": lambda: _address("year", f"{drawn.random.randint(1990, 2024):04}"),
    }


def _address(name: str, *arguments: object, **query: object) -> str:
    address = reverse(f"articles:{name}", args=arguments)
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


def _searched_within(drawn: _Drawn) -> str:
    at = drawn.random.randrange(len(drawn.quotes))
    return _address("speaker", drawn.credited[at].slug, q=max(words(drawn.quotes[at].text), key=len))


def _compared(drawn: _Drawn) -> str:
    word = {"q": drawn.word()} if drawn.random.random() < 0.5 else {}
    slugs = sorted(speaker.slug for speaker in drawn.speakers(drawn.random.randint(2, 4)))
    return _address("speakers-compare", **word, speaker=slugs)


def _filed(drawn: _Drawn) -> str:
    letter = drawn.random.choice("ABCDEFGHIJKLMNOPRSTUVWZ").lower()
    page = drawn.random.randint(1, max(1, drawn.quoted_speakers // PER_PAGE))
    return _address("speakers", **drawn.random.choice(({"page": page}, {"letter": letter})))


def _half_remembered(drawn: _Drawn) -> str:
    name = drawn.speaker().name
    at = drawn.random.randrange(1, len(name))
    return _address("speakers", q=name[:at] + name[at + 1 :])


def _sentence(drawn: _Drawn) -> str:
    return " ".join(recall.altered(drawn.random, words(drawn.quote().text)))

"""The profile of a speaker: figures, each with the URL of the search that gives the same number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Quote, Speaker, clock
from articles.search.engine.facets import FAMILIES
from articles.search.query import And, Filter, fold, parse
from articles.search.request.canonical_url import Address
from articles.search.request.names import resolve
from articles.search.request.query import ResolvedName, Scope, SearchRequest
from articles.search.results.answer import counts
from articles.search.speakers.keyness import MOST_QUOTES, keywords_of

SHOWN = 10
WORDS = 24
# Below the limits of a query, 40 words and 500 characters.
MOST_WORDS, MOST_CHARACTERS = 36, 460
_WORDS = {
    "spoken": _("Spoken"),
    "written": _("Written"),
    "unknown": _("Not known"),
    "direct": _("Full quotes"),
    "mixed": _("Partial quotes"),
    "question": _("Questions asked in interviews"),
    "answer": _("Answers in interviews"),
}


@dataclass(frozen=True)
class Figure:
    """A count, its label, and the URL of the search with exactly as many results."""

    label: str
    count: int
    url: str
    value: str = ""


@dataclass(frozen=True)
class Profile:
    """The figures of a speaker. `ids` includes the speakers merged into them.

    `words` are the keywords of the newest quotes; `looked_at` is the number of these quotes.
    """

    ids: tuple[int, ...]
    channels: tuple[Figure, ...]
    kinds: tuple[Figure, ...]
    publications: tuple[Figure, ...]
    topics: tuple[Figure, ...]
    beside: tuple[Figure, ...]
    interviewers: tuple[Figure, ...]
    words: tuple[Figure, ...]
    looked_at: int
    said_of: Figure
    # The quotes among `said_of` without a named speaker.
    said_by_nobody: int
    named_in: Figure
    written: Figure
    # Quotes without a known speaker, in the publications and the period in which this speaker is quoted.
    unknown: int

    @property
    def figures(self) -> list[Figure]:
        """All figures of the page that have a search."""
        groups = (self.channels, self.kinds, self.publications, self.topics)
        more = (self.beside, self.interviewers, self.words, (self.said_of, self.named_in, self.written))
        return [figure for group in (*groups, *more) for figure in group]


def profile(speaker: Speaker, names: Sequence[str]) -> Profile:
    """The profile of a speaker known by these names, in four statements."""
    requests = _ProfileRequests(speaker)
    counted_rows = _count(requests.ids)
    newest = [int(id_) for ids, _, _ in counted_rows["newest"] for id_ in ids.split(",")]
    own = f"{speaker.get_absolute_url()}?"
    about = requests.about(names)
    keywords = keywords_of({speaker.pk: newest}).get(speaker.pk, [])[:WORDS]
    asked = [*about, *(requests.word(found.word) for found in keywords)]
    labels = ["", "", "", *(found.word for found in keywords)]
    *counted, said_by_nobody = counts(asked, without_speaker=about[:1])
    said_of, named_in, written, *words = (
        Figure(label, count, address_of(request), label)
        for label, count, request in zip(labels, counted, asked, strict=True)
    )
    search = reverse("articles:search")

    def beside(slug: str) -> str:
        both = And((Filter("quoting", speaker.slug), Filter("quoting", slug)))
        return search + Address({"q": (str(both),)}).url()

    return Profile(
        ids=tuple(requests.ids),
        channels=_labelled(counted_rows["channel"], f"{own}channel=", Quote.Channel.values),
        kinds=_labelled(counted_rows["kind"], f"{own}kind=", Quote.Kind.values),
        publications=_listed(counted_rows["publication"], f"{own}publication="),
        topics=_listed(counted_rows["topic"], f"{own}topic="),
        beside=tuple(
            Figure(label, count, beside(slug), slug) for slug, label, count in counted_rows["beside"]
        ),
        interviewers=tuple(
            Figure(label, count, f"{search}?speaker={speaker.slug}&author={slug}&kind=answer", slug)
            for slug, label, count in counted_rows["interviewer"]
        ),
        words=tuple(words),
        looked_at=len(newest),
        said_of=said_of,
        said_by_nobody=said_by_nobody,
        named_in=named_in,
        written=written,
        unknown=sum(row[2] for row in counted_rows["unknown"]),
    )


class _ProfileRequests:
    """Builds search requests about one speaker; resolves the speaker once."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        asked = {("speaker", speaker.slug), ("author", speaker.slug)}
        self.names = resolve(asked, set())
        self.now = clock.now()

    @property
    def ids(self) -> list[int]:
        found = self.names.get(("speaker", self.speaker.slug), ResolvedName(self.speaker.slug))
        return sorted({self.speaker.pk, *found.ids})

    def request(self, scope: Scope, q: str = "", **values: str) -> SearchRequest:
        given = {name.replace("not_", "-"): (value,) for name, value in values.items()}
        return SearchRequest(
            scope=scope,
            parsed=parse(q, "articles" if scope == "articles" else "quotes"),
            now=self.now,
            any_of={name: value for name, value in given.items() if not name.startswith("-")},
            none_of={name[1:]: value for name, value in given.items() if name.startswith("-")},
            names=self.names,
            speaker=self.speaker if scope == "speaker" else None,
            address=Address({**({"q": (q,)} if q else {}), **given}),
        )

    def about(self, names: Sequence[str]) -> list[SearchRequest]:
        """Requests for quotes that name them, articles that name them, and articles they wrote."""
        q = any_of_names(names)
        return [
            self.request("quotes", q, not_speaker=self.speaker.slug),
            self.request("articles", q),
            self.request("articles", author=self.speaker.slug),
        ]

    def word(self, word: str) -> SearchRequest:
        return self.request("speaker", f'"{word}"')


def any_of_names(names: Iterable[str]) -> str:
    """A query for any of these names, as many as fit in a query.

    >>> any_of_names(["Ada Okafor", "A. N. Okafor", "Ada OKAFOR"])
    '"Ada Okafor" OR "A. N. Okafor"'
    """
    phrases: dict[str, str] = {}
    for name in names:
        folded = fold(name)
        if folded.strip():
            phrases.setdefault(folded, '"' + " ".join(name.replace('"', " ").split()) + '"')
    taken: list[str] = []
    for phrase in phrases.values():
        more = " OR ".join([*taken, phrase])
        if len(more) > MOST_CHARACTERS or len(fold(more).split()) > MOST_WORDS:
            break
        taken.append(phrase)
    return " OR ".join(taken)


def address_of(request: SearchRequest) -> str:
    """The URL of the result page of a request."""
    paths = {"articles": "articles:search", "quotes": "articles:quotes"}
    path = request.speaker.get_absolute_url() if request.speaker else reverse(paths[request.scope])
    return path + request.address.url()


def _labelled(rows: Iterable[tuple[str, str, int]], start: str, order: Sequence[str]) -> tuple[Figure, ...]:
    counted = {value: count for value, _, count in rows}
    return tuple(
        Figure(str(_WORDS[value]), counted[value], start + value, value)
        for value in order
        if value in counted
    )


def _listed(rows: Iterable[tuple[str, str, int]], start: str) -> tuple[Figure, ...]:
    return tuple(Figure(label, count, start + slug, slug) for slug, label, count in rows)


def _count(ids: Sequence[int]) -> dict[str, list[tuple[str, str, int]]]:
    asked: dict[str, Any] = {
        "ids": list(ids),
        "now": clock.now(),
        "shown": SHOWN,
        "newest": MOST_QUOTES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, asked)
        found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for what, slug, label, count in cursor:
            found[what].append((slug, label, count))
    return found


# Quotes are counted by an index-only scan; the documents of their articles are read once.
_COUNTS = f"""
WITH {FAMILIES}, ways AS MATERIALIZED (
  SELECT kind, channel, publication_id, count(*) AS n FROM quote_document
  WHERE speaker_id = ANY(%(ids)s) AND visible_from <= %(now)s GROUP BY 1, 2, 3
), mine AS (
  SELECT article_id, count(*) AS n, bool_or(kind = 'answer') AS answered FROM quote_document
  WHERE speaker_id = ANY(%(ids)s) AND visible_from <= %(now)s GROUP BY 1
), held AS MATERIALIZED (
  -- Each is looked up: of all documents those of one speaker are few, however often he is quoted.
  SELECT m.article_id, d.speaker_ids, d.topic_ids, d.author_ids, m.n, m.answered
  FROM mine m CROSS JOIN LATERAL (
    SELECT speaker_ids, topic_ids, author_ids FROM search_document
    WHERE article_id = m.article_id AND visible_from <= %(now)s OFFSET 0
  ) AS d
), writers AS (
  SELECT coalesce(f.final, w.author) AS id, count(DISTINCT w.article_id) AS n
  FROM (SELECT article_id, unnest(author_ids) AS author FROM held WHERE answered) AS w
  LEFT JOIN families f ON f.member = w.author GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(shown)s
), beside AS NOT MATERIALIZED (
  -- Of each article that quotes them whoever else it quotes.
  SELECT h.article_id, o.id FROM held h CROSS JOIN unnest(h.speaker_ids) AS o (id) WHERE o.id <> ALL(%(ids)s)
), others AS (
  SELECT id, n FROM (
    SELECT id, count(*) AS n FROM beside WHERE id NOT IN (SELECT member FROM families) GROUP BY 1
    -- Two entries of one person in one article are one.
    UNION ALL SELECT f.final, count(DISTINCT b.article_id)
      FROM beside b JOIN families f ON f.member = b.id GROUP BY 1
  ) AS counted ORDER BY 2 DESC, 1 LIMIT %(shown)s
), papers AS (
  SELECT publication_id AS id, sum(n) AS n FROM ways GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(shown)s
), subjects AS (
  SELECT t.id, sum(h.n) AS n FROM held h CROSS JOIN unnest(h.topic_ids) AS t (id)
  GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(shown)s
)
SELECT 'channel', channel, '', sum(n)::bigint AS n FROM ways GROUP BY channel
UNION ALL SELECT 'newest', string_agg(quote_id::text, ','), '', count(*) FROM (
  SELECT quote_id FROM quote_document WHERE speaker_id = ANY(%(ids)s) AND visible_from <= %(now)s
  ORDER BY published_on DESC NULLS LAST, quote_id DESC LIMIT %(newest)s
) AS n HAVING count(*) > 0
UNION ALL SELECT 'unknown', '', '', count(*) FROM quote_document, (
  SELECT min(published_on) AS first, max(published_on) AS last FROM quote_document
  WHERE speaker_id = ANY(%(ids)s) AND visible_from <= %(now)s
) AS period WHERE speaker_id IS NULL AND visible_from <= %(now)s
  AND published_on BETWEEN first AND last AND publication_id IN (SELECT publication_id FROM ways)
UNION ALL SELECT 'kind', kind, '', sum(n)::bigint FROM ways GROUP BY kind
UNION ALL SELECT 'publication', x.slug, x.name, n::bigint FROM papers JOIN articles_publication x USING (id)
UNION ALL SELECT 'topic', x.slug, x.name, n::bigint FROM subjects JOIN articles_topic x USING (id)
UNION ALL SELECT 'beside', x.slug, x.name, n FROM others JOIN articles_speaker x USING (id)
UNION ALL SELECT 'interviewer', x.slug, x.name, n FROM writers JOIN articles_speaker x USING (id)
ORDER BY 1, 4 DESC, 3, 2
"""

"""What the archive knows of one speaker in figures, each with the search that proves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse

from articles.models import Quote, Speaker, clock
from articles.search.engine.facets import FAMILIES
from articles.search.query import fold, parse
from articles.search.request.canonical_url import Address
from articles.search.request.names import resolve
from articles.search.request.query import Named, Question, Scope
from articles.search.results.answer import counts
from articles.search.speakers.keyness import MOST_QUOTES, distinctive_of

SHOWN = 10
WORDS = 24
# A query holds 40 words and 500 characters.
MOST_WORDS, MOST_CHARACTERS = 36, 460
_WORDS = {
    "unknown": "not known",
    "direct": "quoted wholly",
    "mixed": "quoted in part",
    "question": "questions asked in interviews",
    "answer": "answers in interviews",
}


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the address of the search that gives exactly it."""

    label: str
    count: int
    url: str
    value: str = ""


@dataclass(frozen=True)
class Profile:
    """`ids` are those of the speaker and of all merged into them.

    `words` stand out in the newest quotes where there are very many: `looked_at` says in how many.
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
    # Of the quotes that name them, those of no named speaker.
    said_by_nobody: int
    named_in: Figure
    written: Figure

    @property
    def figures(self) -> list[Figure]:
        """Every number of the page that a search proves."""
        groups = (self.channels, self.kinds, self.publications, self.topics)
        more = (self.beside, self.interviewers, self.words, (self.said_of, self.named_in, self.written))
        return [figure for group in (*groups, *more) for figure in group]


def profile(speaker: Speaker, names: Sequence[str]) -> Profile:
    """The figures of a speaker who is known by these names: four statements however many quotes there are."""
    asking = _Asking(speaker)
    tallies = _tallies(asking.ids)
    newest = [int(id_) for ids, _, _ in tallies["newest"] for id_ in ids.split(",")]
    own = f"{speaker.get_absolute_url()}?"
    about = asking.about(names)
    distinctive = distinctive_of({speaker.pk: newest}).get(speaker.pk, [])[:WORDS]
    asked = [*about, *(asking.word(found.word) for found in distinctive)]
    labels = ["", "", "", *(found.word for found in distinctive)]
    *counted, said_by_nobody = counts(asked, without_speaker=about[:1])
    said_of, named_in, written, *words = (
        Figure(label, count, address_of(question), label)
        for label, count, question in zip(labels, counted, asked, strict=True)
    )
    # What is asked of quotes must hold of one and the same; an OR with what no article is parts the two.
    both = '(speaker:"{}" OR before:1000)'
    search = reverse("articles:search")

    def beside(slug: str) -> str:
        return search + Address({"q": (both.format(slug),), "speaker": (speaker.slug,)}).url()

    return Profile(
        ids=tuple(asking.ids),
        channels=_labelled(tallies["channel"], f"{own}channel=", Quote.Channel.values),
        kinds=_labelled(tallies["kind"], f"{own}kind=", Quote.Kind.values),
        publications=_listed(tallies["publication"], f"{own}publication="),
        topics=_listed(tallies["topic"], f"{own}topic="),
        beside=tuple(Figure(label, count, beside(slug), slug) for slug, label, count in tallies["beside"]),
        interviewers=tuple(
            Figure(label, count, f"{search}?speaker={speaker.slug}&author={slug}&kind=answer", slug)
            for slug, label, count in tallies["interviewer"]
        ),
        words=tuple(words),
        looked_at=len(newest),
        said_of=said_of,
        said_by_nobody=said_by_nobody,
        named_in=named_in,
        written=written,
    )


class _Asking:
    """Questions about one speaker; whom the name stands for is asked once."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        asked = {("speaker", speaker.slug), ("author", speaker.slug)}
        self.names = resolve(asked, set())
        self.now = clock.now()

    @property
    def ids(self) -> list[int]:
        found = self.names.get(("speaker", self.speaker.slug), Named(self.speaker.slug))
        return sorted({self.speaker.pk, *found.ids})

    def question(self, scope: Scope, q: str = "", **values: str) -> Question:
        given = {name.replace("not_", "-"): (value,) for name, value in values.items()}
        return Question(
            scope=scope,
            parsed=parse(q, "articles" if scope == "articles" else "quotes"),
            now=self.now,
            any_of={name: value for name, value in given.items() if not name.startswith("-")},
            none_of={name[1:]: value for name, value in given.items() if name.startswith("-")},
            names=self.names,
            speaker=self.speaker if scope == "speaker" else None,
            address=Address({**({"q": (q,)} if q else {}), **given}),
        )

    def about(self, names: Sequence[str]) -> list[Question]:
        """What others say of them, which articles name them, which they wrote."""
        q = any_of_names(names)
        return [
            self.question("quotes", q, not_speaker=self.speaker.slug),
            self.question("articles", q),
            self.question("articles", author=self.speaker.slug),
        ]

    def word(self, word: str) -> Question:
        return self.question("speaker", f'"{word}"')


def any_of_names(names: Iterable[str]) -> str:
    """A query for any of these names as printed, as many of them as a query holds.

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


def address_of(question: Question) -> str:
    """The address of a question's page."""
    paths = {"articles": "articles:search", "quotes": "articles:quotes"}
    path = question.speaker.get_absolute_url() if question.speaker else reverse(paths[question.scope])
    return path + question.address.url()


def _labelled(rows: Iterable[tuple[str, str, int]], start: str, order: Sequence[str]) -> tuple[Figure, ...]:
    counted = {value: count for value, _, count in rows}
    return tuple(
        Figure(_WORDS.get(value, value), counted[value], start + value, value)
        for value in order
        if value in counted
    )


def _listed(rows: Iterable[tuple[str, str, int]], start: str) -> tuple[Figure, ...]:
    return tuple(Figure(label, count, start + slug, slug) for slug, label, count in rows)


def _tallies(ids: Sequence[int]) -> dict[str, list[tuple[str, str, int]]]:
    asked: dict[str, Any] = {
        "ids": list(ids),
        "now": clock.now(),
        "shown": SHOWN,
        "newest": MOST_QUOTES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, asked)
        found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for what, slug, label, count in cursor:
            found[what].append((slug, label, count))
    return found


# Their quotes are counted by the index alone; of articles the narrow documents are read, once.
_TALLIES = f"""
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
UNION ALL SELECT 'kind', kind, '', sum(n)::bigint FROM ways GROUP BY kind
UNION ALL SELECT 'publication', x.slug, x.name, n::bigint FROM papers JOIN articles_publication x USING (id)
UNION ALL SELECT 'topic', x.slug, x.name, n::bigint FROM subjects JOIN articles_topic x USING (id)
UNION ALL SELECT 'beside', x.slug, x.name, n FROM others JOIN articles_speaker x USING (id)
UNION ALL SELECT 'interviewer', x.slug, x.name, n FROM writers JOIN articles_speaker x USING (id)
ORDER BY 1, 4 DESC, 3, 2
"""

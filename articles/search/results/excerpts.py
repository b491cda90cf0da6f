"""Builds the results of one page: excerpts with highlighted words, quotes and their speakers.

Highlighting reads the texts in Python, so that exactly what the query matched is marked.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from articles.models import Article, Publication, Quote, QuoteDocument, Speaker, Turn
from articles.models.publication import public_text
from articles.search.engine.hits import Hits
from articles.search.history.as_of import then
from articles.search.request.query import SearchRequest
from articles.search.results import load
from articles.search.results.snippets import Excerpt, Highlighter
from articles.text.annotated_text import EXCERPT

# Characters before and after a quote in which its neighbouring sentences are found.
AROUND = 600


@dataclass(frozen=True)
class Who:
    """The canonical speaker for a speaker id."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class FoundQuote:
    """A quote of a found article, with its words highlighted."""

    row: Quote
    speaker: Who | None
    excerpt: Excerpt


@dataclass(frozen=True)
class Result:
    """One result. An article has `quotes` and `speakers`; a quote has `speaker`, `before` and `after`.

    `whole` has the text of an article for a file; see `stream_results`.
    `words_not_shown`: the words are in a part of the article that its publication does not allow to be shown.
    """

    row: Article | Quote
    excerpts: tuple[Excerpt, ...]
    quotes: tuple[FoundQuote, ...] = ()
    speakers: tuple[Who, ...] = ()
    speaker: Who | None = None
    before: str = ""
    after: str = ""
    words_not_shown: bool = False
    whole: load.WholeArticle | None = None

    @property
    def article(self) -> Article:
        """The article found, or that of the quote."""
        return self.row if isinstance(self.row, Article) else self.row.article

    @property
    def unmarked(self) -> bool:
        """Whether highlighting was given up because it took too long."""
        shown = (*self.excerpts, *(found.excerpt for found in self.quotes))
        return any(excerpt.unmarked for excerpt in shown)


# Articles -----------------------------------------------------------------------------------------


def article_results(request: SearchRequest, hits: Hits | None, ids: Sequence[int]) -> list[Result]:
    """The results for these article ids, in the same order; with quotes if there are `hits`."""
    if not ids:
        return []
    listed = {each.article.pk: each for each in load.articles(ids, request.as_of)}
    shown = [(each.article, _parts(each)) for id_ in ids if (each := listed.get(id_))]
    quotes = load.found_quotes(hits.quotes_to_show(ids), request.as_of) if hits is not None else []
    speakers, by_id = _speakers(request, "q.article_id = ANY(%s)", ids)
    highlighter = Highlighter(request)
    languages = {row.pk: row.language for row, _ in shown}
    quotes_by_article: dict[int, list[FoundQuote]] = defaultdict(list)
    for quote in quotes:
        excerpt = highlighter.whole("quote", quote.text, languages.get(quote.article_id, ""))
        quotes_by_article[quote.article_id].append(
            FoundQuote(quote, by_id.get(quote.speaker_id or 0), excerpt)
        )
    results = []
    for row, parts in shown:
        excerpts = highlighter.excerpts(parts, row.language)
        unseen = bool(highlighter.clauses) and not any(
            excerpt.marks or excerpt.unmarked for excerpt in excerpts
        )
        results.append(
            Result(
                row,
                excerpts,
                tuple(quotes_by_article[row.pk]),
                tuple(speakers[row.pk]),
                words_not_shown=unseen and listed[row.pk].cut,
            )
        )
    return results


def _parts(listed: load.ListedArticle) -> list[tuple[str, str]]:
    row = listed.article
    return [
        ("headline", row.headline),
        ("standfirst", row.standfirst),
        ("body", listed.body),
        ("kicker", row.kicker),
        ("byline", row.byline),
        *(("caption", caption) for caption in listed.captions),
    ]


# Quotes -------------------------------------------------------------------------------------------


def quote_results(request: SearchRequest, _hits: Hits | None, ids: Sequence[int]) -> list[Result]:
    """The results for these quote ids, in the same order."""
    if not ids:
        return []
    listed = {row.pk: row for row in load.quotes(ids, request.as_of)}
    around = _surroundings(ids, request.as_of)
    by_id = _speakers_of(request, listed.values())
    highlighter = Highlighter(request)
    return [
        Result(
            row,
            (highlighter.whole("quote", row.text, row.article.language),),
            speaker=by_id.get(row.speaker_id or 0),
            before=_before(row, around[id_]),
            after=_first_sentence(around[id_].after) if row.part == Quote.Part.BODY else "",
        )
        for id_ in ids
        if (row := listed.get(id_)) is not None
    ]


class _Around(NamedTuple):
    """The body before and after a quote, and the last interview question before it."""

    before: str
    after: str
    question: str | None


# Each substr() decompresses the body: there is one for the surroundings of the quote, one for the question.
# Where only an excerpt of the text may be shown, only its beginning is read.
_SURROUNDINGS = f"""
SELECT q.id, q.start, q."end", closed,
  CASE WHEN closed THEN 0 ELSE greatest(q.start - {AROUND}, 0) END,
  CASE WHEN closed THEN substr(a.body, 1, {EXCERPT + 1})
    ELSE substr(a.body, greatest(q.start - {AROUND}, 0) + 1,
      least(q.start, {AROUND}) + q."end" - q.start + {AROUND}) END,
  t."end", substr(a.body, t.start + 1, t."end" - t.start)
FROM articles_quote q JOIN articles_article a ON a.id = q.article_id
CROSS JOIN LATERAL (SELECT {load.FULL_TEXT} <> 'public' AS closed OFFSET 0) f
LEFT JOIN LATERAL (
  SELECT t.start, t."end" FROM articles_turn t
  WHERE t.article_id = q.article_id AND t.role = 'question' AND t."end" <= q.start AND q.kind = 'answer'
  ORDER BY t."end" DESC LIMIT 1
) t ON true
WHERE q.id = ANY(%s)
"""


def _surroundings(ids: Sequence[int], as_of: dt.datetime | None) -> dict[int, _Around]:
    with connection.cursor() as cursor:
        cursor.execute(then(as_of, _SURROUNDINGS, Quote, Article, Turn), [list(ids)])
        return {id_: _around(*found) for id_, *found in cursor.fetchall()}


def _around(
    start: int | None,
    end: int | None,
    closed: bool,
    first: int | None,
    text: str | None,
    question_end: int | None,
    question: str | None,
) -> _Around:
    """The parts of `text`, a piece of the body from `first` on, that surround the quote and may be shown."""
    if start is None or end is None or first is None or not text:
        return _Around("", "", question)
    if closed:
        text = public_text(text, Publication.FullText.EXCERPT)
        question = question if (question_end or 0) <= len(text) else None
        if start > len(text):
            return _Around("", "", question)
    before, after = text[: start - first], text[end - first :]
    if first > 0:
        # Both ends may be within a word.
        before = before[before.find(" ") + 1 :]
    if not closed and len(after) == AROUND:
        after = after[: after.rfind(" ")]
    return _Around(before, after, question)


def _before(row: Quote, around: _Around) -> str:
    if row.kind == Quote.Kind.ANSWER and around.question:
        return around.question
    return _last_sentence(around.before) if row.part == Quote.Part.BODY else ""


def _last_sentence(text: str | None) -> str:
    """The last sentence of the text, within its last paragraph."""
    paragraph = (text or "").rsplit("\n\n", 1)[-1].strip(" “”«»„\"'‘’\n")
    for stop in (". ", "? ", "! "):
        _, found, tail = paragraph.rpartition(stop)
        if found and len(tail) > 2:
            paragraph = tail
    return paragraph


def _first_sentence(text: str | None) -> str:
    paragraph = (text or "").split("\n\n", 1)[0].strip(" “”«»„\"'‘’,\n")
    ends = [at + 1 for stop in (". ", "? ", "! ") if (at := paragraph.find(stop)) >= 0]
    return paragraph[: min(ends)] if ends else paragraph


def _speakers_of(request: SearchRequest, quotes: Iterable[Quote]) -> dict[int, Who]:
    """The canonical speaker of each speaker id of these quotes; asks the database only for merged ones."""
    found = [quote.speaker for quote in quotes if quote.speaker is not None]
    by_id = {each.pk: Who(each.pk, each.slug, each.name) for each in found if each.merged_into_id is None}
    if len(by_id) < len({each.pk for each in found}):
        merged = [quote.pk for quote in quotes if quote.speaker_id not in by_id]
        by_id |= _speakers(request, "q.quote_id = ANY(%s)", merged)[1]
    return by_id


def _speakers(
    request: SearchRequest, where: str, ids: Sequence[int]
) -> tuple[dict[int, list[Who]], dict[int, Who]]:
    """The canonical speakers of each article in the order of their quotes, and of each speaker id."""
    speakers: dict[int, list[Who]] = defaultdict(list)
    by_id: dict[int, Who] = {}
    with connection.cursor() as cursor:
        sql = (
            "SELECT q.article_id, q.speaker_id, s.id, s.slug, s.name FROM quote_document q "
            "JOIN articles_speaker member ON member.id = q.speaker_id "
            "JOIN articles_speaker s ON s.id = member.canonical_speaker_id "
            f"WHERE {where} AND q.visible_from <= %s GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, min(q.quote_id)"
        )
        cursor.execute(then(request.as_of, sql, QuoteDocument, Speaker), [list(ids), request.moment])
        for article, speaker, *final in cursor:
            who = by_id.setdefault(speaker, Who(*final))
            if who not in speakers[article]:
                speakers[article].append(who)
    return speakers, by_id

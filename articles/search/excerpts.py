"""What of a hit is shown: fragments with the words asked for, its quotes, who speaks in them.

Made in Python from the rows of one page, on the text itself; what is marked is what the query found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest, Least, Substr

from articles.models import GAP, Article, Image, Quote, Turn
from articles.querylang import And, Field, Near, Node, Or, Word, Words, words_in_place
from articles.querylang.tree import PART_FIELDS, positive_words
from articles.search.conditions import NOTHING, QUOTES, Lexemes, Plain, Sql, either, every, to_sql
from articles.search.documents import Compiler, quotes_matter
from articles.search.facets import FAMILIES
from articles.search.occurrences import Place, lookup, near_partners, occurrences
from articles.search.questions import Question
from articles.search.stems import stems_of

FRAGMENT = 240
BEFORE = 70
MOST_FRAGMENTS = 2
MOST_LINES = 5
# How far the sentence before and after a quote is looked for.
AROUND = 600


@dataclass(frozen=True)
class Excerpt:
    """A stretch of one part, and where in it the words asked for stand. `start` is its place in the part."""

    part: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    start: int = 0
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True)
class Who:
    """A speaker under the name that stands today for all merged into it."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class FoundQuote:
    row: Quote
    speaker: Who | None
    excerpt: Excerpt


@dataclass(frozen=True)
class Result:
    """One hit of a page. An article has `quotes` and `speakers`; a quote `speaker`, `before` and `after`."""

    row: Article | Quote
    excerpts: tuple[Excerpt, ...]
    quotes: tuple[FoundQuote, ...] = ()
    speakers: tuple[Who, ...] = ()
    speaker: Who | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Asked:
    """Words to be marked, in one part or, where `place` is empty, in all."""

    node: Words | Near
    place: str


def asked(node: Node | None, place: str = "") -> Iterator[Asked]:
    """The clauses that a hit holds because they were asked for."""
    if isinstance(node, Words | Near):
        yield Asked(node, place)
    elif isinstance(node, Field):
        yield from asked(node.node, node.name)
    elif isinstance(node, And | Or):
        for child in node.children():
            yield from asked(child, place)


# Articles -----------------------------------------------------------------------------------------


def article_results(question: Question, found: Sequence[Compiler], ids: Sequence[int]) -> list[Result]:
    if not ids:
        return []
    captions = Image.objects.filter(article=OuterRef("pk")).order_by("position", "pk").values("caption")
    rows = (
        Article.objects.for_listing()
        .annotate(captions=ArraySubquery(captions), full_body=F("body"))
        .in_bulk(ids)
    )
    rows = [rows[id_] for id_ in ids if id_ in rows]
    quotes = list(_quotes_of(question, found, ids))
    speakers, by_id = _speakers(Sql("q.article_id = ANY(%s)", (list(ids),)), found[0])
    marker = Marker(question)
    marker.learn((row.language, text) for row in rows for _, text in _parts(row))
    languages = {row.pk: row.language for row in rows}
    marker.learn((languages.get(quote.article_id, ""), quote.text) for quote in quotes)
    marker.fetch()
    quotes_by_article: dict[int, list[FoundQuote]] = defaultdict(list)
    for quote in quotes:
        excerpt = marker.whole("quote", quote.text, languages.get(quote.article_id, ""))
        quotes_by_article[quote.article_id].append(FoundQuote(quote, by_id.get(quote.speaker_id), excerpt))
    return [
        Result(
            row,
            tuple(marker.excerpts(_parts(row), row.language)),
            tuple(quotes_by_article[row.pk]),
            tuple(speakers[row.pk]),
        )
        for row in rows
    ]


def _parts(row: Article) -> list[tuple[str, str]]:
    return [
        ("headline", row.headline),
        ("standfirst", row.standfirst),
        ("body", row.full_body),
        ("kicker", row.kicker),
        ("byline", row.byline),
        *(("caption", caption) for caption in row.captions),
    ]


def _quotes_of(question: Question, found: Sequence[Compiler], ids: Sequence[int]) -> Iterable[Quote]:
    """The quotes of these articles that meet what is asked of quotes; else those with a word asked for."""
    parts = []
    for compiler in found:
        if quotes_matter(question):
            condition = compiler.quote()
        else:
            positive = positive_words(question.parsed.root)
            condition = either(Lexemes(compiler.together(words, "")) for words in positive)
        if condition == NOTHING:
            continue
        frame = [Plain(Sql("q.article_id = ANY(%s)", (list(ids),))), *compiler.visible(QUOTES)]
        if compiler.tongue.languages:
            frame.append(Plain(Sql("q.language = ANY(%s)", (list(compiler.tongue.languages),))))
        parts.append(QUOTES.select("q.quote_id", to_sql(every([*frame, condition]), QUOTES)))
    if not parts:
        return ()
    params = [param for part in parts for param in part.params]
    chosen = RawSQL(" UNION ALL ".join(part.text for part in parts), params)
    return Quote.objects.filter(pk__in=chosen).select_related("speaker").order_by("article", "position", "pk")


# Quotes -------------------------------------------------------------------------------------------


def quote_results(question: Question, found: Sequence[Compiler], ids: Sequence[int]) -> list[Result]:
    if not ids:
        return []
    start = F("start")
    question_before = (
        Turn.objects.filter(article=OuterRef("article"), role=Turn.Role.QUESTION, end__lte=OuterRef("start"))
        .order_by("-end")
        .values(words=Substr("article__body", F("start") + 1, F("end") - F("start")))[:1]
    )
    listed = Quote.objects.for_listing().annotate(
        text_before=Substr("article__body", Greatest(start - AROUND, 0) + 1, Least(start, AROUND)),
        text_after=Substr("article__body", F("end") + 1, AROUND),
        question_before=Subquery(question_before),
    )
    rows = listed.in_bulk(ids)
    _, by_id = _speakers(Sql("q.quote_id = ANY(%s)", (list(ids),)), found[0])
    marker = Marker(question)
    marker.learn((row.article.language, row.text) for row in rows.values())
    marker.fetch()
    return [
        Result(
            row,
            (marker.whole("quote", row.text, row.article.language),),
            speaker=by_id.get(row.speaker_id),
            before=_before(row),
            after=_first_sentence(row.text_after) if row.part == Quote.Part.BODY else "",
        )
        for id_ in ids
        if (row := rows.get(id_)) is not None
    ]


def _before(row: Quote) -> str:
    if row.kind == Quote.Kind.ANSWER and row.question_before:
        return row.question_before
    return _last_sentence(row.text_before) if row.part == Quote.Part.BODY else ""


def _last_sentence(text: str | None) -> str:
    """The sentence that ends where the quote begins, or as much of its paragraph as there is."""
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


def _speakers(where: Sql, compiler: Compiler) -> tuple[dict[int, list[Who]], dict[int, Who]]:
    """Who is quoted in each article, in the order of their quotes, and who each speaker's row stands for."""
    condition = to_sql(every([Plain(where), *compiler.visible(QUOTES)]), QUOTES)
    speakers: dict[int, list[Who]] = defaultdict(list)
    by_id: dict[int, Who] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {FAMILIES} SELECT q.article_id, q.speaker_id, s.id, s.slug, s.name FROM quote_document q "
            "LEFT JOIN families f ON f.member = q.speaker_id "
            "JOIN articles_speaker s ON s.id = coalesce(f.final, q.speaker_id) "
            f"WHERE {condition.text} GROUP BY 1, 2, 3 ORDER BY 1, min(q.quote_id)",
            condition.params,
        )
        for article, speaker, *final in cursor:
            who = by_id.setdefault(speaker, Who(*final))
            if who not in speakers[article]:
                speakers[article].append(who)
    return speakers, by_id


# Marks --------------------------------------------------------------------------------------------


class Marker:
    """Finds the words asked for in the texts of one page, their stems learnt in one statement."""

    def __init__(self, question: Question) -> None:
        self.asked = list(asked(question.parsed.root))
        self.lines = question.view == "kwic"
        self._stems: dict[tuple[str, str], str] = {}
        self._places: dict[str, list[Word]] = {}
        self._words: dict[str, set[str]] = defaultdict(set)
        terms = [
            (words.exact or term.prefix, term.text)
            for clause in self.asked
            for words in positive_words(clause.node)
            for term in words.terms
        ]
        self._plain = {text for as_written, text in terms if not as_written}
        # No stemmer changes the first letter of a word, so that only these can have the same stem.
        self._initials = {text[0] for text in self._plain}

    def learn(self, texts: Iterable[tuple[str, str]]) -> None:
        if not self.asked:
            return
        for language, text in texts:
            if text not in self._places:
                self._places[text] = words_in_place(text)
            if self._initials:
                words = {word.text for word in self._places[text] if word.text[0] in self._initials}
                self._words[language] |= words | self._plain

    def fetch(self) -> None:
        self._stems = stems_of(self._words)

    def whole(self, part: str, text: str, language: str) -> Excerpt:
        """The text in full with its marks."""
        found = [span for stretch in _stretches(text) for _, span in self.found(part, *stretch, language)]
        return Excerpt(part, text, _merged(found))

    def found(self, part: str, text: str, shift: int, language: str) -> list[tuple[int, tuple[int, int]]]:
        """Each clause's number with where it stands in the text."""
        if not self.asked:
            return []
        places = self._places.get(text) or words_in_place(text)
        words = [word.text for word in places]
        stem = lookup(self._stems, language)
        spans = []
        for at, clause in enumerate(self.asked):
            if clause.place in PART_FIELDS and clause.place != part:
                continue
            if clause.place and clause.place not in PART_FIELDS and part != "quote":
                continue
            find: Callable[..., list[Place]] = near_partners if isinstance(clause.node, Near) else occurrences
            for first, last in find(clause.node, words, stem):
                spans.append((at, (places[first].start + shift, places[last].end + shift)))
        return sorted(spans, key=lambda item: item[1])

    def excerpts(self, parts: Sequence[tuple[str, str]], language: str) -> Iterator[Excerpt]:
        """Every short part that holds a word asked for, and fragments of the body; at least one of these."""
        shown_text = False
        for part, text in parts:
            spans = self.found(part, text, 0, language) if text else []
            if part == "body":
                fragments = list(self.fragments(text, spans))
                if not fragments and not shown_text:
                    fragments = [_fragment(text, 0, [])]
                yield from fragments
            elif spans:
                shown_text |= part == "standfirst"
                yield Excerpt(part, text, _merged([span for _, span in spans]))

    def fragments(self, text: str, spans: Sequence[tuple[int, tuple[int, int]]]) -> Iterator[Excerpt]:
        """The stretches that hold most of the clauses; with one line for each place, the first few."""
        if self.lines:
            for _, span in spans[:MOST_LINES]:
                yield _fragment(text, max(0, span[0] - FRAGMENT // 2), [span])
            return
        chosen: list[tuple[int, int]] = []
        unseen = {at for at, _ in spans}
        while unseen and len(chosen) < MOST_FRAGMENTS:
            start = max(
                (span[0] for _, span in spans), key=lambda at: (len(_within(spans, at) & unseen), -at)
            )
            covered = _within(spans, start) & unseen
            if not covered:
                break
            unseen -= covered
            chosen.append((start, start + FRAGMENT - BEFORE))
        for start, _ in sorted(chosen):
            yield _fragment(text, max(0, start - BEFORE), [span for _, span in spans])


def _within(spans: Sequence[tuple[int, tuple[int, int]]], start: int) -> set[int]:
    end = start + FRAGMENT - BEFORE
    return {at for at, span in spans if start <= span[0] and span[1] <= end}


def _fragment(text: str, start: int, spans: Sequence[tuple[int, int]]) -> Excerpt:
    """Some 240 characters from about there, cut between words."""
    if start:
        blank = text.find(" ", start, start + 30)
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + FRAGMENT)
    if end < len(text):
        blank = text.rfind(" ", max(start + 1, end - 30), end)
        end = blank if blank > start else end
    marks = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    # As many characters as before, so that places hold.
    shown = text[start:end].replace("\n", " ")
    return Excerpt("body", shown, _merged(marks), start, start > 0, end < len(text))


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _stretches(text: str) -> Iterator[tuple[str, int]]:
    """The stretches of a quote with their places: nothing is found across the gap between two."""
    at = 0
    for stretch in text.split(GAP):
        yield stretch, at
        at += len(stretch) + len(GAP)

"""Gold quotes: quotes as a person has annotated them in an article, given by their first and last words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from articles.ingest.proposals.create import PARTS
from articles.models import Article, Image, Note, Quote, Speaker, Turn

TURNS = (Quote.Kind.QUESTION, Quote.Kind.ANSWER)
MARKS = {"“": "”", "„": "“", "‘": "’", "‚": "‘", "«": "»", "»": "«"}

Spans = list[tuple[int, int]]


class WordsNotFound(ValueError):
    """Words of a gold quote or note do not occur in the article, or not in this order."""


@dataclass(frozen=True)
class GoldQuote:
    """A quote as a person has annotated it in one part of the article."""

    part: str
    image: Image | None
    kind: str
    spans: Spans
    speaker: Speaker | None
    source: str
    standing: str
    credited_to: Speaker | None

    @property
    def whole(self) -> tuple[int, int]:
        return self.spans[0][0], self.spans[-1][1]


Listed = Mapping[str, Any]  # a quote of archive.json


def gold_quotes_in(
    article: Article, listed: Sequence[Listed], people: Mapping[str, Speaker]
) -> list[GoldQuote]:
    """Locate the words of each listed quote; the quotes of each part must be listed in text order."""
    found: list[GoldQuote] = []
    place, at = None, 0
    for item in listed:
        part = item.get("part", Quote.Part.BODY)
        image = article.images.all()[item["image"]] if part == Quote.Part.CAPTION else None
        at = at if place == (part, image) else 0
        place = (part, image)
        spans = _spans_of(image.caption if image else getattr(article, part), item["words"], at)
        at = spans[0][0]
        found.append(
            GoldQuote(
                part=part,
                image=image,
                kind=item["kind"],
                spans=spans,
                speaker=people[item["speaker"]] if item["speaker"] else None,
                source=item.get("source", ""),
                standing=item.get("standing", Quote.Standing.UNREVIEWED),
                credited_to=people[item["credited_to"]] if "credited_to" in item else None,
            )
        )
    return found


def _spans_of(text: str, words: Iterable[Sequence[str]], at: int) -> Spans:
    """Return the spans of these words after a position; spans separated only by blanks are joined."""
    spans: Spans = []
    for named in words:
        start = text.find(named[0], at)
        last = text.find(named[-1], start)
        if start < 0 or last < 0:
            raise WordsNotFound(f"«{' … '.join(named)}» does not stand in the text after character {at}")
        end = at = last + len(named[-1])
        if spans and not text[spans[-1][1] : start].strip():
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def apply_gold_quotes(article: Article, gold_quotes: Sequence[GoldQuote], *, by: User | None) -> None:
    """Decide all quotes of the article by the gold quotes: accept, correct, add or reject them."""
    left = list(article.quotes.select_related("image", "turn"))
    matched = [_take(left, gold, _same_words) for gold in gold_quotes]
    for gold, same in zip(gold_quotes, matched, strict=True):
        quote = same or _take(left, gold, _shared_words) or _new_quote(article, gold)
        if same is None:
            _move(quote, gold)
        _name(quote, gold)
        quote.accept(by=by, through=Quote.Through.COMMAND)
    for quote in left:
        quote.reject(by=by, through=Quote.Through.COMMAND)
    _put_in_order(article)
    article.quotes_state = article.quotes.reading_state()
    article.save(update_fields=["quotes_state"])


def _letters(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    """Return the positions of letters and digits, so that blanks and marks at the ends make no difference."""
    return {at for start, end in spans for at in range(start, end) if text[at].isalnum()}


def _new_quote(article: Article, gold: GoldQuote) -> Quote:
    return Quote(article=article, part=gold.part, image=gold.image)


def _same_words(quote: Quote, gold: GoldQuote) -> bool:
    text = quote.part_text
    return _letters(text, quote.spans) == _letters(text, gold.spans)


def _shared_words(quote: Quote, gold: GoldQuote) -> bool:
    text = quote.part_text
    same_sort = (quote.kind in TURNS) == (gold.kind in TURNS)
    return same_sort and bool(_letters(text, quote.spans) & _letters(text, gold.spans))


def _take(left: list[Quote], gold: GoldQuote, fits: Callable[[Quote, GoldQuote], bool]) -> Quote | None:
    there = (quote for quote in left if (quote.part, quote.image) == (gold.part, gold.image))
    taken = next((quote for quote in there if fits(quote, gold)), None)
    if taken:
        left.remove(taken)
    return taken


def _move(quote: Quote, gold: GoldQuote) -> None:
    """Set the spans of the gold quote; start and end include the quotation marks around them."""
    quote.start = quote.end = None
    quote.set_spans(gold.spans)
    if gold.kind not in TURNS:
        quote.start, quote.end = _with_marks(quote.part_text, *gold.whole)


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend the span to its opening mark and, on the same line, to the closing one."""
    closing = MARKS.get(text[start - 1] if start else "")
    if closing is None:
        return start, end
    close = text.find(closing, end)
    between = text[end:close]
    if close < 0 or text[start - 1] in between or "\n" in between:
        return start - 1, end
    return start - 1, close + 1


def _name(quote: Quote, gold: GoldQuote) -> None:
    quote.kind, quote.speaker, quote.source = gold.kind, gold.speaker, gold.source
    quote.standing, quote.credited_to = gold.standing, gold.credited_to
    quote.turn = _turn_of(quote, gold) if gold.kind in TURNS else None


def _turn_of(quote: Quote, gold: GoldQuote) -> Turn:
    """Return the turn of a question or answer: its own, an overlapping free one, or a new one."""
    start, end = quote.place or gold.whole
    free = quote.article.turns.filter(start__lt=end, end__gt=start).exclude(quotes__status="accepted")
    turn = quote.turn or free.first() or Turn(article=quote.article, labelled=False, position=0)
    turn.start, turn.end, turn.confidence = start, end, 1.0
    turn.role, turn.speaker, turn.source = quote.kind, quote.speaker, quote.source
    turn.labelled = bool(quote.source)
    turn.save()
    return turn


def mark_notes(article: Article, words: Iterable[str]) -> None:
    """Mark these bracketed words of the body as editorial notes, unless they are marked already."""
    for noted in words:
        start = article.body.find(noted)
        if start < 0:
            raise WordsNotFound(f"«{noted}» does not stand in the text")
        Note.objects.get_or_create(article=article, start=start, end=start + len(noted))


def _put_in_order(article: Article) -> None:
    """Number quotes and turns in text order; turns without an accepted quote become narration."""
    quotes = list(article.quotes.select_related("image"))
    quotes.sort(key=_order)
    for position, quote in enumerate(quotes):
        quote.position = position
        if quote.status == Quote.Status.ACCEPTED:
            quote.inside = _holder(quote, quotes)
        quote.save(update_fields=["position", "inside"])
    spoken = {quote.turn_id for quote in quotes if quote.status == Quote.Status.ACCEPTED}
    for position, turn in enumerate(article.turns.order_by("start")):
        turn.position = position
        turn.role = turn.role if turn.pk in spoken else Turn.Role.NARRATION
        turn.save(update_fields=["position", "role"])


def _order(quote: Quote) -> tuple[int, int, int, int]:
    """The place in the article; a quote before the quotes inside it."""
    start, end = quote.place or (0, 0)
    return PARTS.index(Quote.Part(quote.part)), quote.image.position if quote.image else 0, start, -end


def _holder(quote: Quote, quotes: Iterable[Quote]) -> Quote | None:
    """Return the smallest turn or quote that contains this nested quote."""
    nested = quote.part_text[max(0, quote.spans[0][0] - 1)] in "‘‚"
    holders = [
        other
        for other in quotes
        if other.status == Quote.Status.ACCEPTED
        and (other.part, other.image) == (quote.part, quote.image)
        and (nested or other.kind in TURNS)
        and _is_inside(quote, other)
    ]
    return min(holders, key=_length, default=None)


def _is_inside(quote: Quote, other: Quote) -> bool:
    if quote.place is None or other.place is None:
        return False
    (start, end), (first, last) = quote.place, other.place
    return first <= start and end <= last and _length(other) > _length(quote)


def _length(quote: Quote) -> int:
    start, end = quote.place or (0, 0)
    return end - start

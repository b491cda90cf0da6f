"""Edit an article's texts, and re-anchor its quotes, turns and notes in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypedDict

from django.db import transaction
from django.db.models import Max, Min

from articles.models import GAP, Article, Image, Note, Quote, Turn, clock
from articles.near_duplicates.minhash import signature, store_signatures
from articles.parsing import normalise, tidy
from articles.revisions.anchoring import CONTEXT, Reanchoring, find_lost


class EditedMeanwhile(Exception):
    """The article was saved by somebody else since it was read."""


@dataclass
class Changes:
    """The effects of an edit: ids of quotes moved, lost and found, and of turns and notes deleted."""

    moved: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    turns_gone: list[int] = field(default_factory=list)
    notes_gone: list[int] = field(default_factory=list)


class Texts(TypedDict, total=False):
    """The new texts of the parts that can contain quotes; captions by the id of their image."""

    headline: str
    standfirst: str
    body: str
    captions: Mapping[int, str]


Place = tuple[str, int | None]  # a part, and the image's id for captions


def change_text(
    article: Article,
    *,
    headline: str | None = None,
    standfirst: str | None = None,
    body: str | None = None,
    captions: Mapping[int, str] | None = None,
) -> Changes:
    """Replace the given texts (captions by image id) and raise the article's version.

    A quote whose words are gone is marked lost; it keeps its words, speaker and decision. Raises
    `EditedMeanwhile` if the stored article has a later version.
    """
    with transaction.atomic():
        stored = Article.objects.select_for_update().get(pk=article.pk)
        if stored.version != article.version:
            raise EditedMeanwhile
        given = {"headline": headline, "standfirst": standfirst, "body": body}
        new = {part: _clean(part, text) for part, text in given.items() if text is not None}
        moves: dict[Place, Reanchoring] = {
            (part, None): Reanchoring(getattr(stored, part), text) for part, text in new.items()
        }
        for image in Image.objects.filter(article=stored, pk__in=captions or {}):
            moves["caption", image.pk] = Reanchoring(image.caption, tidy((captions or {})[image.pk]))
        changed = {place: move for place, move in moves.items() if move.old != move.new}
        # Write the texts first: constraints compare each quote with the text stored at that time.
        Article.objects.filter(pk=article.pk).update(
            **new, version=stored.version + 1, modified_at=clock.now()
        )
        for (_part, image_id), move in changed.items():
            if image_id is not None:
                Image.objects.filter(pk=image_id).update(caption=move.new)
        changes = _follow(stored, changed)
        article.refresh_from_db()
        if "body" in new:
            store_signatures([signature(article.pk, article.body, article.body_hash)])
    return changes


def _clean(part: str, text: str) -> str:
    return normalise(text) if part == "body" else tidy(text)


def _follow(article: Article, moves: Mapping[Place, Reanchoring]) -> Changes:
    changes = Changes()
    for quote in Quote.objects.select_for_update().filter(article=article):
        move = moves.get((quote.part, quote.image_id))
        if move is None:
            continue
        if quote.lost_at is not None:
            _bring_back(quote, move.new, changes)
        else:
            _follow_quote(quote, move, changes)
    body = moves.get(("body", None))
    if body:
        _follow_turns(article, body, changes)
        _follow_notes(article, body, changes)
    return changes


def _follow_quote(quote: Quote, move: Reanchoring, changes: Changes) -> None:
    spans = [move.find(start, end) for start, end in quote.spans]
    known = [span for span in spans if span is not None]
    in_order = all(one[1] <= other[0] for one, other in pairwise(known))
    if len(known) < len(spans) or not in_order:
        quote.start = quote.end = None
        quote.spans, quote.lost_at = [], clock.now()
        changes.lost.append(quote.pk)
        quote.save(update_fields=["start", "end", "spans", "lost_at"])
        return
    start = move.border(quote.start or 0, opening=True)
    end = move.border(quote.end or 0, opening=False)
    start = known[0][0] if start is None or start > known[0][0] else start
    end = known[-1][1] if end is None or end < known[-1][1] else end
    _place(quote, move.new, (start, end), known, changes.moved)


def _bring_back(quote: Quote, text: str, changes: Changes) -> None:
    if quote.kind in (Quote.Kind.QUESTION, Quote.Kind.ANSWER) and quote.turn_id is None:
        return
    found = find_lost(text, quote.text.split(GAP), quote.prefix, quote.suffix)
    if found:
        quote.lost_at = None
        _place(quote, text, *found, changes.found)


def _place(
    quote: Quote, text: str, whole: tuple[int, int], spans: list[tuple[int, int]], moved: list[int]
) -> None:
    start, end = whole
    before = (quote.start, quote.end, quote.spans)
    around = (quote.prefix, quote.suffix)
    quote.start, quote.end, quote.spans = start, end, [list(span) for span in spans]
    quote.prefix, quote.suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if (quote.start, quote.end, quote.spans) != before:
        moved.append(quote.pk)
    elif (quote.prefix, quote.suffix) == around:
        return
    quote.save(update_fields=["start", "end", "spans", "prefix", "suffix", "lost_at"])


def _follow_turns(article: Article, move: Reanchoring, changes: Changes) -> None:
    for turn in Turn.objects.filter(article=article):
        quotes = Quote.objects.filter(turn=turn)
        # If the turn itself is not found, a question or answer that is found gives its span.
        found = quotes.filter(lost_at__isnull=True).aggregate(start=Min("start"), end=Max("end"))
        span = move.span(turn.start, turn.end) or _span(found["start"], found["end"])
        if span is None:
            # Its quotes are lost, but keep their decisions.
            quotes.update(turn=None)
            changes.turns_gone.append(turn.pk)
            turn.delete()
        elif span != (turn.start, turn.end):
            turn.start, turn.end = span
            turn.save(update_fields=["start", "end"])


def _span(start: int | None, end: int | None) -> tuple[int, int] | None:
    return None if start is None or end is None else (start, end)


def _follow_notes(article: Article, move: Reanchoring, changes: Changes) -> None:
    for note in Note.objects.filter(article=article):
        span = move.find(note.start, note.end)
        if span is None:
            changes.notes_gone.append(note.pk)
            note.delete()
        elif span != (note.start, note.end):
            note.start, note.end = span
            note.save(update_fields=["start", "end"])

"""Create interview turns that an editor marks and the extraction did not find."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.db.models import F

from articles.models import Article, Quote, Turn

_PARAGRAPH = re.compile(r"[^\n](?:[^\n]|\n(?!\n))*")
_ASKS = re.compile(r"\?[”\"’')\]»“]*$")


def paragraphs_of(body: str) -> list[tuple[int, int]]:
    return [match.span() for match in _PARAGRAPH.finditer(body)]


def make_turns(article: Article, *, by: User | None) -> int:
    """Divide an article without turns into questions and answers; return how many turns.

    A paragraph that ends with a question mark is a question, the paragraphs after it are its answer. Text
    before the first question belongs to no turn.
    """
    if article.turns.exists():
        return 0
    made: list[tuple[int, int, str]] = []
    for start, end in paragraphs_of(article.body):
        if _ASKS.search(article.body[start:end]):
            made.append((start, end, Turn.Role.QUESTION))
        elif made and made[-1][2] == Turn.Role.ANSWER:
            made[-1] = (made[-1][0], end, Turn.Role.ANSWER)
        elif made:
            made.append((start, end, Turn.Role.ANSWER))
    for position, (start, end, role) in enumerate(made):
        _new_turn(article, start, end, position, role, by)
    return len(made)


def begin_turn(article: Article, at: int, *, by: User | None) -> Turn | None:
    """Begin a turn at this paragraph and end the turn before it; None if no paragraph begins there."""
    if at not in {start for start, _ in paragraphs_of(article.body)}:
        return None
    turns = list(article.turns.all())
    above = next((turn for turn in reversed(turns) if turn.start <= at), None)
    if above is not None and above.start == at:
        return above
    below = next((turn for turn in turns if turn.start > at), None)
    end = above.end if above and above.end > at else below.start if below else len(article.body)
    end = at + len(article.body[at:end].rstrip())
    position = above.position + 1 if above else 0
    article.turns.filter(position__gte=position).update(position=F("position") + 1)
    if above and above.end > at:
        _end_at(above, at, by)
    asked = above is not None and above.role == Turn.Role.QUESTION
    role = Turn.Role.ANSWER if asked else Turn.Role.QUESTION
    turn = _new_turn(article, at, end, position, role, by)
    if above and (whole := turn.quotes.first()):
        Quote.objects.filter(inside__turn=above, start__gte=at, end__lte=end).update(inside=whole)
    return turn


def _new_turn(article: Article, start: int, end: int, position: int, role: str, by: User | None) -> Turn:
    turn = Turn.objects.create(
        article=article, start=start, end=end, position=position, role=Turn.Role.NARRATION
    )
    turn.take_role(role, by=by)
    return turn


def _end_at(turn: Turn, at: int, by: User | None) -> None:
    """Shorten the turn and its quotes to end before `at`."""
    turn.end = turn.start + len(turn.article.body[turn.start : at].rstrip())
    turn.save(update_fields=["end"])
    spans = turn.own_spans()
    for quote in turn.quotes.all():
        if not spans:
            quote.reject(by=by)
            continue
        quote.correct(by=by, speaker=quote.speaker, spans=spans, whole=(turn.start, turn.end))

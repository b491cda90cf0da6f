"""Interview turns that an editor creates or changes, with their quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import F

from articles.extraction.coreference.name_runs import folded
from articles.extraction.interviews.turn_speakers import names_a_speaker
from articles.models import Article, Note, Quote, Speaker, Turn
from articles.speakers.corrections import Facts, correct

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
    shortened = above is not None and above.end > at
    if above and shortened:
        _end_before(above, at)
        _refit(above, by)
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
    _become(turn, role, _voices(turn), by)
    return turn


def move_to(turn: Turn, at: int, *, by: User | None) -> bool:
    """Start the turn at another paragraph; return False if it cannot start there.

    The turn above ends there. A label marks where its turn starts, so that turn stays. Words that no turn
    above can take become a turn of their own that is not part of the interview.
    """
    article, above = turn.article, _above(turn)
    starts = {start for start, _ in paragraphs_of(article.body)}
    first = above.start + 1 if above else 0
    if turn.labelled or at not in starts or at == turn.start or not first <= at < turn.end:
        return False
    if above is None or (at > turn.start and article.body[above.end : turn.start].strip()):
        if at > turn.start:
            _leave_above(turn, at)
    elif at > turn.start or above.end > at:
        _end_before(above, at)
    turn.start, turn.confidence = at, 1.0
    turn.save(update_fields=["start", "confidence"])
    for each in (above, turn):
        if each is not None:
            _refit(each, by)
    return True


def _end_before(turn: Turn, at: int) -> None:
    turn.end = turn.start + len(turn.article.body[turn.start : at].rstrip())
    turn.save(update_fields=["end"])


def move_later(turn: Turn, *, by: User | None) -> bool:
    """Start the turn one paragraph later."""
    starts = [start for start, _ in paragraphs_of(turn.article.body) if turn.start < start < turn.end]
    return bool(starts) and move_to(turn, starts[0], by=by)


def move_earlier(turn: Turn, *, by: User | None) -> bool:
    """Start the turn one paragraph earlier, unless the turn above would have none left."""
    starts = [start for start, _ in paragraphs_of(turn.article.body) if start < turn.start]
    return bool(starts) and move_to(turn, starts[-1], by=by)


def _leave_above(turn: Turn, at: int) -> None:
    """Make the words of the turn before `at` a turn that is not part of the interview."""
    end = turn.start + len(turn.article.body[turn.start : at].rstrip())
    position = turn.position
    turn.article.turns.filter(position__gte=position).update(position=F("position") + 1)
    turn.position += 1
    Turn.objects.create(
        article=turn.article, start=turn.start, end=end, position=position, role=Turn.Role.NARRATION
    )


def _refit(turn: Turn, by: User | None) -> None:
    """Give the turn's quotes its words again, and the turn the quotes of others within it."""
    spans = turn.own_spans()
    for quote in turn.quotes.all():
        if spans:
            correct(quote, by=by, speaker=quote.speaker, spans=spans, whole=(turn.start, turn.end))
        else:
            quote.reject(by=by)
    others = turn.article.quotes.filter(part=Quote.Part.BODY, turn__isnull=True, inside__isnull=False)
    others.filter(start__gte=turn.start, end__lte=turn.end).update(inside=turn.quotes.first())


def flip(turn: Turn, *, by: User | None) -> None:
    """Make a question an answer, an answer a question, and narration the reply to the turn above."""
    _become(turn, _other_role(turn), _voices(turn), by)


def flip_from_here(turn: Turn, *, by: User | None) -> int:
    """Flip this turn and all later ones; return how many."""
    voices = _voices(turn, and_its_own=True)
    below = turn.article.turns.filter(position__gte=turn.position).exclude(role=Turn.Role.NARRATION)
    for each in below:
        _become(each, _other_role(each), voices, by)
    return len(below)


def narrate(turn: Turn, *, by: User | None) -> None:
    """Make this turn narration: words of the newspaper."""
    _become(turn, Turn.Role.NARRATION, {}, by)


def join_above(turn: Turn, *, by: User | None) -> bool:
    """Merge this turn into the one above, and its quotes into that turn's quote.

    Return False if its label names another speaker than that of the turn above.
    """
    above = _above(turn)
    if above is None:
        raise ValueError("there is no turn above the first one")
    if turn.labelled and not _may_be_same_speaker(turn, above):
        return False
    first = above.quotes.first()
    for quote in turn.quotes.all():
        if first:
            _absorb(first, quote, by=by)
        if quote.first_public_at is None:
            quote.relayed.update(inside=first)
            quote.delete()
        else:
            # Its URL has been public and must keep working, so it moves to the turn above.
            quote.turn = above
            quote.reject(by=by)
    # Its quotes were moved first: deleting a turn deletes its quotes.
    turn.delete()
    _note_between(above, turn)
    above.end = turn.end
    above.save(update_fields=["end"])
    return True


def _note_between(above: Turn, turn: Turn) -> None:
    """Make the words between two turns, such as a label, a note, which no quote includes."""
    between = turn.article.body[above.end : turn.start]
    if any(map(str.isalnum, between)):
        start = above.end + len(between) - len(between.lstrip())
        Note.objects.create(article=turn.article, start=start, end=start + len(between.strip()))


def _may_be_same_speaker(turn: Turn, above: Turn) -> bool:
    """Whether the speaker of the turn above may have the label of this turn."""
    if turn.role != above.role:
        return False
    names = {folded(turn.source), folded(above.source)} if names_a_speaker(turn.source) else set()
    is_linked_alike = turn.speaker_id is not None and turn.speaker_id == above.speaker_id
    return len(names) < 2 or is_linked_alike


def _absorb(quote: Quote, other: Quote, *, by: User | None) -> None:
    """Add the spans of another quote of this part; spans with only whitespace between them are joined."""
    if other.place is None:
        # Its words are no longer in the text.
        return
    text = quote.part_text
    joined: list[tuple[int, int]] = []
    for start, end in sorted([*quote.spans, *other.spans]):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    (start, end), (first, last) = other.place, quote.place or other.place
    correct(quote, by=by, speaker=quote.speaker, spans=joined, whole=(min(start, first), max(end, last)))


def _above(turn: Turn) -> Turn | None:
    return turn.article.turns.filter(position__lt=turn.position).last()


def _other_role(turn: Turn) -> str:
    if turn.role != Turn.Role.NARRATION:
        return Turn.Role.QUESTION if turn.role == Turn.Role.ANSWER else Turn.Role.ANSWER
    above = _above(turn)
    asked = above is not None and above.role == Turn.Role.QUESTION
    return Turn.Role.ANSWER if asked else Turn.Role.QUESTION


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who speaks in a turn: a linked speaker, or the name in the text."""

    speaker: Speaker | None = None
    source: str = ""
    name: str = ""
    description: str = ""
    decision: int | None = None

    @property
    def name_of_speaker(self) -> str:
        return folded(self.speaker.name if self.speaker else self.name)


def _voices(turn: Turn, *, and_its_own: bool = False) -> dict[str, _Voice]:
    """The speaker for each role, from the nearest turn, preferring turns above.

    Empty for a role with several speakers, because the nearest may be the wrong one.
    """
    others = turn.article.turns.select_related("speaker").prefetch_related("quotes")
    others = others if and_its_own else others.exclude(pk=turn.pk)
    nearest = sorted(others, key=lambda t: (t.position > turn.position, abs(t.position - turn.position)))
    voices: dict[str, list[_Voice]] = {}
    for each in nearest:
        voices.setdefault(each.role, []).append(_voice(each))
    return {role: _only_one(heard) for role, heard in voices.items()}


def _voice(turn: Turn) -> _Voice:
    """The speaker of this turn, linked or only named in the text."""
    quotes = sorted(turn.quotes.all(), key=lambda quote: quote.status == Quote.Status.REJECTED)
    quote = quotes[0] if quotes else None
    if quote is None:
        return _Voice(turn.speaker, turn.source)
    return _Voice(
        turn.speaker, turn.source, quote.name_as_printed, quote.role_as_printed, quote.name_decision_id
    )


def _only_one(heard: list[_Voice]) -> _Voice:
    known = [voice for voice in heard if voice.name_of_speaker]
    if len({voice.name_of_speaker for voice in known}) > 1:
        return _Voice()
    return (known or heard)[0]


def _become(turn: Turn, role: str, voices: Mapping[str, _Voice], by: User | None) -> None:
    """Set the role, and take the speaker of the nearest turn with that role."""
    turn.role, turn.confidence = role, 1.0
    # A printed name decides who speaks, whatever the role; the label «Q» does not.
    named = turn.labelled and names_a_speaker(turn.source)
    voice = None if named or role == Turn.Role.NARRATION else voices.get(role, _Voice())
    if voice:
        turn.speaker = voice.speaker
        turn.source = turn.source if turn.labelled else voice.source
    turn.save()
    if role == Turn.Role.NARRATION:
        for quote in turn.quotes.all():
            quote.reject(by=by)
        return
    if not turn.quotes.exists():
        _propose_quote(turn)
    for quote in turn.quotes.all():
        _take_voice(turn, quote, voice, by)


def _take_voice(turn: Turn, quote: Quote, voice: _Voice | None, by: User | None) -> None:
    """Set the speaker of the turn on its quote; reopen the quote if the speaker is now unknown."""
    quote.speaker_corrected |= quote.kind != turn.role and quote.rule != "desk"
    facts: Facts = {"kind": turn.role, "source": turn.source}
    if voice:
        facts |= {
            "name_as_printed": voice.name, "role_as_printed": voice.description,
            "name_decision_id": voice.decision,
        }  # fmt: skip
    was_known = quote.speaker_id is not None
    correct(quote, by=by, speaker=turn.speaker, **facts)
    lost_its_speaker = was_known and turn.speaker is None and not quote.is_public
    if quote.status == Quote.Status.REJECTED or (quote.status == Quote.Status.ACCEPTED and lost_its_speaker):
        quote.reopen()


def reopen_contradicted(article: Article, *, by: User | None) -> dict[Quote, str]:
    """Reopen accepted turns whose speaker contradicts labels or roles; return the reason of each.

    Public ones stay accepted and lose their speaker.
    """
    reasons = article.quotes.contradictions()
    accepted = article.quotes.filter(pk__in=reasons, status=Quote.Status.ACCEPTED).order_by("start", "pk")
    reopened = {quote: reasons[quote.pk] for quote in accepted}
    for quote in reopened:
        if quote.is_public:
            correct(quote, by=by)
        else:
            quote.reopen()
    return reopened


def _propose_quote(turn: Turn) -> None:
    spans = turn.own_spans()
    if not spans:
        return
    quote = Quote(
        article=turn.article, turn=turn, kind=turn.role, channel="spoken", rule="desk", confidence=1.0,
        start=turn.start, end=turn.end, position=turn.position,
    )  # fmt: skip
    quote.set_spans(spans)
    quote.save()

"""The editor's verdicts on proposed quotes: decision, speaker and words, checked and saved together.

The form sends plain fields or, with JavaScript, one JSON field, because Django limits the number of fields.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.utils.translation import gettext, gettext_lazy

from articles.admin.review.words import find_stretches, fit_whole, kind_at
from articles.extraction.full_names import kind_of_full_name
from articles.ingest.speakers.name_rulings import new_speaker
from articles.models import Quote, Speaker, Turn
from articles.models.turn_speakers import Named
from articles.parsing.normalization import without_surrogates
from articles.search.query import fold
from articles.speakers.corrections import correct, correct_speaker
from articles.speakers.disambiguation import Evidence, candidates_for
from articles.speakers.names import speakers_named
from articles.speakers.typed_names import TypedNames
from articles.text.folding import name_key

ACCEPT, REJECT, OPEN = "accept", "reject", ""
NAMED, NEW, ANOTHER, NOBODY = "named", "new", "another", "nobody"
WHO = {
    NAMED: gettext_lazy("Known speaker"),
    NEW: gettext_lazy("New speaker"),
    ANOTHER: gettext_lazy("A different person with this name"),
    NOBODY: gettext_lazy("Speaker unknown"),
}
SURE = 0.9
_DECISION = {
    Quote.Status.PENDING: OPEN,
    Quote.Status.ACCEPTED: ACCEPT,
    Quote.Status.REJECTED: REJECT,
}


@dataclass
class Answer:
    """The answer to one proposal in the form."""

    decision: str = OPEN
    name: str = ""
    who: str = NAMED
    words: str = ""


@dataclass
class Line:
    """One proposal with its stored and its submitted answer, and the errors of the latter."""

    quote: Quote
    number: int
    answer: Answer
    stored: Answer
    errors: dict[str, str] = field(default_factory=dict)
    speaker: Speaker | None = None
    spans: list[tuple[int, int]] | None = None
    offered: list[str] = field(default_factory=list)
    bearers: list[Evidence] = field(default_factory=list)
    # The person on the page to whom it belongs (`people.key_of`), and whether that row named the speaker.
    person: str = ""
    voiced: bool = False
    # Why it stayed open when all like it were accepted.
    left: str = ""

    @property
    def label(self) -> str:
        return gettext("Proposed quote %(number)s") % {"number": self.number}

    @property
    def sure(self) -> bool:
        return (self.quote.confidence or 0) >= SURE

    @property
    def percent(self) -> int:
        return self.quote.percent_sure or 0

    @property
    def turn(self) -> Turn | None:
        return self.quote.turn

    @property
    def done(self) -> bool:
        return self.quote.status != Quote.Status.PENDING


def answers_in(data: Mapping[str, object]) -> dict[int, Answer]:
    """Read the answers from the JSON field if it is present, else from the plain fields."""
    if data.get("quotes"):
        return _from_json(str(data["quotes"]))
    numbers = {int(name[2:]) for name in data if re.fullmatch(r"[sdkw]-\d{1,18}", name)}
    return {
        pk: answer_of(
            data.get(f"d-{pk}", OPEN),
            data.get(f"s-{pk}", ""),
            data.get(f"k-{pk}", NAMED),
            data.get(f"w-{pk}", ""),
        )
        for pk in numbers
    }


def _from_json(text: str) -> dict[int, Answer]:
    try:
        rows = json.loads(text)
        if not isinstance(rows, list):
            raise TypeError
        return {int(row["id"]): answer_of(row["d"], row["s"], row["k"], row["w"]) for row in rows}
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        # Our JavaScript never sends this; an unreadable answer must not count as saved.
        raise BadRequest("Malformed answers.") from error


def _clean(text: object) -> str:
    return without_surrogates(str(text).replace("\0", ""))


def answer_of(decision: object, name: object, who: object, words: object) -> Answer:
    """Normalize submitted values; invalid ones become defaults."""
    return Answer(
        decision if isinstance(decision, str) and decision in (ACCEPT, REJECT) else OPEN,
        " ".join(_clean(name).split()),
        who if isinstance(who, str) and who in WHO else NAMED,
        _clean(words).replace("\r\n", "\n").strip(),
    )


def line_values(pk: int, answer: Answer) -> dict[str, str]:
    """The answer to one proposal as three fields: decision, speaker and words."""
    return {f"d-{pk}": answer.decision, f"s-{pk}": f"{answer.who}:{answer.name}", f"w-{pk}": answer.words}


def lines_of(quotes: Iterable[Quote], names: Mapping[int, str], answers: Mapping[int, Answer]) -> list[Line]:
    """A Line per quote, numbered from 1, with its stored answer and the one in `answers`."""
    quotes = list(quotes)
    known = speakers_named([*names.values(), *(quote.speaker.name for quote in quotes if quote.speaker)])
    lines = []
    for number, quote in enumerate(quotes, 1):
        stored = _stored(quote, names.get(quote.pk, ""), known)
        lines.append(Line(quote, number, answers.get(quote.pk, stored), stored))
    return lines


def _stored(quote: Quote, proposed: str, known: Mapping[str, tuple[int, ...]]) -> Answer:
    decision = _DECISION[Quote.Status(quote.status)]
    if quote.speaker:
        alone = len(known.get(quote.speaker.name, ())) == 1
        name = quote.speaker.name if alone else f"{quote.speaker.name} (#{quote.speaker.pk})"
        return Answer(decision, name, NAMED, quote.text)
    # Accepted without a named speaker, or ruled so for all quotes with this printed name.
    if decision == ACCEPT or quote.name_decision_id is not None:
        return Answer(decision, "", NOBODY, quote.text)
    # An unknown full name usually is a new speaker; a description is not a name.
    is_new = proposed and proposed not in known and kind_of_full_name(proposed)
    return Answer(
        decision, proposed if is_new or proposed in known else "", NEW if is_new else NAMED, quote.text
    )


def namesakes_error(bearers: Sequence[Evidence]) -> str:
    """Why the name of these speakers cannot be that of a new one, and what to enter instead."""
    named = [f"{one.speaker} (#{one.speaker.pk})" for one in bearers[:3]]
    return gettext(
        "There is already a speaker with this name: %(names)s. Enter the name with its ID, such as"
        " %(example)s. If this is a different person, choose “%(choice)s”. Then save again."
    ) % {
        "names": "; ".join(f"{name}, {one.about}" for name, one in zip(named, bearers, strict=False)),
        "example": named[0],
        "choice": WHO[ANOTHER],
    }


class Decisions:
    """All answers of one form, validated and saved together."""

    def __init__(self, lines: list[Line], warned: Set[str] = frozenset()) -> None:
        """`warned`: folded names for which the page has already shown the namesakes."""
        self.lines = lines
        self.warned = warned
        # Quotes whose speaker this form replaced.
        self.reassigned: list[Quote] = []
        self._made: dict[str, Speaker] = {}

    def accept_all(self, chosen: Callable[[Line], bool]) -> list[Line]:
        """Accept the chosen open proposals that have a speaker; return those left open."""
        self.check()
        left, contradictions = [], self._contradictions()
        for line in self.lines:
            if line.quote.pk is None or line.answer.decision != OPEN or not chosen(line):
                continue
            line.answer.decision = ACCEPT
            self._check_line(line)
            line.left = contradictions.get(line.quote.pk, "")
            if line.errors or line.left:
                line.errors.clear()
                line.answer.decision = OPEN
                left.append(line)
        return left

    def check(self) -> bool:
        """Resolve names to speakers and words to spans; return whether there are no errors."""
        given = [line.answer.name for line in self.lines]
        self._typed, self._exact = TypedNames(given), speakers_named(given, exact=True)
        self._bearers = candidates_for(
            {line.answer.name for line in self.lines if line.voiced or line.answer.who in (NEW, ANOTHER)}
        )
        for line in self.lines:
            self._check_line(line)
        self._check_turns()
        return not any(line.errors for line in self.lines)

    def _check_turns(self) -> None:
        """Add an error to accepted turns whose speaker contradicts the label or role."""
        changed = [ln for ln in self.lines if ln.turn and ln.answer.decision == ACCEPT and _differs(ln)]
        found = self._contradictions() if changed else {}
        for line in changed:
            if line.quote.pk in found and "speaker" not in line.errors:
                line.errors["speaker"] = found[line.quote.pk]

    def _contradictions(self) -> dict[int, str]:
        """Contradictions among the turns, given the speakers that this form names."""
        given = {
            line.quote.pk: None if line.answer.decision == REJECT else self._named(line)
            for line in self.lines
            if line.turn is not None
        }
        return Quote.objects.filter(pk__in=given).contradictions(given)

    @staticmethod
    def _named(line: Line) -> Named:
        if line.speaker is not None:
            return Named(line.speaker.canonical_speaker_id, line.speaker.name)
        return Named(None, "" if line.answer.who == NOBODY else line.answer.name)

    def _check_line(self, line: Line) -> None:
        line.errors.clear()
        line.bearers = []
        if line.answer.words and line.answer.words != line.stored.words:
            line.spans = find_stretches(line.quote, line.answer.words)
            if line.spans is None:
                line.errors["words"] = gettext("These words are not in the text.")
        if line.quote.pk is None and line.answer.name and not line.answer.words:
            line.errors["words"] = gettext("Enter the quoted words, or remove the speaker.")
        if line.stored.words and not line.answer.words and line.answer.decision != REJECT:
            line.errors["words"] = gettext("Enter the words, or reject the quote.")
        if line.answer.decision == ACCEPT and line.quote.lost_at and not line.spans:
            line.errors["words"] = gettext(
                "These words are no longer in the text. Change them, or reject the quote."
            )
        if line.answer.decision != REJECT:
            self._check_speaker(line)
        if line.answer.decision == ACCEPT and line.turn and line.turn.role == Turn.Role.NARRATION:
            line.errors["speaker"] = gettext("This is not part of the interview. Make it a turn first.")

    def _check_speaker(self, line: Line) -> None:
        answer, untouched = line.answer, line.answer == line.stored
        line.speaker = None
        if answer.who == NOBODY or (untouched and line.done):
            line.speaker = line.quote.speaker if answer.who != NOBODY else None
            return
        if not answer.name:
            if answer.decision == ACCEPT:
                line.errors["speaker"] = gettext("Enter the speaker, or choose “Speaker unknown”.")
            return
        typed = self._typed.find(answer.name)
        if line.voiced and answer.who == NAMED and typed.is_unknown and answer.name[:1].isupper():
            # Participants of an interview often are new speakers.
            answer.who = NEW
        is_new = answer.who == ANOTHER or (answer.who == NEW and not self._speaks_here(answer.name))
        if is_new and not typed.is_numbered:
            self._check_namesakes(line)
            # `save` makes no speaker for an open proposal. The name may be the one that the page filled in.
            typed_here = answer.name != line.stored.name or answer.who == ANOTHER
            if answer.decision == OPEN and not line.voiced and typed_here:
                line.errors["speaker"] = gettext("Accept the quote to add this speaker.")
            return
        line.speaker, line.offered = typed.speaker, list(typed.offered)
        if typed.error and not (typed.is_unknown and untouched and answer.decision != ACCEPT):
            line.errors["speaker"] = typed.error

    def _speaks_here(self, name: str) -> bool:
        """Whether a speaker with exactly this name is linked in this article, and so is not new."""
        here = {line.quote.speaker.canonical_speaker_id for line in self.lines if line.quote.speaker}
        return not here.isdisjoint(self._exact.get(name, ()))

    def _check_namesakes(self, line: Line) -> None:
        """Require that the page has shown the namesakes before a new speaker is created."""
        answer, bearers = line.answer, self._bearers.get(line.answer.name, [])
        sure = answer.who == ANOTHER and fold(answer.name) in self.warned
        if not bearers or sure or (answer.decision != ACCEPT and not line.voiced):
            return
        line.bearers = bearers
        line.errors["speaker"] = namesakes_error(bearers)

    @property
    def made(self) -> list[str]:
        """Names of the speakers made by `save`."""
        return sorted(speaker.name for speaker in self._made.values())

    @property
    def now_warned(self) -> list[str]:
        """Folded names for which the page shows the namesakes now or has shown them before."""
        shown = {fold(line.answer.name) for line in self.lines if line.bearers}
        return sorted(self.warned | shown)

    def save(self, *, by: User) -> int:
        """Save the answers that differ from the stored ones; return their number."""
        changed = [line for line in self.lines if _differs(line)]
        for line in changed:
            if line.answer.decision != REJECT:
                line.speaker = self._speaker_of(line)
        self.reassigned = [line.quote for line in changed if _is_reassigned(line)]
        plain = [line for line in changed if line.quote.pk and not line.done and line.spans is None]
        for line in changed:
            _note_correction(line)
            if line not in plain:
                _save_alone(line, by)
        _save_together(plain, by)
        return len(changed)

    def _speaker_of(self, line: Line) -> Speaker | None:
        answer = line.answer
        made = answer.name and answer.who in (NEW, ANOTHER) and line.speaker is None
        # A proposal that may still be rejected creates no speaker.
        if not made or (answer.decision != ACCEPT and not line.voiced):
            return line.speaker
        key = name_key(answer.name)
        if key not in self._made:
            self._made[key] = new_speaker(answer.name, line.quote.role_as_printed)
        return self._made[key]


def _differs(line: Line) -> bool:
    if line.answer.decision == REJECT:
        return line.stored.decision != REJECT
    linked = line.speaker is not None and line.speaker.pk != line.quote.speaker_id
    return line.answer != line.stored or linked


def _is_reassigned(line: Line) -> bool:
    before, now = line.quote.speaker_id, line.speaker.pk if line.speaker else None
    return line.answer.decision != REJECT and before is not None and before != now


def _note_correction(line: Line) -> None:
    """Mark a proposal whose words or speaker the editor corrected, for the acceptance statistics."""
    quote, proposal, given = line.quote, line.stored, line.answer
    if quote.pk is None or quote.rule in ("", "desk") or given.decision == REJECT:
        return
    quote.words_corrected |= line.spans is not None
    other = given.who == NOBODY or given.name != proposal.name
    quote.speaker_corrected |= bool(proposal.name) and proposal.who != NOBODY and other


def _save_alone(line: Line, by: User) -> None:
    """Save a new quote, changed words, or a reversed decision."""
    quote, speaker, decision = line.quote, line.speaker, line.answer.decision
    decided = decision != line.stored.decision
    if decision == REJECT:
        quote.reject(by=by)
        return
    if line.spans is not None:
        fit_whole(quote, line.spans)
    if quote.pk is None:
        quote.set_spans(line.spans or [])
        quote.speaker, quote.kind = speaker, kind_at(quote)
    elif line.spans is not None or (speaker and speaker.pk) != quote.speaker_id:
        correct(quote, by=by, speaker=speaker, spans=line.spans, whole=quote.place)
    if decided:
        quote.accept(by=by) if decision == ACCEPT else quote.reopen()


def _save_together(lines: list[Line], by: User) -> None:
    """Save proposals that change only in speaker and decision, with a few bulk statements."""
    named: dict[Speaker | None, list[int]] = {}
    for line in lines:
        if line.answer.decision != REJECT and (line.speaker and line.speaker.pk) != line.quote.speaker_id:
            named.setdefault(line.speaker, []).append(line.quote.pk)
    for speaker, quotes in named.items():
        correct_speaker(Quote.objects.pending().filter(pk__in=quotes), speaker, by=by)
    corrected = [line.quote.pk for line in lines if line.quote.speaker_corrected]
    Quote.objects.filter(pk__in=corrected, speaker_corrected=False).update(speaker_corrected=True)
    decided = {
        decision: Quote.objects.filter(pk__in=[ln.quote.pk for ln in lines if ln.answer.decision == decision])
        for decision in (ACCEPT, REJECT)
    }
    decided[ACCEPT].accept(by=by, through=Quote.Through.DESK)
    decided[REJECT].reject(by=by, through=Quote.Through.DESK)

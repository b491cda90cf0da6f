"""Checks the speakers of interview turns against their printed labels and roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from articles.extraction.coreference.name_runs import folded
from articles.extraction.interviews.speaker_labels import has_initials, shortens
from articles.extraction.languages import LANGUAGES

QUESTION, ANSWER = "question", "answer"
OTHER_LABEL = "The label here is “%(label)s”, but %(name)s is “%(other)s” in this interview."
ASKS_ELSEWHERE = (
    "%(name)s asks questions in this interview, but this is an answer. Flip it, or choose another speaker."
)
ANSWERS_ELSEWHERE = (
    "%(name)s answers in this interview, but this is a question. Flip it, or choose another speaker."
)
_ROLE_LABELS = frozenset(
    word for table in LANGUAGES.values() for word in table.question_labels | table.answer_labels
)
_ROLE_WORDS = frozenset(word for table in LANGUAGES.values() for word in (*table.roles, *table.titles))


@dataclass(frozen=True, slots=True)
class TurnSpeaker:
    """One question or answer: `label` as printed (empty if inferred), `who` None if unknown.

    `who` identifies a person: an id of the archive, or else the folded name. A `rejected` turn has no speaker
    to check, but says which role they have. The speaker of an `entered` turn was entered by an editor and is
    not accepted yet; what the text says of that person outweighs it.
    """

    role: str
    label: str
    who: Hashable | None
    name: str = ""
    rejected: bool = False
    entered: bool = False


def names_a_speaker(label: str) -> bool:
    """Whether a label names a person («Vance») and not only a role («Q»)."""
    return bool(label) and label.lower().strip(" .:") not in _ROLE_LABELS


def is_form_of(label: str, name: str) -> bool:
    """Whether a label may be a short form of this name: «Vance», «I. Vance» or «IV» for «Ilmar Vance».

    >>> is_form_of("I. Vance", "Ilmar Vance"), is_form_of("Marsh", "Ilmar Vance")
    (True, False)
    """
    one, other = _words(label), _words(name)
    if not one or not other:
        return False
    return has_initials(label, name) or shortens(label, name) or _within(one, other) or _within(other, one)


def _within(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether each word, or a word with this initial, is among the others."""
    return all(any(w == o or (len(w) == 1 and o.startswith(w)) for o in many) for w in few)


def _words(text: str) -> list[str]:
    return [word for word in (folded(w).strip(".,:;()[]*_") for w in text.split()) if word]


def contradictions(turns: Sequence[TurnSpeaker]) -> list[str]:
    """For each turn the reason why its speaker is inconsistent, or an empty string.

    The speaker of a labelled turn must not have another label in the interview. The speaker of a turn without
    a label must have its role in most of their turns that have their label or are not entered by an editor
    (in most of all turns if these are none or as many in each role), and labels must not give that role to
    others only.
    """
    interview = _Interview(turns)
    return [interview.why(turn) for turn in turns]


class _Interview:
    def __init__(self, turns: Sequence[TurnSpeaker]) -> None:
        self.turns = turns
        self.labels = list(dict.fromkeys(turn.label for turn in turns if names_a_speaker(turn.label)))

    def why(self, turn: TurnSpeaker) -> str:
        if turn.who is None or turn.rejected:
            return ""
        return self._label(turn) if names_a_speaker(turn.label) else self._role(turn)

    def _party(self, label: str) -> str:
        """The longer label that this one is a short form of, if there is exactly one."""
        fuller = [other for other in self.labels if len(other) > len(label) and is_form_of(label, other)]
        return fuller[0] if len(fuller) == 1 else label

    def _label(self, turn: TurnSpeaker) -> str:
        own = self._party(turn.label)
        if is_form_of(turn.label, turn.name) or is_form_of(own, turn.name):
            return ""
        named = {self._party(label) for label in self.labels if is_form_of(label, turn.name)} - {own}
        used = Counter(
            self._party(t.label) for t in self.turns if t.who == turn.who and names_a_speaker(t.label)
        )
        if not named and (len(used) < 2 or _most(used) == own):
            return ""
        roles = {t.role for t in self.turns if _same(t, turn) and self._party(t.label) != own}
        others = {t.who for t in self.turns if t.who is not None and self._party(t.label) == own}
        if turn.role in roles and len(others) == 1 and all(w in _ROLE_WORDS for w in _words(turn.label)):
            # «Mayor» and «Okafor» may be the same person.
            return ""
        other = next(iter(named or set(used) - {own}))
        return OTHER_LABEL % {"label": turn.label, "name": turn.name, "other": other}

    def _role(self, turn: TurnSpeaker) -> str:
        theirs = [t for t in self.turns if _same(t, turn)]
        found = Counter(t.role for t in theirs if not t.entered or _has_label_of(t, t.name))
        mostly = _most(found) or _most(Counter(t.role for t in theirs))
        labelled = [t for t in self.turns if names_a_speaker(t.label)]
        own = {t.role for t in labelled if _same(t, turn)}
        others = {t.role for t in labelled if not _same(t, turn)}
        # Where labels give this role to others only, it is not theirs, however many turns they have.
        labels_deny = bool(own) and turn.role not in own and turn.role in others
        if turn.role == mostly and not labels_deny:
            return ""
        return (ASKS_ELSEWHERE if turn.role == ANSWER else ANSWERS_ELSEWHERE) % {"name": turn.name}


def _has_label_of(turn: TurnSpeaker, name: str) -> bool:
    return names_a_speaker(turn.label) and is_form_of(turn.label, name)


def _same(one: TurnSpeaker, turn: TurnSpeaker) -> bool:
    """Whether one turn is by the speaker of another, or has no speaker yet but a label that fits the name."""
    if one.who is None:
        return _has_label_of(one, turn.name)
    return one.who == turn.who


def _most(counted: Counter[str]) -> str | None:
    """The most frequent item; None for a tie."""
    ranked = counted.most_common(2)
    return None if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]) else ranked[0][0]

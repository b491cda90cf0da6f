"""Finds which labels of a text lead turns, who owns each label, and who asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.extraction.interviews.paragraph_features import WORD
from articles.extraction.interviews.participants import Participants
from articles.extraction.interviews.speaker_labels import Label, LabelNames, find_label, shortens
from articles.extraction.interviews.turn_model import Role
from articles.extraction.languages.table import Language
from articles.extraction.spans import Person, Span

CREDIT = re.compile(r"(?:image|photo|picture|foto)s?$", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the text, without the label that leads it."""

    span: Span
    label: Label | None = None

    @property
    def start(self) -> int:
        return self.label.text_start if self.label else self.span.start

    def cut(self, text: str) -> str:
        """The words of the paragraph."""
        return text[self.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Parties:
    """The owner of each line's label (None without label; empty without labels), and the owners who ask."""

    owners: tuple[str | None, ...]
    askers: frozenset[str]
    people: tuple[Person, ...]
    house: bool = False  # the newspaper's own label asks

    def owner(self, number: int) -> str | None:
        """The owner of the label that leads a line."""
        return self.owners[number] if self.owners else None

    def role(self, number: int) -> Role | None:
        """The role that the label of a line fixes."""
        owner = self.owner(number)
        if owner is None:
            return None
        return Role.QUESTION if owner in self.askers else Role.ANSWER

    def owner_of(self, role: Role) -> str | None:
        """The only owner of labels with this role."""
        owners = {o for n, o in enumerate(self.owners) if o is not None and self.role(n) is role}
        return owners.pop() if len(owners) == 1 else None


def lines_of(text: str, spans: Sequence[Span], language: Language, title: str) -> list[Line]:
    """The paragraphs, with their labels; a label on its own line leads the paragraph below."""
    labels = [find_label(text, span, language) for span in spans]
    if labels and labels[0] and _is_headline(text, spans[0], labels, title, language):
        labels[0] = None
    lines: list[Line] = []
    above: Label | None = None
    for span, found in zip(spans, labels, strict=True):
        label = found if found and is_speaker(found, language) else None
        if label and label.text_start >= span.end:
            above = label
            continue
        lines.append(Line(span, label or (replace(above, text_start=span.start) if above else None)))
        above = None
    return _without_other_labels(text, lines, language, title)


def _without_other_labels(text: str, lines: Sequence[Line], language: Language, title: str) -> list[Line]:
    """Keep the labels that name somebody or recur, if there are two: not «Reasons: …» inside an answer."""
    names = [line.label.name for line in lines if line.label]
    if len(names) < 2:
        return [Line(line.span) for line in lines]
    texts = [title, *(line.cut(text) for line in lines), *dict.fromkeys(names)]
    known = Counter(word for words in texts for word in set(WORD.findall(words)))
    kept: list[Line] = []
    for number, line in enumerate(lines):
        opens = not any(other.label for other in kept) and _is_labelled(lines, number + 1)
        somebody = line.label and (opens or _names_somebody(line.label.name, names, known, language))
        kept.append(line if somebody else Line(line.span))
    return kept if sum(line.label is not None for line in kept) > 1 else [Line(line.span) for line in lines]


def _is_labelled(lines: Sequence[Line], number: int) -> bool:
    return number < len(lines) and lines[number].label is not None


def _names_somebody(label: str, names: Sequence[str], known: Counter[str], language: Language) -> bool:
    parts = WORD.findall(label)
    return (
        is_role_label(label, language)
        or names.count(label) > 1
        or len(parts) > 1
        or label.isupper()
        or label.lower() in language.given
        or any(known[part] > 1 for part in parts)
    )


def is_role_label(name: str, language: Language) -> bool:
    """Whether the label says a role and no name: «Q», «Answer»."""
    return _question_label(name, language) is not None


def _question_label(name: str, language: Language) -> bool | None:
    low = name.lower().rstrip(".")
    if low in language.question_labels:
        return True
    if low in language.answer_labels:
        return False
    return None


def is_speaker(label: Label, language: Language) -> bool:
    """Whether the label is a name or Q/A; not «Stated Okafor:», «More here:» or «Jo Reyes Image»."""
    name = [word.strip(".,").lower() for word in label.name.split()]
    if is_role_label(label.name, language):
        return True
    if len(name) > 1 and name[0] not in language.given and _is_verb(name[0], language):
        return False
    if CREDIT.search(label.name) and (len(name) > 1 or name[0] in language.credit_words):
        return False
    if _is_small(name[-1], language) or name[0] in language.given:
        return not _is_small(name[-1], language)
    first = name[0]
    return first in language.determiners or not (_is_small(first, language) or first in language.not_names)


def _is_verb(low: str, language: Language) -> bool:
    return low in language.speech or low in language.call


def _is_small(low: str, language: Language) -> bool:
    return low in language.adverbs or low in language.prepositions


def _is_headline(
    text: str, span: Span, labels: Sequence[Label | None], title: str, language: Language
) -> bool:
    """Whether the paragraph is a title: «Ada Okafor: An interview»."""
    words = span.cut(text)
    if title and words.startswith(title[:40]):
        return True
    if any(word in language.interview for word in words.lower().split()):
        return True
    names = [label.name for label in labels if label and not words.endswith("?")]
    return len(names) > 4 and names.count(names[0]) == 1 and not is_role_label(names[0], language)


def parties_of(
    text: str,
    lines: Sequence[Line],
    language: Language,
    participants: Participants,
    house_labels: Sequence[str] = (),
) -> Parties:
    """Resolve the labels to their owners, and find those who ask: the newspaper's own labels always do."""
    book = LabelNames(language)
    added = [book.add(line.label.name, line.label.description) if line.label else None for line in lines]
    owners = _joined(added)
    house = {label.casefold() for label in house_labels}
    asking = frozenset(owner for owner in owners if owner is not None and owner.casefold() in house)
    people = [
        p
        for p in book.full
        if p.name in owners and p.name not in asking and not is_role_label(p.name, language)
    ]
    askers = asking or _askers(text, lines, owners, language, participants)
    return Parties(tuple(owners), askers, tuple(people), bool(asking))


def _joined(owners: Sequence[str | None]) -> list[str | None]:
    """Merge abbreviated labels into the full one if it is unambiguous: «WP» and «Wikipress»."""
    named, beside = [o for o in dict.fromkeys(owners) if o is not None], _side_by_side(owners)
    longer = {owner: [o for o in named if shortens(owner, o) and (owner, o) not in beside] for owner in named}
    return [longer[owner][0] if owner is not None and len(longer[owner]) == 1 else owner for owner in owners]


def _side_by_side(owners: Sequence[str | None]) -> set[tuple[str, str]]:
    """The pairs of labels whose turns are adjacent, in both orders."""
    named = [owner for owner in owners if owner is not None]
    return {*pairwise(named), *pairwise(reversed(named))}


def _askers(
    text: str,
    lines: Sequence[Line],
    owners: Sequence[str | None],
    language: Language,
    participants: Participants,
) -> frozenset[str]:
    """The labels of the interviewers: «Q», the interviewer of the announcement, or whoever asks most."""
    asked: dict[str, list[bool]] = {}
    for line, owner in zip(lines, owners, strict=True):
        if owner is not None:
            asked.setdefault(owner, []).append(line.cut(text).rstrip(")] *_")[-1:] == "?")
    known = {o for o in asked if _question_label(o, language)}
    if known or not asked:
        return frozenset(known)
    share = {owner: sum(marks) / len(marks) for owner, marks in asked.items()}
    if len(share) == 1:
        return frozenset(owner for owner in share if share[owner] >= 0.5)
    first = next(iter(asked))
    best = max(share, key=lambda owner: (share[owner], owner == first))
    announced = [owner for owner in asked if participants.fullest(owner) == participants.asker]
    if len(announced) == 1 and participants.asker != participants.answerer:
        best = announced[0]
    beside = _side_by_side(owners)
    return frozenset({best} | {o for o in asked if share[o] > 0.5 and (o, best) not in beside})

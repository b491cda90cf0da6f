"""The people of one article: one speaker for all quotes of a person or label."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext

from articles.admin.review.decisions import NAMED, NEW, NOBODY, OPEN, REJECT, Answer, Line, answer_of
from articles.extraction.interviews.turn_speakers import names_a_speaker
from articles.models import Quote
from articles.speakers.disambiguation import Evidence, candidates_for

# Each has two fields, and the number of fields of a form is limited.
MOST_PEOPLE = 60


@dataclass
class Person:
    """The quotes of one person in one role, with the speaker suggested for all of them."""

    key: str
    answer: Answer
    lines: list[Line] = field(default_factory=list)
    # The speaker in the archive with this name, if there is exactly one.
    known: Evidence | None = None

    @property
    def quote(self) -> Quote:
        return self.lines[0].quote

    @property
    def named(self) -> str:
        """The name or label in the article; empty if the turns have none."""
        return _name_in_text(self.quote)

    @property
    def heading(self) -> str:
        """The name in the article, or else the name given, or what the person does in the interview."""
        asks = self.kind == Quote.Kind.QUESTION
        return self.named or self.answer.name or (gettext("Who asks") if asks else gettext("Who answers"))

    @property
    def kind(self) -> str:
        """``question`` or ``answer`` for the turns of an interview."""
        return _role_of(self.quote)

    @property
    def role(self) -> str:
        """The role in the article, as most of the quotes have it."""
        roles = Counter(line.quote.role_as_printed for line in self.lines if line.quote.role_as_printed)
        return roles.most_common(1)[0][0] if roles else ""

    @property
    def open(self) -> int:
        return sum(line.answer.decision == OPEN for line in self.lines)

    @property
    def error(self) -> str:
        wrong = (line.errors.get("speaker", "") for line in self.lines if line.voiced)
        return next(filter(None, wrong), "")

    @property
    def bearers(self) -> list[Evidence]:
        return next((line.bearers for line in self.lines if line.voiced and line.bearers), [])


def key_of(quote: Quote, answer: Answer) -> str:
    """Identify a person by role, printed name and answer; empty if the article does not say who speaks.

    Two quotes of an unresolved “he” may be of two people, so these have no key.
    """
    role, name = _role_of(quote), answer.name or _name_in_text(quote)
    if not role and not name:
        return ""
    identity = "\0".join((role, name, NOBODY if answer.who == NOBODY else ""))
    return "p" + hashlib.blake2s(identity.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _role_of(quote: Quote) -> str:
    return str(quote.kind) if quote.turn_id is not None else ""


def _name_in_text(quote: Quote) -> str:
    if quote.name_as_printed:
        return quote.name_as_printed
    if quote.turn_id is not None:
        return quote.source if names_a_speaker(quote.source) else ""
    # A description such as “the clerk” has several words, a pronoun one.
    return quote.source if " " in quote.source else ""


def given_to(quote: Quote, answer: Answer, data: Mapping[str, object]) -> Answer | None:
    """The speaker that the form gives to the person of this quote; None if it is the one shown."""
    key = key_of(quote, answer)
    if not key or f"s-{key}" not in data or answer.decision == REJECT:
        return None
    given = answer_of(OPEN, data[f"s-{key}"], data.get(f"k-{key}", NAMED), "")
    return None if (given.name, given.who) == (answer.name, answer.who) else given


def give_to_all(lines: Sequence[Line], data: Mapping[str, object]) -> None:
    """Name the speaker of each person in the lines that the editor has not changed one by one."""
    for line in lines:
        line.person = key_of(line.quote, line.answer)
        untouched = (line.answer.name, line.answer.who) == (line.stored.name, line.stored.who)
        given = given_to(line.quote, line.answer, data) if untouched else None
        if given is not None and (given.name or given.who == NOBODY):
            line.answer = replace(line.answer, name=given.name, who=given.who)
            line.voiced = True


def people_of(lines: Sequence[Line]) -> list[Person]:
    """The people of these quotes, in the order in which they first speak."""
    people: dict[str, Person] = {}
    for line in lines:
        key = key_of(line.quote, line.answer)
        if key and line.answer.decision != REJECT:
            people.setdefault(key, Person(key, line.answer)).lines.append(line)
    names = {person.answer.name for person in people.values() if person.answer.who == NAMED}
    known = candidates_for(names - {""}) if names else {}
    for person in people.values():
        found = known.get(person.answer.name, [])
        person.known = found[0] if len(found) == 1 and person.answer.who != NEW else None
    return list(people.values())[:MOST_PEOPLE]

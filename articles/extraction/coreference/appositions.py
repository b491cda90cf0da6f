"""Finds descriptions beside names (appositions): «Ada Okafor, who chairs the harbour board, said …»."""

from __future__ import annotations

from collections.abc import Iterable

from articles.extraction.coreference.mentions import MentionRegister
from articles.extraction.coreference.name_usage import Mention
from articles.extraction.languages.table import Language
from articles.extraction.spans import Person
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, WORD, Document, Token

LONGEST = 16
SHORTEST_CALLING = 5  # letters of a word such as «weaver»


def describe_people(
    document: Document, register: MentionRegister, first: Iterable[Person]
) -> tuple[Person, ...]:
    """People in order: first those of interview labels, then all full names, with their descriptions."""
    people = {person.name: person for person in first}
    for mention in register.mentions:
        known = register.full.get(mention.words)
        if known is None or not known.certain:
            continue
        name = (register.fullest(mention.words) or known).printed
        if name in people and people[name].description:
            continue
        tokens = document.paragraphs[mention.paragraph].tokens
        description = _after(document, tokens, mention) or _before(document, tokens, mention)
        people[name] = Person(name, description)
    return tuple(people.values())


def _after(document: Document, tokens: list[Token], mention: Mention) -> str:
    """The description after a name, up to the next punctuation mark: «, a nurse from Ashford,»."""
    language, at = document.language, mention.last
    if at + 1 >= len(tokens) or tokens[at].text != ",":
        return ""
    first = tokens[at + 1]
    opens = (
        first.low in language.determiners or first.low in language.relatives or first.low in language.roles
    )
    if not opens or first.kind == QUOTE:
        return ""
    for end in range(at + 2, min(at + 2 + LONGEST, len(tokens))):
        token = tokens[end]
        if token.kind == QUOTE:
            return ""
        if (
            token.kind == PUNCT
            and token.text in ",.;:—–"
            and tokens[end - 1].low not in language.abbreviations
        ):
            role = _is_role(tokens[at + 1 : end], language)
            return document.text[first.start : tokens[end - 1].end] if role else ""
    return ""


def _is_role(words: list[Token], language: Language) -> bool:
    """Whether a description is a role: «who chairs the board», «a nurse», but not «who died Monday»."""
    if words[0].low in language.relatives and words[0].low not in language.determiners:
        if len(words) < 2:
            return False
        verb = words[1].low
        if verb not in language.role_verbs and verb not in language.be:
            return False
        if verb in language.role_verbs:
            return True
    return any(_names_role(token, language) for token in words)


def _names_role(token: Token, language: Language) -> bool:
    low = token.low
    if low in language.personal_roles or low in language.roles or low in language.titles:
        return True
    long = token.kind in (WORD, NAME) and len(low) > SHORTEST_CALLING
    return long and low.endswith((*language.calling_endings, *language.role_endings))


def _before(document: Document, tokens: list[Token], mention: Mention) -> str:
    """The description before a name: «council spokesman Ada Okafor»."""
    language, start = document.language, mention.first
    while start and _leads_up(tokens[start - 1], language) and mention.first - start < 6:
        start -= 1
    words = tokens[start : mention.first]
    while words and words[0].low in language.determiners:
        words = words[1:]
    if not any(t.low in language.roles or t.low in language.titles for t in words):
        return ""
    return document.text[words[0].start : words[-1].end]


def _leads_up(token: Token, language: Language) -> bool:
    if token.kind == NAME:
        return token.low not in language.not_names and token.low not in language.times
    if token.kind != WORD:
        return False
    low = token.low
    small = low in language.prepositions or low in language.conjunctions or low in language.subordinators
    verbal = low in language.auxiliaries or low in language.say or low in language.adverbs
    return not small and not verbal

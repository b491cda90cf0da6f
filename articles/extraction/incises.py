"""Finds reporting clauses inside speech: «“Yes, said Okafor, we will.”», and speech after a dialogue dash."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from articles.extraction.languages.table import Language
from articles.extraction.quotation_marks import QuotedSpan
from articles.extraction.spans import Span, stripped

# A reporting clause opens after a comma or the end of a sentence, or after a dash with a space before it.
OPENING = re.compile(r"\s[—–―-]\s?(?=\w)|(?<=[?!…])\s+(?=\w)|,\s+(?=\w)")
DASH = re.compile(r"(?:\s[—–―-]|[—–―-](?=[\s.,;:?!]|$))[.,;:]?")
CLOSING = re.compile(r"[,;:.?!](?=\s|$)")
NAMES_ONLY = re.compile(r"\s*(?:[^\W\d_a-zà-öø-ÿ][\w’'-]*\s?){2,4}(?=[,.])")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*[’']?")
LONGEST_CLAUSE = 160  # characters
FIRST_WORDS = 6  # in which the verb and the beginning of its subject are
DASHES = "—–―-"


@dataclass(frozen=True, slots=True)
class _Word:
    low: str
    capital: bool
    start: int
    end: int


def split_at_incises(text: str, quoted: QuotedSpan, language: Language) -> list[QuotedSpan]:
    """The parts of a quoted span that its speaker said, without reporting clauses between them."""
    if not quoted.closed or quoted.nested:
        return [quoted]
    parts = spoken_parts(text, quoted.inner, language)
    if len(parts) < 2:
        return [quoted]
    found = [QuotedSpan(p.start, p.end, p, quoted.mark, True) for p in parts]
    found[0] = replace(found[0], start=quoted.start)
    if parts[-1].end == stripped(text, quoted.inner.start, quoted.inner.end).end:
        found[-1] = replace(found[-1], end=quoted.end)
    return found


def dialogue_spans(text: str, paragraph: Span, language: Language) -> list[QuotedSpan]:
    """The speech of a paragraph that opens with a dash; none without a reporting clause: it may be a list."""
    if text[paragraph.start : paragraph.start + 1] not in tuple(language.dialogue_dashes):
        return []
    speech = stripped(text, paragraph.start + 1, paragraph.end)
    parts = spoken_parts(text, speech, language)
    if parts == [speech]:
        return []
    return [QuotedSpan(p.start, p.end, p, text[paragraph.start], True) for p in parts]


def spoken_parts(text: str, speech: Span, language: Language) -> list[Span]:
    """The speech without its reporting clauses."""
    parts: list[Span] = []
    begin = at = speech.start
    while (opening := OPENING.search(text, at, speech.end)) is not None:
        at = opening.end()
        end = _clause_end(text, opening, speech.end, language)
        if end is None:
            continue
        parts.append(stripped(text, begin, opening.start()))
        begin = at = end
    parts.append(stripped(text, begin, speech.end))
    return [part for part in parts if any(c.isalnum() for c in part.cut(text))]


def _clause_end(text: str, opening: re.Match[str], stop: int, language: Language) -> int | None:
    """Where the speech goes on after a reporting clause; None if no reporting clause begins here."""
    dashed = any(c in DASHES for c in opening.group())
    limit = min(stop, opening.end() + LONGEST_CLAUSE)
    words = _words(text, opening.end(), limit, language)
    verb, inverted = _verb(words, language)
    if verb is None:
        return None
    if dashed:
        closing = DASH.search(text, words[verb].end, stop)
        return closing.end() if closing else stop
    closing = _end_of_clause(text, words[verb].end, stop, language)
    end = closing.start() if closing else stop
    if end > limit or not (inverted or _has_subject(words, verb + 1, end, language)):
        return None
    return closing.end() if closing else stop


def _end_of_clause(text: str, at: int, stop: int, language: Language) -> re.Match[str] | None:
    """The mark that ends a clause without dashes; a name after a comma still belongs to it."""
    while (closing := CLOSING.search(text, at, stop)) is not None:
        before = WORD.search(text[max(0, closing.start() - 12) : closing.start()].rpartition(" ")[2])
        abbreviated = before and (
            len(before.group()) == 1 or before.group().lower() in language.abbreviations
        )
        if closing.group() == "." and abbreviated:
            at = closing.end()
            continue
        name = NAMES_ONLY.match(text, closing.end(), stop) if closing.group() == "," else None
        if name is None:
            return closing
        at = name.end()
    return None


def _words(text: str, start: int, stop: int, language: Language) -> list[_Word]:
    """The first words, with elided words and enclitic pronouns apart."""
    found: list[_Word] = []
    for match in WORD.finditer(text, start, stop):
        if len(found) > FIRST_WORDS * 2:
            break
        for a, b in clitic_parts(match.group(), language):
            word = match.group()[a:b]
            low = word.lower().replace("’", "'")
            found.append(_Word(low, word[:1].isupper(), match.start() + a, match.start() + b))
    return found


def clitic_parts(word: str, language: Language) -> list[tuple[int, int]]:
    """The places of the parts of a word: «l’» and «école», «dit» and «il» of «dit-il».

    >>> from articles.extraction.languages import LANGUAGES
    >>> [("a-t-elle")[a:b] for a, b in clitic_parts("a-t-elle", LANGUAGES["fr"])]
    ['a', 'elle']
    """
    start, end, tail = 0, len(word), []
    for n, c in enumerate(word[:9]):
        if c in "’'" and word[: n + 1].lower().replace("’", "'") in language.elisions and n + 1 < len(word):
            start = n + 1
            break
    verb, hyphen, last = word[start:].rpartition("-")
    if hyphen and last.lower() in language.enclitics and verb:
        tail = [(end - len(last), end)]
        end = start + len(verb.removesuffix("-t"))
    head = [(0, start)] if start else []
    return [*head, (start, end), *tail]


def _verb(words: list[_Word], language: Language) -> tuple[int | None, bool]:
    """The number of a reporting verb that opens the clause, and whether its pronoun comes before it."""
    between = language.auxiliaries | language.clitics | language.adverbs
    inverted = False
    for n, word in enumerate(words[:FIRST_WORDS]):
        if word.low in language.negations or word.capital:
            return None, False
        if word.low in language.say or word.low in language.write:
            return n, inverted
        pronoun = (
            n > 0 and word.low in language.enclitics and language.pronouns.get(word.low) in ("m", "f", "p")
        )
        inverted = inverted or pronoun
        if not pronoun and word.low not in between:
            return None, False
    return None, False


def _has_subject(words: list[_Word], n: int, end: int, language: Language) -> bool:
    """Whether a person follows the verb: a pronoun, a name or a role with its determiner."""
    own = [word for word in words[n:] if word.end <= end]
    if not own or own[0].low in language.that:
        return False
    if language.pronouns.get(own[0].low) in ("m", "f", "p") and own[0].low not in language.clitics:
        return True
    return any(w.capital or w.low in language.roles or w.low in language.titles for w in own[:FIRST_WORDS])

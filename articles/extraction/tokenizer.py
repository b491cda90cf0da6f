"""Splits a text into paragraphs, sentences and tokens; each quoted span is one token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, islice

from articles.extraction.incises import clitic_parts, dialogue_spans, split_at_incises
from articles.extraction.languages.table import Language
from articles.extraction.quotation_marks import MOST_MARKS, QuotedSpan, find_quoted_spans
from articles.extraction.spans import Span

# Words keep inner apostrophes, hyphens and dots (O'Neil, Jean-Luc, U.S); other characters are single tokens.
TOKEN = re.compile(r"[^\W_]++(?:['’.\-‐‑&@][^\W_]++)*+|[^\w\s]|_")
WORDS_AND_GAPS = re.compile(f"({TOKEN.pattern})")
LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
WORD, NAME, DIGIT, PUNCT, QUOTE = "w", "N", "d", "p", "Q"
INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_]){0,3}")
SMALL_NAME = re.compile(r"[^\W\d_]{1,3}[-'’][A-ZÀ-ÖØ-ÞŁŚŻŹĆŃ]")
ENDS = ".!?…"
PERSONAL = ("m", "f", "p")
LONGEST_TITLE = 8
LONGEST_CACHED = 40  # characters of a word; caching longer ones could fill the memory
# Texts beyond these limits are not prose; the limits keep the time linear.
LONGEST_PARAGRAPH = 150_000  # characters
MOST_PARAGRAPHS = 12_000
MOST_TOKENS = 250_000
MOST_WARNINGS = 20


@dataclass(slots=True)
class Token:
    start: int
    end: int
    text: str  # empty for a quoted span
    low: str  # lower case; for a quoted span its last punctuation mark
    kind: str
    quoted_span: QuotedSpan | None = None


@dataclass(slots=True)
class Paragraph:
    span: Span
    quoted_spans: list[QuotedSpan]
    tokens: list[Token]
    sentences: list[range] = field(default_factory=list)
    faulty: bool = False

    @property
    def begins_quoted(self) -> bool:
        return bool(self.tokens) and self.tokens[0].kind == QUOTE


def paragraphs(text: str) -> list[Span]:
    """The lines that are not blank; a line broken in mid-sentence is joined to the next.

    >>> text = "One line\\nbroken here.\\nTwo."
    >>> [p.cut(text) for p in paragraphs(text)]
    ['One line\\nbroken here.', 'Two.']
    """
    found: list[Span] = []
    for match in LINE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        if len(found) >= MOST_PARAGRAPHS:
            found.append(Span(start, len(text)))
            break
        if found and text[start].islower() and _is_soft_break(text, found[-1].end, start):
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(start, end))
    return found


def _is_soft_break(text: str, end: int, start: int) -> bool:
    if start - end > 4 or "\n\n" in text[end:start].replace(" ", "").replace("\r", ""):
        return False
    return text[end - 1].isalnum() or text[end - 1] in ",-"


def tokenise(text: str, span: Span, quoted_spans: Sequence[QuotedSpan]) -> list[Token]:
    """The tokens of a span; each quoted span in it is one token."""
    tokens: list[Token] = []
    at = span.start
    for quoted_span in quoted_spans:
        _tokenise_plain(text, at, quoted_span.start, tokens)
        last = text[quoted_span.inner.end - 1 : quoted_span.inner.end]
        last = "" if last.isalnum() else last
        tokens.append(Token(quoted_span.start, quoted_span.end, "", last, QUOTE, quoted_span))
        at = quoted_span.end
    _tokenise_plain(text, at, span.end, tokens)
    return tokens


def unquote_titles(text: str, tokens: list[Token], language: Language) -> None:
    """Turn quoted titles of works into name tokens: «the Herald's “Morning Show”»."""
    for i, token in enumerate(tokens):
        if token.kind == QUOTE and i and _is_title(text, tokens, i, language):
            comma = token.low == ","
            token.kind, token.quoted_span = PUNCT if comma else NAME, None
            # A comma inside the marks separates names: «told “Morning Call,” Okafor said».
            token.text = "," if comma else text[token.start : token.end]
            token.low = token.text.lower()


def _is_title(text: str, tokens: list[Token], i: int, language: Language) -> bool:
    quoted_span, before = tokens[i].quoted_span, tokens[i - 1]
    if quoted_span is None or not quoted_span.closed:
        return False
    inner = quoted_span.inner
    words = (match.group() for match in TOKEN.finditer(text, inner.start, inner.end))
    found = list(islice((word for word in words if word[0].isalnum()), LONGEST_TITLE + 1))
    if not 0 < len(found) <= LONGEST_TITLE:
        return False
    phrase = f"{tokens[i - 2].low} {before.low}" if i > 1 else ""
    if phrase in language.alias_words:
        return True
    big = [w for w in found if w.lower() not in language.small_in_titles]
    capitals = bool(big) and all(not w[0].islower() for w in big) and not found[0][0].islower()
    if not capitals or before.text == ":":
        return False
    if before.low in language.naming_words and i > 1 and tokens[i - 2].kind == WORD:
        # A title in «a course called “Hard Water”», a quote in «what she called “Hard Water”».
        return tokens[i - 2].low not in language.pronouns and tokens[i - 2].low not in language.auxiliaries
    if before.low in language.alias_words or before.low in language.work_nouns:
        return True
    if len(found) > 1 and _has_place_of_title(tokens, i, language):
        return True
    owned = before.kind == NAME and before.text.endswith(("'s", "’s"))
    return owned or (before.low in language.show_prepositions and len(found) > 1)


def _has_place_of_title(tokens: list[Token], i: int, language: Language) -> bool:
    """Whether the context is that of a title: «her memoir, “Hard Water”», «told “Morning Call”»."""
    before, earlier = tokens[i - 1], tokens[i - 2].low if i > 1 else ""
    if before.text == "," and earlier in language.work_nouns:
        return True
    if before.low in language.tell or f"{earlier} {before.low}" in language.according:
        return True
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or following.low not in language.roles:
        return False
    return i + 2 < len(tokens) and tokens[i + 2].kind == NAME


def _tokenise_plain(text: str, start: int, end: int, tokens: list[Token]) -> None:
    if start >= end:
        return
    # `split` is twice as fast as a match object for each word.
    parts = WORDS_AND_GAPS.split(text[start:end])
    lengths = list(map(len, parts))
    places = list(accumulate(lengths, initial=start))
    found = parts[1::2]
    sorts = map(_sort_of if max(lengths) < LONGEST_CACHED else _sorted_out, found)
    tokens += [
        Token(begin, stop, word, low, kind)
        for begin, stop, word, (low, kind) in zip(places[1::2], places[2::2], found, sorts, strict=False)
    ]


def _sorted_out(word: str) -> tuple[str, str]:
    """The word in lower case, and its kind."""
    first = word[0]
    if "a" <= first <= "z":
        # Names with a lower-case prefix: «al-Rashid», «d'Arcy».
        kind = NAME if len(word) > 3 and not word[1:4].islower() and SMALL_NAME.match(word) else WORD
    elif first.isalpha():
        kind = NAME if first.isupper() or first.istitle() else WORD
    else:
        kind = DIGIT if first.isdigit() else PUNCT
    return (word if kind is PUNCT else word.lower()), kind


# Half of the words of a page are among a few hundred common ones.
_sort_of = lru_cache(maxsize=8192)(_sorted_out)


def is_initial(token: Token) -> bool:
    """Whether the token is one or more initials of a name: «P», «P.Q» before a full stop."""
    return token.kind == NAME and (len(token.text) == 1 or bool(INITIALS.fullmatch(token.text)))


def is_initial_at(tokens: list[Token], i: int) -> bool:
    """Whether an initial with its full stop is here: «Q» of «P. Q. Okafor»."""
    return is_initial(tokens[i]) and i + 1 < len(tokens) and tokens[i + 1].text == "."


def split_sentences(text: str, tokens: list[Token], language: Language) -> list[range]:
    """Sentences as ranges of token numbers; a quote stays with the attribution after it."""
    found, start = [], 0
    for i in [
        n for n, t in enumerate(tokens[:-1]) if t.kind == QUOTE or (t.kind == PUNCT and t.text in ENDS)
    ]:
        if tokens[i].kind == QUOTE:
            ends = _quote_ends_here(text, tokens, i, language)
        else:
            ends = _ends_here(tokens, i, language)
        if ends:
            found.append(range(start, i + 1))
            start = i + 1
    if start < len(tokens):
        found.append(range(start, len(tokens)))
    return found


def _ends_here(tokens: list[Token], i: int, language: Language) -> bool:
    following = tokens[i + 1]
    if following.start == tokens[i].end and following.kind != QUOTE:
        return False
    if following.kind not in (NAME, QUOTE, DIGIT) and following.text not in "([—–-•":
        return False
    if tokens[i].text == "." and i and tokens[i - 1].end == tokens[i].start:
        before = tokens[i - 1]
        initial = is_initial(before) and (before.low != "i" or (i > 2 and is_initial_at(tokens, i - 3)))
        if initial or before.low in language.abbreviations:
            determiner = following.low in language.determiners and not is_initial_at(tokens, i + 1)
            return determiner and following.kind == NAME
        if before.kind == DIGIT and following.kind == WORD:
            return False
    return True


def _quote_ends_here(text: str, tokens: list[Token], i: int, language: Language) -> bool:
    """Whether a sentence ends with this quote and no «she said» follows."""
    quoted_span, following = tokens[i].quoted_span, tokens[i + 1]
    if quoted_span is None:
        return False
    last = text[quoted_span.inner.start : quoted_span.inner.end].rstrip(" ’'”\u00a0")[-1:]
    if last not in ENDS or (following.kind == PUNCT and following.text in ",;:.)!?"):
        return False
    if following.kind == QUOTE:
        return True
    if following.kind == WORD or following.text == quoted_span.mark:
        return False  # «—¿Y ahora? —pregunta Okafor.»
    return not tail_follows(tokens, i + 1, language)


def tail_follows(tokens: list[Token], i: int, language: Language) -> bool:
    """Whether a short attribution begins here: «Ms Okafor, the mayor, said»."""
    first = tokens[i].low
    if first in language.conjunctions or first in language.subordinators:
        return False
    if first in language.pronouns and first not in language.determiners:
        return _cue_is_next(tokens, i + 1, language)
    for j in range(i, min(i + 14, len(tokens))):
        token = tokens[j]
        if token.kind == QUOTE or (token.kind == PUNCT and token.text not in ",.-'’()"):
            return False
        initial = is_initial(tokens[j - 1])
        if token.text == "." and tokens[j - 1].low not in language.abbreviations and not initial:
            return False
        if j > i and tokens[j - 1].text == "," and language.pronouns.get(token.low, "") in PERSONAL:
            return False  # «South Wharf, he said, was …»
        if token.low in language.speech:
            # A participle introduces the next quote: «Then Okafor went on the attack, saying: “…”».
            participle = token.low.endswith(language.participle_endings)
            return not participle and _nothing_but_time(tokens, j + 1, language)
    return False


def _cue_is_next(tokens: list[Token], i: int, language: Language) -> bool:
    """Whether a cue follows: «He said», but not «He left for home, as they say»."""
    while i < len(tokens) and (tokens[i].low in language.adverbs or tokens[i].low in language.auxiliaries):
        i += 1
    if i >= len(tokens):
        return False
    return tokens[i].low in language.speech and _nothing_but_time(tokens, i + 1, language)


def _nothing_but_time(tokens: list[Token], i: int, language: Language) -> bool:
    """Whether after the cue only a time or hearer comes before the end of the sentence or a quote."""
    for j in range(i, min(i + 16, len(tokens))):
        token = tokens[j]
        if token.text == "," and j + 1 < len(tokens) and tokens[j + 1].low in language.that:
            return False  # German «sagte, dass»
        if token.kind == QUOTE or token.text in (".", ",", ";", "—", "–"):
            return True
        if token.text == ":":
            # A colon introduces the next quote: «“….” The mayor added: “…”».
            return j + 1 >= len(tokens) or tokens[j + 1].kind != QUOTE
        if j == i and (token.low in language.that or token.low in language.pronouns):
            return False
        if j > i and token.low in language.subordinators and token.low not in language.that:
            return True
        if token.low in language.auxiliaries or token.low in language.that:
            return False
    return True


@dataclass(slots=True)
class Document:
    """A tokenized text."""

    text: str
    language: Language
    paragraphs: list[Paragraph]
    warnings: list[str]


def parse_document(text: str, language: Language) -> Document:
    """Tokenize a text; paragraphs that are too long or have too many marks are skipped with a warning."""
    document = Document(text, language, [], [])
    marks, tokens_left, unread = MOST_MARKS, MOST_TOKENS, 0
    spans = paragraphs(text)
    for span in spans:
        beyond = len(document.paragraphs) >= MOST_PARAGRAPHS
        if beyond or len(span) > LONGEST_PARAGRAPH or tokens_left <= 0 or marks <= 0:
            unread += 1
            document.paragraphs.append(Paragraph(span, [], []))
            continue
        quoted_spans, faulty = _quoted_spans(text, span, language)
        tokens = split_clitics(tokenise(text, span, quoted_spans), language)
        if quoted_spans:
            unquote_titles(text, tokens, language)
        marks -= len(quoted_spans)
        tokens_left -= len(tokens)
        sentences = split_sentences(text, tokens, language)
        document.paragraphs.append(Paragraph(span, quoted_spans, tokens, sentences, faulty))
    if unread:
        document.warnings.append(f"{unread} paragraph(s) too long to be prose were not read for quotes")
    _warn_of_open_marks(document)
    return document


def _quoted_spans(text: str, span: Span, language: Language) -> tuple[list[QuotedSpan], bool]:
    """The quoted spans of a paragraph without reporting clauses in them, and whether a mark was left open."""
    found, faulty = find_quoted_spans(text, span.start, span.end)
    if language.incises:
        found = [part for quoted in found for part in split_at_incises(text, quoted, language)]
    return found or dialogue_spans(text, span, language), faulty


def split_clitics(tokens: list[Token], language: Language) -> list[Token]:
    """Part the words that a language writes together: «l’école», «dit-il»."""
    if not language.elisions and not language.enclitics:
        return tokens
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        elided = token.text in ("’", "'") and before is not None and before.end == token.start
        if elided and before is not None and f"{before.low}'" in language.elisions:
            before.end, before.text, before.low = token.end, before.text + token.text, f"{before.low}'"
            continue
        parts = clitic_parts(token.text, language) if token.kind in (WORD, NAME) else []
        if len(parts) < 2:
            token.low = token.low.replace("’", "'")
            found.append(token)
            continue
        for a, b in parts:
            low, kind = _sorted_out(token.text[a:b])
            word = Token(token.start + a, token.start + b, token.text[a:b], low.replace("’", "'"), kind)
            found.append(word)
    return found


def _warn_of_open_marks(document: Document) -> None:
    for number, paragraph in enumerate(document.paragraphs):
        if not paragraph.faulty:
            continue
        following = document.paragraphs[number + 1] if number + 1 < len(document.paragraphs) else None
        last = paragraph.quoted_spans[-1] if paragraph.quoted_spans else None
        # In long quotes only the last paragraph has a closing mark, and each has an opening mark.
        if (
            last
            and last.end == paragraph.span.end
            and not last.closed
            and following
            and following.begins_quoted
        ):
            continue
        if len(document.warnings) > MOST_WARNINGS:
            break
        shown = document.text[paragraph.span.start : paragraph.span.start + 40]
        document.warnings.append(f"a quotation mark without its partner: {shown}…")

"""Where a text hands over to a speaker: cue verbs and phrases with the words for their source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from articles.extraction.languages.table import Language
from articles.extraction.sentences import DIGIT, NAME, PUNCT, QUOTE, WORD, Token

LONGEST_SOURCE = 16


@dataclass(slots=True)
class Cue:
    """Tokens `first`–`last` hand over; `source` are the token numbers of who speaks, half-open."""

    first: int
    last: int
    sort: str  # say, tell, call, think, according, noun, label
    order: str  # SV, VS, P (phrase before the source), part (participle)
    source: tuple[int, int] | None
    written: bool = False
    weak: bool = False

    @property
    def low(self) -> int:
        return min(self.first, self.source[0]) if self.source and self.order != "part" else self.first

    @property
    def high(self) -> int:
        return max(self.last, self.source[1] - 1) if self.source and self.order != "part" else self.last


@lru_cache(maxsize=16)
def _phrases(language_code: str) -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
    from articles.extraction.languages import LANGUAGES

    language = LANGUAGES[language_code]
    table: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    sorts = (
        ("according", language.according, False),
        ("after", language.after_source, False),
        ("tell", language.tell, False),
        ("say", language.write, True),
        ("say", language.say, False),
        ("call", language.call, False),
        ("think", language.think, False),
    )
    for sort, phrases, written in sorts:
        for phrase in phrases:
            parts = tuple(phrase.split())
            rows = table.setdefault(parts[0], [])
            if not any(row[0] == parts for row in rows):
                rows.append((parts, sort, written))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


class CueFinder:
    """Finds the cues of one sentence."""

    def __init__(self, language: Language):
        self.language = language
        self.phrases = _phrases(language.code)

    def find(self, tokens: list[Token], lo: int, hi: int) -> list[Cue]:
        cues: list[Cue] = []
        label = self._label(tokens, lo, hi)
        if label:
            cues.append(label)
        i = lo
        while i < hi:
            rows = self.phrases.get(tokens[i].low)
            cue = None
            for parts, sort, written in rows or ():
                n = len(parts)
                if i + n <= hi and all(tokens[i + k].low == parts[k] for k in range(1, n)):
                    cue = self._cue(tokens, lo, hi, i, i + n - 1, sort, written, cues)
                    break
            if cue:
                cues.append(cue)
                i = cue.last + 1
            else:
                i += 1
        return cues

    def _label(self, tokens: list[Token], lo: int, hi: int) -> Cue | None:
        """«Okafor: …»: a name and a colon at the start of a sentence."""
        for i in range(lo, min(lo + 6, hi)):
            if tokens[i].text == ":" and i > lo and i + 1 < hi:
                if tokens[lo].kind == NAME and all(t.kind == NAME or t.text == "." for t in tokens[lo:i]):
                    if tokens[lo].low not in self.language.not_names:
                        return Cue(i, i, "label", "SV", (lo, i))
                return None
            if tokens[i].kind == QUOTE:
                return None
        return None

    def _cue(
        self,
        tokens: list[Token],
        lo: int,
        hi: int,
        i: int,
        last: int,
        sort: str,
        written: bool,
        before: list[Cue],
    ) -> Cue | None:
        token = tokens[i]
        if sort == "according":
            source = self._right(tokens, last + 1, hi)
            return Cue(i, last, sort, "P", source) if source else None
        if token.kind == NAME and i > lo and tokens[i - 1].kind == NAME:
            return None
        weak = token.low in self.language.either and last == i
        if i > lo and (
            tokens[i - 1].low in self.language.determiners
            or (tokens[i - 1].low in ("to", "of") and token.low not in self.language.say)
        ):
            if tokens[i - 1].low not in self.language.pronouns or weak:
                return None
        behind = self._follows_quote(tokens, lo, i)
        if behind:
            source = self._right(tokens, last + 1, hi)
            if source:
                return Cue(i, last, sort, "VS", source, written, weak)
        if token.low.endswith("ing"):
            source = self._main_subject(tokens, lo, i, before)
            return Cue(i, last, sort, "part", source, written, weak)
        source = self._left(tokens, lo, i, before)
        if source is None:
            return None
        if weak and not self._names_someone(tokens, source):
            return None
        return Cue(i, last, sort, "SV", source, written, weak)

    def _names_someone(self, tokens: list[Token], source: tuple[int, int]) -> bool:
        last = tokens[source[1] - 1]
        return last.kind == NAME or last.low in self.language.pronouns or last.low in self.language.roles

    def _follows_quote(self, tokens: list[Token], lo: int, i: int) -> bool:
        j = i - 1
        while j >= lo and (tokens[j].text in (",", "—", "–", "-") or tokens[j].low in self.language.adverbs):
            j -= 1
        return j >= lo and tokens[j].kind == QUOTE

    # ---- the words that name the source

    def _left(self, tokens: list[Token], lo: int, i: int, before: list[Cue]) -> tuple[int, int] | None:
        language = self.language
        j = i - 1
        while j >= lo and self._is_between(tokens, j):
            j -= 1
        if j < lo:
            return None
        if tokens[j].text == ")":
            while j > lo and tokens[j].text != "(":
                j -= 1
            j -= 1
        if j < lo or tokens[j].kind == QUOTE:
            return self._main_subject(tokens, lo, i, before)
        if tokens[j].low in ("who", "which") and tokens[j].low in language.relatives:
            return (j, j + 1)
        if tokens[j].text in (",", "—", "–"):
            return self._past_apposition(tokens, lo, j) or self._main_subject(tokens, lo, i, before)
        if tokens[j].low in language.conjunctions:
            return self._main_subject(tokens, lo, i, before)
        return self._phrase_ending(tokens, lo, j)

    def _is_between(self, tokens: list[Token], j: int) -> bool:
        token = tokens[j]
        if token.kind == QUOTE or token.kind == PUNCT:
            return False
        if token.low in self.language.adverbs or token.low in self.language.auxiliaries:
            return True
        if token.kind == WORD and token.low.endswith(self.language.adverb_endings or ("\0",)):
            return True
        return token.low in self.language.times and token.low not in self.language.pronouns

    def _past_apposition(self, tokens: list[Token], lo: int, comma: int) -> tuple[int, int] | None:
        """«Ada Okafor, who chairs the board,»: the phrase before the first of these commas."""
        best = None
        j = comma - 1
        steps = 0
        while j >= lo and steps < 40:
            steps += 1
            token = tokens[j]
            if token.kind == QUOTE or token.text in (";", ":"):
                break
            if token.text in (",", "—", "–") and j > lo:
                phrase = self._phrase_ending(tokens, lo, j - 1)
                if phrase and self._names_someone(tokens, phrase):
                    best = phrase
                    if tokens[phrase[0]].low in self.language.pronouns:
                        break
                    if tokens[best[1] - 1].kind == NAME and self._starts_clause(tokens, lo, best[0]):
                        break
            j -= 1
        return best

    def _starts_clause(self, tokens: list[Token], lo: int, i: int) -> bool:
        return i == lo or tokens[i - 1].kind in (QUOTE,) or tokens[i - 1].low in self.language.conjunctions

    def _phrase_ending(self, tokens: list[Token], lo: int, j: int) -> tuple[int, int] | None:
        """The noun phrase whose last token is `j`."""
        language = self.language
        if tokens[j].text == ")":
            while j > lo and tokens[j].text != "(":
                j -= 1
            j -= 1
            if j < lo:
                return None
        if tokens[j].low in language.pronouns and tokens[j].low not in ("one",):
            return (j, j + 1)
        k = j
        while k >= lo and j - k < LONGEST_SOURCE and self._inside_phrase(tokens, lo, k):
            k -= 1
        k += 1
        while k <= j and self._is_lead(tokens, k):
            k += 1
        if k > j or (tokens[j].kind not in (NAME, WORD, DIGIT) and tokens[j].text != "."):
            return None
        if tokens[j].kind == DIGIT and j == k:
            return None
        return (k, j + 1)

    def _inside_phrase(self, tokens: list[Token], lo: int, k: int) -> bool:
        token, language = tokens[k], self.language
        if token.kind == QUOTE:
            return False
        if token.kind == PUNCT:
            if token.text == "." and k > lo:
                before = tokens[k - 1]
                return before.end == token.start and (
                    before.low in language.abbreviations or len(before.text) == 1
                )
            return token.text in "-&'’/"
        if token.kind in (NAME, DIGIT):
            return True
        low = token.low
        if low in language.subordinators or low in language.relatives or low in language.auxiliaries:
            return False
        if low in language.conjunctions:
            return k > lo and low == "and" and tokens[k - 1].kind == NAME and tokens[k + 1].kind == NAME
        if low in language.pronouns and low not in language.determiners:
            return False
        return not (low in language.say or low in language.tell) or low in language.either

    def _is_lead(self, tokens: list[Token], k: int) -> bool:
        """Words before the phrase proper: «But», «On Tuesday», «In Ohio,»."""
        low = tokens[k].low
        language = self.language
        if tokens[k].kind == PUNCT:
            return True
        if tokens[k].kind == DIGIT:
            return k + 1 < len(tokens) and tokens[k + 1].low in language.times | language.conjunctions
        if low in language.conjunctions or low in language.subordinators or low in language.prepositions:
            return True
        return low in language.times or (low in language.adverbs and low not in language.determiners)

    def _right(self, tokens: list[Token], i: int, hi: int) -> tuple[int, int] | None:
        """The noun phrase that begins at or just after token `i`."""
        language = self.language
        k = i
        while k < hi and (tokens[k].low in language.adverbs and tokens[k].low not in language.pronouns):
            k += 1
        if k >= hi or tokens[k].kind in (QUOTE, PUNCT):
            return None
        if tokens[k].low in language.pronouns and tokens[k].low not in language.determiners:
            return (k, k + 1) if language.pronouns[tokens[k].low] in "mfnpi" else None
        j, named, noun = k, False, False
        while j < hi and j - k < LONGEST_SOURCE:
            token = tokens[j]
            if token.kind == QUOTE:
                break
            if token.kind == PUNCT:
                if (
                    token.text == "."
                    and (tokens[j - 1].low in language.abbreviations or len(tokens[j - 1].text) == 1)
                    and j + 1 < hi
                    and tokens[j + 1].kind == NAME
                ):
                    j += 1
                    continue
                if token.text in "-&'’/":
                    j += 1
                    continue
                break
            low = token.low
            if token.kind == WORD:
                if low in language.prepositions and low not in language.particles:
                    if named or not noun or low not in language.of:
                        break
                elif (
                    (
                        low in language.auxiliaries
                        or low in language.subordinators
                        or low in language.relatives
                    )
                    or low in language.conjunctions
                    or low in language.that
                ):
                    break
                elif low in language.adverbs or low in language.times or low in language.say:
                    if j > k and low not in language.roles:
                        break
                elif low not in language.determiners:
                    if named and low not in language.particles:
                        if not self._more_of_name(tokens, j, hi):
                            break
                    noun = True
            elif token.kind == NAME:
                if low in language.times and j > k:
                    break
                if not noun or tokens[j - 1].kind == NAME or low not in language.not_names:
                    named = not any(t.kind == WORD and t.low in language.of for t in tokens[k:j])
                    noun = True
            j += 1
        while j > k and (
            (tokens[j - 1].kind == PUNCT and tokens[j - 1].text != ".")
            or tokens[j - 1].low in language.prepositions
        ):
            j -= 1
        if j == k or not noun:
            return None
        if tokens[k].kind == WORD and not named and tokens[k].low not in language.determiners:
            if not any(t.low in language.roles for t in tokens[k:j]):
                return None
        return (k, j)

    def _more_of_name(self, tokens: list[Token], j: int, hi: int) -> bool:
        """«said Harbour Council spokesman Tom Reyes»: a small word inside, and the name goes on."""
        if tokens[j].low not in self.language.roles and tokens[j].low not in self.language.titles:
            return any(
                tokens[k].kind == NAME
                and tokens[k - 1].kind == WORD
                and tokens[k - 1].low in self.language.roles
                for k in range(j + 1, min(j + 4, hi))
            )
        return True

    def _main_subject(
        self, tokens: list[Token], lo: int, i: int, before: list[Cue]
    ) -> tuple[int, int] | None:
        """Who a participle or a second verb belongs to: the last source, else the sentence's first phrase."""
        for cue in reversed(before):
            if cue.source and cue.order != "P" and cue.low < i:
                return cue.source
        language = self.language
        k = lo
        while (
            k < i
            and (tokens[k].kind == PUNCT or self._is_lead(tokens, k))
            and tokens[k].low not in language.prepositions
        ):
            k += 1
        if k < i and tokens[k].low in language.prepositions:
            # «In Ohio on Tuesday, Okafor attacked …, saying»
            comma = next((c for c in range(k, min(k + 14, i)) if tokens[c].text == ","), None)
            if comma is None:
                return None
            k = comma + 1
        if k >= i or tokens[k].kind == QUOTE:
            return None
        if tokens[k].low in language.pronouns and tokens[k].low not in language.determiners:
            return (k, k + 1)
        j = k
        named = False
        while j < i and j - k < LONGEST_SOURCE:
            token = tokens[j]
            if token.kind == NAME and token.low not in language.times:
                named = True
            elif (
                token.kind == PUNCT and token.text == "." and tokens[j - 1].low in language.abbreviations
            ) or (token.kind == PUNCT and token.text in "-&"):
                pass
            elif token.kind == WORD and not named and token.low not in language.auxiliaries:
                if token.low in language.roles and j + 1 < i and tokens[j + 1].kind != NAME:
                    j += 1
                    break
                if token.low in language.prepositions or token.low in language.subordinators:
                    break
            elif (
                token.kind == WORD
                and token.low in language.particles
                and j + 1 < i
                and tokens[j + 1].kind == NAME
            ) or (token.kind == WORD and (token.low in language.roles or token.low in language.titles)):
                pass
            else:
                break
            j += 1
        if j == k or not (named or tokens[j - 1].low in language.roles):
            return None
        return (k, j)

"""Where a text hands over to a speaker: cue verbs and phrases with the words for their source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from articles.extraction.languages.table import Language
from articles.extraction.names import folded
from articles.extraction.phrases import Phrases, Place
from articles.extraction.sentences import NAME, PUNCT, QUOTE, WORD, Token

Row = tuple[tuple[str, ...], str, bool]


@dataclass(slots=True)
class Cue:
    """Tokens `first`–`last` hand over; `source` are the token numbers of who speaks, half-open."""

    first: int
    last: int
    sort: str  # say, tell, call, think, according, label, colon
    order: str  # SV, VS, mid (verb second, subject behind), P (phrase before the source), part, by (passive)
    source: Place | None
    written: bool = False
    weak: bool = False
    shared: bool = False  # the source is another verb's, further left

    @property
    def low(self) -> int:
        return (
            min(self.first, self.source[0]) if self.source and self.order in ("SV", "VS", "P") else self.first
        )

    @property
    def high(self) -> int:
        if self.source and self.order in ("VS", "P", "by", "mid"):
            return max(self.last, self.source[1] - 1)
        return self.last


@lru_cache(maxsize=64)
def cue_table(language: Language) -> Mapping[str, list[Row]]:
    """Every cue by its first word, the longest phrase first."""
    table: dict[str, list[Row]] = {}
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
        for phrase in sorted(phrases):
            parts = tuple(phrase.split())
            rows = table.setdefault(parts[0], [])
            if not any(row[0] == parts for row in rows):
                rows.append((parts, sort, written))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


class CueFinder:
    """Finds the cues of one sentence, in order."""

    def __init__(self, language: Language, phrases: Phrases):
        self.language = language
        self.phrases = phrases
        self.table = cue_table(language)

    def find(self, tokens: list[Token], lo: int, hi: int) -> list[Cue]:
        cues: list[Cue] = []
        label = self._label(tokens, lo, hi)
        if label:
            cues.append(label)
        i = lo
        while i < hi:
            cue = None
            for parts, sort, written in self.table.get(tokens[i].low, ()):
                n = len(parts)
                if i + n <= hi and all(tokens[i + k].low == parts[k] for k in range(1, n)):
                    cue = self._cue(tokens, lo, hi, i, i + n - 1, sort, written, cues)
                    break
            if cue:
                cues.append(cue)
                i = cue.last + 1
            else:
                i += 1
        return cues or self._last_resort(tokens, lo, hi)

    def _last_resort(self, tokens: list[Token], lo: int, hi: int) -> list[Cue]:
        """A colon before the quote, or «“…,” Okafor thundered» with a verb that no table has."""
        for i in range(lo, hi - 1):
            if tokens[i + 1].kind == QUOTE and i > lo and (tokens[i].text in ":," or tokens[i].kind == WORD):
                cue = self._colon_or_noun(tokens, lo, i)
                if cue:
                    return [cue]
            if tokens[i].kind == QUOTE and i + 2 < hi:
                cue = self._unknown_verb(tokens, i, hi)
                if cue:
                    return [cue]
        return []

    def _colon_or_noun(self, tokens: list[Token], lo: int, i: int) -> Cue | None:
        """«Okafor issued a statement: “…”», «Reyes's reply: “…”»"""
        noun = i - 1 if tokens[i].kind == PUNCT else i
        is_noun = noun > lo and tokens[noun].low in self.language.noun_cues
        if tokens[i].text != ":" and not is_noun:
            return None
        owner = self._owner(tokens, lo, noun) if is_noun else None
        source = owner or self.phrases.main_subject(tokens, lo, noun if is_noun else i)
        if source is None:
            return None
        written = is_noun and tokens[noun].low in self.language.written_nouns
        first = min(noun, i) if is_noun else i
        return Cue(first, i, "noun" if is_noun else "colon", "SV", source, written)

    def _owner(self, tokens: list[Token], lo: int, noun: int) -> Place | None:
        """Whose statement: «Okafor's latest statement»."""
        for k in range(noun - 1, max(lo - 1, noun - 5), -1):
            if tokens[k].text.endswith(("'s", "’s")) and tokens[k].kind == NAME:
                a = k
                while a > lo and tokens[a - 1].kind == NAME:
                    a -= 1
                return (a, k + 1)
            if tokens[k].kind != WORD:
                return None
        return None

    def _unknown_verb(self, tokens: list[Token], quote: int, hi: int) -> Cue | None:
        stretch = tokens[quote].stretch
        if stretch is None or len(stretch.inner) < 20:
            return None
        i = quote + 1
        while i < hi and tokens[i].text == ",":
            i += 1
        source = self.phrases.forward(tokens, i, hi)
        if source is None or source[1] >= hi:
            return None
        verb = source[1]
        while verb < hi - 1 and self._is_between(tokens, verb):
            verb += 1
        token = tokens[verb]
        if token.kind != WORD or not token.low.endswith(self.language.verb_endings):
            return None
        if not self.phrases.names_someone(tokens, source):
            return None
        if (
            verb + 1 < hi
            and tokens[verb + 1].kind not in (PUNCT, QUOTE)
            and not self._is_tail(tokens[verb + 1])
        ):
            return None
        return Cue(verb, verb, "say", "SV", source, weak=True)

    def _is_tail(self, token: Token) -> bool:
        language = self.language
        return (
            token.low in language.times or token.low in language.prepositions or token.low in language.adverbs
        )

    def _label(self, tokens: list[Token], lo: int, hi: int) -> Cue | None:
        """«Okafor: …», «Council spokesman Tom Reyes (left): “…”»."""
        colon = next(
            (i for i in range(lo, min(lo + 14, hi)) if tokens[i].text == ":" or tokens[i].kind == QUOTE), None
        )
        if colon is None or tokens[colon].kind == QUOTE or colon == lo or colon + 1 >= hi:
            return None
        stop = self.phrases.before_bracket(tokens, lo, colon - 1) + 1
        if stop <= lo or tokens[lo].kind != NAME or tokens[lo].low in self.language.not_names:
            return None
        stop = self._before_topic(tokens, lo, stop)
        if tokens[colon + 1].kind == QUOTE:
            place = self.phrases.forward(tokens, lo, stop)
            if place and place[1] == stop:
                return Cue(colon, colon, "label", "SV", place)
        if colon - lo <= 5 and all(t.kind == NAME or t.text == "." for t in tokens[lo:stop]):
            return Cue(colon, colon, "label", "SV", (lo, stop))
        return None

    def _before_topic(self, tokens: list[Token], lo: int, stop: int) -> int:
        """«Ada Okafor On The Weir: …», a headline in capitals: what she speaks of is not her name."""
        small = self.language.prepositions
        topic = (k for k in range(lo + 1, stop) if tokens[k].kind == NAME and tokens[k].low in small)
        return next(topic, stop)

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
        token, language = tokens[i], self.language
        if sort == "after":
            place = self.phrases.backward(tokens, lo, i - 1) if i > lo else None
            return Cue(i, last, sort, "SV", place) if place else None
        if sort == "according":
            source = self.phrases.forward(tokens, last + 1, hi)
            if source:
                source = self.phrases.with_apposition(tokens, source, hi)
            return Cue(i, last, sort, "P", source) if source else None
        weak = token.low in language.either and last == i
        if i > lo and self._is_noun_here(tokens, i, weak):
            return None
        participle = bool(language.participle_ending) and token.low.endswith(language.participle_ending)
        follows = self._follows_quote(tokens, lo, i) and not participle
        if follows or (sort == "say" and self._inverted_lead(tokens, lo, hi, i)):
            source = self._right(tokens, last + 1, hi)
            if source:
                source = self.phrases.with_apposition(tokens, source, hi)
            if source or (follows and language.drops_subject):
                return Cue(i, last, sort, "VS", source, written, weak)
        if self._is_passive(tokens, lo, i):
            return self._passive(tokens, hi, i, last, sort, written)
        if (
            language.participle_ending
            and token.low.endswith(language.participle_ending)
            and not self._progressive(tokens, lo, i)
        ):
            source = self._participle_subject(tokens, lo, i, before)
            source = source or self._subject_after_opening(tokens, lo, hi, i)
            return Cue(i, last, sort, "part", source, written, weak)
        source, shared = self._left(tokens, lo, i, before)
        if language.verb_first and (source is None or shared or self._is_no_subject(tokens, lo, source)):
            behind = self._subject_behind(tokens, i, last, hi)
            if behind:
                return Cue(i, last, sort, "mid", behind, written, weak)
        if source is None or (weak and not self._sure_of(tokens, source, last, hi)):
            return None
        return Cue(i, last, sort, "SV", source, written, weak, shared)

    def _is_no_subject(self, tokens: list[Token], lo: int, place: Place) -> bool:
        """German «Zum Streik sagte …», «Den Plan nannte …»: what stands first is not who speaks."""
        language = self.language
        k = place[0]
        while k > lo and tokens[k - 1].low in language.adverbs | language.determiners:
            k -= 1
        if tokens[k].low in language.object_forms:
            return True
        before = tokens[k - 1] if k > lo else None
        if before is not None and (before.low in language.prepositions or before.low in language.of):
            return True
        alone = place[1] - place[0] == 1 and place[0] == lo
        return alone and tokens[lo].kind == NAME and folded(tokens[lo].text) not in self.phrases.capitals

    def _subject_behind(self, tokens: list[Token], i: int, last: int, hi: int) -> Place | None:
        at = last + 1
        if at < hi and tokens[at].low in self.language.impersonal:
            return None
        while (
            at < hi
            and tokens[at].low in self.language.adverbs
            and tokens[at].low not in self.language.pronouns
        ):
            at += 1
        if at < hi and tokens[at].low in self.language.object_forms:
            return None
        place = self.phrases.forward(tokens, at, hi)
        return self.phrases.with_apposition(tokens, place, hi) if place else None

    def _sure_of(self, tokens: list[Token], source: Place, last: int, hi: int) -> bool:
        """«Okafor claims» is a verb; «the Ashford claims» only where the quote or «that» is next."""
        first, final = tokens[source[0]], source[1] - 1
        if tokens[final].low in self.language.pronouns:
            return True
        if self.phrases.is_name(tokens, final) and first.low not in self.language.determiners:
            return True
        following = tokens[last + 1] if last + 1 < hi else None
        next_to = following is None or following.kind == QUOTE or following.text in (",", ":", ".")
        next_to = next_to or (following is not None and following.low in self.language.that)
        if not next_to and tokens[source[0] - 1].kind != QUOTE:
            return False
        return first.low in self.language.determiners or tokens[final].kind == NAME

    def _is_noun_here(self, tokens: list[Token], i: int, weak: bool) -> bool:
        before, language = tokens[i - 1].low, self.language
        if tokens[i].kind == NAME and tokens[i - 1].kind == NAME:
            return True
        if weak and (before.endswith(("'s", "’s")) or tokens[i - 1].text in "'’"):
            return True
        if before in language.infinitive:
            return tokens[i].low not in language.say or weak
        if before in language.determiners and (weak or before not in language.numbers):
            return before not in language.pronouns or weak
        return weak and before in language.prepositions

    def _follows_quote(self, tokens: list[Token], lo: int, i: int) -> bool:
        j = i - 1
        while j >= lo and (tokens[j].text in (",", "—", "–", "-") or tokens[j].low in self.language.adverbs):
            j -= 1
        return j >= lo and tokens[j].kind == QUOTE

    def _inverted_lead(self, tokens: list[Token], lo: int, hi: int, i: int) -> bool:
        """«In other words, explained Okafor: “…”», «Said Reyes: “…”»."""
        if i > lo and tokens[i - 1].text not in (",", ":", "—", "–"):
            return False
        if tokens[i].low.endswith(self.language.participle_ending or "\0"):
            return False
        for k in range(i + 1, min(i + (30 if i == lo else 12), hi - 1)):
            if tokens[k].kind == QUOTE:
                return False
            if tokens[k].text in (":", ",") and tokens[k + 1].kind == QUOTE:
                place = self._right(tokens, i + 1, k)
                whole = place is not None and (place[1] == k or tokens[place[1]].text in (",", "("))
                return whole and tokens[i].low not in self.language.either
        return False

    def _right(self, tokens: list[Token], i: int, hi: int) -> Place | None:
        language = self.language
        while (
            i < hi
            and tokens[i].low in language.adverbs
            and tokens[i].low not in language.pronouns
            # «…, said in a statement» is no «…, said again Ada Okafor».
            and tokens[i].low not in language.prepositions
        ):
            i += 1
        return self.phrases.forward(tokens, i, hi)

    def _is_passive(self, tokens: list[Token], lo: int, i: int) -> bool:
        j = i - 1
        while j >= lo and self._is_adverb(tokens[j]):
            j -= 1
        return (
            j >= lo
            and tokens[j].low in self.language.be
            and not tokens[i].low.endswith(self.language.participle_ending or "\0")
        )

    def _passive(
        self, tokens: list[Token], hi: int, i: int, last: int, sort: str, written: bool
    ) -> Cue | None:
        """«was asked by Reyes whether»: the one behind «by»; without it nobody is named."""
        if last + 1 < hi and tokens[last + 1].low in self.language.by:
            source = self.phrases.forward(tokens, last + 2, hi)
            if source:
                return Cue(i, last, sort, "by", source, written)
        return None

    def _progressive(self, tokens: list[Token], lo: int, i: int) -> bool:
        """«was saying», «is insisting»: a finite verb in spite of its ending."""
        j = i - 1
        while j >= lo and self._is_adverb(tokens[j]):
            j -= 1
        return j >= lo and tokens[j].low in self.language.auxiliaries

    def _is_adverb(self, token: Token) -> bool:
        if token.kind != WORD:
            return False
        return token.low in self.language.adverbs or token.low.endswith(
            self.language.adverb_endings or ("\0",)
        )

    # ---- who stands before the verb

    def _participle_subject(self, tokens: list[Token], lo: int, i: int, before: list[Cue]) -> Place | None:
        """«…, saying»: the last who spoke in this sentence, else the one it is about."""
        if (
            i > lo
            and tokens[i - 1].kind in (NAME, WORD)
            and tokens[i - 1].low not in self.language.prepositions
        ):
            start = next(
                (
                    k
                    for k in range(i - 1, max(lo - 1, i - 9), -1)
                    if tokens[k].low in self.language.with_words
                ),
                None,
            )
            if start is not None:
                place = self.phrases.forward(tokens, start + 1, i)
                if place and place[1] == i:
                    return self.phrases.of_whom(tokens, place)
        return self._main_subject(tokens, lo, i, before)

    def _subject_after_opening(self, tokens: list[Token], lo: int, hi: int, i: int) -> Place | None:
        """«Calling the plan “dead,” Okafor left»: behind the comma that ends the opening phrase."""
        if any(t.kind == NAME and self.phrases.is_name(tokens, k) for k, t in enumerate(tokens[lo:i], lo)):
            return None
        for k in range(i + 1, hi - 1):
            if tokens[k].low != ",":  # a comma, or marks with one before the closing mark
                continue
            place = self.phrases.forward(tokens, k + 1, hi)
            verb = tokens[place[1]] if place and place[1] < hi else None
            if place and verb and verb.kind == WORD and self.phrases.names_someone(tokens, place):
                return place
        return None

    def _main_subject(self, tokens: list[Token], lo: int, i: int, before: list[Cue]) -> Place | None:
        lo = self._past_subordinate(tokens, lo, i)
        since = max((k for k in range(lo, i) if tokens[k].kind == QUOTE or tokens[k].text == ";"), default=lo)
        before = [cue for cue in before if cue.first >= lo]
        for cue in [c for c in before if c.low >= since] + before[::-1]:
            if cue.source and cue.order not in ("P", "by") and cue.low < i:
                return cue.source
        return self.phrases.main_subject(tokens, lo, i)

    def _past_subordinate(self, tokens: list[Token], lo: int, i: int) -> int:
        """«As the crowd began to chant, Okafor rose and said»: where the main clause begins."""
        if self.language.verb_first or tokens[lo].low not in self.language.subordinators:
            return lo
        comma = next((k for k in range(lo, min(lo + 24, i)) if tokens[k].text == ","), None)
        return comma + 1 if comma is not None and comma + 1 < i - 1 else lo

    def _left(self, tokens: list[Token], lo: int, i: int, before: list[Cue]) -> tuple[Place | None, bool]:
        """The subject before the verb, and whether it is shared with an earlier verb."""
        language = self.language
        j = i - 1
        while j >= lo and self._is_between(tokens, j):
            j -= 1
        j = self.phrases.before_bracket(tokens, lo, j)
        if j < lo:
            return None, False
        if tokens[j].kind == QUOTE:
            return self._main_subject(tokens, lo, i, before), True
        if tokens[j].low in language.relatives and tokens[j].low not in language.that:
            return (j, j + 1), False
        if tokens[j].text in (",", "—", "–"):
            place = self.phrases.past_apposition(tokens, lo, j)
            return (place, False) if place else (self._main_subject(tokens, lo, i, before), True)
        if tokens[j].low in language.conjunctions or tokens[j].low in language.infinitive:
            return self._main_subject(tokens, lo, i, before), True
        return self._past_relative(tokens, lo, j) or self.phrases.backward(tokens, lo, j), False

    def _past_relative(self, tokens: list[Token], lo: int, j: int) -> Place | None:
        """«a warden who keeps the weir said»: the warden."""
        language = self.language
        if language.nouns_capitalised:
            return None
        for k in range(j - 1, lo, -1):
            if tokens[k].kind == QUOTE or tokens[k].text in ",;:":
                return None
            if tokens[k].low in language.pronouns and tokens[k].low in language.relatives:
                following, before = tokens[k + 1], tokens[k - 1].low
                if following.kind != WORD or following.low in language.pronouns or before in language.of:
                    return None  # «a speech in which he said»
                person = tokens[k].low not in language.that and tokens[k].low not in language.determiners
                place = self.phrases.backward(tokens, lo, k - 1) if person else None
                known = place and (
                    tokens[place[0]].low in language.determiners or self.phrases.names_someone(tokens, place)
                )
                return place if known else None
        return None

    def _is_between(self, tokens: list[Token], j: int) -> bool:
        """Words between subject and verb: «also», «had», «on Tuesday», «two weeks ago»."""
        token, language = tokens[j], self.language
        if token.kind in (QUOTE, PUNCT):
            return False
        if self._is_adverb(token) or token.low in language.auxiliaries:
            return True
        if token.low in language.times and token.low not in language.pronouns:
            return True
        following = tokens[j + 1].low if j + 1 < len(tokens) else ""
        timed = following in language.times or (
            following in language.prepositions and token.low in language.adverbs
        )
        return timed and (
            token.low in language.numbers or token.kind == "d" or token.low in language.prepositions
        )

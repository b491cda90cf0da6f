"""Finds the subject of a reporting verb, before or after it."""

from __future__ import annotations

from articles.extraction.coreference.name_runs import folded
from articles.extraction.cues.lexicon import Cue
from articles.extraction.languages.table import Language
from articles.extraction.syntax.phrases import Phrases, Place
from articles.extraction.tokenizer import DIGIT, NAME, PUNCT, QUOTE, WORD, Token

FARTHEST = 60  # tokens in which a subject is searched; keeps texts without full stops linear


class Subjects:
    """Finds the subject of the verb at token `i` of the sentence that begins at `lo`."""

    def __init__(self, language: Language, phrases: Phrases):
        self.language = language
        self.phrases = phrases

    def is_no_subject(self, tokens: list[Token], lo: int, place: Place) -> bool:
        """Whether a German phrase before the verb is not its subject: «Zum Streik sagte …»."""
        language = self.language
        k = place[0]
        while k > lo and (tokens[k - 1].low in language.adverbs or tokens[k - 1].low in language.determiners):
            k -= 1
        lead = {t.low for t in tokens[k : place[0] + 1]}
        if not lead.isdisjoint(language.object_forms) or not lead.isdisjoint(language.prepositions):
            return True
        before = tokens[k - 1] if k > lo else None
        small = language.prepositions | language.of | language.as_words
        if before is not None and before.low in small:
            return True
        if tokens[k].low == "der" and any(t.low in language.hearers for t in tokens[k : place[1]]):
            return True  # a dative: «Der Zeitung sagte Okafor», but «Der Spiegel sagte» with nobody behind
        alone = place[1] - place[0] == 1 and place[0] == lo and tokens[lo].low not in language.pronouns
        return alone and tokens[lo].kind == NAME and folded(tokens[lo].text) not in self.phrases.capitals

    def behind(self, tokens: list[Token], i: int, last: int, hi: int) -> Place | None:
        at = last + 1
        if at < hi and tokens[at].low in self.language.impersonal:
            return None
        while at < hi and (
            (tokens[at].low in self.language.adverbs and tokens[at].low not in self.language.pronouns)
            or self._is_object(tokens, at, hi)
        ):
            at += 1
        if at < hi and tokens[at].low in self.language.object_forms:
            return None
        place = self.phrases.forward(tokens, self._past_time(tokens, at, hi), hi)
        return self.phrases.with_apposition(tokens, place, hi) if place else None

    def right(self, tokens: list[Token], i: int, hi: int) -> Place | None:
        language = self.language
        while (
            i < hi
            and tokens[i].low in language.adverbs
            and tokens[i].low not in language.pronouns
            # «…, said again Ada Okafor», but not «…, said in a statement».
            and tokens[i].low not in language.prepositions
        ):
            i += 1
        i = self._past_time(tokens, i, hi)
        if language.verb_first and i < hi and tokens[i].low in language.place_prepositions:
            where = self.phrases.forward(tokens, i + 1, hi)  # «…, sagte in Aldeburg die Sprecherin»
            behind = self.phrases.forward(tokens, where[1], hi) if where else None
            return behind or self.phrases.forward(tokens, i, hi)
        return self.phrases.forward(tokens, i, hi)

    def _past_time(self, tokens: list[Token], i: int, hi: int) -> int:
        """The token after a time or hearer that may precede the subject: «dijo este martes la alcaldesa»."""
        language = self.language
        if not language.verb_first:
            return i
        while i < hi and self._is_object(tokens, i, hi):
            i += 1
        small = language.prepositions | language.determiners
        k = i
        while k < min(hi, i + 3) and (tokens[k].low in small or tokens[k].kind == DIGIT):
            k += 1
        if k >= hi or tokens[k].low not in language.times | language.hearers:
            return i
        named = tokens[k].low in language.hearers
        if named and (k == i or tokens[i].low not in language.prepositions):
            return i  # «said the journalist»
        k += 1
        while k < hi and (tokens[k].low in language.times or (named and tokens[k].kind == NAME)):
            k += 1
        return k

    def _is_object(self, tokens: list[Token], i: int, hi: int) -> bool:
        """Whether a pronoun between verb and subject is an object: «sagte ihm Okafor», «lui dit Okafor»."""
        language, low = self.language, tokens[i].low
        if low in language.clitics:
            return low not in language.determiners
        return low in language.object_pronouns and i + 1 < hi and tokens[i + 1].kind in (WORD, NAME)

    def of_late_participle(self, tokens: list[Token], lo: int, i: int) -> tuple[int, Place] | None:
        """The auxiliary and the subject of a participle at the end of its clause: «hatte Okafor … gesagt»."""
        language = self.language
        auxiliaries = language.perfect | language.modals
        for k in range(i - 1, max(lo - 1, i - FARTHEST), -1):
            if tokens[k].kind == QUOTE or tokens[k].text in (";", ":") or tokens[k].low in language.that:
                return None
            if tokens[k].low not in auxiliaries:
                continue
            if k > lo and tokens[k - 1].kind in (NAME, WORD) and tokens[k - 1].low not in language.adverbs:
                place = self.phrases.backward(tokens, lo, k - 1)
                opens = place and all(t.low in language.determiners for t in tokens[lo : place[0]])
                if place and opens and not self.is_no_subject(tokens, lo, place):
                    return k, place
            behind = self.right(tokens, k + 1, i)
            named = behind and self.phrases.names_someone(tokens, behind)
            if behind and named and tokens[behind[0]].low not in language.object_forms:
                return k, behind
        return None

    def of_participle(self, tokens: list[Token], lo: int, i: int, before: list[Cue]) -> Place | None:
        """The subject of a participle («…, saying»): the last source of the sentence, else its subject."""
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
        return self.main(tokens, lo, i, before)

    def after_opening(self, tokens: list[Token], lo: int, hi: int, i: int) -> Place | None:
        """The subject after an opening participle phrase: «Calling the plan “dead,” Okafor left»."""
        if any(self.phrases.is_name(tokens, k) for k in range(lo, min(lo + FARTHEST, i))):
            return None
        for k in range(i + 1, min(i + FARTHEST, hi - 1)):
            if tokens[k].low != ",":  # a comma, or marks with one before the closing mark
                continue
            place = self.phrases.forward(tokens, k + 1, hi)
            verb = tokens[place[1]] if place and place[1] < hi else None
            if place and verb and verb.kind == WORD and self.phrases.names_someone(tokens, place):
                return place
        return None

    def main(self, tokens: list[Token], lo: int, i: int, before: list[Cue]) -> Place | None:
        lo = self._past_subordinate(tokens, lo, i)
        low = max(lo, i - FARTHEST)
        since = next(
            (k for k in range(i - 1, low, -1) if tokens[k].kind == QUOTE or tokens[k].text == ";"), low
        )
        before = [cue for cue in before[-FARTHEST:] if cue.first >= lo]
        for cue in [c for c in before if c.low >= since] + before[::-1]:
            if cue.source and cue.order not in ("P", "by") and cue.low < i:
                return cue.source
        return self.phrases.main_subject(tokens, lo, i)

    def _past_subordinate(self, tokens: list[Token], lo: int, i: int) -> int:
        """The start of the main clause: «As the crowd began to chant, Okafor rose and said»."""
        if self.language.verb_first or tokens[lo].low not in self.language.subordinators:
            return lo
        comma = next((k for k in range(lo, min(lo + 24, i)) if tokens[k].text == ","), None)
        return comma + 1 if comma is not None and comma + 1 < i - 1 else lo

    def left(self, tokens: list[Token], lo: int, i: int, before: list[Cue]) -> tuple[Place | None, bool]:
        """The subject before the verb, and whether an earlier verb has the same subject."""
        language = self.language
        j = i - 1
        while j >= lo and self.is_between(tokens, j):
            j -= 1
        j = self.phrases.before_bracket(tokens, lo, j)
        if j < lo:
            return None, False
        if tokens[j].kind == QUOTE:
            return self.main(tokens, lo, i, before), True
        if tokens[j].low in language.relatives and tokens[j].low not in language.that:
            return (j, j + 1), False
        if tokens[j].text in (",", "—", "–"):
            place = self.phrases.past_apposition(tokens, lo, j)
            return (place, False) if place else (self.main(tokens, lo, i, before), True)
        if tokens[j].low in language.conjunctions or tokens[j].low in language.infinitive:
            return self.main(tokens, lo, i, before), True
        return self._past_relative(tokens, lo, j) or self.phrases.backward(tokens, lo, j), False

    def _past_relative(self, tokens: list[Token], lo: int, j: int) -> Place | None:
        """The subject before a relative clause: «a warden who keeps the weir said»."""
        language = self.language
        if language.nouns_capitalised:
            return None
        for k in range(j - 1, max(lo, j - FARTHEST), -1):
            if tokens[k].kind == QUOTE or tokens[k].text in ",;:":
                return None
            if tokens[k].low in language.pronouns and tokens[k].low in language.relatives:
                following, before = tokens[k + 1], tokens[k - 1].low
                if following.kind != WORD or following.low in language.pronouns or before in language.of:
                    return None  # «a speech in which he said»
                person = tokens[k].low not in language.that and tokens[k].low not in language.determiners
                apart = tokens[k - 1].text == "," and tokens[k].low not in language.things
                end = k - 2 if apart else k - 1
                place = self.phrases.backward(tokens, lo, end) if person else None
                known = place and (
                    tokens[place[0]].low in language.determiners or self.phrases.names_someone(tokens, place)
                )
                return place if known else None
        return None

    def is_between(self, tokens: list[Token], j: int) -> bool:
        """Whether a word may be between subject and verb: «also», «had», «on Tuesday»."""
        token, language = tokens[j], self.language
        if token.kind in (QUOTE, PUNCT):
            return False
        if self.is_adverb(token) or token.low in language.auxiliaries:
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

    def is_adverb(self, token: Token) -> bool:
        if token.kind != WORD:
            return False
        return token.low in self.language.adverbs or token.low.endswith(self.language.adverb_endings)

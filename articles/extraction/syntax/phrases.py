"""Finds the subject phrase of a clause and names beside descriptions."""

from __future__ import annotations

from articles.extraction.syntax.noun_phrases import NounPhrases, Place
from articles.extraction.tokenizer import DIGIT, NAME, PUNCT, QUOTE, WORD, Token

FARTHEST_VERB = 12  # tokens before the finite verb of a German sentence

__all__ = ["Phrases", "Place"]


class Phrases(NounPhrases):
    """Finds the phrase of who acts in a clause."""

    # ---- whose words

    def by_whom(self, tokens: list[Token], place: Place) -> Place:
        """The author of a document: «a letter by surveyor Tom Reyes to the board»."""
        language = self.language
        by = next(
            (
                k
                for k in range(place[0] + 1, place[1] - 1)
                if tokens[k].low in language.written_by and tokens[k - 1].low in language.written_nouns
            ),
            None,
        )
        if by is None or tokens[by + 1].low in language.determiners:
            return place
        name = next((k for k in range(by + 1, place[1]) if self.is_name(tokens, k)), None)
        if name is None:
            return place
        ties = (k for k in range(name + 1, place[1]) if tokens[k].low in language.prepositions)
        return by + 1, next(ties, place[1])

    # ---- whose sentence

    def main_subject(self, tokens: list[Token], lo: int, i: int) -> Place | None:
        """The first phrase of the clause after «On Tuesday,» or «In a speech in Ashford,»."""
        language = self.language
        k = self._past_dateline(tokens, lo, i)
        if language.verb_first and k < i and self.is_lead(tokens, k):
            behind = self._behind_verb(tokens, k, i)
            if behind is not None:
                return behind
        for _ in range(3):
            while k < i and tokens[k].low not in language.prepositions and self.is_lead(tokens, k):
                k += 1
            comma = next((c for c in range(k, min(k + 6, i)) if tokens[c].text == ","), None)
            if comma is not None and comma > k and tokens[comma - 1].low in language.times:
                k = comma + 1  # «But a few days later, Okafor …»
                continue
            low = tokens[k].low if k < i else ""
            if (
                low in language.prepositions
                or low in language.subordinators
                or low in language.opening_participles
                or low.endswith("ing")
            ):
                comma = next((c for c in range(k, min(k + 24, i)) if tokens[c].text == ","), None)
                if comma is None:
                    return None
                k = comma + 1
            else:
                break
        if k >= i or tokens[k].kind == QUOTE:
            return None
        return self.forward(tokens, k, i)

    def _behind_verb(self, tokens: list[Token], k: int, i: int) -> Place | None:
        """The subject after the finite verb that a phrase precedes: «Vor der Wahl war Okafor ruhig»."""
        language = self.language
        for at in range(k + 1, min(k + FARTHEST_VERB, i - 1)):
            if tokens[at].kind in (QUOTE, PUNCT):
                return None
            if tokens[at].low in language.auxiliaries:
                place = self.forward(tokens, at + 1, i)
                form = tokens[at + 1].low
                return None if place is None or form in language.object_forms else place
        return None

    def _past_dateline(self, tokens: list[Token], lo: int, i: int) -> int:
        """The start of the sentence after a dateline: «ASHFORD, Selwyn (Tidal News) — The mayor …»."""
        for k in range(lo, min(lo + 9, i)):
            token = tokens[k]
            if token.text in "—–-" and k > lo and token.start > tokens[k - 1].end:
                return k + 1
            if token.kind not in (NAME, DIGIT) and token.text not in ",.()":
                break
        return lo

    def of_whom(self, tokens: list[Token], place: Place) -> Place:
        """The person in a phrase whose head cannot speak: «footage of Ada Okafor»."""
        if self.has_role(tokens, place) or not self.is_personal(tokens, place):
            return place
        ties = [k for k in range(*place) if tokens[k].low in self.language.of]
        if not ties or any(t.kind == NAME for t in tokens[place[0] : ties[-1]]):
            return place
        return (ties[-1] + 1, place[1])

    def past_apposition(self, tokens: list[Token], lo: int, comma: int) -> Place | None:
        """The phrase before an apposition: «Ada Okafor, who chairs the board,»."""
        named = self._name_between(tokens, lo, comma)
        if named:
            return named
        best = None
        for steps, j in enumerate(range(comma - 1, lo, -1)):
            token = tokens[j]
            if steps > 40 or token.kind == QUOTE or token.text in (";", ":"):
                break
            if token.text not in (",", "—", "–"):
                continue
            place = self.backward(tokens, lo, j - 1)
            clause = (
                tokens[j + 1].low in self.language.relatives and tokens[j + 1].low not in self.language.that
            )
            if place and clause and self._starts_clause(tokens, lo, place[0]):
                best = place  # «One attendee, who like others wished no name, said»
                break
            if place and self.names_someone(tokens, place):
                best = place
                if self.is_pronoun(tokens[place[0]]):
                    break
                if tokens[place[1] - 1].kind == NAME and self._starts_clause(tokens, lo, place[0]):
                    break
        return self._named_apposition(tokens, best, comma) if best else None

    def _name_between(self, tokens: list[Token], lo: int, comma: int) -> Place | None:
        """The name in an apposition, if a lower-case word precedes it: «Your publisher, Ines Caldeira,»."""
        opening = next((k for k in range(comma - 1, max(lo, comma - 7), -1) if tokens[k].text == ","), None)
        if opening is None or opening == lo or tokens[opening - 1].kind != WORD:
            return None
        name = self.forward(tokens, opening + 1, comma)
        if name is None or name[1] != comma or name[1] - name[0] < 2:
            return None
        before = tokens[opening - 1].low
        clause = before in self.language.adverbs or before in self.language.times
        return name if self.is_personal(tokens, name) and not clause else None

    def _named_apposition(self, tokens: list[Token], place: Place, stop: int) -> Place:
        """Prefer the name to the description: «the council's spokesman, Tom Reyes,»."""
        a = place[1] + 1
        described = tokens[place[0]].low in self.language.determiners and self.has_role(tokens, place)
        if a >= stop or tokens[place[1]].text != ",":
            return place
        if self.is_personal(tokens, place) and not described:
            return place
        name = self.forward(tokens, a, stop)
        named = name is not None and name[1] == stop and self.is_personal(tokens, name)
        if not named or name is None or (described and name[1] - name[0] < 2):
            return place
        return name

    def with_apposition(self, tokens: list[Token], place: Place, hi: int) -> Place:
        """Prefer the name after a cue: «said the council's spokesman, Tom Reyes.»"""
        end = place[1]
        if self.language.nouns_capitalised and end < hi and tokens[end].low in self.language.genitives:
            owner = self.forward(tokens, end, hi)  # «die Vorsitzende der Kammer, Ada Okafor»
            end = owner[1] if owner else end
        a = end + 1
        if a >= hi or tokens[end].text != "," or tokens[a].kind != NAME:
            return place
        if self.is_pronoun(tokens[place[0]]):
            return place
        if self.is_personal(tokens, place) and not self._is_office(tokens, place):
            return place
        name = self.forward(tokens, a, hi)
        if name is None or not self.is_personal(tokens, name) or name[1] - name[0] < 2:
            return place
        ends = name[1] >= hi or tokens[name[1]].kind in (PUNCT, QUOTE)
        return name if ends else place

    def _is_office(self, tokens: list[Token], place: Place) -> bool:
        """Whether the phrase describes a person by a place: «the mayor of Ashford»."""
        language = self.language
        ties = [k for k in range(place[0] + 1, place[1]) if tokens[k].low in language.of]
        head = tokens[place[0] : ties[0]] if ties else []
        described = any(t.low in language.roles or t.low in language.titles for t in head)
        return described and tokens[place[0]].low in language.determiners and head[-1].kind == WORD

    def _starts_clause(self, tokens: list[Token], lo: int, i: int) -> bool:
        return i == lo or tokens[i - 1].kind == QUOTE or tokens[i - 1].low in self.language.conjunctions

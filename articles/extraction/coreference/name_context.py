"""What is beside a name: its verb, a role, an age."""

from __future__ import annotations

from articles.extraction.languages.table import Language
from articles.extraction.tokenizer import DIGIT, NAME, PUNCT, QUOTE, WORD, Token

APPOSITION = 30  # tokens between a name and its verb
OLDEST = 120  # years
LONGEST_CREDIT = 10  # tokens


def is_credit(tokens: list[Token], language: Language) -> bool:
    """Whether a paragraph only names who took a picture: «© Petra Olin 2026», «Photo: Petra Olin»."""
    if not 1 < len(tokens) <= LONGEST_CREDIT:
        return False
    if any(token.text == "©" for token in tokens[:2]):
        return True
    return tokens[0].low in language.credit_words and tokens[1].text in (":", ";")


class NameContext:
    """Finds the verbs and descriptions beside names."""

    def __init__(self, language: Language):
        self.language = language

    def is_described(self, tokens: list[Token], begin: int, j: int, lo: int, hi: int) -> bool:
        """Whether an age, a role or «who» is beside the name: «Okafor, 43,», «baker Ada Okafor»."""
        language = self.language
        if j + 2 < hi and tokens[j].text in (",", "("):
            first, second = tokens[j + 1], tokens[j + 2]
            age = first.kind == DIGIT and first.text.isdigit() and int(first.text[:4]) < OLDEST
            if age and second.text in (",", ".", ")"):
                return True
            if first.low in language.relatives and first.low in language.pronouns and second.kind == WORD:
                return first.low not in language.that and first.low not in language.things
            if first.low in language.determiners or first.low in language.roles:
                stop = next((k for k in range(j + 1, hi) if tokens[k].kind == PUNCT), hi)
                return any(t.low in language.personal_roles for t in tokens[j + 1 : stop])
        if begin > lo and not language.nouns_capitalised:
            before = tokens[begin - 1].low
            return before in language.personal_roles or before.endswith(language.age_endings)
        return False

    def is_predicate(self, tokens: list[Token], begin: int, lo: int) -> bool:
        """Whether the sentence says who somebody is: «The winner was Ada Okafor»."""
        if begin - lo < 3 or tokens[begin - 1].low not in self.language.be:
            return False
        return tokens[begin - 2].kind == WORD and tokens[begin - 3].low in self.language.determiners

    def is_cue(self, low: str) -> bool:
        return low in self.language.speech or low in self.language.think

    def verb_before(self, tokens: list[Token], begin: int, lo: int) -> bool:
        """Whether a reporting verb precedes this name: «“…,” said the mayor, Ada Okafor»."""
        language = self.language
        for k in range(begin - 1, max(lo - 1, begin - 8), -1):
            token = tokens[k]
            if token.low in language.say:
                return k == lo or tokens[k - 1].kind not in (NAME, WORD)
            if token.kind == WORD and (token.low in language.prepositions or token.low in language.that):
                return False
            if token.kind not in (WORD, NAME) and token.text != ",":
                return False
        return False

    def verb_after(self, tokens: list[Token], j: int, hi: int) -> Token | None:
        """The verb whose subject this name seems to be; brackets and appositions are skipped."""
        if j < hi and tokens[j].text == "(":
            j = next((k + 1 for k in range(j, min(j + 8, hi)) if tokens[k].text == ")"), j)
        j = self._past_place(tokens, j, hi)
        if j >= hi or tokens[j].text != ",":
            return self._verb_at(tokens, j, hi)
        if j + 1 < hi and self.is_cue(tokens[j + 1].low):
            return self._verb_at(tokens, j + 1, hi)
        # «Ada Okafor, 29, a nurse from Ashford, Selwy, says»
        for k in range(j + 1, min(j + APPOSITION, hi)):
            if tokens[k].kind == QUOTE or tokens[k].text in ";:":
                return None
            if tokens[k].text == "," and (verb := self._verb_at(tokens, k + 1, hi)):
                return verb
        return None

    def _past_place(self, tokens: list[Token], j: int, hi: int) -> int:
        """The token after «at the National Review» or «of Ashford», if a verb or comma follows there."""
        language = self.language
        if (
            j >= hi
            or tokens[j].low not in language.of
            or tokens[j].kind != WORD
            or language.nouns_capitalised
        ):
            return j
        k = j + 1
        while k < hi and k - j < 8 and (tokens[k].kind == NAME or tokens[k].low in language.determiners):
            k += 1
        named = k > j + 1 and tokens[k - 1].kind == NAME
        return k if named and k < hi and (tokens[k].text == "," or self._verb_at(tokens, k, hi)) else j

    def _verb_at(self, tokens: list[Token], j: int, hi: int) -> Token | None:
        """The verb at this token or after adverbs."""
        while j < hi and tokens[j].kind == WORD and tokens[j].low in self.language.adverbs:
            j += 1
        if j >= hi or tokens[j].kind != WORD:
            return None
        low, language = tokens[j].low, self.language
        verbal = low in language.auxiliaries or low in language.verbs or self.is_cue(low)
        verbal = verbal or low.endswith(language.verb_endings)
        return tokens[j] if verbal and low not in language.prepositions else None

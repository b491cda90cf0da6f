"""Finds the borders of noun phrases by word tables, without a grammar."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.coreference.name_runs import after_particles, folded
from articles.extraction.languages.table import Language
from articles.extraction.tokenizer import DIGIT, NAME, PUNCT, QUOTE, WORD, Token, is_initial, is_initial_at
from articles.text.not_people import OCCUPATIONS

LONGEST_SOURCE = 16
ENDINGS = frozenset(".!?…:•")
Place = tuple[int, int]


@dataclass(slots=True)
class _Walk:
    """The state of a walk through a phrase."""

    start: int
    stop: int
    at: int = -1
    named: bool = False  # a proper name
    noun: bool = False  # any noun
    tied: bool = False  # «of», «for» and their objects

    def __post_init__(self) -> None:
        self.at = self.start


class NounPhrases:
    """The phrases of one text; `capitals` are words capitalised in mid-sentence, and so names.

    `surnames` are the last words of its full names, so that «From said» is a person if Al From is named.
    """

    def __init__(self, language: Language, capitals: frozenset[str], surnames: frozenset[str] = frozenset()):
        self.language = language
        self.capitals = capitals
        self.surnames = surnames

    # ---- kinds of tokens

    def is_name(self, tokens: list[Token], i: int) -> bool:
        token = tokens[i]
        if token.kind != NAME:
            return False
        if token.low in self.language.not_names or token.low in self.language.times:
            return folded(token.text) in self.surnames
        starts = i == 0 or tokens[i - 1].text in ENDINGS
        if not starts or folded(token.text) in self.capitals:
            return True
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        return (following is not None and following.kind == NAME) or token.low in self.language.given

    def is_pronoun(self, token: Token) -> bool:
        return token.low in self.language.pronouns and token.low not in self.language.determiners

    def dot_of_abbreviation(self, tokens: list[Token], i: int) -> bool:
        if tokens[i].text != "." or i == 0 or tokens[i - 1].end != tokens[i].start:
            return False
        return tokens[i - 1].low in self.language.abbreviations or is_initial(tokens[i - 1])

    def _stops(self, token: Token) -> bool:
        """Whether a word ends any noun phrase."""
        language, low = self.language, token.low
        if low in language.roles or low in language.titles:
            return False
        return (
            low in language.auxiliaries
            or low in language.subordinators
            or (low in language.relatives and low not in language.determiners)
            or low in language.that
            or low in language.conjunctions
            or (low in language.pronouns and low not in language.determiners)
        )

    def names_someone(self, tokens: list[Token], place: Place) -> bool:
        last = tokens[place[1] - 1]
        return (
            self.is_name(tokens, place[1] - 1)
            or last.low in self.language.pronouns
            or self.has_role(tokens, place)
        )

    def has_role(self, tokens: list[Token], place: Place) -> bool:
        return any(
            t.low in self.language.roles or t.low in self.language.titles for t in tokens[place[0] : place[1]]
        )

    def is_personal(self, tokens: list[Token], place: Place) -> bool:
        """Whether the phrase ends in a name; in German, a phrase with a determiner does not."""
        if not self.is_name(tokens, place[1] - 1):
            return False
        if not self.language.nouns_capitalised:
            return True
        words = tokens[place[0] : place[1]]
        return words[0].low not in self.language.determiners or any(
            t.low in self.language.given for t in words
        )

    # ---- forward

    def forward(self, tokens: list[Token], i: int, hi: int) -> Place | None:
        """The phrase that begins at token `i`: «Tom Reyes», «a spokesman for the ministry»."""
        language = self.language
        if i >= hi or tokens[i].kind in (QUOTE, PUNCT):
            return None
        if self.is_pronoun(tokens[i]):
            return (i, i + 1) if language.pronouns[tokens[i].low] in "mfnpi" else None
        if tokens[i].low in language.one and (end := self._past_partitive(tokens, i + 1, hi)):
            return (i, end)
        walk = _Walk(i, hi)
        while walk.at < hi and walk.at - i < LONGEST_SOURCE:
            name = self._past_particles(tokens, walk)
            if name is None and not self._goes_on(tokens, walk):
                break
            walk.at = walk.at + 1 if name is None else name
        j = walk.at
        while j > i and self._loose_end(tokens, j - 1):
            j -= 1
        if j == i or not walk.noun or not self._is_source(tokens, (i, j)):
            return None
        return self._past_modifier(tokens, (i, j), hi)

    def _past_partitive(self, tokens: list[Token], of: int, hi: int) -> int | None:
        """The end of «of them» after «one»: Spanish «uno de ellos», Portuguese «um deles»."""
        at = of + 1 if of < hi and tokens[of].low in self.language.of else of
        return at + 1 if at < hi and self.language.pronouns.get(tokens[at].low) == "p" else None

    def _past_particles(self, tokens: list[Token], walk: _Walk) -> int | None:
        """The end of a name with particles: «Ana de los Ríos», but not German «der Sprecher von Kelmar»."""
        j = walk.at
        initial = j > walk.start + 1 and tokens[j - 1].text == "." and is_initial(tokens[j - 2])
        if j == walk.start or (tokens[j - 1].kind != NAME and not initial):
            return None
        low, language = tokens[j].low, self.language
        if tokens[j - 1].low in language.not_names and low in language.particles:
            return after_particles(tokens, j, walk.stop, language)  # «Jan van den Bosch»
        tie = low in language.of or low in language.prepositions
        tie = tie or (language.nouns_capitalised and low in language.determiners)
        if tie and tokens[j - 1].low not in self.language.given:
            return None
        return after_particles(tokens, j, walk.stop, self.language)

    def _goes_on(self, tokens: list[Token], walk: _Walk) -> bool:
        """Whether the phrase includes the current token of the walk."""
        token, j = tokens[walk.at], walk.at
        if token.kind == QUOTE:
            return False
        if token.kind == PUNCT:
            return self._goes_over_mark(tokens, walk)
        if token.kind == NAME:
            small = token.low in self.language.times or token.low in self.language.not_names
            named = after_particles(tokens, j + 1, walk.stop, self.language) if j + 1 < walk.stop else None
            small = small and not is_initial_at(tokens, j) and named is None
            if j > walk.start and small and folded(token.text) not in self.surnames:
                return False
            walk.named = walk.named or (self.is_name(tokens, j) and not walk.tied)
            walk.noun = True
        elif token.kind == WORD:
            return self._goes_over_word(tokens, walk)
        elif token.low.endswith(self.language.age_endings):
            walk.noun = True  # «said the 52-year-old»
        return True

    def _goes_over_mark(self, tokens: list[Token], walk: _Walk) -> bool:
        j = walk.at
        if self.dot_of_abbreviation(tokens, j) and j + 1 < walk.stop:
            following = tokens[j + 1]
            if following.kind == NAME or (
                following.kind == WORD and tokens[j - 1].low in self.language.abbreviations
            ):
                return True
            if after_particles(tokens, j + 1, walk.stop, self.language):
                return True  # «Ada J. de Brask»
        return tokens[j].text in "-&'’/" and j > walk.start and tokens[j].start == tokens[j - 1].end

    def _goes_over_word(self, tokens: list[Token], walk: _Walk) -> bool:
        language, j, low = self.language, walk.at, tokens[walk.at].low
        first = j == walk.start
        if low in language.conjunctions and self._joins(tokens, j, walk.stop):
            walk.named = False
            return True
        if self._stops(tokens[j]) and not (first and low in language.determiners):
            return False
        if low in language.prepositions or (not first and walk.noun and low in language.of):
            walk.tied = True
            body = low in language.body_ties and tokens[j - 1].kind == NAME
            body = body and tokens[j - 1].low in language.bodies
            office = tokens[j - 1].low in language.titles and low in language.of  # «Mayor of Ashford»
            return walk.noun and low in language.of and (not walk.named or body or office)
        if not first and low not in language.roles:
            if low in language.adverbs or low in language.times or (walk.noun and low in language.say):
                return False
            if walk.noun and (self._is_verb(tokens, walk.start, j) or self._is_new_phrase(low, walk)):
                return False
        if walk.named and not walk.tied:
            if not first and tokens[j - 1].text.endswith(("'s", "’s")):
                walk.named = False  # the owner is not the source: «Okafor's tag-team partner Tom Reyes»
            elif not self._name_goes_on(tokens, j, walk.stop):
                return False
        walk.noun = walk.noun or low not in language.determiners or low in language.numbers
        return True

    def _is_new_phrase(self, low: str, walk: _Walk) -> bool:
        """Whether a determiner after a noun begins the next phrase."""
        return self.language.nouns_capitalised and not walk.tied and low in self.language.determiners

    def _joins(self, tokens: list[Token], j: int, hi: int) -> bool:
        """Whether «and» continues the phrase: «Okafor and Reyes», «the senator and Labour candidate»."""
        if j + 1 >= hi or tokens[j].low not in self.language.and_words:
            return False
        if tokens[j + 1].low in self.language.roles:
            return True
        before = tokens[j - 1]
        return tokens[j + 1].kind == NAME and (before.kind == NAME or before.low in self.language.roles)

    def _is_verb(self, tokens: list[Token], i: int, j: int) -> bool:
        """Whether the token is a past form after a noun: «the office put», «several groups granted»."""
        language, low = self.language, tokens[j].low
        before = tokens[j - 1]
        if before.low in language.determiners or before.kind == PUNCT:
            return False
        return low in language.verbs or (
            low.endswith(language.past_endings)
            and (before.kind == NAME or before.low in language.roles or before.low.endswith("s"))
        )

    def _name_goes_on(self, tokens: list[Token], j: int, hi: int) -> bool:
        """Whether a lower-case word continues a name: «Herald columnist Tom Reyes», «the Reyes campaign»."""
        language = self.language
        if tokens[j].low in language.roles:
            return True
        for k in range(j, min(j + 5, hi)):
            token = tokens[k]
            if token.low in language.determiners or self._is_verb(tokens, j, k):
                break
            if token.kind == NAME and k > j:
                lead = tokens[k - 1].low
                titled = lead in language.roles or lead in language.titles or token.low in language.titles
                whole = k + 1 < hi and tokens[k + 1].kind == NAME
                called = lead.endswith(language.calling_endings) and not token.text.endswith("s")
                called = whole and (called or lead in OCCUPATIONS)
                return (titled or called) and token.low not in language.times
            if token.kind != WORD or self._stops(token) or token.low in language.prepositions:
                break
            if token.low in language.adverbs or (
                token.low in language.say and token.low not in language.roles
            ):
                break
        return False

    def _past_modifier(self, tokens: list[Token], place: Place, hi: int) -> Place:
        """Extend the phrase by an adjective after the noun: «a source close to the mayor»."""
        language, j = self.language, place[1]
        if j + 2 >= hi or tokens[j].low not in language.postmodifiers:
            return place
        if self.is_name(tokens, j - 1) and tokens[place[0]].low not in language.determiners:
            return place
        if tokens[j + 1].low not in language.prepositions:
            return place
        while j < hi and j - place[0] < LONGEST_SOURCE and tokens[j].kind not in (PUNCT, QUOTE):
            if tokens[j].low in language.say or tokens[j].low in language.relatives:
                break
            j += 1
        return (place[0], j)

    def _loose_end(self, tokens: list[Token], k: int) -> bool:
        token = tokens[k]
        if token.kind == PUNCT:
            return not self.dot_of_abbreviation(tokens, k)
        return token.low in self.language.prepositions or token.low in self.language.conjunctions

    def _is_source(self, tokens: list[Token], place: Place) -> bool:
        """Whether the phrase is a name or has a role or determiner; «drawing loud» does not."""
        first = tokens[place[0]]
        if first.low in self.language.determiners or self.has_role(tokens, place):
            return True
        if any(self.is_name(tokens, k) for k in range(*place)):
            return True
        # A single capitalised word counts as a name.
        return place[1] - place[0] == 1 and first.kind == NAME and first.low not in self.language.not_names

    # ---- backward

    def backward(self, tokens: list[Token], lo: int, j: int) -> Place | None:
        """The phrase whose last token is `j`."""
        j = self.before_bracket(tokens, lo, j)
        if j < lo:
            return None
        if self.is_pronoun(tokens[j]):
            return (j, j + 1)
        k = j
        while k >= lo and j - k < LONGEST_SOURCE and self._inside(tokens, lo, k, j):
            k -= 1
        k += 1
        opening = k
        while k <= j and self.is_lead(tokens, k):
            k += 1
        if self._is_governed_by_verb(tokens, opening, k):
            return None  # «replied in a text message»
        if k > j or (tokens[j].kind not in (NAME, WORD, DIGIT) and tokens[j].text != "."):
            return None
        if (tokens[j].kind == DIGIT and j == k) or not self._is_source(tokens, (k, j + 1)):
            return None
        return (k, j + 1)

    def _is_governed_by_verb(self, tokens: list[Token], opening: int, k: int) -> bool:
        """Whether a preposition before the phrase at `k` belongs to a reporting verb before `opening`."""
        language = self.language
        if language.nouns_capitalised or opening == 0 or k == opening:
            return False
        verb = tokens[opening - 1].low in language.say - language.either
        return verb and tokens[k - 1].low in language.prepositions

    def before_bracket(self, tokens: list[Token], lo: int, j: int) -> int:
        if j >= lo and tokens[j].text == ")":
            while j > lo and tokens[j].text != "(":
                j -= 1
            j -= 1
        return j

    def _inside(self, tokens: list[Token], lo: int, k: int, j: int) -> bool:
        token, language = tokens[k], self.language
        if token.kind == QUOTE:
            return False
        if token.kind == PUNCT:
            return self.dot_of_abbreviation(tokens, k) or token.text in "-&'’/"
        if token.kind in (NAME, DIGIT):
            return True
        low = token.low
        if low in language.conjunctions:
            return k > lo and k < j and low in language.and_words and self._joins(tokens, k, j + 1)
        if low in language.infinitive:
            return k > lo and tokens[k - 1].low in language.roles
        if self._stops(token) or self._is_finite(tokens, k):
            return False
        return (
            not (low in language.say or low in language.tell)
            or low in language.either
            or low in language.roles
        )

    def _is_finite(self, tokens: list[Token], k: int) -> bool:
        """Whether the token is a past form with an object: «Okafor widened her campaign»."""
        language = self.language
        if k == 0 or k + 1 >= len(tokens) or tokens[k - 1].kind != NAME or not language.past_endings:
            return False
        past = tokens[k].low.endswith(language.past_endings) or tokens[k].low in language.verbs
        return past and tokens[k].low not in language.roles and tokens[k + 1].low in language.determiners

    def is_past_cue(self, low: str) -> bool:
        """Whether the word is a past cue, and so not part of a name after it: «Stated Okafor: …»."""
        language = self.language
        past = low in language.past_verbs or low.endswith(language.past_endings)
        return past and (low in language.say or low in language.write)

    def is_lead(self, tokens: list[Token], k: int) -> bool:
        """Whether the word precedes the phrase: «But», «On Tuesday», «In Ohio»."""
        token, language = tokens[k], self.language
        if token.kind == PUNCT:
            return True
        if token.kind == DIGIT:
            following = tokens[k + 1].low if k + 1 < len(tokens) else ""
            return following in language.times or following in language.conjunctions
        low = token.low
        if token.kind == NAME and folded(token.text) in self.surnames:
            return False
        named = token.kind == NAME and low not in language.given
        openers = (language.unsaid_openers, language.conditions, language.auxiliaries)
        if named and (self.is_past_cue(low) or any(low in table for table in openers)):
            return True  # «Did Okafor say», «Imagine Okafor saying», «Stated Okafor»
        if low in language.conjunctions or low in language.subordinators or low in language.prepositions:
            return True
        if (
            low.endswith(language.adverb_endings)
            and low not in language.given
            and not self.is_name(tokens, k)
        ):
            return True
        if low in language.determiners:
            # «this week the mayor» against «this mayor»
            return low in language.times and k + 1 < len(tokens) and tokens[k + 1].low in language.times
        return low in language.times or low in language.adverbs

"""Finds verbs beside a quote and a person that no table lists."""

from __future__ import annotations

from articles.extraction.cues.lexicon import Cue
from articles.extraction.languages.table import Language
from articles.extraction.syntax.phrases import Phrases, Place
from articles.extraction.syntax.subjects import Subjects
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, WORD, Token


class UnknownVerbs:
    """Takes a verb as a reporting verb because of its place between a quote and a person."""

    def __init__(self, language: Language, phrases: Phrases, subjects: Subjects):
        self.language = language
        self.phrases = phrases
        self.subjects = subjects

    def behind(self, tokens: list[Token], quote: int, hi: int) -> Cue | None:
        """An unknown verb after its subject: «“…,” Okafor thundered»."""
        quoted_span = tokens[quote].quoted_span
        if quoted_span is None or len(quoted_span.inner) < 20:
            return None
        i = quote + 1
        while i < hi and tokens[i].text == ",":
            i += 1
        source = self.phrases.forward(tokens, i, hi)
        if source is None or source[1] >= hi:
            return None
        verb = source[1]
        while verb < hi - 1 and self.subjects.is_between(tokens, verb):
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

    def before(self, tokens: list[Token], lo: int, quote: int, hi: int) -> Cue | None:
        """An unknown verb between a quote and its subject: French «« … », a réagi Okafor»."""
        language, verb = self.language, quote + 1
        if quote > lo and tokens[quote - 1].text not in ("—", "–"):
            return None  # «Her debut, “Mud”, won …»
        if not language.verb_first or verb >= hi or tokens[verb].text not in (",", "—", "–"):
            return None
        small = language.prepositions | language.conjunctions | language.subordinators | language.determiners
        small |= language.modals | language.negations
        first = verb = verb + 1
        while (
            verb < hi and tokens[verb].low in (language.auxiliaries | language.clitics) - language.negations
        ):
            verb += 1
        if (
            verb + 1 >= hi
            or tokens[verb].kind != WORD
            or tokens[verb].low in small | language.pronouns.keys()
        ):
            return None
        if language.drops_subject and (verb + 1 == hi or tokens[verb + 1].text == "."):
            small = language.adverbs | language.times
            return None if tokens[verb].low in small else Cue(first, verb, "say", "VS", None, weak=True)
        if tokens[verb].low in language.futures and self._ends_in_infinitive(tokens, verb, hi):
            return None  # «„…“, wird Okafor brummen», but not «„…“, wird Okafor zitiert»
        source = self.subjects.right(tokens, verb + 1, hi)
        if source is None or not self._is_person(tokens, source):
            return None
        source = self.phrases.with_apposition(tokens, source, hi)
        end = tokens[source[1]] if source[1] < hi else None
        named = sum(token.kind == NAME for token in tokens[source[0] : source[1]]) > 1
        if end is not None and end.kind not in (PUNCT, QUOTE) and not named and not self._is_tail(end):
            return None
        return Cue(first, verb, "say", "VS", source, weak=True)

    def _ends_in_infinitive(self, tokens: list[Token], verb: int, hi: int) -> bool:
        ends = (k for k in range(verb + 1, hi) if tokens[k].kind in (PUNCT, QUOTE))
        return tokens[next(ends, hi) - 1].low.endswith(self.language.infinitive_endings)

    def _is_person(self, tokens: list[Token], place: Place) -> bool:
        """Whether the head of the phrase is a name or role: not «the festival of Ashford»."""
        ties = (k for k in range(place[0] + 1, place[1]) if tokens[k].low in self.language.of)
        head = (place[0], next(ties, place[1]))
        return self.phrases.has_role(tokens, head) or self.phrases.is_personal(tokens, head)

    def _is_tail(self, token: Token) -> bool:
        language = self.language
        return (
            token.low in language.times or token.low in language.prepositions or token.low in language.adverbs
        )

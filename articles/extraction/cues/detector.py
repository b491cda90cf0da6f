"""Detects cues: the reporting verbs and similar words of a sentence, each with its source."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.attribution.assertion import Assertions
from articles.extraction.cues.compound_verbs import has_particle, verb_group
from articles.extraction.cues.lexicon import Cue, cue_table
from articles.extraction.cues.unknown_verbs import UnknownVerbs
from articles.extraction.languages.table import Language
from articles.extraction.syntax.phrases import Phrases, Place
from articles.extraction.syntax.subjects import Subjects
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, WORD, Token


class VerblessCues:
    """Finds cues in sentences without a known reporting verb."""

    def __init__(self, language: Language, phrases: Phrases, subjects: Subjects):
        self.language = language
        self.phrases = phrases
        self.unknown = UnknownVerbs(language, phrases, subjects)

    def last_resort(self, tokens: list[Token], lo: int, hi: int) -> list[Cue]:
        """A colon or noun before the quote, or an unknown verb after it: «“…,” Okafor thundered»."""
        for i in range(lo, hi - 1):
            if tokens[i + 1].kind == QUOTE and i > lo and (tokens[i].text in ":," or tokens[i].kind == WORD):
                cue = self._colon_or_noun(tokens, lo, i)
                if cue:
                    return [cue]
            if tokens[i].kind == QUOTE and i + 2 < hi:
                cue = self.unknown.behind(tokens, i, hi) or self.unknown.before(tokens, lo, i, hi)
                if cue:
                    return [cue]
        return []

    def _colon_or_noun(self, tokens: list[Token], lo: int, i: int) -> Cue | None:
        """A noun or colon as the cue: «Okafor issued a statement: “…”», «Reyes's reply: “…”»."""
        noun = i - 1 if tokens[i].kind == PUNCT else i
        is_noun = noun > lo and tokens[noun].low in self.language.noun_cues
        if tokens[i].text != ":" and not is_noun:
            return None
        owner = self._owner(tokens, lo, noun) if is_noun else None
        source = owner or self.phrases.main_subject(tokens, lo, noun if is_noun else i)
        if source is None:
            return None
        source = self.phrases.with_apposition(tokens, source, i)
        written = is_noun and tokens[noun].low in self.language.written_nouns
        first = min(noun, i) if is_noun else i
        return Cue(first, i, "noun" if is_noun else "colon", "SV", source, written)

    def _owner(self, tokens: list[Token], lo: int, noun: int) -> Place | None:
        """The owner of a noun: «Okafor's latest statement»."""
        for k in range(noun - 1, max(lo - 1, noun - 5), -1):
            if tokens[k].text.endswith(("'s", "’s")) and tokens[k].kind == NAME:
                a = k
                while a > lo and tokens[a - 1].kind == NAME:
                    a -= 1
                return (a, k + 1)
            if tokens[k].kind != WORD:
                return None
        return None

    def label(self, tokens: list[Token], lo: int, hi: int) -> Cue | None:
        """A label as the cue: «Okafor: …», «Council spokesman Tom Reyes (left): “…”»."""
        colon = next(
            (i for i in range(lo, min(lo + 14, hi)) if tokens[i].text == ":" or tokens[i].kind == QUOTE), None
        )
        if colon is None or tokens[colon].kind == QUOTE or colon == lo or colon + 1 >= hi:
            return None
        stop = self.phrases.before_bracket(tokens, lo, colon - 1) + 1
        if stop <= lo or tokens[lo].kind != NAME or tokens[lo].low in self.language.not_names:
            return None
        if tokens[lo].low in self.language.unsaid_openers and tokens[lo].low not in self.language.given:
            return Cue(colon, colon, "label", "SV", None, said=False)  # «Tell Maste: “…”»
        if self.phrases.is_past_cue(tokens[lo].low) and lo + 1 < stop:
            lo += 1  # «Stated Okafor: “…”»
        stop = self._before_topic(tokens, lo, stop)
        if tokens[colon + 1].kind == QUOTE:
            place = self.phrases.forward(tokens, lo, stop)
            if place and place[1] == stop:
                return Cue(colon, colon, "label", "SV", place)
        if colon - lo <= 5 and all(t.kind == NAME or t.text == "." for t in tokens[lo:stop]):
            return Cue(colon, colon, "label", "SV", (lo, stop))
        return None

    def _before_topic(self, tokens: list[Token], lo: int, stop: int) -> int:
        """The end of the name before a topic in a capitalised headline: «Ada Okafor On The Weir: …»."""
        small = self.language.prepositions
        topic = (k for k in range(lo + 1, stop) if tokens[k].kind == NAME and tokens[k].low in small)
        return next(topic, stop)


@dataclass(slots=True)
class _Verb:
    """A possible cue: tokens `first` to `last` of the sentence `lo` to `hi`, and the cues before it."""

    tokens: list[Token]
    lo: int
    hi: int
    first: int
    last: int
    sort: str
    written: bool
    weak: bool  # a noun as often
    before: list[Cue]

    def cue(self, order: str, source: Place | None) -> Cue:
        return Cue(self.first, self.last, self.sort, order, source, self.written, self.weak)


class CueFinder:
    """Finds the cues of one sentence, in order."""

    def __init__(self, language: Language, phrases: Phrases):
        self.language = language
        self.phrases = phrases
        self.subjects = Subjects(language, phrases)
        self.verbless = VerblessCues(language, phrases, self.subjects)
        self.assertions = Assertions(language)
        self.table = cue_table(language)

    def find(self, tokens: list[Token], lo: int, hi: int) -> list[Cue]:
        """The cues of the sentence, with `said` set for each."""
        cues = self._cues(tokens, lo, hi) or self.verbless.last_resort(tokens, lo, hi)
        if cues and tokens[lo].kind == QUOTE:
            opening = self.verbless.unknown.before(tokens, lo, lo, hi)
            if opening and all(cue.first > opening.high for cue in cues):
                cues = [opening, *cues]
        for cue in cues:
            self._name_writer(tokens, cue)
            cue.said = cue.said and self.assertions.is_said(tokens, lo, hi, cue)
        return cues

    def _name_writer(self, tokens: list[Token], cue: Cue) -> None:
        """Make the author of a document the source: «a letter by Tom Reyes says»."""
        if cue.source:
            writer = self.phrases.by_whom(tokens, cue.source)
            cue.written = cue.written or writer != cue.source
            cue.source = writer

    def _cues(self, tokens: list[Token], lo: int, hi: int) -> list[Cue]:
        cues: list[Cue] = []
        label = self.verbless.label(tokens, lo, hi)
        if label:
            cues.append(label)
        following = lo
        for i in [n for n in range(lo, hi) if tokens[n].low in self.table]:
            if i < following:
                continue
            for parts, sort, written in self.table[tokens[i].low]:
                n = len(parts)
                if i + n <= hi and all(tokens[i + k].low == parts[k] for k in range(1, n)):
                    weak = n == 1 and tokens[i].low in self.language.either
                    cue = self._cue(_Verb(tokens, lo, hi, i, i + n - 1, sort, written, weak, cues))
                    if cue:
                        cues.append(cue)
                        following = cue.last + 1
                    break
        return cues

    def _cue(self, verb: _Verb) -> Cue | None:
        if verb.sort == "after":
            place = (
                self.phrases.backward(verb.tokens, verb.lo, verb.first - 1) if verb.first > verb.lo else None
            )
            return verb.cue("SV", place) if place else None
        if verb.tokens[verb.first].low in self.language.quoted_verbs and (quoted := self._quoted(verb)):
            return quoted
        if verb.sort == "according":
            source = self.phrases.forward(verb.tokens, verb.last + 1, verb.hi)
            if (
                source
                and verb.tokens[verb.first].low in self.language.views
                and not self._is_view(verb, source)
            ):
                return None
            return verb.cue("P", self._named(verb, source)) if source else None
        if verb.first > verb.lo and self._is_noun_here(verb.tokens, verb.first, verb.weak):
            return None
        if verb.weak and verb.last + 1 < verb.hi and self._speaks(verb.tokens[verb.last + 1]):
            return None  # «the report said»
        if not has_particle(self.language, verb.tokens, range(verb.lo, verb.hi), verb.first):
            return None
        passive = self._is_passive(verb.tokens, verb.lo, verb.first)
        verb.first, inside = verb_group(self.language, verb.tokens, verb.lo, verb.first)
        if inside:
            return verb.cue("VS", inside)
        if self.language.perfect and (late := self._late_participle(verb)):
            return late
        inverted = self._inverted(verb)
        if inverted:
            return inverted
        if passive:
            return self._passive(verb)
        if self._is_participle(verb) and not self._progressive(verb.tokens, verb.lo, verb.first):
            source = self.subjects.of_participle(verb.tokens, verb.lo, verb.first, verb.before)
            source = source or self.subjects.after_opening(verb.tokens, verb.lo, verb.hi, verb.first)
            return verb.cue("part", source)
        return self._with_subject(verb)

    def _is_view(self, verb: _Verb, source: Place) -> bool:
        """Whether a plain preposition opens somebody's view: «For Okafor, “the plan is dead”»."""
        tokens = verb.tokens
        if verb.first != verb.lo or not self.phrases.is_personal(tokens, source):
            return False
        commas = (k for k in range(source[1], verb.hi) if tokens[k].text == ",")
        return tokens[source[1]].text == "," and any(
            tokens[k + 1].kind == QUOTE for k in commas if k + 1 < verb.hi
        )

    def _late_participle(self, verb: _Verb) -> Cue | None:
        """A participle at the end of its clause: «„…“, hatte Okafor am Montag gesagt»."""
        tokens, at = verb.tokens, verb.last + 1
        if at < verb.hi and tokens[at].kind not in (PUNCT, QUOTE):
            return None
        quoted = verb.first > verb.lo and tokens[verb.first - 1].kind == QUOTE
        found = self.subjects.of_late_participle(tokens, verb.lo, verb.first - quoted)
        if found is None:
            return None
        auxiliary, source = found
        if quoted:
            return verb.cue("final", source)
        if source[0] > auxiliary and self._follows_quote(tokens, verb.lo, auxiliary):
            verb.first = auxiliary
            return verb.cue("VS", source)
        return verb.cue("SV", source)

    def _named(self, verb: _Verb, source: Place) -> Place:
        return self.phrases.with_apposition(verb.tokens, source, verb.hi)

    def _is_participle(self, verb: _Verb) -> bool:
        return verb.tokens[verb.first].low.endswith(self.language.participle_endings)

    def _inverted(self, verb: _Verb) -> Cue | None:
        """A cue before its subject: «“…,” said Okafor», «Said Okafor: “…”»."""
        tokens, lo, first = verb.tokens, verb.lo, verb.first
        follows = self._follows_quote(tokens, lo, first) and not self._is_participle(verb)
        if not follows and not (verb.sort == "say" and self._inverted_lead(tokens, lo, verb.hi, first)):
            return None
        source = self.subjects.right(tokens, verb.last + 1, verb.hi)
        if source:
            return verb.cue("VS", self._named(verb, source))
        return verb.cue("VS", None) if follows and self.language.drops_subject else None

    def _with_subject(self, verb: _Verb) -> Cue | None:
        """A cue after its subject («Okafor said») or, in German, before it («am Montag sagte Okafor»)."""
        tokens, lo, subjects = verb.tokens, verb.lo, self.subjects
        source, shared = subjects.left(tokens, lo, verb.first, verb.before)
        joined = verb.first > lo and tokens[verb.first - 1].low in self.language.and_words
        shared_here = shared and not joined
        if self.language.verb_first and self._is_doubtful(tokens, lo, source, shared_here):
            behind = subjects.behind(tokens, verb.first, verb.last, verb.hi)
            if behind:
                return verb.cue("mid", behind)
        if source is None or (verb.weak and not self._sure_of(tokens, source, verb.last, verb.hi)):
            return None
        cue = verb.cue("SV", source)
        cue.shared = shared
        return cue

    def _is_doubtful(self, tokens: list[Token], lo: int, source: Place | None, shared: bool) -> bool:
        """Whether the phrase before a verb may be no subject, in a language that changes their order."""
        if source is None or self.subjects.is_no_subject(tokens, lo, source):
            return True
        if shared:
            first = tokens[source[0]]
            return not (self.phrases.is_pronoun(first) or self.phrases.is_personal(tokens, source))
        return not self.phrases.names_someone(tokens, source)

    def _sure_of(self, tokens: list[Token], source: Place, last: int, hi: int) -> bool:
        """Whether a word that may be a noun is a verb: «Okafor claims», but not «the Ashford claims»."""
        first, final = tokens[source[0]], source[1] - 1
        if tokens[final].low in self.language.pronouns:
            return True
        determined = first.low in self.language.determiners
        if self.language.clitics:  # «la romancière Ada Okafor dénonce», but not «la Okafor note»
            determined = determined and tokens[final - 1].kind != NAME
        if self.phrases.is_name(tokens, final) and not determined:
            return True
        following = tokens[last + 1] if last + 1 < hi else None
        next_to = following is None or following.kind == QUOTE or following.text in (",", ":", ".")
        next_to = next_to or (following is not None and following.low in self.language.that)
        if not next_to and tokens[source[0] - 1].kind != QUOTE:
            return False
        return first.low in self.language.determiners or tokens[final].kind == NAME

    def _is_noun_here(self, tokens: list[Token], i: int, weak: bool) -> bool:
        before, language = tokens[i - 1].low, self.language
        if tokens[i].kind == NAME and (weak or tokens[i - 1].kind == NAME):
            return True  # «the State of the Union»
        if weak and (before.endswith(("'s", "’s")) or tokens[i - 1].text in ("'", "’")):
            return True
        if weak and language.verb_first and tokens[i - 1].kind == QUOTE:
            # German titles: «„Gesuchte Kinder“ stellt Fotos aus», but not «Von „Mord“ sprach sie».
            return i < 2 or tokens[i - 2].low not in language.prepositions | language.determiners
        if before in language.infinitive:
            return tokens[i].low not in language.say or weak
        if before in language.determiners and (weak or before not in language.numbers):
            return before not in language.pronouns or weak
        return weak and before in language.prepositions

    def _speaks(self, token: Token) -> bool:
        return token.kind == WORD and token.low in self.language.say and token.low not in self.language.either

    def _follows_quote(self, tokens: list[Token], lo: int, i: int) -> bool:
        j = i - 1
        while j >= lo and (tokens[j].text in (",", "—", "–", "-") or tokens[j].low in self.language.adverbs):
            j -= 1
        return j >= lo and tokens[j].kind == QUOTE

    def _inverted_lead(self, tokens: list[Token], lo: int, hi: int, i: int) -> bool:
        """Whether an inverted cue introduces a quote: «In other words, explained Okafor: “…”»."""
        if i > lo and tokens[i - 1].text not in (",", ":", "—", "–"):
            return False
        if tokens[i].low.endswith(self.language.participle_endings):
            return False
        for k in range(i + 1, min(i + (30 if i == lo else 12), hi - 1)):
            if tokens[k].kind == QUOTE:
                return False
            if tokens[k].text in (":", ",") and tokens[k + 1].kind == QUOTE:
                place = self.subjects.right(tokens, i + 1, k)
                whole = place is not None and (place[1] == k or tokens[place[1]].text in (",", "("))
                return whole and tokens[i].low not in self.language.either
        return False

    def _is_passive(self, tokens: list[Token], lo: int, i: int) -> bool:
        j = i - 1
        while j >= lo and self.subjects.is_adverb(tokens[j]):
            j -= 1
        return (
            j >= lo
            and tokens[j].low in self.language.be
            and not tokens[i].low.endswith(self.language.participle_endings)
        )

    def _passive(self, verb: _Verb) -> Cue | None:
        """A passive cue with its source after «by» («was asked by Reyes»), or without («was told»)."""
        at = verb.last + 1
        source = None
        if at < verb.hi and verb.tokens[at].low in self.language.by:
            source = self.phrases.forward(verb.tokens, at + 1, verb.hi)
        if source is None and verb.sort != "tell":
            return None
        cue = verb.cue("by", source)
        cue.weak = False
        return cue

    def _quoted(self, verb: _Verb) -> Cue | None:
        """Somebody whom others quote: «Okafor was quoted as saying», «the paper quoted Okafor as saying»."""
        tokens, first, language = verb.tokens, verb.first, self.language
        if language.verb_first:
            return self._quoted_in_german(verb)
        if self._is_passive(tokens, verb.lo, first):
            source = self.subjects.left(tokens, verb.lo, first, verb.before)[0]
            saying = self._as_saying(verb)
            return Cue(first, saying or first, "say", "SV", source) if source else None
        saying = self._as_saying(verb)
        source = self.phrases.forward(tokens, first + 1, saying) if saying else None
        if saying is None or source is None:
            return None
        paper = self.phrases.backward(tokens, verb.lo, first - 1) if first > verb.lo else None
        return Cue(paper[0] if paper else first, saying, "say", "VS", source)

    def _quoted_in_german(self, verb: _Verb) -> Cue | None:
        """«Okafor wird mit den Worten zitiert: „…“», «„…“, wird Okafor zitiert»."""
        tokens, language = verb.tokens, self.language
        be = next((k for k in range(verb.lo, verb.first) if tokens[k].low in language.be), None)
        if be is None:
            return None
        source = self.phrases.forward(tokens, be + 1, verb.first)
        if self._follows_quote(tokens, verb.lo, be) and source:
            return Cue(be, verb.first, "say", "VS", source)
        source = self.phrases.main_subject(tokens, verb.lo, be) or source
        return Cue(verb.first, verb.last, "say", "SV", source) if source else None

    def _as_saying(self, verb: _Verb) -> int | None:
        """The token «saying» of «quoted her as saying»."""
        tokens, endings = verb.tokens, self.language.participle_endings
        for k in range(verb.first + 1, min(verb.first + 14, verb.hi - 1)):
            if tokens[k].low in self.language.as_words and tokens[k + 1].low.endswith(endings):
                return k + 1
        return None

    def _progressive(self, tokens: list[Token], lo: int, i: int) -> bool:
        """Whether a participle is part of a finite verb: «was saying», «is insisting»."""
        j = i - 1
        while j >= lo and self.subjects.is_adverb(tokens[j]):
            j -= 1
        return j >= lo and tokens[j].low in self.language.auxiliaries

"""Options for the speaker of a quote, and the features by which a ranker compares them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter

from articles.extraction.attribution.option_verbs import OptionVerbs
from articles.extraction.attribution.ranker_groups import (
    BETWEEN,
    CUE,
    GAP,
    Group,
    Weights,
    weights_of_option,
    weights_of_quote,
)
from articles.extraction.coreference.mentions import MentionRegister
from articles.extraction.coreference.name_runs import folded
from articles.extraction.coreference.name_usage import Mention
from articles.extraction.languages.table import Language
from articles.extraction.spans import Span
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, WORD, Document, Token

BEFORE, AFTER = 4, 1  # paragraphs around the quote in which a speaker is searched
FARTHEST = 8  # sentences
MOST_OPTIONS = 40  # for one quote, the nearest
GAPS = (1, 2, 3, 6, 12)  # tokens between an option and its quote
SHORT = 4  # tokens
LINKS = {":": "colon", ",": "comma"}
PLACES_BACK = ("", "b-1", "b-2", "b-3")  # an option one, two, three or more paragraphs before the quote
PERSONAL = "mfpr"  # sorts of pronouns that may name a speaker
OBJECTS = frozenset({"him", "her", "himself", "herself", "them"})


@dataclass(slots=True)
class Option:
    """A phrase outside quotes that may name a speaker: tokens `first` to before `last` of its paragraph."""

    paragraph: int
    first: int
    last: int
    start: int  # characters
    end: int
    sentence: int
    verb: str  # where its reporting verb is: after, apposed, before, none
    cue: int  # the token of that verb
    own: Weights  # of the features that do not depend on the quote
    words: tuple[str, ...] = ()

    def meets(self, span: Span) -> bool:
        """Whether the phrase and the span overlap."""
        return self.start < span.end and span.start < self.end


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a quoted span: its paragraph and token, and what it looks like."""

    paragraph: int
    token: int
    sentence: int
    looks: Weights


@dataclass(slots=True)
class _Layout:
    """The options of one paragraph, and where its quotes and reporting verbs are."""

    tokens: list[Token]
    starts: list[int]  # first tokens of the sentences
    first_sentence: int
    quotes: list[int]
    cues: list[int]
    options: list[Option] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)  # their first tokens
    sentences: list[int] = field(default_factory=list)  # and their sentences

    def sentence_of(self, token: int) -> int:
        return self.first_sentence + max(0, bisect_right(self.starts, token) - 1)

    def sentence_end(self, token: int) -> int:
        at = bisect_right(self.starts, token)
        return self.starts[at] if at < len(self.starts) else len(self.tokens)


class OptionFinder:
    """The options and features for the quotes of one document."""

    def __init__(self, document: Document, register: MentionRegister):
        self.document = document
        self.language = document.language
        self.register = register
        self.verbs = OptionVerbs(document.language)
        self.option_words = _option_words(document.language)
        self.words = _words(document.language)
        self.layouts: dict[int, _Layout] = {}
        counts = (len(p.sentences) for p in document.paragraphs)
        self.first_sentences = list(accumulate(counts, initial=0))
        self.paragraph_starts = [p.span.start for p in document.paragraphs]

    def spot(self, start: int) -> Spot | None:
        """The place of the quoted span that begins at this character."""
        number = bisect_right(self.paragraph_starts, start) - 1
        if number < 0:
            return None
        layout = self._layout(number)
        for i in layout.quotes:
            if layout.tokens[i].end > start:
                looks = weights_of_quote(self._looks(layout, i))
                return Spot(number, i, layout.sentence_of(i), looks)
        return None

    def _looks(self, layout: _Layout, i: int) -> tuple[str, ...]:
        tokens = layout.tokens
        span = tokens[i].quoted_span
        inner = span.inner.cut(self.document.text).strip() if span else ""
        before = tokens[i - 1].text if i and tokens[i - 1].kind == PUNCT else "w" if i else "start"
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        first = i in layout.starts
        ends = "," if inner[-1:] == "," else "." if inner[-1:] in ".!?…" else "w"
        alone = first and layout.sentence_end(i) == i + 1
        return (
            "small" if inner[:1].islower() else "big",
            f"pre{before if before in (':', ',', 'start', 'w') else 'p'}",
            f"end{ends}",
            "alone" if alone else "first" if first else "mid",
            "last" if after is None else "q" if after.kind == QUOTE else "more",
        )

    def near(self, spot: Spot, whole: Span, source: Span | None) -> list[Option]:
        """The options around the quote outside `whole`, at most MOST_OPTIONS, and the `source` of a rule."""
        found: list[Option] = []
        low = max(0, spot.paragraph - BEFORE)
        high = min(len(self.document.paragraphs), spot.paragraph + AFTER + 1)
        for number in range(low, high):
            layout = self._layout(number)
            first = bisect_left(layout.sentences, spot.sentence - FARTHEST)
            found += layout.options[first : bisect_right(layout.sentences, spot.sentence + 2)]
        # `meets` is written out here: a quote has about twenty-five options.
        found = [o for o in found if o.start >= whole.end or o.end <= whole.start]
        if len(found) > MOST_OPTIONS:
            found.sort(key=lambda o: (abs(o.sentence - spot.sentence), abs(o.first - spot.token)))
            found = found[:MOST_OPTIONS]
        if source is not None and not any(o.start < source.end and source.start < o.end for o in found):
            found += self._printed(source)
        return found

    def _printed(self, source: Span) -> list[Option]:
        """The phrase that a rule chose, which no name, pronoun or role is part of."""
        number = bisect_right(self.paragraph_starts, source.start) - 1
        layout = self._layout(number)
        inside = [i for i, t in enumerate(layout.tokens) if source.meets(Span(t.start, t.end))]
        if not inside:
            return []
        return [self._option(number, layout, inside[0], inside[-1] + 1, "phrase", ())]

    # ---- options

    def _layout(self, number: int) -> _Layout:
        if number not in self.layouts:
            paragraph = self.document.paragraphs[number]
            tokens, cue_words, sought = paragraph.tokens, self.verbs.cue_words, self.words
            words = [i for i, t in enumerate(tokens) if t.low in sought]
            layout = _Layout(
                tokens,
                [r.start for r in paragraph.sentences],
                self.first_sentences[number],
                [i for i, t in enumerate(tokens) if t.kind == QUOTE] if paragraph.quoted_spans else [],
                [i for i in words if tokens[i].low in cue_words and tokens[i].kind == WORD],
            )
            layout.options = sorted(self._options(number, layout, words), key=attrgetter("first"))
            layout.firsts = [option.first for option in layout.options]
            layout.sentences = [option.sentence for option in layout.options]
            self.layouts[number] = layout
        return self.layouts[number]

    def _options(self, number: int, layout: _Layout, words: list[int]) -> Iterator[Option]:
        covered: set[int] = set()
        for mention in self.register.by_paragraph.get(number, ()):
            covered.update(range(mention.first, mention.last))
            yield self._named(number, layout, mention)
        language, tokens = self.language, layout.tokens
        for i in words:
            if i in covered or tokens[i].low not in self.option_words:
                continue
            sort = language.pronouns.get(tokens[i].low, "")
            if sort:
                yield self._option(number, layout, i, i + 1, "pronoun" + sort, ())
            elif i + 1 not in covered and not (i + 1 < len(tokens) and tokens[i + 1].low in language.roles):
                yield self._option(number, layout, i, i + 1, "role", self._determiner(layout, i))

    def _determiner(self, layout: _Layout, i: int) -> tuple[str, ...]:
        k = i - 1
        while k >= max(0, i - 5):
            token = layout.tokens[k]
            if token.low in self.language.determiners:
                return (
                    f"det-{'the' if token.low == 'the' else 'a' if token.low in ('a', 'an') else 'other'}",
                )
            if token.kind not in (WORD, NAME):
                break
            k -= 1
        return ("det-none",)

    def _named(self, number: int, layout: _Layout, mention: Mention) -> Option:
        known = self.register.fullest(mention.words, mention.gender)
        person = mention.titled or bool(known and (known.person or known.gender)) or mention.gender != ""
        own = ["person" if person else "thing?", f"uses{min(self.register.uses[mention.words], 4)}"]
        if mention.subject:
            own.append("subject")
        if mention.possessive:
            own.append("possessive")
        if mention.opens:
            own.append("opens")
        if mention.titled:
            own.append("titled")
        sort = "full" if len(mention.words) > 1 else "surname"
        return self._option(
            number,
            layout,
            mention.first,
            mention.last,
            sort,
            tuple(own),
            known.words if known else mention.words,
            mention.sentence,
        )

    def _option(
        self,
        number: int,
        layout: _Layout,
        first: int,
        last: int,
        sort: str,
        own: tuple[str, ...],
        words: tuple[str, ...] = (),
        sentence: int | None = None,
    ) -> Option:
        tokens = layout.tokens
        verb, cue = self.verbs.of(tokens, layout.cues, first, last)
        before = tokens[first - 1] if first else None
        governed = "gov-no"
        if before is not None and before.kind == WORD:
            low = before.low
            if low in self.language.prepositions or low in self.language.of:
                governed = "gov-prep"
            elif low in self.verbs.cue_words:
                governed = "gov-cue"
            elif low in self.language.that or low in self.language.subordinators:
                governed = "gov-that"
        return Option(
            number,
            first,
            last,
            tokens[first].start,
            tokens[last - 1].end,
            layout.sentence_of(first) if sentence is None else sentence,
            verb,
            cue,
            weights_of_option((sort, governed, f"verb-{verb}", *own)),
            words,
        )

    # ---- features

    def groups(self, spot: Spot, option: Option, last: tuple[str, ...]) -> list[Group]:
        """The features of an option for a quote, in groups; `last` is the speaker before, folded."""
        is_last = bool(last) and option.words == last
        back = spot.paragraph - option.paragraph
        place = "n+" if back < 0 else PLACES_BACK[min(back, 3)] if back else _place_beside(spot, option)
        found: list[Group] = [(option.own, (place,)), (spot.looks, (place, option.verb, is_last))]
        if not back:
            self._add_between(found, spot, option, place)
        return found

    def _add_between(self, found: list[Group], spot: Spot, option: Option, place: str) -> None:
        """What is between the option and the quote."""
        layout = self._layout(spot.paragraph)
        ahead = option.first > spot.token
        lo, hi = (spot.token + 1, option.first) if ahead else (option.last, spot.token)
        quotes, cues = _count(layout.quotes, lo, hi), _count(layout.cues, lo, hi)
        found.append((BETWEEN, (place, min(quotes, 2), min(cues, 2), option.verb)))
        if option.sentence == spot.sentence:
            gap = bisect_right(GAPS, hi - lo)
            names = _count(layout.firsts, lo, hi)
            found.append((GAP, (place, gap, min(names, 3))))
            if option.cue >= 0:
                side = "cue+" if option.cue > spot.token else "cue-"
                found.append((CUE, (place, self._link(layout, spot, option), option.verb, side)))

    def _link(self, layout: _Layout, spot: Spot, option: Option) -> str:
        """How the reporting verb of the option is connected with the quote."""
        lo, hi = sorted((option.cue, spot.token))
        middle = layout.tokens[lo + 1 : hi]
        if all(t.kind == PUNCT or t.low in self.language.adverbs for t in middle):
            return "colon" if any(t.text == ":" for t in middle) else "next"
        if any(t.low in self.language.that for t in middle):
            return "that"
        if any(t.kind == QUOTE for t in middle):
            return "quote"
        if len(middle) < SHORT:
            return "short"
        return LINKS.get(middle[-1].text, "long")


def _place_beside(spot: Spot, option: Option) -> str:
    """Where an option of the same paragraph is: its sentence, and whether it is before the quote."""
    sentences = option.sentence - spot.sentence
    if sentences == 0:
        return "s-" if option.first < spot.token else "s+"
    if sentences < 0:
        return f"p-{min(-sentences, 3)}"
    return f"p+{min(sentences, 2)}"


@lru_cache(maxsize=16)
def _option_words(language: Language) -> frozenset[str]:
    """Pronouns and roles that may name a speaker."""
    personal = {word for word, sort in language.pronouns.items() if sort in PERSONAL}
    return frozenset(personal - language.object_forms - OBJECTS) | language.roles


@lru_cache(maxsize=16)
def _words(language: Language) -> frozenset[str]:
    """Pronouns, roles and reporting verbs, so that a text is searched for them once."""
    return _option_words(language) | OptionVerbs(language).cue_words


def _count(places: list[int], lo: int, hi: int) -> int:
    return bisect_left(places, hi) - bisect_left(places, lo)


def folded_name(name: str | None) -> tuple[str, ...]:
    """The words of a name as the register stores them."""
    return tuple(folded(word) for word in name.split()) if name else ()

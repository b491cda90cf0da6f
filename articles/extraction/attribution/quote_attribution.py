"""Attributes quoted spans to their sources, sentence by sentence and across paragraphs."""

from __future__ import annotations

from dataclasses import replace

from articles.extraction.attribution.attribution_draft import UNSAID, Draft, Sentence, channel_of
from articles.extraction.attribution.cue_matching import Match, Matcher
from articles.extraction.attribution.multi_paragraph_quotes import join_paragraphs
from articles.extraction.attribution.signatures import Signatures
from articles.extraction.coreference.source_resolution import Source, SourceResolver
from articles.extraction.cues.detector import CueFinder
from articles.extraction.cues.lexicon import Cue
from articles.extraction.quotation_marks import QuotedSpan
from articles.extraction.syntax.phrases import Phrases, Place
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, WORD, Document, Paragraph, Token

LONG = 3  # words from which a quoted sentence is speech even without a source
HEADING = 8  # most words of a heading in single quotation marks
FRAGMENT = 9  # words from which a quoted span in mid-sentence is a quote without a cue
NEAR = 2  # paragraphs over which the previous speaker may continue

Unattributed = list[tuple[Sentence, int]]


class Attributor:
    """Attributes the quotes of a document in one pass, remembering the last speaker."""

    def __init__(self, document: Document, resolver: SourceResolver):
        self.document = document
        self.text = document.text
        self.language = document.language
        self.resolver = resolver
        self.phrases = Phrases(document.language, resolver.register.capitals, resolver.register.surnames())
        self.finder = CueFinder(document.language, self.phrases)
        self.signatures = Signatures(document, self.finder, self.phrases, self._source, self._group)
        self._free_surnames()
        self.drafts: list[Draft] = []
        self.announced: Draft | None = None  # «The report says:» at the end of the paragraph before
        self.pending: Unattributed = []  # an unclosed paragraph whose speaker the next one may name
        self.groups = 0
        self.signature: Draft | None = None  # «— Ada Okafor, mayor» in the paragraph below

    def run(self) -> list[Draft]:
        """The drafts of all quotes in text order."""
        for number, paragraph in enumerate(self.document.paragraphs):
            signed, self.signature = self.signature, None
            if signed is None and paragraph.quoted_spans:
                self.signature = self.signatures.below(number)
            if signed is not None:
                self.pending = []
            elif paragraph.quoted_spans:
                self._paragraph(number, paragraph)
            else:
                self._settle(number, self.pending)
                self.pending = []
            self.announced = self._announcement(number, paragraph)
        self._settle(len(self.document.paragraphs), self.pending)
        self.drafts.sort(key=lambda d: d.start)
        return join_paragraphs(self.drafts, self.document.paragraphs)

    def _free_surnames(self) -> None:
        """Treat a surname that looks like a function word as a name: «Will wrote» if George Will is named."""
        language = self.language
        small = language.auxiliaries | language.prepositions | language.adverbs | language.conjunctions
        names = self.phrases.surnames & small
        if not names:
            return
        for paragraph in self.document.paragraphs:
            for before, token, following in zip(
                [None, *paragraph.tokens], paragraph.tokens, paragraph.tokens[1:], strict=False
            ):
                beside = following.low in language.speech or (
                    before is not None and before.low in language.speech
                )
                if token.kind == NAME and token.low in names and beside:
                    # The tables are in lower case, so a capitalised word matches none.
                    token.low = token.text

    def _announcement(self, number: int, paragraph: Paragraph) -> Draft | None:
        """The source that a paragraph announces by a final colon."""
        tokens = paragraph.tokens
        if not tokens or tokens[-1].text != ":" or not paragraph.sentences:
            return None
        rng = paragraph.sentences[-1]
        cues = [c for c in self.finder.find(tokens, rng.start, rng.stop) if c.sort != "think"]
        cue = cues[-1] if cues else None
        # «Okafor was told this:» names nobody.
        named = cue.source is not None if cue else True
        place = cue.source if cue else self.phrases.main_subject(tokens, rng.start, rng.stop - 1)
        if place is None and named:
            return None
        source = self._source(number, tokens, place) if place else None
        cue_text = self.text[tokens[cue.first].start : tokens[cue.last].end] if cue else ":"
        end = tokens[-1].end
        rule = "intro"
        if cue and not cue.said:
            rule, source = UNSAID, replace(source, speaker=None) if source else None
        return Draft(end, end, [], self._group(), rule, cue, cue_text, source, number)

    def _source(self, number: int, tokens: list[Token], place: Place) -> Source:
        """Resolve the source of these tokens; «who» refers to the phrase before it."""
        i = place[0]
        relative = place[1] - i == 1 and self.language.pronouns.get(tokens[i].low) == "r"
        before = i - 2 if i and tokens[i - 1].text == "," else i - 1
        if relative and before >= 0 and tokens[before].kind == WORD and not self.language.nouns_capitalised:
            meant = self.phrases.backward(tokens, 0, before)
            determined = meant is not None and tokens[meant[0]].low in self.language.determiners
            if meant and (determined or self.phrases.names_someone(tokens, meant)):
                whom = self.resolver.source(number, tokens, meant)
                printed = tokens[i].text
                return Source(tokens[i].start, tokens[i].end, printed, "pronoun", whom.speaker, whom.gender)
        return self.resolver.source(number, tokens, place)

    # ---- one paragraph

    def _paragraph(self, number: int, paragraph: Paragraph) -> None:
        unattributed: Unattributed = self.pending
        self.pending = []
        last: Draft | None = None
        signed = self.signatures.in_line(number, paragraph)
        for order, rng in enumerate(paragraph.sentences):
            tokens = paragraph.tokens
            quotes = [i for i in rng if tokens[i].kind == QUOTE]
            if not quotes:
                continue
            sentence = Sentence(number, order, tokens, rng.start, rng.stop, quotes)
            if signed:
                self.drafts += [self._follow(sentence, quote, signed[quote], "signature") for quote in quotes]
                continue
            sentence.cues = self.finder.find(tokens, rng.start, rng.stop)
            for found in self._sentence(sentence):
                if isinstance(found, Draft):
                    self.drafts.append(found)
                    last = found
                    self.drafts += [
                        self._follow(other, quote, found, "next") for other, quote in unattributed
                    ]
                    unattributed = []
                elif self._stands_alone(sentence, found, 1 if last is not None else LONG):
                    if self.finder.assertions.denies_saying(tokens[rng.start : rng.stop]):
                        self.drafts.append(self._unsaid(sentence, found))
                    elif last is not None:
                        self.drafts.append(self._follow(sentence, found, last, "same"))
                    else:
                        unattributed.append((sentence, found))
        open_end = bool(paragraph.quoted_spans) and not paragraph.quoted_spans[-1].closed
        below = self.signature is not None
        if (
            unattributed
            and open_end
            and not below
            and not self._just_spoke(number)
            and self.announced is None
        ):
            self.pending = unattributed
        else:
            self._settle(number, unattributed)

    def _just_spoke(self, number: int) -> bool:
        return bool(self.drafts) and number - self.drafts[-1].paragraph <= 1

    def _settle(self, number: int, unattributed: Unattributed) -> None:
        """Attribute quotes without a source in their paragraph to an announced or a previous speaker."""
        for sentence, quote in unattributed:
            previous = self.drafts[-1] if self.drafts else None
            if self.signature is not None:
                self.drafts.append(self._follow(sentence, quote, self.signature, "signature"))
            elif self.announced is not None:
                self.drafts.append(self._follow(sentence, quote, self.announced, "intro"))
            elif sentence.number and (prior := self._prior(sentence)) is not None:
                self.drafts.append(self._follow(sentence, quote, prior, "prior"))
            elif (reporter := self._reported(number, previous)) is not None:
                self.drafts.append(self._follow(sentence, quote, reporter, "reported"))
            elif previous is not None and self._asked(previous, sentence):
                self.drafts.append(self._answer(sentence, quote, previous))
            elif previous is not None and previous.source and number - previous.paragraph <= NEAR:
                self.drafts.append(self._follow(sentence, quote, previous, "before"))
            else:
                self.drafts.append(self._unknown(sentence, quote))

    def _asked(self, previous: Draft, sentence: Sentence) -> bool:
        """Whether the quote before is a question, in an earlier paragraph, and this one answers it."""
        cue = previous.cue
        if cue is None or not previous.marked or previous.paragraph >= sentence.paragraph:
            return False
        asks = any(word in self.language.asking for word in previous.cue_text.lower().split())
        return asks and previous.marked[-1].inner.cut(self.text).rstrip().endswith("?")

    def _answer(self, sentence: Sentence, quote: int, question: Draft) -> Draft:
        """The answer to a question, by the one who was asked, or by nobody known."""
        tokens = self.document.paragraphs[question.paragraph].tokens
        place = None
        if question.cue is not None and question.cue.order == "SV":
            place = self.phrases.forward(tokens, question.cue.last + 1, len(tokens))
        draft = self._unknown(sentence, quote)
        if place is not None and self.phrases.is_personal(tokens, place):
            draft.rule, draft.source = "answered", self._source(question.paragraph, tokens, place)
        return draft

    def _prior(self, sentence: Sentence) -> Draft | None:
        """The subject of the previous sentence: «Okafor condemned the plan. “It is dead.”»."""
        rng = self.document.paragraphs[sentence.paragraph].sentences[sentence.number - 1]
        tokens = sentence.tokens
        cues = [c for c in self.finder.find(tokens, rng.start, rng.stop) if c.source and c.order != "P"]
        place = cues[0].source if cues else self.phrases.main_subject(tokens, rng.start, rng.stop)
        if place is None or not self.phrases.names_someone(tokens, place):
            return None
        cue = cues[0] if cues else None
        cue_text = self.text[tokens[cue.first].start : tokens[cue.last].end] if cue else ""
        source = self._source(sentence.paragraph, tokens, place)
        return self._draft([], self._group(), "prior", cue, cue_text, source, sentence, (0, 0))

    def _reported(self, number: int, previous: Draft | None) -> Draft | None:
        """The source of the last indirect speech: «Okafor said the plan was dead.⏎“It never lived.”»."""
        for at in range(number - 1, max(-1, number - 1 - NEAR), -1):
            paragraph = self.document.paragraphs[at]
            tokens = paragraph.tokens
            for rng in reversed(paragraph.sentences):
                if previous is not None and tokens[rng.start].start < previous.end:
                    return None
                cue = next(filter(self._reports, self.finder.find(tokens, rng.start, rng.stop)), None)
                if cue and cue.source and self.phrases.names_someone(tokens, cue.source):
                    source = self._source(at, tokens, cue.source)
                    cue_text = self.text[tokens[cue.first].start : tokens[cue.last].end]
                    end = tokens[rng.stop - 1].end
                    return Draft(end, end, [], self._group(), "reported", cue, cue_text, source, at)
        return None

    @staticmethod
    def _reports(cue: Cue) -> bool:
        return cue.sort in ("say", "tell") and cue.order in ("SV", "VS") and not cue.weak and cue.said

    def _stands_alone(self, sentence: Sentence, quote: int, least: int) -> bool:
        """Whether this quoted span is a sentence by itself, and so speech."""
        tokens = sentence.tokens
        quoted_span = tokens[quote].quoted_span
        if quoted_span is None:
            return False
        if quote != sentence.lo and tokens[quote - 1].text not in (":", ",", ".", quoted_span.mark):
            return False
        count = len(quoted_span.inner.cut(self.text).split())
        whole = len(tokens) == 1 or (len(tokens) == 2 and tokens[1].kind == PUNCT)
        if whole and quoted_span.single and count <= HEADING:
            return False
        last = quoted_span.inner.cut(self.text).rstrip()[-1:]
        ended = all(t.kind == PUNCT for t in tokens[quote + 1 : sentence.hi])
        return count >= least and (last in ".!?…,—" or not quoted_span.closed or ended)

    def _follow(self, sentence: Sentence, quote: int, other: Draft, rule: str) -> Draft:
        quoted_span = sentence.tokens[quote].quoted_span
        marked = [quoted_span] if quoted_span else []
        rule = UNSAID if other.rule == UNSAID else rule
        draft = self._draft(marked, other.group, rule, other.cue, other.cue_text, other.source, sentence)
        draft.channel = other.channel
        return draft

    def _unsaid(self, sentence: Sentence, quote: int) -> Draft:
        """A draft of words that were not said: «Nobody in the town said, “…”»."""
        draft = self._unknown(sentence, quote)
        draft.rule = UNSAID
        return draft

    def _unknown(self, sentence: Sentence, quote: int) -> Draft:
        quoted_span = sentence.tokens[quote].quoted_span
        return self._draft(
            [quoted_span] if quoted_span else [], self._group(), "alone", None, "", None, sentence
        )

    def _draft(
        self,
        marked: list[QuotedSpan],
        group: int,
        rule: str,
        cue: Cue | None,
        cue_text: str,
        source: Source | None,
        sentence: Sentence,
        span: tuple[int, int] | None = None,
    ) -> Draft:
        start, end = span or (marked[0].start, marked[-1].end)
        words = sum(len(m.inner.cut(self.text).split()) for m in marked)
        return Draft(start, end, marked, group, rule, cue, cue_text, source, sentence.paragraph, words)

    def _group(self) -> int:
        self.groups += 1
        return self.groups

    # ---- one sentence

    def _sentence(self, sentence: Sentence) -> list[Draft | int]:
        """A draft for each attributed quote; the token number of each quote without attribution."""
        matcher = Matcher(self.text, self.language, self.phrases, sentence)
        found: list[Draft | int] = []
        groups: dict[int, int] = {}
        taken = -1
        for quote in sentence.quotes:
            if quote <= taken:
                continue
            match = matcher.match(quote)
            if match is None:
                found.append(self._fragment(sentence, matcher, quote, groups) or quote)
                continue
            if self.language.bare_terms and matcher.is_object(match, quote):
                match.lo = quote
                match.hi = max(q for q in sentence.quotes if q < max(match.hi, quote + 1)) + 1
            match.lo = max(match.lo, taken + 1)
            draft = self._from_match(sentence, quote, match, groups)
            found.append(draft)
            taken = max(i for i in sentence.quotes if sentence.tokens[i].start < draft.end)
        return found

    def _fragment(
        self, sentence: Sentence, matcher: Matcher, quote: int, groups: dict[int, int]
    ) -> Draft | None:
        """Attribute a long quoted span without a cue to the subject of the sentence."""
        tokens = sentence.tokens
        opens = quote == sentence.lo or tokens[quote - 1].text in (",", ":")
        if self.language.nouns_capitalised or opens or matcher.clauses.word_count(quote) < FRAGMENT:
            return None
        place = self.phrases.main_subject(tokens, sentence.lo, quote)
        if place is None:
            return None
        cue = Cue(quote - 1, quote - 1, "none", "SV", place)
        draft = self._from_match(sentence, quote, Match(cue, "fragment", quote, quote + 1), groups)
        draft.cue_text = ""
        return draft

    def _from_match(self, sentence: Sentence, quote: int, match: Match, groups: dict[int, int]) -> Draft:
        tokens, lo, hi = sentence.tokens, match.lo, max(match.hi, quote + 1)
        while hi - 1 > quote and tokens[hi - 1].kind == PUNCT and tokens[hi - 1].text in ",;—–":
            hi -= 1
        while lo < quote and tokens[lo].kind == PUNCT:
            lo += 1
        marked = [t.quoted_span for t in tokens[lo:hi] if t.quoted_span is not None]
        cue = match.cue
        if cue.first not in groups:
            groups[cue.first] = self._group()
        source = self._source(sentence.paragraph, tokens, cue.source) if cue.source else None
        if source is None and cue.order == "part" and cue.first == sentence.lo:
            source = self.resolver.last  # «Okafor stated that … Adding, “…”»
        if source is None and self.language.drops_subject and cue.order != "by":
            source = self.resolver.dropped(sentence.paragraph, cue.first)
        denied = match.rule != "tail" and self.finder.assertions.denies(tokens, cue)
        if denied or not cue.said:
            match.rule = UNSAID
            source = replace(source, speaker=None) if source else None
        cue_text = self.text[tokens[cue.first].start : tokens[cue.last].end]
        span = (tokens[lo].start, tokens[hi - 1].end)
        draft = self._draft(marked, groups[cue.first], match.rule, cue, cue_text, source, sentence, span)
        draft.channel = channel_of(self.language, tokens, cue, sentence.hi)
        return draft

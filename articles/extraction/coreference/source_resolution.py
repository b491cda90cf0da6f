"""Resolves the printed source of a quote (name, description, pronoun) to a speaker."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.coreference.mentions import Known, MentionRegister
from articles.extraction.coreference.name_runs import (
    after_titles,
    before_particles,
    folded,
    name_run_end,
    without_possessive,
)
from articles.extraction.coreference.name_usage import Mention
from articles.extraction.full_names import is_no_person
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, WORD, Document, Token
from articles.text.not_people import BODIES

CUSTOMARY = 2  # uses of a surname alone from which the text's usage is clear
REACH = 7  # paragraphs back in which the antecedent of a pronoun is searched
LONGEST_LABEL = 18  # tokens after the name that leads a turn


@dataclass(slots=True)
class Source:
    """The words that name a speaker here, and the speaker they refer to."""

    start: int
    end: int
    printed: str
    sort: str  # name, description, pronoun
    speaker: str | None
    gender: str = ""
    shared: bool = False  # two people of the text have this surname
    evident: bool = True  # something in the text, or its form, shows that the name is of a person or a body
    lead: float = 9.0  # by how much the antecedent of a pronoun is more salient than the next person


class SourceResolver:
    """Resolves sources in reading order; pronouns refer to people mentioned or quoted before."""

    def __init__(self, document: Document, register: MentionRegister):
        self.document = document
        self.language = document.language
        self.register = register
        self.last: Source | None = None
        self.last_place = (-9, -9)

    def source(self, paragraph: int, tokens: list[Token], place: tuple[int, int]) -> Source:
        """Resolve the source at these token numbers, and remember it as the last speaker."""
        i, j = place
        start, end = tokens[i].start, tokens[j - 1].end
        printed = without_possessive(self.document.text[start:end])
        low = tokens[i].low
        if j - i == 1 and low in self.language.pronouns:
            found = self._pronoun(paragraph, tokens, i, Source(start, end, printed, "pronoun", None))
        else:
            found = self._phrase(paragraph, tokens, i, j, Source(start, end, printed, "description", printed))
        if found.sort == "description" and tokens[j - 1].low in self.language.nobody:
            found.speaker = None
        if found.speaker:
            self.last, self.last_place = found, (paragraph, i)
        return found

    # ---- names and descriptions

    def _phrase(self, paragraph: int, tokens: list[Token], i: int, j: int, source: Source) -> Source:
        run = self._head_name(tokens, i, j)
        if run is None:
            return source
        a, b = run
        at, gender, titled = after_titles(tokens, a, b, self.language)
        if self._is_body(tokens, a, at, b):
            at, titled = a, False
        at = self._past_role(tokens, i, at, b)
        distinct = [t for t in tokens[at:b] if t.kind != PUNCT]
        words = tuple(folded(t.text) for t in distinct)
        if not gender and a > i:
            gender = self.language.role_gender.get(tokens[a - 1].low, "")
        source.sort, source.gender = "name", gender
        known = self.register.fullest(words, gender) if words else None
        source.speaker = known.printed if known else self._printed(tokens, at, b)
        self._leave_open(source, words, gender)
        if known and len(words) == 1 and self._is_another(paragraph, tokens, j, known):
            source.speaker, source.shared = None, True
        source.evident = titled or self.register.is_evident(words, known, source.speaker or "")
        if known and known.gender:
            source.gender = known.gender
        return source

    def _is_body(self, tokens: list[Token], a: int, at: int, b: int) -> bool:
        """Whether the words before `at` are no title: «Supreme Court», «Foreign Ministry of Marrow»."""
        if any(token.low in self.language.of for token in tokens[a:b]):
            return True
        return at > a and at == b - 1 and tokens[at].low in BODIES

    def _past_role(self, tokens: list[Token], i: int, at: int, b: int) -> int:
        """The start of a German name after a role with an article: «der Wirt Bernd Aubin»."""
        language = self.language
        if not language.nouns_capitalised or tokens[i].low not in language.determiners:
            return at
        first = at + 1 if at == i else at
        names = [k for k in range(first, b) if tokens[k].kind == NAME]
        given = next((k for k in names if tokens[k].low in language.given), None)
        if given is not None and given < b - 1:
            return given
        role = len(names) > 2 and tokens[names[0]].low.endswith(language.calling_endings)
        return names[1] if role else at

    def _is_another(self, paragraph: int, tokens: list[Token], j: int, known: Known) -> bool:
        """Whether `known` is first named after the surname: «said Brun, whose brother Per Brun …»."""
        owner = j + 1 < len(tokens) and tokens[j].text == "," and tokens[j + 1].low in self.language.whose
        return owner and all((m.paragraph, m.first) > (paragraph, j) for m in known.mentions)

    def _printed(self, tokens: list[Token], a: int, b: int) -> str:
        return without_possessive(self.document.text[tokens[a].start : tokens[b - 1].end])

    def _head_name(self, tokens: list[Token], i: int, j: int) -> tuple[int, int] | None:
        """The name that heads a phrase: «Tom Reyes» of «council spokesman Tom Reyes of Ashford»."""
        behind = self._behind_role(tokens, i, j)
        if behind is not None:
            return behind
        body = self._body_of(tokens, i, j)
        if body is not None:
            return body
        end = self._head_end(tokens, i, j)
        if tokens[end - 1].kind != NAME and tokens[end - 1].text != ".":
            return None
        best, a = None, i
        while a < end:
            if tokens[a].kind == NAME:
                first = before_particles(tokens, a, i, self.language)
                best = (first, min(name_run_end(tokens, a, end, self.language), end))
                a = best[1]
            else:
                a += 1
        if best is None or best[1] < end or self._is_common(tokens, i, best):
            return None
        return best

    def _body_of(self, tokens: list[Token], i: int, j: int) -> tuple[int, int] | None:
        """The whole name of a body with «of»: «American Federation of Teachers»."""
        language = self.language
        for k in range(i + 1, j - 1):
            before = tokens[k - 1]
            if tokens[k].low in language.body_ties and before.kind == NAME and before.low in language.bodies:
                start = k - 1
                while start > i and tokens[start - 1].kind == NAME:
                    start -= 1
                if any(t.low in language.of for t in tokens[i:start]):
                    return None  # «Tom Reyes of the University of Ashford»
                whole = all(t.kind == NAME or t.low in language.determiners for t in tokens[k + 1 : j])
                return (start, j) if whole else None
        return None

    def _behind_role(self, tokens: list[Token], i: int, j: int) -> tuple[int, int] | None:
        """The name after a role with «of»: «President of Marrow Ada Okafor».

        It is two capitalised words after a lower-case one or after a place, or begins with a given name; the
        rest is the role.
        """
        language = self.language
        tie = next((k for k in range(i + 1, j) if tokens[k].low in language.of), None)
        if tie is None or tokens[j - 1].kind != NAME or language.nouns_capitalised:
            return None
        lead = {t.low for t in tokens[i:tie]}
        if not any(low in language.roles or low in language.titles for low in lead):
            return None
        run = j - 1
        while run > tie + 1 and (tokens[run - 1].kind == NAME or tokens[run - 1].text == "."):
            run -= 1
        words = [k for k in range(run, j) if tokens[k].kind == NAME]
        if len(words) == 2 and tokens[run - 1].kind == WORD and run - 1 > tie:
            small = language.of | language.determiners | language.conjunctions
            return None if tokens[run - 1].low in small else (run, j)
        given = [k for k in words[1:-1] if tokens[k].low in language.given]
        if given:
            return given[0], j
        placed = len(words) == 3 and run == tie + 1 and not is_no_person(self._printed(tokens, words[1], j))
        return (words[1], j) if placed else None

    def _head_end(self, tokens: list[Token], i: int, j: int) -> int:
        """The end of the head noun, before «of …», «from …» or «who …»."""
        language = self.language
        seen = False
        for k in range(i, j):
            token = tokens[k]
            if seen and token.kind == WORD:
                ties = (
                    token.low in language.prepositions
                    or token.low in language.relatives
                    or token.low in language.of
                )
                inside = token.low in language.particles and tokens[k - 1].low in language.given
                further = (
                    k > i + 1 and token.low in language.particles and tokens[k - 1].low in language.particles
                )
                if ties and not inside and not further:
                    return k
            if token.kind == NAME or (token.kind == WORD and token.low not in language.determiners):
                seen = seen or token.kind == NAME or not language.nouns_capitalised
        return j

    def _is_common(self, tokens: list[Token], i: int, run: tuple[int, int]) -> bool:
        """Whether a capitalised phrase is a description and not a name: «the Minister»."""
        language = self.language
        words = [t for t in tokens[run[0] : run[1]] if t.kind == NAME]
        if len(words) == 1 and words[0].low in language.numbers | language.determiners:
            return True  # «One of the divers», «Six of them»
        if len(words) > 1 and words[0].low in language.determiners and language.clitics:
            return words[1].low in language.roles and len(words) == 2  # «La Asociación de Regantes»
        if any(t.low in language.given for t in words):
            return False
        last = words[-1].low
        role = last in language.roles or last in language.titles or last.endswith(language.role_endings)
        determined = i < run[0] and tokens[i].low in language.determiners
        if language.nouns_capitalised:
            return role or (determined and len(words) == 1)
        return role and len(words) == 1 and (determined or last not in language.not_names)

    # ---- pronouns

    def _pronoun(self, paragraph: int, tokens: list[Token], i: int, source: Source) -> Source:
        sort = self.language.pronouns[tokens[i].low]
        if sort == "r":
            return self._antecedent(paragraph, tokens, i, source)
        if sort in "mf":
            source.gender = sort
            mention, source.lead = self._nearest(paragraph, tokens, i, sort)
            if mention:
                self._take(source, mention)
        return source

    def _take(self, source: Source, mention: Mention) -> None:
        """Let the pronoun refer to the person of this mention."""
        known = self.register.fullest(mention.words, mention.gender)
        source.speaker = known.printed if known else mention.printed
        self._leave_open(source, mention.words, mention.gender)

    def _leave_open(self, source: Source, words: tuple[str, ...], gender: str) -> None:
        """Mark a surname of two people as shared; it stays the speaker only if the text uses it often."""
        source.shared = self.register.is_shared(words, gender)
        if source.shared and self.register.uses[words] < CUSTOMARY:
            source.speaker = None

    def dropped(self, paragraph: int, at: int) -> Source | None:
        """The speaker of a verb without a subject (Spanish «explica»): the last one, or last person named."""
        mention, _ = self._nearest(paragraph, [], at, "")
        last = self.last
        if mention is None or (last and self.last_place >= (mention.paragraph, mention.first)):
            return last
        tokens = self.document.paragraphs[mention.paragraph].tokens
        start, end = tokens[mention.first].start, tokens[mention.last - 1].end
        source = Source(start, end, mention.printed, "pronoun", None)
        self._take(source, mention)
        return source if source.speaker else last

    def _antecedent(self, paragraph: int, tokens: list[Token], i: int, source: Source) -> Source:
        before = [m for m in self.register.by_paragraph.get(paragraph, ()) if m.last <= i]
        if before and i - before[-1].last <= 8:
            self._take(source, before[-1])
        return source

    def _nearest(
        self, paragraph: int, tokens: list[Token], i: int, gender: str
    ) -> tuple[Mention | None, float]:
        """The most salient mention before the pronoun, and its lead over that of another person."""
        best, best_score = None, -9.0
        best_name: tuple[str, ...] = ()
        scores: dict[tuple[str, ...], float] = {}
        here = None
        for number in range(paragraph, max(-1, paragraph - REACH), -1):
            for mention in reversed(self.register.by_paragraph.get(number, ())):
                if number == paragraph and mention.first >= i:
                    continue
                here = mention.sentence if here is None else here
                score = self._score(mention, here - mention.sentence, paragraph - number, gender)
                known = self.register.fullest(mention.words, mention.gender)
                name = known.words if known else mention.words
                scores[name] = max(score, scores.get(name, -9.0))
                if score > best_score:
                    best, best_score, best_name = mention, score, name
        others = [score for name, score in scores.items() if name != best_name]
        return best, best_score - max(others, default=-9.0)

    def _score(self, mention: Mention, sentences: int, paragraphs: int, gender: str) -> float:
        if self._leads_turn(mention):
            return -99.0
        known = self.register.fullest(mention.words, mention.gender)
        known_gender = self.register.gender_of(mention, known)
        if gender and known_gender and known_gender != gender:
            return -99.0
        if not self._may_be_he_or_she(mention, known):
            return -99.0
        weights = self.language.salience
        person = mention.titled or bool(known and known.person) or bool(known_gender)
        person = person or mention.words in self.register.people
        score = -weights["sentence"] * min(sentences, 8) - weights["paragraph"] * paragraphs
        score += weights["gender"] if known_gender else 0.0
        score += weights["person"] if person or mention.speaks else -weights["person"]
        score += weights["subject"] if mention.subject else 0.0
        score += weights["speaks"] if mention.speaks else 0.0
        score += weights["opens"] if mention.opens else 0.0
        score -= weights["possessive"] if mention.possessive else 0.0
        last = self.last
        if (
            last
            and last.sort != "description"
            and last.speaker == (known.printed if known else mention.printed)
        ):
            score += weights["last"]
        return score

    def _may_be_he_or_she(self, mention: Mention, known: Known | None) -> bool:
        """False for a name that is a newspaper's or a thing's, and for a German noun."""
        if mention.titled or (known and known.certain):
            return True
        if self.language.nouns_capitalised and len(mention.words) == 1:
            return bool(known or mention.gender)
        before = self.document.paragraphs[mention.paragraph].tokens[max(mention.first - 1, 0)]
        register = self.register
        if known is None and (mention.words in register.things or mention.paragraph in register.headings):
            return mention.words in register.people
        once = known is not None and len(known.mentions) == 1 and not known.person
        if once and before.low in self.language.determiners and not self.language.verb_first:
            return False  # «on the Corran Maid»
        named = known.printed if known else mention.printed
        return not is_no_person(named) and mention.words[-1] not in self.language.media

    def _leads_turn(self, mention: Mention) -> bool:
        """Whether the mention is the label of a turn, whose speaker is «I» there: «Tom Reyes: He said …»."""
        if mention.first:
            return False
        tokens = self.document.paragraphs[mention.paragraph].tokens[mention.last :][:LONGEST_LABEL]
        if not tokens or tokens[0].text not in ":,(":
            return False
        stop = next((token.text for token in tokens if token.text in ":.?!" or token.kind == QUOTE), "")
        return stop == ":"

"""Detects mentions of people and resolves short forms of a name to the full name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property

from articles.extraction.coreference.gender import gender_of_description, genders_by_pronouns
from articles.extraction.coreference.name_context import NameContext, is_credit
from articles.extraction.coreference.name_runs import (
    after_particles,
    after_titles,
    are_compatible,
    before_particles,
    folded,
    name_run_end,
    sounded,
    without_possessive,
)
from articles.extraction.coreference.name_usage import Mention, capitals_of, is_heading, people_and_things
from articles.extraction.full_names import PERSON, is_no_person, kind_of_full_name
from articles.extraction.languages.table import Language
from articles.extraction.tokenizer import (
    NAME,
    PUNCT,
    WORD,
    Document,
    Token,
)
from articles.text.not_people import PLACES

MOST_MENTIONS = 20_000

# Returns those of the names that speakers in the archive have.
NameLookup = Callable[[Collection[str]], Collection[str]]


def no_names(names: Collection[str]) -> Collection[str]:
    return ()


@dataclass(slots=True)
class Known:
    """A person or organisation with its full name in the text."""

    words: tuple[str, ...]
    printed: str
    gender: str = ""
    person: bool = False  # it may be one: a title or a given name of the list
    certain: bool = False  # words and contexts show that it is one
    mentions: list[Mention] = field(default_factory=list)


class MentionRegister:
    """All names of a text outside its quotes; resolves their short forms."""

    def __init__(self, document: Document, known_names: NameLookup = no_names):
        self.language = document.language
        self.context = NameContext(document.language)
        self.text = document.text
        self.mentions: list[Mention] = []
        self.by_paragraph: dict[int, list[Mention]] = defaultdict(list)
        self.full: dict[tuple[str, ...], Known] = {}
        self.by_last: dict[str, list[Known]] = defaultdict(list)
        self.by_first: dict[str, list[Known]] = defaultdict(list)
        self.by_middle: dict[str, list[Known]] = defaultdict(list)
        self._fullest: dict[tuple[tuple[str, ...], str], Known | None] = {}
        self.capitals = capitals_of(document)
        # In a heading any word may be capitalised: «Understated Perez raises hopes».
        self.headings = frozenset(n for n, p in enumerate(document.paragraphs) if is_heading(p))
        self.small = frozenset(t.low for p in document.paragraphs for t in p.tokens if t.kind == WORD)
        count = 0
        for number, paragraph in enumerate(document.paragraphs):
            if len(self.mentions) > MOST_MENTIONS:
                break
            credit = is_credit(paragraph.tokens, self.language)
            for sentence in paragraph.sentences:
                if not credit:
                    self._collect(number, paragraph.tokens, sentence.start, sentence.stop, count)
                count += 1
        for mention in self.mentions:
            if len(mention.words) > 1:
                self._learn(mention)
        self._learn_gender_of_titles()
        self.uses = Counter(mention.words for mention in self.mentions)
        for known in self.full.values():
            known.certain = self._is_used_as_person(known)
            known.person = known.person or known.certain
        stored = known_names([known.printed for known in self.full.values()])
        for known in self.full.values():
            if known.printed in stored:
                known.person = known.certain = True
        self.behind: MentionRegister | None = None
        self.people, self.things = people_and_things(document, self.mentions)
        self.presented = {m.words for m in self.mentions if m.titled or m.described}
        self.document = document

    @cached_property
    def genders(self) -> dict[tuple[str, ...], str]:
        """The gender of names by the pronouns beside them, for the names that may be of people."""
        gendered = self.language.gendered
        named = {
            number: [
                (m.first, m.last, self._whole(m), m.subject)
                for m in mentions
                if m.words not in self.things and not is_no_person(m.printed)
            ]
            for number, mentions in self.by_paragraph.items()
            if any(token.low in gendered for token in self.document.paragraphs[number].tokens)
        }
        return genders_by_pronouns(self.document, named)

    def _whole(self, mention: Mention) -> tuple[str, ...]:
        known = self.fullest(mention.words, mention.gender)
        return known.words if known else mention.words

    def gender_of(self, mention: Mention, known: Known | None) -> str:
        """The gender of a mention, by its title, its given name or the pronouns near its name."""
        gender = mention.gender or (known.gender if known else "")
        return gender or self.genders.get(known.words if known else mention.words, "")

    def surnames(self) -> frozenset[str]:
        """The folded surnames of all people with a full name."""
        return frozenset(known.words[-1] for known in self.full.values() if known.person)

    def fall_back_to(self, other: MentionRegister) -> None:
        """Use another part's names if this part has no full name."""
        self.behind = other
        self._fullest.clear()
        self.capitals |= other.capitals

    def _collect(self, number: int, tokens: list[Token], lo: int, hi: int, sentence: int) -> None:
        small, j = self.language.not_names, lo
        for i in [n for n, token in enumerate(tokens[lo:hi], lo) if token.kind == NAME]:
            if i < j or (tokens[i].low in small and self._is_plain(tokens, i, hi)):
                continue
            if i == lo and tokens[i].low in self.language.inverted and tokens[hi - 1].text == "?":
                continue  # «Will Okafor go?»
            j = name_run_end(tokens, i, hi, self.language)
            first = before_particles(tokens, i, lo, self.language)
            mention = self._mention(number, tokens, first, j, lo, hi, sentence)
            if mention:
                self.mentions.append(mention)
                self.by_paragraph[number].append(mention)

    def _is_plain(self, tokens: list[Token], i: int, hi: int) -> bool:
        """Whether a word in lower case without a particle, or nothing, follows the capitalised word."""
        following = i + 1
        return following == hi or (
            tokens[following].kind == WORD and after_particles(tokens, following, hi, self.language) is None
        )

    def _mention(
        self, number: int, tokens: list[Token], i: int, j: int, lo: int, hi: int, sentence: int
    ) -> Mention | None:
        begin, language = i, self.language
        i, gender, titled = after_titles(tokens, i, j, language)
        run = self._without_other_words(tokens[i:j])
        if len(run) > 2 and run[0].low in PLACES:
            # «the envoy for Iran Tom Reyes», «Mayor of London Tom Reyes»
            office = begin - 1 > lo and tokens[begin - 1].low in language.of
            run, titled = run[1:], titled or (office and tokens[begin - 2].low in language.titles)
            i = tokens.index(run[0], i)
        if not run or all(t.low in language.not_names or t.low in language.suffixes for t in run):
            return None
        words = tuple([folded(t.text) for t in run])
        if len(words) == 1 and i == lo and not self._opens_with_name(words[0], tokens, j, lo, hi):
            return None
        printed = " ".join(self.text[run[0].start : tokens[j - 1].end].split()) if j - i > 1 else run[0].text
        printed = without_possessive(printed)
        possessive = run[-1].text.endswith(("'s", "’s", "s'", "s’"))
        # «the Okafor campaign», «Okafor supporters»
        possessive = possessive or (j < hi and tokens[j].kind == WORD and tokens[j].low in language.roles)
        gender = gender or self._gender(words, tokens, begin, lo)
        verb = None if possessive else self.context.verb_after(tokens, j, hi)
        before = tokens[begin - 1] if begin > lo else None
        ties = self.language.prepositions if not self.language.nouns_capitalised else self.language.of
        subject = verb is not None and not (before and before.low in ties)
        subject = subject or self.context.is_predicate(tokens, begin, lo)
        speaks = subject and verb is not None and self.context.is_cue(verb.low)
        if not possessive and not speaks and self.context.verb_before(tokens, begin, lo):
            speaks = True
        return Mention(
            number,
            i,
            j,
            words,
            printed,
            gender,
            titled,
            sentence,
            subject,
            speaks,
            possessive,
            begin - lo < 3,
            self.context.is_described(tokens, begin, j, lo, hi),
        )

    def _without_other_words(self, run: list[Token]) -> list[Token]:
        """The tokens of a name without punctuation, and without words before it that are in no name."""
        language = self.language
        if len(run) > 1:
            run = [t for t in run if t.kind != PUNCT]
            while run and run[0].low in language.not_names and run[0].low not in language.given:
                if len(run) > 1 and run[1].low in language.particles:
                    break  # «Jan van den Bosch»
                run = run[1:]
        return run

    def _opens_with_name(self, word: str, tokens: list[Token], j: int, lo: int, hi: int) -> bool:
        """Whether the capitalised word that opens a sentence is a name: «Madonna, 33, …», not «Critics»."""
        if word in self.capitals or word in self.language.given:
            return True
        if word in self.small or word.endswith("s") or word in self.language.roles:
            return False
        return self.context.is_described(tokens, lo, j, lo, hi)

    def _gender(self, words: tuple[str, ...], tokens: list[Token], begin: int, lo: int) -> str:
        """The gender by the given name, or by the role or description before the name."""
        gender = self.language.given.get(words[0], "") if len(words) > 1 else ""
        if not gender and begin > lo:
            gender = self.language.role_gender.get(tokens[begin - 1].low, "")
            gender = gender or gender_of_description(tokens, begin, lo, self.language)
        return gender

    def _learn(self, mention: Mention) -> None:
        known = self.full.get(mention.words)
        if known is None:
            known = self.full[mention.words] = Known(mention.words, mention.printed)
            last = mention.words[-1]
            if last in self.language.suffixes and len(mention.words) > 2:
                last = mention.words[-2]
            self.by_last[sounded(last)].append(known)
            self.by_first[mention.words[0]].append(known)
            for word in mention.words[1:-1]:
                if len(word) > 1:
                    self.by_middle[word].append(known)
        known.gender = known.gender or mention.gender
        known.person = known.person or mention.titled or mention.words[0] in self.language.given
        known.mentions.append(mention)

    def _learn_gender_of_titles(self) -> None:
        """Learn that Juno Castell is a woman from «Mrs Castell», if only one full name fits."""
        alone = (m for m in self.mentions if len(m.words) == 1)
        titled = {(m.words[0], m.gender) for m in alone if m.titled and m.gender}
        for surname, gender in titled:
            known = self.by_last.get(sounded(surname), [])
            opposite = any(word == surname and other != gender for word, other in titled)
            if len(known) == 1 and not known[0].gender and not opposite:
                known[0].gender = gender

    def _is_used_as_person(self, known: Known) -> bool:
        """Whether words and contexts of a name are a person's; a list of given names is one of the signs."""
        if is_no_person(known.printed):
            return False
        titled = any(m.titled for m in known.mentions)
        listed = known.words[0] in self.language.given
        if kind_of_full_name(known.printed) != PERSON or self.language.nouns_capitalised:
            return titled or listed
        shown = [m for m in known.mentions if m.paragraph not in self.headings]
        if titled or any(m.described for m in shown):
            return True
        plural = known.words[-1].endswith("s") and not listed
        rest = [word for word in known.words[not listed :] if word not in self.language.particles]
        if plural or any(word in self.small for word in rest):
            return False
        speaks, acts = any(m.speaks for m in shown), any(m.subject or m.possessive for m in shown)
        alone = self.uses[known.words[-1:]] > 0  # the surname by itself
        return bool(shown) and (listed or (alone and speaks and acts))

    def fullest(self, words: tuple[str, ...], gender: str = "") -> Known | None:
        """The full name that these words can stand for; None if there is none or more than one."""
        key = (words, gender)
        if key not in self._fullest:
            self._fullest[key] = self._find_fullest(words, gender)
        return self._fullest[key]

    def _find_fullest(self, words: tuple[str, ...], gender: str) -> Known | None:
        if not words:
            return None
        if len(words) > 1:
            return self._longest_of(words)
        fits = self._with_surname(words[0], gender)
        if not fits:
            # «Ada» of «Ada Okafor»; in some countries the family name is the first one.
            listed = words[0] in self.language.given
            people = [
                k
                for k in self.by_first.get(words[0], ())
                if (k.person and listed) or (self._has_family_name_first(k) and not self.uses[k.words[-1:]])
            ]
            fits = _one_person(people, self._may_be_person, self.language)
            fits = fits or self._with_middle_name(words)
            if len(fits) == 1:
                return self._longest_of(fits[0].words)
        if not fits and self.behind is not None:
            return self.behind.fullest(words, gender)
        return fits[0] if len(fits) == 1 else None

    def _has_family_name_first(self, known: Known) -> bool:
        """Whether the first word of a name may be used alone: «Nguyen» of «Nguyen Van Thuy»."""
        if known.certain or self.language.nouns_capitalised:
            return known.certain
        named = any(m.subject or m.described for m in known.mentions if m.paragraph not in self.headings)
        return named and known.words[:1] in self.people and kind_of_full_name(known.printed) == PERSON

    def _with_middle_name(self, words: tuple[str, ...]) -> list[Known]:
        """The person with these words in the middle of the name: «Suu», «bin Salim», a first surname."""
        size = len(words)
        fits = [
            k
            for k in self.by_middle.get(words[-1], ())
            if k.certain or (words in self.people and kind_of_full_name(k.printed) == PERSON)
            if words in {k.words[n : n + size] for n in range(1, len(k.words) - size)}
        ]
        return _one_person(fits, self._may_be_person, self.language)

    def is_evident(self, words: tuple[str, ...], known: Known | None, name: str) -> bool:
        """Whether a name is clearly of a person or a body: by the text around it, or by its form."""
        shown = words in self.presented or bool(known and (known.certain or known.words in self.presented))
        return shown or kind_of_full_name(name) is not None

    def is_shared(self, words: tuple[str, ...], gender: str = "") -> bool:
        """Whether two people of the text have this surname, so that it identifies neither."""
        return len(words) == 1 and len(self._with_surname(words[0], gender)) > 1

    def _with_surname(self, surname: str, gender: str) -> list[Known]:
        fits = [
            k
            for k in self.by_last.get(sounded(surname), ())
            if not gender or not k.gender or k.gender == gender
        ]
        fits = [k for k in fits if gender and k.gender == gender] or fits
        return _one_person(fits, self._may_be_person, self.language)

    def _may_be_person(self, known: Known) -> bool:
        """Whether a name whose given name is in no list («Ketil Brun») is used like a person's name."""
        language = self.language
        if known.person or language.nouns_capitalised:
            return known.person
        before = [word for word in known.printed.split()[:-1] if word not in language.particles]
        if any((word.isupper() and len(word) > 2) or self._is_common(folded(word)) for word in before):
            return False
        if len(before) > 2 or any("-" in word and word.partition("-")[2][:1].islower() for word in before):
            return False
        return any(
            m.paragraph not in self.headings
            and (m.subject or (known.words[0] in self.capitals and not m.possessive))
            # «Chasing Okafor, the board …»
            and not (known.words[0] not in self.capitals and known.words[0].endswith(("ed", "ing")))
            for m in known.mentions
        )

    def _is_common(self, word: str) -> bool:
        """Whether the word is a role, a title or a reporting verb, or is in small letters in this text."""
        language = self.language
        return (
            word in self.small
            or word in language.roles
            or word in language.titles
            or word in language.say
            or word in language.write
        )

    def _longest_of(self, words: tuple[str, ...]) -> Known | None:
        same_surname = self.by_last.get(sounded(words[-1]), ())
        # «Van den Bosch» of «Johannes van den Bosch», «Mac an Bhaird» of «Sean Mac an Bhaird»
        surname = words[0] in self.language.particles or words[0] not in self.language.given
        longer = [
            k
            for k in same_surname
            if surname and len(k.words) > len(words) and k.words[-len(words) :] == words
            if not is_no_person(k.printed)
        ]
        longer = _one_person(longer, self._may_be_person, self.language)
        if not longer and words[0] in self.language.particles:
            longer = self._with_middle_name(words)
        if longer:
            return longer[0] if len(longer) == 1 else self.full.get(words)
        same = [k for k in same_surname if are_compatible(k.words, words)]
        # Of equally long forms the first one printed is used.
        return max(same, key=lambda k: len(k.words)) if same else self.full.get(words)


def _one_person(fits: list[Known], may_be_person: Callable[[Known], bool], language: Language) -> list[Known]:
    """Merge forms of one name; people have priority over organisations named after them."""
    if len(fits) < 2:
        return fits
    people = [k for k in fits if may_be_person(k)] or fits
    # «Van den Bosch» is the surname of «Johannes van den Bosch».
    people = [k for k in people if k.words[0] not in language.particles] or people
    distinct: list[Known] = []
    for known in sorted(people, key=lambda k: -len(k.words)):
        # «Praises Ada Okafor» in a headline is not another Okafor.
        within = any(known.words[-len(o.words) :] == o.words for o in people if o is not known)
        if not within and not any(are_compatible(known.words, other.words) for other in distinct):
            distinct.append(known)
    return distinct

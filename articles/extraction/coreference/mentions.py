"""Detects mentions of people and resolves short forms of a name to the full name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from articles.extraction.coreference.gender import gender_of_description
from articles.extraction.languages.table import Language
from articles.extraction.tokenizer import DIGIT, NAME, PUNCT, WORD, Document, Paragraph, Token

MOST_MENTIONS = 20_000
LONGEST_NAME = 8
MOST_PARTICLES = 4
ENDINGS = frozenset(".!?…:") | {""}  # a quote's token has no text


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """The word without case, accents and possessive ending: «Núñez’s» and «Nunez» are equal."""
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    word = word.strip(".'’")
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))


def without_possessive(text: str) -> str:
    """The text without a final «'s» or apostrophe."""
    return text[:-2] if text.endswith(("'s", "’s")) else text.rstrip("'’")


@dataclass(slots=True)
class Mention:
    """A name in the text outside quotes, with features of its sentence."""

    paragraph: int
    first: int  # token numbers, half-open
    last: int
    words: tuple[str, ...]  # folded, without titles
    printed: str  # without titles
    gender: str
    titled: bool
    sentence: int  # number in the whole text
    subject: bool  # a verb follows and no preposition precedes
    speaks: bool  # that verb is a cue
    possessive: bool
    opens: bool  # its sentence


@dataclass(slots=True)
class Known:
    """A person or organisation with its full name in the text."""

    words: tuple[str, ...]
    printed: str
    gender: str = ""
    person: bool = False
    mentions: list[Mention] = field(default_factory=list)


class MentionRegister:
    """All names of a text outside its quotes; resolves their short forms."""

    def __init__(self, document: Document, known_names: Iterable[str] = ()):
        self.language = document.language
        self.text = document.text
        self.mentions: list[Mention] = []
        self.by_paragraph: dict[int, list[Mention]] = defaultdict(list)
        self.full: dict[tuple[str, ...], Known] = {}
        self.by_last: dict[str, list[Known]] = defaultdict(list)
        self.by_first: dict[str, list[Known]] = defaultdict(list)
        self.capitals = _capitals(document)
        # In a heading any word may be capitalised: «Understated Perez raises hopes».
        self.headings = frozenset(n for n, p in enumerate(document.paragraphs) if _is_heading(p))
        self.small = frozenset(t.low for p in document.paragraphs for t in p.tokens if t.kind == WORD)
        count = 0
        for number, paragraph in enumerate(document.paragraphs):
            if len(self.mentions) > MOST_MENTIONS:
                break
            for sentence in paragraph.sentences:
                self._collect(number, paragraph.tokens, sentence.start, sentence.stop, count)
                count += 1
        for mention in self.mentions:
            if len(mention.words) > 1:
                self._learn(mention)
        for name in known_names:
            known = self.full.get(tuple(folded(word) for word in name.split()))
            if known:
                known.person = True
        self.uses = Counter(mention.words for mention in self.mentions)
        self.behind: MentionRegister | None = None

    def surnames(self) -> frozenset[str]:
        """The folded surnames of all people with a full name."""
        return frozenset(known.words[-1] for known in self.full.values() if known.person)

    def fall_back_to(self, other: MentionRegister) -> None:
        """Use another part's names if this part has no full name."""
        self.behind = other
        self.capitals |= other.capitals

    def _collect(self, number: int, tokens: list[Token], lo: int, hi: int, sentence: int) -> None:
        small, j = self.language.not_names, lo
        for i in [n for n in range(lo, hi) if tokens[n].kind == NAME]:
            if i < j or (tokens[i].low in small and (i + 1 == hi or tokens[i + 1].kind == WORD)):
                continue
            j = name_run_end(tokens, i, hi, self.language)
            mention = self._mention(number, tokens, i, j, lo, hi, sentence)
            if mention:
                self.mentions.append(mention)
                self.by_paragraph[number].append(mention)

    def _mention(
        self, number: int, tokens: list[Token], i: int, j: int, lo: int, hi: int, sentence: int
    ) -> Mention | None:
        begin = i
        language = self.language
        i, gender, titled = after_titles(tokens, i, j, language)
        run = tokens[i:j]
        if len(run) > 1:
            run = [t for t in run if t.kind != PUNCT]
            while run and run[0].low in language.not_names and run[0].low not in language.given:
                run = run[1:]
        if not run or (run[0].low in language.not_names and all(t.low in language.not_names for t in run)):
            return None
        words = tuple([folded(t.text) for t in run])
        if len(words) == 1 and i == lo and words[0] not in self.capitals and words[0] not in language.given:
            return None
        printed = " ".join(self.text[run[0].start : tokens[j - 1].end].split()) if j - i > 1 else run[0].text
        printed = without_possessive(printed)
        if not gender:
            gender = self.language.given.get(words[0], "") if len(words) > 1 else ""
        possessive = run[-1].text.endswith(("'s", "’s", "s'", "s’"))
        # «the Okafor campaign», «Okafor supporters»
        possessive = possessive or (j < hi and tokens[j].kind == WORD and tokens[j].low in language.roles)
        if not gender and begin > lo:
            gender = language.role_gender.get(tokens[begin - 1].low, "")
            gender = gender or gender_of_description(tokens, begin, lo, language)
        verb = None if possessive else self._verb_after(tokens, j, hi)
        before = tokens[begin - 1] if begin > lo else None
        ties = self.language.prepositions if not self.language.nouns_capitalised else self.language.of
        subject = verb is not None and not (before and before.low in ties)
        speaks = subject and verb is not None and self._is_cue(verb.low)
        if not possessive and not speaks and self._verb_before(tokens, begin, lo):
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
        )

    def _is_cue(self, low: str) -> bool:
        language = self.language
        return low in language.say or low in language.tell or low in language.think or low in language.write

    def _verb_before(self, tokens: list[Token], begin: int, lo: int) -> bool:
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

    def _verb_after(self, tokens: list[Token], j: int, hi: int) -> Token | None:
        """The verb whose subject this name seems to be; an apposition between commas is skipped."""
        if j < hi and tokens[j].text == "(":
            j = next((k + 1 for k in range(j, min(j + 8, hi)) if tokens[k].text == ")"), j)
        apposed = j + 1 < hi and tokens[j].text == "," and self._is_cue(tokens[j + 1].low)
        if apposed:
            j += 1
        elif j < hi and tokens[j].text == ",":
            j = next((k + 1 for k in range(j + 1, min(j + 20, hi)) if tokens[k].text == ","), hi)
        while j < hi and tokens[j].kind == WORD and tokens[j].low in self.language.adverbs:
            j += 1
        if j >= hi or tokens[j].kind != WORD:
            return None
        low, language = tokens[j].low, self.language
        verbal = low in language.auxiliaries or low in language.verbs or self._is_cue(low)
        verbal = verbal or low.endswith(language.verb_endings or ("\0",))
        return tokens[j] if verbal and low not in language.prepositions else None

    def _learn(self, mention: Mention) -> None:
        known = self.full.get(mention.words)
        if known is None:
            known = self.full[mention.words] = Known(mention.words, mention.printed)
            last = mention.words[-1]
            if last in self.language.suffixes and len(mention.words) > 2:
                last = mention.words[-2]
            self.by_last[sounded(last)].append(known)
            self.by_first[mention.words[0]].append(known)
        known.gender = known.gender or mention.gender
        known.person = known.person or mention.titled or mention.words[0] in self.language.given
        known.mentions.append(mention)

    def fullest(self, words: tuple[str, ...], gender: str = "") -> Known | None:
        """The full name that these words can stand for; None if there is none or more than one."""
        if not words:
            return None
        if len(words) > 1:
            return self._longest_of(words)
        fits = self._with_surname(words[0], gender)
        if not fits and words[0] in self.language.given:
            people = [k for k in self.by_first.get(words[0], ()) if k.person]
            fits = _one_person(people, self._may_be_person, self.language)
        if not fits and self.behind is not None:
            return self.behind.fullest(words, gender)
        return fits[0] if len(fits) == 1 else None

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
        no_name = language.roles | language.titles.keys() | language.say | language.write | self.small
        before = known.printed.split()[:-1]
        if any(folded(word) in no_name or (word.isupper() and len(word) > 2) for word in before):
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

    def _longest_of(self, words: tuple[str, ...]) -> Known | None:
        same_surname = self.by_last.get(sounded(words[-1]), ())
        if words[0] in self.language.particles:
            # «Van den Bosch» of «Johannes van den Bosch»
            longer = [
                k for k in same_surname if len(k.words) > len(words) and k.words[-len(words) :] == words
            ]
            longer = _one_person(longer, self._may_be_person, self.language)
            return longer[0] if len(longer) == 1 else self.full.get(words)
        same = [k for k in same_surname if _compatible(k.words, words)]
        # Of equally long forms the first one printed is used.
        return max(same, key=lambda k: len(k.words)) if same else self.full.get(words)


def _is_heading(paragraph: Paragraph) -> bool:
    last = paragraph.tokens[-1] if paragraph.tokens else None
    return last is not None and last.kind in (NAME, WORD, DIGIT)


def _capitals(document: Document) -> frozenset[str]:
    """Words capitalised in mid-sentence; a capital at the start of a sentence proves nothing."""
    pairs = (pair for paragraph in document.paragraphs for pair in pairwise(paragraph.tokens))
    found = {token.text for before, token in pairs if token.kind == NAME and before.text not in ENDINGS}
    return frozenset(map(folded, found))


SOUNDS = (
    ("sch", "sh"), ("sz", "sh"), ("cz", "ch"), ("tsch", "ch"), ("kh", "h"), ("ph", "f"), ("ck", "k"),
    ("ł", "l"), ("w", "v"), ("j", "i"), ("y", "i"), ("ii", "i"), ("c", "k"), ("z", "s"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def sounded(word: str) -> str:
    """A phonetic key that unites transliterations: «Władimir», «Wladimir», «Vladimir»."""
    for printed, sound in SOUNDS:
        word = word.replace(printed, sound)
    return re.sub(r"(.)\1", r"\1", word)


def _compatible(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names may be forms of one: «Donald J. Reyes», «Donald Reyes», «D. Reyes»."""
    if a[-1] != b[-1] and sounded(a[-1]) != sounded(b[-1]):
        return False
    if a[0] == b[0] or sounded(a[0]) == sounded(b[0]):
        return True
    return (len(a[0]) == 1 or len(b[0]) == 1) and a[0][0] == b[0][0]


def _one_person(fits: list[Known], may_be_person: Callable[[Known], bool], language: Language) -> list[Known]:
    """Merge forms of one name; people have priority over organisations named after them."""
    people = [k for k in fits if may_be_person(k)] or fits
    # «Van den Bosch» is the surname of «Johannes van den Bosch».
    people = [k for k in people if k.words[0] not in language.particles] or people
    distinct: list[Known] = []
    for known in sorted(people, key=lambda k: -len(k.words)):
        # «Praises Ada Okafor» in a headline is not another Okafor.
        within = any(known.words[-len(o.words) :] == o.words for o in people if o is not known)
        if not within and not any(_compatible(known.words, other.words) for other in distinct):
            distinct.append(known)
    return distinct


def name_run_end(tokens: list[Token], i: int, hi: int, language: Language) -> int:
    """The end of the run of capitalised words that begins at `i`."""
    j = i + 1
    while j < hi and j - i < LONGEST_NAME:
        token = tokens[j]
        before = tokens[j - 1]
        if before.text.endswith(("'s", "’s")):
            break
        # Not of German «die Aussage von Okafor».
        noun = language.nouns_capitalised and j > 1 and tokens[j - 2].low in language.determiners
        name = None if noun else after_particles(tokens, j, hi, language)
        if name is not None:
            j = name + 1
            continue
        # Function words and days end a name («Herald Saturday», «Reyes On»); «May» may be a given name.
        if token.low in language.not_names and token.low not in language.given and token.kind == NAME:
            break
        if token.kind == NAME or (
            token.text == "."
            and before.end == token.start
            and j + 1 < hi
            and (
                len(before.text) == 1 or before.low in language.abbreviations or before.low in language.titles
            )
        ):
            j += 1
        else:
            break
    while j > i + 1 and tokens[j - 1].kind != NAME and not _is_suffix_dot(tokens, j, language):
        j -= 1
    return j


def _is_suffix_dot(tokens: list[Token], j: int, language: Language) -> bool:
    """Whether the dot belongs to the name: «Tom Reyes Jr.», «Mirek T.»."""
    initial = len(tokens[j - 2].text) == 1 and tokens[j - 2].kind == NAME
    return tokens[j - 1].text == "." and (initial or tokens[j - 2].low in language.suffixes)


def after_particles(tokens: list[Token], j: int, hi: int, language: Language) -> int | None:
    """The token of the name after the particles that begin at `j`: «van den Bosch», «von und zu»."""
    if j and tokens[j].low == "an":  # a particle only in Irish names: «Mac an Bhaird»
        return j + 1 if tokens[j - 1].low == "mac" and j + 1 < hi and tokens[j + 1].kind == NAME else None
    if tokens[j].low == "of" or tokens[j].low not in language.particles:
        return None
    k = j
    while k < hi and k - j < MOST_PARTICLES and _is_particle(tokens, k, k > j, language):
        k += 1
    return k if j < k < hi and tokens[k].kind == NAME else None


def _is_particle(tokens: list[Token], k: int, within: bool, language: Language) -> bool:
    token = tokens[k]
    if within and (token.text in ("'", "’") or token.low in ("t", "und")):
        return True
    return token.kind == WORD and token.low in language.particles


def after_titles(tokens: list[Token], i: int, j: int, language: Language) -> tuple[int, str, bool]:
    """The start of the name after its titles, the gender that they imply, and whether there are any."""
    gender, titled, at = "", False, i
    for k in range(i, j - 1):
        low = tokens[k].low
        if low in language.titles or low.endswith(language.role_endings or ("\0",)):
            gender = language.titles.get(low, "") or gender
            titled = titled or low not in language.modifiers
            at = k + 1
            if at < j and tokens[at].text == ".":
                at += 1
    if at >= j:
        return i, gender, titled
    if at == i and i and tokens[i - 1].low in language.titles and tokens[i - 1].low not in language.modifiers:
        # A title in lower case: «the mayor Ada Okafor», «campaign manager Tom Reyes».
        return i, language.titles[tokens[i - 1].low], True
    return at, gender, titled

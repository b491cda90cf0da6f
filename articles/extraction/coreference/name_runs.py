"""Names as runs of tokens, and as words that are compared: particles, titles, transliterations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from articles.extraction.languages.table import Language
from articles.extraction.tokenizer import NAME, WORD, Token, is_initial, is_initial_at
from articles.text.not_people import OCCUPATIONS

LONGEST_NAME = 8
MOST_PARTICLES = 4


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


SOUNDS = (
    ("sch", "sh"), ("sz", "sh"), ("cz", "ch"), ("tsch", "ch"), ("kh", "h"), ("ph", "f"), ("ck", "k"),
    ("ł", "l"), ("w", "v"), ("j", "i"), ("y", "i"), ("ii", "i"), ("c", "k"), ("z", "s"),
)  # fmt: skip


ARTICLE = re.compile(r"^(?:al|el|a[dnrstz]|ash)-(?=\w{3})")  # «al-Rashid» is «Rashid» too


@lru_cache(maxsize=4096)
def sounded(word: str) -> str:
    """A phonetic key that unites transliterations: «Władimir», «Wladimir», «Vladimir»."""
    word = ARTICLE.sub("", word)
    for printed, sound in SOUNDS:
        word = word.replace(printed, sound)
    return re.sub(r"(.)\1", r"\1", word)


def are_compatible(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names may be forms of one: «Donald J. Reyes», «Donald Reyes», «D. Reyes»."""
    if a[-1] != b[-1] and sounded(a[-1]) != sounded(b[-1]):
        return False
    if a[0] == b[0] or sounded(a[0]) == sounded(b[0]):
        return True
    return (len(a[0]) == 1 or len(b[0]) == 1) and a[0][0] == b[0][0]


def name_run_end(tokens: list[Token], i: int, hi: int, language: Language) -> int:
    """The end of the run of capitalised words that begins at `i`."""
    j = i + 1
    while j < hi and j - i < LONGEST_NAME:
        token = tokens[j]
        before = tokens[j - 1]
        if before.text.endswith(("'s", "’s")):
            break
        noun = language.nouns_capitalised and _is_noun(tokens, j - 1, language)
        name = None if noun else after_particles(tokens, j, hi, language)
        if name is not None:
            j = name + 1
            continue
        # Function words and days end a name («Herald Saturday», «Reyes On»); «May» may be a given name.
        small = token.low in language.not_names and token.low not in language.given
        if small and token.kind == NAME and not is_initial_at(tokens, j):
            break
        if token.kind == NAME or (
            token.text == "."
            and before.end == token.start
            and j + 1 < hi
            and (is_initial(before) or before.low in language.abbreviations or before.low in language.titles)
        ):
            j += 1
        else:
            break
    while j > i + 1 and tokens[j - 1].kind != NAME and not _is_suffix_dot(tokens, j, language):
        j -= 1
    return j


def _is_noun(tokens: list[Token], k: int, language: Language) -> bool:
    """Whether a German word before «von» is no name: «die Aussage von Okafor», «Leiterin von Aldeburg»."""
    determined = k > 0 and tokens[k - 1].low in language.determiners
    return determined or tokens[k].low.endswith(language.role_endings)


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


def before_particles(tokens: list[Token], i: int, lo: int, language: Language) -> int:
    """The first of the small particles before the name at `i`: «van» of «van der Zee»."""
    if language.nouns_capitalised:
        return i  # «von Sicherheitskräften»
    small = (language.of, language.prepositions, language.determiners, language.conjunctions)
    first = i
    while first > max(lo, i - MOST_PARTICLES) and tokens[first - 1].kind == WORD:
        low = tokens[first - 1].low
        if low not in language.particles or low in language.pronouns or any(low in words for words in small):
            break
        first -= 1
    return first


def _is_particle(tokens: list[Token], k: int, within: bool, language: Language) -> bool:
    token = tokens[k]
    if within and (token.text in ("'", "’") or token.low in ("t", "und")):
        return True
    return token.kind == WORD and token.low in language.particles


def _is_calling(tokens: list[Token], k: int, j: int, language: Language) -> bool:
    """Whether an occupation precedes a name of two words: «Farmer Ada Okafor», but not «Farmer Okafor»."""
    low = tokens[k].low
    calling = low in language.personal_roles or (language.personal_roles and low in OCCUPATIONS)
    return bool(calling) and low not in language.given and sum(t.kind == NAME for t in tokens[k + 1 : j]) > 1


def after_titles(tokens: list[Token], i: int, j: int, language: Language) -> tuple[int, str, bool]:
    """The start of the name after its titles, the gender that they imply, and whether there are any."""
    gender, titled, at = "", False, i
    for k in range(i, j - 1):
        low = tokens[k].low
        if (
            low in language.titles
            or low.endswith(language.role_endings)
            or (k == at and _is_calling(tokens, k, j, language))
        ):
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

"""Case and accent folding for search, in Python and, from the same table, in SQL.

Removes case, accents, ligatures, full width and soft hyphens; only letters and digits are parts of words.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from articles.text.folding_table import CAPITALS, LETTERS, REMOVED, SYMBOLS

# Stored with every document; documents of another version are folded again.
FOLD_VERSION = 1

# Letters that NFKD does not decompose: typed without their strokes, or written as two letters.
PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "ħ": "h", "ŧ": "t", "ς": "σ"}
PAIRS = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
# «2½» is two words, not «21 2».
FRACTIONS = "00BC-00BE 2150-215F 2189"
# Scripts without blanks between words: each character is a word, and a written word is a phrase.
UNSPACED = (
    "3005-3007 3041-3096 309D-309F 30A1-30FA 30FC-30FF 31F0-31FF 3400-4DBF 4E00-9FFC 20000-2FFFF 30000-3FFFF"
)
VOICED = "3099-309A"
# The index numbers the characters of these scripts, and of Thai, Lao, Khmer and Burmese, and stores them in
# pairs. A character is a letter with the marks after it.
SPACELESS = (
    f"{UNSPACED} 0E01-0E30 0E32-0E33 0E40-0E46 0E81-0EB0 0EB2-0EB3 0EBD 0EC0-0EC6 0EDC-0EDF 1000-102A 103F"
    " 1050-1055 105A-105D 1061 1065-1066 106E-1070 1075-1081 108E 1780-17B3 17D7 17DC A9E0-A9E4 A9E6-A9EF"
    " A9FA-A9FE AA60-AA76 AA7A AA7E-AA7F"
)
SPACELESS_MARKS = (
    f"{VOICED} 0E31 0E34-0E3A 0E47-0E4E 0EB1 0EB4-0EBC 0EC8-0ECD 102B-103E 1056-1059 105E-1060 1062-1064"
    " 1067-106D 1071-1074 1082-108D 108F 109A-109D 17B4-17D3 17DD A9E5 AA7B-AA7D"
)


class Word(NamedTuple):
    """A folded word and its span in the original text."""

    text: str
    start: int
    end: int


class Ranges:
    """A set of code points, written as `XXXX-YYYY XXXX …`."""

    def __init__(self, written: str) -> None:
        self.pairs = sorted(_pair(item) for item in written.split())
        self._starts = [first for first, _ in self.pairs]

    def __contains__(self, point: int) -> bool:
        at = bisect_right(self._starts, point) - 1
        return at >= 0 and point <= self.pairs[at][1]

    def points(self) -> list[int]:
        return [point for first, last in self.pairs for point in range(first, last + 1)]

    def brackets(self) -> str:
        """The inside of a bracket expression for Python and PostgreSQL."""
        return "".join(
            _escape(first) if first == last else f"{_escape(first)}-{_escape(last)}"
            for first, last in self.pairs
        )


def _pair(item: str) -> tuple[int, int]:
    first, _, last = item.partition("-")
    return int(first, 16), int(last or first, 16)


def _escape(point: int) -> str:
    return f"\\U{point:08X}" if point > 0xFFFF else f"\\u{point:04X}"


def _capitals(written: str) -> dict[int, int]:
    small = {}
    for first, last, step, distance in re.findall(
        r"([0-9A-F]+)(?:-([0-9A-F]+))?(?:/(\d))?([+-]\d+)", written
    ):
        points = range(int(first, 16), int(last or first, 16) + 1, int(step or 1))
        small.update({point: point + int(distance) for point in points})
    return small


_LETTERS, _REMOVED, _FRACTIONS = Ranges(LETTERS), Ranges(REMOVED), Ranges(FRACTIONS)
_KEPT = Ranges(f"002E {LETTERS} {SYMBOLS} {REMOVED}")
_SMALL = _capitals(CAPITALS)
_UNSPACED_RUN = re.compile(f"([{Ranges(UNSPACED).brackets()}][{Ranges(VOICED).brackets()}]?)")
# A dot between two single letters joins them: U.S. = us. The text has only letters, digits, dots and blanks.
# The dot comes first because searching one character is much faster than a look-behind at each.
_JOINING = re.compile(r"\.(?<![^ .][^ .]\.)(?<=[^ .0-9]\.)(?=[^ .0-9](?![^ .]))")
_RUN = re.compile(r"[^ .]+")
# Replaces a joining dot where lengths must not change; it never occurs in folded text.
_JOINED = "\1"
_UNSURE = "\0"
_CHARACTER = re.compile(f"[{Ranges(SPACELESS).brackets()}][{Ranges(SPACELESS_MARKS).brackets()}{_JOINED}]*")
_SPACELESS_RUN = re.compile(f"(?:{_CHARACTER.pattern})+")


class _Table(dict):
    """A translation table that computes a code point on first use."""

    def __missing__(self, point: int) -> str:
        value = self.work_out(point)
        if point <= 0xFFFF:
            self[point] = value
        return value

    def work_out(self, point: int) -> str:
        raise NotImplementedError


class _Known(_Table):
    """Keeps code points that every Unicode version treats alike; all others become blanks."""

    def work_out(self, point: int) -> str:
        if point not in _KEPT:
            return " "
        return f" {chr(point)}" if point in _FRACTIONS else chr(point)


class _Plain(_Table):
    """From one NFKD character to its folded form."""

    def work_out(self, point: int) -> str:
        if point in _REMOVED:
            return ""
        small = chr(_SMALL.get(point, point))
        if point in _LETTERS:
            return PLAIN.get(small) or PAIRS.get(small) or small
        return "." if small == "." else " "


class _Whole(_Table):
    """From one original character to its fold, if that does not depend on its neighbours."""

    def work_out(self, point: int) -> str:
        folded = _fold_character(chr(point))
        alone = len(folded) == 1 and not unicodedata.combining(folded) and not _CHARACTER.match(folded)
        return folded if alone else _UNSURE


_KNOWN, _PLAIN, _WHOLE = _Known(), _Plain(), _Whole()


def _fold_character(character: str) -> str:
    return unicodedata.normalize("NFKD", character.translate(_KNOWN)).translate(_PLAIN)


_ASCII = {point: _WHOLE[point] for point in range(128)}
_TYPOGRAPHY = "“”‘’–—…\u00a0"


def _fold_whole(text: str) -> str:
    """Fold each character to one character; undecidable ones become `_UNSURE`."""
    # Most texts are ASCII except for their typography, and ASCII is translated much faster.
    plain = text
    if not text.isascii():
        for mark in _TYPOGRAPHY:
            plain = plain.replace(mark, " ")
    return plain.translate(_ASCII) if plain.isascii() else text.translate(_WHOLE)


def fold(text: str) -> str:
    """The folded words of a text, joined by blanks.

    >>> fold("The “Núñez” plan: well-being in the U.S.")
    'the nunez plan well being in the us'
    """
    return " ".join(words(text))


def name_key(name: str) -> str:
    """Return the name without accents, case, apostrophes, hyphens and spaces.

    Two names with the same key are spellings of one name. The server has it as `archive_name_key`.

    >>> name_key("Jean-Luc O’Neill") == name_key("JEAN LUC ONeill")
    True
    """
    return fold(name).replace(" ", "")


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    folded = _fold_whole(text)
    if _UNSURE in folded:
        folded = _UNSPACED_RUN.sub(r" \1 ", _fold_character(text))
    return _JOINING.sub("", folded).replace(".", " ").split()


def words_in_place(text: str) -> list[Word]:
    """The folded words of a text with their spans in the original.

    >>> words_in_place("the “U.S.” plan")[1]
    Word(text='us', start=5, end=8)
    """
    folded = _fold_whole(text)
    if _UNSURE in folded:
        return _words_in_place(text)
    folded = _JOINING.sub(_JOINED, folded)
    texts = folded.replace(_JOINED, "").replace(".", " ").split()
    return [Word(word, *place) for word, place in zip(texts, _runs(folded), strict=True)]


def index_words(text: str) -> list[str]:
    """The words of a text as the index numbers them: a pair for each character of a script without spaces.

    >>> index_words("the 東京都 plan")
    ['the', '東京', '京都', '都', 'plan']
    """
    folded = _fold_whole(text)
    if _UNSURE in folded:
        folded = _fold_character(text)
        if _CHARACTER.search(folded):
            return [word.text for word in _index_words_in_place(text)]
    return _JOINING.sub("", folded).replace(".", " ").split()


def index_word_spans(text: str) -> list[tuple[int, int]]:
    """The spans of the words of `index_words`; of a pair, the span of its first character.

    >>> index_word_spans("the “U.S.” plan")[1]
    (5, 8)
    """
    folded = _fold_whole(text)
    if _UNSURE in folded:
        return [(word.start, word.end) for word in _index_words_in_place(text)]
    return _runs(_JOINING.sub(_JOINED, folded))


def query_words(text: str) -> list[str]:
    """The words of a query; characters of a script without spaces, side by side, are one word.

    >>> query_words("AKB48の歌")
    ['akb48', 'の歌']
    """
    folded = _fold_whole(text)
    if _UNSURE not in folded:
        return words(text)
    runs = _RUN.findall(_with_joined_dots(_fold_character(text)))
    return [_normal(run[first:last]) for run in runs for first, last in _by_script(run)]


def characters(word: str) -> list[str]:
    """The characters of a word of `query_words` in a script without spaces; empty for any other word.

    >>> characters("東京"), characters("กิน"), characters("flood")
    (['東', '京'], ['กิ', 'น'], [])
    """
    return _CHARACTER.findall(word) if _CHARACTER.match(word) else []


def _runs(folded: str) -> list[tuple[int, int]]:
    return [run.span() for run in _RUN.finditer(folded)]


def _words_in_place(text: str) -> list[Word]:
    """`words_in_place` for a text in which characters fold to none or to several."""
    return _in_place(text, _parted)


def _index_words_in_place(text: str) -> list[Word]:
    return _in_place(text, _paired)


def _in_place(text: str, part: Callable[[str, int], Iterator[tuple[str, int, int]]]) -> list[Word]:
    folds = {character: _fold_character(character) for character in set(text)}
    pieces = [folds[character] for character in text]
    owner = [at for at, piece in enumerate(pieces) for _ in piece]
    found = []
    for run in _RUN.finditer(_with_joined_dots("".join(pieces))):
        for word, first, last in part(run.group(), run.start()):
            end = owner[last] + 1
            # An accent written after its letter belongs to the word.
            while end < len(pieces) and not pieces[end]:
                end += 1
            found.append(Word(word, owner[first], end))
    return found


def _with_joined_dots(text: str) -> str:
    """The text with `_JOINED` in place of each joining dot; a character that is a word joins nothing."""
    alone = _UNSPACED_RUN.sub(lambda run: " " * len(run.group()), text)
    joined = _JOINING.sub(_JOINED, alone)
    if alone == text:
        return joined
    return "".join(dot if dot == _JOINED else one for dot, one in zip(joined, text, strict=True))


def _parted(run: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Split a run into words: one word, or one per character in scripts without blanks."""
    cuts = sorted({0, len(run), *(cut for match in _UNSPACED_RUN.finditer(run) for cut in match.span())})
    for first, last in pairwise(cuts):
        if word := _normal(run[first:last]):
            yield word, at + first, at + last - 1


def _paired(run: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Split a run into words and, in scripts without spaces, pairs of characters; the last is alone."""
    for first, last in _by_script(run):
        found = list(_CHARACTER.finditer(run, first, last))
        if not found:
            yield _normal(run[first:last]), at + first, at + last - 1
        following = [*(_normal(character.group()) for character in found[1:]), ""]
        for character, after in zip(found, following, strict=False):
            yield _normal(character.group()) + after, at + character.start(), at + character.end() - 1


def _by_script(run: str) -> Iterator[tuple[int, int]]:
    """The spans of the characters of scripts without spaces, and of what is between them."""
    cuts = sorted({0, len(run), *(cut for match in _SPACELESS_RUN.finditer(run) for cut in match.span())})
    return ((first, last) for first, last in pairwise(cuts) if run[first:last] != _JOINED)


def _normal(word: str) -> str:
    """Normalised again, because combining marks may now be in another order."""
    return unicodedata.normalize("NFKD", word.replace(_JOINED, ""))


def fold_sql() -> str:
    """The SQL statement that creates `public.archive_fold`, the same fold on the server.

    The function needs no extension, collation or search path, so that a dump restores anywhere.
    """
    return _FUNCTION.format(
        unknown=f"[^{_KEPT.brackets()}]+",
        fractions=f"([{_FRACTIONS.brackets()}])",
        removed=f"[{_REMOVED.brackets()}]+",
        small="".join(_small_sql(script) for script in _SCRIPTS),
        pairs="".join(f"    s := replace(s, '{letter}', '{pair}');\n" for letter, pair in PAIRS.items()),
        unspaced=_UNSPACED_RUN.pattern,
        initials=r"(^|[ .])[^ .0-9]\.[^ .0-9]([ .]|$)",
        joining=r"(^|[ .\x01])([^ .0-9])\.(?=[^ .0-9]([ .]|$))",
        leftover=f"[{_leftover().brackets()}]+",
    )


# translate() scans its list for every character, so each script is tested first.
_SCRIPTS = ("0080-024F", "0370-03FF", "0400-052F", "0530-058F", "0250-036F 0590-10FFFF")
_FUNCTION = """
CREATE OR REPLACE FUNCTION public.archive_fold(t text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $fold$
DECLARE
  s text := t COLLATE "C";
BEGIN
  s := regexp_replace(s, '{unknown}', ' ', 'g');
  IF s ~ '[^\\x01-\\x7F]' THEN
    s := regexp_replace(s, '{fractions}', ' \\1', 'g');
    s := regexp_replace(normalize(s, NFKD), '{removed}', '', 'g');
{small}{pairs}    s := regexp_replace(s, '{leftover}', ' ', 'g');
    s := regexp_replace(s, '{unspaced}', ' \\1 ', 'g');
  END IF;
  s := lower(s COLLATE "C");
  IF s ~ '{initials}' THEN
    -- Twice: dots that share a letter cannot both match in one pass, and a look-behind is five times slower.
    s := regexp_replace(s, '{joining}', E'\\\\1\\\\2\\x01', 'g');
    s := regexp_replace(s, '{joining}', E'\\\\1\\\\2\\x01', 'g');
    s := replace(s, E'\\x01', '');
  END IF;
  RETURN btrim(regexp_replace(translate(s, '.', ' '), '  +', ' ', 'g'));
END $fold$;
"""


def _small_sql(script: str) -> str:
    points = Ranges(script)
    small = {chr(large): chr(small) for large, small in _SMALL.items() if large in points}
    small = {large: PLAIN.get(letter, letter) for large, letter in small.items()}
    small |= {letter: plain for letter, plain in PLAIN.items() if ord(letter) in points}
    if_any = Ranges(" ".join(f"{ord(letter):04X}" for letter in small)).brackets()
    before, after = "".join(small), "".join(small.values())
    return f"    IF s ~ '[{if_any}]' THEN s := translate(s, '{before}', '{after}'); END IF;\n"


def _leftover() -> Ranges:
    """Non-letters in the NFKD forms of letters: brackets, slashes, special blanks."""
    made = {ord(c) for point in _KEPT.points() for c in unicodedata.normalize("NFKD", chr(point))}
    # Without the blank: replacing blanks by blanks took a quarter of the time.
    parting = [point for point in made if _PLAIN[point] == " " and chr(point) != " "]
    return Ranges(" ".join(f"{point:04X}" for point in parting))

"""The normal form of a body, the tidy form of a one-line field."""

import re
import unicodedata
from itertools import groupby

# NUL cannot be stored; U+E000 and U+E001 mark hits on result pages and must not come from a text.
_DROPPED = ("\0", "\ue000", "\ue001")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Invisible in print and fatal to comparison; joiners stay, for Hindi and Persian are written with them.
_INVISIBLE = re.compile("[\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ue000\ue001\ufeff]")
_CONTROL = re.compile(r"[\x01-\x1f\x7f-\x9f]")
_LONG_RUN_OF_MARKS = re.compile(r"[^\w\s\x00-\x7f]{32,}")


def normalise(text: str) -> str:
    """Bring a text into the form that a body is stored in; applying it twice changes nothing.

    NUL, U+E000 and U+E001 go; line ends become LF; then NFC; blank lines, with the blanks beside them,
    become exactly one between paragraphs and none at the ends. A single line end inside a paragraph stays,
    and so does every other character: soft hyphens, no-break spaces, directional marks.

    >>> normalise("One.\\r\\n \\r\\n\\r\\nTwo,\\r\\nstill two.\\n")
    'One.\\n\\nTwo,\\nstill two.'
    """
    for character in _DROPPED:
        text = text.replace(character, "")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n\n".join("\n".join(lines).strip() for lines in paragraphs(nfc(text)))


def nfc(text: str) -> str:
    """Unicode's composed form, in linear time also for a letter with half a million accents."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _LONG_RUN_OF_MARKS.sub(_in_canonical_order, text))


def _in_canonical_order(run: re.Match[str]) -> str:
    """The same marks sorted as Unicode asks: the library's own sort takes minutes on long runs."""
    marks = "".join(unicodedata.normalize("NFD", mark) for mark in run[0])
    ordered: list[str] = []
    for _, group in groupby(marks, key=lambda mark: unicodedata.combining(mark) > 0):
        # A sort that keeps equals in their order leaves starters, all of class 0, as they stand.
        ordered += sorted(group, key=unicodedata.combining)
    return "".join(ordered)


def paragraphs(text: str) -> list[list[str]]:
    """The lines of each paragraph, where blank lines part paragraphs."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line and not line.isspace():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return found if found[-1] else found[:-1]


def tidy(text: str) -> str:
    """One clean line for a field such as a headline: NFC, single blanks, nothing invisible."""
    if not text.isascii():
        text = nfc(_INVISIBLE.sub("", text.replace("\0", "")))
    if not text.isprintable():
        text = _CONTROL.sub(" ", text.replace("\0", ""))
    return " ".join(text.split())


def without_surrogates(text: str) -> str:
    """The text with each half of a broken character pair shown as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def has_surrogates(text: str) -> bool:
    return _SURROGATE.search(text) is not None

"""Unicode and white space normalization of bodies and one-line fields."""

import re
import unicodedata
from itertools import groupby

# PostgreSQL cannot store NUL; U+E000 and U+E001 mark hits on result pages and must not occur in a text.
_DROPPED = ("\0", "\ue000", "\ue001")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Invisible characters break comparisons; joiners stay because Hindi and Persian need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ue000\ue001\ufeff]")
_CONTROL = re.compile(r"[\x01-\x1f\x7f-\x9f]")
_LONG_RUN_OF_MARKS = re.compile(r"[^\w\s\x00-\x7f]{32,}")


def normalise(text: str) -> str:
    """Normalise a body for storage; the function is idempotent.

    Removes NUL, U+E000 and U+E001, converts line ends to LF, applies NFC, and separates paragraphs by exactly
    one blank line. Keeps single line ends and all other characters: soft hyphens, no-break spaces,
    directional marks.

    >>> normalise("One.\\r\\n \\r\\n\\r\\nTwo,\\r\\nstill two.\\n")
    'One.\\n\\nTwo,\\nstill two.'
    """
    for character in _DROPPED:
        text = text.replace(character, "")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n\n".join("\n".join(lines).strip() for lines in paragraphs(nfc(text)))


def nfc(text: str) -> str:
    """Unicode NFC in linear time, even for a letter with half a million accents."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _LONG_RUN_OF_MARKS.sub(_in_canonical_order, text))


def _in_canonical_order(run: re.Match[str]) -> str:
    """Sort combining marks canonically; the sort of unicodedata takes minutes on long runs."""
    marks = "".join(unicodedata.normalize("NFD", mark) for mark in run[0])
    ordered: list[str] = []
    for _, group in groupby(marks, key=lambda mark: unicodedata.combining(mark) > 0):
        # A stable sort leaves starters, which are all of class 0, in their order.
        ordered += sorted(group, key=unicodedata.combining)
    return "".join(ordered)


def paragraphs(text: str) -> list[list[str]]:
    """The lines of each paragraph; blank lines separate paragraphs."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line and not line.isspace():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return found if found[-1] else found[:-1]


def tidy(text: str) -> str:
    """One clean line for a field such as a headline: NFC, single blanks, no invisible characters."""
    if not text.isascii():
        text = nfc(_INVISIBLE.sub("", text.replace("\0", "")))
    if not text.isprintable():
        text = _CONTROL.sub(" ", text.replace("\0", ""))
    return " ".join(text.split())


def without_surrogates(text: str) -> str:
    """Replace lone surrogates by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def storable(text: str) -> str:
    """The text without what PostgreSQL cannot store: NUL, and lone surrogates, which become U+FFFD."""
    return without_surrogates(text.replace("\0", ""))


def has_surrogates(text: str) -> bool:
    """Whether the text contains lone surrogates, which UTF-8 cannot encode."""
    return _SURROGATE.search(text) is not None


def web_address(link: str) -> str:
    """The link if it begins with http:// or https://, else an empty string."""
    link = link.strip()
    return link if link.lower().startswith(("http://", "https://")) else ""

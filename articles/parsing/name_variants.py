"""Groups spelling variants of a name that differ only in case, accents, punctuation or abbreviation."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from articles.text.word_lists import words

_ARTICLES = words("the der die das le la les el los")


def spelling_key(name: str) -> str:
    """A key that is equal for spellings that differ only in case, accents, punctuation or a leading article.

    >>> spelling_key("The Selwy-Courier"), spelling_key("SELWY  COURIER.")
    ('selwy courier', 'selwy courier')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l").replace("ß", "ss"))
    words = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def canonical_spellings(names: Iterable[str]) -> dict[str, str]:
    """Map each spelling to the most common one of its variants; abbreviations with a dot are variants too."""
    counts = Counter(name for name in names if name.strip())
    by_key: dict[str, list[str]] = {}
    # Mixed case comes before all capitals or all lower case, then the most frequent spelling.
    for name in sorted(counts, key=lambda name: (name.isupper() or name.islower(), -counts[name], name)):
        by_key.setdefault(spelling_key(name), []).append(name)
    chosen = {key: spellings[0] for key, spellings in by_key.items()}
    for key, spellings in by_key.items():
        whole = [other for other in by_key if other != key and _shortens(key, other)]
        if len(whole) == 1 and any("." in name for name in spellings):
            chosen[key] = chosen[whole[0]]
    return {name: chosen[spelling_key(name)] for name in counts}


def _shortens(key: str, whole: str) -> bool:
    """Whether each word is the start of the matching word: «selwy cour», «selwy courier»."""
    short, long = key.split(), whole.split()
    return len(short) == len(long) and all(
        b.startswith(a) and (a == b or len(a) >= 3) for a, b in zip(short, long, strict=True)
    )

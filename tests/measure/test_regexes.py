"""Every regular expression of the archive's own code takes time in proportion to the text, whatever the text.

Each is used as the code uses it, and tried on runs of what it looks for itself, of letters, blanks and marks,
ending in what cannot match: that is where a pattern that goes back and forth takes a hundred times as long
for ten times the text.
"""

import importlib
import pkgutil
import re
import time
from pathlib import Path

import articles
import newsarchive

ALPHABET = [*'aA \n.-“"([1,:/é', "Aa ", "a.", "A. ", ", a", "1 1"]
ENDS = ["\x07", "a"]
SHORT, LONG = 1_000, 10_000
# For ten times the text; a square law gives a hundred.
WORST_RATIO = 30
TOO_SHORT_TO_TELL = 0.002  # seconds


def modules():
    for package in (articles, newsarchive):
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not re.search(r"\.(migrations|benchmark)", found.name) and not found.name.endswith("wsgi"):
                yield importlib.import_module(found.name)


def patterns_in(thing, depth=0):
    """The compiled patterns in a module's value: alone, in tables, in records."""
    # By its type: to ask a lazy setting would be to set it.
    if type(thing) is re.Pattern:
        yield thing
    elif depth < 4 and type(thing) is dict:
        for value in thing.values():
            yield from patterns_in(value, depth + 1)
    elif depth < 4 and type(thing) in (list, tuple, set, frozenset):
        for value in thing:
            yield from patterns_in(value, depth + 1)
    elif depth < 4 and type(thing).__module__.startswith("articles.") and hasattr(thing, "__dict__"):
        yield from patterns_in(vars(thing), depth + 1)


def own_patterns():
    """Each pattern with its name, and whether it is searched for or only held against a beginning."""
    loaded = list(modules())
    searched = re.compile(r"\b(\w+)\.(?:search|sub|subn|split|finditer|findall)\(")
    sources = (Path(module.__file__).read_text(encoding="utf-8") for module in loaded if module.__file__)
    names = {name for source in sources for name in searched.findall(source)}
    found = {}
    for module in loaded:
        for name, value in vars(module).items():
            for pattern in patterns_in(value):
                if isinstance(pattern.pattern, str):
                    # In a table it may be used either way.
                    far = name in names or value is not pattern
                    found.setdefault(pattern, (f"{module.__name__}.{name}", far))
    return found


def pieces(pattern):
    """What the pattern's own text is made of: its words and its signs."""
    plain = re.sub(r"\\[A-Za-z]|\(\?[:=!<][=!]?|[\\()\[\]{}|?*+^$]", " ", pattern.pattern)
    return sorted({word for word in plain.split() if len(word) < 20})[:6]


def seconds(pattern, text, far):
    start = time.perf_counter()
    if far:
        for _match in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)
    return time.perf_counter() - start


def ratio(pattern, far, unit, end):
    """How much longer a text of ten times the length takes; nought where it takes next to nothing."""
    short, long = (unit * (length // len(unit)) + end for length in (SHORT, LONG))
    if seconds(pattern, long, far) < TOO_SHORT_TO_TELL:
        return 0.0
    # Another process may have had the machine: the best of some.
    return min(seconds(pattern, long, far) for _ in range(2)) / max(
        min(seconds(pattern, short, far) for _ in range(3)), 1e-6
    )


def worst_of(pattern, far):
    """The worst ratio of a pattern and on what text, as soon as one is past all doubt."""
    worst = (0.0, "", "")
    for unit in [*ALPHABET, *pieces(pattern)]:
        for end in ENDS:
            took = ratio(pattern, far, unit, end)
            if took > WORST_RATIO:
                took = min(took, *(ratio(pattern, far, unit, end) for _ in range(5)))
            worst = max(worst, (took, unit, end))
            if took > WORST_RATIO:
                return worst
    return worst


def test_every_pattern_takes_time_in_proportion():
    found = {where: worst_of(pattern, far) for pattern, (where, far) in own_patterns().items()}
    slow = {where: worst for where, worst in found.items() if worst[0] > WORST_RATIO}
    print(f"{len(found)} patterns, worst ratio for ten times the text: {max(found.values())[0]:.1f}")
    assert len(found) > 100
    assert not slow, "\n".join(f"{where}: {worst}" for where, worst in slow.items())

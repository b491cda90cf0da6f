"""No regular expression of the parsers backtracks exponentially: none has nested repetition."""

import importlib
import pkgutil
import re
import re._constants as constants
import re._parser as parser
import sys
from collections.abc import Callable, Iterator

import pytest

from articles import parsing
from articles.parsing import read_text

REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT)
# A repetition of a few steps inside another costs a few times as much, and no more.
FEW = 8


def patterns() -> Iterator[tuple[str, re.Pattern]]:
    for module in pkgutil.walk_packages(parsing.__path__, "articles.parsing."):
        namespace = vars(importlib.import_module(module.name))
        for name, value in namespace.items():
            found = value.values() if isinstance(value, dict) else [value]
            yield from ((f"{module.name}.{name}", one) for one in found if isinstance(one, re.Pattern))


def nested(tree, inside: bool = False) -> bool:
    for operation, argument in tree:
        many = operation in REPEATS and argument[1] > FEW
        if many and inside:
            return True
        if any(nested(part, inside or many) for part in subpatterns(argument)):
            return True
    return False


def subpatterns(argument) -> Iterator:
    """The patterns inside an operation, whatever its shape."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, list | tuple):
        for part in argument:
            yield from subpatterns(part)


@pytest.mark.parametrize(
    ("name", "pattern"), list(patterns()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_no_repetition_stands_inside_another(name, pattern):
    assert not nested(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)), name


def test_the_patterns_of_every_module_are_looked_at():
    assert len(list(patterns())) > 30


@pytest.mark.parametrize("pattern", [r"(a+)+", r"(?:\s*\w+)*", r"(?:a|(b*c)){9,}"])
def test_a_pattern_that_can_run_away_is_seen(pattern):
    assert nested(parser.parse(pattern))


def steps(act: Callable[[], object]) -> int:
    """How many lines of the parsers run: a measure that no clock disturbs."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        if "/articles/parsing/" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "line",
    [
        "Image source: © Lena Dorn",
        "Photo: Lena Dorn\nThe library in Selwyn",
        "The library in Selwyn, shut\nThe library in Selwyn, shut",
        "By Ada Okafor",
        "12 March 2024",
        "Related content",
        "Share",
        "Ada Okafor",
        "Q: Why?",
        "# A heading",
        "x",
    ],
)
def test_a_page_four_times_as_long_takes_about_four_times_the_steps(line):
    head = "Council votes to close library\n"
    once = steps(lambda: read_text(head + f"{line}\n" * 200))
    assert 0 < steps(lambda: read_text(head + f"{line}\n" * 800)) <= 5 * once

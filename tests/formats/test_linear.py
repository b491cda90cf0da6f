"""No pattern of this room can be made to run away: no repetition stands inside another."""

import importlib
import pkgutil
import re
import re._constants as constants
import re._parser as parser
from collections.abc import Iterator

import pytest

from articles import formats

REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT)
# A repetition of a few steps inside another costs a few times as much, and no more.
FEW = 8


def patterns() -> Iterator[tuple[str, re.Pattern]]:
    for module in pkgutil.iter_modules(formats.__path__):
        namespace = vars(importlib.import_module(f"articles.formats.{module.name}"))
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

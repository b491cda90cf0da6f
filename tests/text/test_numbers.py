"""Numbers that forms and URLs bring: digits only, and no more than a column can hold."""

import pytest

from articles.text.numbers import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("42", 42),
        ("0", 0),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, -1),
        ("", -1),
        ("-1", -1),
        ("1.5", -1),
        (" 1", -1),
        ("४२", -1),
        ("4\n", -1),
        ("²", -1),
    ],
)
def test_only_ascii_digits_are_a_number(text, number):
    assert number_in(text) == number

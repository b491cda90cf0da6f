"""Refuses passwords that are long enough but easy to guess.

`common_passwords.txt.gz` holds the 10,000 most common ones of twelve characters or more, from the list of ten
million by Mark Burnett (public domain, as in SecLists) and from Django's. The package zxcvbn knows more ways
of making one up, but takes ten seconds for some passwords of seventy characters.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

MOST_CHARACTERS = 200
LEAST_UNREPEATED = 6
# The letters and digits that a password needs besides a name or common word.
LEAST_LETTERS, LEAST_DIGITS = 4, 9
LEAST_JUMPS = 4
NAME_FIELDS = ("username", "first_name", "last_name", "email")

_LOOK_ALIKES = str.maketrans("013457@$!", "oieastasi")
_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_SHIFTED = str.maketrans('!@#$%^&*()_+{}:"<>?', "1234567890-=[];',./")


class PredictablePasswordValidator:
    """Refuses names of the account, a common word, runs of keys and repetition."""

    def validate(self, password: str, user: User | None = None) -> None:
        typed = unrepeated(password.strip().lower()[:MOST_CHARACTERS])
        if len(typed) < LEAST_UNREPEATED:
            raise ValidationError(
                gettext("The password repeats the same few characters."), code="password_repeated"
            )
        if is_run(typed):
            raise ValidationError(
                gettext("The password is a row of keys on the keyboard."), code="password_run"
            )
        if is_made_of(typed, names_of(user)):
            raise ValidationError(
                gettext("The password is too similar to the name of the account."), code="password_names"
            )
        if is_common_word(typed):
            raise ValidationError(
                gettext("The password is too similar to a common word."), code="password_word"
            )

    def get_help_text(self) -> str:
        return gettext("Do not use your name, a common word with digits, or a row of keys.")


def unrepeated(typed: str) -> str:
    """The repeated unit of a text, of which the last may be incomplete; otherwise the whole text.

    >>> unrepeated("editoreditor"), unrepeated("abcabcabcabca"), unrepeated("a heron at the weir")
    ('editor', 'abc', 'a heron at the weir')
    """
    for length in range(1, len(typed) // 2 + 1):
        if typed == (typed[:length] * (len(typed) // length + 1))[: len(typed)]:
            return typed[:length]
    return typed


def is_run(typed: str) -> bool:
    """Whether nearly every key is next to the one before, as in 123456789012 or 1qaz2wsx3edc."""
    return sum(not _follows(*pair) for pair in pairwise(typed)) < LEAST_JUMPS


def _follows(one: str, other: str) -> bool:
    if abs(ord(one) - ord(other)) <= 1:
        return True
    here, there = _keys().get(one.translate(_SHIFTED)), _keys().get(other.translate(_SHIFTED))
    if not here or not there:
        return False
    down, right = there[0] - here[0], there[1] - here[1]
    # Each row of the keyboard is shifted to the right of the one above.
    return (down, right) in {(0, 0), (0, 1), (0, -1), (1, 0), (1, -1), (-1, 0), (-1, 1)}


@cache
def _keys() -> dict[str, tuple[int, int]]:
    return {key: (row, place) for row, keys in enumerate(_ROWS) for place, key in enumerate(keys)}


def names_of(user: User | None) -> set[str]:
    """Words of three or more letters in the names of the account and the site."""
    own = [str(getattr(user, field, "") or "") for field in NAME_FIELDS]
    site = ["newsarchive", urlsplit(settings.SITE_URL).hostname or ""]
    return {word for text in (*own, *site) for word in re.split(r"[\W_]+", text.lower()) if len(word) > 2}


def is_made_of(typed: str, names: Iterable[str]) -> bool:
    """Whether little remains after removing these names, also reversed or with look-alike characters."""
    return any(_is_little(left) for left in _without(typed, names))


def _without(typed: str, names: Iterable[str]) -> Iterator[str]:
    both = sorted({*names, *(name[::-1] for name in names)}, key=len, reverse=True)
    for text in {typed, typed.translate(_LOOK_ALIKES)}:
        left = text
        for name in both:
            left = left.replace(name, " ").replace(name.translate(_LOOK_ALIKES), " ")
        if left != text:
            yield left


def _is_little(left: str) -> bool:
    letters = sum(character.isalpha() for character in left)
    digits = sum(character.isdigit() for character in left)
    return letters < LEAST_LETTERS and digits < LEAST_DIGITS


def is_common_word(typed: str) -> bool:
    """Whether it is a common password, with digits and signs around it."""
    for text in (typed, typed.translate(_LOOK_ALIKES)):
        word = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
        if len(word) > 3 and word in _common_words() and _is_little(text.replace(word, " ")):
            return True
    return False


@cache
def _common_words() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)

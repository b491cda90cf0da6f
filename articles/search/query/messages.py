"""Messages of the query language: sentences with named parameters, translated where they are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """Mark a text for translation and return it unchanged."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence whose parameters may be messages too; `str()` gives it in English."""

    text: str
    params: tuple[tuple[str, Message | str | int], ...] = ()

    def __str__(self) -> str:
        return self.translated(gettext_noop)

    def translated(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of `translate`, with its parameters."""
        params = {
            name: value.translated(translate) if isinstance(value, Message) else value
            for name, value in self.params
        }
        return translate(self.text) % params


def message(text: str, **params: Message | str | int) -> Message:
    """The message of a text that is marked with `gettext_noop`.

    >>> str(message(gettext_noop("published before %(date)s"), date="2019"))
    'published before 2019'
    """
    return Message(text, tuple(params.items()))

"""Translates the messages of the query language, which itself imports no Django."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from articles.search.query import Message


def translated(text: Message | str) -> str:
    """A message, or a text marked for translation, in the reader's language."""
    return text.translated(gettext) if isinstance(text, Message) else gettext(text)


def any_of(values: Sequence[str]) -> str:
    """The values as a list for a sentence.

    >>> any_of(["20", "50", "100"])
    '20, 50 or 100'
    """
    if len(values) < 2:
        return "".join(values)
    return gettext("%(values)s or %(last)s") % {"values": ", ".join(values[:-1]), "last": values[-1]}

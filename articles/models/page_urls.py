"""URLs of the pages of objects, remembered: lists name the same ones again and again."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def page_url(name: str, argument: str | int) -> str:
    """The URL of a page by its name in `urls.py` and its one argument."""
    return _reversed(name, argument, get_script_prefix())


# To reverse the URLs of an index of a hundred speakers took a fifteenth of the time of its page.
@lru_cache(maxsize=10_000)
def _reversed(name: str, argument: str | int, _prefix: str) -> str:
    return reverse(f"articles:{name}", args=[argument])

"""All public URLs of the project, generated from its URL patterns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from django.urls import URLPattern, URLResolver, get_resolver

FORMATS = ("html", "json", "csv", "jsonl", "ris", "bibtex", "csljson", "atom")
# Of these each stands for others that are written by the same code.
FEW_FORMATS = ("html", "json", "csv", "ris", "atom")
# The pages that answer a search take every parameter of searches.
SEARCHES = {"search", "quotes", "speaker"}
SEARCHED: tuple[Mapping[str, str], ...] = (
    {"view": "kwic"},
    {"view": "kwic", "lines": "left"},
    {"view": "kwic", "lines": "right", "size": "100"},
    {"group": "speaker"},
    {"group": "year"},
    {"copies": "one", "sort": "oldest"},
)


def named_patterns() -> Iterator[tuple[str, URLPattern]]:
    """The name and pattern of every URL outside the admin."""
    waiting: list[URLPattern | URLResolver] = list(get_resolver().url_patterns)
    for pattern in waiting:
        if isinstance(pattern, URLPattern):
            yield pattern.name or "", pattern
        elif pattern.namespace != "admin":
            waiting += pattern.url_patterns


def public_urls(values: Mapping[str, Sequence[object]]) -> Iterator[tuple[str, str]]:
    """The name and path of every public URL with every given value of its arguments.

    An argument without a value raises KeyError: whoever adds one says what it can be.
    """
    for name, pattern in named_patterns():
        converters = pattern.pattern.converters
        # The word beside an id is anything: one will do.
        choices = [
            values[argument][: 1 if "pk" in converters and argument == "slug" else None]
            for argument in converters
        ]
        for chosen in itertools.product(*choices):
            route = str(pattern.pattern)
            for value in chosen:
                start, end = route.index("<"), route.index(">")
                route = f"{route[:start]}{value}{route[end + 1 :]}"
            yield name, f"/{route}"


def queries(name: str, texts: Sequence[str]) -> Iterator[dict[str, str]]:
    """What to ask a URL: the texts and formats, and of searches each view."""
    yield {}
    first, *others = texts
    for format_ in FORMATS if name in SEARCHES else FEW_FORMATS:
        yield {"q": first, "format": format_, **({} if name in SEARCHES else {"hl": first})}
    if name in SEARCHES:
        yield from ({"q": first, **more} for more in SEARCHED)
        yield from ({"q": text, **more} for text in others for more in ({"format": "json"}, {"view": "kwic"}))

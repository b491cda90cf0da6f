"""Thousands of hostile searches through the whole site: no error 500."""

import random
from urllib.parse import quote

import pytest
from django.test import Client

from articles.search.request.canonical_url import ORDER
from tests.factories import make_article, make_quote, make_speaker
from tests.search.test_hostile import PIECES
from tests.sizes import size
from tests.views.test_hostile import NASTY

PATHS = ("/search/", "/search/", "/quotes/", "/speakers/ada-okafor/", "/speakers/")
FORMATS = ("", "", "", "", "json", "csv", "jsonl", "ris", "bibtex", "csljson", "atom")
GOOD = {
    "publication": ("selwy-courier",),
    "-section": ("home-news",),
    "speaker": ("ada-okafor", "nobody"),
    "kind": ("direct", "answer"),
    "from": ("2019", "-30d"),
    "to": ("2020-02", "0001"),
    "as_of": ("2024-01-01", "2024-05-30T12:00Z"),
    "added": ("2024", "-1d"),
    "copies": ("one",),
    "sort": ("random", "oldest", "added"),
    "seed": ("42",),
    "view": ("kwic",),
    "group": ("year", "speaker", "publication"),
    "page": ("2",),
    "size": ("100",),
    "hl": ("flood", '"a b'),
}
# What stands anywhere in Unicode, the half of a pair and what is no character at all too.
PLANES = ((0, 0x20), (0x20, 0x7F), (0x80, 0x2FF), (0x300, 0x36F), (0x2000, 0x2BFF), (0xD800, 0x10FFFF))


def hostile(rnd):
    """The words of a query: pieces of the grammar, nasty values, letters of every plane."""
    roll = rnd.random()
    if roll < 0.6:
        return "".join(rnd.choices(PIECES, k=rnd.randint(1, 18)))
    if roll < 0.7:
        return rnd.choice(NASTY)
    if roll < 0.75:
        return rnd.choice(PIECES) * rnd.choice((33, 120, 499, 5000))
    letters = [chr(rnd.randint(*rnd.choice(PLANES))) for _ in range(rnd.randint(1, 60))]
    return "".join(letters) if roll < 0.9 else " ".join(letters)


def address(rnd):
    pairs = [("q", hostile(rnd))] if rnd.random() < 0.95 else []
    for name, values in GOOD.items():
        if rnd.random() < 0.06:
            pairs.append((name, rnd.choice(values)))
    if rnd.random() < 0.2:
        pairs.append((rnd.choice((*ORDER, "colour", "\x00", "")), rnd.choice((hostile(rnd), *NASTY))))
    if wanted := rnd.choice(FORMATS):
        pairs.append(("format", wanted))
    query = "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in pairs)
    return f"{rnd.choice(PATHS)}?{query}"


def _escaped(text):
    return quote(text, safe="", errors="surrogatepass")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(size(2, 40)))
def test_no_hostile_search_is_a_fault_of_the_site(seed):
    article = make_article(
        headline="Flood closes the bridge",
        body="“We will appeal,” said Ada Okafor. A flood of 2019 news.",
        section="Home news",
        topics=("Floods",),
    )
    make_quote(article, "We will appeal,", speaker=make_speaker("Ada Okafor", slug="ada-okafor"))
    rnd = random.Random(seed)  # noqa: S311 - the same searches in every run
    client = Client(raise_request_exception=False)
    answered = 0
    for _ in range(size(150, 500)):
        asked = address(rnd)
        response = client.get(asked, follow=True)
        assert response.status_code in (200, 400, 404), (response.status_code, asked)
        if response.streaming:
            b"".join(response.streaming_content)
        answered += response.status_code == 200
    assert answered > 50

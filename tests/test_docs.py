"""What the documents name is there, and is called so."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from articles.extraction import extract_article, find_candidates
from articles.search.request.canonical_url import ORDER, REPEATABLE
from benchmarks import baseline
from tests.test_layers import LAYERS

ROOT = Path(__file__).parent.parent
DOCS = {
    name: (ROOT / "docs" / f"{name}.md").read_text()
    for name in (
        "editors",
        "researchers",
        "developers",
        "search",
        "dump-format",
        "extraction",
        "privacy",
        "takedown",
    )
} | {name: (ROOT / f"{name}.md").read_text() for name in ("README", "CONTRIBUTING", "SECURITY")}
TOP = ("articles", "newsarchive", "tests", "docs", "fixtures", "templates", "static", ".ci", "training")
# Stands for whatever a reader's own archive holds.
BLANKS = {"<name>": "ada-okafor"}


def in_backticks(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


@pytest.mark.parametrize("name", DOCS)
def test_every_file_that_a_document_names_exists(name):
    named = [word for word in in_backticks(DOCS[name]) if re.fullmatch(rf"({'|'.join(TOP)})/[\w./-]*", word)]
    assert [word for word in named if not (ROOT / word).exists()] == []


@pytest.mark.parametrize("name", DOCS)
def test_every_command_that_a_document_names_can_be_run(name):
    assert set(re.findall(r"manage\.py (\w+)", DOCS[name])) <= set(get_commands())


@pytest.mark.parametrize("name", DOCS)
def test_every_address_that_a_document_names_is_answered(name):
    unanswered = []
    for word in in_backticks(DOCS[name]):
        for blank, filled in BLANKS.items():
            word = word.replace(blank, filled)
        if re.fullmatch(r"/[\w/.-]*", word):
            try:
                resolve(word)
            except Resolver404:
                unanswered.append(word)
    assert unanswered == []


def test_researchers_are_told_every_parameter_in_its_canonical_order():
    paragraph = DOCS["researchers"].split("these names do not change:")[1].split("\n* ")[0]
    named = [word for word in in_backticks(paragraph) if not word.startswith("-")]
    expected = [name for name in ORDER if not name.startswith("-")]
    assert named == expected
    assert set(named) > set(REPEATABLE)


def test_editors_are_told_the_keys_that_the_review_page_lists():
    page = (ROOT / "templates/admin/desk/_keys.html").read_text()
    keys = set(re.findall(r"<kbd>(.+?)</kbd>", page))
    table = DOCS["editors"].split("### Keys")[1].split("###")[0]
    assert set(in_backticks(table.split("|---|---|")[1])) == keys


def test_editors_find_thirty_examples_of_what_is_a_quote():
    numbers = [int(number) for number in re.findall(r"^\| (\d+) \|", DOCS["editors"], re.MULTILINE)]
    assert numbers == list(range(1, 31))


def test_developers_find_every_package_in_its_layer():
    layers = {}
    for layer, cell in re.findall(r"^\| (\d) \| (`.+?) \|", DOCS["developers"], re.MULTILINE):
        paths = (re.sub(r"(\.py|/)$", "", word) for word in in_backticks(cell))
        layers[int(layer)] = {path.replace("/", ".") for path in paths}
    assert layers == LAYERS


def test_the_ordinary_way_is_shown_as_the_benchmark_takes_it():
    shown = DOCS["search"].split("```sql")[1].split("```")[0]
    for statement in shown.split("\n\n")[0].strip().split(";\n"):
        assert statement.rstrip(";") in baseline.TABLES + baseline.INDEXES


def test_the_examples_for_editors_are_proposed_as_they_say():
    """Own words stand in bold there; the page names the five that need a person, or a whole interview."""
    differing = set()
    for number, cell in re.findall(r"^\| (\d+) \| (.+?) \|", DOCS["editors"], re.MULTILINE):
        marked = cell.replace(" ¶ ", "\n\n")
        text = marked.replace("*", "")
        candidates = find_candidates(extract_article(text, language="en"), text)
        own = [span.cut(text) for candidate in candidates for span in candidate.spans]
        if own != re.findall(r"\*\*(.+?)\*\*", marked):
            differing.add(int(number))
    assert differing <= {20, 23, 26, 27, 28}

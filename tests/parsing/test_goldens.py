"""Golden files: dirty input and the whole expected article."""

import json
from pathlib import Path

import pytest

from articles.parsing import as_plain, read_text
from articles.parsing.html.page import read_html

GOLDENS = Path(__file__).parents[1] / "goldens" / "formats"
PASTES = sorted(GOLDENS.glob("*.txt"))
PAGES = sorted(GOLDENS.glob("*.html"))


def expected(path):
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PASTES, ids=lambda path: path.stem)
def test_a_pasted_page_is_read_as_its_golden_says(path):
    assert as_plain(read_text(path.read_bytes().decode())) == expected(path)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_in_html_is_read_as_its_golden_says(path):
    assert as_plain(read_html(path.read_bytes())) == expected(path)


def test_every_golden_answer_has_its_input_and_there_are_forty_pastes_at_least():
    answers = {path.stem for path in GOLDENS.glob("*.json")}
    assert answers == {path.stem for path in (*PASTES, *PAGES)}
    assert len(PASTES) >= 40

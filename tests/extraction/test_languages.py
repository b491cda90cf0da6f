"""Quotes in French, Spanish, Italian, Dutch and Portuguese: spans and speakers of thirty stories each."""

import json
from pathlib import Path

import pytest

from articles.extraction.evaluation.scoring import Score, score_document
from articles.extraction.pipeline import find_classified

GOLDENS = Path(__file__).parent.parent / "goldens" / "languages" / "stories.jsonl"
LEAST = 0.75  # F1


def stories(language):
    rows = map(json.loads, GOLDENS.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["lang"] == language]


@pytest.fixture(scope="module", params=["fr", "es", "it", "nl", "pt"])
def score(request):
    total = Score()
    for story in stories(request.param):
        score_document(total, story, find_classified(story["text"], language=story["lang"]))
    assert total.documents == 30
    return total


def test_direct_quotes_have_their_words_and_speakers(score):
    assert score.joint["direct"].f1 >= LEAST


def test_parts_in_quotation_marks_have_their_words_and_speakers(score):
    assert score.joint["parts"].f1 >= LEAST

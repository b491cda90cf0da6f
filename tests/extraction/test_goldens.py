"""Golden texts: exact spans, speakers and groups of quotes, and turns paragraph by paragraph."""

import json
from functools import cache
from pathlib import Path

import pytest

from articles.extraction import extract_article, find_quotes

GOLDENS = Path(__file__).parent.parent / "goldens" / "extraction"


def rows(name):
    lines = (GOLDENS / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(json.loads(line), id=json.loads(line)["id"]) for line in lines]


@cache
def quotes_of(text, language):
    return find_quotes(text, language=language)


@cache
def interview(text, headline, language):
    return extract_article(text, headline=headline, language=language)


@pytest.mark.parametrize("golden", rows("news.jsonl"))
def test_a_news_text_gives_exactly_its_quotes_and_speakers(golden):
    pieces = quotes_of(golden["text"], golden["lang"])
    assert [(p.start, p.end, p.kind, p.speaker) for p in pieces] == [
        (q["start"], q["end"], q["kind"], q["speaker"]) for q in golden["quotes"]
    ]


@pytest.mark.parametrize("golden", rows("news.jsonl"))
def test_pieces_of_one_attribution_share_a_group(golden):
    found = [p.group for p in quotes_of(golden["text"], golden["lang"])]
    wanted = [q["group"] for q in golden["quotes"]]
    together = [(a == b) for n, a in enumerate(found) for b in found[:n]]
    assert together == [(a == b) for n, a in enumerate(wanted) for b in wanted[:n]]


@pytest.mark.parametrize("golden", rows("interviews.jsonl"))
def test_an_interview_labelled_only_once_puts_each_paragraph_on_its_side(golden):
    reading = interview(golden["text"], golden["title"], golden["lang"])
    wrong = []
    for role, start, end in golden["paragraphs"]:
        found = [t for t in reading.turns if t.start < end and t.end > start]
        side = found[0].role[0].upper() if found else "n"
        if side != role:
            wrong.append(golden["text"][start:end])
    assert wrong == []


@pytest.mark.parametrize("golden", rows("interviews.jsonl"))
def test_turns_of_such_an_interview_have_their_speakers(golden):
    reading = interview(golden["text"], golden["title"], golden["lang"])
    wanted = [(q["start"], q["end"], q["speaker"]) for q in golden["quotes"] if q["kind"] == "turn"]
    assert [(t.start, t.end, t.speaker) for t in reading.turns if t.role != "narration"] == wanted


@pytest.mark.parametrize("golden", rows("interviews.jsonl"))
def test_quotes_of_others_are_found_inside_turns_and_nothing_else_in_marks(golden):
    reading = interview(golden["text"], golden["title"], golden["lang"])
    found = [
        (piece.start, piece.end, piece.kind, piece.speaker)
        for piece in reading.pieces
        if piece.part == "body" and piece.inside is not None
    ]
    wanted = [
        (q["start"], q["end"], q["kind"], q["speaker"]) for q in golden["quotes"] if q["kind"] != "turn"
    ]
    assert found == wanted
    loose = [
        p for p in reading.pieces if p.part == "body" and p.kind in ("direct", "mixed") and p.inside is None
    ]
    assert loose == []


def test_the_long_interview_has_the_shape_that_editors_know():
    golden = next(p.values[0] for p in rows("interviews.jsonl") if p.values[0]["id"] == "salt-roads")
    reading = extract_article(golden["text"], headline=golden["title"], publication="The Ashford Herald")
    roles = [t.role for t in reading.turns if t.role != "narration"]
    assert (roles.count("question"), roles.count("answer")) == (13, 13)
    assert sum(role in "QA" for role, _, _ in golden["paragraphs"]) == 35
    assert [n.cut(golden["text"]) for n in reading.notes] == ["[laughs]"]
    assert [p.description for p in reading.people[:2]] == [
        "a reporter for the Ashford Herald",
        "author of “Salt Roads”",
    ]
    assert any("inferred" in warning for warning in reading.warnings)
    headline = next(p for p in reading.pieces if p.part == "headline")
    assert headline.speaker == "Ada Okafor"

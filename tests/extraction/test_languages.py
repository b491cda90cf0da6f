"""Quotes in French, Spanish, Italian, Dutch and Portuguese: spans and speakers of thirty stories each."""

import json
from pathlib import Path

import pytest

from articles.extraction import extract_article, find_quotes
from articles.extraction.evaluation.scoring import Score, score_document
from articles.extraction.pipeline import find_classified

GOLDENS = Path(__file__).parent.parent / "goldens" / "languages" / "stories.jsonl"
LEAST = 0.75  # F1
HUNGARIAN = (
    "A polgármester kedden bejelentette, hogy a híd felújítása már a jövő hónapban megkezdődik, és az is "
    "kiderült, hogy a munkálatok két évig tartanak majd. „Nem lehet tovább várni” – mondta Okafor Ada, aki "
    "szerint a lakók is így gondolják, hiszen a híd évek óta veszélyes, és senki sem tett semmit érte."
)


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


@pytest.mark.parametrize("code", ["hu", "hu-HU", "", "und"])
def test_nothing_is_looked_for_in_a_language_without_tables(code):
    assert find_quotes(HUNGARIAN, language=code) == []
    reading = extract_article(HUNGARIAN, language=code)
    assert reading.warnings == ("quotes are not looked for in the language of this text",)


def test_a_text_without_a_language_is_read_in_its_own():
    for code in ["fr", "es", "it", "nl", "pt"]:
        text = "\n\n".join(story["text"] for story in stories(code)[:8])
        assert find_quotes(text) == find_quotes(text, language=code)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "« La digue est sûre et sèche », n’a pas dit Hedda Brask."),
        ("fr", "« La digue est sûre et sèche », aurait déclaré Hedda Brask."),
        ("fr", "Personne n’a dit : « La digue est sûre et sèche. »"),
        ("fr", "Si Hedda Brask dit : « La digue est sûre et sèche », le village rira."),
        ("es", "“El dique es seguro y está seco”, no dijo Hedda Brask."),
        ("es", "“El dique es seguro y está seco”, habría dicho Hedda Brask."),
        ("es", "Nadie dijo: “El dique es seguro y está seco”."),
        ("it", "«L’argine è sicuro e asciutto», non ha detto Hedda Brask."),
        ("it", "«L’argine è sicuro e asciutto», avrebbe detto Hedda Brask."),
        ("it", "Nessuno ha detto: «L’argine è sicuro e asciutto»."),
        ("nl", "“De dijk is veilig en droog”, zei Hedda Brask niet."),
        ("nl", "“De dijk is veilig en droog”, zou Hedda Brask hebben gezegd."),
        ("nl", "Niemand zei: “De dijk is veilig en droog.”"),
        ("pt", "“O dique é seguro e está seco”, não disse Hedda Brask."),
        ("pt", "“O dique é seguro e está seco”, teria dito Hedda Brask."),
        ("pt", "Ninguém disse: “O dique é seguro e está seco”."),
    ],
)
def test_what_was_not_said_is_nobody_s(language, text):
    assert [(p.speaker, p.rule) for p in find_quotes(text, language=language)] == [(None, "unsaid")]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "— Non, répond Hedda Brask. La digue tiendra.", ["Non", "La digue tiendra."]),
        ("es", "—No —responde Hedda Brask—. El dique aguanta.", ["No", "El dique aguanta."]),
        ("it", "– No – risponde Hedda Brask –. L’argine tiene.", ["No", "L’argine tiene."]),
        ("pt", "— Não — responde Hedda Brask. — O dique aguenta.", ["Não", "O dique aguenta."]),
        ("pl", "– Nie – odpowiada Hedda Brask. – Jaz wytrzyma.", ["Nie", "Jaz wytrzyma."]),
        ("it", "«L’argine – ha detto Hedda Brask – tiene».", ["«L’argine", "tiene»"]),
        ("fr", "« La digue, a dit Hedda Brask, tiendra. »", ["« La digue", "tiendra. »"]),
    ],
)
def test_a_reporting_clause_is_no_part_of_the_words(language, text, words):
    found = find_quotes(text, language=language)
    assert [text[piece.start : piece.end] for piece in found] == words
    assert {piece.speaker for piece in found} == {"Hedda Brask"}


def test_a_list_with_dashes_is_no_dialogue():
    assert find_quotes("— du pain et du lait\n\n— trois œufs, une livre de farine", language="fr") == []

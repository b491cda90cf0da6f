"""find_quotes and score_extraction from the shell."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parent.parent.parent
KEYS = {
    "start", "end", "group", "marked", "speaker", "speaker_start", "speaker_end", "source", "cue", "kind",
    "channel", "inside", "rule", "confidence",
}  # fmt: skip


def run(tmp_path, capsys, *lines):
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    code = 0
    try:
        call_command("find_quotes", str(path))
    except SystemExit as stop:
        code = stop.code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()], code


def test_each_line_is_answered_in_order_with_every_key(tmp_path, capsys):
    text = "“We go,” said Ada Okafor."
    lines = [json.dumps({"id": n, "text": text, "lang": "en"}).encode() for n in ("a", "b")]
    answers, code = run(tmp_path, capsys, *lines)
    assert code == 0
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert set(answers[0]["quotes"][0]) == KEYS
    assert answers[0]["quotes"][0]["marked"] == [[0, 8]]


def test_offsets_are_those_of_the_text_as_given(tmp_path, capsys):
    text = "e\u0301\r\n\x00 “We go,” said Ada Okafor."
    answers, _ = run(tmp_path, capsys, json.dumps({"id": 1, "text": text}).encode())
    quote = answers[0]["quotes"][0]
    assert text[quote["start"] : quote["end"]] == "“We go,”"


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"[]",
        b"7",
        b'{"id": 1}',
        b'{"text": 3}',
        b"\xff\xfe",
        b'{"text": "a", "lang": 4}',
        b"[" * 100_000,
    ],
)
def test_a_bad_line_stands_in_its_place_and_the_command_ends_with_one(tmp_path, capsys, bad):
    good = json.dumps({"id": "g", "text": "“We go,” said Ada Okafor."}).encode()
    answers, code = run(tmp_path, capsys, bad, good)
    assert code == 1
    assert answers[0]["id"] is None and answers[0]["line"] == 1
    assert answers[0]["error"] and answers[0]["quotes"] == []
    assert len(answers[1]["quotes"]) == 1


def test_lone_surrogates_come_through(tmp_path, capsys):
    answers, code = run(
        tmp_path, capsys, b'{"id": "\\ud800", "text": "\\ud800 \\"We go,\\" said Ada Okafor."}'
    )
    assert code == 0
    assert len(answers[0]["quotes"]) == 1


def test_unreadable_input_ends_with_two(tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("find_quotes", str(tmp_path / "nowhere"), stderr=io.StringIO())
    assert stop.value.code == 2


def test_it_reads_standard_input_and_needs_no_database():
    line = json.dumps({"id": 1, "text": "“We go,” said Ada Okafor."})
    done = subprocess.run(
        [sys.executable, "manage.py", "find_quotes"],
        input=line.encode(),
        capture_output=True,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        check=False,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["quotes"][0]["speaker"] == "Ada Okafor"


def test_the_goldens_score_full_marks():
    out = io.StringIO()
    call_command("score_extraction", stdout=out)
    lines = dict(
        line.split(" F1 ") for line in out.getvalue().splitlines() if " F1 0." in line or " F1 1." in line
    )
    joint = {name.strip(): float(rest.split()[0]) for name, rest in lines.items()}
    assert joint["direct joint"] == 1.0
    assert joint["direct spans"] == 1.0
    assert joint["turn spans"] == 1.0
    assert "confidence of direct pieces" in out.getvalue()


def test_scoring_an_unreadable_file_ends_with_two(tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{")
    for path in (broken, tmp_path / "nowhere.jsonl"):
        with pytest.raises(SystemExit) as stop:
            call_command("score_extraction", str(path), stderr=io.StringIO())
        assert stop.value.code == 2


def score(*arguments):
    out = io.StringIO()
    call_command("score_extraction", *arguments, stdout=out)
    return out.getvalue()


def test_figures_of_documents_set_aside_are_given_apart():
    printed = score("--held-out", "3")
    whole, tuned, held = (int(line.split()[-1]) for line in printed.splitlines() if ": documents " in line)
    assert whole == tuned + held
    assert 0 < held < tuned


def test_figures_are_given_by_newspaper_and_by_the_origin_of_names():
    printed = score()
    assert "joint F1 by newspaper" in printed
    assert any(line.startswith("  in no list ") for line in printed.splitlines())


def test_setting_all_documents_aside_is_refused():
    with pytest.raises(SystemExit) as stop:
        call_command("score_extraction", "--held-out", "1", stderr=io.StringIO())
    assert stop.value.code == 2


def test_the_table_of_rates_can_be_counted_anew():
    lines = score("--rates").splitlines()
    assert all(0 <= float(line.split()[-1]) <= 1 for line in lines)
    assert any(line.startswith("direct sure tail ") for line in lines)

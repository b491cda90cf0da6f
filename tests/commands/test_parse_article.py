"""`parse_article`: one page in, one JSON object out, no database, exit codes 0, 1 and 2."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.management.commands.parse_article import parts_of
from articles.parsing.html.page import MAX_HTML

ROOT = Path(__file__).parents[2]
KEYS = """headline kicker section standfirst byline authors dateline published_on published_at
    published_precision language source_url images body people turns quotes notes removed warnings"""
PASTE = """Local NewsCouncil votes to close Selwyn library
Council votes to close Selwyn library
By Ada Okafor
Published 12 March 2024 at 10:15 GMT
Image source: © Lena Dorn
The library in Selwyn, which opened in 1931
The library in Selwyn, which opened in 1931
Selwyn council has voted to close the only library in the town, after a debate that lasted four hours.
“We will appeal,” said Mara Quill, the chairwoman of the Friends of the Library.
Mayor Piet Haas, who was in the chair, said nothing.
[Ms Quill has since resigned. – ed. note]
Read also: Bridge to stay shut until May
"""
INTERVIEW = """Five questions for the harbour pilot

Ida Thorn has brought nine thousand ships into the harbour of Selwyn. We met her on the mole.

Gazette: How long have you been a pilot?

Ida Thorn: Since 1998. Before that I was a cook.

Gazette: What has changed?

Ida Thorn: The ships. They are four times as long and they have half the crew.
"""
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rain</title></head>
<body><article><h1>Rain in Selwyn</h1>
<p>It rained in Selwyn on Monday, as it had on Sunday, and the forecast for the week is rain and rain.</p>
<p>“I have bought a boat,” said Joan Pell, who runs the harbour café and has not seen a guest since.</p>
</article></body></html>"""


def run(*arguments, stdin=b"", **environment):
    """The command as a shell runs it, with an address of a database where none answers."""
    return subprocess.run(
        [sys.executable, "manage.py", "parse_article", *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"} | environment,
        check=False,
    )


def parse(text, tmp_path, *arguments):
    path = tmp_path / "article"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    out = io.StringIO()
    call_command("parse_article", str(path), *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_a_pasted_page_gives_one_json_object_without_a_database():
    done = run(stdin=PASTE.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert list(found) == KEYS.split()
    assert (found["headline"], found["section"]) == ("Council votes to close Selwyn library", "Local News")
    assert found["images"] == [
        {"caption": "The library in Selwyn, which opened in 1931", "credit": "© Lena Dorn"}
    ]
    assert (found["published_on"], found["published_precision"]) == ("2024-03-12", "day")
    assert found["published_at"] == "2024-03-12T10:15:00+00:00"


def test_offsets_are_characters_of_the_body(tmp_path):
    found = parse(PASTE, tmp_path)
    body = found["body"]
    (quote,) = found["quotes"]
    assert body[quote["start"] : quote["end"]] == "“We will appeal,”"
    assert (quote["part"], quote["speaker"], quote["kind"]) == ("body", "Mara Quill", "direct")
    (note,) = found["notes"]
    assert body[note["start"] : note["end"]] == "[Ms Quill has since resigned. – ed. note]"
    assert [set(person) for person in found["people"] if person["name"] == "Piet Haas"] == [
        {"name", "description"}
    ]


def test_a_quote_in_the_headline_says_that_it_is_there(tmp_path):
    found = parse(
        "“We will appeal,” says Mara Quill\n\nThe council has voted to close the library.\n\nIt rains.",
        tmp_path,
    )
    assert [quote["part"] for quote in found["quotes"]] == ["headline"]


def test_the_labelled_turns_of_an_interview_stay_in_the_body_and_are_spans_over_it(tmp_path):
    found = parse(INTERVIEW, tmp_path)
    assert "Gazette: What has changed?" in found["body"]
    roles = [turn["role"] for turn in found["turns"] if turn["role"] != "narration"]
    assert roles == ["question", "answer", "question", "answer"]
    answer = [turn for turn in found["turns"] if turn["role"] == "answer"][1]
    assert found["body"][answer["start"] : answer["end"]].startswith("The ships.")
    assert set(answer) == {"start", "end", "role", "source", "speaker", "labelled", "confidence"}


def test_a_page_in_html_is_known_by_itself_and_read_in_the_sandbox(tmp_path, monkeypatch):
    assert parse(PAGE, tmp_path)["headline"] == "Rain in Selwyn"
    monkeypatch.setattr("articles.fetching.sandbox.SECONDS", 0)
    with pytest.raises(CommandError, match="within 0 seconds") as caught:
        parse(PAGE, tmp_path)
    assert caught.value.returncode == 2


def test_the_format_may_be_told(tmp_path):
    assert parse(PAGE, tmp_path, "--format", "text")["body"].startswith("<")
    assert parse(f"Rain: {PAGE}", tmp_path, "--format", "html")["headline"] == "Rain in Selwyn"


def test_a_text_without_a_headline_is_read_and_is_a_fault():
    done = run(stdin=("“We wait,” " * 40 + "said Edda Lind. The boat came after nine hours.").encode())
    assert done.returncode == 1
    assert json.loads(done.stdout)["headline"] == ""
    assert b"no headline found" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (["no-such-file"], b"", "No such file"),
        (["articles"], b"", "Is a directory"),
        (["-"], b"a" * (MAX_HTML + 1), "more than 2,097,152 bytes"),
        (["--format", "html"], b"", "there is no page"),
    ],
)
def test_unreadable_input_is_refused_with_code_two(arguments, stdin, message, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
    out = io.StringIO()
    with pytest.raises(CommandError, match=message) as caught:
        call_command("parse_article", *arguments, stdout=out)
    assert (caught.value.returncode, out.getvalue()) == (2, "")


def test_a_text_in_another_encoding_is_decoded_with_a_warning(monkeypatch):
    raw = "Café on the mole opens\n\nThe café’s owner said: “We waited.”".encode("cp1252")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    out = io.StringIO()
    call_command("parse_article", "-", stdout=out)
    parsed = json.loads(out.getvalue())
    assert parsed["headline"] == "Café on the mole opens"
    assert parsed["body"].startswith("The café’s owner said: “We waited.”")
    assert "we used windows-1252" in parsed["warnings"][0]


def test_wrong_usage_exits_with_two_and_says_why_on_stderr():
    done = run("--format", "pdf")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"invalid choice" in done.stderr


def test_output_is_json_whatever_the_terminal_can_show():
    done = run(stdin="Łódź\n\nPadało przez cały dzień.".encode(), PYTHONIOENCODING="ascii")
    assert (json.loads(done.stdout)["headline"], done.returncode) == ("Łódź", 0)


def test_utf16_with_its_mark_is_text():
    assert parts_of("Łódź".encode("utf-16"), "text").headline == "Łódź"
    assert parts_of(b"\xef\xbb\xbfRain", "text").headline == "Rain"

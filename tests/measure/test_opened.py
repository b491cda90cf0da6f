"""What pandas, R and LibreOffice make of files when nobody sets an option: cell by cell what JSON says."""

import datetime as dt
import json

import pytest

from tests.factories import make_article, make_publication, make_quote, make_speaker
from tests.measure.many import ROWS, copy_article
from tests.measure.programs import in_libreoffice, in_pandas, in_r, missing

PROGRAMS = (in_pandas, in_r, in_libreoffice)
# Texts that one of the three, or a spreadsheet in another country, would rather take for something else.
NASTY = (
    *("NA", "na", "NULL", "null", "None", "none", "nan", "NaN", "N/A", "n/a", "#N/A", "<NA>"),
    *("TRUE", "T", "true", "False", "F", "inf", "Inf", "-inf", "Infinity", "i"),
    *(
        "1984",
        "007",
        "12",
        "1e5",
        "1E400",
        "0x1F",
        "1.50",
        "1,000",
        "1.000",
        "12.",
        ".5",
        "1d5",
        "1i",
        "1+2i",
    ),
    *("12345678901234567890", "1 000", "50%", "$5", "1/2", "3-4", "10:30", "2019-05", "2019-05-04", "1L"),
    *("5/4/2019", "04.05.2019", "May 2011", "2019-05-04T10:00:00Z", "١٢٣", "１２３", "½", "1_000"),
    *("=1+1", "+5", "-5", "@x", "'=1+1", "''007", "'quoted'", " =1+1", "＝1+1", "sep=;", "#comment"),
    *(
        '"quoted"',
        '"',
        "'",
        "a;b",
        "a,b",
        "a\tb",
        "line\nbreak",
        "two\n\nbreaks",
        "a\u2028b",
        "a\\b",
        'a\\"b',
    ),
    *("\u00a0x", "  spaces  ", "ends ", "Київ", "東京", "שלום", "emoji 😀", "http://paper.example/a?b=1&c=2"),
)
DATES = (
    (None, ""),
    (dt.date(2019, 5, 1), "month"),
    (dt.date(2019, 1, 1), "year"),
    (dt.date(2019, 5, 4), "day"),
)

NESTED = ("publication", "section", "speaker", "article")


@pytest.fixture(params=PROGRAMS, ids=lambda program: program.__name__)
def program(request):
    """The one or the other; where it is not here, the run says so and what to install."""
    if wanted := missing(request.param):
        pytest.skip(f"not compared, for it is not here: {wanted}")
    return request.param


@pytest.fixture
def nasty():
    """An article and a quote of each text; a publication of each, so that each can be asked for alone."""
    speakers = [None, make_speaker("Nan", slug="nan"), make_speaker("007", slug="007")]
    for number, text in enumerate(NASTY):
        on, precision = DATES[number % len(DATES)]
        article = make_article(
            headline=text.replace("\n", " "),
            standfirst=text,
            byline=text.replace("\n", " "),
            body=f"“{text}”, he said; and “more, than that”.\n\nNo {number}",
            published_on=on,
            published_precision=precision,
            publication=make_publication(f"Paper {number}", slug=f"p{number}"),
        )
        source = text.replace("\n", " ")
        make_quote(article, text, speaker=speakers[number % 3], source=source, role_as_printed=source)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/search/?sort=oldest", "/quotes/?sort=oldest"])
def test_each_cell_of_the_csv_is_what_json_says(client, nasty, program, tmp_path, path):
    (opened,) = program([saved(client, path, "csv", tmp_path / "found.csv")])
    compare(opened, [flat(result) for result in in_json(client, path)])


@pytest.mark.django_db
def test_a_column_of_one_text_alone_stays_that_text(client, nasty, program, tmp_path):
    """Programs guess by columns: what is safe among others may not be alone."""
    if program is in_libreoffice:
        pytest.skip("not needed: LibreOffice guesses cell by cell, and the whole set has each")
    paths = [f"/quotes/?publication=p{number}" for number in range(len(NASTY))]
    files = [saved(client, path, "csv", tmp_path / f"{n}.csv") for n, path in enumerate(paths)]
    for opened, path in zip(program(files), paths, strict=True):
        compare(opened, [flat(result) for result in in_json(client, path)])


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/search/?sort=oldest", "/quotes/?sort=oldest"])
def test_each_value_of_the_json_lines_is_what_json_says(client, nasty, program, tmp_path, path):
    if program is in_libreoffice:
        pytest.skip("not meant for it: LibreOffice opens no JSON lines")
    (opened,) = program([saved(client, path, "jsonl", tmp_path / "found.jsonl")])
    promised = in_json(client, path)
    # pandas makes dates of a column with this name, 2019 the first of January: the precision is beside it.
    if program is in_pandas and "published_at" in promised[0]:
        for result in promised:
            result["published_at"] = f"{result['published_at']}-01-01"[:10] if result["published_at"] else ""
    plain = [
        {name: value for name, value in result.items() if name not in NESTED and not isinstance(value, list)}
        for result in promised
    ]
    compare(opened, plain)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_thousand_rows_are_opened_whole(client, tmp_path):
    present = [program for program in PROGRAMS if not missing(program)]
    if not present:
        pytest.skip("not compared, for none of pandas, R and LibreOffice is here")
    copy_article(make_article(body="The council met; “it heard, at length,” a report on the river. " * 20))
    path = saved(client, "/search/?sort=oldest", "csv", tmp_path / "found.csv")
    lines = saved(client, "/search/?sort=oldest", "jsonl", tmp_path / "found.jsonl")
    numbers = [json.loads(line)["id"] for line in lines.open(encoding="utf-8")]
    assert len(set(numbers)) == ROWS
    for program in present:
        for file in [path] if program is in_libreoffice else [path, lines]:
            (opened,) = program([file])
            assert [int(row["id"]) for row in opened] == numbers, (program, file)
            told = {int(row["id"]): row["headline"] for row in opened}
            assert told.pop(min(numbers)) == "The council met"
            assert all(headline == f"Report {number}" for number, headline in told.items())
            print(f"\n{program.__name__}: {len(opened):,} rows of {file.name}, all there in their order")


def saved(client, path, name, file):
    response = client.get(f"{path}&format={name}")
    assert response.status_code == 200
    with file.open("wb") as to:
        to.writelines(response.streaming_content)
    return file


def in_json(client, path):
    found, page = [], client.get(f"{path}&format=json&size=100").json()
    found += page["results"]
    while page["links"]["next"]:
        page = client.get(page["links"]["next"]).json()
        found += page["results"]
    return found


def flat(result, before=""):
    """The columns that the manual promises for a result."""
    cells = {}
    for name, value in result.items():
        if name == "article":
            cells |= flat(value, "article_")
        elif name in ("publication", "section", "speaker"):
            cells[f"{before}{name}_slug"] = (value or {}).get("slug", "")
            cells[f"{before}{name}_name"] = (value or {}).get("name", "")
        elif name == "speakers":
            cells["speaker_slug"] = "; ".join(who["slug"] for who in value)
            cells["speaker_name"] = "; ".join(who["name"] for who in value)
        elif name in ("excerpts", "quotes"):
            cells[name] = "; ".join(found["text"] for found in value)
        else:
            cells[f"{before}{name}"] = json.dumps(value) if name == "spans" else value
    return cells


def compare(opened, promised):
    assert len(opened) == len(promised) > 0
    differing = [
        (name, value, cells.get(name))
        for cells, said in zip(opened, promised, strict=True)
        for name, value in said.items()
        if not same(cells.get(name), "" if value is None else str(value))
    ]
    assert not differing, differing[:12]


def same(cell, said):
    """The text, once the apostrophe before what only looks like something else is taken off."""
    return cell == said or cell == f"'{said}"

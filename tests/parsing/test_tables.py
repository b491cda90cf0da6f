"""Cells of tables: records, dates, HTML, mojibake, spelling variants; unclear values are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.parsing import RowError, read_row
from articles.parsing.dates.columns import DateForms, date_fields
from articles.parsing.html.fragment import read_fragment, without_shortcodes
from articles.parsing.mojibake import fix_mojibake
from articles.parsing.name_variants import canonical_spellings
from articles.parsing.tabular.csv_rows import CsvDialect, header_names, read_records, sniff_dialect
from articles.parsing.tabular.mapping import MapError, read_map
from articles.parsing.tabular.mapping_guess import suggest_mapping


def records(text, dialect=CsvDialect()):  # noqa: B008
    return list(read_records(text.encode(dialect.encoding).splitlines(keepends=True), dialect))


def test_a_record_has_its_number_its_cells_and_its_very_bytes():
    _, first, second = records('a,b\r\n1,"two\nlines"\r\n\r\n3,4\r\n')
    assert (first.number, first.cells, first.raw) == (2, ("1", "two\nlines"), b'1,"two\nlines"')
    assert (second.number, second.cells) == (3, ("3", "4"))


def test_a_mark_that_is_never_closed_costs_its_own_record_alone():
    found = records('a,b,c\n1,"open,x\n2,3,4\n5,6,7\n')
    assert [record.cells for record in found if not record.error] == [
        ("a", "b", "c"),
        ("2", "3", "4"),
        ("5", "6", "7"),
    ]
    assert [record.raw for record in found if record.error] == [b'1,"open,x']


def test_columns_without_a_name_or_with_the_same_one_are_told_apart():
    assert header_names(records("\ufeffa,,a\n")[0]) == ("a", "column 2", "a (2)")


@pytest.mark.parametrize(
    ("raw", "dialect"),
    [
        ("Tytuł;Treść;x\nŻółw;łąka;1\n".encode("cp1250"), CsvDialect("cp1250", "", ";")),
        ("Titre,Texte,x\nForêt,élève,1\n".encode("cp1252"), CsvDialect("cp1252", "", ",")),
        ("Titel\tText\tx\nStraße\tö\t1\n".encode(), CsvDialect("utf-8", "", "\t")),
        (
            "a|b|c\nłąka|1|2\n".encode() + "łódź|1|2\n".encode("cp1250") + b"\n",
            CsvDialect("utf-8", "cp1250", "|"),
        ),
    ],
)
def test_the_coding_of_a_file_is_found_out(raw, dialect):
    assert sniff_dialect(raw) == dialect


@pytest.mark.parametrize(
    ("raw", "cells"),
    [
        (b"sep=;\r\nheadline;body\r\nA;b, c\r\n", ("A", "b, c")),
        (b'\xef\xbb\xbf"sep=|"\nheadline|body\nA|b; c\n', ("A", "b; c")),
        (b"SEP=\t\nheadline\tbody\nA\tb, c\n", ("A", "b, c")),
        (b"headline, first\tbody, second\tdate, third\nA\tb\tc\n", ("A", "b", "c")),
        (b"'headline','body'\n'It, was','b''s \"c\"'\n", ("It, was", 'b\'s "c"')),
        (
            b'headline,body,tags\n"A \\"b\\" c","He said \\"no\\", then",\\N\n',
            ('A "b" c', 'He said "no", then', ""),
        ),
        (b'headline,path\n"A ""b"" c","C:\\"\n', ('A "b" c', "C:\\")),
        (b"headline,body\rA,b\r", ("A", "b")),
        (b'headline;body\r\nA;"two\rlines"\r\n', ("A", "two\rlines")),
        ("headline,body\nCafé,“b”\n".encode("cp1252"), ("Café", "“b”")),
    ],
)
def test_the_marks_of_a_file_are_found_out(raw, cells):
    header, *found = read_records(raw.splitlines(keepends=True), sniff_dialect(raw))
    assert (header.number, [(record.number, record.cells) for record in found]) == (1, [(2, cells)])


@pytest.mark.parametrize(
    ("cells", "separator", "topics"),
    [
        (["lock, crack", "a, b"], ",", ("lock", "crack")),
        (["lock; crack, old", "a; b"], ";", ("lock", "crack, old")),
        (["lock|crack", "a|b"], "|", ("lock", "crack")),
        (["lock\r\ncrack", "a"], "\n", ("lock", "crack")),
        (["#lock #crack", "#a #b"], "#", ("lock", "crack")),
        (["lock/crack", "a/b"], "/", ("lock", "crack")),
        (["radio/TV", "a", "b", "c"], ";", ("radio/TV",)),
        (["['lock', \"the keeper's\"]", "['']"], ";", ("lock", "the keeper's")),
        (['["lock", "crack"]', "[]"], ";", ("lock", "crack")),
        (["[sic]", "a"], ";", ("[sic]",)),
    ],
)
def test_topics_are_separated_as_the_mapping_says_which_is_suggested(cells, separator, topics):
    quoted = ['"{}"'.format(cell.replace('"', '""')) for cell in cells]
    table = records("\n".join(["headline,body,tags", *(f"A,b,{cell}" for cell in quoted)]) + "\n")
    csv_map = read_map(suggest_mapping(CsvDialect(), table))
    assert (csv_map.columns["tags"], csv_map.split["tags"]) == ("topics", separator)
    row, _ = csv_map.fields(header_names(table[0]), table[1].cells)
    assert read_row(row).topics == topics


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("id,text,spans,standing,before,after", "an export of quotes"),
        ("id,headline,publication_name,excerpts,speaker_slug,quotes", "does not have the texts"),
    ],
)
def test_an_export_of_ours_that_has_no_articles_is_refused(header, said):
    with pytest.raises(MapError, match=said):
        suggest_mapping(CsvDialect(), records(f"{header}\n{',' * header.count(',')}\n"))


@pytest.mark.parametrize(
    ("row", "taken"),
    [
        ("A,b,Selwy Courier", True),
        ("A,b,Selwy Courier,en", True),
        ("A,b,Another", False),
        ("A,b", False),
        ("A,b,,german text", False),
        ("A,b,Selwy Courier,en,x,surplus", True),
        ("A,b,part of b,Selwy Courier,en,x", False),
    ],
)
def test_a_known_publication_or_a_language_shows_that_cells_are_in_their_columns(row, taken):
    table = records(f"headline,body,publication,language,tags\nC,d,Selwy Courier,en,x\n{row}\n")
    csv_map = read_map(suggest_mapping(CsvDialect(), table[:2]))
    try:
        csv_map.fields(header_names(table[0]), table[2].cells)
    except RowError:
        assert not taken
    else:
        assert taken


def test_columns_with_our_names_map_to_themselves_in_any_letters():
    table = records(
        "Headline,BODY,published on,Publication,authors,date,Tags,headline\nA,b,2021,P,Ada Okafor,2020,x,c\n"
    )
    csv_map = read_map(suggest_mapping(CsvDialect(), table))
    assert csv_map.columns == {
        "Headline": "headline", "BODY": "body", "published on": "published_on", "Publication": "publication",
        "authors": "authors", "date": "extra", "Tags": "topics", "headline": "extra",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "forms", "day", "moment"),
    [
        ("2019-05-30", {}, "2019-05-30", None),
        ("2019-05", {}, "2019-05", None),
        ("30/05/2019", {}, "2019-05-30", None),
        ("03/04/2019", {"order": "day first"}, "2019-04-03", None),
        ("03-04-2019", {"order": "month first"}, "2019-03-04", None),
        ("30.05.2019 23:30", {"zone": "America/Bogota"}, "2019-05-30", "2019-05-30T23:30:00-05:00"),
        ("2019-05-30 23:30:00", {}, "2019-05-30", None),
        ("30 May 2019 23:30", {"zone": "Europe/Dublin"}, "2019-05-30", "2019-05-30T23:30:00+01:00"),
        ("Thu, 30 May 2019 23:30:00 -0500", {}, "2019-05-30", "2019-05-30T23:30:00-05:00"),
        ("1559280600", {"forms": ("unix seconds",)}, "2019-05-31", "2019-05-31T05:30:00+00:00"),
        ("43615", {"forms": ("excel days",)}, "2019-05-30", None),
        ("30.5.19", {"forms": ("%d.%m.%y",)}, "2019-05-30", None),
        ("2019", {"forms": ("unix seconds",)}, "2019", None),
        # An hour that the clocks strike twice, and one that they leave out.
        ("2019-10-27 01:30", {"zone": "Europe/Dublin"}, "2019-10-27", None),
        ("2019-03-31 01:30", {"zone": "Europe/Dublin"}, "2019-03-31", None),
    ],
)  # fmt: skip
def test_a_date_is_read_as_the_mapping_says(value, forms, day, moment):
    found = date_fields("date", value, DateForms(**forms))
    assert (found["published_on"], found.get("published_at")) == (day, moment)


@pytest.mark.parametrize(
    ("value", "order", "said"),
    [
        ("03/04/2019", "", "can be 2019-03-04 or 2019-04-03"),
        ("05/30/2019", "day first", "there is no month 30: choose how dates are written"),
        ("30/05/2019", "month first", "there is no month 30"),
        ("0000-00-00 00:00:00", "", "is no date"),
        ("30/05/19", "", "no century"),
    ],
)
def test_a_date_that_the_mapping_has_to_decide_is_refused(value, order, said):
    with pytest.raises(RowError) as refused:
        date_fields("date", value, DateForms(order=order))
    assert said in refused.value.reason


@pytest.mark.parametrize("value", ["soon", "31/02/2019", "2019-13-01"])
def test_what_is_no_date_is_a_problem_of_its_row(value):
    problem = date_fields("date", value, DateForms())["date"]
    assert (problem.column, problem.value) == ("date", value)


def test_markup_becomes_paragraphs_and_pictures():
    found = read_fragment(
        "<p>The weir &amp; the\nmill.</p><script>alert(1)</script><figure><img src='https://a.example/i.jpg'>"
        "<figcaption>At noon.</figcaption></figure><ul><li>One</li><li>Two</li></ul>It <b>rose</b>.<br>Twice."
    )
    assert found.text == "The weir & the mill.\n\nOne\n\nTwo\n\nIt rose.\nTwice."
    assert [(image.caption, image.url) for image in found.images] == [("At noon.", "https://a.example/i.jpg")]


def test_a_text_without_markup_keeps_every_character():
    text = "Is 3 < 4?\n  Yes  & no. [sic] [the miller]"
    assert read_fragment(text).text == text


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ('A.[gallery ids="1"] B.', "A. B."),
        ("[su_note]Read.[/su_note] On.", "Read. On."),
        ("[embed]https://a.example/v[/embed]After.", "After."),
        ("""[quote a=1 b="x y"]Read.[notice kind='plain' size="2"] On.""", "Read. On."),
        ("The sum [it was = 3] [in 2019 x=] stood.", "The sum [it was = 3] [in 2019 x=] stood."),
        ("He [the miller] left [sic] [1] [a].", "He [the miller] left [sic] [1] [a]."),
    ],
)
def test_shortcodes_go_and_an_editors_brackets_stay(given, left):
    assert without_shortcodes(given) == left


@given(st.text(alphabet="aéłÖ“”–€Żß’ ", max_size=40))
def test_letters_coded_twice_are_mended_and_others_are_not_touched(text):
    assert fix_mojibake(text) == text
    for dialect in ("cp1252", "cp1250"):
        twice = "".join(
            bytes([byte]).decode(dialect, "ignore") or chr(byte) if byte > 127 else chr(byte)
            for byte in text.encode()
        )
        assert fix_mojibake(twice, (dialect,)) == text


def test_spellings_of_one_name_are_brought_together():
    found = canonical_spellings(
        ["Selwy Courier", "THE SELWY COURIER", "THE SELWY COURIER", "Selwy Cour.", "Corran Post"]
    )
    assert found == {
        "Selwy Courier": "Selwy Courier", "THE SELWY COURIER": "Selwy Courier",
        "Selwy Cour.": "Selwy Courier", "Corran Post": "Corran Post",
    }  # fmt: skip


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), min_size=2, max_size=6))
def test_whatever_stands_in_a_file_its_suggested_mapping_can_be_read_and_rows_raise_nothing_else(rows):
    lines = [
        b";".join(b'"%s"' % c.encode("utf-8", "replace").replace(b'"', b'""') for c in row) + b"\n"
        for row in rows
    ]
    found = list(read_records([b"Title;Text;Date\n", *lines], CsvDialect(delimiter=";")))
    if len(found) < 2:
        return
    csv_map = read_map(suggest_mapping(CsvDialect(delimiter=";"), found))
    for record in found[1:]:
        try:
            read_row(csv_map.fields(header_names(found[0]), record.cells)[0])
        except RowError as error:
            assert error.reason


@pytest.mark.parametrize(
    "text", ["[file", "file = 1", "[file]\nmend = 'cp1252'", "[file]\nencoding = 'klingon'"]
)
def test_a_mapping_that_cannot_be_read_says_why(text):
    with pytest.raises(MapError):
        read_map(text)

"""Bylines, datelines and the other lines around a headline."""

from datetime import date

import pytest

from articles.parsing.bylines import authors_of, is_byline, is_login, is_name, names_in
from articles.parsing.datelines import dateline_of, is_place
from articles.parsing.plain.header_lines import read_header_line


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ada Okafor and Tom Reyes in Selwyn", ("Ada Okafor", "Tom Reyes")),
        ("By Ada Okafor, Tom Reyes & Lena Dorn", ("Ada Okafor", "Tom Reyes", "Lena Dorn")),
        ("By Edda Lind, Political correspondent", ("Edda Lind",)),
        ("BY IDA THORN", ("IDA THORN",)),
        ("Von Lena Dorn und Piet Haas, Marlow", ("Lena Dorn", "Piet Haas")),
        ("Autor: Jan Wilk", ("Jan Wilk",)),
        ("Par Ines Falk et Jean-Luc Noël", ("Ines Falk", "Jean-Luc Noël")),
        ("Por Inés Falk y José Ruiz", ("Inés Falk", "José Ruiz")),
        ("Interview: Tom Reyes", ("Tom Reyes",)),
        ("By Lena van der Meer", ("Lena van der Meer",)),
        ("By J. P. O’Dorn", ("J. P. O’Dorn",)),
        ("By Ada Okafor for the Selwyn Gazette", ("Ada Okafor",)),
        ("By Ada Okafor | Selwyn Gazette", ("Ada Okafor",)),
        ("By Ada Okafor with Tom Reyes", ("Ada Okafor", "Tom Reyes")),
        ("By Ada Okafor, Tom Reyes, and Lena Dorn", ("Ada Okafor", "Tom Reyes", "Lena Dorn")),
        ("By Ada Okafor, Sports Editor, and Tom Reyes, NPA", ("Ada Okafor", "Tom Reyes")),
        ("By Ada Okafor in Selwyn and Tom Reyes in Upper Marlow", ("Ada Okafor", "Tom Reyes")),
        ("By Ada Okafor Staff Writer", ("Ada Okafor",)),
        ("By Ada Okafor, Le Marlowien", ("Ada Okafor",)),
        ("By Ada Okafor ada@gazette.example.org", ("Ada Okafor",)),
        ("Reporting by Ada Okafor; Editing by Tom Reyes", ("Ada Okafor",)),
        ("Di Ada Okafor e Tom Reyes", ("Ada Okafor", "Tom Reyes")),
        ("Por Ana Souza e João Lima", ("Ana Souza", "João Lima")),
        ("Por Ana Ríos y EFE", ("Ana Ríos",)),
        ("Por Ana Ríos en San Marlow", ("Ana Ríos",)),
        ("de Ada Okafor et Tom Reyes", ("Ada Okafor", "Tom Reyes")),
        ("Door Ada Okafor en Tom Reyes", ("Ada Okafor", "Tom Reyes")),
        ("Av Ada Okafor och Tom Reyes", ("Ada Okafor", "Tom Reyes")),
        ("Af Ada Okafor og Tom Reyes", ("Ada Okafor", "Tom Reyes")),
        ("Teksti: Liisa Virta ja Pekka Salo", ("Liisa Virta", "Pekka Salo")),
        ("Írta: Nagy Anna és Kiss Péter", ("Nagy Anna", "Kiss Péter")),
        ("De Maria Popa și Ion Vasile", ("Maria Popa", "Ion Vasile")),
        ("Автор: Иван Петров и Анна Лапина", ("Иван Петров", "Анна Лапина")),
        ("By José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Von Otto von und zu Marlow", ("Otto von und zu Marlow",)),
        ("By Maria dos Santos e Silva", ("Maria dos Santos e Silva",)),
        ("Ada Okafor, Ada Okafor", ("Ada Okafor",)),
        ("By a staff reporter", ()),
        ("By Selwyn News Agency", ()),
        ("NPA", ()),
        ("", ()),
        ("By " + "Ada Okafor, " * 100, ()),
    ],
)
def test_authors_are_the_persons_of_a_byline_as_written(byline, authors):
    assert authors_of(byline) == authors


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Okafor",
        "By our political editor",
        "By NPA",
        "Rozmawiał Jan Wilk",
        "Text und Fotos: Lena Dorn",
        "By Ada King Jr.",
    ],
)
def test_a_line_that_names_its_author_is_a_byline(line):
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday the flood had reached the town.",
        "By noon",
        "Von wegen",
        "By the river",
        "Bystanders",
        "By Ada Okafor:",
        "By " + "a" * 300,
    ],
)
def test_prose_that_begins_like_one_is_no_byline(line):
    assert not is_byline(line)


@pytest.mark.parametrize(
    "text",
    ["Ada", "ada okafor", "Ada okafor", "Town Council", "Ada Okafor 2", "van der", "A" * 70, "Ada von"],
)
def test_what_has_not_the_shape_of_a_name_is_none(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("By Ada Okafor and Tom Reyes", ("Ada Okafor", "Tom Reyes")),
        ("Ada Okafor | Tom Reyes", ("Ada Okafor", "Tom Reyes")),
        ("Ada Okafor, Selwyn Gazette", ("Ada Okafor",)),
        ("Ada Okafor (NPA)", ("Ada Okafor",)),
        ("Okafor, Ada; Reyes, Tom", ("Okafor, Ada", "Reyes, Tom")),
        ("Okafor, Ada", ("Okafor, Ada",)),
        ("Selwyn Gazette", ("Selwyn Gazette",)),
    ],
)
def test_an_author_field_is_split_into_names_where_all_its_parts_are_known(field, names):
    assert names_in(field) == names


def test_an_account_is_told_from_a_name():
    assert all(map(is_login, ["adao", "ada.okafor", "Ada_O", "okafor7", "ada@gazette.example", "Admin"]))
    assert not any(map(is_login, ["Ada Okafor", "Ada", "NPA"]))


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("NPA | Updated: March 4, 2021 10:15 IST", "NPA"),
        ("By Ada Okafor | Published 4 March 2021, 10:15 am IST", "By Ada Okafor"),
        ("Ada Okafor | Selwyn Gazette | 4 March 2021", "Ada Okafor"),
        ("Posted by Ada Okafor on March 4, 2021", "by Ada Okafor"),
        ("Par Ada Okafor, publié le 4 mars 2021 à 10h15", "Par Ada Okafor"),
        ("Von Ada Okafor am 4. März 2021", "Von Ada Okafor"),
        ("4 March 2021 - By Ada Okafor", "By Ada Okafor"),
        ("By Ada Okafor @adao on March 4, 2021 at 10:15 am", "By Ada Okafor"),
        ("BY ADA OKAFOR ON MARCH 4, 2021", "BY ADA OKAFOR"),
        ("Updated at: 4 Mar 2021 10:15 AM (IST) | By : Ada Okafor", "By : Ada Okafor"),
        ("By Ada Okafor | 4 March 2021 | 3 min read", "By Ada Okafor"),
        ("4 March 2021 · Ada Okafor", "Ada Okafor"),
        ("Ada Okafor, 4 March 2021", "Ada Okafor"),
        ("By Ada Okafor Published 4 March 2021", "By Ada Okafor"),
        ("By Ada Okafor4 March 2021", "By Ada Okafor"),
        ("Published 4 March 2021 by Ada Okafor", "by Ada Okafor"),
    ],
)
def test_a_byline_and_a_date_in_one_line_are_both_read(line, byline):
    found = read_header_line(line, "en")
    assert found.byline == byline
    assert (found.stamp.published or found.stamp.updated).on == date(2021, 3, 4)


@pytest.mark.parametrize(
    ("body", "dateline"),
    [
        ("SELWYN (NPA) – The council voted.", "SELWYN (NPA)"),
        ("SELWYN (NPA) - “We will appeal.”", "SELWYN (NPA)"),
        ("SELWYN — The council voted.", "SELWYN"),
        ("PORT MARLOW, Northland, Aug. 4 (NPA) -- The ferry sank.", "PORT MARLOW, Northland, Aug. 4 (NPA)"),
        ("SELWYN, Tuesday — The council voted.", "SELWYN, Tuesday"),
        ("Selwyn (npa) – Der Stadtrat stimmte ab.", "Selwyn (npa)"),
        ("ST. ANNE'S — The organ is silent.", "ST. ANNE'S"),
        ("Selwyn – a town without a library", ""),
        ("The council – all of it – voted.", ""),
        ("A – B", ""),
        ("“SELWYN” – he said", ""),
        ("SELWYN: The council voted.", ""),
        ("OKAFOR: We will appeal – again.", ""),
        ("3 May – The council voted.", ""),
        ("SELWYN voted – again.", ""),
        ("", ""),
    ],
)
def test_a_dateline_is_told_from_the_first_words_of_a_sentence(body, dateline):
    assert dateline_of(body) == dateline


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Selwyn", True),
        ("PORT MARLOW", True),
        ("Upper Selwyn (NPA)", True),
        ("Ada Okafor", False),
        ("May", False),
        ("in Selwyn", False),
        ("", False),
    ],
)
def test_a_place_is_only_what_cannot_be_a_person(text, place):
    assert is_place(text) is place


def test_an_author_with_a_post_is_a_byline_without_by():
    assert (
        read_header_line("Ada Okafor, Political correspondent", "en").byline
        == "Ada Okafor, Political correspondent"
    )


@pytest.mark.parametrize(
    "line",
    [
        "The mayor – 12 March 2024 – resigned",
        "Council votes | Selwyn Gazette",
        "Rain, rain and rain",
        "a" * 300,
    ],
)
def test_other_lines_are_no_furniture(line):
    assert read_header_line(line, "en") is None

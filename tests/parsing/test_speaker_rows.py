"""Tables of speakers are parsed cell by cell, and errors name the column."""

import datetime as dt

from django.test import SimpleTestCase

from articles.parsing import RowError
from articles.parsing.tabular.csv_rows import sniff_dialect
from articles.parsing.tabular.speaker_rows import (
    RoleRow,
    SpeakerRow,
    SpeakerTableError,
    speaker_lines,
    speaker_row,
)


def read(text: str):
    raw = text.encode()
    unread, lines = speaker_lines(raw.splitlines(keepends=True), sniff_dialect(raw))
    return unread, list(lines)


class RowTests(SimpleTestCase):
    def test_every_column_is_read(self):
        row = speaker_row(
            {
                "name": " Ada  Okafor ",
                "kind": "Person",
                "description": "mayor of Selwy",
                "sort_name": "Okafor, Ada",
                "aliases": "Ada Pell | former; A. Okafor; Ада Окафор | transliteration;",
                "roles": "mayor | Selwy | 2010-05 | 2014; keeper||2015-02-03",
                "wikidata": "q4711",
                "noindex": "yes",
            }
        )
        self.assertEqual(
            row,
            SpeakerRow(
                "Ada Okafor",
                "person",
                "mayor of Selwy",
                "Okafor, Ada",
                (("Ada Pell", "former"), ("A. Okafor", "spelling"), ("Ада Окафор", "transliteration")),
                (
                    RoleRow("mayor", "Selwy", dt.date(2010, 5, 1), dt.date(2014, 12, 31)),
                    RoleRow("keeper", "", dt.date(2015, 2, 3)),
                ),
                "https://www.wikidata.org/wiki/Q4711",
                True,
            ),
        )

    def test_an_empty_cell_says_nothing(self):
        self.assertEqual(
            speaker_row({"name": "Ada Okafor", "kind": "", "noindex": ""}), SpeakerRow("Ada Okafor")
        )

    def test_a_month_ends_with_its_last_day(self):
        (role,) = speaker_row({"name": "Ada", "roles": "mayor|Selwy|2016-02|2016-02"}).roles
        self.assertEqual((role.since, role.until), (dt.date(2016, 2, 1), dt.date(2016, 2, 29)))

    def test_the_number_of_wikidata_may_stand_in_either_column_and_in_both(self):
        for cells in (
            {"wikidata": "Q42"},
            {"wikidata": "http://www.wikidata.org/entity/Q42"},
            {"same_as": "https://www.wikidata.org/wiki/Q42"},
            {"same_as": "Q42", "wikidata": "Q42"},
        ):
            with self.subTest(cells=cells):
                row = speaker_row({"name": "Ada"} | cells)
                self.assertEqual(row.same_as, "https://www.wikidata.org/wiki/Q42")

    def test_an_optional_value_that_cannot_be_read_is_left_out_and_told(self):
        for column, value in (
            ("aliases", "Ada | nickname"), ("aliases", "| former"), ("aliases", "a|former|b"),
            ("aliases", "A" * 501), ("roles", "mayor|Selwy|05/2010"), ("roles", "mayor|Selwy|2014|2010"),
            ("roles", "|Selwy"), ("roles", "mayor|Selwy|2010-02-30"), ("roles", "a|b|||c"),
            ("roles", "a" * 301), ("noindex", "perhaps"), ("description", "a" * 1001),
            ("description", "a\x01"), ("sort_name", "a" * 501),
        ):  # fmt: skip
            with self.subTest(column=column, value=value[:40]):
                row = speaker_row({"name": "Ada", column: value})
                self.assertEqual([problem.column for problem in row.problems], [column])
                self.assertEqual(row, SpeakerRow("Ada", problems=row.problems))

    def test_of_several_aliases_and_roles_the_readable_ones_are_taken(self):
        row = speaker_row({"name": "Ada", "aliases": "A. O.; | former", "roles": "mayor; keeper||soon"})
        self.assertEqual((row.aliases, row.roles), ((("A. O.", "spelling"),), (RoleRow("mayor"),)))

    def test_a_name_kind_or_identifier_that_cannot_be_read_is_told_with_its_column(self):
        for column, value in (
            ("name", ""), ("name", "A" * 501), ("name", "Ada\x01Okafor"), ("name", "Ada \ue000"),
            ("kind", "goose"), ("wikidata", "42"), ("wikidata", "Q0"),
            ("same_as", "javascript:alert(1)"), ("same_as", "example.org"), ("same_as", "Q1\x01"),
        ):  # fmt: skip
            with self.subTest(column=column, value=value):
                with self.assertRaises(RowError) as caught:
                    speaker_row({"name": "Ada"} | {column: value})
                self.assertEqual(caught.exception.column, column)

    def test_two_addresses_are_one_too_many(self):
        for same_as in ("https://example.org/ada", "Q7"):
            with self.assertRaises(RowError):
                speaker_row({"name": "Ada", "same_as": same_as, "wikidata": "Q42"})


class TableTests(SimpleTestCase):
    def test_rows_have_the_numbers_of_a_spreadsheet_and_a_bad_one_costs_itself(self):
        unread, lines = read("Name;Kind;colour\nAda;person;red\nOsric;goose;\nMira;;;;\n")
        self.assertEqual(unread, ["colour"])
        self.assertEqual([line.number for line in lines], [2, 3, 4])
        self.assertEqual([line.row and line.row.name for line in lines], ["Ada", None, None])
        self.assertEqual([line.error and line.error.column for line in lines], [None, "kind", ""])

    def test_a_file_without_names_is_no_table(self):
        for text in ("", "title,kind\nmayor,person\n"):
            with self.assertRaises(SpeakerTableError):
                read(text)

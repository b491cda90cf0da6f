"""No parser bug loses an article: paste and import repair it, or leave parts out with a warning."""

import json
from itertools import pairwise
from unittest import mock

from django.test import TestCase

from articles.extraction import Span, Turn
from articles.models import Article
from articles.operations.integrity import faults
from tests.admin.desk import log_in, make_user
from tests.commands.test_import_tables import Tables
from tests.ingest.readings import piece, reading, turn, turn_piece

BODY = "Q: Why now?\n\nA: It was “time to go,” she said.\n\nQ: And then?\n\nA: Then we left."
PASTED = f"Weir opens\n\n{BODY}\n"
READER = "articles.ingest.pipeline.parse.extract_article"


def faulty():
    """What a broken parser may give: empty, overlapping and reversed turns, and spans outside their texts."""
    first, answer = turn(BODY, "Why now?", "question", "Q"), turn(BODY, "It was “time", "answer", "A")
    empty = Turn(20, 20, "answer", "A", None, True, 0.9)
    over = Turn(answer.start - 10, answer.end + 5, "question", "Q", None, True, 1.7)
    far = Turn(5_000, 5_100, "answer", "A", None, False, 0.5)
    asked = turn_piece(BODY, "Why now?", "question", "Q", group=1)
    lost = turn_piece(BODY, "Then we left.", "answer", "A", group=2)
    blank = piece(BODY, "time to go,", "Ada Okafor", group=3, start=11, end=12, marked=((11, 12),))
    outside = piece(BODY, "time to go,", "Ada Okafor", group=4, end=9_999)
    elsewhere = piece(BODY, "time to go,", "Ada Okafor", group=5, part="caption", image=3)
    notes = (Span(3, 3), Span(4_000, 4_010), Span(0, 2))
    pieces = (
        asked,
        lost,
        blank,
        outside,
        elsewhere,
        piece(BODY, "time to go,", "Ada Okafor", group=6, inside=2),
    )
    return reading(*pieces, turns=(over, empty, first, answer, far), notes=notes)


class FaultyReadingTests(Tables, TestCase):
    def judge(self, article):
        turns = list(article.turns.values_list("start", "end", "role"))
        self.assertTrue(all(a < b for a, b, _ in turns))
        self.assertTrue(all(one[1] <= two[0] for one, two in pairwise(turns)))
        self.assertEqual(sorted(q.text for q in article.quotes.all()), ["Why now?", "time to go,"])
        self.assertEqual(article.notes.count(), 1)
        self.assertEqual(list(faults()), [])

    def test_an_import_stores_the_article_and_tells_what_it_left_out(self):
        row = {"headline": "Weir opens", "body": BODY, "publication": "Selwy Courier"}
        with mock.patch(READER, return_value=faulty()):
            counts, code, said = self.run_import(self.write("rows.jsonl", json.dumps(row)), "--publish")
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (1, 0, 0))
        self.judge(Article.objects.get())
        for line in (
            "3 turns were",
            "2 editor’s notes were",
            "4 quotes were",
        ):
            self.assertIn(line, said)

    def test_a_paste_stores_the_article_and_tells_what_it_left_out(self):
        with mock.patch(READER, return_value=faulty()):
            response = log_in(make_user("editor")).post("/admin/desk/paste/", {"text": PASTED}, follow=True)
        self.assertContains(response, "3 turns were empty or outside the text")
        self.judge(Article.objects.get())

    def test_what_the_database_refuses_all_the_same_is_left_out_and_told(self):
        row = {"headline": "Weir opens", "body": BODY, "publication": "Selwy Courier"}
        path = self.write("rows.jsonl", json.dumps(row))
        empty = reading(turns=(Turn(20, 20, "answer", "A", None, True, 0.9),))
        with (
            mock.patch(READER, return_value=empty),
            mock.patch("articles.ingest.pipeline.repair.repaired", lambda found, texts: (found, [])),
        ):
            counts, code, said = self.run_import(path, "--publish")
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (1, 0, 0))
        article = Article.objects.get()
        self.assertEqual((article.status, article.body, article.turns.count()), ("usable", BODY, 0))
        self.assertIn("imported without its turns, notes and quotes: refused by the database", said)

    def test_a_reading_without_a_fault_stays_as_it_is(self):
        whole = reading(
            turn_piece(BODY, "Why now?", "question", "Q", group=1),
            piece(BODY, "time to go,", "Ada Okafor", group=2),
            turns=(turn(BODY, "Why now?", "question", "Q"), turn(BODY, "Then we left.", "answer", "A")),
        )
        row = {"headline": "Weir opens", "body": BODY}
        with mock.patch(READER, return_value=whole):
            self.run_import(self.write("rows.jsonl", json.dumps(row)))
        article = Article.objects.get()
        self.assertEqual((article.turns.count(), article.quotes.count(), article.extra), (2, 2, {}))


class KeptValueTests(Tables, TestCase):
    def test_a_row_with_values_too_long_comes_in_and_each_is_kept_and_told(self):
        long = {"byline": "B" * 501, "kicker": "K" * 501, "section": "S" * 501, "edition": "E" * 101}
        long |= {"page": "P" * 51, "external_id": "I" * 256, "standfirst": "F" * 5001}
        row = {"headline": "Weir opens", "body": "The weir is open.", "publication": "Selwy Courier"}
        path = self.write("rows.jsonl", json.dumps(row | long))
        counts, code, said = self.run_import(path, "--publish")
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (1, 0, 0))
        article = Article.objects.published().get()
        for column, value in long.items():
            with self.subTest(column):
                self.assertEqual(article.extra[column], value)
                self.assertRegex(said, rf"row 1, {column}: .* is the most; imported without this value")
        self.assertEqual((article.byline, article.section, article.page), ("", None, ""))

    def test_a_page_with_a_value_too_long_comes_in(self):
        html = (
            f"<html><head><meta property='article:section' content='{'S' * 600}'></head><body><h1>Weir</h1>"
        )
        html += "<p>The weir was opened a day early on Friday, and farmers had to move.</p>" * 3
        counts, _, said = self.run_import(self.write("weir.html", html), "--publication", "Selwy Courier")
        self.assertEqual(counts["rows_added"], 1)
        self.assertRegex(said, r"section: 'S+' too long: 600 characters \(limit 500\)")
        self.assertEqual(Article.objects.get().extra["section"], "S" * 600)

    def test_authors_whom_only_a_list_names_are_in_the_byline(self):
        row = {"headline": "Weir opens", "body": "The weir is open.", "authors": ["Edda Marsh", "Tove Lind"]}
        self.run_import(self.write("rows.jsonl", json.dumps(row)))
        self.assertEqual(Article.objects.get().byline, "Edda Marsh, Tove Lind")

    def test_authors_may_be_objects_or_one_text_in_every_format(self):
        rows = [
            {"authors": [{"name": "Edda Marsh"}, {"name": "Tove Lind"}]},
            {"authors": "Edda Marsh, Tove Lind"},
            {"authors": "Edda Marsh; Tove Lind"},
        ]
        for number, row in enumerate(rows):
            row |= {"headline": f"Weir {number}", "body": f"The weir is open for {number} hours."}
        self.run_import(self.write("rows.jsonl", "\n".join(map(json.dumps, rows))))
        table = 'headline,body,authors,x\nMill,The mill burnt down.,"Edda Marsh, Tove Lind",1\n'
        csv_map = self.write("map.toml", self.suggest(self.write("own.csv", table)))
        self.run_import(self.folder / "own.csv", "--map", csv_map)
        bylines = Article.objects.values_list("byline", flat=True)
        self.assertEqual(list(bylines), ["Edda Marsh, Tove Lind"] * 4)

    def test_authors_whom_a_byline_does_not_name_are_kept_beside_it(self):
        row = {"headline": "Weir opens", "body": "The weir is open.", "byline": "By Edda Marsh"}
        row |= {"authors": ["Edda Marsh", "Tove Lind"]}
        self.run_import(self.write("rows.jsonl", json.dumps(row)))
        article = Article.objects.get()
        self.assertEqual((article.byline, article.extra["authors"]), ("By Edda Marsh", ["Tove Lind"]))

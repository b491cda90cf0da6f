"""Export files: the same results and names as the page, safe to open in spreadsheets."""

import csv
import datetime as dt
import io
import json
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.http import QueryDict
from django.test import TestCase, TransactionTestCase

from articles import exports, feeds, search
from articles.text.spreadsheet_safety import cell
from articles.views.exports import citations_of
from tests.factories import make_article, make_quote, make_speaker

# A spreadsheet may run what begins so: plain, full-width and small, at once or behind what is not seen.
PLAIN = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe66")
BEGIN_FORMULAS = (
    *PLAIN,
    *(f"{blank}=" for blank in (" ", "\n", "\t", "\r", "\xa0", "\u3000")),
    "\n \uff1d",
    "\t",
    "\r",
)
SITE = "https://archive.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"


def asked(query="", scope="articles"):
    return search.ArticleFilter(QueryDict(query), scope)


def in_csv(query, scope="articles"):
    question = asked(query, scope).cleaned
    chunks = exports.csv_chunks(
        search.stream_results(question), question, site_url=SITE, path="/search/", version="1.2"
    )
    text = b"".join(chunks).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class ExportTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = make_speaker("Ada Okafor", slug="ada-okafor")
        cls.flood = make_article(
            headline="Flood closes the bridge",
            body="The river rose. “We will rebuild the bridge,” said Ada Okafor. She left.",
            section="Home news",
            published_on=dt.date(2019, 5, 1),
            published_precision="month",
        )
        cls.other = make_article(headline="=1+1", body="A bridge\u2028and\x0c a river.", published_on=None)
        cls.quote = make_quote(cls.flood, "We will rebuild the bridge,", speaker=cls.ada, source="Ada Okafor")

    def test_json_has_the_promised_keys(self):
        answer = search.search(asked("q=bridge+*&publication=selwy-courier").cleaned)
        found = exports.answer_json(answer, site_url=SITE, path="/search/")
        self.assertEqual(
            list(found),
            [
                "query",
                "filters",
                "sort",
                "count",
                "count_with_copies",
                "without_speaker",
                "page",
                "pages",
                "size",
                "results",
                "unmarked",
                "facets",
                "histogram",
                "since",
                "links",
            ],
        )
        self.assertEqual(
            found["query"],
            {
                "text": "bridge *",
                "read_as": "bridge",
                "ignored": [{"text": "*", "position": 7, "reason": "Nothing to search for"}],
                "hints": [],
                "clauses": [{"text": "bridge", "count": 2}],
            },
        )
        self.assertEqual(found["filters"]["publication"], {"any": ["selwy-courier"], "none": []})
        self.assertEqual(
            list(found["facets"]),
            ["publication", "section", "topic", "speaker", "author", "language", "kind", "year"],
        )
        self.assertEqual(
            found["facets"]["year"],
            [{"value": "2019", "label": "2019", "count": 1, "selected": False, "excluded": False}],
        )
        self.assertEqual(
            found["links"]["csv"],
            f"{SITE}/search/?q=bridge+%2A&publication=selwy-courier&format=csv",
        )
        json.dumps(found)

    def test_an_article_in_json(self):
        answer = search.search(asked("q=river+rebuild").cleaned)
        (found,) = exports.answer_json(answer, site_url=SITE, path="/search/")["results"]
        self.assertEqual(
            list(found),
            [
                *("id", "url", "headline", "standfirst", "byline", "publication", "section", "published_at"),
                *("published_precision", "language", "source_url", "excerpts", "speakers", "quotes"),
            ],
        )
        self.assertEqual((found["published_at"], found["published_precision"]), ("2019-05", "month"))
        self.assertEqual(found["speakers"], [{"slug": "ada-okafor", "name": "Ada Okafor"}])
        self.assertEqual([quote["id"] for quote in found["quotes"]], [self.quote.pk])
        (excerpt,) = found["excerpts"]
        self.assertEqual([excerpt["text"][a:b] for a, b in excerpt["marks"]], ["river", "rebuild"])

    def test_a_quote_in_json(self):
        answer = search.search(asked("", "quotes").cleaned)
        (found,) = exports.answer_json(answer, site_url=SITE, path="/quotes/")["results"]
        self.assertEqual(
            list(found),
            [
                *("id", "url", "text", "spans", "kind", "source", "cue", "speaker", "role", "standing"),
                *("checked", "rule", "part", "start", "end", "before", "after", "article"),
            ],
        )
        self.assertEqual(found["before"], "The river rose.")
        self.assertEqual(found["after"], "said Ada Okafor.")
        self.assertEqual(found["article"]["publication"], {"slug": "selwy-courier", "name": "Selwy Courier"})

    def test_errors_and_unknown_parameters_in_json(self):
        found = exports.errors_json(asked("from=2019-13&foo=1"))
        self.assertEqual((found["count"], found["results"], set(found["errors"])), (0, [], {"from", "foo"}))
        self.assertEqual(found["errors"]["from"][0]["value"], "2019-13")
        self.assertIsNone(exports.errors_json(asked("from=2019&utm_source=x")))

    def test_a_line_of_jsonl_is_the_result_of_json(self):
        answer = search.search(asked("q=bridge").cleaned)
        page = exports.answer_json(answer, site_url=SITE, path="/search/")
        written = b"".join(exports.jsonl_chunks(search.stream_results(answer.request), site_url=SITE))
        lines = written.decode().splitlines()
        self.assertEqual([json.loads(line) for line in lines], page["results"])

    def test_csv_has_the_whole_set_with_its_origin_in_every_row(self):
        rows = in_csv("q=bridge&size=20&page=1")
        self.assertEqual({int(row["id"]) for row in rows}, {self.flood.pk, self.other.pk})
        self.assertEqual({row["query"] for row in rows}, {f"{SITE}/search/?q=bridge"})
        self.assertEqual({row["version"] for row in rows}, {"1.2"})
        self.assertEqual(next(iter(rows[0])), "id")

    def test_csv_of_quotes_flattens_what_is_nested(self):
        (row,) = in_csv("", "quotes")
        self.assertEqual(row["speaker_slug"], "ada-okafor")
        self.assertEqual(row["article_publication_name"], "Selwy Courier")
        self.assertEqual(json.loads(row["spans"]), self.quote.spans)

    def test_no_cell_begins_as_a_formula(self):
        for first in BEGIN_FORMULAS:
            make_article(headline=f"{first}cmd", byline=f"{first}x", standfirst=f"{first}y")
        for row in in_csv("size=100"):
            for column, written in row.items():
                self.assertFalse(
                    written.startswith((*BEGIN_FORMULAS, " ", "\n", "\u3000")), (column, written)
                )
        headlines = {row["headline"] for row in in_csv("size=100")}
        self.assertLessEqual({f"'{first}cmd" for first in BEGIN_FORMULAS}, headlines)

    def test_a_text_that_reads_as_a_number_or_as_nothing_has_an_apostrophe_and_only_such_a_one(self):
        for text in ("007", "1,000", "1e5", "NA", "null", "None", "n/a", "TRUE", "T", "0x1F", "'007", "=1"):
            self.assertEqual(cell(text), f"'{text}")
        for text in ("1984", "2019-05", "2019-05-30", "None of them", "7 days", "'Tis", "", "Trudeau", "№ 7"):
            self.assertEqual(cell(text), text)
        self.assertEqual((cell(7), cell(None)), (7, ""))

    def test_texts_stand_in_quotation_marks_for_some_programs_split_at_semicolons_and_tabs(self):
        make_article(headline="One; two\tthree", standfirst="")
        question = asked("").cleaned
        chunks = exports.csv_chunks(
            search.stream_results(question), question, site_url=SITE, path="/search/", version="1.2"
        )
        self.assertIn(b',"One; two\tthree","",', b"".join(chunks))

    def feed(self, answer, **how):
        written = feeds.atom(answer, citations_of(answer.results), site_url=SITE, **how)
        return ET.fromstring(written)  # noqa: S314

    def test_the_feed_is_xml_and_has_the_page(self):
        answer = search.search(asked("q=bridge&sort=newest").cleaned)
        root = self.feed(answer, path="/search/", title="bridge\x00")
        titles = [entry.find(f"{ATOM}title").text for entry in root.findall(f"{ATOM}entry")]
        self.assertEqual(titles, ["Flood closes the bridge", "=1+1"])
        quotes = search.search(asked("", "quotes").cleaned)
        root = self.feed(quotes, path="/quotes/", title="All")
        self.assertEqual(
            root.find(f"{ATOM}entry/{ATOM}title").text,
            "Ada Okafor (not checked): We will rebuild the bridge,",
        )


class EverythingTests(TransactionTestCase):
    @staticmethod
    def make_older():
        make_article(published_on=dt.date(1990, 1, 1))
        connection.close()

    def test_the_set_is_streamed_in_the_order_of_the_pages_in_one_snapshot(self):
        made = [make_article(published_on=dt.date(2000 + n, 1, 1)).pk for n in range(5)]
        results = search.stream_results(asked("sort=oldest").cleaned)
        first = next(results)
        # Another reader's connection: this one reads a snapshot and may not write.
        with ThreadPoolExecutor(1) as another:
            another.submit(self.make_older).result()
        self.assertEqual([first.row.pk, *(result.row.pk for result in results)], made)

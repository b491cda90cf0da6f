"""import_articles from folders of saved pages: one child process reads them all."""

from unittest import mock

from django.test import TestCase

from articles.fetching import sandbox
from articles.ingest.proposals.refresh import read_stored
from articles.models import Article, ImportError
from tests.commands.test_import_tables import Tables
from tests.extraction.test_pages import PAIRS
from tests.extraction.test_pages import page as interview

DEADLY = "ends its reader"


def page(headline):
    text = "".join(
        f"<p>It rained on day {day} of the week in Selwy, and the weir held.</p>" for day in range(5)
    )
    return f"<html lang='en'><body><article><h1>{headline}</h1>{text}</article></body></html>"


class PageTests(Tables, TestCase):
    def setUp(self):
        super().setUp()
        self.started = []
        start, ask = sandbox._start, sandbox._ask

        def start_noted():
            self.started.append(start())
            return self.started[-1]

        def ask_or_die(child, job, items):
            if DEADLY.encode() in job:
                child.kill()
            return ask(child, job, items)

        self.enterContext(mock.patch.object(sandbox, "_start", start_noted))
        self.enterContext(mock.patch.object(sandbox, "_ask", ask_or_die))

    def folder_of(self, *pages):
        folder = self.folder / "site"
        folder.mkdir()
        for number, html in enumerate(pages):
            (folder / f"{number}.html").write_text(html)
        return folder

    def test_one_process_reads_all_pages_and_the_report_says_how_fast(self):
        folder = self.folder_of(*(page(f"Weir holds on day {number}") for number in range(4)))
        counts, code, said = self.run_import(folder)
        self.assertEqual((counts["rows_added"], code), (4, 0))
        self.assertEqual(len(self.started), 1)
        self.assertIsNotNone(self.started[0].poll())
        self.assertRegex(said, r"; [\d,.]+ pages per second")

    def test_a_page_that_ends_the_process_costs_only_itself(self):
        folder = self.folder_of(page("Weir holds"), page(DEADLY), page("Mill burns"))
        counts, code, _ = self.run_import(folder)
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (2, 1, 1))
        self.assertEqual(len(self.started), 2)
        self.assertIn("could not be read with 512 MB of memory", ImportError.objects.get().reason)
        self.assertEqual(
            set(Article.objects.values_list("headline", flat=True)), {"Weir holds", "Mill burns"}
        )

    def test_questions_in_bold_are_still_known_when_the_stored_article_is_read_again(self):
        story = interview(*(f"<p><b>{question}</b></p><p>{answer}</p>" for question, answer in PAIRS))
        self.run_import(self.folder_of(story))
        article = Article.objects.get()
        self.assertEqual(article.turns.count(), 2 * len(PAIRS))
        self.assertEqual(len(read_stored(article).turns), 2 * len(PAIRS))

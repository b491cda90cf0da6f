"""check_archive finds each fault and names it; reindex repairs those of the index."""

import io
from unittest import mock

from django.core.management import call_command
from django.db import connection
from django.test import TestCase, TransactionTestCase

from articles.models import (
    Article,
    PastQuoteDocument,
    PastSearchDocument,
    QuoteDocument,
    SearchDocument,
)
from articles.operations import reindex
from articles.revisions import change_text
from tests.factories import make_article, make_cycle, make_quote, make_speaker, make_turn


def run(command, *options):
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(command, *options, stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return out.getvalue().splitlines(), code, err.getvalue()


class CheckTests(TestCase):
    def setUp(self):
        self.article = make_article(
            body="“The river is high,” said Osric Pell.", captions=("“Mine,” he says.",)
        )
        self.quote = make_quote(self.article, "The river is high,", speaker=make_speaker())

    def force(self, statement, *values):
        """Write behind the back of every trigger, as a broken disk or a careless hand would."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("article", "quote", "turn", "rawdocument"):
                cursor.execute(f"ALTER TABLE articles_{table} DISABLE TRIGGER USER")
            cursor.execute(statement, values)
            for table in ("article", "quote", "turn", "rawdocument"):
                cursor.execute(f"ALTER TABLE articles_{table} ENABLE TRIGGER USER")

    def assert_told(self, *told):
        lines, code, _ = run("check_archive")
        self.assertEqual(lines, list(told))
        self.assertEqual(code, 1 if told else 0)

    def test_a_whole_archive_has_no_faults(self):
        self.assert_told()

    def test_a_quote_that_does_not_stand_at_its_place(self):
        self.force("UPDATE articles_article SET body = 'x' || body")
        lines, code, _ = run("check_archive")
        self.assertEqual(code, 1)
        self.assertIn(
            f"quote {self.quote.pk}, article {self.article.pk}: its words are not at its position", lines
        )

    def test_a_turn_past_the_end(self):
        turn = make_turn(self.article, "The river", "answer")
        self.force('UPDATE articles_turn SET "end" = 5000')
        self.assert_told(f"turn {turn.pk}: ends after the text of article {self.article.pk}")

    def test_a_body_and_bytes_that_are_not_what_their_hash_says(self):
        document = self.article.raw_documents.create(bytes=b"abc", media_type="text/plain")
        where = f"raw document {document.pk} of article {self.article.pk}"
        self.force("UPDATE articles_rawdocument SET bytes = 'abd'")
        self.force("UPDATE articles_article SET body_hash = 'x'")
        self.assert_told(
            f"article {self.article.pk}: the text does not match its hash",
            f"{where}: the bytes do not match their hash",
            f"article {self.article.pk}: its signature does not match its text; reindex",
        )

    def test_first_public_times_that_cannot_be(self):
        self.force("UPDATE articles_article SET first_public_at = NULL")
        lines, code, _ = run("check_archive")
        self.assertIn(f"article {self.article.pk}: published, but first_public_at is empty", lines)
        self.assertEqual(code, 1)

    def test_documents_missing_too_many_or_other(self):
        other = make_article()
        SearchDocument.objects.filter(article=other).delete()
        SearchDocument.objects.filter(article=self.article).update(section_id=7, year=1)
        QuoteDocument.objects.update(standing="disputed")
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_document SELECT (jsonb_populate_record(d, '{\"article_id\": 999999}')).*"
                " FROM search_document d"
            )
        self.assert_told(
            f"article {self.article.pk}: its search_document differs from a rebuild in section_id, year",
            f"article {other.pk}: has no search_document",
            "article 999999: has a search_document and should have none",
            f"quote {self.quote.pk}: its quote_document differs from a rebuild in standing",
        )

    def test_speakers_whose_canonical_speaker_is_not_the_end_of_their_merges(self):
        one, other = make_speaker(), make_speaker()
        make_cycle(one, other)
        self.assert_told(
            f"speaker {other.pk}: its canonical speaker is {other.pk}, but its merges end elsewhere"
        )


class ReindexTests(TestCase):
    def setUp(self):
        self.articles = [make_article(body=f"“The river is high,” said Pell, {n}.") for n in range(5)]
        for article in self.articles:
            make_quote(article, "The river is high,")

    def spoil(self):
        QuoteDocument.objects.filter(article=self.articles[0]).delete()
        SearchDocument.objects.filter(article=self.articles[1]).delete()
        QuoteDocument.objects.filter(article=self.articles[2]).delete()
        SearchDocument.objects.filter(article=self.articles[3]).delete()

    def test_what_is_stale_or_missing_is_made_anew_and_nothing_else(self):
        self.spoil()
        _, code, said = run("reindex")
        self.assertEqual((code, said), (0, "4 articles rebuilt\n"))
        self.assertEqual(run("check_archive")[:2], ([], 0))
        self.assertEqual(run("reindex")[2], "0 articles rebuilt\n")

    def test_a_run_cut_off_goes_on_where_it_stopped(self):
        self.spoil()
        with mock.patch.object(reindex, "CHUNK_SIZE", 1):
            chunks = reindex.reindex()
            self.assertEqual([next(chunks), next(chunks)], [(a.pk, 1) for a in self.articles[:2]])
            chunks.close()
            self.assertEqual(list(reindex.reindex()), [(a.pk, 1) for a in self.articles[2:4]])
        self.assertEqual(run("check_archive")[:2], ([], 0))

    def test_all_means_all_and_after_means_after(self):
        SearchDocument.objects.update(year=1, kinds=15)
        self.assertEqual(
            run("reindex", "--all", "--after", str(self.articles[2].pk))[2], "2 articles rebuilt\n"
        )
        self.assertEqual(SearchDocument.objects.filter(year=1).count(), 3)
        run("reindex", "--all")
        self.assertEqual(run("check_archive")[:2], ([], 0))

    def test_documents_without_an_article_go(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_document SELECT (jsonb_populate_record(d, '{\"article_id\": 999999}')).*"
                " FROM search_document d LIMIT 1"
            )
        run("reindex")
        self.assertEqual(SearchDocument.objects.count(), 5)


class FormerDocumentTests(TransactionTestCase):
    """What documents once were is checked against the history."""

    def setUp(self):
        self.article = make_article(
            body="“The river is high,” said Pell of the weir.", captions=("The old weir.",)
        )
        self.quote = make_quote(self.article, "The river is high,")
        change_text(Article.objects.get(), body="“The river is high,” said Pell.")
        self.article.images.update(caption="The new weir.")
        self.article.images.create(caption="A boat.", position=1)
        Article.objects.update(status="canceled")

    def test_an_archive_with_a_past_has_no_faults(self):
        self.assertEqual(PastSearchDocument.objects.count(), 6)
        self.assertEqual(PastQuoteDocument.objects.count(), 1)
        self.assertEqual(run("check_archive")[:2], ([], 0))

    def test_two_documents_at_one_time_are_found(self):
        PastQuoteDocument.objects.create(
            **{
                name: value
                for name, value in PastQuoteDocument.objects.values().get().items()
                if name != "id"
            }
        )
        self.assertRegex(run("check_archive")[0][0], f"^quote {self.quote.pk}: two documents stand at once")

    def test_a_former_document_without_a_text_is_named(self):
        PastSearchDocument.objects.filter(pk=PastSearchDocument.objects.first().pk).update(article_id=999_999)
        lines, _, _ = run("check_archive")
        self.assertRegex(lines[0], "^article 999999: .* has no text in the history any more$")

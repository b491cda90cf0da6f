"""Pasted text is stored before it is parsed, and parsing fills the draft."""

from unittest import mock

from django.test import TestCase

from articles.ingest.pipeline.drafts import fill_draft, start_draft
from articles.models import Article, RawDocument, Topic
from articles.operations.integrity import faults
from articles.parsing import ParsedArticle, ParsedImage
from articles.parsing.newspaper_names import newspapers_named
from tests.factories import make_article, make_publication

PASTE = (
    "The river rises at Tarrin Bridge\n\nBy Gwen Asher\n\n“The river is high,” said Osric Pell, who farms"
    " below the bridge. He had moved the cows the night before.\n\nIt rained again, and nobody slept."
)


def reads(**fields):
    read = ParsedArticle(headline="A", body="B.", **fields)
    return mock.patch(
        "articles.ingest.pipeline.drafts.read_document", return_value=(read, newspapers_named(read))
    )


class DraftTests(TestCase):
    def test_a_paste_is_stored_before_it_is_read(self):
        draft = start_draft(PASTE)
        self.assertEqual((draft.status, draft.body), ("draft", ""))
        self.assertEqual(bytes(draft.raw_documents.get().bytes).decode(), PASTE)

    def test_a_reader_that_fails_loses_nothing(self):
        draft = start_draft(PASTE)
        with (
            mock.patch("articles.ingest.pipeline.drafts.read_document", side_effect=RuntimeError),
            self.assertRaises(RuntimeError),
        ):
            fill_draft(draft)
        self.assertEqual(Article.objects.get().raw_documents.count(), 1)
        fill_draft(Article.objects.get())
        self.assertIn("Osric Pell", Article.objects.get().body)

    def test_the_parts_fill_the_draft_with_its_proposals(self):
        draft = start_draft(PASTE)
        fill_draft(draft)
        draft = Article.objects.get()
        self.assertEqual(draft.headline, "The river rises at Tarrin Bridge")
        self.assertEqual((draft.byline, draft.body), ("By Gwen Asher", PASTE.split("\n\n", 2)[2]))
        self.assertEqual([q.text for q in draft.quotes.pending()], ["The river is high,"])
        self.assertEqual(list(faults()), [])

    def test_what_a_field_already_holds_stays(self):
        paper = make_publication("Corran Post")
        draft = start_draft(PASTE, source_url="https://post.example/1")
        draft.headline, draft.publication = "My headline", paper
        draft.save()
        with reads(publication="Selwy Courier", source_url="https://courier.example/9"):
            fill_draft(draft)
        draft = Article.objects.get()
        self.assertEqual((draft.headline, draft.publication), ("My headline", paper))
        self.assertEqual(draft.canonical_url, "https://post.example/1")

    def test_names_the_archive_does_not_know_wait_and_nothing_is_made_of_them(self):
        Topic.objects.create(name="Floods", slug="floods")
        draft = start_draft("x")
        with reads(publication="Unheard Gazette", section="Odds", topics=("floods", "Ends")):
            fill_draft(draft)
        draft.refresh_from_db()
        self.assertEqual([t.name for t in draft.topics.all()], ["Floods"])
        unknown = {"publication": "Unheard Gazette", "section": "Odds", "topics": ["Ends"]}
        self.assertEqual(draft.extra["unknown"], unknown)

    def test_a_draft_is_filled_once(self):
        draft = start_draft(PASTE)
        fill_draft(draft)
        with self.assertRaises(ValueError):
            fill_draft(draft)

    def test_an_address_that_another_article_has_is_given_up(self):
        make_article(canonical_url="https://courier.example/1")
        draft = start_draft("x", source_url="http://www.courier.example/1/?utm_source=x")
        with reads():
            fill_draft(draft)
        draft.refresh_from_db()
        self.assertIsNone(draft.canonical_url)
        self.assertEqual(draft.source_url, "http://www.courier.example/1/?utm_source=x")

    def test_the_same_text_in_another_paper_makes_it_a_copy(self):
        first = make_article(body="B.", publication="Corran Post")
        draft = start_draft("x")
        Article.objects.filter(pk=draft.pk).update(publication=make_publication("Selwy Courier"))
        draft.refresh_from_db()
        with reads():
            fill_draft(draft)
        draft.refresh_from_db()
        self.assertEqual(draft.copy_of, first)

    def test_what_no_column_holds_is_left_out_and_told(self):
        draft = start_draft("x")
        images = (ParsedImage("c" * 5001, "Lise", "javascript:1"), ParsedImage("fits"))
        with reads(kicker="k" * 501, language="klingonisch", source_url="ftp://a.example/b", images=images):
            fill_draft(draft)
        draft.refresh_from_db()
        self.assertEqual((draft.kicker, draft.language, draft.source_url), ("", "", ""))
        kept = list(draft.images.values_list("caption", "credit", "url"))
        self.assertEqual(kept, [("", "Lise", ""), ("fits", "", "")])

    def test_broken_characters_and_bytes_are_kept_as_they_came(self):
        for given, stored in (
            (PASTE + "\ud800", (PASTE + "\ud800").encode("utf-8", "surrogatepass")),
            (b"\xff\xfeA\x00", b"\xff\xfeA\x00"),
        ):
            draft = start_draft(given)
            fill_draft(draft)
            self.assertEqual(bytes(RawDocument.objects.get(article=draft).bytes), stored)

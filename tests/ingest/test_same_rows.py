"""One article leaves the same rows whether it is pasted, uploaded, fetched or imported."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.extraction import extract_article
from articles.fetching.http_client import Page
from articles.ingest.pipeline.drafts import fill_draft, start_draft
from articles.models import Article, AuditEntry, Topic
from tests.admin.desk import log_in, make_user
from tests.factories import make_publication, make_section, make_speaker, make_topic

PASTE = "/admin/desk/paste/"
BODY = (
    "“We had the cows out before the siren,” said Osric Pell, whose meadows flood every tenth winter. Pell"
    " said he would stay.\n\n“Nobody asked us,” Brun Ketil said. “Not once,” said Ketil. It rained again.\n\n"
    # Only who knows the name is sure that it is a person's.
    "Late on Monday Tolland Ridge spoke. “No,” said Ridge, who left.\n\n"
    "Q: Why did you stay?\n\nA: The river always comes back.\n\n[The dam was opened in 1931. – Ed.]"
)
HEAD = "River authority opens gates\n\nBy Jonas Whitlock\n\nSelwy Courier, 30 May 2019\n\nShare this article"
TEXT = f"{HEAD}\n\n{BODY}\n"
WEB_PAGE = (
    '<!doctype html><html lang="en"><head><title>River authority opens gates</title>'
    '<meta property="og:site_name" content="Selwy Courier"><meta property="article:section" content="Floods">'
    '<meta property="article:tag" content="Rivers">'
    '<meta property="article:published_time" content="2019-05-30">'
    '<link rel="canonical" href="https://courier.example/gates"><meta name="author" content="Jonas Whitlock">'
    "</head><body><article><h1>River authority opens gates</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n"))
    + '<figure><img src="https://courier.example/i.jpg"><figcaption>The gates at noon. Photo: Lise Orr'
    "</figcaption></figure></article></body></html>"
)
# Which row it is and when it came; how often the row was saved; which import it belongs to.
OF_THE_ROW = {
    *("id", "version", "created_at", "modified_at", "visible_from", "import_batch_id", "status_changed_at"),
    *("article_id", "turn_id", "image_id", "inside_id", "start_turn_id"),
}


def columns(row) -> dict:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in OF_THE_ROW
    }


def rows_of(article: Article) -> dict:
    """All that the archive stores of an article, without what differs from row to row."""
    article.refresh_from_db()
    return {
        "article": columns(article),
        "publication": article.publication and article.publication.name,
        "section": article.section and article.section.name,
        "topics": sorted(article.topics.values_list("name", flat=True)),
        "authors": list(article.authors.order_by("authorship__position").values_list("name", flat=True)),
        "quotes": [
            columns(quote)
            | {"within": quote.inside and quote.inside.text, "turn": quote.turn and quote.turn.start}
            for quote in article.quotes.order_by("position")
        ],
        "turns": [columns(turn) for turn in article.turns.order_by("position")],
        "notes": [columns(note) for note in article.notes.order_by("start")],
        "images": [columns(image) for image in article.images.order_by("position")],
        "signature": article.signature.bands if hasattr(article, "signature") else None,
        "original": [bytes(document.bytes) for document in article.raw_documents.all()],
        "history": article.events.count(),
        "audit": logged_additions(article),
    }


def logged_additions(article: Article) -> int:
    """How many entries of the audit log say that the article, or the import that it came with, was added."""
    added = Q(kind=AuditEntry.Kind.ADD, about="article", ids__contains=[article.pk])
    imported = Q(kind=AuditEntry.Kind.IMPORT, ids__contains=[article.import_batch_id or 0])
    return AuditEntry.objects.filter(added | imported).count()


class SameRowsTests(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("chief editor")
        make_publication("Selwy Courier", time_zone="Europe/Dublin")
        make_section("Floods")
        make_topic("Rivers")
        make_speaker("Jonas Whitlock")
        make_speaker("Osric Pell")
        make_speaker("Tolland Ridge")

    def setUp(self):
        self.client = log_in(self.editor)

    def paste(self, text: str) -> None:
        self.client.post(PASTE, {"text": text})

    def upload(self, text: str) -> None:
        self.client.post(PASTE, {"file": SimpleUploadedFile("gates", text.encode())})

    def fetch(self, text: str) -> None:
        kind = "text/html" if text.startswith("<") else "text/plain"
        page = Page(text.encode(), kind, "https://courier.example/gates")
        with mock.patch("articles.admin.intake.new_article.fetch", return_value=page):
            self.client.post(PASTE, {"url": page.url})

    def bring_in(self, text: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "gates.html" if text.startswith("<") else "gates.txt")
            path.write_text(text)
            call_command("import_articles", str(path), verbosity=0)

    def rows_by_each(self, text: str) -> dict[str, dict]:
        found = {}
        for way in (self.paste, self.upload, self.fetch, self.bring_in):
            way(text)
            article = Article.objects.get()
            found[way.__name__] = rows_of(article)
            article.raw_documents.all()._raw_delete("default")
            article.delete()
        return found

    def compare(self, found: dict[str, dict]) -> None:
        for way, rows in found.items():
            for part, values in rows.items():
                with self.subTest(way, part=part):
                    self.assertEqual(values, found["paste"][part])

    def test_a_text_leaves_the_same_rows_by_each_of_the_four_ways(self):
        found = self.rows_by_each(TEXT)
        # Only the fetched one has an address.
        for name in ("source_url", "canonical_url"):
            found["fetch"]["article"][name] = found["paste"]["article"][name]
        self.compare(found)

    def test_a_page_leaves_the_same_rows_by_each_of_the_four_ways(self):
        self.compare(self.rows_by_each(WEB_PAGE))

    def test_the_rows_are_all_those_that_the_comparison_is_about(self):
        self.paste(WEB_PAGE)
        page = rows_of(Article.objects.get())
        counts = {"topics": 1, "authors": 1, "quotes": 6, "turns": 2, "notes": 1, "images": 1, "original": 1}
        self.assertEqual({part: len(page[part]) for part in counts}, counts)
        self.assertEqual((page["section"], page["publication"]), ("Floods", "Selwy Courier"))
        self.assertEqual((page["history"], page["audit"]), (0, 1))
        self.assertTrue(page["article"]["extra"]["removed"])


class ReadOnceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_publication("Selwy Courier")
        make_topic("Rivers")
        make_speaker("Osric Pell")

    def fill(self) -> tuple[int, list[str]]:
        """Paste the page; return how often it was read, and the statements that read topics."""
        draft = start_draft(WEB_PAGE, media_type="text/html; charset=utf-8")
        with (
            mock.patch("articles.ingest.pipeline.parse.extract_article", wraps=extract_article) as extracted,
            CaptureQueriesContext(connection) as queries,
        ):
            fill_draft(draft)
        self.assertEqual([topic.name for topic in draft.topics.all()], ["Rivers"])
        self.assertTrue(draft.quotes.filter(speaker__name="Osric Pell").exists())
        statements = (query["sql"] for query in queries)
        topics = [sql for sql in statements if re.match(r'SELECT .* FROM "articles_topic"', sql)]
        return extracted.call_count, topics

    def test_a_pasted_article_is_read_once_although_the_archive_knows_a_name_in_it(self):
        self.assertEqual(self.fill()[0], 1)

    def test_topics_are_looked_up_with_one_statement_and_never_all_loaded(self):
        Topic.objects.bulk_create(Topic(name=f"Topic {n}", slug=f"topic-{n}") for n in range(50))
        _, statements = self.fill()
        self.assertEqual(len(statements), 1)
        with connection.cursor() as cursor:
            cursor.execute(statements[0])
            self.assertEqual([name for _, name, _, _ in cursor.fetchall()], ["Rivers"])

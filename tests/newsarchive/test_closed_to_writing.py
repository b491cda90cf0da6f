"""A read-only database or full disk: no input is lost and nothing is half stored."""

import errno
import io
import json
import re
import tempfile
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from unittest import mock

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, OperationalError, connection
from django.test import Client, TransactionTestCase
from django.urls import reverse

import manage
from articles import reader_reports
from articles.models import Article, Quote, RawDocument, Report, SearchDocument, Speaker
from articles.operations.integrity import faults
from articles.urls import FORMS
from newsarchive.error_pages import is_the_database
from tests.admin.desk import BODY, confirmed, make_draft, make_user, open_form, review_url
from tests.factories import make_article, make_quote, make_speaker

TEXT = f"Corran gates opened a day early\n\n{BODY}"
LISTS = ("/", "/search/?q=siren&group=year", "/quotes/?q=siren&view=kwic", "/search/?q=nothing-at-all")
BROWSE = ("/speakers/", "/about/", "/about/holdings/", "/help/search/", "/sitemap.xml", "/readyz")
EXPORTS = tuple(f"/search/?q=siren&format={form}" for form in ("json", "csv", "jsonl", "ris", "atom"))
# Storing an article with a quote writes to these in turn.
TABLES = ("articles_rawdocument", "articles_article", "articles_quote", "search_document", "quote_document")


@contextmanager
def read_only():
    """As on a standby, or after an operator's ``ALTER DATABASE … SET default_transaction_read_only``."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")


@contextmanager
def full_disk(table):
    """The disk is full from the first row that this table would take."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION test_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';"
            " END $$"
        )
        # Last among the triggers of the row: whatever else one write sets off has been done by then.
        cursor.execute(
            f"CREATE TRIGGER zz_full AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION test_full()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION test_full CASCADE")


@contextmanager
def lost_connection():
    """The server has gone since the last request."""

    def fail(*statement):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(fail):
        yield


def stored():
    """All that an article consists of."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Article, RawDocument, Quote, Speaker, SearchDocument)
    }


class ReadOnlyTests(TransactionTestCase):
    def setUp(self):
        self.article = make_article(body=BODY)
        self.speaker = make_speaker("Osric Pell")
        self.quote = make_quote(self.article, "The siren was for the television.", speaker=self.speaker)
        self.client = Client(raise_request_exception=False)

    def test_readers_notice_nothing(self):
        own = [thing.get_absolute_url() for thing in (self.article, self.quote, self.speaker)]
        with read_only():
            for address in (*LISTS, *BROWSE, *EXPORTS, *own):
                with self.subTest(address):
                    answer = self.client.get(address)
                    b"".join(answer)
                    self.assertEqual(answer.status_code, 200)

    def test_an_editor_gets_a_503_that_holds_what_was_sent(self):
        self.client.force_login(make_user("editor"))
        with read_only():
            answer = self.client.post("/admin/desk/paste/", {"text": TEXT})
        self.assertEqual((answer.status_code, answer["Retry-After"]), (503, "30"))
        self.assertNotIn("Refresh", answer)
        self.assertContains(answer, "the siren was", status_code=503, count=0)
        self.assertContains(answer, "The siren was for the television.", status_code=503)
        self.assertIn("no-store", answer["Cache-Control"])

    def test_a_password_is_not_among_what_is_sent_back(self):
        self.client.force_login(make_user("editor"))
        with read_only():
            answer = self.client.post(
                "/admin/password_change/",
                {"old_password": "pass", "new_password1": "s3cret-s3cret", "new_password2": "s3cret-s3cret"},
            )
        self.assertEqual(answer.status_code, 503)
        self.assertNotIn("s3cret", answer.text)

    def test_a_login_gets_a_503_without_its_password(self):
        make_user("editor")
        with read_only():
            answer = self.client.post("/admin/login/", {"username": "editor", "password": "pass"})
        self.assertEqual(answer.status_code, 503)
        self.assertNotIn('value="pass"', answer.text)


def sent_back(page):
    """The fields of the form on a page that says it was not stored."""
    form = page[page.index("We could not save your form") :]
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    texts = re.findall(r'<textarea name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    return {unescape(name): unescape(value) for name, value in (*hidden, *texts)}


class ReadersFormTests(TransactionTestCase):
    """Each form that readers send: what they wrote comes back in the page, and is taken when sent again."""

    WORDS = "It was her sister who said it, see page 4 of the Harrowmouth Post."

    def setUp(self):
        article = make_article(body=BODY)
        quote = make_quote(article, "The siren was for the television.", speaker=make_speaker("Osric Pell"))
        rows = {"report-quote": quote, "report-article": article}
        self.addresses = [reverse(f"articles:{name}", args=[rows[name].pk]) for name in sorted(FORMS)]
        self.client = Client(raise_request_exception=False)

    def assert_comes_back(self, address, closed):
        stamp = self.client.get(address).context["stamp"]
        sent = {"what": "other", "remark": self.WORDS, "website": "", "stamp": stamp}
        with closed:
            answer = self.client.post(address, sent)
        self.assertEqual((answer.status_code, answer["Retry-After"]), (503, "30"))
        self.assertContains(answer, f'action="{address}"', status_code=503)
        self.assertEqual(sent_back(answer.text), sent)
        self.assertFalse(Report.objects.exists())
        self.assertEqual(self.client.post(address, sent_back(answer.text)).status_code, 302)
        self.assertEqual(Report.objects.get().remark, self.WORDS)
        Report.objects.all().delete()

    def test_a_report_to_a_read_only_database_comes_back(self):
        for address in self.addresses:
            self.assert_comes_back(address, read_only())

    def test_a_report_to_a_full_disk_comes_back(self):
        for address in self.addresses:
            self.assert_comes_back(address, full_disk("articles_report"))

    def test_a_report_over_a_lost_connection_comes_back(self):
        for address in self.addresses:
            self.assert_comes_back(address, lost_connection())

    def test_a_report_that_a_fault_of_the_program_stopped_is_in_the_page(self):
        address = self.addresses[0]
        stamp = self.client.get(address).context["stamp"]
        with mock.patch.object(reader_reports, "receive", side_effect=RuntimeError):
            answer = self.client.post(address, {"what": "other", "remark": self.WORDS, "stamp": stamp})
        self.assertContains(answer, self.WORDS, status_code=500)


class FullDiskTests(TransactionTestCase):
    def setUp(self):
        self.client = Client(raise_request_exception=False)

    def test_an_import_stops_with_one_line_and_leaves_whole_articles_only(self):
        row = {
            "headline": "Gates",
            "body": BODY,
            "publication": "Selwy Courier",
            "published_at": "2019-05-30",
        }
        before = stored()
        for table in TABLES:
            with self.subTest(table), tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "articles.jsonl"
                path.write_text(json.dumps(row) + "\n")
                command = ["manage.py", "import_articles", str(path), "--publish", "--accept-quotes", "0.1"]
                with (
                    full_disk(table),
                    mock.patch("sys.argv", [*command, "--create-speakers"]),
                    # Its sessions are named after the command, in the environment.
                    mock.patch.dict("os.environ"),
                    mock.patch("sys.stderr", io.StringIO()) as said,
                    pytest.raises(SystemExit) as stop,
                ):
                    manage.main()
                self.assertEqual(stop.value.code, 2)
                self.assertIn("No space left on device", said.getvalue().splitlines()[-1])
                self.assertNotIn("Traceback", said.getvalue())
                self.assertEqual(stored(), before)
        self.assertEqual(list(faults()), [])

    def test_a_publication_is_whole_or_not_at_all_and_what_was_sent_is_in_the_page(self):
        self.client.force_login(make_user("editor"))
        for table in ("search_document", "quote_document", "articles_articleevent", "articles_quoteevent"):
            article = make_draft(headline=f"Before {table}", source_url=f"https://courier.example/{table}")
            make_quote(article, "The siren was for the television.", speaker=make_speaker("Osric Pell"))
            fields = open_form(self.client, article)
            fields["kicker"] = "A kicker typed just before"
            before = stored()
            with self.subTest(table), full_disk(table):
                answer = self.client.post(review_url(article), {**fields, "do": "publish"})
                # What was typed is saved, and publishing asked for on a page of its own.
                is_saved = answer.status_code == 302
                answer = confirmed(self.client, answer)
                self.assertEqual(answer.status_code, 503)
            article.refresh_from_db()
            self.assertEqual(article.status, "draft")
            if is_saved:
                self.assertEqual(article.kicker, "A kicker typed just before")
            else:
                self.assertContains(answer, "A kicker typed just before", status_code=503)
                self.assertEqual(stored(), before)
        self.assertEqual(list(faults()), [])

    def test_a_large_upload_that_finds_no_room_in_the_temporary_folder_gets_a_503(self):
        self.client.force_login(make_user("editor"))
        file = SimpleUploadedFile("articles.jsonl", b"{}\n" * 1_000_000)
        full = OSError(errno.ENOSPC, "No space left on device")
        with mock.patch("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", side_effect=full):
            answer = self.client.post("/admin/desk/imports/upload/", {"file": file})
        self.assertEqual((answer.status_code, answer["Retry-After"]), (503, "30"))

    def test_when_there_is_room_again_the_page_sends_the_same_and_it_is_stored(self):
        self.client.force_login(make_user("editor"))
        with full_disk("articles_rawdocument"):
            answer = self.client.post("/admin/desk/paste/", {"text": TEXT})
        self.assertFalse(Article.objects.exists())
        typed = answer.text.split("readonly>\n")[1].split("</textarea>")[0]
        self.client.post("/admin/desk/paste/", {"text": typed})
        self.assertEqual(Article.objects.get().headline, "Corran gates opened a day early")


@pytest.mark.parametrize(
    ("error", "cause", "expected"),
    [
        (OperationalError, psycopg.errors.DiskFull, True),
        (InternalError, psycopg.errors.ReadOnlySqlTransaction, True),
        (InternalError, psycopg.errors.IdleInTransactionSessionTimeout, True),
        (InternalError, psycopg.errors.InFailedSqlTransaction, False),
        (InternalError, psycopg.errors.InternalError_, False),
    ],
)
def test_only_what_the_server_is_to_blame_for_is_told_as_passing(error, cause, expected):
    failure = error("it went wrong")
    failure.__cause__ = cause()
    assert is_the_database(failure) is expected

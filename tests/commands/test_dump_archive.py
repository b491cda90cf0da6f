"""dump_archive and load_archive: another archive with the same rows, ids and history."""

import io
import json
import lzma
import tempfile
from pathlib import Path

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TransactionTestCase
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles import reader_reports
from articles.accuracy import sample
from articles.ingest.pipeline.types import ImportOptions, IncomingArticle
from articles.ingest.pipeline.upsert import Upserter
from articles.ingest.proposals.refresh import propose
from articles.models import (
    Article,
    ArticleEvent,
    AuditEntry,
    Holding,
    ImportBatch,
    ImportError,
    Notice,
    OldAddress,
    Quote,
    Role,
    SearchNote,
    SearchPosting,
    SearchSegment,
    Speaker,
)
from articles.operations.integrity import faults
from articles.revisions import change_text
from articles.search.index import snapshot
from tests.factories import (
    make_article,
    make_cycle,
    make_quote,
    make_section,
    make_speaker,
    make_topic,
    make_turn,
)
from tests.ingest.readings import parsed, piece, reading

# Dumps that an archive once wrote. One of each format stays here for ever.
GOLDENS = sorted((Path(__file__).parent.parent / "upgrades").glob("dump-*.jsonl.xz"))
BODY = "“The river is \\high\\, \t—\u2028 Núñez 𝄞,” said Osric Pell.\n\nNobody asked. [laughs]"


def make_small_archive():
    """Something in every table, and something odd in every kind of column."""
    editor = get_user_model().objects.create_user("gwen", "gwen@example.org", "secret", is_staff=True)
    editor.groups.add(Group.objects.get_or_create(name="editor")[0])
    ada = make_speaker("Ada Okafor", aliases=("A. Okafor",))
    Speaker.objects.filter(pk=make_speaker("Ada Nwosu").pk).update(merged_into=ada)
    Role.objects.create(speaker=ada, title="Mayor", organisation="Tarrin")
    article = make_article(
        body=BODY, section=make_section(), topics=(make_topic(),), authors=(ada,),
        captions=("“Mine,” he says.",),
        extra={"a": [1, 2.5, None, {"\\u0000": "\\"}], "big": 12345678901234567890, "x": "\n"},
    )  # fmt: skip
    article.raw_documents.create(bytes=bytes(range(256)), media_type="application/octet-stream")
    turn = make_turn(article, "Nobody asked.", "answer", confidence=0.1 + 0.2)
    said = make_quote(article, "Nobody asked.", kind="answer", turn=turn, speaker=ada, decided_by=editor)
    make_quote(article, "Mine,", part="caption", image=article.images.get(), inside=said)
    article.notes.create(start=len(BODY) - 8, end=len(BODY))
    Notice.objects.create(quote=said, kind="correction", whose="ours", text="He did not laugh.")
    reader_reports.receive(said, "words", "He did.\n\\ “Twice.”", reader_reports.new_token())
    token = reader_reports.receive(article, "date", "", reader_reports.new_token())
    ruling = reader_reports.Ruling("refused", "So printed.")
    reader_reports.decide([reader_reports.found_by(token)], ruling, by=editor)
    OldAddress.objects.create(kind="path", address="/old/1", target="article", target_id=article.pk)
    batch = ImportBatch.objects.create(source="x", started_by=editor, rows_read=2, rows_added=1, rows_bad=1)
    ImportError.objects.create(batch=batch, row=2, column="body", value="\\N", reason="is missing")
    body = "“We are ready,” said Okafor."
    read = reading(piece(body, "We are ready,", "Ada Okafor"))
    incoming = IncomingArticle(parsed(body), read, b"", "x", "x")
    Upserter(ImportOptions(publish=True, accept_from=0.9, batch=batch)).store([incoming])
    change_text(Article.objects.get(pk=article.pk), body="Tarrin. " + BODY)
    propose(article)
    sample.draw(by=editor)
    sample.judge(sample.take_next(editor).pk, "unclear", by=editor)
    Article.objects.filter(pk=make_article(captions=("A dog.",)).pk).update(status="withheld")
    make_article(publication="Corran Post", status="draft").delete()
    article.topics.clear()


class DumpTests(TransactionTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "archive.jsonl"

    def rows(self):
        """Every row of every table of the archive, as the database writes it, index and history too."""
        found = {}
        for model in apps.get_app_config("articles").get_models():
            # Sums come in as many rows as there were writes, and the index in as many segments; that they are
            # right is for `faults` to say.
            if model in (Holding, SearchSegment, SearchPosting, SearchNote):
                continue
            # When a document was last written is of this database, as its blocks are.
            columns = [field.column for field in model._meta.concrete_fields if field.name != "written_at"]
            listed = ", ".join(f'"{column}"' for column in columns)
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT ROW({listed})::text FROM "{model._meta.db_table}" ORDER BY 1')  # noqa: S608
                found[model._meta.db_table] = [row for (row,) in cursor.fetchall()]
        return found

    def empty(self):
        tables = [model._meta.db_table for model in apps.get_app_config("articles").get_models()]
        connection.ops.execute_sql_flush(
            [f"TRUNCATE {', '.join(tables)}, auth_user RESTART IDENTITY CASCADE"]
        )
        # Another archive with the same ids.
        snapshot.forget()

    def dump(self):
        call_command("dump_archive", str(self.path), stderr=io.StringIO())
        return self.path.read_bytes()

    def load(self):
        call_command("load_archive", str(self.path), stderr=io.StringIO())

    def assert_refused(self, reason):
        with self.assertRaises(CommandError) as caught:
            self.load()
        self.assertIn(reason, str(caught.exception))
        self.assertEqual(caught.exception.returncode, 2)

    def test_an_emptied_archive_is_the_same_again_row_for_row(self):
        make_small_archive()
        before, dumped = self.rows(), self.dump()
        filled = {table.removeprefix("articles_") for table, rows in before.items() if rows}
        self.assertGreaterEqual(
            filled, {"article", "articleevent", "quote", "quoteevent", "articletopicevent"}
        )
        self.assertGreaterEqual(
            filled,
            {"turn", "note", "role", "alias", "notice", "oldaddress", "rawdocument", "report", "reportevent"},
        )
        self.assertGreaterEqual(filled, {"sampledquote", "judgement"})
        self.empty()
        self.load()
        self.assertEqual(self.rows(), before)
        self.assertEqual(self.dump().split(b"\n")[1:], dumped.split(b"\n")[1:])
        self.assertEqual(list(faults()), [])

    def test_users_come_by_name_with_their_groups_and_no_password(self):
        make_small_archive()
        gwen = get_user_model().objects.get()
        app = TOTPDevice.objects.create(user=gwen)
        StaticDevice.objects.create(user=gwen).token_set.create(token="aaaa2222")
        dumped = self.dump()
        for secret in ("md5", app.key, "aaaa2222"):
            self.assertNotIn(secret.encode(), dumped)
        self.empty()
        self.load()
        gwen = get_user_model().objects.get()
        self.assertEqual((gwen.username, gwen.is_staff, gwen.has_usable_password()), ("gwen", True, False))
        self.assertEqual([group.name for group in gwen.groups.all()], ["editor"])

    def test_new_rows_get_new_ids(self):
        make_small_archive()
        highest = Article.objects.order_by("-pk")[0].pk
        self.dump()
        self.empty()
        self.load()
        self.assertGreater(make_article().pk, highest)
        Article.objects.update(version=9)
        self.assertEqual(ArticleEvent.objects.filter(version=9).count(), 0)

    def test_a_user_who_is_here_already_is_taken_for_the_one_of_the_same_name(self):
        make_small_archive()
        self.dump()
        self.empty()
        get_user_model().objects.create_user("somebody")
        here = get_user_model().objects.create_user("gwen", password="kept")
        self.load()
        self.assertEqual(Quote.objects.exclude(decided_by=None).get().decided_by, here)
        self.assertEqual(ImportBatch.objects.get().started_by, here)
        here.refresh_from_db()
        self.assertTrue(here.check_password("kept"))

    def test_the_log_comes_with_the_dump_and_what_was_done_here_before_stays_in_it(self):
        make_small_archive()
        dumped = list(AuditEntry.objects.order_by("pk").values("id", "kind", "about", "ids", "who"))
        self.dump()
        self.empty()
        get_user_model().objects.create_user("somebody")
        self.load()
        *came, own = AuditEntry.objects.order_by("pk").values("id", "kind", "about", "ids", "who", "what")
        self.assertEqual([{**one, "what": None} for one in dumped], [{**one, "what": None} for one in came])
        self.assertEqual(own["what"], "somebody: made")
        self.assertEqual(AuditEntry.objects.count(), len(dumped) + 1)
        make_topic("Weirs")
        self.assertEqual(AuditEntry.objects.latest("pk").about, "topic")

    def test_only_an_empty_archive_takes_a_dump(self):
        make_small_archive()
        self.dump()
        before = self.rows()
        self.assert_refused("an empty archive")
        self.assertEqual(self.rows(), before)

    def test_a_file_that_was_cut_off_or_is_no_dump_loads_nothing(self):
        make_small_archive()
        whole = self.dump()
        self.empty()
        head, rest = whole.split(b"\n", 1)
        other = json.dumps(json.loads(head) | {"format": "99.0"}).encode()
        fewer = json.loads(head)
        fewer["columns"]["articles_quote"].remove("article_id")
        renamed = json.loads(head)
        renamed["columns"]["articles_talk"] = renamed["columns"].pop("articles_quote")
        for content, reason in [
            (b"", "not a dump header"),
            (b"{}\n", "not a dump header"),
            (b"[]\n", "not a dump header"),
            (other + b"\n" + rest, "the dump has format 99.0, and this release reads formats up to 1.1"),
            (json.dumps(fewer).encode() + b"\n" + rest, "no article_id of articles_quote"),
            (json.dumps(renamed).encode() + b"\n" + rest, "'articles_quote', which the header does not list"),
            (whole[: len(whole) // 2].rsplit(b"\n", 1)[0], "number of rows is wrong"),
            (whole[: len(whole) // 2], ""),
            (whole + b"junk\n", "is not a row"),
            (whole + b'["articles_article", {"id": 1}]\n', "cannot be stored"),
        ]:
            self.path.write_bytes(content)
            self.assert_refused(reason)
            self.assertFalse(Article.objects.exists())

    def test_a_dump_says_its_format(self):
        self.assertEqual(json.loads(self.dump().split(b"\n")[0])["format"], "1.1")

    def test_a_dump_of_any_former_version_is_loaded_whole(self):
        for golden in GOLDENS:
            with self.subTest(golden.name):
                self.path.write_bytes(lzma.decompress(golden.read_bytes()))
                self.empty()
                self.load()
                self.assertEqual(list(faults()), [])
                self.assertEqual(Quote.objects.count(), 4)
                self.assertEqual(Article.objects.filter(body__contains="Núñez").count(), 1)

    def test_a_column_that_the_dump_does_not_have_takes_its_default(self):
        make_small_archive()
        head, rest = self.dump().split(b"\n", 1)
        older = json.loads(head)
        for table, column in (("articles_quote", "channel"), ("articles_article", "review_on")):
            older["columns"][table].remove(column)
        del older["format"]
        self.path.write_bytes(json.dumps(older).encode() + b"\n" + rest)
        self.empty()
        self.load()
        self.assertEqual(set(Quote.objects.values_list("channel", flat=True)), {"unknown"})
        self.assertEqual(set(Article.objects.values_list("review_on", flat=True)), {None})

    def test_what_is_not_known_here_is_left_out_and_named(self):
        make_small_archive()
        head, rest = self.dump().split(b"\n", 1)
        newer = json.loads(head) | {"format": "1.2"}
        newer["columns"]["articles_quote"].append("mood")
        newer["columns"]["articles_weather"] = ["id"]
        newer["rows"]["articles_weather"] = 1
        self.path.write_bytes(
            json.dumps(newer).encode() + b"\n" + rest + b'["articles_weather", {"id": 1}]\n'
        )
        self.empty()
        with self.assertRaises(CommandError) as caught:
            self.load()
        self.assertIn("articles_quote.mood, articles_weather (1 rows)", str(caught.exception))
        self.assertEqual(caught.exception.returncode, 1)
        self.assertEqual(Quote.objects.count(), newer["rows"]["articles_quote"])

    def test_a_dump_with_a_cycle_of_merged_speakers_is_refused_with_their_numbers(self):
        speakers = make_speaker("Ada Okafor"), make_speaker("Ada Nwosu")
        make_cycle(*speakers)
        self.dump()
        self.empty()
        one, other = (speaker.pk for speaker in speakers)
        self.assert_refused(f"speakers {one}, {other} are merged into one another in a cycle")
        self.assertFalse(Speaker.objects.exists())

    def test_an_unwritable_place_is_told(self):
        with self.assertRaises(CommandError) as caught:
            call_command("dump_archive", "/nowhere/at/all.jsonl", stderr=io.StringIO())
        self.assertEqual(caught.exception.returncode, 2)

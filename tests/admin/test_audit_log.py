"""The audit log: database triggers write it, and nobody can change it."""

import csv
import datetime as dt
import io
import json

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, connection, transaction
from django.test import SimpleTestCase, TestCase
from django.urls import reverse

from articles.admin.change_names import page_label
from articles.admin.urls import desk_urls
from articles.ingest.pipeline.types import ImportOptions, IncomingArticle
from articles.ingest.pipeline.upsert import Upserter
from articles.models import Article, AuditEntry, ImportBatch, Speaker, ToldApart
from articles.models.audit import change_group
from articles.revisions import change_text
from articles.revisions.audit_log import CHUNK_SIZE, LogFilter, iter_entries
from articles.revisions.recent_changes import recent_changes
from articles.revisions.undo import revert
from tests.admin.desk import log_in, make_draft, make_user, open_form, post_confirmed, propose, send
from tests.factories import make_article, make_publication, make_speaker, make_topic
from tests.ingest.readings import parsed, piece, reading


def logged():
    """All audit entries as tuples, oldest first."""
    return [
        (one.who, one.kind, one.about, one.what, one.through)
        for one in AuditEntry.objects.order_by("at", "pk")
    ]


# Pages that show something, suggest names, or keep what was typed: they change no record.
CHANGE_NOTHING = {
    *("paste-autosave", "discard-paste", "autosave", "discard-autosave", "desk-take-over"),
    *("desk-speakers", "suggest-topics", "suggest-sections", "import-rejected", "import-near-duplicates"),
    *("desk-withheld", "doubtful", "desk-log", "guidelines", "desk-searches", "desk-sources", "desk-imports"),
}


class PageNameTests(SimpleTestCase):
    def test_every_page_that_changes_records_has_a_name(self):
        names = {url.name for url in desk_urls(admin.site)} - CHANGE_NOTHING
        names |= {"password_change", "auth_user_change", "auth_group_add", "articles_speaker_change"}
        self.assertEqual([name for name in sorted(names) if page_label(name) == name], [])

    def test_records_are_named_as_their_lists(self):
        self.assertEqual(page_label("articles_speaker_change"), "All records, speakers")
        self.assertEqual(page_label("auth_user_password_change"), "All records, users")
        self.assertEqual(page_label("auth_group_change"), "All records, roles")


class WritingTests(TestCase):
    def test_what_is_added_changed_and_deleted_is_written_down_with_its_columns(self):
        # The log already has the permissions granted by the migrations.
        before = len(logged())
        topic = make_topic("Floods")
        topic.name = "Floods and droughts"
        topic.save()
        topic.save()
        number = topic.pk
        topic.delete()
        self.assertEqual(
            logged()[before:],
            [
                ("", "add", "topic", "", ""),
                ("", "change", "topic", "name", ""),
                ("", "delete", "topic", "", ""),
            ],
        )
        self.assertEqual({tuple(one.ids) for one in AuditEntry.objects.filter(about="topic")}, {(number,)})

    def test_a_save_at_the_desk_says_who_and_that_it_came_through_the_desk(self):
        editor = make_user("editor")
        article = make_draft()
        propose(article)
        client = log_in(editor)
        send(client, article, {**open_form(client, article), "kicker": "The gates"})
        mine = ("editor", "change", "article", "kicker", "desk")
        self.assertIn(mine, logged())
        self.assertNotIn("version", {what for *_, what, _ in logged()})

    def test_many_rows_of_one_statement_are_one_entry(self):
        articles = [make_article(), make_article()]
        Article.objects.all().update(edition="late")
        entry = AuditEntry.objects.get(kind="change")
        self.assertEqual((entry.what, entry.rows, entry.ids), ("edition", 2, [one.pk for one in articles]))

    def test_what_follows_of_itself_from_another_change_is_not_told(self):
        article = make_draft()
        propose(article)[0].accept(by=make_user("editor"))
        Article.objects.filter(pk=article.pk).update(status="usable")
        self.assertEqual(article.quotes.exclude(first_public_at=None).count(), 1)
        self.assertFalse(AuditEntry.objects.filter(about="quote", what__contains="first_public_at").exists())

    def test_an_import_is_one_entry_and_not_one_for_each_row(self):
        editor = make_user("editor")
        batch = ImportBatch.objects.create(source="valley.csv", started_by=editor)
        before = AuditEntry.objects.count()
        body = "“We are ready,” said Ada Okafor."
        incoming = IncomingArticle(
            parsed(body), reading(piece(body, "We are ready,", "Ada Okafor")), b"", "x", "x"
        )
        Upserter(ImportOptions(publish=True, accept_from=0.9, batch=batch)).store([incoming])
        self.assertEqual(Article.objects.count(), 1)
        self.assertEqual(AuditEntry.objects.count(), before)
        self.assertIn(("editor", "import", "importbatch", "valley.csv", ""), logged())

    def test_a_login_a_new_password_and_a_role_are_written_down_but_no_password(self):
        make_user("editor", "gwen")
        gwen = User.objects.get(username="gwen")
        AuditEntry.objects.filter(kind="role").get(what="gwen: editor given")
        log_in(gwen)
        self.assertIn(("gwen", "login", "user", "", ""), logged())
        gwen.set_password("another")
        gwen.save()
        self.assertIn(("", "account", "user", "gwen: password", ""), logged())
        gwen.groups.remove(Group.objects.get(name="editor"))
        self.assertIn(("", "role", "user", "gwen: editor taken", ""), logged())
        self.assertFalse(AuditEntry.objects.filter(what__contains="another").exists())

    def test_a_right_given_to_a_role_is_written_down(self):
        make_user("editor")
        role = Group.objects.get(name="editor")
        right = role.permissions.get(codename="change_topic")
        role.permissions.remove(right)
        self.assertIn(("", "role", "group", "editor: change_topic taken", ""), logged())

    def test_nobody_changes_or_deletes_what_is_written(self):
        make_topic("Floods")
        for change in (
            AuditEntry.objects.all().delete,
            lambda: AuditEntry.objects.update(who="somebody else"),
        ):
            with (
                self.subTest(change=change),
                self.assertRaisesMessage(DatabaseError, "only ever added to"),
                transaction.atomic(),
            ):
                change()


class ActsTests(TestCase):
    def test_an_act_is_told_by_what_it_changed_most_and_by_whom(self):
        given_up, kept = make_speaker("Ada Okáfor"), make_speaker("Ada Okafor")
        with change_group("Merged two") as key:
            Speaker.objects.filter(pk=given_up.pk).update(merged_into=kept)
            make_topic("Floods")
            Speaker.objects.filter(pk=kept.pk).update(description="keeper of the weir")
        done = recent_changes()[0]
        self.assertEqual((done.pk, done.what, done.rows, done.taken_back), (key, "Merged two", 2, False))
        revert(key)
        self.assertTrue(recent_changes()[0].taken_back)
        self.assertEqual(AuditEntry.objects.get(kind="taken back").what, "Merged two")

    def test_an_act_that_changed_nothing_is_none(self):
        with change_group("Withheld nothing"):
            Article.objects.filter(pk=0).update(status="withheld")
        self.assertEqual(recent_changes(), [])

    def test_an_act_that_failed_is_none(self):
        topic = make_topic("Floods")
        try:
            with change_group("Broke off"):
                topic.delete()
                raise LookupError
        except LookupError:
            pass
        self.assertEqual(recent_changes(), [])

    def test_the_latest_acts_are_found_by_an_index_and_not_by_reading_the_history(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_deed (at, who, through, kind, about, ids, rows, what)"
                " SELECT now() - n * interval '1 minute', 'gwen', 'desk', 'change', 'quote', array[n], 1, ''"
                " FROM generate_series(1, 20000) n"
            )
            cursor.execute("ANALYZE articles_deed")
        for wanted, index in (
            (LogFilter(kind="act"), "deed_kind"),
            (LogFilter(), "deed_at"),
            (LogFilter(who="nobody"), "deed_who"),
            (LogFilter(about="speaker"), "deed_about"),
            (LogFilter(about="quote", number=77), "deed_ids"),
        ):
            plan = wanted.entries()[:100].explain()
            with self.subTest(wanted=wanted):
                self.assertIn(index, plan)
                self.assertNotIn("Seq Scan on articles_deed", plan)

    def test_taking_back_reads_the_history_of_the_rows_it_was_about_alone(self):
        given_up, kept = make_speaker("Ada Okáfor"), make_speaker("Ada Okafor")
        with change_group("Merged two") as key:
            Speaker.objects.filter(pk=given_up.pk).update(merged_into=kept)
        with self.assertNumQueries(19) as queries:
            revert(key)
        for query in queries:
            if 'FROM "articles_speakerevent"' in query["sql"]:
                self.assertIn("pgh_obj_id", query["sql"])

    def test_two_articles_told_apart_may_be_taken_for_near_again(self):
        editor = make_user("editor")
        one, other = make_article(), make_article()
        client = log_in(editor)
        client.post(reverse("admin:near-duplicates", args=[one.pk]), {"say": f"different:{other.pk}"})
        self.assertEqual(ToldApart.objects.count(), 1)
        page = post_confirmed(client, reverse("admin:undo"), {"key": recent_changes()[0].pk})
        self.assertContains(page, "Undone: 1 record restored.")
        self.assertEqual(ToldApart.objects.count(), 0)
        self.assertContains(page, f"Marked {one} and {other} as different")


class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor", "ines")
        cls.url = reverse("admin:desk-log")

    def setUp(self):
        self.client = log_in(self.chief)

    def listed(self, **asked):
        page = self.client.get(self.url, asked)
        self.assertEqual(page.status_code, 200)
        return [row.entry for row in page.context["rows"]]

    def rows(self, file, **asked):
        response = self.client.get(self.url, {**asked, "format": file})
        return b"".join(response.streaming_content).decode("utf-8-sig")

    def test_it_is_filtered_by_person_kind_channel_row_and_day(self):
        article, speaker = make_draft(), make_speaker()
        fields = open_form(self.client, article)
        send(self.client, article, {**fields, "kicker": "The gates"})
        mine = self.listed(who="ines", kind="change", through="desk", about="article", number=article.pk)
        self.assertIn("kicker", [one.what for one in mine])
        self.assertEqual({one.who for one in mine}, {"ines"})
        self.assertEqual([one.ids for one in self.listed(who="shell", about="speaker")], [[speaker.pk]])
        today = dt.datetime.now(dt.UTC).date()
        self.assertEqual(self.listed(until=(today - dt.timedelta(3)).isoformat()), [])
        self.assertTrue(self.listed(since=(today - dt.timedelta(3)).isoformat()))

    def test_each_change_says_where_it_came_from_and_the_values_before_and_after(self):
        article = make_draft(kicker="Weirs", publication=make_publication("Selwy Courier"))
        post = make_publication("Corran Post")
        fields = open_form(self.client, article)
        send(self.client, article, {**fields, "kicker": "The gates", "publication": post.pk})
        make_topic("Floods")
        rows = self.client.get(self.url, {"about": "article", "kind": "change"}).context["rows"]
        shown = {(change.column, change.before, change.after) for row in rows for change in row.changes}
        self.assertIn(("kicker", "Weirs", "The gates"), shown)
        self.assertIn(("publication", "Selwy Courier", "Corran Post"), shown)
        self.assertEqual({row.source for row in rows}, {"Review"})
        topic = self.client.get(self.url, {"about": "topic"}).context["rows"][0]
        self.assertEqual((topic.source, topic.changes), ("Command line", []))
        page = self.client.get(reverse("admin:articles_article_history", args=[article.pk]))
        self.assertContains(page, '<td role="cell" data-label="Made with">Review</td>', html=True)

    def test_a_changed_text_is_named_and_its_hash_is_not_shown(self):
        change_text(make_article(body="The gates opened."), body="The gates closed.")
        page = self.client.get(self.url, {"about": "article", "kind": "change"})
        self.assertContains(page, "<li>text: changed</li>", html=True)
        self.assertNotContains(page, "hash of the text")

    def test_an_account_is_named_even_after_it_is_deleted(self):
        gwen, unlogged = make_user("editor", "gwen"), 2**40
        log_in(gwen)
        AuditEntry.objects.create(kind="login", about="user", ids=[unlogged], who="ines")
        self.assertContains(self.client.get(self.url, {"kind": "login"}), "account gwen</td>")
        User.objects.filter(pk=gwen.pk).delete()
        page = self.client.get(self.url, {"kind": "login"})
        self.assertContains(page, "account gwen (deleted)</td>")
        self.assertContains(page, "account (deleted)</td>")

    def test_a_command_is_named(self):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL application_name = 'manage.py tidy_topics'")
        make_topic("Floods")
        topic = self.client.get(self.url, {"about": "topic"}).context["rows"][0]
        self.assertEqual(topic.source, "manage.py tidy_topics")

    def test_what_cannot_be_asked_is_said_beside_the_field(self):
        for asked, said in (
            ({"since": "yesterday"}, "Enter a valid date."),
            ({"number": "7"}, "Choose a type of record for this ID."),
            ({"kind": "burnt"}, "Select a valid choice."),
            (
                {"since": "2024-05-02", "until": "2024-05-01"},
                "The end date must be on or after the start date.",
            ),
        ):
            page = self.client.get(self.url, asked)
            with self.subTest(asked=asked):
                self.assertContains(page, said, status_code=400)
        for asked in ({"before": "x"}, {"before": "999999"}, {"format": "pdf"}):
            self.assertEqual(self.client.get(self.url, asked).status_code, 404)
        self.assertEqual(self.client.get(self.url, {"until": "9999-12-31"}).status_code, 200)

    def test_pages_follow_one_another_without_a_gap_in_a_constant_number_of_queries(self):
        for number in range(130):
            make_topic(f"Topic {number}")
        with self.assertNumQueries(8):
            page = self.client.get(self.url, {"about": "topic"})
        self.assertEqual(page.context["rows"][0].rows, 100)
        with self.assertNumQueries(9):
            older = self.client.get(self.url, {"about": "topic", "before": page.context["older"]})
        self.assertEqual((older.context["rows"][0].rows, older.context["older"]), (30, None))

    def test_the_files_hold_all_that_is_asked_for_and_no_formula(self):
        make_publication("=HYPERLINK(1)")
        ImportBatch.objects.create(source="=cmd|' /C calc'!A0", started_by=self.chief)
        rows = list(csv.DictReader(io.StringIO(self.rows("csv", kind="import"))))
        self.assertEqual([row["what"] for row in rows], ["'=cmd|' /C calc'!A0"])
        lines = [json.loads(line) for line in self.rows("jsonl").splitlines()]
        self.assertEqual(len(lines), AuditEntry.objects.count())
        self.assertEqual({line["who"] for line in lines if line["kind"] == "import"}, {"ines"})

    def test_a_file_longer_than_one_batch_has_every_entry_once(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_deed (at, who, through, kind, about, ids, rows, what)"
                " SELECT now() - (n / 7) * interval '1 minute', '', '', 'add', 'quote', array[n], 1, ''"
                " FROM generate_series(1, %s) n",
                [CHUNK_SIZE + 5],
            )
        found = [one.pk for one in iter_entries(LogFilter(about="quote"))]
        self.assertEqual((len(found), len(set(found))), (CHUNK_SIZE + 5, CHUNK_SIZE + 5))

    def test_an_editor_has_no_link_to_it_and_no_way_in(self):
        client = log_in(make_user("editor"))
        self.assertNotContains(client.get(reverse("admin:desk")), self.url)
        self.assertEqual(client.get(self.url).status_code, 403)
        self.assertEqual(client.get(self.url, {"format": "csv"}).status_code, 403)
        self.assertContains(self.client.get(reverse("admin:desk")), self.url)


class LoginLogTests(TestCase):
    def setUp(self):
        self.client.force_login(User.objects.create_superuser("operator"))

    def test_an_operator_reads_the_log_of_logins_and_cannot_delete_from_it(self):
        for model in (AccessAttempt, AccessFailureLog, AccessLog):
            more = {"failures_since_start": 5} if model is AccessAttempt else {}
            row = model.objects.create(username="gwen", ip_address="192.0.2.1", **more)
            table = f"/admin/axes/{model._meta.model_name}/"
            with self.subTest(table):
                self.assertContains(self.client.get(table), "gwen")
                self.assertContains(self.client.get(f"{table}{row.pk}/change/"), "192.0.2.1")
                for action in ("delete_selected", "cleanup_expired_attempts"):
                    self.client.post(table, {"action": action, "_selected_action": row.pk, "post": "yes"})
                sent = [
                    self.client.post(f"{table}{row.pk}/{page}/", {"post": "yes"}).status_code
                    for page in ("delete", "change")
                ]
                self.assertEqual(sent, [403, 403])
                self.assertEqual(self.client.get(f"{table}add/").status_code, 403)
                self.assertTrue(model.objects.filter(username="gwen").exists())

"""The pages of automatic sources: registering, changing, pausing, and what needs attention."""

import json
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from django.test import TestCase, override_settings
from django.urls import reverse

from articles.admin.tables.base import _sign
from articles.fetching.http_client import Answered, Page
from articles.models import AuditEntry, Source, SourceState, clock
from articles.revisions.merge_categories import merge
from articles.revisions.recent_changes import recent_changes
from articles.sources import fetch_source
from tests.admin.desk import cells, fields_of, log_in, make_user, post_confirmed
from tests.factories import make_publication, make_section, make_source
from tests.sources.feeds import FEED, Web, item, rss

LIST, ADD = reverse("admin:desk-sources"), reverse("admin:desk-source-add")


def page_of(source):
    return reverse("admin:desk-source", args=[source.pk])


class SourceCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")
        cls.courier = make_publication()

    def setUp(self):
        self.client = log_in(self.chief)

    def form(self, page=ADD, **changes):
        response = self.client.get(page)
        assert response.status_code == 200, (page, response.status_code, response.content[-1500:])
        return {**fields_of(response.content.decode(), "source"), **changes}

    def feed(self, **changes):
        values = {"name": "Courier news", "url": FEED, "publication": self.courier.pk}
        return self.form(**{**values, **changes})

    def errors(self, response):
        return {name: list(errors) for name, errors in response.context["form"].errors.items()}


class RegisteringTests(SourceCase):
    def test_a_feed_is_registered_with_its_defaults_and_comes_in_as_drafts(self):
        page = self.client.post(ADD, self.feed(section=make_section("Sport").pk, language="en"), follow=True)
        source = Source.objects.get()
        self.assertRedirects(page, page_of(source))
        self.assertContains(page, "fetched for the first time within five minutes")
        self.assertEqual((source.kind, source.publish, source.every), ("feed", False, 60))
        self.assertIn(source, Source.objects.due(clock.now()))

    def test_the_audit_log_and_recent_actions_name_it(self):
        self.client.post(ADD, self.feed())
        self.assertEqual(recent_changes()[0].what, "Added source: Courier news")
        entry = AuditEntry.objects.get(about="source", kind="add")
        self.assertEqual((entry.who, entry.kind, entry.page), ("chief.editor", "add", "desk-source-add"))

    def test_wrong_values_are_errors_beside_their_fields_and_nothing_typed_is_lost(self):
        make_source("Courier sport", url="https://courier.example/sport.xml")
        for changes, field, said in (
            ({"name": " "}, "name", "This field is required."),
            ({"name": "COURIER SPORT"}, "name", "Another source has this name."),
            ({"url": ""}, "url", "Enter the link of a feed."),
            ({"url": "ftp://courier.example/"}, "url", "The link must begin with http"),
            ({"url": "http://127.0.0.1/feed"}, "url", "127.0.0.1 is not on the public web."),
            ({"url": "http://user:secret@courier.example/"}, "url", "must not contain a username"),
            ({"url": "https://courier.example:8080/"}, "url", "only fetch from ports 80 and 443"),
            ({"url": "https://courier.example/sport.xml"}, "url", "Another source has this link."),
            ({"publication": ""}, "publication", "This field is required."),
            ({"publication": "0"}, "publication", "Select a valid choice"),
            ({"language": "English!"}, "language", "Enter a language tag such as en or pt-BR."),
            ({"every": "7"}, "every", "Select a valid choice"),
            ({"changed": "report"}, "changed", "Select a valid choice"),
        ):
            with self.subTest(**changes):
                response = self.client.post(ADD, self.feed(**changes))
                self.assertEqual(response.status_code, 200)
                self.assertIn(said, str(self.errors(response).get(field)))
                self.assertNotIn("__all__", self.errors(response))
                self.assertContains(response, 'value="Courier news"' if "name" not in changes else FEED)
        self.assertEqual(Source.objects.count(), 1)

    def test_publishing_at_once_needs_the_permission_to_publish(self):
        asked = self.client.post(ADD, self.feed(publish="on"))
        self.assertContains(asked, "Readers see each new article as soon as it is fetched")
        self.assertFalse(Source.objects.exists())
        form = self.client.post(ADD, {**self.feed(publish="on"), "back": "1"})
        self.assertEqual(fields_of(form.content.decode(), "source")["publish"], "on")
        post_confirmed(self.client, ADD, self.feed(publish="on"))
        self.assertTrue(Source.objects.get().publish)
        Source.objects.all().delete()
        group = self.chief.groups.get()
        group.permissions.remove(group.permissions.get(codename="publish_article"))
        response = log_in(self.chief).post(ADD, self.feed(publish="on"))
        self.assertEqual(self.errors(response), {"publish": ["You do not have permission to publish."]})

    def test_an_unknown_type_of_source_is_a_bad_request(self):
        self.assertEqual(self.client.get(f"{ADD}?kind=mail").status_code, 400)


class FolderTests(SourceCase):
    ADD = f"{ADD}?kind=folder"

    def setUp(self):
        super().setUp()
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.enterContext(override_settings(SOURCES_FOLDER=home.name))
        (Path(home.name) / "courier").mkdir()

    def post(self, folder):
        fields = self.form(self.ADD, name="Courier files", folder=folder, publication=self.courier.pk)
        return self.client.post(self.ADD, fields)

    def test_a_folder_is_registered_by_its_path_below_the_operators_folder(self):
        self.post("/courier/2024/")
        source = Source.objects.get()
        self.assertEqual((source.kind, source.folder, source.url), ("folder", "courier/2024", ""))

    def test_no_path_leads_out_of_it(self):
        for folder in ("", "..", "courier/../..", "./courier", "courier/.hidden", "a\\b"):
            with self.subTest(folder):
                response = self.post(folder)
                self.assertIn("Enter the path of a folder", str(self.errors(response)["folder"]))
        self.assertFalse(Source.objects.exists())

    def test_two_sources_do_not_read_the_same_files(self):
        make_source("All", kind="folder", folder="courier")
        for folder in ("courier", "courier/2024"):
            said = str(self.errors(self.post(folder))["folder"])
            self.assertIn("The source All reads courier", said)
        Source.objects.update(folder="courier/2024")
        self.assertIn("The source All reads courier/2024", str(self.errors(self.post("courier"))["folder"]))

    def test_without_the_setting_none_is_offered_or_taken(self):
        self.assertContains(self.client.get(LIST), "Add a folder")
        with self.settings(SOURCES_FOLDER=""):
            self.assertNotContains(self.client.get(LIST), "Add a folder")
            self.assertIn("has not set SOURCES_FOLDER", str(self.errors(self.post("courier"))["folder"]))


class ChangingTests(SourceCase):
    def setUp(self):
        super().setUp()
        self.web = Web()
        self.source = make_source(url=FEED)
        self.url = page_of(self.source)

    def run_source(self):
        self.source.refresh_from_db()
        return fetch_source(self.source, web=self.web)

    def press(self, do):
        return self.client.post(self.url, {"do": do}, follow=True)

    @property
    def state(self):
        return SourceState.objects.get(source=self.source)

    def test_another_link_is_fetched_at_once_and_completely(self):
        self.web.answers[FEED] = Page(rss(item()), "text/xml", FEED, '"one"')
        self.run_source()
        self.assertEqual(self.state.etag, '"one"')
        url = "https://courier.example/all.xml"
        self.client.post(self.url, self.form(self.url, url=url))
        self.source.refresh_from_db()
        self.assertEqual((self.source.url, self.state.etag, self.state.next_run_at), (url, "", None))
        changes = cells(self.client.get(self.url))
        self.assertIn(FEED, changes)
        self.assertIn(url, changes)

    def test_a_shorter_interval_brings_the_next_run_nearer(self):
        Source.objects.update(every=1440)
        self.run_source()
        later = self.state.next_run_at
        self.client.post(self.url, self.form(self.url, every="15"))
        self.assertLess(self.state.next_run_at, later)

    def test_two_editors_do_not_overwrite_each_other(self):
        fields = self.form(self.url, name="Courier, all")
        Source.objects.update(name="Courier, everything")
        response = self.client.post(self.url, fields)
        self.assertContains(response, "Another editor has saved this record.")
        self.assertContains(response, 'value="Courier, all"')

    def test_fetch_now_makes_it_due(self):
        self.run_source()
        self.assertNotIn(self.source, Source.objects.due(clock.now()))
        self.assertContains(self.press("due"), "It is fetched within five minutes.")
        self.assertIn(self.source, Source.objects.due(clock.now()))

    def test_without_the_permission_to_publish_nobody_changes_what_a_source_publishes(self):
        Source.objects.update(publish=True)
        group = self.chief.groups.get()
        group.permissions.remove(group.permissions.get(codename="publish_article"))
        self.client = log_in(self.chief)
        response = self.client.post(self.url, self.form(self.url, url="https://courier.example/other.xml"))
        self.assertEqual(self.errors(response), {"publish": ["You do not have permission to publish."]})
        # Not even by saying that another editor has ticked it meanwhile.
        forged = self.form(self.url, url="https://courier.example/other.xml") | {"publish": ""}
        forged["seen"] = json.dumps(json.loads(forged["seen"]) | {"publish": _sign(False)})
        response = self.client.post(self.url, forged)
        self.assertEqual(self.errors(response), {"publish": ["You do not have permission to publish."]})
        for act in ("resume", "move", "retry", "again"):
            self.assertEqual(self.client.post(self.url, {"do": act}).status_code, 403)
        self.assertContains(self.press("pause"), "Paused. Nothing is fetched until you resume it.")
        self.client.post(self.url, {**self.form(self.url), "publish": ""})
        self.source.refresh_from_db()
        self.assertFalse(self.source.publish)

    def test_pausing_and_resuming_are_logged_and_undone(self):
        self.assertContains(self.press("pause"), "Paused. Nothing is fetched until you resume it.")
        self.source.refresh_from_db()
        self.assertTrue(self.source.paused)
        change = recent_changes()[0]
        self.assertEqual(change.what, "Paused source Courier news")
        post_confirmed(self.client, reverse("admin:undo"), {"key": change.pk})
        self.source.refresh_from_db()
        self.assertFalse(self.source.paused)
        self.press("pause")
        self.press("resume")
        self.assertIn(self.source, Source.objects.due(clock.now()))

    def test_the_new_link_of_a_feed_that_has_moved_is_used_when_an_editor_says_so(self):
        there = "https://courier.example/feed/"
        self.web.answers[FEED] = Page(rss(item()), "text/xml", there, moved_to=there)
        self.run_source()
        self.assertContains(self.client.get(self.url), "Use the new link")
        self.press("move")
        self.source.refresh_from_db()
        self.assertEqual((self.source.url, self.state.moved_to), (there, ""))

    def test_a_link_that_is_kept_is_not_proposed_again(self):
        there = "https://courier.example/feed/"
        self.web.answers[FEED] = Page(rss(item()), "text/xml", there, moved_to=there)
        self.run_source()
        self.press("stay")
        self.run_source()
        self.assertNotContains(self.client.get(self.url), "Use the new link")

    def test_a_new_link_that_another_source_has_is_not_used(self):
        there = make_source("Other").url
        self.web.answers[FEED] = Page(rss(item()), "text/xml", there, moved_to=there)
        self.run_source()
        self.assertContains(self.press("move"), "Nothing was changed")

    def test_rejected_rows_are_dismissed_or_read_again(self):
        self.web.answers[FEED] = rss(item(1), item(2, title=""))
        self.run_source()
        page = self.client.get(self.url)
        self.assertContains(page, "1 row was rejected: headline: is missing")
        self.press("retry")
        self.assertEqual(self.run_source().counts.bad, 1)
        self.press("dismiss")
        self.assertNotContains(self.client.get(self.url), "rejected")

    def test_everything_is_read_again_without_anything_twice(self):
        self.run_source()
        self.press("again")
        result = self.run_source()
        self.assertEqual((result.counts.present, result.batch), (1, None))

    def test_a_section_that_is_merged_is_replaced(self):
        sport, news = make_section("Sport"), make_section("Home news")
        Source.objects.update(section=sport)
        merge(sport, news)
        self.source.refresh_from_db()
        self.assertEqual(self.source.section, news)


class AttentionTests(SourceCase):
    def setUp(self):
        super().setUp()
        self.source = make_source(url=FEED)
        self.web = Web()
        self.web.answers[FEED] = Answered("courier.example answered 404 Not Found.", 404)
        for _ in range(2):
            fetch_source(self.source, web=self.web)

    def test_to_do_lists_faults_with_a_link_until_a_run_succeeds(self):
        page = self.client.get(reverse("admin:desk"))
        self.assertContains(page, "1 problem with sources")
        self.assertContains(page, "courier.example answered 404 Not Found.")
        self.assertContains(page, f'href="{page_of(self.source)}"')
        self.assertIn("2", cells(page))
        self.assertNotContains(page, "Nothing to do.")
        self.web.answers[FEED] = rss()
        fetch_source(self.source, web=self.web)
        self.assertNotContains(self.client.get(reverse("admin:desk")), "with sources")

    def test_readers_see_no_links_of_feeds(self):
        page = log_in(make_user("reader")).get(reverse("admin:desk"))
        self.assertNotContains(page, "with sources")

    def test_the_list_says_in_words_how_each_source_is(self):
        make_source("Quiet", paused=True)
        make_source("New")
        page = self.client.get(LIST)
        self.assertEqual([words for _, words in page.context["rows"]], ["Failing", "Not run yet", "Paused"])
        page = self.client.get(f"{LIST}?what=attention")
        self.assertEqual([source.name for source, _ in page.context["rows"]], ["Courier news"])
        self.assertEqual(self.client.get(f"{LIST}?{urlencode({'what': 'nothing'})}").status_code, 400)

    def test_a_feed_that_is_gone_is_listed_until_an_editor_leaves_it_paused(self):
        self.web.answers[FEED] = Answered("courier.example answered 410 Gone.", 410)
        fetch_source(self.source, web=self.web)
        self.assertContains(self.client.get(reverse("admin:desk")), "gone for good (410)")
        page = self.client.post(page_of(self.source), {"do": "pause"}, follow=True)
        self.assertNotContains(page, "gone for good (410)")
        self.assertNotContains(self.client.get(reverse("admin:desk")), "gone for good")

    def test_an_editor_sees_the_source_but_cannot_change_it(self):
        client = log_in(make_user("editor"))
        page = client.get(page_of(self.source))
        self.assertContains(page, "A chief editor can change the source.")
        self.assertNotContains(page, "Fetch now")
        self.assertEqual(client.post(page_of(self.source), {"do": "pause"}).status_code, 403)

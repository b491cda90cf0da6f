"""“Try it” in the form of a source shows what a run would import, and saves nothing."""

from unittest import mock

from django.test import Client
from django.urls import reverse

from articles.fetching import sandbox
from articles.fetching.http_client import Answered
from articles.models import Article, AuditEntry, Source, SourceState
from articles.sources import fetch_source
from tests.admin.desk import fields_of, log_in, make_user, post_confirmed
from tests.admin.test_sources import ADD, SourceCase, page_of
from tests.factories import make_source
from tests.sources.feeds import FEED, Web, item, rss, slow_feed


class TryingTests(SourceCase):
    def setUp(self):
        super().setUp()
        self.web = Web()
        self.enterContext(mock.patch("articles.sources.run.fetch", self.web))

    def attempt(self, page=ADD, **changes):
        fields = self.feed(**changes) if page == ADD else self.form(page, **changes)
        return self.client.post(page, {**fields, "do": "try"})

    def test_a_new_source_is_tried_and_not_saved_and_everything_typed_is_kept(self):
        self.web.answers[FEED] = rss(item(1), item(2, title=""))
        page = self.attempt(language="en", every="15", publish="on")
        self.assertContains(page, "2 entries in the feed.")
        self.assertContains(page, "The river rises, part 1")
        self.assertContains(page, "given by the feed")
        self.assertContains(page, "new: published at once")
        self.assertContains(page, "headline: is missing")
        typed = fields_of(page.content.decode(), "source")
        for name, value in {
            "name": "Courier news",
            "url": FEED,
            "language": "en",
            "every": "15",
            "publish": "on",
            "publication": str(self.courier.pk),
        }.items():
            self.assertEqual(typed[name], value)
        self.assertFalse(Source.objects.exists() or AuditEntry.objects.filter(about="source").exists())
        post_confirmed(self.client, ADD, {**typed, "do": "save"})
        self.assertTrue(Source.objects.filter(name="Courier news", publish=True).exists())

    def test_a_stored_source_is_tried_with_the_values_in_the_form_and_keeps_its_own(self):
        source = make_source(url=FEED, publication=self.courier)
        other = "https://courier.example/other.xml"
        self.web.answers[other] = rss(item(7))
        page = self.attempt(page_of(source), url=other)
        self.assertContains(page, "The river rises, part 7")
        self.assertContains(page, other)
        source.refresh_from_db()
        self.assertEqual((source.url, SourceState.objects.count()), (FEED, 0))

    def test_what_is_in_the_archive_is_linked(self):
        source = make_source(url=FEED, publication=self.courier)
        fetch_source(source)
        article = Article.objects.get()
        page = self.attempt(page_of(source))
        self.assertContains(page, reverse("admin:desk-review", args=[article.pk]))
        self.assertContains(page, "already in the archive")

    def test_a_link_that_must_not_be_fetched_is_an_error_beside_the_field(self):
        page = self.attempt(url="http://127.0.0.1/feed")
        self.assertIn("not on the public web", str(self.errors(page)["url"]))
        self.assertContains(page, "We could not try the source")
        self.assertEqual((page.context["trial"], self.web.asked), (None, []))

    def test_a_source_without_a_name_can_be_tried(self):
        page = self.attempt(name="")
        self.assertContains(page, "1 entry in the feed.")
        self.assertContains(page, "Correct this before you save the source")

    def test_a_fault_is_shown_in_words(self):
        self.web.answers[FEED] = Answered("courier.example answered 404 Not Found.", 404)
        self.assertContains(self.attempt(), "courier.example answered 404 Not Found.")

    def test_a_feed_made_to_be_slow_is_given_up_with_a_sentence_beside_the_field(self):
        self.web.answers[FEED] = slow_feed()
        with mock.patch.object(sandbox, "SECONDS", 1):
            page = self.attempt()
        said = "The feed is too large or too complex: it could not be read within 1 seconds."
        self.assertContains(page, f'<p class="field__error">{said}</p>', html=True)
        self.assertEqual(fields_of(page.content.decode(), "source")["url"], FEED)

    def test_it_needs_the_permission_to_save(self):
        source = make_source(url=FEED)
        self.client = log_in(make_user("editor"))
        for page in (ADD, page_of(source)):
            self.assertEqual(self.client.post(page, {"do": "try", "url": FEED}).status_code, 403)
        self.assertEqual(self.web.asked, [])

    def test_it_needs_the_token_of_the_form(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.chief)
        self.assertEqual(client.post(ADD, {"do": "try", "url": FEED}).status_code, 403)
        self.assertEqual(self.web.asked, [])

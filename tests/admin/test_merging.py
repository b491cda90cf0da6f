"""The pages for merging and parting speakers, and the one that takes such acts back."""

from django.test import TestCase
from django.urls import reverse

from articles.models import Quote, Speaker
from tests.admin.desk import log_in, make_user
from tests.factories import make_article, make_quote, make_speaker


class MergingPagesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.kept, cls.gone = make_speaker("Ada Okafor"), make_speaker("Ada Okáfor")
        cls.quote = make_quote(make_article(body="“It holds,” she said."), "It holds,", speaker=cls.gone)

    def setUp(self):
        self.client = log_in(self.editor)

    def test_two_entries_are_looked_at_merged_and_taken_back(self):
        url = reverse("admin:desk-merging")
        pair = {"given_up": self.gone.slug, "kept": self.kept.slug}
        self.assertContains(self.client.get(url), f"given_up={self.gone.slug}")
        self.assertContains(self.client.get(url, pair), "1 quote and 0 articles")
        self.assertIsNone(Speaker.objects.get(pk=self.gone.pk).merged_into)
        page = self.client.post(url, pair, follow=True)
        self.assertEqual(Speaker.objects.get(pk=self.gone.pk).merged_into, self.kept)
        act, who = page.context["rows"][0]
        self.assertEqual(who, "editor")
        self.client.post(reverse("admin:desk-acts"), {"key": act.pk})
        self.assertIsNone(Speaker.objects.get(pk=self.gone.pk).merged_into)
        self.assertEqual(self.client.post(reverse("admin:desk-acts"), {"key": act.pk}).status_code, 404)

    def test_a_name_that_is_nobodys_is_an_error_beside_its_field(self):
        page = self.client.get(reverse("admin:desk-merging"), {"given_up": "nobody", "kept": self.kept.slug})
        self.assertContains(page, "There is no such speaker.")

    def test_ticked_quotes_go_to_a_namesake_only_when_that_is_meant(self):
        url = reverse("admin:desk-splitting", args=[self.gone.pk])
        fields = {"quote": [self.quote.pk], "name": "Ada Okafor"}
        self.assertContains(self.client.post(url, fields), "Somebody bears this name")
        self.assertEqual(Quote.objects.get().speaker, self.gone)
        self.client.post(url, {**fields, "namesake": "on"})
        self.assertEqual(Quote.objects.get().speaker.name, "Ada Okafor")
        self.assertNotIn(Quote.objects.get().speaker, (self.kept, self.gone))

    def test_a_reader_takes_nothing_back(self):
        client = log_in(make_user("reader"))
        self.assertEqual(client.post(reverse("admin:desk-acts"), {"key": "1"}).status_code, 403)

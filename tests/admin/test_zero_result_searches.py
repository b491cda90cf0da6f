"""The page of zero-result queries, and the searches that editors suggest."""

import datetime as dt

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import FailedSearch, SuggestedSearch
from tests.admin.desk import cells, fields_of, log_in, make_user
from tests.factories import make_article, make_speaker

LIST = "/admin/desk/searches/"
FORM = "/admin/desk/searches/suggest/?kind=articles&words=dike"


class SearchesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        today = timezone.localdate()
        for words, kind, days, times in (
            ("dike", "articles", 0, 2),
            ("dike", "articles", 3, 5),
            ("dike", "quotes", 3, 1),
            ("zebra", "articles", 2, 4),
            ("old", "articles", 100, 90),
        ):
            FailedSearch.objects.create(
                words=words, kind=kind, day=today - dt.timedelta(days=days), times=times
            )
        make_article(headline="Levee breaks")

    def setUp(self):
        self.client = log_in(self.editor)

    def rows(self, query=""):
        page = self.client.get(LIST + query)
        return [(row["words"], row["kind"], row["count"]) for row in page.context["rows"]]

    def test_the_most_frequent_stand_first_and_days_are_added_up(self):
        self.assertEqual(
            self.rows(), [("dike", "articles", 7), ("zebra", "articles", 4), ("dike", "quotes", 1)]
        )
        self.assertEqual(self.rows("?days=183")[0], ("old", "articles", 90))
        self.assertEqual(self.client.get(LIST + "?page=9").status_code, 404)

    def test_each_is_a_link_to_try_it_and_one_to_suggest_another(self):
        page = self.client.get(LIST)
        self.assertContains(page, '<a href="/search/?q=dike">dike</a>')
        self.assertContains(page, '<a href="/quotes/?q=dike">dike</a>')
        self.assertContains(page, FORM.replace("&", "&amp;"))

    def test_searches_of_editors_are_not_counted(self):
        FailedSearch.objects.all().delete()
        self.client.get("/search/", {"q": "nowhere"})
        self.assertFalse(FailedSearch.objects.exists())
        self.client.logout()
        self.client.get("/search/", {"q": "nowhere"})
        self.assertEqual(FailedSearch.objects.get().words, "nowhere")

    def store(self, leads_to, note="", **more):
        fields = fields_of(self.client.get(FORM).content.decode(), "suggest")
        return self.client.post(FORM, {**fields, "leads_to": leads_to, "note": note, "do": "store", **more})

    def test_words_or_an_address_of_this_archive_are_suggested(self):
        make_speaker("Ada Okafor", slug="ada-okafor")
        for written, stored in (
            ("levee OR dyke", "/search/?q=levee+OR+dyke"),
            ("/search/?to=2020&q=levee&from=2019", "/search/?q=levee&from=2019&to=2020"),
            ("/quotes/?speaker=ada-okafor", "/quotes/?speaker=ada-okafor"),
            ("/speakers/ada-okafor/?q=levee", "/speakers/ada-okafor/?q=levee"),
            ("/search/?q=dike&section=home", "/search/?q=dike&section=home"),
        ):
            with self.subTest(written):
                self.assertRedirects(self.store(written, "Why"), LIST)
                row = SuggestedSearch.objects.get()
                self.assertEqual((row.words, row.leads_to, row.note), ("dike", stored, "Why"))
        self.assertContains(self.client.get(LIST), "/search/?q=dike&amp;section=home")

    def test_how_much_it_finds_is_said(self):
        page = self.client.post(FORM, {"leads_to": "levee", "do": "store"}, follow=True)
        self.assertContains(page, "The suggested search finds 1 result.")

    def test_what_cannot_be_searched_is_refused_and_stays_in_the_field(self):
        for written in (
            "", "   ", ")", "dike", "Dike", "/search/?q=dike", "/search/?size=7&q=levee", "/about/",
            "/search/?colour=red", "/search/", "/speakers/nobody/?q=x", "//elsewhere.example/search/?q=x",
            "/articles/1/", "/search/?q=levee&page=2", "x " * 41,
        ):  # fmt: skip
            with self.subTest(written):
                page = self.client.post(FORM, {"leads_to": written, "note": "kept", "do": "store"})
                self.assertContains(page, "We could not save the suggestion")
                self.assertContains(page, 'value="kept"')
        self.assertFalse(SuggestedSearch.objects.exists())

    def test_words_for_another_site_are_words(self):
        self.store("https://elsewhere.example/search/?q=x")
        self.assertTrue(SuggestedSearch.objects.get().leads_to.startswith("/search/?q=https"))

    def test_a_suggestion_is_changed_with_its_history_and_deleted(self):
        self.store("levee")
        self.store("dyke")
        page = self.client.get(FORM)
        for cell in ("editor", "Search to suggest", "/search/?q=levee", "/search/?q=dyke"):
            self.assertIn(cell, cells(page))
        self.assertRedirects(self.client.post(FORM, {"do": "remove"}), LIST)
        self.assertFalse(SuggestedSearch.objects.exists())

    def test_two_editors_do_not_overwrite_one_another(self):
        self.store("levee")
        opened = fields_of(self.client.get(FORM).content.decode(), "suggest")
        self.store("dyke")
        page = self.client.post(FORM, {**opened, "leads_to": "weir", "do": "store"})
        self.assertContains(page, "Another editor has saved this record")
        self.assertEqual(SuggestedSearch.objects.get().leads_to, "/search/?q=dyke")

    def test_words_that_are_none_have_no_page(self):
        for query in (
            "",
            "?kind=articles",
            "?kind=x&words=a",
            "?kind=articles&words=%29",
            f"?kind=articles&words={'z' * 300}",
        ):
            self.assertEqual(self.client.get(reverse("admin:desk-suggest") + query).status_code, 404)

    def test_a_reader_sees_neither(self):
        client = log_in(make_user("reader"))
        for path in (LIST, FORM):
            self.assertEqual(client.get(path).status_code, 403)
        self.assertNotContains(client.get("/admin/desk/"), LIST)

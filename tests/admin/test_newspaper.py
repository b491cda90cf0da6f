"""The newspaper of a draft: the one that its page names, never the last one used."""

from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from articles.fetching.http_client import Page
from articles.models import Article, Publication
from tests.admin.desk import log_in, make_draft, make_user, open_form, review_url, send
from tests.factories import make_publication

PASTE = "/admin/desk/paste/"
BODY = "<p>Farmers below the bridge were given forty minutes to move their stock to the hill.</p>" * 4
STORY = (
    "Weir opens early\n\nBy Jonas Whitlock\n\n"
    "Farmers below the bridge were given forty minutes to move their stock before the dam was opened.\n"
)


def page_of(head: str = "", foot: str = "") -> str:
    return (
        f"<!doctype html><html><head>{head}</head><body><article><h1>Weir opens early</h1>{BODY}</article>"
        f"<footer><p>{foot}</p></footer></body></html>"
    )


SITE_NAME = page_of('<meta property="og:site_name" content="Corran Herald">')
NAMING_HERALD = {
    "og:site_name": SITE_NAME,
    "JSON-LD publisher": page_of(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Weir opens early",'
        ' "publisher": {"@type": "Organization", "name": "Corran Herald"}}</script>'
    ),
    "title": page_of("<title>Weir opens early | Corran Herald</title>"),
    "copyright of a page": page_of(foot="&copy; 2019 Corran Herald. All rights reserved."),
    "copyright of a text": STORY + "\n© 2019 Corran Herald\n",
    "copyright with the year behind": STORY + "\n© Corran Herald 2017–2019\n",
    "byline": STORY.replace("Whitlock", "Whitlock for the Corran Herald"),
    "line with a date": STORY.replace("By Jonas", "Corran Herald, 30 May 2019\n\nBy Jonas"),
}


class NewspaperTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("chief editor")
        cls.courier = make_publication("Selwy Courier", homepage="https://www.courier.example/")

    def setUp(self):
        self.client = log_in(self.editor)
        last = make_draft(publication=self.courier, byline="By Imke Farrow", language="en")
        send(self.client, last, {**open_form(self.client, last), "page": "3"})

    def chosen(self, response):
        """The newspaper in the form after the article was parsed."""
        article = Article.objects.order_by("pk").last()
        self.assertRedirects(response, review_url(article), fetch_redirect_response=False)
        self.page = self.client.get(review_url(article))
        self.article = article
        return open_form(self.client, article)["publication"]

    def paste(self, text):
        return self.chosen(self.client.post(PASTE, {"text": text}))

    def test_the_last_newspaper_is_filled_in_where_none_is_named(self):
        self.assertEqual(self.paste(STORY), str(self.courier.pk))
        self.assertContains(self.page, "Selwy Courier (from your last article)")

    def test_no_other_newspaper_is_filled_in_where_one_is_named(self):
        for where, text in NAMING_HERALD.items():
            with self.subTest(where):
                self.assertEqual(self.paste(text), "")
                self.assertContains(
                    self.page, "The article says “Corran Herald”, which is not in the archive."
                )

    def test_the_named_newspaper_is_chosen_where_the_archive_has_it(self):
        herald = make_publication("The Corran Herald")
        for where, text in NAMING_HERALD.items():
            with self.subTest(where):
                self.assertEqual(self.paste(text), str(herald.pk))

    def test_a_newspaper_is_known_by_an_alias_and_by_the_host_of_its_homepage(self):
        herald = make_publication("Herald on Sunday", aliases=["Corran Herald"])
        self.assertEqual(self.paste(SITE_NAME), str(herald.pk))
        post = make_publication("Corran Post", homepage="https://post.example")
        link = '<link rel="canonical" href="https://www.post.example/weir">'
        self.assertEqual(self.paste(page_of(link)), str(post.pk))

    def test_a_file_is_not_given_to_the_last_newspaper(self):
        file = SimpleUploadedFile("weir.html", SITE_NAME.encode(), "text/html")
        self.assertEqual(self.chosen(self.client.post(PASTE, {"file": file})), "")

    def fetched(self, url, raw=None):
        found = Page(raw=(raw or page_of()).encode(), media_type="text/html; charset=utf-8", url=url)
        with mock.patch("articles.admin.intake.new_article.fetch", return_value=found):
            return self.chosen(self.client.post(PASTE, {"url": url}))

    def test_a_page_at_another_host_is_not_given_to_the_last_newspaper(self):
        self.assertEqual(self.fetched("https://www.herald.example/weir"), "")
        self.assertContains(self.page, "The article says “herald.example”")

    def test_a_page_at_the_host_of_a_homepage_is_of_that_newspaper(self):
        self.assertEqual(self.fetched("https://courier.example/weir"), str(self.courier.pk))

    def test_a_missing_newspaper_is_a_question_and_no_fault(self):
        self.paste(SITE_NAME)
        self.assertContains(self.page, "Add a new publication")
        self.assertNotContains(self.page, "Choose the publication.")

    def test_the_newspaper_named_is_added_with_one_button(self):
        self.fetched("https://www.herald.example/weir", SITE_NAME)
        send(self.client, self.article, open_form(self.client, self.article), "newspaper")
        self.article.refresh_from_db()
        added = Publication.objects.get(name="Corran Herald")
        self.assertEqual((self.article.publication, added.homepage), (added, "https://herald.example/"))
        self.assertNotContains(self.client.get(review_url(self.article)), "which is not in the archive")

    def test_who_may_add_no_newspaper_is_refused_and_not_offered_it(self):
        self.paste(SITE_NAME)
        self.client = log_in(make_user("", "helper"))
        self.assertEqual(send(self.client, self.article, {}, "newspaper").status_code, 403)

    def test_a_section_of_the_last_newspaper_is_not_given_to_another(self):
        self.paste(SITE_NAME)
        self.assertNotContains(self.page, "From your last article")

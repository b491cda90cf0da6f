"""Control characters are removed from submitted forms, with a message to the editor."""

import json

from django.test import TestCase

from articles.models import Article, Publication, RawDocument
from tests.admin.desk import fields_of, log_in, make_draft, make_user, open_form, propose, review_url, send
from tests.factories import make_publication, make_speaker


class ControlCharactersTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("chief editor")
        cls.article = make_draft()
        cls.quote, _ = propose(cls.article)

    def setUp(self):
        self.client = log_in(self.editor)

    def test_they_are_removed_from_the_parts_of_an_article_and_named(self):
        fields = open_form(self.client, self.article)
        given = {"kicker": "We\0irs", "byline": "By\x07 Imke Farrow", "headline": "Gates\topened"}
        page = self.client.get(send(self.client, self.article, {**fields, **given}).url)
        self.article.refresh_from_db()
        self.assertEqual((self.article.kicker, self.article.byline), ("Weirs", "By Imke Farrow"))
        self.assertContains(page, "We removed control characters from: byline, kicker.")

    def test_they_are_removed_from_a_name_in_the_one_field_of_answers(self):
        make_speaker("Osric Pell")
        answer = {
            "id": self.quote.pk,
            "d": "accept",
            "s": "Osric\x00 \x1bPell",
            "k": "named",
            "w": self.quote.text,
        }
        fields = {n: v for n, v in open_form(self.client, self.article).items() if n[1:2] != "-"}
        fields["quotes"] = json.dumps([answer])
        page = self.client.get(send(self.client, self.article, fields).url)
        self.quote.refresh_from_db()
        self.assertEqual(self.quote.speaker.name, "Osric Pell")
        self.assertContains(page, "We removed control characters from: speaker.")

    def test_the_text_of_an_article_loses_nul_alone(self):
        fields = open_form(self.client, self.article)
        send(self.client, self.article, {**fields, "body": "Na\0me\x0b.\r\n\r\n" + fields["body"]})
        self.article.refresh_from_db()
        self.assertTrue(self.article.body.startswith("Name\x0b.\n\n"))

    def test_they_are_removed_in_the_tables_of_the_admin(self):
        courier = make_publication("Selwy Courier")
        url = f"/admin/articles/publication/{courier.pk}/change/"
        form = fields_of(self.client.get(url).content.decode(), "publication_form")
        page = self.client.post(url, {**form, "name": "Selwy\0 Courier\x08s"}, follow=True)
        self.assertEqual(Publication.objects.get().name, "Selwy Couriers")
        self.assertContains(page, "We removed control characters from: name.")

    def test_a_pasted_text_is_kept_as_it_came_and_read_without_nul(self):
        text = "Weir\0 opens\n\nThe weir\0 opened early."
        page = self.client.post("/admin/desk/paste/", {"text": text}, follow=True)
        self.assertEqual(bytes(RawDocument.objects.get().bytes), b"Weir\0 opens\n\nThe weir\0 opened early.")
        self.assertNotIn("\0", Article.objects.order_by("pk").last().body)
        self.assertContains(page, "We removed null characters from the article.")

    def test_no_form_refuses_them(self):
        forms = {
            review_url(self.article): {"headline": "a\0b", "s-new": "a\0b", "date": "2019\0"},
            f"/admin/desk/{self.article.pk}/withhold/": {"reason": "a\0b"},
            "/admin/desk/merging/": {"given_up": "a\0b", "kept": "a\0b"},
            "/admin/desk/searches/suggest/": {"q": "a\0b"},
            "/admin/desk/names/": {"q": "a\0b"},
            "/admin/desk/rules/": {"rule": "a\0b"},
        }
        for url, fields in forms.items():
            with self.subTest(url):
                page = self.client.post(url, fields, follow=True)
                self.assertLess(page.status_code, 500)
                self.assertNotContains(page, "Null characters are not allowed", status_code=page.status_code)

"""A stored draft is read again in another encoding."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from articles.models import Article
from articles.operations.integrity import faults
from tests.admin.desk import fields_of, log_in, make_user, open_form, review_url, send

# A Polish text: few of its letters tell windows-1250 from windows-1252.
RIGHT = (
    "Wały otwarto dzień za wcześnie\n\n"
    "“Krowy były już na górze,” said Łucja Żak, the mayor of Corran.\n\n"
    "The village had been told the wrong day, and nobody called the farmers below the bridge."
)


class AnotherEncodingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("chief editor")

    def setUp(self):
        self.client = log_in(self.editor)
        file = SimpleUploadedFile("weir.txt", RIGHT.encode("cp1250"), "text/plain")
        self.client.post(reverse("admin:desk-paste"), {"file": file, "encoding": "windows-1252"})
        self.article = Article.objects.get()

    def read(self, encoding="windows-1250", **fields):
        sent = {**open_form(self.client, self.article), **fields, "encoding": encoding}
        page = self.client.get(send(self.client, self.article, sent, "encoding").url)
        self.article.refresh_from_db()
        self.assertEqual(list(faults()), [])
        return page

    def test_the_page_offers_the_likeliest_other_encoding_first(self):
        page = self.client.get(review_url(self.article))
        self.assertContains(page, "Read the original again")
        self.assertEqual(fields_of(page.content.decode())["encoding"], "windows-1250")

    def test_texts_and_quotes_are_read_again_from_the_original(self):
        self.assertNotIn("Łucja", self.article.body)
        page = self.read()
        self.assertContains(page, "Read again as windows-1250. 1 proposed quote.")
        self.assertEqual(self.article.headline, "Wały otwarto dzień za wcześnie")
        [quote] = self.article.quotes.all()
        self.assertEqual((quote.text, quote.name_as_printed), ("Krowy były już na górze,", "Łucja Żak"))

    def test_what_an_editor_changed_stays_and_is_named(self):
        page = self.read(headline="Gates opened early", byline="By Imke Farrow")
        self.assertContains(page, "Not read again, because it was changed: headline.")
        self.assertEqual(
            (self.article.headline, self.article.byline), ("Gates opened early", "By Imke Farrow")
        )
        self.assertIn("Łucja Żak", self.article.body)

    def test_it_can_be_undone(self):
        body, [quote] = self.article.body, self.article.quotes.all()
        self.read()
        send(self.client, self.article, open_form(self.client, self.article), "undo")
        self.article.refresh_from_db()
        self.assertEqual((self.article.body, list(self.article.quotes.all())), (body, [quote]))

    def test_a_second_choice_takes_the_place_of_the_first(self):
        self.read("KOI8-R")
        self.assertNotIn("Łucja", self.article.body)
        self.read()
        self.assertIn("Łucja Żak", self.article.body)

    def test_an_encoding_that_is_none_is_refused(self):
        self.assertContains(self.read("nonsense"), "Choose an encoding.")
        self.assertNotIn("Łucja", self.article.body)

    def test_a_text_without_a_doubt_is_not_asked_about(self):
        Article.objects.filter(pk=self.article.pk).update(extra={})
        self.assertNotContains(self.client.get(review_url(self.article)), "Read the original again")

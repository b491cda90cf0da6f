"""The page of speakers that do not look like speakers, and of quotes that are too long."""

from django.test import SimpleTestCase, TestCase
from django.urls import reverse

from articles.models import ImportBatch, Quote, Speaker
from articles.speakers.doubtful import Doubt, doubt_about
from tests.admin.desk import log_in, make_user
from tests.factories import make_article, make_quote, make_speaker


class DoubtTests(SimpleTestCase):
    def about(self, name, kind="person"):
        return doubt_about(name, kind, {"selwycourier"})

    def test_names_of_people_and_organisations_are_not_doubted(self):
        for name in (
            "Ada Okafor",
            "Okafor",
            "Jan van der Meer",
            "Tom Reyes Jr.",
            "東京太郎",
            "Selwy County Council",
        ):
            self.assertIsNone(self.about(name), name)

    def test_places_newspapers_headlines_and_captions_are(self):
        for name, why in (
            ("Selwy Courier", Doubt.PUBLICATION),
            ("SELWY COURIER", Doubt.PUBLICATION),
            ("Palo Alto", Doubt.NO_NAME),
            ("Okafor Slams Plan", Doubt.NO_NAME),
            ("Photo: Mira Tolland", Doubt.SIGNS),
            ("Ward 4", Doubt.SIGNS),
            ("Ada Okafor who had come with her brother and all of their neighbours", Doubt.LONG),
        ):
            self.assertEqual(self.about(name), why, name)


class DoubtfulPageTests(TestCase):
    def setUp(self):
        self.client = log_in(make_user("editor"))
        self.article = make_article(body="“It holds,” said Palo Alto. “It does,” said Mira Tolland.")
        self.place = make_speaker("Palo Alto", import_batch=ImportBatch.objects.create(source="a feed"))
        make_quote(self.article, "It does,", speaker=make_speaker("Mira Tolland"))

    def page(self):
        return self.client.get(reverse("admin:doubtful"))

    def listed(self):
        return [row.speaker for row, quote in self.page().context["rows"]]

    def test_a_place_is_listed_until_an_editor_accepts_a_quote_of_it(self):
        quote = make_quote(self.article, "It holds,", speaker=self.place)
        self.assertEqual(self.listed(), [self.place])
        self.assertContains(self.page(), f"/admin/desk/{self.article.pk}/#p{quote.pk}")
        quote.accept(by=make_user("chief editor"))
        self.assertEqual(self.listed(), [])

    def test_a_speaker_whom_an_editor_entered_is_listed_only_if_quoted(self):
        Speaker.objects.filter(pk=self.place.pk).update(import_batch=None)
        self.assertEqual(self.listed(), [])

    def test_a_quote_of_thousands_of_characters_is_listed_until_it_is_decided(self):
        long = make_article(body=f"“{'All of it. ' * 300}” said Mira Tolland.")
        quote = make_quote(long, f"{'All of it. ' * 300}".strip())
        self.assertEqual([each.pk for each in self.page().context["quotes"]], [quote.pk])
        Quote.objects.get(pk=quote.pk).reject(by=make_user("chief editor"))
        self.assertEqual(list(self.page().context["quotes"]), [])

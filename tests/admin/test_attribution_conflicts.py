"""The page of attribution conflicts."""

from django.test import TestCase
from django.urls import reverse

from articles.models import CreditDecision
from tests.admin.desk import log_in, make_user
from tests.factories import make_article, make_quote, make_speaker

SAID = "We had the cows out before the siren."


class CreditedTwiceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        ada, osric = make_speaker("Ada Okafor"), make_speaker("Osric Pell")
        one, other = make_article(body=f"“{SAID}” Ada."), make_article(body=f"“{SAID}” Osric.")
        cls.first = make_quote(one, SAID, speaker=ada, source="Ada Okafor")
        cls.second = make_quote(other, SAID, speaker=osric, source="the <b>reeve</b>")

    def setUp(self):
        self.client, self.url = log_in(self.editor), reverse("admin:attribution-conflicts")

    def test_both_wordings_both_credits_and_the_ways_to_decide_are_shown(self):
        page = self.client.get(self.url)
        for quote in (self.first, self.second):
            review = reverse("admin:desk-review", args=[quote.article_id])
            self.assertContains(page, f"{review}?quote={quote.pk}#p{quote.pk}")
            self.assertContains(page, reverse("admin:articles_quote_change", args=[quote.pk]))
        self.assertContains(page, SAID, count=2)
        self.assertContains(page, "the &lt;b&gt;reeve&lt;/b&gt;")

    def test_a_ruling_that_both_are_right_is_stored_and_revoked(self):
        name = self.client.get(self.url).context["rows"][0]["name"]
        page = self.client.post(self.url, {"right": name}, follow=True)
        self.assertEqual(page.context["rows"], [])
        self.assertContains(page, "Recently marked as both right")
        decision = CreditDecision.objects.get()
        self.assertEqual((decision.decided_by, decision.words), (self.editor, SAID))
        page = self.client.post(self.url, {"back": decision.pk}, follow=True)
        self.assertEqual(len(page.context["rows"]), 1)

    def test_nonsense_is_not_found(self):
        for fields in ({"right": "1:2:3"}, {"right": ""}, {"back": "x"}, {"back": "9"}):
            self.assertEqual(self.client.post(self.url, fields).status_code, 404)
        self.assertEqual(self.client.get(self.url, {"page": "7"}).status_code, 404)

    def test_a_reader_has_no_business_here(self):
        self.assertEqual(log_in(make_user("reader")).get(self.url).status_code, 403)

"""The report form with its protections, and the page of a report."""

import datetime as dt
import re
from html import unescape
from unittest import mock

from django.test import TestCase
from django.utils import timezone

from articles import reader_reports
from articles.models import Article, Quote, Report
from articles.reader_reports.submit import MOST_OF_ONE
from articles.revisions.undo import revert
from tests.admin.desk import make_user
from tests.factories import make_article, make_quote, make_speaker
from tests.views.queries import TWELVE

REMARK = "It was the warden: see the “Tarrin Bell” of the next day."


class FormTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        # Public since before this transaction, so that what is withdrawn in it was public once.
        since = timezone.now() - dt.timedelta(days=1)
        cls.article = make_article(body="“Nobody had asked us,” said the warden.", visible_from=since)
        cls.quote = make_quote(cls.article, "Nobody had asked us,", speaker=make_speaker())
        cls.url = f"/quotes/{cls.quote.pk}/report/"

    def fields(self, url="", **given):
        page = self.client.get(url or self.url).content.decode()
        stamp = unescape(re.search(r'name="stamp" value="([^"]+)"', page)[1])
        return {"what": "speaker", "remark": REMARK, "website": "", "stamp": stamp, **given}

    def assert_kept(self, response, reason, status=200):
        self.assertContains(response, reason, status_code=status)
        self.assertContains(response, REMARK, status_code=status)
        self.assertRegex(response.content.decode(), r'value="speaker"[^>]* checked')
        self.assertFalse(Report.objects.exists())

    def test_a_report_leads_to_the_address_where_it_is_answered(self):
        response = self.client.post(self.url, self.fields(), follow=True)
        [(address, _)] = response.redirect_chain
        self.assertRegex(address, r"^/reports/[\w-]{24}/$")
        self.assertContains(response, "We have received your report")
        self.assertContains(response, REMARK)
        report = Report.objects.get()
        self.assertEqual((report.quote, report.article, report.what), (self.quote, self.article, "speaker"))

    def test_it_sets_no_cookie_is_kept_by_no_cache_and_asks_little_of_the_database(self):
        with self.assertNumQueries(TWELVE):
            response = self.client.get(self.url)
        self.assertEqual(response["Cache-Control"], "private, no-cache")
        self.assertNotContains(response, "csrfmiddlewaretoken")
        sent = self.client.post(self.url, self.fields())
        status = self.client.get(sent["Location"])
        self.assertFalse(response.cookies or sent.cookies or status.cookies)

    def test_it_is_linked_from_the_quote_and_from_where_the_quote_stands(self):
        self.assertContains(self.client.get(self.quote.get_absolute_url()), f'href="{self.url}"')
        about_article = f"/articles/{self.article.pk}/report/"
        self.assertContains(self.client.get(self.article.get_absolute_url()), f'href="{about_article}"')
        self.assertContains(self.client.get(about_article), f'href="{self.url}"')

    def test_an_article_can_be_reported_itself(self):
        url = f"/articles/{self.article.pk}/report/"
        self.client.post(url, self.fields(url, what="date"))
        report = Report.objects.get()
        self.assertEqual((report.article, report.quote, report.what), (self.article, None, "date"))
        self.assertContains(self.client.post(url, self.fields(url)), "Select a valid choice")

    def test_nothing_typed_is_lost_when_it_cannot_be_taken(self):
        self.assert_kept(
            self.client.post(self.url, self.fields(website="https://x.example")), "Leave this field empty."
        )
        self.assert_kept(
            self.client.post(self.url, self.fields(stamp="")), "The form expired. Send it again."
        )
        self.assert_kept(
            self.client.post(self.url, self.fields(stamp="made:up:now")), "The form expired. Send it again."
        )
        with mock.patch("articles.views.reports.STAMP_SECONDS", -1):
            self.assert_kept(self.client.post(self.url, self.fields()), "The form expired. Send it again.")
        long = REMARK + "x" * 2000
        self.assertContains(self.client.post(self.url, self.fields(remark=long)), long)

    def test_a_stamp_is_good_for_its_own_quote_alone(self):
        other = make_quote(self.article, "Nobody")
        fields = self.fields(f"/quotes/{other.pk}/report/")
        self.assert_kept(self.client.post(self.url, fields), "The form expired. Send it again.")

    def test_what_another_site_sends_is_shown_and_not_taken(self):
        for header in (
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": "https://elsewhere.example"},
            {"origin": "null"},
        ):
            response = self.client.post(self.url, self.fields(), headers=header)
            self.assert_kept(response, "sent from another website", status=403)
        self.client.post(self.url, self.fields(), headers={"origin": "http://testserver"})
        self.assertEqual(Report.objects.count(), 1)

    def test_more_than_so_many_in_an_hour_are_asked_to_wait(self):
        with mock.patch("articles.models.clock.now", return_value=timezone.now()):
            for _ in range(MOST_OF_ONE):
                reader_reports.may_send("127.0.0.1")
            response = self.client.post(self.url, self.fields())
        self.assert_kept(response, "Try again in an hour.", status=429)
        self.assertEqual(response["Retry-After"], "3600")

    def test_the_same_form_sent_twice_is_one_report(self):
        fields = self.fields()
        places = {self.client.post(self.url, fields)["Location"] for _ in range(2)}
        self.assertEqual((len(places), Report.objects.count()), (1, 1))

    def test_something_else_wants_words(self):
        self.assertContains(
            self.client.post(self.url, self.fields(what="other", remark=" ")), "Tell us what is wrong."
        )

    def test_only_what_readers_may_see_can_be_reported(self):
        Quote.objects.filter(pk=self.quote.pk).update(standing="withdrawn")
        self.assertEqual(self.client.get(self.url).status_code, 410)
        Quote.objects.filter(pk=self.quote.pk).update(status="pending", first_public_at=None)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        Article.objects.filter(pk=self.article.pk).update(status="withheld")
        for url in (self.url, f"/articles/{self.article.pk}/report/"):
            self.assertEqual(self.client.post(url, {"what": "words"}).status_code, 404)

    def test_what_was_typed_is_shown_as_text(self):
        nasty = "<script>alert(1)</script>"
        response = self.client.post(self.url, self.fields(remark=nasty), follow=True)
        self.assertNotContains(response, nasty)
        self.assertContains(response, "&lt;script&gt;")


class StatusTests(TestCase):
    def setUp(self):
        article = make_article(body="“Nobody had asked us,” said the warden.")
        self.quote = make_quote(article, "Nobody had asked us,", speaker=make_speaker())
        self.url = (
            f"/reports/{reader_reports.receive(self.quote, 'speaker', REMARK, reader_reports.new_token())}/"
        )

    def test_no_search_engine_cache_or_other_page_learns_of_it(self):
        with self.assertNumQueries(TWELVE):
            response = self.client.get(self.url)
        self.assertIn("noindex", response["X-Robots-Tag"])
        self.assertContains(response, 'content="noindex')
        self.assertEqual(response["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", response["Cache-Control"])

    def test_it_says_what_was_decided_and_why_and_when_that_was_taken_back(self):
        ruling = reader_reports.Ruling("refused", "The recording\nhas <her> voice.")
        key = reader_reports.decide(Report.objects.all(), ruling, by=make_user())
        response = self.client.get(self.url)
        self.assertContains(response, "We have not changed anything.")
        self.assertContains(response, "has &lt;her&gt; voice.")
        revert(key)
        self.assertContains(self.client.get(self.url), "Being reviewed again")

    def test_what_is_no_longer_public_is_not_shown_by_it(self):
        Quote.objects.update(status="rejected")
        self.assertNotContains(self.client.get(self.url), "Nobody had asked us")

    def test_an_unknown_token_is_not_found(self):
        self.assertEqual(self.client.get("/reports/AAAAAAAAAAAAAAAAAAAAAAAA/").status_code, 404)

    def test_what_was_blanked_says_so(self):
        Report.objects.update(remark="", remark_blanked_at=timezone.now())
        self.assertContains(self.client.get(self.url), "months after the decision")

"""Summaries are completed from their pages: slowly, a few at a time, and only where robots.txt allows it."""

from types import SimpleNamespace
from unittest import mock

from articles.fetching.http_client import Answered, NoAnswer, Page
from articles.models import Article, RawDocument, Source, SourceState
from articles.sources import feeds, linked_pages, troubles
from articles.sources.reading import SECONDS
from tests.sources.feeds import FEED, item
from tests.sources.test_feeds import FeedCase

TEXT = "Farmers below Thane Bridge had forty minutes before the gates opened, number {n}, said Osric Pell."
PAGE = (
    '<!doctype html><html lang="en"><head><title>The river rises | Courier</title></head><body><article>'
    '<h1>The river rises, part {n}</h1><p class="byline">By Ada Okafor</p><p>{text}</p>'
    "<p>The siren was heard as far as the mill, and the water stayed below the second mark until the evening,"
    " when the council met in the school and heard what the master of the weir had written down.</p>"
    "<p>“We had the cows out before the siren,” said Osric Pell. “The siren was for the television.”</p>"
    "</article></body></html>"
)
ROBOTS = "https://courier.example/robots.txt"


def summary(number=1):
    return item(number, **{"content:encoded": "", "description": "Farmers had forty minutes …"})


def serve_pages(web, number, *, forbidden):
    """Put so many pages on the web, and a robots.txt that forbids what begins with a path."""
    web.answers[ROBOTS] = Page(f"User-agent: *\nDisallow: {forbidden}\n".encode(), "text/plain", ROBOTS)
    for n in range(1, number + 1):
        url = f"https://courier.example/{n}"
        page = PAGE.format(n=n, text=TEXT.format(n=n)).encode()
        web.answers[url] = Page(page, "text/html; charset=utf-8", url)


class LinkedPageTests(FeedCase):
    def setUp(self):
        super().setUp()
        Source.objects.update(pages=True)
        self.sleep = self.enterContext(mock.patch.object(linked_pages.time, "sleep"))
        serve_pages(self.web, 3, forbidden="/private/")

    def test_the_article_has_the_text_of_the_page_and_the_date_of_the_feed(self):
        self.feed(summary())
        self.run_source()
        article = Article.objects.get()
        self.assertIn("The siren was heard", article.body)
        self.assertEqual((article.published_on.isoformat(), article.external_id), ("2019-05-30", "courier-1"))
        raw = RawDocument.objects.get()
        self.assertEqual(
            (raw.media_type, raw.origin), ("text/html; charset=utf-8", "https://courier.example/1")
        )

    def test_an_item_with_its_whole_text_needs_no_page(self):
        self.feed(item(1))
        self.run_source()
        self.assertEqual(len(self.web.asked), 1)

    def test_pages_of_a_website_are_fetched_two_seconds_apart_and_its_robots_txt_once(self):
        self.feed(*map(summary, (1, 2, 3)))
        self.run_source()
        self.assertEqual([call.args for call in self.sleep.call_args_list], [(2.0,), (2.0,)])
        self.assertEqual(self.web.asked.count(ROBOTS), 1)
        self.assertEqual(Article.objects.count(), 3)

    def test_what_robots_txt_forbids_is_imported_as_a_summary_with_the_reason(self):
        self.web.answers[ROBOTS] = Page(b"User-agent: newsarchive\nDisallow: /", "text/plain", ROBOTS)
        self.feed(summary())
        self.run_source()
        article = Article.objects.get()
        self.assertEqual(article.body, "Farmers had forty minutes …")
        self.assertIn("robots.txt of courier.example does not allow it", str(article.extra["warnings"]))
        self.assertNotIn("https://courier.example/1", self.web.asked)

    def test_while_robots_txt_cannot_be_fetched_the_articles_wait(self):
        self.feed(summary())
        rules = self.web.answers[ROBOTS]
        self.web.answers[ROBOTS] = Answered("courier.example answered 503.", 503)
        result = self.run_source()
        self.assertEqual((result.counts.added, result.waiting), (0, 1))
        self.assertIn("robots.txt: courier.example answered 503", troubles()[0].reason)
        self.web.answers[ROBOTS] = rules
        self.run_source()
        self.assertIn("The siren was heard", Article.objects.get().body)
        self.assertEqual(troubles(), [])

    def test_more_pages_than_one_run_fetches_wait_for_the_next(self):
        self.feed(*map(summary, (1, 2, 3)))
        with mock.patch.object(linked_pages, "MOST_PAGES", 2):
            result = self.run_source()
            self.assertEqual((result.counts.added, result.waiting), (2, 1))
            state = SourceState.objects.get()
            self.assertEqual((state.next_run_at, state.etag), (None, ""))
            self.assertEqual(self.run_source().counts.added, 1)

    def test_a_page_that_is_gone_leaves_the_summary(self):
        self.web.answers["https://courier.example/1"] = Answered("courier.example answered 404.", 404)
        self.feed(summary())
        self.run_source()
        self.assertIn("answered 404", str(Article.objects.get().extra["warnings"]))
        self.assertEqual(troubles(), [])

    def test_after_a_failure_of_the_website_the_articles_wait(self):
        self.web.answers["https://courier.example/2"] = NoAnswer("courier.example did not answer.")
        self.feed(summary(1), summary(2))
        result = self.run_source()
        self.assertEqual((result.counts.added, result.waiting), (0, 2))
        self.assertIn("A linked page could not be fetched", troubles()[0].reason)
        self.web.answers["https://courier.example/2"] = self.web.answers["https://courier.example/1"]
        self.run_source()
        self.assertEqual(troubles(), [])

    def test_a_page_without_more_text_leaves_the_summary(self):
        url = "https://courier.example/1"
        self.web.answers[url] = Page(b"<!doctype html><title>Cookies</title><p>OK?", "text/html", url)
        self.feed(summary())
        self.run_source()
        self.assertEqual(Article.objects.get().body, "Farmers had forty minutes …")

    def test_an_odd_link_or_robots_txt_ends_no_run(self):
        odd = "https://mirror.example/1"
        self.web.answers["https://mirror.example/robots.txt"] = Page(
            b"Crawl-delay: \xc2\xb2\nUser-agent: *\nCrawl-delay: \xc2\xb2", "text/plain", odd
        )
        links = ("http://[", "http://courier℀.example/", "https://cou%5Brier.example/1", odd)
        self.feed(
            *(
                item(n, **{"content:encoded": "", "description": f"Farmers had {n} minutes …", "link": link})
                for n, link in enumerate((*links, "https://courier.example/3"))
            )
        )
        result = self.run_source()
        self.assertEqual((result.counts.added, result.fault), (5, ""))
        self.assertEqual(Article.objects.filter(body__contains="The siren was heard").count(), 1)


class TotalTimeTests(FeedCase):
    """A run fetches pages for two minutes, by a clock that the answers move on."""

    def setUp(self):
        super().setUp()
        Source.objects.update(pages=True)
        self.now = 1_000.0
        clock = SimpleNamespace(monotonic=lambda: self.now, sleep=self.pass_time)
        for module in (feeds, linked_pages):
            self.enterContext(mock.patch.object(module, "time", clock))
        serve_pages(self.web, 3, forbidden="/private/")
        self.feed(*map(summary, (1, 2, 3)))

    def pass_time(self, seconds):
        self.now += seconds

    def slow(self, url, seconds, error=None):
        """Let the answer come so late, or an error instead."""
        answer = self.web.answers[url]

        def late(wanted):
            self.pass_time(seconds)
            if error:
                raise error
            return answer

        self.web.answers[url] = late

    def test_pages_that_are_left_when_the_time_is_over_wait_for_the_next_run(self):
        for number in (3, 2, 1):
            self.slow(f"https://courier.example/{number}", 70)
        result = self.run_source()
        self.assertEqual((result.counts.added, result.waiting, result.out_of_time), (2, 1, True))
        self.assertEqual((result.fault, troubles()), ("", []))
        self.assertIsNone(SourceState.objects.get().next_run_at)
        result = self.run_source()
        self.assertEqual((result.counts.added, result.waiting, result.out_of_time), (1, 0, False))
        self.assertEqual(Article.objects.filter(body__contains="The siren was heard").count(), 3)

    def test_a_request_has_only_the_time_that_is_left_and_its_end_is_no_fault_of_the_page(self):
        self.slow("https://courier.example/3", SECONDS - 4)
        self.slow("https://courier.example/2", 2, NoAnswer("courier.example did not send the page."))
        result = self.run_source()
        self.assertEqual(self.web.limits[-1].seconds, 2)
        self.assertEqual((result.counts.added, result.waiting, result.fault), (1, 2, ""))

    def test_rules_that_do_not_come_in_time_leave_no_article_with_its_summary_only(self):
        self.slow(ROBOTS, SECONDS, NoAnswer("courier.example did not send the page."))
        result = self.run_source()
        self.assertEqual((result.counts.added, result.waiting, result.out_of_time), (0, 3, True))
        self.assertFalse(Article.objects.exists())

    def test_a_slow_feed_leaves_less_time_for_its_pages(self):
        self.slow(FEED, SECONDS)
        result = self.run_source()
        self.assertEqual((result.waiting, self.web.asked), (3, [FEED]))

    def test_a_pause_that_would_outlast_the_time_is_not_begun(self):
        self.slow("https://courier.example/3", SECONDS - 1)
        self.run_source()
        self.assertEqual(self.now, 1_000 + SECONDS - 1)

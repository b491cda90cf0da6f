"""The clock of the database decides what is public, whatever the clock of the web server."""

import datetime as dt
import re
from pathlib import Path
from unittest import mock

from django.db import DatabaseError, connection, transaction
from django.test import TestCase
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article, clock
from tests.factories import make_article, make_quote, make_speaker

ARTICLES = Path(__file__).parents[2] / "articles"
TEMPLATES = ARTICLES.parent / "templates"


class WrongClockTests(TestCase):
    def setUp(self):
        self.speaker = make_speaker("Wynn Oake", slug="wynn-oake")
        self.article = make_article(
            headline="The heron bridge", body="“We saw a heron,” said Wynn Oake.", published_on=clock.today()
        )
        self.quote = make_quote(self.article, "We saw a heron,", speaker=self.speaker)
        self.later = make_article(
            headline="The heron is back", visible_from=clock.now() + dt.timedelta(hours=1)
        )
        self.enterContext(mock.patch.object(clock, "_last", None))

    def machine(self, **off):
        """This machine's clock is off by so much."""
        real = timezone.now
        self.enterContext(mock.patch("django.utils.timezone.now", lambda: real() + dt.timedelta(**off)))

    def assert_shown(self, *paths):
        for path in paths:
            with self.subTest(path=path):
                self.assertContains(self.client.get(path), "heron")

    def test_two_hours_behind_the_archive_is_not_empty(self):
        self.machine(hours=-2)
        self.assert_shown("/", "/search/?q=heron", "/search/?q=heron&format=atom", "/quotes/?q=heron")
        self.assert_shown(self.article.get_absolute_url(), self.quote.get_absolute_url())
        self.assert_shown(
            "/speakers/wynn-oake/", "/sitemap-articles.xml", f"/basket/?articles={self.article.pk}"
        )
        self.assert_shown(f"/publications/{self.article.publication.slug}/")
        self.assertEqual(self.client.get("/search/?format=json").json()["count"], 1)

    def test_two_hours_ahead_nothing_is_shown_before_its_time(self):
        self.machine(hours=2)
        for path in ("/", "/search/?q=heron", "/search/?q=heron&format=atom", "/sitemap-articles.xml"):
            with self.subTest(path=path):
                self.assertNotContains(self.client.get(path), "heron is back")
        self.assertEqual(self.client.get(self.later.get_absolute_url()).status_code, 404)

    def test_relative_dates_count_from_the_database_s_day(self):
        self.machine(days=-40)
        self.assertEqual(self.client.get("/search/?from=-30d&format=json").json()["count"], 1)
        self.assertEqual(self.client.get("/search/?to=-30d&format=json").json()["count"], 0)

    def test_a_search_of_the_past_ends_at_the_database_s_now(self):
        self.machine(hours=-2)
        moment = (clock.now() - dt.timedelta(hours=1)).isoformat().replace("+00:00", "Z")
        found = self.client.get("/search/", {"q": "heron", "as_of": moment, "format": "json"}).json()
        self.assertEqual(found["count"], 0)

    def test_what_is_published_two_hours_ahead_is_public_at_once(self):
        self.machine(hours=2)
        pk = make_article(headline="A heron at the weir").pk
        self.assertTrue(Article.objects.get(pk=pk).is_public)
        self.assertEqual(Article.objects.published().filter(pk=pk).count(), 1)

    def test_the_site_is_not_ready_while_the_clocks_are_apart(self):
        self.assertEqual(self.client.get("/readyz").json()["clock"], "ok")
        self.machine(hours=-2)
        answer = self.client.get("/readyz")
        self.assertEqual(answer.status_code, 503)
        self.assertRegex(answer.json()["clock"], r"^7\d\d\d\.\d seconds behind the database$")
        self.assertAlmostEqual(answer.json()["clock_seconds"], -7200, delta=60)

    def test_the_front_page_shows_the_database_s_day(self):
        today = date_format(timezone.localtime(clock.now()), "l j F Y")
        self.machine(days=-40)
        self.assertContains(self.client.get("/"), today)

    def test_the_time_is_known_in_a_transaction_that_failed(self):
        before = clock.now()
        with self.assertRaises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            try:
                cursor.execute("SELECT 1 / 0")
            finally:
                with mock.patch.object(clock, "MOST_SECONDS", -1):
                    self.assertGreaterEqual(clock.now(), before)

    def test_the_database_is_asked_once_a_minute_at_most(self):
        with mock.patch.object(clock, "_ask", wraps=clock._ask) as asked:
            for _ in range(5):
                clock.now()
            first = asked.call_count
            with mock.patch.object(clock, "MOST_SECONDS", -1):
                clock.now()
        self.assertIn(first, (1, 2, 3))
        self.assertGreater(asked.call_count, first)


def test_no_code_of_the_archive_asks_the_machine_for_the_time():
    asks = re.compile(r"timezone\.(now\b|localdate\(\)|localtime\(\))|date\.today|datetime\.(utc)?now")
    modules = [path for path in ARTICLES.rglob("*.py") if "migrations" not in path.parts]
    found = [path.name for path in modules if asks.search(path.read_text())]
    assert found == ["clock.py"]
    assert not [path for path in TEMPLATES.rglob("*.html") if "{% now" in path.read_text()]

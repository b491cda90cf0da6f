"""Browsing by publication, section, topic and date shows only public articles."""

import csv
import datetime as dt
import io
from unittest import mock

import feedparser
from django.contrib.auth.models import User
from django.test import TestCase
from django.utils import timezone

from articles import holdings
from articles.models import Article, Holding, Notice, OldAddress, Publication, Quote
from tests.factories import make_article, make_publication, make_quote, make_speaker
from tests.views.queries import TWELVE

BROWSED = (
    "/", "/speakers/", "/publications/", "/publications/selwy-courier/", "/sections/", "/sections/home-news/",
    "/topics/", "/topics/floods/", "/archive/", "/archive/2019/", "/archive/2019/05/", "/about/",
    "/about/accuracy/", "/about/holdings/", "/corrections/", "/feeds/", "/help/search/", "/opensearch.xml",
    "/robots.txt",
    "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-articles.xml", "/sitemap-quotes.xml",
    "/sitemap-speakers.xml", "/sitemap-browse.xml",
)  # fmt: skip


class BrowseTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = User.objects.create(username="editor")
        for number in range(22):
            make_article(headline=f"Story {number}", section="Home news", topics=("Floods",))
        cls.read = make_article(
            headline="Read by a person", body="“We heard the bell,” she said.", quotes_state="read",
            section="Home news", topics=("Floods",), published_on=dt.date(2019, 5, 2),
        )  # fmt: skip
        cls.quote = make_quote(
            cls.read, "We heard the bell,", speaker=make_speaker("Tilda Marrow"), decided_by=cls.editor,
            decided_at=timezone.now(), standing="confirmed",
        )  # fmt: skip
        make_article(headline="Of a month", published_on=dt.date(2019, 5, 1), published_precision="month")
        make_article(headline="Of a year", published_on=dt.date(2019, 1, 1), published_precision="year")
        make_article(headline="Undated", published_on=None)
        make_article(headline="Later", published_on=dt.date(2020, 2, 29))
        make_article(
            headline="Secret draft",
            status="draft",
            publication="Secret Paper",
            section="Secret section",
            topics=("Secret topic",),
            published_on=dt.date(2031, 7, 1),
        )
        make_article(
            headline="Secret embargo",
            visible_from=timezone.now() + dt.timedelta(days=1),
            publication="Secret Paper",
            published_on=dt.date(2031, 7, 2),
        )

    def test_every_page_is_there_and_asks_the_database_at_most_twelve_times(self):
        for path in BROWSED:
            with self.subTest(path), self.assertNumQueries(TWELVE):
                self.assertEqual(self.client.get(path).status_code, 200)

    def test_nothing_that_is_not_public_is_on_any_of_them(self):
        for path in BROWSED:
            with self.subTest(path):
                response = self.client.get(path)
                self.assertNotContains(response, "Secret")
                self.assertNotContains(response, "2031")
        for path in ("/publications/secret-paper/", "/sections/secret-section/", "/topics/secret-topic/",
                     "/archive/2031/", "/archive/2031/07/"):  # fmt: skip
            with self.subTest(path):
                self.assertEqual(self.client.get(path).status_code, 404)

    def test_the_front_page_says_what_the_archive_holds(self):
        response = self.client.get("/")
        self.assertContains(response, "27 articles")
        self.assertContains(response, "2019 to 2020")
        self.assertContains(response, "<title>2019: 25 articles</title>")
        self.assertContains(response, "1 undated article is not shown")

    def test_the_front_page_shows_the_newest_quote_that_a_person_has_read(self):
        response = self.client.get("/")
        self.assertContains(response, "“We heard the bell,”")
        self.assertContains(response, "Latest checked quote")

    def test_until_a_person_has_read_any_the_front_page_says_so(self):
        type(self.quote).objects.update(decided_by=None)
        self.assertContains(self.client.get("/"), "Latest quote (not checked)")

    def test_an_empty_archive_says_so(self):
        Article.objects.update(status="draft")
        self.assertContains(self.client.get("/"), "There are no articles yet.")
        for path in BROWSED:
            if "/archive/2" in path or path.count("/") == 3:
                continue
            with self.subTest(path):
                self.assertEqual(self.client.get(path).status_code, 200)

    def test_lists_are_paged_to_the_last(self):
        first = self.client.get("/publications/selwy-courier/")
        self.assertContains(first, 'rel="next" href="?page=2"')
        shown = [
            a.pk
            for p in (1, 2)
            for a in self.client.get("/publications/selwy-courier/", {"page": p}).context["page_obj"]
        ]
        self.assertEqual((len(shown), len(set(shown))), (27, 27))
        self.assertEqual(self.client.get("/publications/selwy-courier/", {"page": 3}).status_code, 404)

    def test_a_month_has_a_calendar_whose_days_lead_to_their_articles(self):
        response = self.client.get("/archive/2019/05/")
        self.assertContains(
            response, 'href="/search/?from=2019-05-30&amp;to=2019-05-30">30<span class="num">22'
        )
        self.assertContains(response, "(1: exact day unknown)")
        self.assertContains(response, 'rel="next" href="/archive/2020/02/"')

    def test_months_that_cannot_be_are_not_found(self):
        for path in (
            "/archive/2019/13/",
            "/archive/2019/00/",
            "/archive/0000/01/",
            "/archive/0000/",
            "/archive/9999/12/",
        ):
            with self.subTest(path):
                self.assertEqual(self.client.get(path).status_code, 404)

    def test_a_period_without_articles_leads_to_the_nearest_ones(self):
        for path, heading, before, after in (
            ("/archive/2017/", "No articles from 2017", None, "/archive/2019/"),
            ("/archive/2025/", "No articles from 2025", "/archive/2020/", None),
            ("/archive/2019/07/", "No articles from July 2019", "/archive/2019/05/", "/archive/2020/02/"),
            (
                "/archive/2019/06/01/",
                "No articles from 1 June 2019",
                "/search/?from=2019-05-30&amp;to=2019-05-30",
                "",
            ),
        ):
            with self.subTest(path), self.assertNumQueries(TWELVE):
                response = self.client.get(path)
                self.assertContains(response, f"<h1>{heading}</h1>", status_code=404)
                for relation, url in (("prev", before), ("next", after)):
                    if url is None:
                        self.assertNotContains(response, f'rel="{relation}"', status_code=404)
                    else:
                        self.assertContains(response, f'rel="{relation}" href="{url}', status_code=404)

    def test_a_day_leads_to_the_search_for_its_articles(self):
        self.assertRedirects(
            self.client.get("/archive/2019/05/30/"), "/search/?from=2019-05-30&to=2019-05-30", 302
        )
        self.assertEqual(self.client.get("/archive/2019/02/30/").status_code, 404)

    def test_a_month_written_short_is_put_right(self):
        self.assertRedirects(self.client.get("/archive/2019/5/"), "/archive/2019/05/", 301)

    def test_holdings_tell_by_month_how_far_the_quotes_are_read(self):
        response = self.client.get("/about/holdings/")
        self.assertContains(response, '/search/?publication=selwy-courier&amp;from=2019-05&amp;to=2019-05">')
        self.assertContains(response, '<td class="n">1 <span class="num">(4%)</span></td>')
        self.assertContains(response, "Undated")

    def test_one_publication_can_be_asked_for_and_an_unknown_one_is_not_found(self):
        self.assertContains(self.client.get("/about/holdings/?publication=selwy-courier"), "from=2019-05")
        self.assertEqual(self.client.get("/about/holdings/?publication=secret-paper").status_code, 404)

    def test_the_holdings_are_all_that_is_published(self):
        held = holdings.by_month()
        self.assertEqual(sum(months.all.articles for months in held), Article.objects.published().count())

    def test_the_holdings_are_had_as_a_table_for_a_spreadsheet(self):
        written = self.client.get("/about/holdings/?format=csv").getvalue().decode("utf-8-sig")
        names, *rows = csv.reader(io.StringIO(written))
        self.assertEqual(names[:4], ["publication_slug", "publication_name", "period", "articles"])
        held = {row[2]: int(row[3]) for row in rows if row[0] == "selwy-courier"}
        found = self.client.get("/search/?publication=selwy-courier&from=2019-05&to=2019-05&format=json")
        # A period finds what overlaps it, and so what is dated by the year alone.
        self.assertEqual(held["2019-05"] + held["2019"], found.json()["count"])
        self.assertEqual(self.client.get("/about/holdings/?format=xls").status_code, 400)

    def test_years_without_anything_are_told_apart_from_months_without(self):
        paper = make_publication("Vale Herald")
        make_article(publication=paper, published_on=dt.date(1931, 3, 2))
        make_article(publication=paper, published_on=dt.date(1934, 1, 1), published_precision="year")
        make_article(publication=paper, published_on=None)
        (held,) = [months for months in holdings.by_month() if months.publication == paper]
        self.assertEqual(
            [(year.first, year.last, year.all.articles) for year in held.grid],
            [(1931, 1931, 1), (1932, 1933, 0), (1934, 1934, 1)],
        )
        self.assertEqual([month is not None for month in held.grid[0].months].index(True), 2)
        self.assertEqual((held.grid[2].whole.articles, held.undated.articles, held.all.articles), (1, 1, 3))
        self.assertContains(self.client.get("/about/holdings/?publication=vale-herald"), "1932 to 1933")

    def test_an_embargo_is_counted_from_the_moment_it_is_over(self):
        before = holdings.totals().articles
        now = timezone.now()
        article = make_article(visible_from=now + dt.timedelta(hours=1))
        make_quote(article, article.body[:9], speaker=make_speaker("Wynn Oake"))
        quotes, speakers = holdings.totals().quotes, holdings.totals().speakers
        self.assertEqual(holdings.totals().articles, before)
        with mock.patch("articles.models.clock.now", return_value=now + dt.timedelta(hours=2)):
            later = holdings.totals()
        self.assertEqual(
            (later.articles, later.quotes, later.speakers), (before + 1, quotes + 1, speakers + 1)
        )
        article.delete()
        with mock.patch("articles.models.clock.now", return_value=now + dt.timedelta(hours=2)):
            self.assertEqual(holdings.totals().articles, before)

    def test_speakers_that_are_one_are_counted_once(self):
        first, second, third = (make_speaker(f"Ansel Rook {number}") for number in "123")
        article = make_article(body="One word. Two words. Three words.")
        before = holdings.totals().speakers
        for speaker, words in ((first, "One word."), (second, "Two words."), (third, "Three words.")):
            make_quote(article, words, speaker=speaker)
        self.assertEqual(holdings.totals().speakers, before + 3)
        for going, staying in ((first, second), (second, third)):
            going.merged_into = staying
            going.save()
        self.assertEqual(holdings.totals().speakers, before + 1)

    def test_settling_leaves_every_number_as_it_is(self):
        before = (holdings.totals(), holdings.by_month(), holdings.by_year(), holdings.of_each("topic"))
        rows = Holding.objects.count()
        holdings.compact()
        self.assertLess(Holding.objects.count(), rows)
        after = (holdings.totals(), holdings.by_month(), holdings.by_year(), holdings.of_each("topic"))
        self.assertEqual(after, before)

    def test_the_front_page_shows_what_is_held_of_each_paper_and_topic(self):
        response = self.client.get("/")
        year = "/search/?publication=selwy-courier&amp;from=2019&amp;to=2019"
        self.assertContains(response, f'href="{year}"')
        for topic, held in response.context["topics"]:
            with self.subTest(topic):
                found = self.client.get(f"/search/?topic={topic.slug}&format=json").json()
                self.assertEqual(found["count"], held)

    def test_a_former_slug_leads_to_the_one_of_today(self):
        paper = Publication.objects.get(slug="selwy-courier")
        OldAddress.objects.create(
            kind="publication", address="courier", target="publication", target_id=paper.pk
        )
        self.assertRedirects(
            self.client.get("/publications/courier/?page=2"), "/publications/selwy-courier/?page=2", 301
        )

    def test_addresses_are_those_the_operator_named(self):
        for path in ("/sitemap.xml", "/sitemap-articles.xml", "/robots.txt", "/opensearch.xml"):
            with self.subTest(path), self.settings(SITE_URL="https://archive.example"):
                response = self.client.get(path, headers={"host": "localhost"})
                if path != "/sitemap-articles.xml":
                    self.assertContains(response, "https://archive.example/")
                self.assertNotContains(response, "http://testserver")

    def test_corrections_list_notices_of_what_is_public(self):
        Notice.objects.create(article=self.read, kind="correction", whose="ours", text="Two bells, not one.")
        Notice.objects.create(
            quote=self.quote, kind="clarification", whose="the paper's", text="The small bell."
        )
        draft = Article.objects.get(headline="Secret draft")
        Notice.objects.create(article=draft, kind="correction", whose="ours", text="Not yet public.")
        response = self.client.get("/corrections/")
        self.assertContains(response, "Two bells, not one.")
        self.assertContains(response, "The small bell.")
        self.assertNotContains(response, "Not yet public.")

    def test_notices_tell_of_what_was_withdrawn_without_its_words_and_of_nothing_withheld(self):
        long_ago = timezone.now() - dt.timedelta(days=9)
        gone, held, open_ = (
            make_article(headline=f"{word} story", body=f"“It {word},” she said.", visible_from=long_ago)
            for word in ("Gone", "Held", "Open")
        )
        quote = make_quote(open_, "It Open,", speaker=make_speaker("Osric Pell"))
        for article, status in ((gone, "canceled"), (held, "withheld")):
            Notice.objects.create(
                article=article, kind="retraction", whose="ours", text=f"{article} was wrong."
            )
            Article.objects.filter(pk=article.pk).update(status=status)
        Notice.objects.create(quote=quote, kind="retraction", whose="the paper's", text="=1+1")
        Quote.objects.filter(pk=quote.pk).update(standing="withdrawn")
        page = self.client.get("/corrections/")
        self.assertContains(page, "Gone story was wrong.")
        self.assertContains(page, "a withdrawn article")
        self.assertContains(page, "a withdrawn quote")
        self.assertNotContains(page, "Osric Pell")
        self.assertNotContains(page, "Held story")
        found = self.client.get("/corrections/", {"format": "json"}).json()
        self.assertEqual([one["text"] for one in found["results"]], ["=1+1", "Gone story was wrong."])
        self.assertEqual([one["headline"] for one in found["results"]], ["", ""])
        rows = self.client.get("/corrections/", {"format": "csv"}).getvalue().decode("utf-8-sig")
        cells = list(csv.DictReader(io.StringIO(rows, newline="")))
        self.assertEqual([row["text"] for row in cells], ["'=1+1", "Gone story was wrong."])
        self.assertEqual([row["withdrawn"] for row in cells], ["yes", "yes"])
        feed = feedparser.parse(self.client.get("/corrections/", {"format": "atom"}).content)
        self.assertFalse(feed.bozo)
        self.assertEqual(len(feed.entries), found["count"])
        self.assertEqual(self.client.get("/corrections/", {"format": "xlsx"}).status_code, 400)

    def test_a_publications_own_words_about_itself_are_shown(self):
        make_publication(
            "Harrowmouth Post", rights="All rights with the paper.", homepage="https://post.example/"
        )
        make_article(publication="Harrowmouth Post")
        response = self.client.get("/publications/harrowmouth-post/")
        self.assertContains(response, "All rights with the paper.")
        self.assertContains(response, "post.example")

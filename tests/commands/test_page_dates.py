"""The date printed on a page comes before the date in its metadata; its authors are found too."""

import io
import json
from unittest import mock

from django.core.management import call_command
from django.test import TestCase

from articles.models import Article
from articles.parsing.html.page import read_html
from tests.admin.desk import log_in, make_user
from tests.commands.test_import_tables import Tables
from tests.factories import make_publication

STORY = "<p>The weir was opened a day early on Friday, and farmers below it had to move their cows.</p>" * 4


def data(**fields):
    story = {"@type": "NewsArticle", "headline": "Weir opens"} | fields
    return f'<script type="application/ld+json">{json.dumps(story)}</script>'


def page(shown="", head="", above=""):
    body = f"{above}<article><h1>Weir opens</h1>{shown}{STORY}</article>"
    return f"<html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


EVENING = data(datePublished="2024-12-07T01:36:42Z")
DIFFERS = "the page prints 2024-12-06, its own data say 2024-12-07T01:36:42+00:00; the printed date is taken"


class PageDateTests(Tables, TestCase):
    def parsed(self, html):
        out = io.StringIO()
        # Here, not in a child process for each page, which takes half a second to begin.
        with mock.patch("articles.fetching.sandbox.read_html", read_html):
            call_command("parse_article", str(self.write("page.html", html)), stdout=out)
        return json.loads(out.getvalue())

    def judge(self, html, day, at, warnings=()):
        found = self.parsed(html)
        self.assertEqual((found["published_on"], found["published_at"]), (day, at))
        self.assertEqual(found["warnings"], list(warnings))

    def test_the_printed_day_stands_before_the_day_in_greenwich_and_both_are_told(self):
        for shown in ("<p class='meta'>Dec. 6, 2024</p>", "<div>Published: 6 December 2024</div>"):
            with self.subTest(shown):
                self.judge(page(shown, EVENING), "2024-12-06", "2024-12-07T01:36:42+00:00", [DIFFERS])

    def test_a_printed_day_that_agrees_is_no_matter(self):
        self.judge(page("<p>December 7, 2024</p>", EVENING), "2024-12-07", "2024-12-07T01:36:42+00:00")

    def test_a_time_element_gives_the_day_as_printed_and_the_instant(self):
        for attributes in ("", "class='entry-date published'"):
            time = f"<time {attributes} datetime='2019-04-28T00:01:07+02:00'>April 28, 2019</time>"
            with self.subTest(attributes):
                self.judge(page(time), "2019-04-28", "2019-04-28T00:01:07+02:00")

    def test_a_page_that_prints_the_day_of_its_change_has_the_day_of_its_data(self):
        head = data(datePublished="2019-04-20", dateModified="2019-04-28T10:00:00Z")
        self.judge(page("<p>April 28, 2019</p>", head), "2019-04-20", None)

    def test_the_time_of_an_update_is_never_that_of_publication(self):
        update = "<time datetime='2024-05-06T09:00:00Z'>6 May 2024</time>"
        ago = "<time datetime='2024-05-06T09:00:00Z'>3 hours ago</time>"
        for shown in (
            f"<p><b>Updated</b> {update}</p>",
            f"<p><span>Updated</span>{ago}</p>",
            f"<p><b>Updated</b> {update} ({ago})</p>",
            f"<div><span>Updated:</span><span>{update}</span></div><div><time>just now</time></div>",
        ):
            with self.subTest(shown):
                self.assertIsNone(self.parsed(page(shown))["published_on"])

    def test_a_time_beside_that_of_an_update_is_that_of_publication(self):
        update = "<b>Updated</b> <time datetime='2024-05-06T09:00:00Z'>6 May 2024</time>"
        first = "<time datetime='2024-05-02T07:00:00Z'>4 days ago</time>"
        for shown in (f"<p>{update}</p><p>{first}</p>", f"<p>{first} {update}</p>"):
            with self.subTest(shown):
                self.judge(page(shown), "2024-05-02", "2024-05-02T07:00:00+00:00")

    def test_todays_date_at_the_top_and_dates_of_other_stories_are_not_the_storys(self):
        above = "<div>Monday, 30 November 2026</div><nav><time datetime='2026-11-29'>29 November</time></nav>"
        self.judge(page(above=above), None, None)

    def test_dates_that_part_a_chronicle_are_not_the_storys(self):
        days = "".join(f"<p>{n} May 2019</p><p>The keeper saw the grey weir pass.</p>" for n in range(1, 6))
        self.judge(page(days, data(datePublished="2020-01-02")), "2020-01-02", None)

    def test_a_page_that_comes_in_has_its_authors_in_the_byline(self):
        author = [{"@type": "Person", "name": name} for name in ("Edda Marsh", "Jonas Whitlock")]
        self.run_import(self.write("page.html", page(head=data(author=author))), "--publication", "Courier")
        self.assertEqual(Article.objects.get().byline, "Edda Marsh, Jonas Whitlock")

    def test_an_editor_is_shown_both_dates_where_they_differ(self):
        html = page("<p>Dec. 6, 2024</p>", EVENING)
        response = log_in(make_user("editor")).post("/admin/desk/paste/", {"text": html}, follow=True)
        self.assertContains(response, DIFFERS)
        self.assertContains(response, 'value="2024-12-06"')


class NewspaperTimeZoneTests(Tables, TestCase):
    @classmethod
    def setUpTestData(cls):
        make_publication("Selwy Courier", time_zone="America/New_York")

    def test_an_instant_in_greenwich_is_of_the_newspapers_own_day(self):
        row = {"headline": "Weir opens", "body": "It opened.", "publication": "Selwy Courier"}
        rows = [
            row | {"published_at": "2024-12-07T01:36:42Z"},
            row | {"published_at": "2024-12-07T01:36:42Z", "published_on": "2024-12-07", "headline": "B"},
            row | {"published_at": "2024-12-07T01:36:42+01:00", "headline": "C"},
        ]
        self.run_import(self.write("rows.jsonl", "\n".join(map(json.dumps, rows))))
        days = Article.objects.order_by("pk").values_list("published_on", flat=True)
        self.assertEqual([str(day) for day in days], ["2024-12-06", "2024-12-07", "2024-12-07"])
        told = Article.objects.earliest("pk").extra["warnings"]
        self.assertIn("2024-12-06 in America/New_York", told[0])

    def test_a_page_of_a_known_newspaper_has_its_day(self):
        head = EVENING + "<meta property='og:site_name' content='Selwy Courier'>"
        response = log_in(make_user("editor")).post(
            "/admin/desk/paste/", {"text": page(head=head)}, follow=True
        )
        self.assertContains(response, "2024-12-06 in America/New_York")
        self.assertEqual(str(Article.objects.get().published_on), "2024-12-06")

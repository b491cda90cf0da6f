"""A report from the form to every page that showed the wrong speaker."""

import csv
import datetime as dt
import io
import json
import re
from html import unescape

from django.test import Client, TestCase
from django.utils import timezone

from articles.models import Article, Quote
from tests.admin.desk import fields_of, log_in, make_user, post_confirmed
from tests.factories import make_article, make_quote, make_speaker

OLD, OLD_SLUG, NEW = "Osric Pell", "osric-pell", "Mira Tolland"
FORMATS = ("html", "json", "csv", "jsonl", "ris", "bibtex", "csljson", "atom")
OWN = ("html", "json", "ris", "bibtex", "csljson")
BODY = (
    "The gates opened at four.\n\n“Nobody had asked the village,” {source} said at the weir. "
    "“Nobody ever asks.”\n\nThe siren was late."
)


class WalkTests(TestCase):
    def setUp(self):
        since = timezone.now() - dt.timedelta(days=3)
        self.old = make_speaker(OLD, slug=OLD_SLUG, sort_name="Pell, Osric")
        self.new = make_speaker(NEW, slug="mira-tolland", sort_name="Tolland, Mira")
        self.editor = make_user()
        self.since = since

    def printed(self, source):
        self.article = make_article(
            body=BODY.format(source=source), headline="Gates open early", section="Home news",
            topics=("Floods",), visible_from=self.since,
        )  # fmt: skip
        self.quote = make_quote(
            self.article, "Nobody had asked the village,", "Nobody ever asks.", speaker=self.old,
            source=source, decided_by=self.editor, decided_at=self.since, standing="confirmed",
        )  # fmt: skip

    def addresses(self):
        article, quote = self.article.get_absolute_url(), self.quote.get_absolute_url()
        searches = [
            "/search/?q=gates", "/search/?q=quote%3Aasked", "/quotes/?q=village", "/quotes/",
            "/quotes/?publication=selwy-courier", "/speakers/mira-tolland/",
        ]  # fmt: skip
        yield from (
            f"{path}{'&' if '?' in path else '?'}format={one}" for path in searches for one in FORMATS
        )
        yield from (f"{path}?format={one}" for path in (article, quote) for one in OWN)
        yield from ("/quotes/?q=asked&view=kwic", "/search/?q=siren&view=kwic", "/quotes/?group=speaker")
        yield from ("/quotes/?group=year", "/search/values/speaker/", "/quotes/values/speaker/")
        yield from (
            "/",
            "/search/?q=nobodi",
            "/search/?q=pel",
            "/speakers/",
            "/speakers/?letter=p",
            "/archive/",
        )
        yield from (
            "/publications/selwy-courier/",
            "/sections/home-news/",
            "/topics/floods/",
            "/archive/2019/05/",
        )
        yield from ("/about/holdings/", "/feeds/", "/help/search/", f"{article}history/", f"{quote}report/")
        yield from (f"{quote}versions/", f"{quote}versions/?format=json")
        yield from ("/quotes/find/?q=nobody+asked+the+village", "/quotes/find/?q=nobody+asked&format=json")
        yield from ("/speakers/mira-tolland/profile/", "/speakers/compare/?q=village")
        yield from (f"/articles/{self.article.pk}/report/", "/sitemap.xml")
        yield from (f"/sitemap-{part}.xml" for part in ("pages", "articles", "quotes", "speakers", "browse"))

    def pages(self):
        """Status, text and ETag of every form of every page, as somebody without a cookie gets them."""
        found, reader = {}, Client()
        for address in self.addresses():
            response = reader.get(address)
            if response.status_code == 302:
                address = response["Location"]
                response = reader.get(address)
            content = b"".join(response) if response.streaming else response.content
            found[address] = (response, content.decode())
        return found

    def report(self):
        url = f"/quotes/{self.quote.pk}/report/"
        page = self.client.get(url).content.decode()
        stamp = unescape(re.search(r'name="stamp" value="([^"]+)"', page)[1])
        sent = self.client.post(url, {"what": "speaker", "remark": "It was she.", "stamp": stamp})
        self.assertContains(self.client.get(sent["Location"]), "Not yet")
        return sent["Location"]

    def decide(self, **ruling):
        desk = log_in(self.editor)
        [group] = desk.get("/admin/desk/reports/").context["rows"]
        url = f"/admin/desk/reports/{group.first}/"
        fields = fields_of(desk.get(url).content.decode(), "ruling")
        reason = "The archive named a wrong speaker. It was the warden of the weir."
        sent = post_confirmed(desk, url, {**fields, **ruling, "reason": reason})
        self.assertContains(sent, "Decision saved for 1 report.")

    def test_our_mistake_is_gone_from_every_form_of_every_page_within_a_minute(self):
        self.printed("the warden")
        before = self.pages()
        named = {address for address, (_, text) in before.items() if OLD in text or OLD_SLUG in text}
        # A walk that never saw the name would prove nothing.
        for form in FORMATS:
            self.assertTrue(any(f"format={form}" in address for address in named), form)
        self.assertGreater(len(named), 40)
        answered_at = self.report()
        self.decide(outcome="ours", speaker=NEW, who="named")
        self.assertContains(self.client.get(answered_at), "We made a mistake, and have corrected it.")

        left = {}
        for address, (response, text) in self.pages().items():
            if address.startswith(self.quote.get_absolute_url()) and "format" not in address:
                text = re.sub(
                    r'<section class="block" aria-labelledby="changes">.*?</section>', "", text, flags=re.S
                )
            if OLD in text or OLD_SLUG in text:
                left[address] = text
            if address in named and response.status_code == 200 and "max-age" in response["Cache-Control"]:
                self.assertIn(
                    response["Cache-Control"], ("public, max-age=60", "max-age=60, public"), address
                )
                former = before[address][0].headers.get("ETag")
                if former:
                    again = Client().get(address, headers={"if-none-match": former})
                    self.assertEqual(again.status_code, 200, address)
        self.assertEqual(sorted(left), [])
        self.assertEqual(self.client.get(f"/speakers/{OLD_SLUG}/").status_code, 404)
        found = self.client.get(f"/quotes/?speaker={OLD_SLUG}&format=json").json()
        self.assertEqual((found["count"], found["results"]), (0, []))
        self.assertContains(self.client.get("/corrections/"), "The archive named a wrong speaker.")

    def test_the_permalink_tells_who_it_was_credited_to_before(self):
        self.printed("the warden")
        Quote.objects.filter(pk=self.quote.pk).update(first_public_at=self.since)
        self.report()
        self.decide(outcome="ours", speaker=NEW, who="named")
        page = self.client.get(self.quote.get_absolute_url()).content.decode()
        history = re.search(r'<section class="block" aria-labelledby="changes">.*?</section>', page, re.S)[0]
        self.assertIn(OLD, history)
        self.assertIn(NEW, page)

    def test_the_papers_mistake_is_given_as_nobodys_words_and_stays_as_printed(self):
        self.printed(OLD)
        self.report()
        self.decide(outcome="the paper's", who="nobody")
        quote = Quote.objects.get(pk=self.quote.pk)
        self.assertEqual((quote.source, quote.credited_to, quote.speaker), (OLD, self.old, None))
        for address, (response, text) in self.pages().items():
            if response.status_code == 200:
                self.assert_not_the_speaker(address, text)
        page = self.client.get(quote.get_absolute_url()).content.decode()
        self.assertIn("The publication attributed this to", page)
        self.assertIn(
            f'named in the article as “<span class="said" lang="en">{OLD}</span>”',
            page.replace(' dir="ltr"', ""),
        )
        self.assertEqual(Article.objects.get(pk=self.article.pk).body, BODY.format(source=OLD))

    def assert_not_the_speaker(self, address, text):
        """The name stands in the paper's own text, in `source`, and where it is said to be wrong."""
        if "format=json" in address or "format=jsonl" in address:
            for line in text.splitlines() if "jsonl" in address else [text]:
                self.assertEqual([one for one in _named(json.loads(line)) if OLD_SLUG in str(one)], [])
        elif re.search("format=(ris|bibtex|csljson|atom)", address):
            for line in text.splitlines():
                if re.match(r"\s*(A\d|AU|author|<name>|<title>|\"author\")", line):
                    self.assertNotIn("Pell", line)
        elif "format=csv" in address:
            for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
                named = [cell for column, cell in row.items() if column.startswith("speaker")]
                self.assertNotIn("Pell", str(named).title())
        elif not address.startswith(self.quote.get_absolute_url()):
            self.assertNotRegex(text, rf'class="quote__who[^"]*"[^>]*>{OLD}')
            self.assertNotIn(f'href="/speakers/{OLD_SLUG}/"', text)


def _named(value):
    """Every speaker and author that a record names."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("speaker", "speakers", "authors"):
                yield inner
            yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)

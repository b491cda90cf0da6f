"""No public URL shows what readers may not see: what articles say that are not public, and who is named only there."""

import datetime as dt
import re

from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone

from articles.models import Alias, Article, Notice, OldAddress, Quote, Role, Speaker
from articles.reports.receiving import new_token, receive
from articles.search.suggestions import count_words
from tests.factories import make_article, make_quote, make_speaker
from tests.views.public_urls import SEARCHES, public_urls, queries

MARKER = re.compile("zqmark[a-z]+", re.IGNORECASE)
WITHDRAWN, WITHHELD, EMBARGOED, DRAFT = "withdrawn", "withheld", "embargoed", "draft"
TOMORROW = timezone.now() + dt.timedelta(days=1)
HIDING = {
    WITHDRAWN: {"status": "canceled"},
    WITHHELD: {"status": "withheld"},
    EMBARGOED: {"visible_from": TOMORROW},
}


def moment():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0].isoformat().replace("+00:00", "Z")


class NothingHiddenTests(TransactionTestCase):
    """Each way in which an article is not public, with somebody quoted and somebody writing there alone."""

    def setUp(self):
        self.public = make_article(headline="Flood in public", body="“We saw the flood,” said Ada Okafor.")
        ada = make_speaker("Ada Okafor", slug="ada-okafor")
        self.quote = make_quote(self.public, "We saw the flood,", speaker=ada)
        self.articles, self.speakers, self.quotes = {}, {}, {}
        for way in (WITHDRAWN, WITHHELD, EMBARGOED, DRAFT):
            self.make(way)
        self.then = moment()
        for way, values in HIDING.items():
            Article.objects.filter(pk=self.articles[way].pk).update(**values)
        Notice.objects.create(
            article=self.articles[WITHDRAWN], kind="retraction", whose="ours", text="It was invented."
        )
        count_words()
        self.token = receive(self.public, "words", "Look again", new_token())

    def make(self, way):
        mark = f"zqmark{way}"
        speaker = make_speaker(
            f"Cyra {mark}speaker", slug=f"{way}-speaker", aliases=(f"Ceci {mark}alias",), description=f"{mark}is"
        )
        former = make_speaker(f"Old {mark}merged", slug=f"{way}-merged", merged_into=speaker)
        Role.objects.create(speaker=speaker, title=f"{mark}role")
        OldAddress.objects.create(
            kind="speaker", address=f"{way}-renamed", target="speaker", target_id=speaker.pk
        )
        Alias.objects.create(speaker=former, name=f"Older {mark}other")
        article = make_article(
            headline=f"Flood {mark}headline", kicker=f"{mark}kicker", standfirst=f"The flood {mark}standfirst",
            byline=f"By {mark}byline", body=f"Flood: “We saw the {mark}quote,” the flood {mark}body ended.",
            authors=(make_speaker(f"Dara {mark}author", slug=f"{way}-author"),),
            captions=(f"A flood {mark}caption",), status="draft" if way == DRAFT else "usable",
        )  # fmt: skip
        self.quotes[way] = make_quote(article, f"We saw the {mark}quote,", speaker=speaker)
        self.articles[way], self.speakers[way] = article, speaker

    def values(self):
        return {
            "pk": [row.pk for row in (self.public, *self.articles.values(), *self.quotes.values())],
            "slug": [
                *("ada-okafor", "selwy-courier", "home-news", "floods", "flood"),
                *(f"{way}-{who}" for way in self.speakers for who in ("speaker", "merged", "renamed", "author")),
            ],
            "facet": ["speaker", "author"],
            "token": [self.token],
            "section": ["articles", "quotes", "speakers"],
            "year": [2019],
            "month": ["05"],
            "day": ["30"],
        }

    def assert_hidden(self, path, query, **more):
        response = self.client.get(path, query, follow=True)
        page = response.getvalue().decode() + str(response.redirect_chain)
        self.assertLessEqual(set(MARKER.findall(page)), set(MARKER.findall(str(query) + path)), (path, query))
        return response

    def test_no_url_shows_a_word_or_a_name_of_what_is_not_public(self):
        for name, path in public_urls(self.values()):
            for query in queries(name, ("flood",)):
                if self.assert_hidden(path, query).status_code in (404, 410):
                    break
            if name in SEARCHES:
                for more in ({}, {"view": "kwic"}, {"format": "json"}, {"format": "csv"}, {"group": "speaker"}):
                    self.assert_hidden(path, {"q": "flood", "as_of": self.then, **more})

    def test_a_hidden_name_is_unknown_wherever_it_is_asked_for(self):
        known = self.client.get("/search/", {"q": 'speaker:"Nobody at all"'}).content
        for way, speaker in self.speakers.items():
            slug = speaker.slug
            for path, query in (
                ("/search/", {"speaker": slug}), ("/quotes/", {"-speaker": slug, "as_of": self.then}),
                ("/search/", {"author": f"{way}-author"}), ("/search/", {"speaker": f"{way}-renamed"}),
                ("/search/", {"speaker": slug, "format": "json"}), ("/speakers/compare/", {"speaker": slug}),
                ("/speakers/", {"q": f"{way} speaker"}), ("/speakers/compare/", {"name": f"cyra {way}"}),
                ("/speakers/", {"letter": "z"}), ("/speakers/", {"role": way}),
            ):  # fmt: skip
                self.assert_hidden(path, query)
            asked = self.client.get("/search/", {"q": f'speaker:"{speaker.name}"'})
            self.assertEqual(asked.context["page"].answer.count, 0)
            self.assertEqual(len(asked.content.split(b"<li")), len(known.split(b"<li")))

    def test_the_page_of_a_hidden_speaker_answers_as_what_they_said(self):
        answers = {WITHDRAWN: 410, WITHHELD: 404, EMBARGOED: 404, DRAFT: 404}
        for way, status in answers.items():
            for who in ("speaker", "merged", "renamed", "author"):
                for page in ("", "profile/"):
                    path = f"/speakers/{way}-{who}/{page}"
                    self.assertEqual(self.client.get(path).status_code, status, path)
                    self.assertEqual(self.client.get(path, {"as_of": self.then}).status_code, status, path)

    def test_editors_still_find_a_hidden_speaker(self):
        from articles.people.lookup import matching

        self.assertIn(self.speakers[WITHHELD], matching(f"zqmark{WITHHELD}speaker"))

    def test_a_speaker_is_known_again_once_something_of_theirs_is_public(self):
        Article.objects.filter(pk=self.articles[WITHHELD].pk).update(status="usable")
        self.assertContains(self.client.get(f"/speakers/{WITHHELD}-speaker/"), f"zqmark{WITHHELD}alias")
        response = self.client.get(f"/speakers/{WITHHELD}-renamed/")
        self.assertRedirects(response, f"/speakers/{WITHHELD}-speaker/", 301, fetch_redirect_response=False)

    def test_a_speaker_whose_quote_was_withdrawn_is_gone(self):
        Quote.objects.filter(pk=self.quote.pk).update(standing="withdrawn")
        self.assertEqual(self.client.get("/speakers/ada-okafor/").status_code, 410)
        self.assertFalse(Speaker.objects.public().filter(slug="ada-okafor").exists())

    def test_a_former_path_of_a_hidden_article_does_not_name_its_headline(self):
        for way, status in ((WITHDRAWN, 410), (WITHHELD, 404)):
            OldAddress.objects.create(
                kind="path", address=f"/old/{way}", target="article", target_id=self.articles[way].pk
            )
            response = self.client.get(f"/old/{way}")
            self.assertEqual(response.status_code, status)

"""Speakers who are not public: no page reveals their name or existence."""

import re

from django.test import TransactionTestCase

from articles.models import Article, OldAddress, Quote, Speaker
from articles.speakers.lookup import matching
from tests.factories import make_article, make_quote, make_speaker
from tests.views.hidden import DRAFT, EMBARGOED, WITHDRAWN, WITHHELD, hide, make_hidden, moment

MARKER = re.compile("zqhidden[a-z]+", re.IGNORECASE)


class HiddenSpeakerTests(TransactionTestCase):
    def setUp(self):
        public = make_article(headline="Flood in public", body="“We saw the flood,” said Ada Okafor.")
        self.quote = make_quote(
            public, "We saw the flood,", speaker=make_speaker("Ada Okafor", slug="ada-okafor")
        )
        self.hidden = {way: make_hidden(way) for way in (WITHDRAWN, WITHHELD, EMBARGOED, DRAFT)}
        self.then = moment()
        hide(self.hidden)

    def assert_hidden(self, path, query, **more):
        response = self.client.get(path, query, follow=True)
        page = response.getvalue().decode() + str(response.redirect_chain)
        self.assertLessEqual(set(MARKER.findall(page)), set(MARKER.findall(str(query) + path)), (path, query))
        return response

    def test_a_hidden_name_is_unknown_wherever_it_is_asked_for(self):
        known = self.client.get("/search/", {"q": 'speaker:"Nobody at all"'}).content
        for way, hidden in self.hidden.items():
            slug = hidden.speaker.slug
            for path, query in (
                ("/search/", {"speaker": slug}), ("/quotes/", {"-speaker": slug, "as_of": self.then}),
                ("/search/", {"author": f"{way}-author"}), ("/search/", {"speaker": f"{way}-renamed"}),
                ("/search/", {"speaker": slug, "format": "json"}), ("/speakers/compare/", {"speaker": slug}),
                ("/speakers/", {"q": f"{way} speaker"}), ("/speakers/compare/", {"name": f"cyra {way}"}),
                ("/speakers/", {"letter": "z"}), ("/speakers/", {"role": way}),
            ):  # fmt: skip
                self.assert_hidden(path, query)
            asked = self.client.get("/search/", {"q": f'speaker:"{hidden.speaker.name}"'})
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
        self.assertIn(self.hidden[WITHHELD].speaker, matching(f"zqhidden{WITHHELD}speaker"))

    def test_a_speaker_is_known_again_once_something_of_theirs_is_public(self):
        Article.objects.filter(pk=self.hidden[WITHHELD].article.pk).update(status="usable")
        self.assertContains(self.client.get(f"/speakers/{WITHHELD}-speaker/"), f"zqhidden{WITHHELD}alias")
        response = self.client.get(f"/speakers/{WITHHELD}-renamed/")
        self.assertRedirects(response, f"/speakers/{WITHHELD}-speaker/", 301, fetch_redirect_response=False)

    def test_a_speaker_whose_quote_was_withdrawn_is_gone(self):
        Quote.objects.filter(pk=self.quote.pk).update(standing="withdrawn")
        self.assertEqual(self.client.get("/speakers/ada-okafor/").status_code, 410)
        self.assertFalse(Speaker.objects.public().filter(slug="ada-okafor").exists())

    def test_a_former_path_of_a_hidden_article_does_not_name_its_headline(self):
        for way, status in ((WITHDRAWN, 410), (WITHHELD, 404)):
            OldAddress.objects.create(
                kind="path", address=f"/old/{way}", target="article", target_id=self.hidden[way].article.pk
            )
            response = self.client.get(f"/old/{way}")
            self.assertEqual(response.status_code, status)

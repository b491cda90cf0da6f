"""Every page marks quotes that no editor has checked."""

import re

from django.contrib.auth.models import User
from django.test import TestCase

from articles.models import Quote
from tests.factories import make_article, make_quote, make_speaker, make_turn

UNCHECKED = r'<span class="state state--rule">not checked</span>'
# What may come between the name and the mark: the ends of the elements around the name, and blanks.
BESIDE = re.compile(rf"Ada Okafor(?:</a>|</b>|</span>|\s)*{UNCHECKED}")


class UncheckedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        ada = make_speaker("Ada Okafor", slug="ada-okafor")
        words = "“The old bridge will never stand another winter flood,” said Ada Okafor."
        cls.article = make_article(body=words, quotes_state="rule")
        cls.quote = make_quote(cls.article, words[1:54], speaker=ada)
        cls.copy = make_article(publication="Bight Mail", body=f"{words} She left.")
        make_quote(cls.copy, words[1:54], speaker=ada)
        cls.interview = make_article(
            headline="An interview", body="Is it safe?\n\nNobody can say that it is safe."
        )
        turn = make_turn(cls.interview, "Nobody can say that it is safe.", "answer", speaker=ada)
        make_quote(cls.interview, "Nobody can say that it is safe.", speaker=ada, kind="answer", turn=turn)
        osric = make_speaker("Osric Pell", slug="osric-pell")
        nested = make_article(body="“She said ‘Never’ to me,” said Osric Pell. “Go,” he added.")
        cls.outer = make_quote(nested, "She said ‘Never’ to me,", speaker=osric)
        make_quote(nested, "Never", speaker=ada, inside=cls.outer)
        # A newspaper attributed Ada's words to Osric.
        make_quote(nested, "Go,", speaker=ada, credited_to=osric, standing="misattributed")

    def test_every_page_marks_it_beside_the_name(self):
        pages = (
            "/",
            "/quotes/",
            self.quote.get_absolute_url(),
            f"{self.quote.get_absolute_url()}versions/",
            "/quotes/find/?q=the+old+bridge+will+never+stand+another+winter",
            self.article.get_absolute_url(),
            self.interview.get_absolute_url(),
            f"/basket/?quotes={self.quote.pk}",
            "/speakers/compare/?speaker=ada-okafor&speaker=osric-pell",
            "/speakers/osric-pell/profile/",
            self.outer.get_absolute_url(),
        )
        for address in pages:
            with self.subTest(address):
                self.assertRegex(self.client.get(address).content.decode(), BESIDE)

    def test_a_turn_whose_quote_nobody_has_accepted_has_no_speaker(self):
        body = "Ada Okafor: Nobody can say that it is safe."
        article = make_article(headline="An open interview", body=body)
        turn = make_turn(
            article, "Nobody can say that it is safe.", "answer", speaker=make_speaker("Ada Moss")
        )
        make_quote(
            article,
            "Nobody can say that it is safe.",
            status="pending",
            speaker=turn.speaker,
            kind="answer",
            turn=turn,
        )
        page = self.client.get(article.get_absolute_url())
        self.assertNotContains(page, "Ada Moss")
        record = self.client.get(article.get_absolute_url(), {"format": "json"}).json()
        self.assertEqual([one["speaker"] for one in record["turns"]], [None])
        Quote.objects.filter(turn=turn).update(status="accepted")
        self.assertContains(self.client.get(article.get_absolute_url()), "Ada Moss")

    def test_a_list_of_articles_marks_it_before_the_names(self):
        page = self.client.get("/search/?q=bridge&publication=selwy-courier").content.decode()
        self.assertRegex(page, rf"Quoted \({UNCHECKED}\): <a [^>]*>Ada Okafor</a>")

    def test_a_speakers_own_page_marks_each_quote_before_anything_else(self):
        page = self.client.get("/speakers/ada-okafor/").content.decode()
        self.assertEqual(len(re.findall(rf"<figcaption>{UNCHECKED}", page)), 5)

    def test_a_voice_of_an_article_says_how_many_of_its_quotes_are_not_checked(self):
        article = make_article(body="“One,” said Mira. “Two,” she added. “Three,” she went on.")
        editor, mira = User.objects.create(username="editor"), make_speaker("Mira Tolland")
        make_quote(article, "One,", speaker=mira, decided_by=editor)
        for words in ("Two,", "Three,"):
            make_quote(article, words, speaker=mira)
        page = self.client.get(article.get_absolute_url()).content.decode()
        self.assertIn(f'Mira Tolland</a></b> {UNCHECKED} <span class="note">(2 of 3)</span>', page)

    def test_a_feed_and_a_citation_say_it_too(self):
        feed = self.client.get("/quotes/?format=atom").content.decode()
        self.assertEqual(feed.count("<title>Ada Okafor (not checked): "), 5)
        cited = b"".join(self.client.get("/quotes/?format=ris").streaming_content).decode()
        self.assertEqual(cited.count("found automatically, not checked"), 5)

"""Of a publication that allows an excerpt only, no URL shows more of a text than that."""

import datetime as dt
import itertools
import re
import string

from django.test import TransactionTestCase
from django.utils import timezone

from articles.models import Article, Publication
from articles.reports.receiving import new_token, receive
from articles.revisions import change_text
from tests.factories import make_article, make_publication, make_quote, make_speaker, make_turn
from tests.views.public_urls import SEARCHES, named_patterns, public_urls, queries

MARKER = re.compile("zqmark[a-z]{3}")
EXCERPT = "The opening flood stands here for all to read. " * 12


class Words:
    """Words that stand nowhere else, so that whatever shows one of them is known."""

    def __init__(self):
        self.letters = map("".join, itertools.product(string.ascii_lowercase, repeat=3))

    def __call__(self):
        return f"zqmark{next(self.letters)}"


class ExcerptOnlyWalkTests(TransactionTestCase):
    def setUp(self):
        word = Words()
        said = [f"flood {word()} {word()} indeed said words" for _ in range(5)]
        hidden = [f"Before the flood {word()}. Then the flood {word()} came. After {word()} came" for _ in range(12)]
        # Direct, with the reporter between its two stretches; then an interview.
        split = f"“{said[0]},” the mayor told the {word()}, “{said[1]}.”"
        question, answer = f"What of the flood {word()}?", said[2]
        tail = f"{hidden[0]}. {split} Nobody {word()} clapped.\n\n{question}\n\n{answer}\n\n{hidden[1]}"
        text = "\n\n".join([EXCERPT.strip(), tail, *(f"{line}." for line in hidden[2:])])
        self.closed = make_publication("Closed Gazette", full_text=Publication.FullText.EXCERPT, time_zone="UTC")
        speaker = make_speaker("Ada Okafor", slug="ada-okafor")
        self.article = make_article(
            publication=self.closed, headline="Flood closes bridge", body=text, section="Home news",
            topics=("Floods",), authors=(speaker,), captions=("A flooded bridge",),
            source_url="https://gazette.example/flood",
        )  # fmt: skip
        self.quote = make_quote(self.article, said[0], said[1], speaker=speaker, kind="mixed")
        make_turn(self.article, question, "question")
        turn = make_turn(self.article, answer, "answer", speaker=speaker)
        self.answer = make_quote(self.article, answer, speaker=speaker, kind="answer", turn=turn)
        # The same words in a paper that shows all, in another excerpt, and in an older version.
        self.copy = make_article(
            publication=make_publication("Closed Bell", full_text=Publication.FullText.EXCERPT),
            headline="Flood closes bridge", body=text, copy_of=self.article, published_on=None,
        )  # fmt: skip
        make_quote(self.copy, said[0], speaker=speaker)
        change_text(Article.objects.get(pk=self.article.pk), body=text.replace(hidden[-1], f"flood {word()}"))
        self.said = {found for words in said for found in MARKER.findall(words)}
        self.token = receive(self.article, "words", "Look again", new_token())
        # What was public in full at a moment is not public in full for that moment either.
        self.then = timezone.now()
        Publication.objects.filter(pk=self.closed.pk).update(rights="Excerpts only")

    def values(self):
        return {
            "pk": [self.article.pk, self.copy.pk, self.quote.pk, self.answer.pk],
            "slug": ["ada-okafor", "closed-gazette", "home-news", "floods", "flood-closes-bridge"],
            "facet": ["speaker", "publication", "topic"],
            "token": [self.token],
            "section": ["articles", "quotes", "speakers"],
            "year": [2019],
            "month": ["05"],
            "day": ["30"],
        }

    def test_no_url_shows_a_word_beyond_the_excerpt(self):
        answered = set()
        for name, path in public_urls(self.values()):
            for query in queries(name, ("flood", "zqmark*")):
                response = self.client.get(path, query, follow=name in SEARCHES)
                if response.status_code == 404:
                    break
                answered.add(name)
                shown = set(MARKER.findall(response.getvalue().decode())) - self.said
                self.assertEqual(shown, set(), (path, query))
                if response.status_code == 301:
                    break
        self.assertEqual({name for name, _ in named_patterns()} - answered, set())

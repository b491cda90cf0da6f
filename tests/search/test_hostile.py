"""Input that breaks other searches: nonsense, every way to write a letter, very long articles."""

import datetime as dt
import random

import pytest
from django.http import QueryDict
from django.test import TestCase
from django.utils import timezone

from articles import search
from articles.models import Article, Quote
from tests.factories import make_article, make_quote, make_speaker

PIECES = (
    *("'", '"', "\\", "&", "|", "!", "(", ")", ":", "*", "<->", "<5>", "--", "- ", "-", "%", "%s", "{}", ";"),
    *("a", "flood", "“", "”", "«", " OR ", " AND ", " NOT ", " NEAR/3 ", "headline:", "quote:", "speaker:"),
    *(
        "before:2019",
        "kind:answer",
        "#p1",
        "=flood",
        "b:x",
        "\u202e",
        "\ufeff",
        "😀",
        "東京",
        "e\u0301",
        "\\0",
        "':*'",
    ),
)
# The same word as two papers, or a paper and a reader, write it.
PAIRS = [
    ("Núñez", "Nu\u0301n\u0303ez"),
    ("Núñez", "Nunez"),
    ("Núñez", "NÚÑEZ"),
    ("coop\u00aderate", "cooperate"),
    ("waste\u200bwater", "wastewater"),
    ("well\u2010being", "well-being"),
    ("well\u2011being", "well being"),
    ("iron–steel", "iron steel"),
    ("iron/steel", "steel"),
    ("<steel>", "steel"),
    ("ﬁnance", "finance"),
    ("Ｆｌｏｏｄ", "flood"),
    ("don’t", "don't"),
    ("O‘Hara", "O'Hara"),
    ("U.S.", "US"),
    ("U.S.", "u.s"),
    ("Æsop", "aesop"),
    ("cœur", "coeur"),
    ("Straße", "strasse"),
    ("Łódź", "Lodz"),
    ("Øresund", "oresund"),
    ("Þór", "thor"),
    ("Đorđević", "Dordevic"),
    ("ISPARTA ısı", "ISI"),
    ("Οδός", "ΟΔΟΣ"),
    ("東京都", "東京"),
    ("２０１９", "2019"),
    ("«mayor»", "“mayor”"),
]


def ask(words, scope="articles", **more):
    query = QueryDict(mutable=True)
    query.update({"q": words, **more})
    asked = search.ArticleFilter(query, scope)
    return search.search(asked.cleaned) if asked.is_valid() else None


class HostileQueryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        article = make_article(headline="Flood", body="A flood. “The flood,” she said.")
        make_quote(article, "The flood,", speaker=make_speaker("Ada Okafor"))

    def test_nothing_typed_is_an_error_of_the_database(self):
        rnd = random.Random(7)  # noqa: S311 - the same queries in every run
        for _ in range(150):
            words = "".join(rnd.choices(PIECES, k=rnd.randint(1, 14)))
            with self.subTest(words):
                ask(words, rnd.choice(["articles", "quotes"]))

    def test_the_known_breakers_of_tsquery(self):
        for words in (
            "---------------------------------budget",
            "- - -",
            "a" * 500,
            "a OR " * 39 + "a",
            "-" * 499,
            "NOT " * 120 + "a",
            "(" * 249 + "a" + ")" * 249,
            "a NEAR/50 " * 10 + "a",
            "a b* -c " * 10,
        ):
            with self.subTest(words[:30]):
                ask(words)

    def test_every_word_counts(self):
        make_article(headline="Will the WHO be there?")
        self.assertEqual(ask("the who will be").count, 1)
        self.assertEqual(ask("the who will not be").count, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("printed", "typed"), PAIRS)
def test_a_word_is_found_however_it_is_written(printed, typed):
    article = make_article(body=f"It says {printed} here.")
    for words in (typed, f'"{typed.strip("“”")}"', printed):
        assert ask(words).ids == (article.pk,), words


class LongTextTests(TestCase):
    def test_first_middle_and_last_phrase_of_a_long_article_are_found(self):
        filler = [f"word{n % 900}" for n in range(20_000)]
        filler[:2] = ["first", "heron"]
        filler[10_000:10_002] = ["middle", "heron"]
        filler[-2:] = ["last", "heron"]
        article = make_article(body=" ".join(filler))
        for words in (
            "first heron",
            '"first heron"',
            '"middle heron"',
            '"last heron"',
            "last NEAR/1 heron",
            'body:"last heron"',
        ):
            with self.subTest(words):
                self.assertEqual(ask(words).ids, (article.pk,))
        for words in ('"heron last"', "first NEAR/50 middle", 'headline:"last heron"', '-"last heron"'):
            with self.subTest(words):
                self.assertEqual(ask(words).ids, ())

    def test_every_word_of_a_long_text_repeated_from_its_beginning_is_found_in_its_place(self):
        # No word is new after the last position that an index keeps, and none stands too often.
        article = make_article(body=" ".join(f"w{n % 8500}" for n in range(17_000)) + " w3 w5")
        self.assertEqual(ask('"w3 w5"').ids, (article.pk,))

    def test_a_phrase_is_found_whose_word_stands_300_times_before(self):
        article = make_article(body="heron kite " * 300 + "heron gull")
        self.assertEqual(ask('"heron gull"').ids, (article.pk,))
        self.assertEqual(ask('"gull heron"').ids, ())

    def test_70_000_different_words_can_be_stored_and_found(self):
        body = " ".join(f"w{n:x}" for n in range(70_000))
        article = make_article(body=body[:499_000])
        self.assertEqual(ask("w0 w7fff").ids, (article.pk,))


class PublicTests(TestCase):
    """The search has its own rule of visibility; it must agree with `published()` and `accepted()`."""

    @classmethod
    def setUpTestData(cls):
        cls.now = timezone.now()
        later = cls.now + dt.timedelta(days=1)
        for status in Article.Status.values:
            for visible in (cls.now - dt.timedelta(days=1), later):
                article = make_article(status=status, visible_from=visible)
                for state in Quote.Status.values:
                    for standing in Quote.Standing.values:
                        make_quote(article, "heard report", status=state, standing=standing)

    def test_what_is_found_is_what_is_public(self):
        for moment in (self.now, self.now + dt.timedelta(days=2)):
            articles = search.ArticleFilter(QueryDict("size=100"), now=moment)
            quotes = search.ArticleFilter(QueryDict("size=100"), "quotes", now=moment)
            public = set(Article.objects.published(moment).values_list("pk", flat=True))
            accepted = set(Quote.objects.accepted(moment).values_list("pk", flat=True))
            self.assertEqual(set(search.search(articles.cleaned).ids), public)
            self.assertEqual(set(search.search(quotes.cleaned).ids), accepted)
            self.assertEqual({result.row.pk for result in search.stream_results(quotes.cleaned)}, accepted)


class StatementTests(TestCase):
    """An answer takes a fixed, small number of statements, however many results it has."""

    def test_a_page_of_articles_with_words(self):
        self.many()
        question = search.ArticleFilter(QueryDict("q=council"))
        question.is_valid()
        # The first answer reads the articles into memory; they are not read again.
        search.search(question.cleaned)
        # Savepoint, settings, index, rows, speakers, names with promotion, end of savepoint.
        with self.assertNumQueries(7):
            search.search(question.cleaned)

    def test_a_page_of_quotes_with_words(self):
        self.many()
        question = search.ArticleFilter(QueryDict("q=report"), "quotes")
        question.is_valid()
        search.search(question.cleaned)
        # Savepoint, settings, index, rows, the sentences around them, names with promotion, end.
        with self.assertNumQueries(7):
            search.search(question.cleaned)

    def many(self):
        ada = make_speaker("Ada Okafor")
        for _ in range(12):
            make_quote(make_article(), "heard report", speaker=ada)

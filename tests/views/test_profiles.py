"""Profiles and comparisons of speakers: every number equals the count of its search."""

import csv
import datetime as dt
import io
import random
from itertools import count
from urllib.parse import urlencode, urlsplit

from django.db import transaction
from django.test import TestCase
from django.utils.html import escape

from articles import search
from articles.models import Quote
from tests.factories import make_article, make_publication, make_quote, make_speaker, make_turn
from tests.sizes import size
from tests.views.queries import TWELVE

WORDS = ["levy", "harbour", "ferry", "bridge", "budget", "school", "tax", "water", "road", "council"]
NUMBERS = count(1)


def fill(seed, quotes):
    """An archive at random: speakers, one of them merged into another, who speak of and beside each other."""
    chance = random.Random(seed)  # noqa: S311  # the same archive for the same seed
    people = [make_speaker(name) for name in ("Ada Okafor", "Osric Pell", "Pía Núñez", "Mira Tolland")]
    merged = make_speaker("A. N. Okafor", merged_into=people[0])
    papers = [make_publication(name) for name in ("Harbour Post", "Evening Bell")]
    speakers = [*people, merged, None]
    for _ in range(quotes):
        said = [chance.choices(WORDS, range(10, 0, -1), k=5) for _ in range(chance.randint(1, 3))]
        if chance.random() < 0.3:
            said[0] += chance.choice(people).name.split()
        sentences = [" ".join(words).capitalize() + f" {next(NUMBERS)}." for words in said]
        article = make_article(
            headline=chance.choice(["A levy", "Ada Okafor speaks", "The ferry"]),
            body=" ".join(f"“{sentence}” it was said." for sentence in sentences),
            publication=chance.choice(papers),
            authors=(chance.choice(people),) if chance.random() < 0.4 else (),
            topics=chance.sample(["Floods", "Taxes", "Schools"], chance.randint(0, 2)),
            **chance.choice(
                [{}, {"published_on": None}, {"published_on": f"20{chance.randint(10, 19)}-05-03"}]
            ),
        )
        for sentence in sentences:
            make_quote(
                article, sentence,
                speaker=chance.choice(speakers),
                channel=chance.choice(Quote.Channel.values),
                standing=chance.choices(["confirmed", "withdrawn"], [9, 1])[0],
            )  # fmt: skip
    search.count_words()
    return people


def interview(speaker, author):
    article = make_article(body=f"Why?\n\nBecause of the levy {next(NUMBERS)}.", authors=(author,))
    answer = article.body.partition("\n\n")[2]
    turn = make_turn(article, answer, "answer", speaker=speaker)
    return make_quote(article, answer, kind="answer", turn=turn, speaker=speaker)


class EveryNumberTests(TestCase):
    """Seeded archives, so that a number that differs can be looked at again."""

    def found(self, url):
        path = urlsplit(url)._replace(scheme="", netloc="").geturl()
        return self.client.get(path + ("&" if "?" in path else "?") + "format=json").json()["count"]

    def test_each_number_is_what_its_search_finds(self):
        seeds, figures = size(1, 20), 0
        for seed in range(seeds):
            with transaction.atomic():
                people = fill(seed, 14)
                figures += sum(map(self.of_one, people[:2]))
                self.of_several(people[:3])
                transaction.set_rollback(True)
        # Who happens to have said little has few; most have more than ten.
        self.assertGreater(figures, seeds * 2 * 10)

    def of_one(self, speaker):
        page = self.client.get(f"/speakers/{speaker.slug}/profile/")
        figures = page.context["profile"].figures
        for figure in figures:
            with self.subTest(speaker=speaker.name, url=figure.url):
                self.assertEqual(figure.count, self.found(figure.url))
                self.assertContains(page, f'href="{escape(figure.url)}"')
        return len(figures)

    def of_several(self, people):
        speakers = [("speaker", speaker.slug) for speaker in people]
        for asked in ([], [("q", "levy")], [("q", "levy OR ferry"), ("from", "2012-05"), ("to", "2019")]):
            address = "/speakers/compare/?" + urlencode([*asked, *speakers, ("format", "json")])
            results = self.client.get(address).json()["results"]
            self.assertEqual(len(results), 3)
            for one in results:
                self.assertEqual(one["count"], one["undated"] + sum(year["count"] for year in one["years"]))
                for figure in (one, *one["words"], *one["years"]):
                    with self.subTest(url=figure["url"]):
                        self.assertEqual(figure["count"], self.found(figure["url"]))


class ProfileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.okafor = make_speaker("Ada Okafor", slug="ada-okafor", aliases=("A. N. Okafor-Lorne",))
        cls.writer = make_speaker("Jonas Whitlock")
        interview(cls.okafor, cls.writer)
        cls.pell = make_speaker("Osric Pell")
        article = make_article(body="“Ada Okafor was not there,” he said. “I was,” said a woman.")
        make_quote(article, "Ada Okafor was not there,", speaker=cls.pell)
        cls.wrong = make_quote(article, "I was,", speaker=cls.pell, credited_to=cls.okafor)
        search.count_words()

    def page(self):
        return self.client.get("/speakers/ada-okafor/profile/")

    def test_it_costs_few_queries(self):
        with self.assertNumQueries(TWELVE):
            self.page()

    def test_its_first_line_counts_what_their_own_page_counts(self):
        merged = make_speaker("A. Okafor", merged_into=self.okafor)
        for day in (dt.date(2011, 3, 4), dt.date(2019, 5, 6), None):
            make_quote(
                make_article(body="“We left,” she said.", published_on=day), "We left,", speaker=merged
            )
        page, own = self.page(), self.client.get("/speakers/ada-okafor/")
        self.assertEqual(page.context["entry"], own.context["entry"])
        self.assertEqual(page.context["entry"].years, "2011–2019")

    def test_who_writes_down_their_answers_interviews_them(self):
        (figure,) = self.page().context["profile"].interviewers
        self.assertEqual((figure.label, figure.count), ("Jonas Whitlock", 1))

    def test_what_others_say_about_them_is_counted_without_their_own_words(self):
        self.assertEqual(self.page().context["profile"].said_of.count, 1)

    def test_quotes_of_no_named_speaker_that_name_them_are_said_to_be_so(self):
        make_quote(make_article(body="“Ask Ada Okafor,” said a man."), "Ask Ada Okafor,")
        self.assertContains(self.page(), "2 quotes, 1 with speaker unknown")

    def test_a_comparison_says_how_many_quotes_have_no_named_speaker(self):
        make_quote(make_article(body="“Ask me,” said a man."), "Ask me,")
        asked = {"speaker": ["ada-okafor", self.pell.slug]}
        for q, number in (("", 1), ("ask", 1), ("levy", 0)):
            with self.subTest(q):
                page = self.client.get("/speakers/compare/", {**asked, "q": q, "format": "json"})
                self.assertEqual(page.json()["without_speaker"], number)
        page = self.client.get("/speakers/compare/", asked)
        self.assertContains(page, "1 more quote has no known speaker.")

    def test_quotes_without_speaker_in_the_same_publications_and_period_are_counted(self):
        paper, body = "Selwy Courier", "“It is late,” she said. Report {}."
        for number, (publication, year) in enumerate(((paper, 2019), (paper, 1999), ("Bight Mail", 2019))):
            day = dt.date(year, 5, 30)
            article = make_article(body=body.format(number), publication=publication, published_on=day)
            make_quote(article, "It is late,")
        found = self.page()
        self.assertEqual(found.context["profile"].unknown, 1)
        self.assertContains(found, "1 quote in the same publications and period has no known speaker.")

    def test_what_was_wrongly_credited_stands_under_a_heading_of_its_own_and_counts_nowhere(self):
        page = self.page()
        self.assertContains(page, "Misattributed quotes")
        self.assertContains(page, self.wrong.get_absolute_url())
        self.assertEqual(sum(figure.count for figure in page.context["profile"].kinds), 1)

    def test_each_speaker_quoted_with_them_leads_to_the_articles_that_quote_both(self):
        article = make_article(body="“One,” said Ada Okafor. “Two,” said Osric Pell. “Three,” said he.")
        make_quote(article, "One,", speaker=self.okafor)
        for words in ("Two,", "Three,"):
            make_quote(article, words, speaker=self.pell)
        (figure,) = [each for each in self.page().context["profile"].beside if each.label == "Osric Pell"]
        self.assertEqual(figure.url, f"/search/?q=quoting%3Aada-okafor+quoting%3A{self.pell.slug}")
        found = self.client.get(figure.url).context["page"]
        self.assertEqual((found.answer.count, figure.count), (1, 1))
        self.assertEqual([len(result.quotes) for result in found.results], [3])
        self.assertEqual(
            [clause.read.explanation for clause in found.clauses],
            ["articles that quote ada-okafor", f"articles that quote {self.pell.slug}"],
        )

    def test_nobody_is_shown_who_is_not_public(self):
        make_speaker("Silent Sam", slug="silent-sam")
        self.assertEqual(self.client.get("/speakers/silent-sam/profile/").status_code, 404)
        self.assertEqual(self.client.get("/speakers/nobody/profile/").status_code, 404)

    def test_a_merged_speaker_leads_to_the_successor(self):
        make_speaker("A. Okafor", slug="a-okafor", merged_into=self.okafor)
        page = self.client.get("/speakers/a-okafor/profile/")
        self.assertRedirects(page, "/speakers/ada-okafor/profile/", status_code=301)


class CompareTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.okafor = make_speaker("Ada Okafor", slug="ada-okafor")
        cls.pell = make_speaker("Osric Pell", slug="osric-pell")
        for speaker in (cls.okafor, cls.okafor, cls.pell):
            body = f"“The levy is number {next(NUMBERS)},” it was said."
            make_quote(make_article(body=body), body[1 : body.index("”")], speaker=speaker)
        search.count_words()
        cls.address = "/speakers/compare/?q=levy&speaker=ada-okafor&speaker=osric-pell"

    def test_counts_rates_and_quotes_stand_side_by_side_in_few_queries(self):
        # The first search reads what changed since the index was built.
        self.client.get(self.address)
        with self.assertNumQueries(TWELVE):
            page = self.client.get(self.address)
        (row,) = page.context["page"].comparison.rows
        self.assertEqual([(cell.count, cell.rate) for cell in row.cells], [(2, 666.7), (1, 333.3)])
        self.assertEqual([len(side.quotes) for side in page.context["page"].sides], [2, 1])

    def test_over_many_years_each_column_is_a_decade_and_counts_what_its_link_finds(self):
        for year in (1984, 1987, 2016):
            body = f"“The levy is number {next(NUMBERS)},” it was said."
            article = make_article(body=body, published_on=dt.date(year, 5, 1))
            make_quote(article, body[1 : body.index("”")], speaker=self.okafor)
        for address, labels in (
            (self.address, ["1980s", "1990s", "2000s", "2010s"]),
            (f"{self.address}&from=1986", ["1980s", "1990s", "2000s", "2010s"]),
        ):
            side = self.client.get(address).context["page"].sides[0]
            columns = [(bar.column.label, bar.column.address) for bar in side.chart.bars]
            self.assertEqual([label for label, _ in columns], labels)
            first = self.client.get(columns[0][1]).context["page"].answer.count
            self.assertEqual(first, 1 if "from" in address else 2)
            last = self.client.get(columns[-1][1]).context["page"].answer.count
            self.assertEqual(last, 3)

    def test_words_searched_for_and_function_words_do_not_stand_out(self):
        since = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        for _ in range(8):
            body = f"“We have levied the levy for bridges, bridges {next(NUMBERS)},” she said."
            make_quote(
                make_article(body=body, visible_from=since), body[1 : body.index("”")], speaker=self.okafor
            )
        for number in range(60):
            body = f"“Herons came {number} {next(NUMBERS)},” he said."
            make_quote(
                make_article(body=body, visible_from=since), body[1 : body.index("”")], speaker=self.pell
            )
        search.count_words()
        page = self.client.get(self.address)
        words = [[word.label for word in side.words] for side in page.context["page"].comparison.speakers]
        self.assertIn("bridges", words[0])
        self.assertFalse({"levy", "levied", "we", "have", "the", "for"} & set(words[0]))
        profile = self.client.get("/speakers/ada-okafor/profile/").context["profile"]
        labels = {word.label for word in profile.words}
        self.assertLessEqual({"levy", "bridges"}, labels)
        self.assertFalse({"we", "have", "the", "for", "is"} & labels)

    def test_the_table_has_a_line_for_each_speaker_and_year(self):
        answer = self.client.get(f"{self.address}&format=csv")
        lines = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
        counted = [(line["speaker_slug"], line["year"], line["quotes"]) for line in lines]
        self.assertEqual(counted, [("ada-okafor", "2019", "2"), ("osric-pell", "2019", "1")])

    def test_a_name_half_remembered_is_offered_to_be_added(self):
        page = self.client.get("/speakers/compare/?speaker=ada-okafor&name=osrik")
        self.assertContains(page, 'href="/speakers/compare/?speaker=ada-okafor&amp;speaker=osric-pell"')

    def test_one_speaker_or_five_or_an_unknown_one_are_not_compared(self):
        for query in (
            "?speaker=ada-okafor",
            "?speaker=ada-okafor&speaker=nobody",
            "?speaker=a&speaker=b&speaker=c&speaker=d&speaker=e",
            "",
        ):
            with self.subTest(query):
                page = self.client.get(f"/speakers/compare/{query}")
                self.assertEqual(page.status_code, 200)
                self.assertIsNone(page.context["page"].comparison)
                joined = f"{query}&" if query else "?"
                self.assertEqual(self.client.get(f"/speakers/compare/{joined}format=json").status_code, 400)

    def test_what_cannot_be_read_is_said_and_nothing_compared(self):
        page = self.client.get(f"{self.address}&from=soon")
        self.assertContains(page, "There is a problem")
        self.assertEqual(self.client.get(f"{self.address}&from=soon&format=csv").status_code, 400)

"""The histogram: every bar counts what its link shows; rates are per article without the words."""

import datetime as dt

from django.http import QueryDict
from django.test import TestCase
from django.utils import timezone

from articles import search
from articles.search.results.histogram import without_words
from tests.factories import make_article, make_quote, make_speaker
from tests.search.invented import NOW, Inventor
from tests.search.oracle import Archive
from tests.search.questions import Questions

PERIODS = (
    *("", "", "from=2019&to=2019", "from=2018-06", "to=2019-04", "from=2019-05&to=2019-05"),
    *("from=2018-11&to=2019-02", "from=2019-05-10&to=2019-05-20", "from=2018-06-15&to=2020-03"),
)


def asked(query, scope="articles", speaker=None, now=None):
    return search.ArticleFilter(QueryDict(query.removeprefix("?")), scope, speaker, now=now)


def over_time(query="", scope="articles", speaker=None, now=None):
    return search.histogram(search.search(asked(query, scope, speaker, now).cleaned))


def counts(found):
    return {bar.period.text: bar.count for bar in found.bars if bar.count}


class InventedArchiveTests(TestCase):
    """Random requests to a random archive with dates of every precision."""

    @classmethod
    def setUpTestData(cls):
        inventor = Inventor(7)
        inventor.archive(40)
        cls.invented = Questions(7, Archive(NOW), inventor.speakers[0])

    def questions(self, number):
        for _ in range(number):
            invented = self.invented.question()
            kept = "&".join(
                part
                for part in invented.query.split("&")
                if part.split("=")[0] not in ("from", "to", "page", "size")
            )
            query = "&".join(filter(None, (kept, self.invented.random.choice(PERIODS))))
            # Words of which none can be read are searched neither here nor there.
            if not search.results.answer.nothing_understood(asked(query, invented.scope, now=NOW).cleaned):
                yield query, invented

    def test_every_bar_counts_what_its_link_shows(self):
        followed = 0
        for query, invented in self.questions(120):
            for bar in over_time(query, invented.scope, invented.speaker, NOW).bars:
                with self.subTest(scope=invented.scope, query=query, bar=bar.period.text):
                    narrowed = asked(bar.url, invented.scope, invented.speaker, NOW)
                    self.assertTrue(narrowed.is_valid(), narrowed.errors)
                    self.assertEqual(bar.count, search.count(narrowed.cleaned))
                    followed += 1
        self.assertGreater(followed, 200)

    def test_no_hit_is_left_out(self):
        for query, invented in self.questions(60):
            with self.subTest(query=query):
                answer = search.search(asked(query, invented.scope, invented.speaker, NOW).cleaned)
                found = search.histogram(answer)
                if answer.request.copies == "one":
                    # Copies of one text that were printed in two periods are one result, and one in each.
                    continue
                drawn = sum(bar.count - bar.wide for bar in found.bars)
                self.assertLessEqual(drawn + found.undated, answer.count)
                if not any(bar.wide for bar in found.bars):
                    self.assertEqual(drawn + found.undated, answer.count)

    def test_what_is_held_is_counted_by_the_same_filters_without_the_words(self):
        # What is held is counted as of now, where nothing else is asked for.
        now = timezone.now()
        for query, invented in self.questions(60):
            question = asked(query, invented.scope, invented.speaker, now).cleaned
            base = without_words(question)
            for bar in over_time(query, invented.scope, invented.speaker, now).bars:
                with self.subTest(scope=invented.scope, query=query, bar=bar.period.text):
                    if base is None:
                        self.assertIsNone(bar.held)
                        continue
                    end = asked(bar.url, now=now).cleaned
                    periods = {"since": end.since, "until": end.until}
                    self.assertEqual(bar.held, search.count(base.__class__(**{**vars(base), **periods})))


class UnitTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for day in ("2015-03-01", "2019-05-02", "2019-05-30", "2019-08-01"):
            make_article(headline=f"Flood of {day}", published_on=dt.date.fromisoformat(day))
        make_article(headline="Flood in May", published_on=dt.date(2019, 5, 1), published_precision="month")
        make_article(headline="Flood that year", published_on=dt.date(2019, 1, 1), published_precision="year")
        make_article(headline="Flood some day", published_on=None)

    def test_years_are_drawn_with_those_between_them(self):
        found = over_time("q=flood")
        self.assertEqual(found.unit, "year")
        self.assertEqual([bar.count for bar in found.bars], [1, 0, 0, 0, 5])
        self.assertEqual(found.undated, 1)

    def test_a_year_is_drawn_by_months_and_what_is_dated_by_the_year_stands_in_each(self):
        found = over_time("q=flood&from=2019&to=2019")
        self.assertEqual((found.unit, len(found.bars)), ("month", 12))
        may = found.bars[4]
        self.assertEqual((may.period.text, may.count, may.wide), ("2019-05", 4, 1))
        self.assertEqual({bar.wide for bar in found.bars}, {1})

    def test_a_month_is_drawn_by_days(self):
        found = over_time("q=flood&from=2019-05&to=2019-05")
        self.assertEqual((found.unit, len(found.bars)), ("day", 31))
        self.assertEqual(
            [(found.bars[n].count, found.bars[n].wide) for n in (0, 1, 29)], [(2, 2), (3, 2), (3, 2)]
        )

    def test_hits_within_a_year_are_drawn_by_months_unasked(self):
        found = over_time('q="flood of 2019"')
        self.assertEqual(
            [bar.period.text for bar in found.bars], ["2019-05", "2019-06", "2019-07", "2019-08"]
        )

    def test_a_bar_that_is_cut_by_the_period_asked_for_stays_within_it(self):
        found = over_time("q=flood&from=2015-02-10&to=2019-05-10")
        self.assertEqual(
            [bar.url for bar in found.bars if bar.count],
            ["?q=flood&from=2015-02-10&to=2015", "?q=flood&from=2019&to=2019-05-10"],
        )

    def test_a_day_leads_back_to_its_month_its_year_and_all_years(self):
        found = over_time("q=flood&from=2019-05-30&to=2019-05-30")
        self.assertEqual(
            [way.url for way in found.wider_periods],
            ["?q=flood&from=2019-05&to=2019-05", "?q=flood&from=2019&to=2019", "?q=flood"],
        )

    def test_a_whole_year_leads_back_to_all_years_alone(self):
        found = over_time("q=flood&from=2019&to=2019")
        self.assertEqual([way.url for way in found.wider_periods], ["?q=flood"])


class RateTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.okafor = make_speaker("Ada Okafor", slug="ada-okafor")
        for number in range(4):
            make_article(headline=f"Meeting {number}", section="Politics")
        flood = make_article(
            headline="Flood",
            body="“We will rebuild,” said Ada Okafor.",
            section="Home news",
            quotes_state="read",
        )
        make_quote(flood, "We will rebuild,", speaker=cls.okafor)
        make_article(headline="Flood again", section="Home news", published_on=dt.date(2021, 2, 3))

    def rates(self, *args):
        return {bar.period.text: (bar.held, bar.rate) for bar in over_time(*args).bars}

    def test_the_rate_is_for_each_thousand_articles_held(self):
        self.assertEqual(self.rates("q=flood"), {"2019": (5, 200.0), "2020": (0, None), "2021": (1, 1000.0)})

    def test_filters_hold_for_what_is_held_too_in_parameters_and_in_words(self):
        for query in ("q=flood&section=home-news", "q=flood+section%3Ahome-news"):
            with self.subTest(query):
                self.assertEqual(self.rates(query)["2019"], (1, 1000.0))

    def test_without_words_there_is_no_rate(self):
        for query in ("", "section=politics", "q=section%3Apolitics"):
            with self.subTest(query):
                self.assertEqual({held for held, _ in self.rates(query).values()}, {None})

    def test_quotes_are_counted_for_each_thousand_articles_whoever_is_quoted(self):
        may = {"2019-05": (5, 200.0)}
        for query, scope, speaker in (
            ("q=rebuild&from=2019&to=2019", "quotes", None),
            ("speaker=ada-okafor&from=2019&to=2019", "quotes", None),
            ("from=2019&to=2019", "speaker", self.okafor),
        ):
            with self.subTest(scope=scope, query=query):
                found = self.rates(query, scope, speaker)
                self.assertEqual({name: found[name] for name in may}, may)

    def test_what_a_person_has_read_is_counted_among_what_matched(self):
        found = over_time("q=flood")
        self.assertEqual((found.read, [bar.read for bar in found.bars]), (1, [1, 0, 0]))

    def test_rates_of_all_articles_take_one_statement_and_those_under_a_filter_one_look_at_the_index(self):
        # Savepoint, settings, index, end of savepoint.
        filtered = ("q=flood&language=en", 4)
        for query, statements in (("q=flood", 1), filtered, ("q=flood&from=2019-05&to=2019-06", 4)):
            answer = search.search(asked(query).cleaned)
            with self.subTest(query=query), self.assertNumQueries(statements):
                search.histogram(answer)

"""Reading URL parameters: valid values, errors, and the canonical URL of each request."""

import datetime as dt
from contextlib import suppress

from django.http import QueryDict
from django.test import TestCase
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from articles import search
from articles.models import OldAddress
from articles.search.query.dates import written_date
from articles.search.request.canonical_url import ORDER
from articles.search.request.messages import translated
from tests.factories import make_article, make_publication, make_speaker

NOW = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)


def read(query="", scope="articles", speaker=None):
    return search.ArticleFilter(QueryDict(query), scope, speaker, now=NOW)


class MalformedTests(TestCase):
    def test_each_malformed_value_is_an_error_at_its_field(self):
        for name, values in {
            "page": ("0", "-1", "abc", "1" + "0" * 23, "٣", "9" * 5000, "1.5", "\0"),
            "size": ("0", "21", "20.0", "-20"),
            "sort": ("best", "newest,id", "published_on"),
            "format": ("xml", "JSON"),
            "kind": ("spoken", "direct'--"),
            "standing": ("withdrawn", "x"),
            "channel": ("aloud",),
            "from": ("2019-13", "2019-02-30", "yesterday", "20190101", "-d", "0000", "-99999999d", "2019\0"),
            "to": ("2019-00",),
            "added": ("-30",),
            "as_of": ("2019", "noon", "2019-02-30T00:00Z"),
            "publication": ("\0", "a" * 130, "…"),
            "-speaker": ("-",),
            "language": ("english!", "e"),
            "view": ("map",),
            "group": ("author",),
            "copies": ("none",),
            "checked": ("machine",),
            "seed": ("x",),
            "q": ("\0", "x" * 501, "a " * 41, " OR ".join(f"cor{c}*" for c in "abcdefghijk")),
            "hl": ("x" * 501,),
        }.items():
            for value in values:
                with self.subTest(name=name, value=value[:40]):
                    query = QueryDict(mutable=True)
                    query.setlist(name, [value])
                    asked = search.ArticleFilter(query, now=NOW)
                    self.assertFalse(asked.is_valid())
                    self.assertEqual(list(asked.errors), [name])
                    (error,) = asked.errors[name]
                    self.assertEqual(set(error), {"message", "value"})
                    self.assertEqual(error["value"], value)
                    self.assertEqual(asked.canonical_redirect(), "")

    def test_a_period_that_ends_before_it_begins_is_an_error(self):
        self.assertEqual(list(read("from=2020&to=2019").errors), ["to"])
        self.assertTrue(read("from=2019-05&to=2019").is_valid())

    def test_unknown_parameters_are_named_and_tracking_ones_dropped(self):
        asked = read("q=a&foo=1&utm_source=x&fbclid=y&gclid=z")
        self.assertEqual(asked.unknown, ["foo"])
        self.assertEqual(asked.canonical_query(), "q=a&foo=1")

    def test_a_speakers_own_page_takes_no_other_speaker(self):
        ada = make_speaker("Ada Okafor")
        self.assertEqual(read("speaker=x", "speaker", ada).unknown, ["speaker"])


class CanonicalTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = make_speaker("Ada Okafor", slug="ada-okafor")
        cls.old = make_speaker("A. Okafor", slug="a-okafor", merged_into=cls.ada)
        cls.post = make_publication("Northmoor Post", slug="northmoor-post")
        # Readers know of a speaker and a publication by something public.
        make_article(authors=(cls.ada,), publication=cls.post)
        OldAddress.objects.create(
            kind="publication", address="the-post", target="publication", target_id=cls.post.pk
        )

    def test_each_question_has_one_address(self):
        for given_, wanted in {
            "q=a": "",
            "": "",
            "page=1": "?",
            "q=": "?",
            "q=+a+": "?q=a",
            "size=20&format=html&view=list&copies=all&checked=any": "?",
            "to=2020&from=2019&q=a": "?q=a&from=2019&to=2020",
            "publication=b&publication=a": "?publication=a&publication=b",
            "publication=a&publication=a": "?publication=a",
            "publication=A": "?publication=a",
            "q=a&sort=relevance": "?q=a",
            "sort=relevance": "?",
            "sort=newest": "?",
            "q=a&sort=newest": "",
            "q=-a&sort=newest": "?q=-a",
            "sort=random&seed=1": "?sort=random",
            "sort=newest&seed=3": "?",
            "utm_source=x": "?",
            "speaker=a-okafor": "?speaker=ada-okafor",
            "-author=a-okafor": "?-author=ada-okafor",
            "publication=the-post": "?publication=northmoor-post",
            "speaker=nobody": "",
            "speaker=Ada+Okafor": "?speaker=ada-okafor",
            "-speaker=ÁDA+okafor": "?-speaker=ada-okafor",
            "author=A.+Okafor": "?author=ada-okafor",
            "publication=the+Northmoor+post": "?publication=northmoor-post",
            "publication=nothing+at+all": "",
            "from=31/12/2019&to=May+2021": "?from=2019-12-31&to=2021-05",
            "from=5+March+2021": "?from=2021-03-05",
            "as_of=2024-05-30T14:00:00%2B02:00": "?as_of=2024-05-30T12%3A00%3A00Z",
            "as_of=2024-05-30": "",
            "page=2": "",
            "-language=EN": "?-language=en",
        }.items():
            with self.subTest(given_):
                asked = read(given_)
                self.assertTrue(asked.is_valid(), asked.errors)
                self.assertEqual(asked.canonical_redirect(), wanted)
                again = read(asked.canonical_query())
                self.assertEqual(again.canonical_redirect(), "")
                self.assertEqual(again.cleaned.address, asked.cleaned.address)

    def test_the_order_of_parameters_never_changes(self):
        self.assertEqual(
            ORDER,
            (
                *("q", "publication", "-publication", "section", "-section", "topic", "-topic"),
                *("speaker", "-speaker", "author", "-author", "language", "-language"),
                *("kind", "-kind", "standing", "-standing", "channel", "-channel", "checked"),
                *("from", "to", "added", "as_of"),
                *("copies", "sort", "seed", "view", "lines", "group", "hl", "page", "size", "format"),
            ),
        )

    def test_a_changed_question_leads_to_its_first_page(self):
        asked = read("q=a&page=3&size=50")
        self.assertEqual(asked.url(page=4), "?q=a&page=4&size=50")
        self.assertEqual(asked.url(page=1), "?q=a&size=50")
        self.assertEqual(asked.url(sort="newest"), "?q=a&sort=newest&size=50")
        self.assertEqual(asked.url({"from": "2019"}, q=None), "?from=2019&size=50")
        self.assertEqual(asked.url(format="csv"), "?q=a&page=3&size=50&format=csv")
        self.assertEqual(asked.url({"-topic": ["b", "a"]}), "?q=a&-topic=a&-topic=b&size=50")

    def test_chips_take_one_filter_away_each(self):
        asked = read(
            "q=a&publication=northmoor-post&-speaker=ada-okafor&speaker=nobody&language=de&from=2019"
        )
        self.assertEqual(
            [(chip.name, chip.value, chip.negative, chip.known) for chip in asked.chips],
            [
                ("publication", "Northmoor Post", False, True),
                ("speaker", "We have no speaker called “nobody”", False, False),
                ("-speaker", "Ada Okafor", True, True),
                ("language", "German", False, True),
                ("from", "2019", False, True),
            ],
        )
        self.assertEqual(asked.chips[0].url, "?q=a&speaker=nobody&-speaker=ada-okafor&language=de&from=2019")

    def test_periods_are_read_as_their_first_and_last_day(self):
        question = read("from=2019-02&to=2020").cleaned
        self.assertEqual(
            (question.since.first, question.until.last), (dt.date(2019, 2, 1), dt.date(2020, 12, 31))
        )
        self.assertEqual(read("from=-30d").cleaned.since.first, dt.date(2026, 2, 13))

    def test_a_name_of_two_speakers_is_not_decided(self):
        other = make_speaker("Ada Okafor", slug="ada-okafor-2")
        make_article(authors=(other,))
        asked = read("speaker=Ada+Okafor")
        self.assertEqual(asked.canonical_redirect(), "?speaker=ada+okafor")
        self.assertEqual([chip.value for chip in asked.chips], ["Several speakers are called “ada okafor”"])
        self.assertEqual(asked.cleaned.ids("speaker", ("ada okafor",)), ())
        # A slug means one of the two, in a parameter and in the query.
        self.assertEqual(read("speaker=ada-okafor-2").cleaned.ids("speaker", ("ada-okafor-2",)), (other.pk,))
        written = read("q=speaker:ada-okafor-2").cleaned
        self.assertEqual(written.ids("speaker", ("ada-okafor-2",)), (other.pk,))

    def test_a_publication_is_found_by_any_of_its_names(self):
        paper = make_publication("The St John’s Post", slug="st-johns", aliases=["Évening Post"])
        make_article(publication=paper)
        for name in (
            "st john's post",
            "St Johns Post",
            "The St. John’s Post",
            "THE EVENING POST",
            "st-johns",
        ):
            with self.subTest(name):
                self.assertEqual(read(f"publication={name}").cleaned.any_of["publication"], ("st-johns",))
                asked = read(f'q=publication:"{name}"').cleaned
                self.assertEqual(asked.named("publication", name).slug, "st-johns")

    def test_a_date_with_the_month_first_is_refused_and_the_other_order_offered(self):
        asked = read("q=a&from=12/31/2015")
        self.assertEqual(list(asked.errors), ["from"])
        self.assertEqual(asked.corrections, {"from": ("31/12/2015", "?q=a&from=31%2F12%2F2015")})

    def test_words_that_name_a_speaker_find_all_who_bear_the_name(self):
        question = read("q=speaker:%22ÁDA+okafor%22").cleaned
        self.assertEqual(question.named("speaker", "ÁDA okafor").ids, (self.ada.pk, self.old.pk))
        self.assertEqual(
            read("q=speaker:a-okafor").cleaned.ids("speaker", ("a-okafor",)), (self.ada.pk, self.old.pk)
        )


class TranslationTests(TestCase):
    def test_messages_of_the_query_language_are_translated_where_they_are_shown(self):
        with translation.override("de"):
            # Django itself translates the names of months.
            self.assertEqual(translated(written_date("2019-05")), "Mai 2019")
            self.assertEqual(read("from=2019-05").chips[0].value, "Mai 2019")
        self.assertEqual(read("from=2019-05").chips[0].value, "May 2019")

    def test_chips_name_types_of_quotes_as_the_filters_do(self):
        self.assertEqual(
            [chip.value for chip in read("kind=direct&-kind=mixed").chips], ["full quote", "partial quote"]
        )


class AnythingTests(HypothesisTestCase):
    @settings(max_examples=150, deadline=None)
    @given(
        st.dictionaries(
            st.sampled_from(ORDER) | st.text(max_size=5),
            st.lists(
                st.text(st.characters(exclude_categories=[]), max_size=12) | st.sampled_from(["2019", "1"]),
                max_size=2,
            ),
            max_size=5,
        )
    )
    def test_nothing_in_an_address_can_fail(self, parameters):
        query = QueryDict(mutable=True)
        for name, values in parameters.items():
            query.setlist(name, values)
        asked = search.ArticleFilter(query, now=NOW)
        if asked.is_valid():
            with suppress(search.NoSuchPage):
                search.search(asked.cleaned)
        asked.canonical_redirect()
        assert asked.unknown is not None

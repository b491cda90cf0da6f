"""“Did you mean”: words of the archive with a similar spelling that are far more frequent."""

from django.http import QueryDict
from django.test import TestCase

from articles import search
from tests.factories import make_article


def ask(query):
    return search.search(search.ArticleFilter(QueryDict(query)).cleaned)


class SuggestionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for _ in range(12):
            make_article(headline="The minister resigned")
        make_article(headline="A ministry of minsters")
        search.count_words()

    def test_a_mistyped_word_is_answered_with_the_frequent_one(self):
        (suggestion,) = ask("q=minsiter+-bishop").suggestions
        self.assertEqual((suggestion.what, suggestion.url), ("minister", "?q=minister+-bishop"))

    def test_it_is_found_in_phrases_and_fields_too(self):
        (suggestion,) = ask("q=headline:%22the+minsiter%22").suggestions
        self.assertEqual(suggestion.text, 'headline:"the minister"')

    def test_nothing_is_suggested_where_there_are_hits_enough(self):
        self.assertEqual(ask("q=minister").suggestions, ())

    def test_nothing_is_suggested_for_a_word_to_be_left_out(self):
        self.assertEqual(ask("q=bishop+-minsiter").suggestions, ())

    def test_a_word_not_ten_times_as_frequent_is_no_suggestion(self):
        for _ in range(3):
            make_article(headline="Minsters of old")
        search.count_words()
        self.assertEqual(ask("q=%22minsters%22").suggestions, ())

    def test_several_misspelt_words_are_corrected_together(self):
        for _ in range(12):
            make_article(headline="The governor resigned")
        make_article(headline="Minister meets governor")
        search.count_words()
        both, *alone = ask("q=minsiter+govenor").suggestions
        self.assertEqual(both.text, "minister governor")
        self.assertEqual({each.text for each in alone}, {"minister govenor", "minsiter governor"})
        page = self.client.get("/search/?q=minsiter+govenor").context["page"]
        self.assertEqual([(link.label, link.count) for link in page.spellings], [("minister governor", 1)])

    def test_only_spellings_with_results_are_shown(self):
        response = self.client.get("/search/?q=minsiter+zeppelin")
        self.assertEqual(response.context["page"].spellings, [])
        self.assertNotContains(response, "Did you mean")

    def test_words_are_counted_anew_only_when_the_archive_has_grown_by_a_tenth(self):
        make_article(headline="The sheriff resigned")
        make_article(headline="The sheriff stayed")
        search.count_words_if_grown()
        self.assertEqual(ask("q=sherriff").count, 0)
        make_article(headline="Flood closes the bridge")
        with self.assertNumQueries(1):
            search.count_words_if_grown()

"""Chinese, Japanese, Thai, Lao, Khmer and Burmese: words are found without spaces between them."""

import pytest
from django.http import QueryDict
from django.test import TestCase

from articles import search
from tests.factories import make_article, make_quote, make_speaker

# A text, a query that it has, and what is marked.
FOUND = [
    ("东京都发生洪水。", "洪水", ["洪水"]),
    ("东京都发生洪水。", "京都", ["京都"]),
    ("东京都发生洪水。", "都", ["都"]),
    ("洪水", "水", ["水"]),
    ("東京タワーの写真", "タワー", ["タワー"]),
    ("カﾞス会社", "ガス", ["カﾞス"]),
    ("AKB48の歌", "akb48 の歌", ["AKB48の歌"]),
    ("AKB48の歌", "の歌", ["の歌"]),
    ("ข่าวน้ำท่วมภาคใต้", "น้ำท่วม", ["น้ำท่วม"]),
    ("ข่าวน้ำ\u200bท่วม", "น้ำท่วม", ["น้ำ\u200bท่วม"]),
    ("เมื่อ พ.ศ. ๒๕๖๓", "พ.ศ. ๒๕๖๓", ["พ.ศ", "๒๕๖๓"]),
    ("ນ້ຳຖ້ວມໃນລາວ", "ລາວ", ["ລາວ"]),
    ("ទឹកជំនន់នៅកម្ពុជា", "ជំនន់", ["ជំនន់"]),
    ("မြန်မာနိုင်ငံ", "မြန်မာ", ["မြန်မာ"]),
    ("洪水。大阪", '"洪水 大阪"', ["洪水。大阪"]),
    ("東京都は NEAR 大阪府", "東京 NEAR/4 大阪", ["東京", "大阪"]),
]
NOT_FOUND = [
    ("洪。水", "洪水"),
    ("洪 水", "洪水"),
    ("水洪", "洪水"),
    ("東京。京都", "東京都"),
    ("กิน", "ก"),
    ("กา", "กำ"),
    ("東京都は遠い大阪府", "東京 NEAR/3 大阪"),
]


def ask(words, scope="articles"):
    query = QueryDict(mutable=True)
    query["q"] = words
    asked = search.ArticleFilter(query, scope)
    assert asked.is_valid(), asked.errors
    return search.search(asked.cleaned)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "en", "th"])
@pytest.mark.parametrize(("text", "query", "marked"), FOUND)
def test_characters_are_found_inside_a_text_and_only_they_are_marked(text, query, marked, language):
    make_article(body=text, language=language)
    (result,) = ask(query).results
    (excerpt,) = result.excerpts
    assert [excerpt.text[start:end] for start, end in excerpt.marks] == marked


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "query"), NOT_FOUND)
def test_characters_that_do_not_follow_one_another_are_not_found(text, query):
    make_article(body=text)
    assert ask(query).count == 0


class SpacelessTests(TestCase):
    def test_an_article_is_marked_on_its_page(self):
        article = make_article(body="昨日、東京都で洪水が発生した。", language="ja")
        response = self.client.get(article.get_absolute_url(), {"hl": "洪水"})
        self.assertContains(response, ">洪水</mark>")

    def test_each_occurrence_is_a_line_in_context(self):
        make_article(body="洪水が来た。また洪水だ。", language="ja")
        page = self.client.get("/search/", {"q": "洪水", "view": "kwic"}).context["page"]
        self.assertEqual([line.words for line in page.lines], ["洪水", "洪水"])

    def test_a_quote_is_found_by_its_words(self):
        article = make_article(body="「洪水は怖い」と彼女は言った。", language="ja")
        quote = make_quote(article, "洪水は怖い", speaker=make_speaker("Ada Okafor"))
        self.assertEqual(ask("怖い", "quotes").ids, (quote.pk,))
        self.assertEqual(ask("quote:洪水 speaker:ada-okafor").ids, (article.pk,))
        self.assertEqual(ask("言った", "quotes").ids, ())

    def test_a_star_after_characters_changes_nothing(self):
        make_article(body="東京都")
        self.assertEqual(ask("東京*").count, 1)
        self.assertEqual(ask("東*").request.parsed.ignored, ())

    def test_the_help_says_so(self):
        self.assertContains(
            self.client.get("/help/search/"), "Chinese, Japanese, Thai, Lao, Khmer and Burmese"
        )

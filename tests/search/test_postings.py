"""Postings: a bit for each document and frequent term; unposted documents are checked as rows."""

import datetime as dt

from django.db import connection
from django.http import QueryDict
from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from articles import search
from articles.models import Article, Speaker
from articles.operations.integrity import check_postings
from articles.search.engine import postings, statements
from articles.search.engine.postings import BLOCK, Ids
from articles.search.indexing.postings import choose_terms, update_postings
from tests.factories import make_article, make_quote, make_speaker


def ask(query, scope="articles"):
    return search.search(search.ArticleFilter(QueryDict(query), scope).cleaned)


def run(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


class SetsOfIdsTests(SimpleTestCase):
    def test_a_set_gives_back_the_ids_it_was_made_of_lowest_first(self):
        room = Ids(2)
        ids = [BLOCK + 7, 0, BLOCK - 1, BLOCK]
        self.assertEqual(list(room.members(room.of(ids))), sorted(ids))

    def test_blocks_stand_side_by_side_and_an_empty_one_need_not_be_written(self):
        room = Ids(3)
        bits = room.of([1, 2 * BLOCK + 5])
        blocks = room.in_blocks(bits)
        self.assertEqual([*blocks], [0, 2])
        self.assertEqual(blocks[0].index("1"), 1)
        self.assertEqual(room.of_blocks(blocks), bits)
        self.assertEqual(list(room.members(bits)), [1, 2 * BLOCK + 5])
        self.assertEqual((room.array(bits), room.array(0)), (f"{{1,{2 * BLOCK + 5}}}", "{}"))

    def test_an_id_without_room_is_refused(self):
        with self.assertRaises(IndexError):
            Ids(1).of([BLOCK])

    def test_the_set_of_nothing_has_no_members(self):
        self.assertEqual(list(Ids(1).members(0)), [])
        self.assertEqual(Ids(1).in_blocks(0), {})


class PostingsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.articles = [
            make_article(headline=f"Flood {n}", body=f"A flood of rain and complaints. {n}") for n in range(3)
        ]
        cls.dry = make_article(headline="Drought", body="No rain at all.")

    def setUp(self):
        choose_terms()
        update_postings()
        self.addCleanup(setattr, statements, "few", statements.few)
        statements.few = lambda documents: 0

    def test_every_document_that_is_public_is_posted(self):
        self.assertEqual(run("SELECT count(*) FROM unposted"), [(0,)])
        self.assertEqual(ask("q=rain").count, 4)
        self.assertEqual(ask("q=rain -drought").count, 3)

    def test_what_is_saved_later_is_found_at_once_and_counted_with_the_rest(self):
        late = make_article(headline="Flood again", body="Rain.")
        Article.objects.filter(pk=self.dry.pk).update(body="Sun at last.")
        answer = ask("q=rain")
        self.assertEqual(answer.count, 4)
        self.assertIn(late.pk, answer.ids)
        self.assertNotIn(self.dry.pk, answer.ids)
        self.assertEqual([clause.count for clause in answer.clauses], [4])

    def test_what_is_deleted_later_is_found_no_more(self):
        self.articles[0].delete()
        self.assertEqual(ask("q=flood").count, 2)
        update_postings()
        self.assertEqual(ask("q=flood").count, 2)
        self.assertEqual([*check_postings()], [])

    def test_an_article_under_embargo_is_not_posted_before_its_time(self):
        soon = make_article(
            headline="Flood tomorrow", body="Rain.", visible_from=timezone.now() + dt.timedelta(days=1)
        )
        update_postings()
        self.assertEqual(run("SELECT DISTINCT article_id FROM unposted"), [(soon.pk,)])
        self.assertEqual(ask("q=flood").count, 3)

    def test_a_posted_article_that_comes_under_embargo_is_found_no_more(self):
        tomorrow = timezone.now() + dt.timedelta(days=1)
        Article.objects.filter(pk=self.articles[0].pk).update(visible_from=tomorrow)
        update_postings()
        self.assertEqual(ask("q=flood").count, 2)
        self.assertEqual([*check_postings()], [])

    def test_speakers_merged_after_posting_count_once_for_an_article_that_quotes_both(self):
        one, other = make_speaker(name="Ada Okafor"), make_speaker(name="A. Okafor")
        for speaker in (one, other):
            make_quote(self.articles[0], "A flood of rain", speaker=speaker)
        update_postings()
        Speaker.objects.filter(pk=other.pk).update(merged_into=one)
        (value,) = ask("q=flood").facet("speaker").values
        self.assertEqual((value.value, value.count), (one.slug, 1))

    def test_speakers_beyond_the_most_quoted_are_counted_where_they_are_first_among_these_hits(self):
        many = [make_speaker(name=f"Speaker Number {n}") for n in range(80)]
        for speaker in many:
            for article in (self.articles[0], self.articles[1]):
                make_quote(article, "A flood of rain", speaker=speaker)
        seldom = make_speaker(name="Seldom Quoted")
        make_quote(self.dry, "No rain at all", speaker=seldom)
        update_postings()
        (value,) = ask("q=drought").facet("speaker").values
        self.assertEqual((value.value, value.count), (seldom.slug, 1))

    def test_where_too_much_was_written_since_the_tables_answer_alone(self):
        make_article(headline="Flood again", body="Rain.")
        self.addCleanup(setattr, postings, "MOST_UNPOSTED", postings.MOST_UNPOSTED)
        postings.MOST_UNPOSTED = 0
        self.assertEqual(ask("q=flood").count, 4)

    def test_what_was_posted_after_the_moment_of_a_question_does_not_answer_it(self):
        run("UPDATE posting_state SET posted_at = now() + interval '1 day'")
        run("UPDATE posting SET bits = 0::bit(30720)")
        self.assertEqual(ask("q=flood").count, 3)

    def test_a_bit_that_is_wrong_is_found_by_the_check(self):
        run(
            "UPDATE posting SET bits = set_bit(bits, %s, 0) WHERE term = 'flood'",
            self.articles[0].pk % BLOCK,
        )
        (fault,) = check_postings()
        self.assertIn("for example flood", fault)

    def test_a_document_that_never_came_to_be_posted_is_found_by_the_check(self):
        make_article(headline="Flood again", body="More rain.")
        run("DELETE FROM unposted")
        self.assertTrue([*check_postings()])

    def test_a_save_posts_what_was_saved_before_it_once_that_is_much(self):
        run("INSERT INTO unposted (article_id) SELECT %s FROM generate_series(1, 600)", self.dry.pk)
        make_article(headline="Flood again", body="Rain.")
        self.assertLess(run("SELECT count(*) FROM unposted")[0][0], 10)
        self.assertEqual([*check_postings()], [])

"""Merging two speakers and splitting one: everything can be reverted."""

from django.test import TestCase

from articles.models import Article, Quote, Speaker
from articles.models.audit import change_group
from articles.revisions.recent_changes import recent_changes
from articles.revisions.undo import revert
from articles.speakers.merge import Unmergeable, linked_since, merge, preview, split
from tests.factories import make_article, make_quote, make_speaker

BODY = "“The dike is sound,” she said. “The dike is gone,” she said later."


class MergingTests(TestCase):
    def setUp(self):
        self.kept, self.gone = make_speaker("Ada Okafor"), make_speaker("Ada Okáfor")
        self.article = make_article(body=BODY)
        self.quote = make_quote(self.article, "The dike is sound,", speaker=self.gone)

    def merged_into(self):
        return Speaker.objects.get(pk=self.gone.pk).merged_into

    def test_the_preview_counts_what_will_be_shown_elsewhere(self):
        make_quote(self.article, "The dike is gone,", speaker=self.kept)
        seen = preview(self.gone, self.kept)
        self.assertEqual((seen.quotes, seen.written, seen.shared), (1, 0, 1))

    def test_a_merge_moves_no_quote_and_leads_on(self):
        before = list(Quote.objects.values())
        merge(self.gone, self.kept)
        self.assertEqual(list(Quote.objects.values()), before)
        response = self.client.get(self.gone.get_absolute_url())
        self.assertRedirects(response, self.kept.get_absolute_url(), 301)

    def test_every_page_gives_the_name_at_the_end_of_two_merges(self):
        end = make_speaker("Ada Okafor-Lind", slug="ada-okafor-lind", sort_name="Okafor-Lind, Ada")
        self.article.authors.add(self.gone)
        merge(self.gone, self.kept)
        merge(self.kept, end)
        for address in (self.quote.get_absolute_url(), self.article.get_absolute_url(), "/"):
            with self.subTest(address):
                page = self.client.get(address)
                self.assertContains(page, "/speakers/ada-okafor-lind/")
                self.assertNotContains(page, self.kept.get_absolute_url())
                self.assertNotContains(page, self.gone.get_absolute_url())

    def test_a_citation_gives_the_name_that_stands_for_the_speaker_today(self):
        self.article.authors.add(self.gone)
        merge(self.gone, self.kept)
        for address in (self.quote.get_absolute_url(), "/quotes/", self.article.get_absolute_url()):
            with self.subTest(address):
                cited = b"".join(self.client.get(address, {"format": "csljson"})).decode()
                self.assertIn("Okafor", cited)
                self.assertNotIn("Okáfor", cited)

    def test_taking_it_back_restores_every_row(self):
        before = list(Speaker.objects.order_by("pk").values())
        key = merge(self.gone, self.kept)
        self.assertEqual(revert(key).restored, 1)
        self.assertEqual(list(Speaker.objects.order_by("pk").values()), before)
        self.assertTrue(recent_changes()[0].taken_back)

    def test_a_merge_changed_since_is_left_and_named(self):
        third = make_speaker("A. Okafor")
        key = merge(self.gone, self.kept)
        Speaker.objects.filter(pk=self.gone.pk).update(merged_into=third)
        done = revert(key)
        self.assertEqual((done.restored, done.left), (0, [self.gone]))
        self.assertEqual(self.merged_into(), third)

    def test_a_description_written_since_stays_when_it_is_taken_back(self):
        key = merge(self.gone, self.kept)
        Speaker.objects.filter(pk=self.gone.pk).update(description="keeper of the weir")
        self.assertEqual(revert(key).restored, 1)
        self.gone.refresh_from_db()
        self.assertEqual((self.gone.merged_into, self.gone.description), (None, "keeper of the weir"))

    def test_nobody_is_merged_twice_in_a_circle_or_into_himself(self):
        merge(self.gone, self.kept)
        for pair in ((self.gone, self.kept), (self.kept, self.gone), (self.kept, self.kept)):
            with self.subTest(pair=pair), self.assertRaises(Unmergeable):
                merge(*pair)

    def test_what_was_linked_since_is_told_with_the_two_and_nothing_else_is(self):
        other = make_speaker("Osric Pell")
        old = make_quote(self.article, "The dike is gone,", speaker=self.kept)
        key = merge(self.gone, self.kept)
        came = make_quote(make_article(body=f"{BODY} One."), "The dike is gone,", speaker=self.kept)
        given = make_quote(make_article(body=f"{BODY} Two."), "The dike is sound,", speaker=other)
        Quote.objects.filter(pk=given.pk).update(speaker=self.kept)
        Quote.objects.filter(pk=old.pk).update(channel="written")
        for when in ("before", "after"):
            with self.subTest(when=when):
                linked = linked_since(key)
                self.assertEqual((linked.given_up, linked.kept), (self.gone, self.kept))
                self.assertEqual(set(linked.quotes), {came, given})
            revert(key)

    def test_an_act_that_is_no_merge_links_nothing(self):
        key = split(Quote.objects.all(), self.gone, by=None, target=self.kept)
        self.assertIsNone(linked_since(key))
        self.assertIsNone(linked_since("no key"))


class SplittingTests(TestCase):
    def setUp(self):
        self.jones = make_speaker("Tom Reyes")
        article = make_article(body=BODY)
        self.first = make_quote(article, "The dike is sound,", speaker=self.jones)
        self.second = make_quote(article, "The dike is gone,", speaker=self.jones)

    def speakers(self):
        return list(Quote.objects.order_by("pk").values_list("speaker__name", flat=True))

    def test_the_chosen_quotes_go_to_a_new_speaker_and_come_back(self):
        key = split(
            Quote.objects.filter(pk=self.second.pk), self.jones, by=None, name="Tom Reyes the younger"
        )
        self.assertEqual(self.speakers(), ["Tom Reyes", "Tom Reyes the younger"])
        self.assertEqual(revert(key).restored, 2)
        self.assertEqual(self.speakers(), ["Tom Reyes", "Tom Reyes"])
        self.assertEqual(list(Speaker.objects.all()), [self.jones])

    def test_a_quote_given_to_a_third_since_is_left(self):
        other, third = make_speaker("Osric Pell"), make_speaker("Mira Tolland")
        key = split(Quote.objects.all(), self.jones, by=None, target=other)
        Quote.objects.filter(pk=self.second.pk).update(speaker=third)
        done = revert(key)
        self.assertEqual((done.restored, done.left), (1, [self.second]))
        self.assertEqual(self.speakers(), ["Tom Reyes", "Mira Tolland"])

    def test_an_open_page_of_the_desk_cannot_save_over_it(self):
        before = Article.objects.get().version
        split(Quote.objects.all(), self.jones, by=None, target=make_speaker("Osric Pell"))
        self.assertGreater(Article.objects.get().version, before)


class StatusTests(TestCase):
    def test_withholding_is_taken_back_and_what_was_decided_since_is_left(self):
        one = make_article(headline="One", body="One.")
        two = make_article(headline="Two", body="Two.")
        with change_group("Withheld articles of the list") as key:
            Article.objects.update(status="withheld")
        Article.objects.filter(pk=two.pk).update(status="canceled")
        done = revert(key)
        self.assertEqual((done.restored, done.left), (1, [two]))
        self.assertEqual(Article.objects.get(pk=one.pk).status, "usable")

    def test_what_was_public_is_no_draft_again(self):
        article = make_article(status="draft", body="One.")
        with change_group("Published selected articles") as key:
            Article.objects.update(status="usable")
        revert(key)
        article.refresh_from_db()
        self.assertEqual(article.status, "withheld")

    def test_a_change_after_the_act_is_not_part_of_it(self):
        article = make_article(body="One.")
        with change_group("Withheld articles of the list"):
            Article.objects.update(status="withheld")
        Article.objects.update(edition="late")
        marks = list(article.events.order_by("pgh_id").values_list("pgh_context__act", flat=True))
        self.assertEqual([mark is None for mark in marks], [False, True])

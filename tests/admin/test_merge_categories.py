"""Topics and sections are merged with redirects, and split again exactly."""

from unittest import mock

from django.test import TestCase
from django.urls import reverse

from articles.models import Article, Section, Topic
from articles.operations.integrity import faults
from articles.revisions import merge_categories
from articles.revisions.recent_changes import recent_changes
from tests.admin.desk import log_in, make_user, post_confirmed
from tests.factories import make_article, make_section, make_topic


class MergeCategoriesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")
        cls.floods, cls.flooding = make_topic("Floods"), make_topic("Flooding", aliases=["High water"])
        cls.both = make_article(headline="Both", topics=("Floods", "Flooding"))
        cls.one = make_article(headline="One", body="One.", topics=("Flooding",), section="News")
        cls.home, cls.news = make_section("Home news"), make_section("News")

    def setUp(self):
        self.client = log_in(self.chief)

    def merge(self, page="merge-topics", gone=None, kept=None, **fields):
        gone, kept = gone or self.flooding, kept or self.floods
        return self.client.post(
            reverse(f"admin:{page}"), {"given_up": f"#{gone.pk}", "kept": f"#{kept.pk}", **fields}
        )

    def undo(self):
        return post_confirmed(self.client, reverse("admin:undo"), {"key": recent_changes()[0].pk})

    def count(self, query):
        return self.client.get(f"/search/?format=json&{query}", follow=True).json()["count"]

    def test_a_preview_gives_the_numbers_and_says_what_undo_does(self):
        url = reverse("admin:merge-topics")
        page = self.client.get(url, {"given_up": "high WATER", "kept": "floods"})
        self.assertContains(page, "2 articles will be listed under Floods. 1 of them already is.")
        self.assertContains(page, "If you undo this, both are as they were.")
        self.assertEqual(Topic.objects.count(), 2)

    def test_a_name_that_is_not_exact_offers_those_that_match(self):
        url = reverse("admin:merge-topics")
        page = self.client.get(url, {"given_up": "flood", "kept": "floods"})
        self.assertContains(page, "Nothing has exactly this name. Did you mean one of these?")
        chosen = {"given_up": "flood", "given_up-is": self.flooding.pk, "kept": "floods"}
        self.assertContains(self.client.get(url, chosen), "will be merged into <b>Floods</b>")
        page = self.client.get(url, {"given_up": "#999999999999999999", "kept": "Drought"})
        self.assertContains(page, "We have nothing with this name.", 2)

    def test_the_number_of_another_topic_is_not_taken_for_the_name_before_it(self):
        pair = {"given_up": f"Drought (#{self.flooding.pk})", "kept": "floods"}
        page = self.client.get(reverse("admin:merge-topics"), pair)
        self.assertContains(page, "We have nothing with this name.")
        pair["given_up"] = f"High water (#{self.flooding.pk})"
        page = self.client.get(reverse("admin:merge-topics"), pair)
        self.assertContains(page, "2 articles will be listed under Floods.")

    def test_suggestions_have_a_number_only_where_two_have_the_same_name(self):
        twin = make_topic("floods", slug="floods-2")
        found = self.client.get(reverse("admin:suggest-topics"), {"q": "FLOOD"}).json()["categories"]
        self.assertEqual(
            {one["value"] for one in found},
            {"Flooding", f"Floods (#{self.floods.pk})", f"floods (#{twin.pk})"},
        )
        page = self.client.get(reverse("admin:merge-topics"), {"given_up": "floods", "kept": "Flooding"})
        self.assertContains(page, "Several have this name. Choose one.")

    def test_the_page_lists_no_topics(self):
        self.assertNotContains(self.client.get(reverse("admin:merge-topics")), "Flooding")

    def test_articles_move_and_the_former_link_redirects(self):
        self.assertRedirects(self.merge(), reverse("admin:undo"))
        self.assertEqual(set(Article.objects.filter(topics=self.floods)), {self.both, self.one})
        self.assertRedirects(self.client.get("/topics/flooding/"), "/topics/floods/", 301)
        self.assertContains(self.client.get("/topics/floods/"), "One")

    def test_searches_by_the_former_names_find_the_articles(self):
        self.merge()
        for query in ("topic=flooding", "topic=floods", "q=topic:flooding", 'q=topic:"high water"'):
            with self.subTest(query):
                self.assertEqual(self.count(query), 2)

    def test_undo_splits_them_again_and_the_links_too(self):
        older = make_topic("Deluge")
        self.merge(gone=older, kept=self.flooding)
        self.merge()
        self.assertRedirects(self.client.get("/topics/deluge/"), "/topics/floods/", 301)
        self.assertContains(self.undo(), "Undone: ")
        again = Topic.objects.get(slug="flooding")
        self.assertEqual((again.pk, again.aliases), (self.flooding.pk, ["High water", "Deluge"]))
        self.assertEqual(Topic.objects.get(pk=self.floods.pk).aliases, [])
        self.assertEqual(set(self.both.topics.all()), {self.floods, again})
        self.assertEqual(set(self.one.topics.all()), {again})
        self.assertEqual(self.client.get("/topics/flooding/").status_code, 200)
        self.assertRedirects(self.client.get("/topics/deluge/"), "/topics/flooding/", 301)
        self.assertEqual((self.count("topic=flooding"), self.count("topic=floods")), (2, 1))

    def test_what_was_tagged_since_stays_with_the_topic_that_was_kept(self):
        self.merge()
        late = make_article(headline="Late", body="Late.", topics=("Floods",))
        self.undo()
        self.assertEqual(set(late.topics.all()), {self.floods})

    def test_sections_are_merged_and_split_too(self):
        self.merge("merge-sections", self.news, self.home)
        self.one.refresh_from_db()
        self.assertEqual(self.one.section, self.home)
        self.assertRedirects(self.client.get("/sections/news/"), "/sections/home-news/", 301)
        self.undo()
        self.one.refresh_from_db()
        self.assertEqual(self.one.section, Section.objects.get(slug="news"))

    def test_the_same_one_twice_or_too_many_articles_are_refused(self):
        self.assertContains(self.merge(kept=self.flooding), "Choose two different records.")
        with mock.patch.object(merge_categories, "MOST_ARTICLES", 1):
            page = self.merge()
        self.assertContains(page, "Flooding has 2 articles. At most 1 can be merged at once.")
        self.assertEqual(Topic.objects.count(), 2)

    def test_the_record_has_no_faults_afterwards(self):
        for act in (self.merge, self.undo):
            act()
            self.assertEqual(list(faults()), [])

    def test_an_editor_merges_topics_and_a_chief_editor_sections(self):
        self.client = log_in(make_user("editor"))
        self.assertEqual(self.merge("merge-sections", self.news, self.home).status_code, 403)
        self.assertEqual(self.merge().status_code, 302)

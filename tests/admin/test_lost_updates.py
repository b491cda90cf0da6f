"""Concurrent edits of the same row: merged, or shown as a conflict; never lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections
from django.test import TestCase, TransactionTestCase

from articles.models import Article, Quote
from tests.admin.desk import (
    fields_of,
    log_in,
    make_draft,
    make_user,
    open_form,
    post_confirmed,
    propose,
    send,
)
from tests.factories import make_article, make_publication, make_quote, make_speaker, make_topic
from tests.sizes import size


class TwoEditorsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.first, cls.second = make_user("editor", "first"), make_user("editor", "second")
        cls.article = make_draft()
        cls.quote, cls.other = propose(cls.article)

    def setUp(self):
        one, two = log_in(self.first), log_in(self.second)
        mine, theirs = open_form(one, self.article), open_form(two, self.article)
        send(two, self.article, {**theirs, "kicker": "Theirs", f"d-{self.quote.pk}": "reject"})
        self.client = one
        self.fields = {**mine, "kicker": "Mine", "byline": "By Me"}
        self.response = send(one, self.article, self.fields)

    def test_the_second_save_is_refused(self):
        self.article.refresh_from_db()
        self.assertEqual((self.article.kicker, self.article.byline), ("Theirs", ""))

    def test_the_difference_is_shown(self):
        self.assertContains(self.response, "Another editor saved this article while you had it open")
        self.assertContains(self.response, "<del>Theirs</del>", html=True)
        self.assertContains(self.response, "<ins>Mine</ins>", html=True)

    def test_only_what_both_changed_is_asked_about(self):
        labels = [label for label, _, _ in self.response.context["differences"]]
        self.assertEqual(labels, ["Kicker"])
        self.assertContains(self.response, "We kept the other editor’s changes to: Proposed quote 1.")

    def test_of_a_long_text_the_place_is_shown(self):
        fields, two = fields_of(self.response.content.decode()), log_in(self.second)
        theirs = open_form(two, self.article)
        send(two, self.article, {**theirs, "body": theirs["body"].replace("forty minutes", "forty minute")})
        changed = fields["body"].replace("forty minutes", "fifty minutes")
        response = send(self.client, self.article, {**fields, "body": changed})
        [(theirs, yours)] = [both for label, *both in response.context["differences"] if label == "Text"]
        self.assertTrue(theirs.startswith("Farmers below Thane Bridge had forty minute."))
        self.assertTrue(yours.startswith("Farmers below Thane Bridge had fifty minutes"))
        self.assertLess(len(theirs), 120)

    def test_a_decision_of_theirs_is_in_the_fields(self):
        self.assertEqual(fields_of(self.response.content.decode())[f"d-{self.quote.pk}"], "reject")

    def test_what_was_typed_is_still_in_the_fields(self):
        again = fields_of(self.response.content.decode())
        self.assertEqual((again["kicker"], again["byline"]), ("Mine", "By Me"))

    def test_sent_once_more_it_is_meant(self):
        send(self.client, self.article, fields_of(self.response.content.decode()))
        self.article.refresh_from_db()
        self.quote.refresh_from_db()
        stored = self.article.kicker, self.article.byline, self.quote.status
        self.assertEqual(stored, ("Mine", "By Me", "rejected"))

    def test_a_refused_save_publishes_nothing(self):
        send(self.client, self.article, self.fields, "publish")
        self.article.refresh_from_db()
        self.assertEqual(self.article.status, "draft")

    def test_a_decision_in_the_table_of_quotes_is_not_saved_over(self):
        fields = open_form(self.client, self.article)
        table = {"action": "reject_selected", "_selected_action": [self.other.pk]}
        post_confirmed(log_in(self.second), "/admin/articles/quote/", table)
        send(self.client, self.article, fields)
        self.other.refresh_from_db()
        self.assertEqual(self.other.status, "rejected")


class MergedSavesTests(TestCase):
    """Changes of two editors to different fields are both kept."""

    @classmethod
    def setUpTestData(cls):
        cls.first, cls.second = make_user("editor", "first"), make_user("editor", "second")
        cls.article = make_draft(captions=("The weir.",))
        cls.quote, cls.other = propose(cls.article)
        make_speaker("Osric Pell")

    def save(self, theirs, mine, do="draft"):
        """Two editors open the page; `theirs` is saved before `mine`."""
        one, two = log_in(self.first), log_in(self.second)
        my_fields, their_fields = open_form(one, self.article), open_form(two, self.article)
        send(two, self.article, {**their_fields, **theirs})
        response = send(one, self.article, {**my_fields, **mine}, do)
        for row in (self.article, self.quote, self.other):
            row.refresh_from_db()
        return response, one

    def test_each_field_has_the_value_of_the_one_who_changed_it(self):
        theirs = {"headline": "Theirs", "byline": "By Them", "undated": "on", "date": ""}
        response, client = self.save(theirs, {"kicker": "Mine", "page": "3"})
        stored = self.article.headline, self.article.byline, self.article.kicker, self.article.page
        self.assertEqual(stored, ("Theirs", "By Them", "Mine", "3"))
        self.assertEqual((self.article.published_on, self.article.extra["undated"]), (None, True))
        self.assertContains(client.get(response.url), "We kept the other editor’s changes to: ")

    def test_each_proposal_has_the_decision_of_the_one_who_made_it(self):
        pell = {f"d-{self.quote.pk}": "accept", f"s-{self.quote.pk}": "Osric Pell"}
        self.save(pell, {f"d-{self.other.pk}": "reject"})
        self.assertEqual((self.quote.status, self.quote.speaker.name), ("accepted", "Osric Pell"))
        self.assertEqual((self.quote.decided_by, self.other.decided_by), (self.second, self.first))

    def test_of_one_proposal_speaker_and_decision_are_merged(self):
        name, decision = f"s-{self.quote.pk}", f"d-{self.quote.pk}"
        self.save({name: "Osric Pell"}, {decision: "accept"})
        self.assertEqual((self.quote.status, self.quote.speaker.name), ("accepted", "Osric Pell"))

    def test_a_picture_that_they_added_keeps_its_words(self):
        image = self.article.images.get()
        theirs = {f"caption-{image.pk}": "The weir at night.", "caption-new": "The gate."}
        self.save(theirs, {"kicker": "Mine"})
        captions = list(self.article.images.order_by("position").values_list("caption", flat=True))
        self.assertEqual((captions, self.article.kicker), (["The weir at night.", "The gate."], "Mine"))

    def test_a_topic_that_they_removed_is_not_put_back(self):
        topic = make_topic("Floods")
        self.article.articletopic_set.create(topic=topic)
        one, two = log_in(self.first), log_in(self.second)
        mine, theirs = open_form(one, self.article), open_form(two, self.article)
        theirs.pop(f"topic-{topic.pk}")
        send(two, self.article, theirs)
        send(one, self.article, {**mine, "kicker": "Mine"})
        self.article.refresh_from_db()
        self.assertEqual((self.article.kicker, self.article.topics.count()), ("Mine", 0))

    def test_the_same_change_by_both_is_no_conflict(self):
        response, _ = self.save({"kicker": "Weirs"}, {"kicker": "Weirs", "page": "3"})
        self.assertEqual((response.status_code, self.article.kicker, self.article.page), (302, "Weirs", "3"))

    def test_what_the_editor_has_not_seen_is_not_published(self):
        response, client = self.save({"headline": "Theirs"}, {"kicker": "Mine"}, "publish")
        self.assertEqual((self.article.status, self.article.kicker), ("draft", "Mine"))
        self.assertContains(client.get(response.url), "Check the article, then choose the button again.")

    def test_a_page_that_does_not_say_what_it_showed_is_asked_about_everything(self):
        for base in ("", "no json", "[1]", '{"f-kicker": 3}'):
            response, _ = self.save({"headline": "Theirs"}, {"kicker": "Mine", "base": base})
            self.assertContains(response, "Another editor saved this article while you had it open")
            self.assertNotEqual(self.article.kicker, "Mine")
            Article.objects.filter(pk=self.article.pk).update(headline="Before")


class TablesTests(TestCase):
    """The ModelAdmins merge in the same way."""

    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")

    def setUp(self):
        self.client = log_in(self.chief)

    def form_of(self, url):
        return {
            name: value or ""
            for name, value in self.client.get(url).context["adminform"].form.initial.items()
        }

    def test_a_speaker_saved_meanwhile_is_not_saved_over(self):
        speaker = make_speaker("Ada Okafor")
        url = f"/admin/articles/speaker/{speaker.pk}/change/"
        inlines = {
            f"{name}-{kind}_FORMS": "0" for name in ("aliases", "roles") for kind in ("TOTAL", "INITIAL")
        }
        mine = {**self.form_of(url), **inlines, "description": "Mine"}
        self.client.post(url, {**mine, "description": "Theirs"})
        response = self.client.post(url, mine)
        self.assertContains(response, "Another editor has saved this record.")
        self.assertContains(response, "Description: “Theirs”")
        self.assertContains(response, 'value="Mine"')
        speaker.refresh_from_db()
        self.assertEqual(speaker.description, "Theirs")

    def test_a_field_left_as_it_was_keeps_what_another_saved(self):
        courier = make_publication("Selwy Courier", homepage="https://courier.example/", country="IE")
        url = f"/admin/articles/publication/{courier.pk}/change/"
        shown = fields_of(self.client.get(url).content.decode(), "publication_form")
        theirs = {**shown, "name": "Selwy Courier and Post", "aliases": "The Courier", "country": "DE"}
        self.client.post(url, theirs)
        page = self.client.post(url, {**shown, "rights": "Mine", "country": "GB"})
        self.assertContains(page, "Country: “DE”")
        courier.refresh_from_db()
        self.assertEqual((courier.rights, courier.country), ("", "DE"))
        again = fields_of(page.content.decode(), "publication_form")
        page = self.client.post(url, again, follow=True)
        courier.refresh_from_db()
        stored = courier.name, courier.aliases, courier.country, courier.rights
        self.assertEqual(stored, ("Selwy Courier and Post", ["The Courier"], "GB", "Mine"))
        self.assertContains(page, "We kept their changes to: Name, Other names.")

    def test_an_alias_added_meanwhile_counts_as_well(self):
        speaker = make_speaker("Ada Okafor")
        url = f"/admin/articles/speaker/{speaker.pk}/change/"
        inlines = {
            f"{name}-{kind}_FORMS": "0" for name in ("aliases", "roles") for kind in ("TOTAL", "INITIAL")
        }
        mine = {**self.form_of(url), **inlines}
        speaker.aliases.create(name="A. Okafor")
        self.assertContains(self.client.post(url, mine), "Another editor has saved this record.")

    def test_an_article_saved_on_the_desk_is_not_saved_over(self):
        article = make_article()
        url = f"/admin/articles/article/{article.pk}/change/"
        names = ("authorship_set", "articletopic_set", "notices")
        inlines = {f"{name}-{kind}_FORMS": "0" for name in names for kind in ("TOTAL", "INITIAL")}
        mine = {
            **self.form_of(url),
            **inlines,
            "edition": "Mine",
            "visible_from_0": "2024-01-01",
            "visible_from_1": "00:00",
        }
        Article.objects.filter(pk=article.pk).update(edition="Theirs")
        self.assertContains(self.client.post(url, mine), "Another editor has saved this record.")


class AtTheSameMomentTests(TransactionTestCase):
    """Concurrent saves: one is stored, the other editor gets a message and keeps their text."""

    def test_of_many_pairs_no_save_is_lost(self):
        users = [make_user("", "first"), make_user("", "second")]
        for user in users:
            user.is_superuser = True
            user.save()
        clients = [log_in(user) for user in users]
        pairs = size(10, 100)
        article = make_draft()
        quote = make_quote(article, "forty minutes", status="pending", confidence=0.5)
        stored = 0
        for pair in range(pairs):
            forms = [open_form(client, article) for client in clients]
            barrier = threading.Barrier(2)

            def save(which, forms=forms, barrier=barrier, pair=pair):
                fields = {**forms[which], "kicker": f"Pair {pair}, editor {which}", f"d-{quote.pk}": "reject"}
                barrier.wait()
                try:
                    return send(clients[which], article, fields)
                finally:
                    connections.close_all()

            with ThreadPoolExecutor(2) as pool:
                answers = list(pool.map(save, range(2)))
            saved = [which for which, answer in enumerate(answers) if answer.status_code == 302]
            self.assertEqual(len(saved), 1)
            refused = answers[1 - saved[0]].content.decode()
            self.assertEqual(fields_of(refused)["kicker"], f"Pair {pair}, editor {1 - saved[0]}")
            self.assertIn("Another editor saved this article", refused)
            article.refresh_from_db()
            self.assertEqual(article.kicker, f"Pair {pair}, editor {saved[0]}")
            stored += 1
        self.assertEqual((stored, article.version), (pairs, pairs + 1))
        self.assertEqual(Quote.objects.get().status, "rejected")
        connection.close()

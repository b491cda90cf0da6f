"""Merging and splitting speakers, duplicate candidates, and undoing a merge."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Quote, Speaker, SpeakersToldApart
from tests.admin.desk import log_in, make_user, post_confirmed
from tests.factories import make_article, make_quote, make_speaker, make_turn


class MergingPagesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.kept, cls.gone = make_speaker("Ada Okafor"), make_speaker("Ada Okáfor")
        cls.quote = make_quote(make_article(body="“It holds,” she said."), "It holds,", speaker=cls.gone)

    def setUp(self):
        self.client = log_in(self.editor)

    def test_the_statements_of_a_merge_and_of_a_split_do_not_grow_with_the_articles(self):
        counted = []
        for number in (1, 4):
            one, other = make_speaker(f"Mira Tolland {number}"), make_speaker(f"Mira Tollánd {number}")
            words = [f"Word {n} of {number}," for n in range(number)]
            articles = [make_article(body=f"“{said}” she said.") for said in words]
            quotes = [make_quote(a, w, speaker=other) for a, w in zip(articles, words, strict=True)]
            split = {"to": f"#{one.pk}", "quote": [quote.pk for quote in quotes], "sure": str(number)}
            with CaptureQueriesContext(connection) as splitting:
                self.client.post(reverse("admin:desk-splitting", args=[other.pk]), split)
            self.assertEqual(one.quotes.count(), number)
            with CaptureQueriesContext(connection) as merging:
                pair = {"given_up": f"#{one.pk}", "kept": f"#{other.pk}"}
                self.client.post(reverse("admin:desk-merging"), pair)
            counted.append((len(splitting), len(merging)))
        self.assertEqual(counted[0], counted[1])

    def test_the_number_of_another_speaker_is_not_taken_for_the_name_before_it(self):
        pair = {"given_up": f"Mira Tolland (#{self.gone.pk})", "kept": f"Ada Okafor (#{self.kept.pk})"}
        page = self.client.get(reverse("admin:desk-merging"), pair)
        self.assertContains(page, "We have no such speaker.", 1)

    def test_two_speakers_are_previewed_merged_and_the_merge_undone(self):
        url = reverse("admin:desk-merging")
        pair = {"given_up": self.gone.slug, "kept": self.kept.slug}
        self.assertContains(self.client.get(url, pair), "1 quote will be shown under")
        self.assertIsNone(Speaker.objects.get(pk=self.gone.pk).merged_into)
        page = self.client.post(url, pair, follow=True)
        self.assertEqual(Speaker.objects.get(pk=self.gone.pk).merged_into, self.kept)
        act = page.context["changes"][0].change
        self.assertEqual(act.who, "editor")
        post_confirmed(self.client, reverse("admin:undo"), {"key": act.pk})
        self.assertIsNone(Speaker.objects.get(pk=self.gone.pk).merged_into)
        self.assertEqual(self.client.post(reverse("admin:undo"), {"key": act.pk}).status_code, 404)

    def test_a_speaker_is_named_by_name_alias_role_or_number(self):
        pell = make_speaker("Osric Pell", aliases=("O. J. Pell",))
        pell.roles.create(title="keeper", organisation="Thane Weir")
        url = reverse("admin:desk-merging")
        for words in ("Osric Pell", "osric pell", "O. J. Pell", f"#{pell.pk}", f"Osric Pell (#{pell.pk})"):
            with self.subTest(words=words):
                page = self.client.get(url, {"given_up": words, "kept": self.kept.name})
                self.assertContains(page, "Osric Pell</b> will be merged into")
        page = self.client.get(url, {"given_up": "thane keeper", "kept": self.kept.name})
        self.assertContains(page, "No speaker has exactly this name.")
        self.assertContains(page, f'name="given_up-is" value="{pell.pk}"')
        chosen = {"given_up": "thane keeper", "given_up-is": pell.pk, "kept": self.kept.name}
        self.assertContains(self.client.get(url, chosen), "Osric Pell</b> will be merged into")

    def test_of_several_who_bear_a_name_one_is_asked_for(self):
        second = make_speaker("Ada Okafor", description="beekeeper")
        page = self.client.get(
            reverse("admin:desk-merging"), {"given_up": "Ada Okafor", "kept": "Ada Okáfor"}
        )
        self.assertContains(page, "Several speakers have this name. Choose one.")
        for one in (self.kept, second):
            self.assertContains(page, f'name="given_up-is" value="{one.pk}"')
        self.assertContains(page, "beekeeper")

    def test_taking_back_a_merge_names_what_was_linked_since_and_leaves_it(self):
        pair = {"given_up": self.gone.slug, "kept": self.kept.slug}
        page = self.client.post(reverse("admin:desk-merging"), pair, follow=True)
        came = make_quote(
            make_article(headline="The dike again", body="“It held,” she said."), "It held,",
            speaker=self.kept, name_as_printed="Ada Okáfor",
        )  # fmt: skip
        key = page.context["changes"][0].change.pk
        page = post_confirmed(self.client, reverse("admin:undo"), {"key": key})
        self.assertContains(page, "“It held,” (The dike again) was linked after the merge")
        came.refresh_from_db()
        self.assertEqual(came.speaker, self.kept)
        parting = self.client.get(
            reverse("admin:desk-splitting", args=[self.kept.pk]), {"since": key, "to": self.gone.slug}
        )
        self.assertEqual(list(parting.context["page"]), [came])
        self.assertContains(parting, f'value="{self.gone.slug}"')

    def test_the_pages_of_a_speaker_lead_to_parting_its_quotes(self):
        url = reverse("admin:desk-splitting", args=[self.gone.pk])
        self.assertContains(
            self.client.get(reverse("admin:articles_speaker_change", args=[self.gone.pk])), url
        )
        pair = {"given_up": self.gone.slug, "kept": self.kept.slug}
        self.assertContains(self.client.get(reverse("admin:desk-merging"), pair), url)
        self.assertContains(
            self.client.get(reverse("admin:duplicate-speakers")),
            reverse("admin:desk-splitting", args=[self.kept.pk]),
        )

    def test_a_name_that_is_nobodys_is_an_error_beside_its_field(self):
        page = self.client.get(reverse("admin:desk-merging"), {"given_up": "nobody", "kept": self.kept.slug})
        self.assertContains(page, "We have no such speaker.")

    def test_ticked_quotes_go_to_a_namesake_only_when_that_is_meant(self):
        url = reverse("admin:desk-splitting", args=[self.gone.pk])
        fields = {"quote": [self.quote.pk], "name": "Ada Okafor"}
        self.assertContains(self.client.post(url, fields), "There is already a speaker with this name")
        self.assertEqual(Quote.objects.get().speaker, self.gone)
        post_confirmed(self.client, url, {**fields, "namesake": "on"})
        self.assertEqual(Quote.objects.get().speaker.name, "Ada Okafor")
        self.assertNotIn(Quote.objects.get().speaker, (self.kept, self.gone))

    def test_quotes_are_not_moved_to_the_speaker_they_have(self):
        url = reverse("admin:desk-splitting", args=[self.gone.pk])
        page = self.client.post(url, {"quote": [self.quote.pk], "to": f"#{self.gone.pk}"})
        self.assertContains(page, "The quotes already have this speaker. Choose another.")

    def test_a_turn_with_another_label_is_neither_counted_nor_moved(self):
        other = make_speaker("Mira Tolland")
        article = make_article(body="Mira Tolland: Did it hold?\n\nAda Okáfor: It held.")
        for words, role, speaker in (("Did it hold?", "question", other), ("It held.", "answer", self.gone)):
            turn = make_turn(article, words, role, source=speaker.name, labelled=True, speaker=speaker)
            labelled = make_quote(article, words, kind=role, turn=turn, speaker=speaker, source=speaker.name)
        url = reverse("admin:desk-splitting", args=[self.gone.pk])
        fields = {"quote": [self.quote.pk, labelled.pk], "to": f"#{other.pk}"}
        asked = self.client.post(url, fields)
        self.assertContains(asked, "Move 1 quote of")
        self.assertContains(asked, "“It held.” is not moved. The label here is")
        page = post_confirmed(self.client, url, fields)
        self.assertContains(page, "“It held.” is not moved. The label here is")
        self.assertContains(page, "1 quote moved.")
        labelled.refresh_from_db()
        self.assertEqual(labelled.speaker, self.gone)
        page = self.client.post(url, {**fields, "quote": [labelled.pk]})
        self.assertContains(page, "“It held.” is not moved. The label here is")

    def test_a_reader_takes_nothing_back(self):
        client = log_in(make_user("reader"))
        self.assertEqual(client.post(reverse("admin:undo"), {"key": "1"}).status_code, 403)


class PerhapsTheSameTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.one = make_speaker("Ada Okafor", description="mayor")
        cls.other = make_speaker("Ada Okáfor")
        article = make_article(body="“It holds,” she said.")
        make_quote(article, "It holds,", speaker=cls.other)

    def setUp(self):
        self.client = log_in(self.editor)

    def page(self, **query):
        return self.client.get(reverse("admin:duplicate-speakers"), query)

    def say(self, **fields):
        return self.client.post(reverse("admin:duplicate-speakers"), fields, follow=True)

    def test_each_pair_stands_with_who_they_are_and_where_they_are_quoted(self):
        page = self.page()
        (row,) = page.context["rows"]
        self.assertEqual((row.later.speaker, row.earlier.speaker), (self.other, self.one))
        self.assertContains(page, "1 quote in Selwy Courier, 2019")
        self.assertContains(page, "mayor")
        self.assertContains(page, f"?given_up=%23{self.other.pk}&amp;kept=%23{self.one.pk}")

    def test_a_pair_ruled_different_is_listed_again_once_that_is_revoked(self):
        self.say(apart=f"{self.one.pk}:{self.other.pk}")
        page = self.say(apart=f"{self.one.pk}:{self.other.pk}")
        self.assertEqual(page.context["rows"], [])
        (said,) = page.context["not_duplicates"]
        self.assertEqual((said.earlier, said.later, said.decided_by), (self.one, self.other, self.editor))
        self.assertEqual(len(self.say(back=said.pk).context["rows"]), 1)
        self.assertEqual(SpeakersToldApart.objects.active().count(), 0)

    def test_the_list_is_narrowed_by_name_and_by_what_makes_them_look_like_one(self):
        make_speaker("Osric Pell"), make_speaker("O. Pell")
        self.assertEqual(len(self.page().context["rows"]), 2)
        self.assertEqual(len(self.page(q="PELL").context["rows"]), 1)
        self.assertEqual(len(self.page(why="initials").context["rows"]), 1)
        for query in ({"page": "9"}, {"page": "x"}):
            self.assertEqual(self.page(**query).status_code, 404)

    def test_nonsense_is_refused(self):
        for fields in (
            {"apart": "1"},
            {"apart": "x:y"},
            {"back": "9"},
            {"back": "x"},
            {"apart": f"{self.one.pk}:0"},
        ):
            self.assertEqual(self.say(**fields).status_code, 404)
        for spelling in ("", "0", " "):
            self.assertEqual(self.say(apart=f"{self.one.pk}:{spelling}{self.one.pk}").status_code, 400)

    def test_the_number_of_questions_does_not_grow_with_the_pairs(self):
        with CaptureQueriesContext(connection) as few:
            self.page()
        for number in range(20):
            make_speaker(f"Osric Pell {number}", aliases=(f"Mira Tolland {number}",))
            make_speaker(f"Ósric Pell {number}", description="keeper")
        with CaptureQueriesContext(connection) as many:
            self.assertGreater(len(self.page().context["rows"]), 15)
        self.assertEqual(len(many), len(few))

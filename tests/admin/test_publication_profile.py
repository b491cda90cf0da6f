"""The profile of a publication: learned from corrections, confirmed by an editor, then used."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from articles.models import Article, PublicationProfile, Turn
from articles.operations.dump import dump
from articles.revisions.recent_changes import recent_changes
from tests.admin.desk import fields_of, log_in, make_user, open_form, post_confirmed, send
from tests.factories import make_publication, make_section

PASTE = "/admin/desk/paste/"
KIOSK = "Buy the Courier at the kiosk on Quay Street."
STORY = (
    "Weir opens for the {n} time\n\n{date}\n\n"
    "Farmers below the bridge had forty minutes to move their stock before it opened, {n} in all.\n\n"
    "The siren was heard as far as the mill, and the water stayed below the second mark.\n\n"
    "Courier report / Ada Okafor\n\n"
    f"{KIOSK}\n\nAll rights reserved\n\n"
    "© 2019 Selwy Courier\n"
)
TALK = (
    "The master of the weir, part {n}\n\n2019-05-0{n}\n\nA talk with the master of the weir, Ilmar Vance.\n\n"
    "Vance: Shall I begin with the flood of {n}?\n\nStudio: Tell us about the winter of the long flood.\n\n"
    "Vance: It was long. Did anybody sleep?\n\nStudio: And the bridge, we hear, moved by a hand.\n\n"
    "Vance: Does it ever stand still?\n\nAll rights reserved\n\n© 2019 Selwy Courier\n"
)


class ProfileCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")
        cls.courier = make_publication("Selwy Courier")
        cls.news = make_section("Home news")
        cls.url = reverse("admin:desk-publication", args=[cls.courier.pk])

    def setUp(self):
        self.client = log_in(self.chief)

    def paste(self, text):
        self.client.post(PASTE, {"text": text})
        return Article.objects.latest("pk")

    def correct(self, n, **changes):
        """Paste a story, and publish it with the corrections that every editor would make."""
        article = self.paste(STORY.format(n=n, date=f"0{n}/04/2019"))
        fields = open_form(self.client, article)
        body = article.body.replace(f"\n\n{KIOSK}", "").replace("\n\nCourier report / Ada Okafor", "")
        fields |= {
            "body": body, "byline": "Courier report / Ada Okafor", "date": f"2019-04-0{n}",
            "section": str(self.news.pk), **changes,
        }  # fmt: skip
        send(self.client, article, fields, "publish")
        article.refresh_from_db()
        self.assertEqual(article.status, "usable", article.extra)
        return article

    def learned(self):
        page = self.client.get(self.url)
        return {(one.field, one.value): one for one in page.context["learned"]}

    def use(self, field, value):
        return self.client.post(self.url, {"do": f"use:{field}:{value}"}, follow=True)


class LearningTests(ProfileCase):
    def test_three_same_corrections_are_suggested_confirmed_and_spared_the_fourth_time(self):
        for n in (1, 2):
            self.correct(n)
        self.assertEqual(self.learned(), {})
        self.correct(3)
        found = self.learned()
        wanted = {
            ("section", str(self.news.pk)), ("date_order", "day first"), ("cut_lines", KIOSK),
            ("byline", "Courier report / {name}"),
        }  # fmt: skip
        self.assertEqual(set(found), wanted)
        page = self.client.get(self.url)
        self.assertContains(page, "3 articles")
        fourth = self.paste(STORY.format(n=4, date="05/04/2019"))
        self.assertEqual((fourth.section, fourth.published_on, fourth.byline), (None, None, ""))

        for field, value in wanted:
            self.assertContains(self.use(field, value), "Now used for articles added from now on")
        self.assertTrue(all(one.used for one in self.learned().values()))
        fifth = self.paste(STORY.format(n=5, date="06/04/2019"))
        self.assertEqual((fifth.section, fifth.published_as_printed), (self.news, "2019-04-06"))
        self.assertEqual(fifth.byline, "Courier report / Ada Okafor")
        self.assertNotIn("Courier", fifth.body)
        self.assertIn(KIOSK, fifth.extra["removed"])

    def test_a_label_whose_turns_were_made_questions_three_times_asks_from_then_on(self):
        for n in (1, 2, 3):
            article = self.paste(TALK.format(n=n))
            first = article.turns.first()
            self.assertEqual((first.source, first.role), ("Vance", "question"))
            send(self.client, article, open_form(self.client, article), f"flipon:{first.pk}")
            send(self.client, article, {**open_form(self.client, article), "undated": "on"}, "publish")
        self.assertEqual(set(self.learned()), {("labels", "Studio")})
        self.use("labels", "Studio")
        article = self.paste(TALK.format(n=4))
        roles = dict.fromkeys(Turn.objects.filter(article=article).values_list("source", "role"))
        self.assertEqual(list(roles), [("Vance", "answer"), ("Studio", "question")])

    def test_what_another_article_contradicts_is_not_suggested(self):
        sport = make_section("Sport")
        for n in (1, 2, 3):
            self.correct(n)
        other = self.correct(4, section=str(sport.pk))
        Article.objects.filter(pk=other.pk).update(body=f"{other.body}\n\n{KIOSK}")
        self.assertEqual(
            set(self.learned()), {("date_order", "day first"), ("byline", "Courier report / {name}")}
        )

    def test_a_suggestion_is_used_by_nobody_who_may_not_change_the_publication(self):
        for n in (1, 2, 3):
            self.correct(n)
        self.client = log_in(make_user("editor"))
        self.assertContains(self.client.get(self.url), "Not used yet")
        self.assertEqual(self.client.post(self.url, {"do": f"use:cut_lines:{KIOSK}"}).status_code, 403)
        self.assertFalse(PublicationProfile.objects.exists())

    def test_what_no_article_says_any_more_is_not_used(self):
        self.assertContains(self.use("section", str(self.news.pk)), "Nothing was changed")
        self.assertContains(self.use("full_text", "excerpt"), "Nothing was changed")


class ProfilePageTests(ProfileCase):
    def save(self, **changes):
        fields = fields_of(self.client.get(self.url).content.decode(), "profile")
        return self.client.post(self.url, {**fields, **changes, "do": "save"}, follow=True)

    def profile(self):
        return PublicationProfile.objects.get(publication=self.courier)

    def test_it_is_changed_by_hand_and_the_change_undone(self):
        self.save(labels="Courier:\r\n\r\nStudio", date_order="month first")
        self.assertEqual(self.profile().labels, ["Courier", "Studio"])
        page = self.save(cut_lines=f"{KIOSK}\r\n{KIOSK}", section=str(self.news.pk))
        self.assertContains(page, "Profile saved.")
        self.assertEqual((self.profile().cut_lines, self.profile().section), ([KIOSK], self.news))
        post_confirmed(self.client, reverse("admin:undo"), {"key": recent_changes()[0].pk})
        again = self.profile()
        self.assertEqual((again.cut_lines, again.section, again.labels), ([], None, ["Courier", "Studio"]))

    def test_a_byline_without_the_place_of_the_name_is_refused(self):
        for wrong in ("By the Courier", "{name}", "{name} and {name}"):
            self.assertContains(self.save(byline=wrong), "Write {name} once")
        self.assertContains(self.save(labels="x" * 81), "A line has 81 characters.")
        self.assertFalse(PublicationProfile.objects.exists())

    def test_two_editors_who_change_different_parts_lose_nothing(self):
        self.save(labels="Studio")
        fields = fields_of(self.client.get(self.url).content.decode(), "profile")
        self.save(date_order="day first")
        self.client.post(self.url, {**fields, "byline": "Courier report / {name}", "do": "save"})
        stored = self.profile()
        self.assertEqual((stored.date_order, stored.byline), ("day first", "Courier report / {name}"))

    def test_a_mapping_of_its_files_is_listed_and_removed(self):
        PublicationProfile.objects.create(
            publication=self.courier, mappings=[{"columns": ["Text", "Title"], "map": ""}]
        )
        self.assertContains(self.client.get(self.url), "Remove the mapping for Text, Title")
        (button,) = self.forget_buttons()
        self.client.post(self.url, {"do": button})
        self.assertEqual(self.profile().mappings, [])

    def forget_buttons(self):
        return re.findall(r'value="(forget:[^"]*)"', self.client.get(self.url).content.decode())

    def test_a_mapping_removed_twice_removes_no_other(self):
        mappings = [{"columns": [name, "Title"], "map": ""} for name in ("Text", "Body", "Story")]
        PublicationProfile.objects.create(publication=self.courier, mappings=mappings)
        first, _, _ = self.forget_buttons()
        self.client.post(self.url, {"do": first})
        page = self.client.post(self.url, {"do": first}, follow=True)
        self.assertContains(page, "Nothing was changed: another editor has removed or changed")
        self.assertEqual(self.profile().mappings, mappings[1:])

    def test_a_button_that_names_no_mapping_removes_none(self):
        mappings = [{"columns": ["Text", "Title"], "map": ""}]
        PublicationProfile.objects.create(publication=self.courier, mappings=mappings)
        for which in ("0", "x", "", "9" * 5000):
            self.client.post(self.url, {"do": f"forget:{which}"})
        self.assertEqual(self.profile().mappings, mappings)

    def test_it_is_used_for_files_and_imports(self):
        self.save(cut_lines=KIOSK, section=str(self.news.pk))
        story = STORY.format(n=1, date="2019-04-01")
        self.client.post(PASTE, {"file": SimpleUploadedFile("weir.txt", story.encode())})
        rows = f'{{"headline": "Gates", "body": "They held.\\n\\n{KIOSK}", "publication": "selwy courier"}}\n'
        sent = self.client.post(
            "/admin/desk/imports/upload/", {"file": SimpleUploadedFile("a.jsonl", rows.encode())}
        )
        self.client.post(sent.url, {"do": "import"})
        for article in Article.objects.all():
            self.assertEqual((article.section, KIOSK in article.body), (self.news, False), article)

    def test_it_is_on_the_page_of_the_publication_and_in_a_dump(self):
        self.save(labels="Studio")
        page = self.client.get(reverse("admin:articles_publication_change", args=[self.courier.pk]))
        self.assertContains(page, f'href="{self.url}"')
        self.assertTrue(any(line.startswith('["articles_publicationprofile", ') for line in dump()))

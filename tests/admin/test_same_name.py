"""A new speaker with a name that another has: shown first, then created after a confirmation."""

import re

from django.test import TestCase
from django.urls import reverse

from articles.models import Quote, Speaker
from tests.admin.desk import confirmed, fields_of, log_in, make_user, post_confirmed
from tests.admin.test_unlinked_names import print_name
from tests.factories import make_article, make_quote, make_speaker


class SpeakerFormTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.pell = make_speaker("Osric Pell", aliases=("O. J. Pell",))
        cls.pell.roles.create(title="keeper", organisation="Thane Weir")
        make_quote(make_article(body="“It holds,” he said."), "It holds,", speaker=cls.pell)

    def setUp(self):
        self.client = log_in(self.editor)
        self.url = reverse("admin:articles_speaker_add")

    def open(self, url=""):
        return fields_of(self.client.get(url or self.url).content.decode(), "speaker_form")

    def send(self, fields, url=""):
        return confirmed(self.client, self.client.post(url or self.url, fields))

    def names(self):
        return sorted(Speaker.objects.values_list("name", flat=True))

    def test_a_name_borne_in_other_capitals_and_accents_is_asked_back_with_who_bears_it(self):
        fields = self.open() | {
            "name": "ÓSRIC PELL",
            "slug": "osric-2",
            "description": "a baker",
            "kind": "person",
        }
        page = self.send(fields)
        self.assertContains(page, "There is already a speaker with this name")
        self.assertContains(page, "keeper, Thane Weir; 1 quote.")
        self.assertContains(page, reverse("admin:articles_speaker_change", args=[self.pell.pk]))
        self.assertContains(page, 'value="a baker"')
        self.assertEqual(self.names(), ["Osric Pell"])
        again = fields_of(page.content.decode(), "speaker_form")
        self.assertContains(self.send(again), "There is already a speaker with this name")
        self.assertEqual(self.send(again | {"namesake": "on"}).status_code, 302)
        self.assertEqual(self.names(), ["Osric Pell", "ÓSRIC PELL"])

    def test_a_tick_sent_before_anybody_was_shown_confirms_nothing(self):
        fields = self.open() | {"name": "Osric Pell", "slug": "osric-2", "kind": "person", "namesake": "on"}
        self.assertContains(self.send(fields), "There is already a speaker with this name")

    def test_one_who_came_to_bear_it_since_is_shown_as_well(self):
        fields = self.open() | {"name": "Osric Pell", "slug": "osric-3", "kind": "person"}
        again = fields_of(self.send(fields).content.decode(), "speaker_form")
        make_speaker("osric pell")
        self.assertContains(
            self.send(again | {"namesake": "on"}), "There is already a speaker with this name"
        )

    def test_an_alias_is_a_name(self):
        fields = self.open() | {"name": "Mira Tolland", "slug": "mira", "kind": "person"}
        fields |= {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "o j pell", "aliases-0-kind": "spelling"}
        self.assertContains(self.send(fields), "There is already a speaker with this name")
        fields = self.open() | {"name": "O. J. Pell", "slug": "oj", "kind": "person"}
        self.assertContains(self.send(fields), "There is already a speaker with this name")

    def test_renaming_asks_and_saving_a_known_namesake_does_not(self):
        other = make_speaker("Mira Tolland", slug="mira")
        url = reverse("admin:articles_speaker_change", args=[other.pk])
        page = self.send(self.open(url) | {"name": "Osric Pell"}, url)
        self.assertContains(page, "There is already a speaker with this name")
        self.send(fields_of(page.content.decode(), "speaker_form") | {"namesake": "on"}, url)
        other.refresh_from_db()
        self.assertEqual(other.name, "Osric Pell")
        self.assertEqual(self.send(self.open(url) | {"description": "a baker"}, url).status_code, 302)

    def test_a_name_of_ones_own_and_an_unnamed_speaker_are_not_asked_about(self):
        url = reverse("admin:articles_speaker_change", args=[self.pell.pk])
        self.assertEqual(self.send(self.open(url) | {"name": "Osric J. Pell"}, url).status_code, 302)
        self.assertEqual(self.send(self.open(url) | {"name": "OSRIC PELL"}, url).status_code, 302)
        fields = self.open() | {"name": "Osric Pell", "slug": "unnamed", "kind": "unnamed"}
        self.assertEqual(self.send(fields).status_code, 302)


class NamesDeskTests(TestCase):
    def setUp(self):
        self.client = log_in(make_user("editor"))
        self.pell = make_speaker("Ósric Pell", description="keeper of the weir")
        print_name("Osric Pell"), print_name("Mira Tolland")

    def send(self, **more):
        fields = {"n-1": "Osric Pell", "m-1": "new", "n-2": "Mira Tolland", "m-2": "description"}
        return post_confirmed(self.client, reverse("admin:desk-names"), fields | more)

    def test_a_new_speaker_of_a_name_borne_in_other_accents_is_asked_back_and_the_rest_is_decided(self):
        page = self.send()
        self.assertContains(page, "There is already a speaker with this name")
        self.assertContains(page, "keeper of the weir")
        self.assertEqual([row.name for row in page.context["rows"]], ["Osric Pell"])
        self.assertRegex(page.content.decode(), r'value="new" data-key="n" checked')
        self.assertEqual(Speaker.objects.count(), 1)

    def test_said_to_be_somebody_else_it_is_made(self):
        asked = re.search(r'name="(c-\d+)" value="([^"]+)"', self.send().content.decode())
        number, ids = asked[1], asked[2]
        given = {f"n-{number[2:]}": "Osric Pell", f"m-{number[2:]}": "new", number: ids}
        post_confirmed(self.client, reverse("admin:desk-names"), given)
        self.assertEqual(Speaker.objects.count(), 2)
        linked = Quote.objects.filter(name_as_printed="Osric Pell").values_list("speaker__name", flat=True)
        self.assertEqual(set(linked), {"Osric Pell"})

    def test_a_tick_for_another_bearer_confirms_nothing(self):
        self.send(**{"c-1": str(self.pell.pk + 1)})
        self.assertEqual(Speaker.objects.count(), 1)


class PartingTests(TestCase):
    def test_a_new_name_borne_in_other_accents_is_asked_back_with_who_bears_it(self):
        client = log_in(make_user("editor"))
        pell, other = make_speaker("Osric Pell"), make_speaker("Mira Tólland", description="reeve")
        quote = make_quote(make_article(body="“It holds,” he said."), "It holds,", speaker=pell)
        url = reverse("admin:desk-splitting", args=[pell.pk])
        page = client.post(url, {"quote": [quote.pk], "name": "Mira Tolland"})
        self.assertContains(page, "There is already a speaker with this name")
        self.assertContains(page, "reeve")
        self.assertContains(page, f'value="{quote.pk}" checked')
        post_confirmed(client, url, {"quote": [quote.pk], "to": "Mira Tolland"})
        quote.refresh_from_db()
        self.assertEqual(quote.speaker, other)

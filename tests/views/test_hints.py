"""Unknown names and fields in a query: the page suggests what to write."""

from django.test import TestCase

from tests.factories import make_article, make_quote, make_speaker


class HintTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make_article(body="“We will rebuild,” said Ada Okafor. “No,” said Mira Okafor.")
        cls.ada = make_speaker("Ada Okafor", slug="ada-okafor")
        cls.mira = make_speaker("Mira Okafor", slug="mira-okafor")
        make_quote(cls.article, "We will rebuild,", speaker=cls.ada)
        make_quote(cls.article, "No,", speaker=cls.mira)
        make_quote(make_article(body="“Yes,” said Osric Pell."), "Yes,", speaker=make_speaker("Osric Pell"))
        make_speaker("Silent Okafor")

    def hints(self, q, path="/search/", **more):
        return self.client.get(path, {"q": q, "format": "json", **more}).json()["query"]["hints"]

    def test_a_surname_lists_the_speakers_who_bear_it_with_their_counts(self):
        response = self.client.get("/quotes/", {"q": "rebuild OR speaker:Okafor"})
        self.assertContains(response, "No speaker is called “Okafor”; these have it in the name. Search for:")
        link = '<a href="?q=rebuild+OR+speaker%3A{}">{}<span class="num">{}</span></a>'
        self.assertContains(response, link.format("ada-okafor", "Ada Okafor", 1), html=True)
        self.assertContains(response, link.format("mira-okafor", "Mira Okafor", 2), html=True)
        self.assertNotContains(response, "Silent Okafor")

    def test_each_count_is_what_its_link_finds(self):
        (hint,) = self.hints("speaker:okafor")
        self.assertEqual((hint["text"], hint["position"]), ("speaker:okafor", 0))
        self.assertEqual([each["label"] for each in hint["instead"]], ["Ada Okafor", "Mira Okafor"])
        for each in hint["instead"]:
            found = self.client.get("/search/", {"q": each["query"], "format": "json"}).json()
            self.assertEqual((found["count"], found["query"]["hints"]), (each["count"], []))

    def test_a_name_that_fits_one_speaker_is_said_to_fit_that_one(self):
        (hint,) = self.hints('speaker:"pell"')
        self.assertEqual(hint["message"], "no speaker is called “pell”; one has it in the name")
        self.assertEqual([each["label"] for each in hint["instead"]], ["Osric Pell"])

    def test_no_more_than_three_names_are_explained(self):
        self.assertEqual(len(self.hints(" OR ".join(f"speaker:pel{n}" for n in range(20)))), 3)

    def test_a_name_nearly_written_so_is_offered(self):
        (hint,) = self.hints('speaker:"Ozric Pell"')
        self.assertEqual(hint["message"], "no speaker is called “Ozric Pell”; written nearly so")
        self.assertEqual([each["label"] for each in hint["instead"]], ["Osric Pell"])

    def test_other_names_that_nothing_has_are_said_too(self):
        (publication, author) = self.hints("publication:courier author:nobody")
        self.assertEqual([each["label"] for each in publication["instead"]], ["Selwy Courier"])
        self.assertEqual((author["message"], author["instead"]), ("no author is called “nobody”", []))

    def test_a_full_name_needs_no_hint_and_no_more_statements(self):
        self.hints("speaker:ada-okafor")
        with self.assertNumQueries(9):
            self.assertEqual(self.hints("speaker:ada-okafor"), [])

    def test_an_unknown_field_says_what_to_write_instead(self):
        response = self.client.get("/search/", {"q": "rebuild date:2019"})
        self.assertContains(
            response, "There is no field “date:”, so this was searched as words. Write instead:"
        )
        link = '<a href="?q=rebuild+after%3A2019+before%3A2020">after:2019 before:2020</a>'
        self.assertContains(response, link, html=True)
        self.assertContains(self.client.get("/speakers/ada-okafor/", {"q": "title:a"}), "headline:a")

    def test_an_unknown_field_is_a_hint_in_json(self):
        (hint,) = self.hints("source:courier")
        self.assertEqual(
            [(each["label"], each["count"]) for each in hint["instead"]],
            [("publication:courier", None), ("speaker:courier", None)],
        )
        self.assertTrue(hint["instead"][0]["url"].endswith("/search/?q=publication%3Acourier&format=json"))

    def test_names_of_today_are_offered_in_a_search_of_the_past(self):
        (hint,) = self.hints("speaker:okafor", as_of="2020-01-01")
        self.assertEqual([each["count"] for each in hint["instead"]], [0, 0])

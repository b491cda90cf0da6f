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
        self.assertContains(response, "We have no speaker called “Okafor”. Names with these words:")
        link = '<a href="?q=rebuild+OR+speaker%3A{}">{}<span class="num">{}</span></a>'
        self.assertContains(response, link.format("ada-okafor", "Ada Okafor", 1), html=True)
        self.assertContains(response, link.format("mira-okafor", "Mira Okafor", 2), html=True)
        self.assertNotContains(response, "Silent Okafor")
        every = '<a href="/speakers/?q=Okafor">All speakers with this name</a>'
        self.assertContains(response, every, html=True)

    def test_each_count_is_what_its_link_finds(self):
        (hint,) = self.hints("speaker:okafor")
        self.assertEqual((hint["text"], hint["position"]), ("speaker:okafor", 0))
        self.assertEqual([each["label"] for each in hint["instead"]], ["Ada Okafor", "Mira Okafor"])
        for each in hint["instead"]:
            found = self.client.get("/search/", {"q": each["query"], "format": "json"}).json()
            self.assertEqual((found["count"], found["query"]["hints"]), (each["count"], []))

    def test_a_first_name_is_enough_to_be_offered_the_speaker(self):
        (hint,) = self.hints("speaker:osric")
        self.assertEqual(hint["message"], "We have no speaker called “osric”")
        self.assertEqual([each["label"] for each in hint["instead"]], ["Osric Pell"])

    def test_no_more_than_three_names_are_explained(self):
        self.assertEqual(len(self.hints(" OR ".join(f"speaker:pel{n}" for n in range(20)))), 3)

    def test_a_name_nearly_written_so_is_offered(self):
        (hint,) = self.hints('speaker:"Ozric Pell"')
        self.assertEqual(hint["message"], "We have no speaker called “Ozric Pell”")
        self.assertContains(self.client.get("/search/", {"q": 'speaker:"Ozric Pell"'}), "Similar names:")
        self.assertEqual([each["label"] for each in hint["instead"]], ["Osric Pell"])

    def test_other_names_that_nothing_has_are_said_too(self):
        (publication, author) = self.hints("publication:courier author:nobody")
        self.assertEqual([each["label"] for each in publication["instead"]], ["Selwy Courier"])
        self.assertEqual((author["message"], author["instead"]), ("We have no author called “nobody”", []))

    def test_a_full_name_needs_no_hint_and_no_more_statements(self):
        self.hints("speaker:ada-okafor")
        with self.assertNumQueries(9):
            self.assertEqual(self.hints("speaker:ada-okafor"), [])

    def test_a_name_of_several_speakers_offers_each_of_them(self):
        twin = make_speaker("Ada Okafor", slug="ada-okafor-2")
        make_quote(make_article(body="“Never,” said Ada Okafor."), "Never,", speaker=twin)
        (hint,) = self.hints('speaker:"Ada Okafor"')
        self.assertEqual(hint["message"], "Several speakers are called “Ada Okafor”")
        for each in hint["instead"]:
            found = self.client.get("/search/", {"q": each["query"], "format": "json"}).json()
            self.assertEqual((each["count"], found["count"]), (1, 1))

    def test_names_are_offered_too_where_other_words_find_nothing(self):
        (hint,) = self.hints("zeppelin speaker:okafor")
        self.assertEqual([each["count"] for each in hint["instead"]], [0, 0])

    def test_a_name_in_a_parameter_leads_to_its_slug(self):
        for name, value in (("speaker", "ada OKAFOR"), ("publication", "the selwy courier")):
            response = self.client.get("/search/", {name: value})
            self.assertRedirects(
                response, f"/search/?{name}={value.lower().removeprefix('the ').replace(' ', '-')}"
            )

    def test_a_name_in_a_parameter_that_fits_several_finds_nothing_and_offers_each(self):
        for sign, counts in (("", [1, 1]), ("-", [1, 1])):
            response = self.client.get("/search/", {f"{sign}speaker": "okafor"})
            self.assertContains(response, "We have no speaker called “okafor”. Names with these words:")
            (hint,) = response.context["page"].answer.hints
            self.assertEqual([each.count for each in hint.instead], counts)
            for each in hint.instead:
                self.assertEqual(
                    self.client.get(f"/search/{each.url}").context["page"].answer.count, each.count
                )
        self.assertEqual(self.client.get("/search/", {"speaker": "okafor"}).context["page"].answer.count, 0)

    def test_an_author_is_offered_by_surname(self):
        make_article(authors=(make_speaker("Ben Thole"),))
        (hint,) = self.hints("author:thole")
        self.assertEqual([(each["label"], each["count"]) for each in hint["instead"]], [("Ben Thole", 1)])

    def test_a_misspelt_publication_is_offered(self):
        (hint,) = self.hints('publication:"Selwey Curier"')
        self.assertEqual([each["label"] for each in hint["instead"]], ["Selwy Courier"])

    def test_a_date_with_the_month_first_is_ignored_with_a_link_to_the_other_order(self):
        response = self.client.get("/search/", {"q": "rebuild after:12/31/2015 -no"})
        self.assertContains(response, "“12/31/2015” has the month first. Write the day first: 31/12/2015")
        self.assertContains(
            response, '<a href="?q=rebuild+after%3A31%2F12%2F2015+-no">31/12/2015</a>', html=True
        )
        response = self.client.get("/search/", {"q": 'after:"12/31/2015" rebuild'})
        self.assertContains(response, '<a href="?q=after%3A31%2F12%2F2015+rebuild">31/12/2015</a>', html=True)

    def test_a_date_field_takes_typed_dates(self):
        for q in ("after:1/5/2015", 'after:"May 2015"', "after:1 May 2015", "before:31/12/2099"):
            response = self.client.get("/search/", {"q": f"rebuild {q}"})
            self.assertEqual(response.context["page"].question.parsed.ignored, (), q)

    def test_dotted_initials_say_what_else_they_find(self):
        response = self.client.get("/search/", {"q": '"U.S." troops'})
        self.assertContains(response, "“U.S.” also finds the word “us”")

    def test_an_unknown_field_says_what_to_write_instead(self):
        response = self.client.get("/search/", {"q": "rebuild date:2019"})
        self.assertContains(
            response, "There is no field “date:”, so we searched for the words. Write instead:"
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

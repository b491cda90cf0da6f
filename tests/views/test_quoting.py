"""`quoting:` asks for articles that quote a speaker; two of them for articles that quote both."""

from django.test import TestCase

from tests.factories import make_article, make_quote, make_speaker


class QuotingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = make_speaker("Ada Okafor", slug="ada-okafor", aliases=("A. N. Okafor",))
        cls.ben = make_speaker("Ben Thole", slug="ben-thole")
        old = make_speaker("Benedict Thole", slug="benedict-thole", merged_into=cls.ben)
        cls.both = make_article(
            headline="Both", body="“We agree,” said Ada Okafor. “The dam holds,” said Ben Thole."
        )
        make_quote(cls.both, "We agree,", speaker=cls.ada)
        make_quote(cls.both, "The dam holds,", speaker=old)
        cls.ada_alone = make_article(headline="Ada alone", body="“The dam leaks,” said Ada Okafor.")
        make_quote(cls.ada_alone, "The dam leaks,", speaker=cls.ada)
        cls.ben_alone = make_article(
            headline="Ben alone", body="“Nothing,” said Ben Thole. “Or,” said Ada Okafor."
        )
        make_quote(cls.ben_alone, "Nothing,", speaker=cls.ben)
        make_quote(cls.ben_alone, "Or,", speaker=cls.ada, status="rejected")

    def page(self, q, path="/search/", **more):
        return self.client.get(path, {"q": q, "sort": "oldest", **more}).context["page"]

    def found(self, q, **more):
        return [row.headline for row in self.page(q, **more).answer.rows]

    def test_two_conditions_are_about_two_quotes_of_the_article(self):
        self.assertEqual(self.found('quoting:"Ada Okafor" quoting:"Ben Thole"'), ["Both"])
        self.assertEqual(self.found('speaker:"Ada Okafor" speaker:"Ben Thole"'), [])

    def test_it_can_be_excluded_and_joined_by_or(self):
        self.assertEqual(self.found("quoting:ada-okafor -quoting:ben-thole"), ["Ada alone"])
        self.assertEqual(self.found("quoting:(ada-okafor OR ben-thole) -dam"), ["Ben alone"])
        self.assertEqual(self.found("-quoting:ada-okafor"), ["Ben alone"])

    def test_aliases_and_merged_speakers_are_found(self):
        self.assertEqual(self.found('quoting:"a. n. okafor" quoting:"Benedict Thole"'), ["Both"])

    def test_it_stands_beside_conditions_on_one_quote(self):
        self.assertEqual(self.found("quote:dam speaker:ada-okafor quoting:ben-thole"), [])
        self.assertEqual(self.found("quote:dam quoting:ben-thole"), ["Both"])

    def test_of_quotes_it_is_about_their_article(self):
        page = self.page("speaker:ada-okafor quoting:ben-thole", "/quotes/")
        self.assertEqual([row.text for row in page.answer.rows], ["We agree,"])
        page = self.client.get("/speakers/ada-okafor/", {"q": "-quoting:ben-thole"}).context["page"]
        self.assertEqual([row.text for row in page.answer.rows], ["The dam leaks,"])

    def test_each_clause_is_explained_and_counted(self):
        page = self.page("quoting:ada-okafor quoting:ben-thole")
        self.assertEqual(
            [(clause.read.explanation, clause.read.count) for clause in page.clauses],
            [("articles that quote ada-okafor", 2), ("articles that quote ben-thole", 2)],
        )

    def test_the_quotes_of_those_named_are_shown_with_the_article(self):
        (result,) = self.page("quoting:ada-okafor quoting:ben-thole").results
        self.assertEqual({found.row.text for found in result.quotes}, {"We agree,", "The dam holds,"})

    def test_two_speakers_of_one_quote_are_offered_as_speakers_of_the_article(self):
        response = self.client.get("/search/", {"q": "speaker:ada-okafor speaker:ben-thole"})
        self.assertContains(response, 'href="?q=quoting%3Aada-okafor+speaker%3Aben-thole"')
        self.assertEqual(self.found("quoting:ada-okafor speaker:ben-thole"), ["Both"])

    def test_a_surname_lists_the_speakers_with_it(self):
        (hint,) = self.page("quoting:thole").answer.hints
        self.assertEqual([(each.label, each.query, each.count) for each in hint.instead], [
            ("Ben Thole", "quoting:ben-thole", 2),
        ])  # fmt: skip

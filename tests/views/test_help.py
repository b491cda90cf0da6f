"""The search help: every example is a working search with its count."""

from html import unescape

from django.test import TestCase

from tests.factories import make_article, make_quote, make_speaker, make_turn
from tests.views.queries import TWELVE


class HelpTests(TestCase):
    def archive(self):
        ada = make_speaker('Ada "A." Okafor' if self.awkward else "Ada Okafor", slug="ada-okafor")
        article = make_article(
            headline="Carbon taxes divide the council",
            standfirst="A long evening",
            body="“We shall certainly appeal,” said Ada Okafor.",
            byline="Ben Thole",
            section="Home news",
            topics=("Floods",),
            authors=(make_speaker("Ben Thole"),),
        )
        make_quote(article, "We shall certainly appeal,", speaker=ada)
        talk = make_article(
            headline="A talk", body="Is it late? Never after midnight.", captions=("The weighbridge.",)
        )
        make_quote(talk, "Is it late?", kind="question", turn=make_turn(talk, "Is it late?", "question"))
        answer = "Never after midnight."
        make_quote(talk, answer, kind="answer", turn=make_turn(talk, answer, "answer"))

    awkward = False

    def examples(self):
        groups = self.client.get("/help/search/").context["groups"]
        return [example for _, examples in groups for example in examples]

    def test_each_example_finds_as_many_as_it_says(self):
        self.archive()
        for example in self.examples():
            with self.subTest(example.text):
                page = self.client.get(f"/search/{example.url}", follow=True).context["page"]
                self.assertEqual(page.answer.count, example.count)
                self.assertEqual(page.question.parsed.ignored, ())

    def test_examples_are_of_words_that_stand_in_the_archive(self):
        self.archive()
        found = {example.text: example.count for example in self.examples()}
        self.assertEqual(found['speaker:"Ada Okafor"'], 1)
        self.assertEqual(found["quote:certainly"], 1)
        self.assertEqual(found["answer:midnight"], 1)
        self.assertEqual(found["question:late"], 1)
        self.assertEqual(found["caption:weighbridge"], 1)
        self.assertEqual(found['publication:"Selwy Courier"'], 2)
        self.assertGreater(sum(count > 0 for count in found.values()), len(found) * 0.7)

    def test_an_example_that_finds_nothing_is_left_out(self):
        self.assertEqual(self.examples(), [])
        self.archive()
        texts = [example.text for example in self.examples()]
        self.assertIn("answer:midnight", texts)
        self.assertFalse([text for text in texts if text.startswith("kicker:")])
        self.assertNotIn(0, [example.count for example in self.examples()])

    def test_a_name_with_quotation_marks_is_in_no_example(self):
        self.awkward = True
        self.archive()
        self.assertFalse([one.text for one in self.examples() if one.text.startswith("speaker:")])

    def test_the_page_shows_them_all_the_rule_of_ranking_and_of_a_random_order(self):
        self.archive()
        page = unescape(self.client.get("/help/search/").content.decode())
        for example in self.examples():
            self.assertIn(f"<code>{example.text}</code>", page)
        for said in (
            "5 times in the headline",
            "all results are ranked by BM25",
            "splitmix64",
            "500 characters or 40 words",
            "from 1 to 50",
            "The day comes before the month",
            "quoting:",
        ):
            self.assertIn(said, page)

    def test_it_asks_the_database_at_most_twelve_times(self):
        self.archive()
        # The first page reads the articles into memory.
        self.client.get("/help/search/")
        with self.assertNumQueries(TWELVE):
            self.client.get("/help/search/")

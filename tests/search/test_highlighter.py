"""Excerpts: the query words in context, with their spans."""

from django.http import QueryDict
from django.test import TestCase

from articles import search
from tests.factories import make_article, make_quote

FILLER = "Nothing else of note happened that day in the valley. " * 12


def ask(query, scope="articles"):
    asked = search.ArticleFilter(QueryDict(query), scope)
    assert asked.is_valid(), asked.errors
    return search.search(asked.cleaned)


def marked(excerpt):
    return [excerpt.text[start:end] for start, end in excerpt.marks]


class HighlighterTests(TestCase):
    def shown(self, query, **fields):
        article = make_article(**fields)
        (result,) = [result for result in ask(query).results if result.row == article]
        return result.excerpts

    def test_every_form_of_a_word_is_marked_and_no_other_word(self):
        (excerpt,) = self.shown("q=tax", body="Taxes were taxed; the taxi was not. A TAX.")
        self.assertEqual(marked(excerpt), ["Taxes", "taxed", "TAX"])

    def test_an_exact_word_marks_that_form_alone(self):
        (excerpt,) = self.shown("q=%22tax%22", body="Taxes were taxed. A Tax.")
        self.assertEqual(marked(excerpt), ["Tax"])

    def test_a_phrase_is_marked_as_a_whole_and_only_where_it_stands(self):
        (excerpt,) = self.shown("q=%22carbon+tax%22", body="A tax on carbon is a carbon-tax.")
        self.assertEqual(marked(excerpt), ["carbon-tax"])

    def test_accents_ligatures_and_initials_are_marked_as_written(self):
        body = "The U.S. saw Nu\u0301n\u0303ez’s ﬁne œuvre."
        (excerpt,) = self.shown("q=us+nunez+fine+oeuvre", body=body)
        self.assertEqual(marked(excerpt), ["U.S", "Nu\u0301n\u0303ez", "ﬁne", "œuvre"])

    def test_near_marks_both_sides_where_they_are_near(self):
        (excerpt,) = self.shown(
            "q=mayor+NEAR/2+resign", body="The mayor will resign. Only then a mayor spoke."
        )
        self.assertEqual(marked(excerpt), ["mayor", "resign"])

    def test_a_field_marks_its_part_alone(self):
        excerpts = self.shown("q=headline:flood", headline="Flood!", body="A flood came.")
        self.assertEqual(
            [(excerpt.part, marked(excerpt)) for excerpt in excerpts], [("headline", ["Flood"]), ("body", [])]
        )

    def test_a_word_to_be_left_out_is_not_marked(self):
        (excerpt,) = self.shown("q=river+-headline:river", body="A river.")
        self.assertEqual(marked(excerpt), ["river"])

    def test_fragments_stand_where_the_words_are_and_say_where_they_were_cut(self):
        body = f"{FILLER}\n\nThe heron left the river. {FILLER}\n\nA kite rose. {FILLER}"
        first, second = self.shown("q=heron+kite", body=body)
        self.assertEqual((marked(first), marked(second)), (["heron"], ["kite"]))
        for excerpt in (first, second):
            self.assertTrue(excerpt.cut_before and excerpt.cut_after)
            self.assertLess(len(excerpt.text), 260)
            self.assertEqual(body[excerpt.start :][: len(excerpt.text)].replace("\n", " "), excerpt.text)

    def test_a_phrase_across_two_paragraphs_is_marked(self):
        (excerpt,) = self.shown("q=%22one+heron%22", body="There was one\n\nheron there.")
        self.assertEqual(marked(excerpt), ["one  heron"])

    def test_keyword_in_context_gives_a_line_for_each_place(self):
        body = " ".join(f"Sentence {n} has a heron in it. {FILLER[:200]}" for n in range(8))
        excerpts = self.shown("q=heron&view=kwic", body=body)
        self.assertEqual([marked(excerpt) for excerpt in excerpts], [["heron"]] * 8)

    def test_without_words_the_beginning_is_shown(self):
        (excerpt,) = self.shown("", body="It began here. " + FILLER)
        self.assertTrue(excerpt.text.startswith("It began here."))
        self.assertEqual(excerpt.marks, ())

    def test_a_standfirst_with_the_word_needs_no_fragment_without(self):
        (excerpt,) = self.shown("q=heron", standfirst="A heron.", body="Nothing.")
        self.assertEqual(excerpt.part, "standfirst")

    def test_the_quotes_of_an_article_are_those_that_were_asked_for(self):
        article = make_article(body="“The heron left,” she said. “A kite,” he said. “No.”")
        heron, kite = make_quote(article, "The heron left,"), make_quote(article, "A kite,")
        make_quote(article, "No.")
        for query, expected in [("q=heron", [heron]), ("q=quote:kite", [kite]), ("q=said", []), ("", [])]:
            with self.subTest(query):
                (result,) = ask(query).results
                self.assertEqual([found.row for found in result.quotes], expected)
        (result,) = ask("q=quote:kite").results
        self.assertEqual(marked(result.quotes[0].excerpt), ["kite"])

    def test_a_quote_is_shown_whole_and_not_marked_across_its_gap(self):
        article = make_article(body="“The old,” she said, “heron left.”")
        make_quote(article, "The old,", "heron left.")
        (result,) = ask("q=old+OR+%22heron+left%22", "quotes").results
        self.assertEqual(marked(result.excerpts[0]), ["old", "heron left"])
        self.assertEqual(ask("q=%22old+heron%22", "quotes").count, 0)


class WholeWordsTests(TestCase):
    """Excerpts and lines begin and end between words."""

    def cut_words(self, body, shown):
        """Words at the ends of a shown text that are not words of the body."""
        known = set(body.split())
        return [word for word in (shown.split()[:1] + shown.split()[-1:]) if word not in known]

    def test_excerpts_and_lines_are_cut_between_words(self):
        for length in range(1, 60, 7):
            body = f"{'bridgework ' * 40}{'x' * length} heron {'y' * length} {'weighbridges ' * 40}"
            make_article(headline=f"No {length}", body=body)
            for query in ("q=heron", "q=heron&view=kwic"):
                for result in ask(f"{query}&sort=added").results[:1]:
                    for excerpt in result.excerpts:
                        self.assertEqual(self.cut_words(body, excerpt.text), [])
            page = self.client.get("/search/?q=heron&sort=added&view=kwic").context["page"]
            for text in (page.lines[0].before, page.lines[0].after):
                self.assertEqual(self.cut_words(body, text), [])

    def test_a_word_longer_than_an_excerpt_is_not_begun(self):
        make_article(body=f"{'z' * 300} heron {'w' * 300}")
        (result,) = ask("q=heron&view=kwic").results
        self.assertEqual([excerpt.text.strip() for excerpt in result.excerpts], ["heron"])

    def test_of_a_script_without_blanks_each_character_is_a_word(self):
        make_article(body=f"{'山' * 300}鷺{'川' * 300}", language="ja")
        (result,) = ask("q=鷺&view=kwic").results
        self.assertGreater(len(result.excerpts[0].text), 200)

    def test_the_sentences_around_a_quote_are_cut_between_words(self):
        body = f"{'bridgework ' * 100}“We came,” said Ada Okafor {'weighbridges ' * 100}"
        article = make_article(body=body)
        make_quote(article, "We came,")
        (result,) = ask("q=came", "quotes").results
        for text in (result.before, result.after):
            self.assertEqual(self.cut_words(body, text), [])

"""Text fragments: links to the exact words on the newspaper's page."""

from urllib.parse import unquote

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.presenters.quote_context import text_fragment

PAGE = "https://courier.example/corran"


class TextFragmentTests(SimpleTestCase):
    def test_what_has_a_meaning_within_a_directive_is_encoded(self):
        self.assertEqual(
            text_fragment(PAGE, ["a well-kept gate, Mr & Mrs Brask's"]),
            f"{PAGE}#:~:text=a%20well%2Dkept%20gate%2C%20Mr%20%26%20Mrs%20Brask%27s",
        )

    def test_each_stretch_is_named(self):
        self.assertEqual(text_fragment(PAGE, ["one", "two"]), f"{PAGE}#:~:text=one&text=two")

    def test_a_long_stretch_is_named_by_its_ends(self):
        words = " ".join(f"w{n}" for n in range(20))
        self.assertEqual(
            text_fragment(PAGE, [words]), f"{PAGE}#:~:text=w0%20w1%20w2%20w3,w16%20w17%20w18%20w19"
        )

    def test_a_stretch_over_paragraphs_is_named_by_its_ends(self):
        self.assertEqual(text_fragment(PAGE, ["I went.\n\nI saw."]), f"{PAGE}#:~:text=I%20went.,I%20saw.")

    def test_an_anchor_of_the_page_stays(self):
        self.assertEqual(text_fragment(f"{PAGE}#p3", ["one"]), f"{PAGE}#p3:~:text=one")

    def test_another_fragment_is_replaced(self):
        self.assertEqual(text_fragment(f"{PAGE}#:~:text=old", ["one"]), f"{PAGE}#:~:text=one")

    def test_nothing_to_look_for_leads_to_the_page(self):
        self.assertEqual(text_fragment(PAGE, ["", " \n\n "]), PAGE)

    @given(st.lists(st.text(max_size=60), max_size=3))
    def test_no_words_can_break_the_directive(self, stretches):
        _, _, fragment = text_fragment(PAGE, stretches).partition("#:~:")
        for directive in fragment.split("&") if fragment else []:
            name, _, value = directive.partition("=")
            self.assertEqual(name, "text")
            self.assertNotIn("-", value)
            self.assertLessEqual(value.count(","), 1)
            for side in value.split(","):
                self.assertTrue(unquote(side).strip())

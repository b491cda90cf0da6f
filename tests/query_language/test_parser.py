"""The parser: a golden table, the normal form, and no input raises an error."""

import doctest
import importlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.search.query import And, Field, Filter, Near, Not, Or, Term, Words, explain, parse
from articles.search.query.nodes import is_about_quotes, positive_words
from tests.sizes import size


def word(text, exact=False):
    return Words(tuple(Term(part) for part in text.split()), exact)


def exactly(text):
    return word(text, exact=True)


def beginning(text):
    return Words((Term(text, prefix=True),))


GOLDEN = [
    ("carbon tax", And((word("carbon"), word("tax")))),
    ("carbon AND tax", And((word("carbon"), word("tax")))),
    ("carbon and tax", And((word("carbon"), word("and"), word("tax")))),
    ("Carbon", word("carbon")),
    ('"carbon tax"', exactly("carbon tax")),
    ("“carbon tax”", exactly("carbon tax")),
    ("«carbon tax»", exactly("carbon tax")),
    ("„carbon tax“", exactly("carbon tax")),
    ('"logging"', exactly("logging")),
    ('"carbon tax', exactly("carbon tax")),
    ('"carbon tax*"', Words((Term("carbon"), Term("tax", prefix=True)), True)),
    ('"carb* tax"', Words((Term("carb", prefix=True), Term("tax")), True)),
    ("wage OR pay", Or((word("wage"), word("pay")))),
    ("(wage OR pay) cut", And((Or((word("wage"), word("pay"))), word("cut")))),
    ("wage OR pay cut", Or((word("wage"), And((word("pay"), word("cut")))))),
    ("a OR b OR c", Or((word("a"), word("b"), word("c")))),
    ("a OR (b OR c)", Or((word("a"), word("b"), word("c")))),
    ("a (b c)", And((word("a"), word("b"), word("c")))),
    ("-minimum", Not(word("minimum"))),
    ("NOT minimum", Not(word("minimum"))),
    ("wage NOT minimum", And((word("wage"), Not(word("minimum"))))),
    ("NOT NOT minimum", word("minimum")),
    ("wage -(minimum OR living)", And((word("wage"), Not(Or((word("minimum"), word("living"))))))),
    ('-"minimum wage"', Not(exactly("minimum wage"))),
    ("-5 degrees", And((word("5"), word("degrees")))),
    ("NOT 5", Not(word("5"))),
    ("well-being", word("well being")),
    ("wage - minimum", And((word("wage"), word("minimum")))),
    ("wage --minimum", And((word("wage"), word("minimum")))),
    ("wage —minimum", And((word("wage"), word("minimum")))),
    ("don't", word("don t")),
    ("don’t", word("don t")),
    ("U.S.", word("us")),
    ("the WHO will", And((word("the"), word("who"), word("will")))),
    ("immigra*", beginning("immigra")),
    ("im*", word("im")),
    ("anti-immigra*", Words((Term("anti"), Term("immigra", prefix=True)))),
    ("minister NEAR/5 resign", Near(word("minister"), word("resign"), 5)),
    ("minister NEAR resign", Near(word("minister"), word("resign"), 10)),
    ("minister near resign", And((word("minister"), word("near"), word("resign")))),
    ("minister NEAR/0 resign", Near(word("minister"), word("resign"), 1)),
    ("minister NEAR/99 resign", Near(word("minister"), word("resign"), 50)),
    (
        '"prime minister" NEAR/5 (resign OR quit)',
        Near(exactly("prime minister"), Or((word("resign"), word("quit"))), 5),
    ),
    ("a NEAR/2 b NEAR/3 c", Near(Near(word("a"), word("b"), 2), word("c"), 3)),
    ("a NEAR/2 b c", And((Near(word("a"), word("b"), 2), word("c")))),
    ("a NEAR (b c)", And((word("a"), word("b"), word("c")))),
    ("a OR b NEAR c", Or((word("a"), Near(word("b"), word("c"), 10)))),
    ("headline:flood", Field("headline", word("flood"))),
    ("Headline:flood", Field("headline", word("flood"))),
    ('caption:"file photo"', Field("caption", exactly("file photo"))),
    ("body:(a OR -b)", Field("body", Or((word("a"), Not(word("b")))))),
    ("-headline:flood", Not(Field("headline", word("flood")))),
    ("headline:(a NEAR/3 b)", Field("headline", Near(word("a"), word("b"), 3))),
    ('quote:"we will appeal"', Field("quote", exactly("we will appeal"))),
    ('speaker:"Ada Okafor"', Filter("speaker", "Ada Okafor")),
    ("speaker:“Ada Okafor”", Filter("speaker", "Ada Okafor")),
    ("speaker:ada-okafor", Filter("speaker", "ada-okafor")),
    ("speaker:(ada OR ben)", Or((Filter("speaker", "ada"), Filter("speaker", "ben")))),
    ("-speaker:ada", Not(Filter("speaker", "ada"))),
    ("before:2020 after:2019-05", And((Filter("before", "2020"), Filter("after", "2019-05")))),
    ("after:-30d", Filter("after", "-30d")),
    ("before:31/12/2015", Filter("before", "2015-12-31")),
    ("after:May 2015", Filter("after", "2015-05")),
    ("after:5 March 2021 flood", And((Filter("after", "2021-03-05"), word("flood")))),
    ('after:"March 5, 2021"', Filter("after", "2021-03-05")),
    ("after:2015 flood", And((Filter("after", "2015"), word("flood")))),
    ("before:12/31/2015 flood", word("flood")),
    ('quoting:"Ada Okafor" quoting:ben', And((Filter("quoting", "Ada Okafor"), Filter("quoting", "ben")))),
    ("-quoting:ada", Not(Filter("quoting", "ada"))),
    ("kind:Answer", Filter("kind", "answer")),
    ("kind:nonsense flood", word("flood")),
    ("before:lunch flood", word("flood")),
    ("headline: flood", And((word("headline"), word("flood")))),
    ("headline:quote:flood", Field("quote", word("flood"))),
    ("http://example.org/x", word("http example org x")),
    ("10:30", word("10 30")),
    ('5" pipe', And((word("5"), word("pipe")))),
    ("(a b", And((word("a"), word("b")))),
    ("a) b", And((word("a"), word("b")))),
    ("OR a AND", word("a")),
    ("()", None),
    ("…", None),
    ("", None),
    ('""', None),
    ("*", None),
    ("東京", word("東京")),
    ("東京*", word("東京")),
    ("AKB48の歌", word("akb48 の歌")),
]


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[text or "empty" for text, _ in GOLDEN])
def test_the_golden_table(text, expected):
    assert parse(text).root == expected


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[text or "empty" for text, _ in GOLDEN])
def test_the_normal_form_reads_the_same(text, expected):
    once = parse(str(parse(text)))
    assert once.root == expected
    assert once.ignored == ()


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("flood *", 6, "Nothing to search for"),
        ("im*", 0, "Use at least 3 letters before a star"),
        ("fo*bar", 0, "Use a star only at the end of a word"),
        ("a OR", 2, "Nothing after OR"),
        ("OR a", 0, "Nothing before OR"),
        ("a AND", 2, "AND needs a word before and after it"),
        ("a NOT", 2, "Nothing to exclude"),
        ("NEAR a", 0, "NEAR needs a word or phrase before and after it"),
        ("a NEAR/99 b", 2, "NEAR takes 1 to 50 words: we used 50"),
        ("a NEAR -b", 2, "NEAR takes words, phrases and OR: searched as AND"),
        ('a "b', 2, "Closing quotation mark missing: the phrase runs to the end"),
        ("a (b", 2, "Closing bracket missing: the bracket runs to the end"),
        ("a) b", 1, "Extra closing bracket"),
        ("before:12/31/2015", 7, "“12/31/2015” has the month first. Write the day first: 31/12/2015"),
        ("after:2019-02-31", 6, "“2019-02-31” is not in the calendar"),
        ("kind:x", 5, "The types of quotes are: direct, mixed, question, answer"),
        ("headline: a", 0, "Nothing after the colon: searched as a word"),
        ("headline:(quote:a)", 10, "Fields cannot be nested"),
    ],
)
def test_what_is_not_understood_is_said_with_its_place(text, position, reason):
    assert [(item.position, str(item.reason)) for item in parse(text).ignored] == [(position, reason)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x" * 501, "Use at most 500 characters"),
        ("a " * 41, "Use at most 40 words"),
        ("abc* " * 11, "Use at most 10 words with a star"),
        ('"abc* def*" ' * 6, "Use at most 10 words with a star"),
        ('"' + "a " * 41 + '"', "Use at most 40 words"),
    ],
)
def test_too_long_a_query_is_refused_and_kept(text, reason):
    query = parse(text)
    assert (str(query.refused), query.root, query.text) == (reason, None, text)


def test_forty_words_and_500_characters_are_read():
    assert parse("a " * 40).root is not None
    assert parse("x" * 500).root is not None


def test_deep_brackets_are_read_without_the_deepest():
    query = parse("(" * 240 + "a" + ")" * 240)
    assert query.root == word("a")
    assert {str(item.reason) for item in query.ignored} == {"Use at most 20 brackets inside each other"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wage OR pay", "the word “wage” (any form), or the word “pay” (any form)"),
        ('"carbon tax*"', "exactly “carbon tax…”"),
        ("immigra*", "words starting with “immigra”"),
        ("well-being", "the phrase “well being” (any form)"),
        ("a NEAR/1 b", "the word “a” (any form) next to the word “b” (any form)"),
        ('"a" NEAR/2 "b"', "exactly “a” within 2 words of exactly “b”"),
        ("-headline:flood", "without the word “flood” (any form) in the headline"),
        ("before:2019-05-30", "published before 30 May 2019"),
        ("after:2019-05", "published in or after May 2019"),
        ("after:-30d", "published in the last 30 days"),
        ("before:-30d", "published more than 30 days ago"),
        ("after:30/5/2019", "published on or after 30 May 2019"),
        ("speaker:ada", "quotes by ada"),
        ("kind:mixed", "quote type: partial quote"),
        ("quoting:ada quoting:ben", "articles that quote ada, and articles that quote ben"),
        ("-(a b)", "without (the word “a” (any form), and the word “b” (any form))"),
    ],
)
def test_a_query_is_told_back_in_plain_words(text, words):
    assert str(explain(parse(text).root)) == words


def test_a_clause_says_the_query_without_it_and_with_it_loosened():
    carbon, flood = parse('"carbon tax" headline:flood').clauses
    assert (carbon.dropped, carbon.relaxed) == ("headline:flood", "carbon-tax headline:flood")
    assert (flood.dropped, flood.relaxed) == ('"carbon tax"', '"carbon tax" flood')


@pytest.mark.parametrize(
    ("text", "relaxed", "relaxation"),
    [
        ('"logging"', "logging", "forms"),
        ('"carbon tax"', "carbon-tax", "forms"),
        ("carbon-tax", "carbon tax", "apart"),
        ('"carb* tax"', "carb* tax", "apart"),
        ('"the carb*"', "the carb*", "apart"),
        ("carbon NEAR/5 tax", "carbon tax", "distance"),
        ("carbon NEAR (tax OR levy) NEAR river", "carbon NEAR/10 (tax OR levy) river", "distance"),
        ("headline:(carbon OR tax)", "carbon OR tax", "anywhere"),
        ('quote:"we will"', '"we will"', "anywhere"),
        ("carbon", "", ""),
        ("carb*", "", ""),
        ('"carb*"', "", ""),
        ('-"carbon tax"', "", ""),
        ("speaker:ada", "", ""),
        ("quoting:ada", "", ""),
    ],
)
def test_a_clause_is_loosened_one_step_at_a_time(text, relaxed, relaxation):
    (clause,) = parse(text).clauses
    assert (clause.relaxed, clause.relaxation) == (relaxed, relaxation)


@pytest.mark.parametrize(
    ("text", "relaxed"),
    [
        ("speaker:ada speaker:ben", ["quoting:ada speaker:ben", "speaker:ada quoting:ben"]),
        ("speaker:ada quote:dam", ["quoting:ada quote:dam", "speaker:ada dam"]),
        ("speaker:ada dam", ["", ""]),
        ("speaker:ada OR speaker:ben", ["", ""]),
    ],
)
def test_a_speaker_need_not_have_said_the_same_quote(text, relaxed):
    assert [clause.relaxed for clause in parse(text).clauses] == relaxed


def test_any_of_the_words_may_do_in_place_of_all():
    assert parse("carbon tax -levy after:2019").relaxed_to_or == "(carbon OR tax) -levy after:2019"
    assert parse('carbon (tax OR levy) "a b"').relaxed_to_or == 'carbon OR tax OR levy OR "a b"'
    for text in ("carbon", "carbon -tax", "carbon OR tax", "carbon after:2019", ""):
        assert parse(text).relaxed_to_or == ""


def test_alternatives_at_the_top_are_clauses_joined_by_or():
    assert [(clause.text, clause.join, clause.dropped) for clause in parse("a OR b c").clauses] == [
        ("a", "or", "b c"),
        ("b c", "or", "a"),
    ]


def test_only_conditions_on_quotes_are_about_quotes():
    assert not is_about_quotes(parse("quoting:a").root)
    assert is_about_quotes(parse("quote:a OR -speaker:b").root)
    assert not is_about_quotes(parse("quote:a OR b").root)
    assert not is_about_quotes(parse("headline:a").root)


def test_words_to_be_left_out_are_no_positive_words():
    assert [str(words) for words in positive_words(parse("a -b (c OR headline:d) -(e -f)").root)] == [
        "a",
        "c",
        "d",
    ]


def test_the_examples_in_the_docstrings_hold():
    for name in ("parser", "explain", "relaxation", "dates", "messages", "unknown_fields"):
        assert doctest.testmod(importlib.import_module(f"articles.search.query.{name}")).failed == 0


ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=520)
PIECES = st.lists(
    st.sampled_from(
        [
            *'()"“”-*: ',
            "a",
            "tax",
            "immigra*",
            " OR ",
            " AND ",
            " NOT ",
            " NEAR ",
            " NEAR/3 ",
            "headline:",
            "quote:",
            "speaker:",
            "kind:answer",
            "before:",
            "quoting:",
            "May ",
            "12/31/2015",
            "2019-05",
            "U.S.",
            "well-being",
            "東京",
            "\0",
            "\ud800",
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=size(500, 20_000), deadline=None)
@given(ANYTHING | PIECES)
@example("(" * 500)
@example("-" * 33 + "budget")
@example("NOT " * 125)
@example("headline:" * 55)
@example("a NEAR " * 40)
def test_nothing_typed_can_fail(text):
    query = parse(text)
    assert query.text == text
    if query.root is None:
        return
    again = parse(str(query))
    # The normal form may outgrow the limit where a query was just within it.
    if not again.refused:
        assert again.root == query.root
        assert str(again) == str(query)
        assert again.ignored == ()
    assert str(explain(query.root))
    for clause in query.clauses:
        assert clause.text and clause.dropped != str(query)
        if clause.relaxed and not (relaxation := parse(clause.relaxed)).refused:
            assert str(relaxation) == clause.relaxed != str(query)
            assert relaxation.ignored == ()
    if query.relaxed_to_or and not (either := parse(query.relaxed_to_or)).refused:
        assert str(either) == query.relaxed_to_or != str(query)
    for node in query.root.walk():
        assert 0 <= node.start <= node.end <= len(text)

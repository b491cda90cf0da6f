"""The syntax reference of the help page: complete, and every example parses as intended."""

import pytest

from articles.search.query import And, Field, Filter, Near, Not, Or, Words, parse
from articles.search.query.lexer import FIELDS, Kind, tokens
from articles.search.query.syntax_reference import GROUPS, PLAIN_WORDS

EXAMPLES = [operator.example(PLAIN_WORDS) for group in GROUPS for operator in group.operators]


def test_every_operator_of_the_grammar_has_its_example():
    assert {token.kind for text in EXAMPLES for token in tokens(text)[0]} == set(Kind)


def test_every_field_has_its_example():
    assert {
        token.text for text in EXAMPLES for token in tokens(text)[0] if token.kind is Kind.FIELD
    } == FIELDS


def test_every_kind_of_condition_has_its_example():
    found = {type(node) for text in EXAMPLES for node in parse(text).root.walk()}
    assert found == {And, Or, Not, Near, Field, Filter, Words}
    words = [node for text in EXAMPLES for node in parse(text).root.walk() if isinstance(node, Words)]
    assert any(word.terms[-1].prefix for word in words)
    assert {(word.exact, len(word.terms) > 1) for word in words} == {
        (False, False), (False, True), (True, False), (True, True)
    }  # fmt: skip


@pytest.mark.parametrize("text", EXAMPLES)
def test_each_example_is_wholly_understood(text):
    parsed = parse(text)
    assert parsed.root is not None
    assert (parsed.ignored, parsed.refused) == ((), None)


def test_each_way_of_writing_says_what_it_means():
    assert all(str(operator.meaning) for group in GROUPS for operator in group.operators)
    assert len(set(EXAMPLES)) == len(EXAMPLES)

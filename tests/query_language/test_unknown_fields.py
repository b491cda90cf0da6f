"""Unknown fields in a query, and their replacements."""

import pytest

from articles.search.query import parse
from articles.search.query.lexer import FIELDS
from articles.search.query.unknown_fields import _INSTEAD, unknown_fields


def instead(text):
    return [label for found in unknown_fields(text) for label, _ in found.instead]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("date:2015", ["after:2015 before:2016"]),
        ("date:2015-12", ["after:2015-12 before:2016-01"]),
        ("day:2016-02-29", ["after:2016-02-29 before:2016-03-01"]),
        ("published:2015..2017", ["after:2015 before:2018"]),
        ("since:2015-05", ["after:2015-05"]),
        ("until:2015", ["before:2016"]),
        ("date:31/12/2015", ["after:2015-12-31 before:2016-01-01"]),
        ("date:5 March 2021", ["after:2021-03-05 before:2021-03-06"]),
        ('on:"May 2015"', ["after:2015-05 before:2015-06"]),
        ("until:31/12/2015", ["before:2016-01-01"]),
        ("date:may", []),
        ("date:2015-13", []),
        ("year:9999", []),
        ("quoted:okafor", ["quoting:okafor", "speaker:okafor"]),
        ("source:courier", ["publication:courier", "speaker:courier"]),
        ('source:"Selwy Courier"', ["publication:", "speaker:"]),
        ("title:(flood OR dam)", ["headline:"]),
        ("by:thole", ["author:thole"]),
        ("Spekaer:okafor", ["speaker:okafor"]),
        ("colour:red", []),
    ],
)
def test_an_unknown_field_is_named_with_what_to_write_instead(text, offered):
    (found,) = unknown_fields(text)
    assert [label for label, _ in found.instead] == offered


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x(:)",
        ":(a)",
        "headline:flood",
        "https://courier.example/a",
        "10:30",
        "note: well",
        "a:b",
        '"date:2015"',
        "date:",
    ],
)
def test_what_is_no_unknown_field_is_left_alone(text):
    assert unknown_fields(text) == ()


def test_the_rest_of_the_query_stays_as_typed():
    text = 'dam source:"Selwy Courier" -date:2015'
    assert [query for found in unknown_fields(text) for _, query in found.instead] == [
        'dam publication:"Selwy Courier" -date:2015',
        'dam speaker:"Selwy Courier" -date:2015',
        'dam source:"Selwy Courier" -(after:2015 before:2016)',
    ]
    assert [found.position for found in unknown_fields(text)] == [4, 28]


def test_a_date_of_several_words_is_replaced_as_a_whole():
    for text in ("flood date:5 March 2021 dam", 'flood date:"5 March 2021" dam'):
        (found,) = unknown_fields(text)
        assert [query for _, query in found.instead] == ["flood after:2021-03-05 before:2021-03-06 dam"]


def test_everything_offered_is_a_field_of_the_grammar():
    assert {field for fields in _INSTEAD.values() for field in fields} <= FIELDS
    for text in ("date:2015", "title:flood", "by:thole", "type:answer", "lang:en"):
        for _, query in unknown_fields(text)[0].instead:
            assert not parse(query).ignored
            assert unknown_fields(query) == ()

"""Import rows keep their values; what cannot be stored is refused with column, value and reason."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.parsing import MAX_BODY, ParsedImage, RowError, read_row
from articles.parsing.parsed import LIMITS

BODY = "The council voted on Tuesday.\n\n“We will appeal,” said Mara Quill."
ROW = {"headline": "Council votes", "body": BODY}


def refusal(**values):
    with pytest.raises(RowError) as caught:
        read_row(ROW | values)
    return caught.value


def test_a_full_row_fills_every_part():
    parsed = read_row(
        ROW
        | {
            "source_url": "https://gazette.example.org/a?b=c#d",
            "canonical_url": "https://gazette.example.org/a",
            "archived_url": "http://archive.example.org/1/https://gazette.example.org/a",
            "published_at": "2024-03-12T23:30:00-05:00",
            "publication": "Selwyn Gazette",
            "section": "Local News",
            "byline": "By Ada Okafor and Tom Reyes in Selwyn",
            "kicker": "LIBRARIES",
            "standfirst": "Nine votes to eight.",
            "dateline": "SELWYN",
            "language": "en-GB",
            "topics": ["libraries", "councils", "libraries"],
            "external_id": 4711,
            "edition": "Late",
            "page": 3,
            "images": [
                {"caption": "The library", "credit": "Lena Dorn", "url": "https://gazette.example.org/i.jpg"}
            ],
            "rights": "All rights reserved",
            "desk": {"number": 7},
        }
    )
    assert (parsed.headline, parsed.body) == ("Council votes", BODY)
    assert (parsed.published_on, parsed.published_precision) == (date(2024, 3, 12), "day")
    assert parsed.published_at == datetime(2024, 3, 13, 4, 30, tzinfo=UTC)
    assert parsed.authors == ("Ada Okafor", "Tom Reyes")
    assert parsed.topics == ("libraries", "councils")
    assert (parsed.external_id, parsed.edition, parsed.page) == ("4711", "Late", "3")
    assert parsed.images == (ParsedImage("The library", "Lena Dorn", "https://gazette.example.org/i.jpg"),)
    assert parsed.extra == {"rights": "All rights reserved", "desk": {"number": 7}}
    assert (parsed.removed, parsed.warnings) == ((), ())


def test_empty_cells_are_no_values():
    parsed = read_row(ROW | {"byline": "", "section": None, "published_at": " ", "topics": "", "images": []})
    assert (parsed.byline, parsed.section, parsed.published_on, parsed.topics, parsed.images) == (
        "",
        "",
        None,
        (),
        (),
    )


def test_lists_may_be_written_as_text_with_semicolons():
    parsed = read_row(ROW | {"topics": "libraries; councils;", "authors": "Ada Okafor; Tom Reyes"})
    assert parsed.topics == ("libraries", "councils")
    assert parsed.authors == ("Ada Okafor", "Tom Reyes")


def test_given_authors_stand_before_those_of_the_byline():
    assert read_row(ROW | {"byline": "By Ada Okafor", "authors": ["A. Okafor"]}).authors == ("A. Okafor",)


def test_the_keys_of_a_csv_header_may_have_blanks_and_a_byte_order_mark():
    parsed = read_row({"\ufeffheadline": "Council votes", " body ": BODY})
    assert parsed.headline == "Council votes"


@pytest.mark.parametrize(
    ("values", "on", "precision"),
    [
        ({"published_at": "2019"}, date(2019, 1, 1), "year"),
        ({"published_at": 2019}, date(2019, 1, 1), "year"),
        ({"published_at": "2019-05"}, date(2019, 5, 1), "month"),
        ({"published_on": "30 May 2019"}, date(2019, 5, 30), "day"),
        ({"published_on": date(2019, 5, 30)}, date(2019, 5, 30), "day"),
        ({"published_at": datetime(2019, 5, 30, 1, tzinfo=UTC)}, date(2019, 5, 30), "day"),
        ({"published_at": "2019-05-30T03:30Z", "published_on": "2019-05-29"}, date(2019, 5, 29), "day"),
        ({"published_on": "2019-05-01", "published_precision": "month"}, date(2019, 5, 1), "month"),
        ({"published_on": "2019-05-30", "published_precision": "year"}, date(2019, 1, 1), "year"),
    ],
)
def test_dates_come_at_any_precision(values, on, precision):
    parsed = read_row(ROW | values)
    assert (parsed.published_on, parsed.published_precision) == (on, precision)


def test_a_language_tag_is_written_in_its_usual_letters():
    assert read_row(ROW | {"language": "PT-br"}).language == "pt-BR"
    assert read_row(ROW | {"language": "ZH-hant-tw"}).language == "zh-Hant-TW"


def test_a_time_without_a_zone_is_told_and_the_date_kept():
    parsed = read_row(ROW | {"published_at": "2019-05-30 23:30"})
    assert (parsed.published_on, parsed.published_at) == (date(2019, 5, 30), None)
    assert "zone" in parsed.warnings[0]


def test_two_dates_that_do_not_agree_are_told():
    parsed = read_row(ROW | {"published_at": "2019-05-30T23:30Z", "published_on": "2018-01-01"})
    assert parsed.published_on == date(2018, 1, 1)
    assert parsed.warnings


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"headline": ""}, "headline", "is missing"),
        ({"headline": "\u200b\u00ad"}, "headline", "is missing"),
        ({"headline": None}, "headline", "is missing"),
        ({"body": " \n "}, "body", "is missing"),
        ({"body": "\0"}, "body", "is missing"),
        ({"body": "a" * (MAX_BODY + 1)}, "body", "500,001 characters"),
        ({"body": ["a"]}, "body", "not a list"),
        ({"headline": ["a"]}, "headline", "not a list"),
        ({"headline": 1984}, "headline", "not a number"),
        ({"headline": True}, "headline", "not true or false"),
        ({"headline": {"a": 1}}, "headline", "not an object"),
        ({"headline": "a\ud800"}, "headline", "surrogate"),
        ({"body": "a\udfffb"}, "body", "surrogate"),
        ({None: ["spare", "cells"]}, "", "more cells"),
    ],
)
def test_a_headline_or_body_that_cannot_be_stored_is_refused_with_the_reason(values, column, reason):
    error = refusal(**values) if None not in values else _refusal_of(ROW | values)
    assert error.column == column
    assert reason in error.reason


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"page": True}, "page", "not true or false"),
        ({"page": 3.5}, "page", "not a number"),
        ({"desk": ["a", {"b": "\ud800"}]}, "desk", "surrogate"),
        ({"source_url": "javascript:alert(1)"}, "source_url", "http"),
        ({"source_url": "ftp://gazette.example.org/a"}, "source_url", "http"),
        ({"source_url": "gazette.example.org/a"}, "source_url", "http"),
        ({"source_url": "https://"}, "source_url", "not an address"),
        ({"source_url": "https://[::1/a"}, "source_url", "not an address"),
        ({"source_url": "https://gazette.example.org/a b"}, "source_url", "not an address"),
        ({"canonical_url": 'https://gazette.example.org/"><script>'}, "canonical_url", "not an address"),
        ({"archived_url": ["https://gazette.example.org"]}, "archived_url", "not a list"),
        ({"source_url": "https://gazette.example.org/" + "a" * 2000}, "source_url", "2,000"),
        ({"topics": 3}, "topics", "a list or text"),
        ({"topics": [3]}, "topics", "not a number"),
        ({"authors": {"name": "Ada"}}, "authors", "not an object"),
        ({"images": "a.jpg"}, "images", "must be a list"),
        ({"images": ["a.jpg"]}, "images", "must be an object"),
        ({"images": [{"caption": ["a"]}]}, "images", "not a list"),
        ({"images": [{"url": "data:image/png;base64,AA"}]}, "images", "http"),
        ({"images": [{"caption": "a" * 5001}]}, "images", "5,000"),
        ({"language": "English"}, "language", "language tag"),
        ({"language": "e"}, "language", "language tag"),
        ({"language": "en_GB"}, "language", "language tag"),
        ({"published_at": "yesterday"}, "published_at", "not a date"),
        ({"published_at": "03/04/2020"}, "published_at", "can be"),
        ({"published_on": "2019-02-30"}, "published_on", "there is no"),
        ({"published_on": ["2019"]}, "published_on", "not a list"),
        ({"published_on": 20190530}, "published_on", "not a number"),
        (
            {"published_on": "2019", "published_precision": "decade"},
            "published_precision",
            "day, month or year",
        ),
        ({"price": float("nan")}, "price", "finite"),
    ],
)
def test_an_optional_value_that_cannot_be_stored_is_told_and_does_not_cost_the_row(values, column, reason):
    parsed = read_row(ROW | values)
    assert (parsed.headline, parsed.body) == ("Council votes", BODY)
    assert column in {problem.column for problem in parsed.problems}
    assert reason in " ".join(parsed.warnings)


def test_an_optional_value_that_cannot_be_stored_is_kept_beside_the_article():
    kicker, topics = "a" * 501, ["floods", "b" * 501]
    parsed = read_row(
        ROW | {"kicker": kicker, "topics": topics, "published_at": "the day after", "page": 3.5}
    )
    assert (parsed.kicker, parsed.topics, parsed.published_on, parsed.page) == ("", ("floods",), None, "")
    kept = {"kicker": kicker, "topics": topics[1:], "published_at": "the day after", "page": 3.5}
    assert parsed.extra == kept


def _refusal_of(row):
    with pytest.raises(RowError) as caught:
        read_row(row)
    return caught.value


@pytest.mark.parametrize(
    "column",
    "kicker section standfirst byline dateline publication edition page external_id".split(),  # noqa: SIM905
)
def test_a_field_is_kept_aside_one_character_over_its_limit_and_taken_at_it(column):
    parsed = read_row(ROW | {column: "a" * (LIMITS[column] + 1)})
    assert f"{LIMITS[column]:,} is the most" in parsed.problems[0].reason
    assert (getattr(parsed, column), parsed.extra) == ("", {column: "a" * (LIMITS[column] + 1)})
    assert getattr(read_row(ROW | {column: "a" * LIMITS[column]}), column) == "a" * LIMITS[column]


def test_a_body_at_the_limit_is_taken():
    assert len(read_row(ROW | {"body": "a" * MAX_BODY}).body) == MAX_BODY


def test_a_row_without_a_body_column_is_refused():
    assert _refusal_of({"headline": "Council votes"}).column == "body"


def test_extra_values_come_in_a_form_that_json_columns_take():
    parsed = read_row(
        ROW | {"a\0": "b\0c", "when": date(2019, 5, 30), "list": (1, None, True, 2.5), "deep": {"x": ["y\0"]}}
    )
    assert parsed.extra == {
        "a": "bc",
        "when": "2019-05-30",
        "list": [1, None, True, 2.5],
        "deep": {"x": ["y"]},
    }


def test_an_extra_value_nested_without_end_is_left_out_and_told():
    deep = []
    for _ in range(100):
        deep = [deep]
    assert read_row(ROW | {"deep": deep}).warnings == ("deep is nested too deep",)


@pytest.mark.parametrize(
    ("first", "values"),
    [
        ("Tuesday, 12 March 2024", {}),
        ("Council votes", {}),
        ("COUNCIL VOTES", {}),
        ("By Ada Okafor", {"byline": "By Ada Okafor"}),
        ("Share", {}),
        ("Facebook Twitter WhatsApp", {}),
    ],
)
def test_of_a_given_body_only_certain_debris_is_cut_and_it_is_told(first, values):
    parsed = read_row(ROW | values | {"body": f"{first} \n\n\n{BODY}"})
    assert parsed.body == BODY
    assert parsed.removed == (first,)


def test_the_date_on_top_of_a_body_is_the_date_where_the_row_has_none():
    assert read_row(ROW | {"body": f"12 March 2024\n\n{BODY}"}).published_on == date(2024, 3, 12)


def test_a_date_on_top_that_differs_from_the_rows_is_told_and_the_row_stands():
    parsed = read_row(ROW | {"body": f"12 March 2024\n\n{BODY}", "published_at": "2024-03-14"})
    assert parsed.published_on == date(2024, 3, 14)
    assert parsed.warnings == ("the body begins with the date 2024-03-12, the row says 2024-03-14",)


@pytest.mark.parametrize(
    "first",
    [
        "2019",
        "Why it matters",
        "By Tuesday the town was dry.",
        "Related content",
        "Read also: how the bridge was lost",
        "Image source: © Lena Dorn",
        "Q: Why?",
        "We use cookies.",
    ],
)
def test_of_a_given_body_nothing_doubtful_is_cut(first):
    parsed = read_row(ROW | {"body": f"{first}\n\n{BODY}"})
    assert parsed.body == f"{first}\n\n{BODY}"
    assert parsed.removed == ()


def test_a_date_in_the_middle_of_a_given_body_stays():
    body = f"{BODY}\n\n12 March 2024\n\nThe council met again."
    assert read_row(ROW | {"body": body}).body == body


def test_a_body_of_nothing_but_debris_is_left_as_it_is():
    parsed = read_row(ROW | {"body": "Share"})
    assert (parsed.body, parsed.removed) == ("Share", ())


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=[]))
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
COLUMNS = "headline body published_at published_on authors topics images language source_url page byline desk"


@given(st.dictionaries(st.sampled_from(COLUMNS.split()), VALUES))
def test_any_row_is_read_or_refused_in_plain_words(row):
    try:
        parsed = read_row({"headline": "a", "body": "b"} | row)
    except RowError as error:
        assert error.reason
        assert error.column in COLUMNS.split()
    else:
        assert parsed.headline and parsed.body

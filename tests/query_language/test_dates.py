"""Dates as readers type them; the day comes before the month."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.query.dates import PERIOD, read_date, written_date


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2015", "2015"),
        ("2015-05", "2015-05"),
        ("2015-5", "2015-05"),
        ("05/2015", "2015-05"),
        ("May 2015", "2015-05"),
        ("may  2015", "2015-05"),
        ("Sept. 2015", "2015-09"),
        ("2015-12-31", "2015-12-31"),
        ("2015/12/31", "2015-12-31"),
        ("31/12/2015", "2015-12-31"),
        ("31.12.2015", "2015-12-31"),
        ("05/06/2015", "2015-06-05"),
        ("5 March 2021", "2021-03-05"),
        ("5th of March 2021", "2021-03-05"),
        ("5 Mar 2021", "2021-03-05"),
        ("March 5, 2021", "2021-03-05"),
        ("-30d", "-30d"),
    ],
)
def test_a_date_is_read_with_the_day_before_the_month(typed, iso):
    assert (read_date(typed).iso, read_date(typed).problem) == (iso, None)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "lunch",
        "2019-13",
        "2019-00",
        "0000",
        "30 February 2019",
        "31/13/2015",
        "5 March",
        "-d",
        "٢٠١٩",
        "5/6",
    ],
)
def test_what_is_no_date_is_refused(typed):
    assert read_date(typed).iso == ""
    assert str(read_date(typed).problem)


def test_a_date_with_the_month_first_is_refused_with_the_date_that_was_perhaps_meant():
    typed = read_date("12/31/2015")
    assert (typed.iso, typed.instead) == ("", "31/12/2015")
    assert str(typed.problem) == "“12/31/2015” has the month first. Write the day first: 31/12/2015"


def test_a_year_of_two_digits_is_refused():
    assert str(read_date("31/12/15").problem) == "Write the year of “31/12/15” with four digits"


def test_a_date_is_written_in_words():
    assert [str(written_date(iso)) for iso in ("2019", "2019-05", "2019-05-30", "-30d")] == [
        "2019",
        "May 2019",
        "30 May 2019",
        "-30d",
    ]


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60) | st.text("0123456789/-. aMymarch", max_size=20))
def test_whatever_is_typed_is_a_date_or_has_a_problem(typed):
    found = read_date(typed)
    assert bool(found.iso) != bool(found.problem)
    if found.iso:
        assert PERIOD.fullmatch(found.iso)
        assert str(written_date(found.iso))
        assert read_date(found.iso) == found
    if found.instead:
        assert read_date(found.instead).iso

"""How a newspaper prints its articles, applied to what the parser left open."""

from dataclasses import replace
from datetime import date

import pytest

from articles.extraction import extract_article
from articles.parsing import ParsedArticle
from articles.parsing.house_style import HouseStyle, byline_form, in_house_style, orders_of

BODY = "The weir opened.\n\nIt rained in the valley.\n\nThe gates held."
PLAIN = ParsedArticle(headline="Weir opens", body=BODY, language="en")
COURIER = HouseStyle(
    date_order="day first", time_zone="Europe/Dublin", byline="Courier report / {name}",
    cut_lines=("Buy the Courier at the kiosk.",),
)  # fmt: skip


def dated(*removed, **fields):
    return in_house_style(replace(PLAIN, removed=removed, **fields), COURIER)


def test_a_line_of_the_newspaper_is_cut_and_listed():
    parsed = in_house_style(replace(PLAIN, body=f"{BODY}\n\nbuy the  Courier at the kiosk."), COURIER)
    assert (parsed.body, parsed.removed) == (BODY, ("buy the  Courier at the kiosk.",))


def test_a_text_of_nothing_but_such_a_line_is_kept():
    parsed = in_house_style(replace(PLAIN, body=COURIER.cut_lines[0]), COURIER)
    assert (parsed.body, parsed.removed) == (COURIER.cut_lines[0], ())


def test_a_byline_of_its_form_is_taken_from_the_text():
    parsed = in_house_style(replace(PLAIN, body=f"{BODY}\n\nCourier report / Ada Okafor"), COURIER)
    assert (parsed.byline, parsed.authors, parsed.body) == (
        "Courier report / Ada Okafor",
        ("Ada Okafor",),
        BODY,
    )


@pytest.mark.parametrize(
    "body",
    [
        f"{BODY}\n\nCourier report / the harbour office",
        f"Courier report / Ada Okafor\n\n{BODY}\n\nCourier report / Tom Reyes",
    ],
)
def test_what_is_no_name_or_not_the_only_one_stays_in_the_text(body):
    assert in_house_style(replace(PLAIN, body=body), COURIER).body == body


def test_an_ambiguous_date_is_read_in_the_order_of_the_newspaper():
    assert dated("Published 03/04/2019").published_on == date(2019, 4, 3)
    assert dated("Published 03/04/2019 10:15").published_at.isoformat() == "2019-04-03T10:15:00+01:00"


@pytest.mark.parametrize(
    "removed",
    [("Updated 03/04/2019",), ("03/04/2019", "05/04/2019"), ("The fair of 03/04/2019 was called off.",), ()],
)
def test_a_date_that_is_not_sure_stays_open(removed):
    assert dated(*removed).published_on is None


def test_a_date_that_was_read_is_never_replaced():
    read = {"published_on": date(2019, 3, 4), "published_precision": "day"}
    assert dated("Published 03/04/2019", **read).published_on == date(2019, 3, 4)


def test_a_time_that_the_zone_has_twice_is_left_open():
    read = {"published_on": date(2019, 10, 27), "published_precision": "day"}
    assert dated("27 October 2019 01:30", **read).published_at is None
    assert dated("27 October 2019 04:30", **read).published_at.isoformat() == "2019-10-27T04:30:00+00:00"


@pytest.mark.parametrize(
    ("byline", "form"),
    [
        ("Courier report / Ada Okafor", "Courier report / {name}"),
        ("Ada Okafor, Harbour desk", "{name}, Harbour desk"),
        ("Ada Okafor", ""),
        ("from our own correspondent", ""),
    ],
)
def test_the_form_of_a_byline_has_its_words_without_the_name(byline, form):
    assert byline_form(byline) == form


def test_only_one_ambiguous_date_has_two_readings():
    assert orders_of("03/04/2019") == {"day first": date(2019, 4, 3), "month first": date(2019, 3, 4)}
    assert orders_of("30/04/2019") == orders_of("03/03/2019") == orders_of("03/04/2019 05/04/2019") == {}


TALK = (
    "A talk with the master of the weir, Ilmar Vance.\n\n"
    "Vance: Shall I begin with the flood?\n\nStudio: Tell us about the winter of the long flood.\n\n"
    "Vance: It was long. Did anybody sleep?\n\nStudio: And the bridge, we hear, moved by a hand.\n\n"
    "Vance: Does it ever stand still?"
)


def asking(*labels):
    """The labels of the questions, in order."""
    reading = extract_article(TALK, headline="The weir", language="en", house_labels=labels)
    return [turn.source for turn in reading.turns if turn.role == "question"]


def test_the_label_of_the_house_asks_whoever_has_the_question_marks():
    assert set(asking()) == {"Vance"}
    assert asking("STUDIO") == ["Studio", "Studio"]

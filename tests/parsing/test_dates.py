"""Printed and machine-written dates keep their precision and zone, and are never guessed."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from articles.parsing.dates.parser import UnclearDate, read_date
from articles.parsing.dates.timelines import read_timestamp_line
from articles.parsing.html.page import read_html


def at(hours, *moment):
    return datetime(*moment, tzinfo=timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("value", "on", "precision"),
    [
        ("2019", date(2019, 1, 1), "year"),
        ("2019-05", date(2019, 5, 1), "month"),
        ("2019-05-30", date(2019, 5, 30), "day"),
        ("2019-5-3", date(2019, 5, 3), "day"),
        ("2019/05/30", date(2019, 5, 30), "day"),
        ("May 2019", date(2019, 5, 1), "month"),
        ("30 May 2019", date(2019, 5, 30), "day"),
        ("May 30, 2019", date(2019, 5, 30), "day"),
        ("Thursday, 30th of May 2019", date(2019, 5, 30), "day"),
        ("Sept. 3, 2021", date(2021, 9, 3), "day"),
        ("12. März 2024", date(2024, 3, 12), "day"),
        ("3. Jänner 1931", date(1931, 1, 3), "day"),
        ("12 marca 2024", date(2024, 3, 12), "day"),
        ("1er février 2020", date(2020, 2, 1), "day"),
        ("3 de mayo de 2021", date(2021, 5, 3), "day"),
        ("23/04/2020", date(2020, 4, 23), "day"),
        ("04/23/2020", date(2020, 4, 23), "day"),
        ("04/04/2020", date(2020, 4, 4), "day"),
        ("29 February 2024", date(2024, 2, 29), "day"),
    ],
)
def test_a_date_is_read_at_its_own_precision(value, on, precision):
    found = read_date(value)
    assert (found.on, found.precision, found.at) == (on, precision, None)


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("2019-05-30T23:30-05:00", at(-5, 2019, 5, 30, 23, 30)),
        ("2019-05-30T23:30:15.123456Z", datetime(2019, 5, 30, 23, 30, 15, 123456, tzinfo=UTC)),
        ("2019-05-30 23:30:15 +0200", at(2, 2019, 5, 30, 23, 30, 15)),
        ("Thu, 30 May 2019 10:00:00 GMT", datetime(2019, 5, 30, 10, tzinfo=UTC)),
        ("Thu, 30 May 2019 10:00:00 UT", datetime(2019, 5, 30, 10, tzinfo=UTC)),
        ("Thu, May 30 2019 10:00:00 +0000", datetime(2019, 5, 30, 10, tzinfo=UTC)),
        ("May 30, 2019 11:30 p.m. EST", at(-5, 2019, 5, 30, 23, 30)),
        ("30 May 2019 12am UTC", datetime(2019, 5, 30, tzinfo=UTC)),
        ("14. Mai 2021, 10:15 MESZ", at(2, 2021, 5, 14, 10, 15)),
        ("2 June 2021, 14.05 BST", at(1, 2021, 6, 2, 14, 5)),
        ("2 June 2021 14:05 (UTC+5:30)", at(5.5, 2021, 6, 2, 14, 5)),
    ],
)
def test_an_instant_keeps_its_zone_and_its_local_day(value, instant):
    found = read_date(value)
    assert found.at == instant
    assert found.at.utcoffset() == instant.utcoffset()
    assert found.on == instant.date()


@pytest.mark.parametrize(
    "value",
    [
        "2019-05-30T10:00",
        "30 May 2019 10:00",
        "30 May 2019, 9:00 ET",
        "30 May 2019 9:00 CST",
        "Thu, 30 May 2019 10:00:00 IST",
    ],
)
def test_a_time_without_a_clear_zone_is_left_out_and_told(value):
    found = read_date(value)
    assert (found.on, found.at) == (date(2019, 5, 30), None)
    assert "zone" in found.note


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("03/04/2020", "can be 2020-03-04 or 2020-04-03"),
        ("3.4.2020", "can be"),
        ("12/03/24", "no century"),
        ("14 May", "no year"),
        ("30 February 2020", "there is no 2020-02-30"),
        ("2019-13", "there is no"),
        ("2019-00", "there is no"),
        ("2019-02-29", "there is no"),
        ("0000", "there is no"),
        ("2019-05-30T25:00Z", "there is no"),
        ("2019-05-30T10:00+99:00", "time zone"),
        ("30 May 2019, 13:00 p.m.", "there is no time"),
        ("yesterday", "not a date"),
        ("5", "not a date"),
        ("1558000000", "not a date"),
        ("30 May 2019 and 31 May 2019", "not a date"),
        ("about 2019", "not a date"),
        ("2019" * 100, "not a date"),
    ],
)
def test_what_is_not_clearly_one_date_is_refused_with_the_reason(value, reason):
    with pytest.raises(UnclearDate, match=reason):
        read_date(value)


def test_dots_put_the_day_first_where_the_language_does():
    assert read_date("03.04.2020", "de").on == date(2020, 4, 3)
    assert read_date("03.04.2020", "pl-PL").on == date(2020, 4, 3)


@pytest.mark.parametrize(
    "value",
    [
        *("Thu, 04 Mar 2021", "4 March 2021", "4. März 2021", "4 mars 2021", "4 de marzo de 2021"),
        *("4 marzo 2021", "4 de março de 2021", "4 maart 2021", "den 4. marts 2021", "den 4 mars 2021"),
        *("4. mars 2021", "4. maaliskuuta 2021", "2021. március 4.", "4 martie 2021"),
        *("4 марта 2021 г.", "4 marca 2021", "4. března 2021", "4 Mart 2021 Perşembe"),
        *("2021-03-04 10:15 Uhr", "jeu., 04 mars 2021 10:15:00 +0100"),
        *(
            "gio, 04 mar 2021 10:15:00 GMT",
            "to, 04 maa 2021 10:15:00 +0200",
            "чт, 04 мар 2021 10:15:00 +0300",
        ),
    ],
)
def test_months_and_days_are_read_in_the_languages_of_the_archive(value):
    assert read_date(value).on == date(2021, 3, 4)


def test_a_month_that_is_a_common_word_counts_only_between_a_day_and_a_year():
    assert read_date("4 set 2021").on == date(2021, 9, 4)
    assert read_timestamp_line("Set 2021") is None


def test_day_or_month_comes_first_by_the_language():
    assert {read_date("03/04/2021", language).on for language in ("fr", "es", "pt-BR", "it", "nl", "da")} == {
        date(2021, 4, 3)
    }
    for language in ("en", "es-US", "fr-CA", ""):
        with pytest.raises(UnclearDate, match="can be"):
            read_date("03/04/2021", language)


@pytest.mark.parametrize(
    ("line", "on"),
    [
        ("Published 12 March 2024", date(2024, 3, 12)),
        ("First published on Tue 12 Mar 2024 10.15 GMT", date(2024, 3, 12)),
        ("Published 2 June 2021 at 14.05 BST, updated 3 June 2021 at 9.00 BST", date(2021, 6, 2)),
        ("Updated 3 June 2021, published 2 June 2021", date(2021, 6, 2)),
        ("Data publikacji: 12 marca 2024, godz. 10:15", date(2024, 3, 12)),
        ("Veröffentlicht am 12. März 2024 um 10:15 Uhr", date(2024, 3, 12)),
        ("Updated 3 June 2021", None),
        ("Zuletzt aktualisiert: 12. März 2024", None),
        ("3 hours ago", None),
        ("vor 3 Stunden", None),
        ("Today, 10:15", None),
    ],
)
def test_a_date_line_tells_when_the_story_came_out_and_not_when_it_was_changed(line, on):
    stamp = read_timestamp_line(line)
    assert (stamp.published.on if stamp.published else None) == on


def test_the_time_of_an_update_is_not_the_time_of_publication():
    assert read_timestamp_line("Mar 12, 2024 | Updated 10:15 a.m. EST").published.at is None


@pytest.mark.parametrize(
    "line",
    [
        "The year 2019 was hot",
        "12 March 2024 in Selwyn",
        "On 12 March 2024 the bridge fell.",
        "Published by Ada Okafor",
        "“12 March 2024”",
        "12 March 2024 or 13 March 2024?",
        "",
        "2024 " * 100,
    ],
)
def test_a_line_with_other_words_is_no_date_line(line):
    assert read_timestamp_line(line) is None


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Published 7:07 PM EST Nov 19, 2019", "2019-11-19T19:07:00-05:00"),
        ("19:07 CET, 19.11.2019", "2019-11-19T19:07:00+01:00"),
        ("7.07pm GMT on 19 November 2019", "2019-11-19T19:07:00+00:00"),
        ("Updated 8:00 AM EST Nov 20, 2019 | 7:07 PM EST Nov 19, 2019", "2019-11-19T19:07:00-05:00"),
    ],
)
def test_a_time_before_its_date_is_read(line, moment):
    text = "<p>The guild of Osterlund shut its bridge on the {} day of the frost.</p>"
    body = "".join(map(text.format, ("first", "third", "last")))
    page = f"<html lang='en'><article><h1>Guild shuts bridge</h1><div>{line}</div>{body}</article></html>"
    parsed = read_html(page)
    assert parsed.published_at.isoformat() == moment
    assert "2019" not in parsed.body

"""A PostgreSQL that is older than a year says so when it starts."""

from datetime import date

import pytest

from newsarchive.embedded_postgres.age import released, warning
from tests.newsarchive.test_embedded_database import Client, home, open_folder  # noqa: F401
from tests.newsarchive.test_embedded_database import a_home_with_data as a_home_with_data

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("version", "day"),
    [
        ("15.1", date(2022, 11, 10)),
        ("15.9", date(2024, 11, 14)),
        ("15.10", date(2024, 11, 21)),
        ("17.4", date(2025, 2, 20)),
        ("18.0", date(2025, 11, 13)),
        ("18.2", date(2026, 2, 12)),
        ("18.99", None),
        ("40.1", None),
    ],
)
def test_the_date_of_a_minor_release_follows_from_its_number(version, day):
    assert released(version, TODAY) == day


def test_a_version_is_old_a_year_after_its_release():
    assert warning("18.2", date(2027, 2, 12)) == ""
    assert "PostgreSQL 18.2 is more than a year old (released by February 2026)" in warning(
        "18.2", date(2027, 2, 13)
    )


def test_whoever_starts_an_old_server_is_told_in_one_line(home):  # noqa: F811
    client = Client(home, today="2040-01-01")
    client.says()
    told = client.end()
    assert "more than a year old" in told and told.count("\n") == 1

"""Files uploaded for import are kept for some time, and as many as fit."""

import datetime as dt
from unittest import TestCase

from articles.ingest.upload_limits import KEPT_DAYS, NoRoom, Stored, check_room, expired

NOW = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)


def stored(key, size=1, days=0):
    return Stored(key, size, NOW - dt.timedelta(days=days))


class UploadLimitTests(TestCase):
    def test_what_is_older_than_the_limit_is_to_be_removed(self):
        ages = {"new": 0, "of the last day": KEPT_DAYS, "old": KEPT_DAYS + 1}
        self.assertEqual(expired([stored(key, days=days) for key, days in ages.items()], NOW), ["old"])

    def test_a_file_is_taken_as_long_as_all_fit(self):
        check_room([stored("one", 60), stored("two", 20)], 20, most=100)

    def test_a_file_for_which_there_is_no_room_is_refused_with_the_reason(self):
        with self.assertRaisesRegex(NoRoom, "There is no room for this file: 0 of 0 MB are taken"):
            check_room([stored("one", 60), stored("two", 20)], 21, most=100)

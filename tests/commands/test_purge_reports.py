"""The daily command: data is deleted at the end of its retention period."""

import datetime as dt
import io

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone


class PurgeReportsTests(TestCase):
    def test_the_log_of_logins_is_kept_for_ninety_days(self):
        now, said = timezone.now(), io.StringIO()
        for model in (AccessLog, AccessFailureLog):
            for days in (89, 91):
                row = model.objects.create(username=f"{days} days")
                model.objects.filter(pk=row.pk).update(attempt_time=now - dt.timedelta(days=days))
        call_command("purge_reports", stderr=said)
        self.assertIn("2 old sign-ins", said.getvalue())
        for model in (AccessLog, AccessFailureLog):
            self.assertEqual([row.username for row in model.objects.all()], ["89 days"])

    def test_tries_of_long_ago_are_dropped_as_well(self):
        row = AccessAttempt.objects.create(username="gwen", failures_since_start=1)
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=timezone.now() - dt.timedelta(days=91))
        call_command("purge_reports", stderr=io.StringIO())
        self.assertFalse(AccessAttempt.objects.exists())

    def test_the_old_name_does_the_same_and_names_the_new_one(self):
        said = io.StringIO()
        call_command("blank_reports", months=0, stderr=said)
        first, second = said.getvalue().splitlines()
        self.assertEqual(first, "blank_reports is now called purge_reports; the old name will be removed")
        self.assertIn("messages of 0 reports", second)

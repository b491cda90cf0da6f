"""The reason that an editor gives is neither truncated by the browser nor of white space alone."""

from django import forms
from django.test import SimpleTestCase

from articles.admin.reason_field import ReasonField


class ReasonForm(forms.Form):
    reason = ReasonField(max_length=20)


class ReasonFieldTests(SimpleTestCase):
    def errors(self, reason):
        return ReasonForm({"reason": reason}).errors.get("reason", [])

    def test_the_browser_is_not_told_the_limit(self):
        self.assertNotIn("maxlength", str(ReasonForm()["reason"]))

    def test_a_reason_over_the_limit_has_a_message(self):
        self.assertEqual(self.errors("x" * 21), ["Ensure this value has at most 20 characters (it has 21)."])

    def test_white_space_is_no_reason(self):
        self.assertEqual(self.errors(" \n\t "), ["Enter a reason."])

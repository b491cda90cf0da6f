"""Validation of time zone names, in Python and in the database."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.text.time_zones import zone_named

NO_ZONE = _("Enter a time zone such as Europe/Dublin.")


def names_a_zone(name: str) -> None:
    """Raise ValidationError for a name that Python does not know; the database has its own list."""
    if zone_named(name) is None:
        raise ValidationError(NO_ZONE, code="time_zone")


class IsTimeZone(models.Func):
    """Whether PostgreSQL knows this time zone name."""

    function = "archive_is_time_zone"
    output_field = models.BooleanField()

"""That a name stored is one of a time zone: asked of Python, which reads it, and of the database."""

from django.core.exceptions import ValidationError
from django.db import models

from articles.text.time_zones import zone_named

NO_ZONE = "There is no such time zone; write it as in Europe/Dublin."


def names_a_zone(name: str) -> None:
    """Refuse a name that Python knows no time zone by; the database looks in a list of its own."""
    if zone_named(name) is None:
        raise ValidationError(NO_ZONE, code="time_zone")


class IsTimeZone(models.Func):
    """Whether the database knows a time zone of this name."""

    function = "archive_is_time_zone"
    output_field = models.BooleanField()

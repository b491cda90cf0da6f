"""Cycles of merged speakers, precisions without a date and invented time zones are refused by the database.

The constraints hold for what is written from now on: to prove them of all rows would read whole tables while
nobody may write, and on a server that knows fewer time zones a proven one would stop a restore.
"""

import sys
from pathlib import Path

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Cast, ExtractDay, ExtractMonth
from django.db.models.lookups import Exact

import articles.models.zones

SQL = (Path(__file__).parent / "sql" / "0004_checks.sql").read_text(encoding="utf-8")
UNDO = """
drop trigger merged_without_cycle_added on articles_speaker;
drop trigger merged_without_cycle_changed on articles_speaker;
drop function archive_refuse_cycle();
drop function archive_lock_merges();
drop function archive_is_time_zone(text)
"""
CYCLES = """
with recursive way (id, at) as (
  select id, merged_into_id from articles_speaker where merged_into_id is not null
  union select w.id, s.merged_into_id from way w join articles_speaker s on s.id = w.at
    where s.merged_into_id is not null)
select distinct s.id, s.name from way join articles_speaker s on s.id = way.id where way.id = way.at order by s.id
"""

# Nothing else says in which year or month, so such a precision says nothing.
CLEAR_PRECISIONS = """
update articles_article set published_precision = '' where published_on is null and published_precision <> '';
update articles_quote set said_precision = '' where said_on is null and said_precision <> ''
"""
ZONE = "There is no such time zone; write it as in Europe/Dublin."
PRECISION = "A date has a precision, and a precision a date; a month or year is given by its first day."


def period(field, precision):
    first = Exact(ExtractDay(Cast(F(field), models.DateField())), 1)
    january = Exact(ExtractMonth(Cast(F(field), models.DateField())), 1)
    dated = (f"{field}__isnull", False)
    return Q(
        Q((f"{field}__isnull", True), (precision, "")),
        Q(dated, (precision, "day")),
        Q(dated, (precision, "month"), first),
        Q(dated, (precision, "year"), first, january),
        _connector="OR",
    )


def zone_field():
    return models.CharField(
        max_length=64, blank=True, validators=[articles.models.zones.names_a_zone],
        help_text="for example Europe/Dublin",
    )  # fmt: skip


def replaced(model, constraint):
    return [
        migrations.RemoveConstraint(model, constraint.name),
        AddConstraintNotValid(model, constraint),
    ]


def say_which_cycles(apps, schema_editor):
    """A cycle of before stays: who of them is the right one only an editor can say."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(CYCLES)
        names = [f"{name} ({pk})" for pk, name in cursor.fetchall()]
    if names:
        sys.stderr.write(
            f"\nSpeakers merged into one another in a cycle: {', '.join(names)}. In the table of speakers,"
            " empty “Merged into” of the one that is to answer for the others.\n"
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_database")]

    operations = [
        migrations.RunSQL([SQL], [UNDO]),
        migrations.RunPython(say_which_cycles, migrations.RunPython.noop),
        migrations.AlterField("publication", "time_zone", zone_field()),
        migrations.AlterField("publicationevent", "time_zone", zone_field()),
        AddConstraintNotValid(
            "publication",
            models.CheckConstraint(
                condition=Q(("time_zone", ""), articles.models.zones.IsTimeZone("time_zone"), _connector="OR"),
                name="publication_time_zone",
                violation_error_code="time_zone",
                violation_error_message=ZONE,
            ),
        ),
        *replaced(
            "article",
            models.CheckConstraint(
                condition=period("published_on", "published_precision"),
                name="article_published_precision",
                violation_error_code="published_precision",
                violation_error_message=PRECISION,
            ),
        ),
        *replaced(
            "quote",
            models.CheckConstraint(
                condition=period("said_on", "said_precision"),
                name="quote_said_precision",
                violation_error_code="said_precision",
                violation_error_message=PRECISION,
            ),
        ),
        *replaced(
            "quote",
            models.CheckConstraint(
                condition=Q(
                    Q(
                        ("end__isnull", False), ("lost_at__isnull", True), ("start__isnull", False),
                        ("start__lt", F("end")), Q(("spans", []), _negated=True),
                    ),
                    Q(("end__isnull", True), ("lost_at__isnull", False), ("spans", []), ("start__isnull", True)),
                    _connector="OR",
                ),
                name="quote_has_its_place_or_is_lost",
            ),
        ),
        migrations.AlterConstraint(
            "article",
            "article_published_at_has_day",
            models.CheckConstraint(
                condition=Q(("published_at__isnull", True), ("published_precision", "day"), _connector="OR"),
                name="article_published_at_has_day",
                violation_error_code="published_at",
                violation_error_message="A time needs the day, with the precision “day”.",
            ),
        ),
        migrations.AlterConstraint(
            "article",
            "article_not_its_own_copy",
            models.CheckConstraint(
                condition=Q(Q(("copy_of", F("pk")), _negated=True), Q(("version_of", F("pk")), _negated=True)),
                name="article_not_its_own_copy",
                violation_error_message="An article is no copy or version of itself.",
            ),
        ),
        migrations.AlterConstraint(
            "role",
            "role_period",
            models.CheckConstraint(
                condition=Q(
                    ("since__isnull", True), ("until__isnull", True), ("since__lte", F("until")), _connector="OR"
                ),
                name="role_period",
                violation_error_code="until",
                violation_error_message="The last day is before the first.",
            ),
        ),
        migrations.AlterConstraint(
            "speaker",
            "speaker_not_merged_into_itself",
            models.CheckConstraint(
                condition=Q(("merged_into", F("pk")), _negated=True),
                name="speaker_not_merged_into_itself",
                violation_error_code="merged_into",
                violation_error_message="This is the same entry.",
            ),
        ),
        migrations.RunSQL(CLEAR_PRECISIONS, migrations.RunSQL.noop),
    ]

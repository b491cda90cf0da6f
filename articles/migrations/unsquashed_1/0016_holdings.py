"""Keep count of what the archive holds, so that the front page need not count it at each visit."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "holdings.sql").read_text(encoding="utf-8")

UNDO = """
drop trigger held_added on search_document;
drop trigger held_changed on search_document;
drop trigger held_gone on search_document;
drop trigger held_added on quote_document;
drop trigger held_changed on quote_document;
drop trigger held_gone on quote_document;
drop function archive_articles_held(), archive_quotes_held(), archive_settle_holdings(),
  archive_recount_holdings(), archive_holdings(), archive_kept_as(bigint, bigint, bigint[], date, date);
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_words_of_speakers")]

    operations = [
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("publication", "Publication"),
                            ("section", "Section"),
                            ("topic", "Topic"),
                            ("speaker", "Speaker"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "thing_id",
                    models.BigIntegerField(help_text="null: quotes of nobody the archive knows", null=True),
                ),
                (
                    "period",
                    models.DateField(
                        help_text="first day: of the month for publications, of the year for sections and topics",  # noqa: E501
                        null=True,
                    ),
                ),
                ("whole_year", models.BooleanField(db_default=False, help_text="no month was printed")),
                (
                    "quotes_state",
                    models.CharField(
                        db_default="", help_text="of the articles; empty for quotes", max_length=6
                    ),
                ),
                ("embargo", models.DateTimeField(help_text="not to be counted before", null=True)),
                ("number", models.BigIntegerField()),
            ],
            options={
                "db_table": "holding",
                "indexes": [models.Index(fields=["kind", "thing_id"], name="holding_thing")],
            },
        ),
        migrations.RunSQL([SQL], [UNDO]),
    ]

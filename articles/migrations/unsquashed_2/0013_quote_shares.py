"""Counts quotes by publication, year and who checked them, as the holdings count articles."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0013_quote_shares.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_random_sample")]

    operations = [
        migrations.AlterField(
            model_name="holding",
            name="kind",
            field=models.CharField(
                choices=[
                    ("publication", "Publication"),
                    ("section", "Section"),
                    ("topic", "Topic"),
                    ("speaker", "Speaker"),
                    ("quote", "Quote"),
                    ("unnamed", "Unnamed"),
                ],
                max_length=11,
            ),
        ),
        migrations.AlterField(
            model_name="holding",
            name="quotes_state",
            field=models.CharField(
                db_default="",
                help_text="of the articles; of quotes by publication, who checked",
                max_length=6,
            ),
        ),
        # As a list: a plain string would be split at each semicolon. Nothing to reverse: the former release ignores these counts.
        migrations.RunSQL([SQL], migrations.RunSQL.noop),
    ]

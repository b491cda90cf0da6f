"""Postings are written without a check of each row: they go with their segment all the same."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_narrow_documents")]

    operations = [
        migrations.AlterField(
            model_name="searchposting",
            name="segment",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.searchsegment",
            ),
        ),
    ]

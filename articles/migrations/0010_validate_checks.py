"""Look at the rows of before as well, now that new ones are checked: writers are not kept waiting by it."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_database_clock")]

    # Not the one of time zones: on a server that knows fewer zones it would stop a restore.
    operations = [
        ValidateConstraint("article", "article_published_precision"),
        ValidateConstraint("quote", "quote_said_precision"),
    ]

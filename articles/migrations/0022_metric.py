from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_page_of_a_change")]

    operations = [
        migrations.CreateModel(
            name="Metric",
            fields=[
                ("series", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("total", models.FloatField(default=0)),
            ],
            options={"db_table": "metric", "ordering": ["pk"], "default_permissions": ()},
        ),
    ]

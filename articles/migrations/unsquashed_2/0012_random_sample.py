"""A random sample of the quotes that were found automatically, and editors' judgements of them."""

from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0012_random_sample.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0011_name_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SampledQuote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.BigIntegerField()),
                ('position', models.PositiveIntegerField()),
                ('population', models.PositiveIntegerField()),
                ('drawn_at', models.DateTimeField()),
                ('given_at', models.DateTimeField(blank=True, null=True)),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('quote', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='sampled', to='articles.quote')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('right', 'Right'), ('speaker', 'Wrong speaker'), ('no quote', 'Not a quote'), ('words', 'Wrong start or end'), ('unclear', 'Cannot tell'), ('taken back', 'Taken back')], max_length=10)),
                ('rule', models.CharField(max_length=60)),
                ('confidence', models.FloatField(null=True)),
                ('judged_at', models.DateTimeField()),
                ('judged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to=settings.AUTH_USER_MODEL)),
                ('publication', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='articles.publication')),
                ('sampled', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='articles.sampledquote')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='sampledquote',
            constraint=models.UniqueConstraint(models.F('seed'), models.F('position'), name='sampled_quote_place'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sampledquote',
            trigger=pgtrigger.compiler.Trigger(name='draw_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3d169dc96d416954602c0279c7b2a623f8b94a0f', operation='DELETE', pgid='pgtrigger_draw_stays_51ba8', table='articles_sampledquote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sampledquote',
            trigger=pgtrigger.compiler.Trigger(name='draw_unchanged', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."drawn_at" IS DISTINCT FROM (NEW."drawn_at") OR OLD."drawn_by_id" IS DISTINCT FROM (NEW."drawn_by_id") OR OLD."population" IS DISTINCT FROM (NEW."population") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."quote_id" IS DISTINCT FROM (NEW."quote_id") OR OLD."seed" IS DISTINCT FROM (NEW."seed"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='074535a9d155f7a42d2b95b46c0b48d5fcfb5af4', operation='UPDATE', pgid='pgtrigger_draw_unchanged_03851', table='articles_sampledquote', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['right', 'speaker', 'no quote', 'words', 'unclear', 'taken back'])), name='judgement_verdict'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='judgement',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e7002951cbb67284099e52897204d6b82d218df5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eb688', table='articles_judgement', when='BEFORE')),
        ),
        # As a list: a plain string would be split at each semicolon. The triggers go with their tables.
        migrations.RunSQL([SQL], migrations.RunSQL.noop),
    ]

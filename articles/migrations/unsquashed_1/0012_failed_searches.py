"""Count searches that found nothing, and keep what editors suggest instead."""

from pathlib import Path

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


SQL = (Path(__file__).parent / "sql" / "failed_searches.sql").read_text(encoding="utf-8")

RIGHTS = ["view_failedsearch", *(f"{act}_suggestedsearch" for act in ("view", "add", "change", "delete"))]
ROLES = ("editor", "chief editor")


def allow(apps, schema_editor):
    # Permissions are otherwise made only after all migrations have run.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles")
    found = list(permissions.filter(codename__in=RIGHTS))
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*found)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0010_searches_of_the_past'),
    ]

    operations = [
        migrations.CreateModel(
            name='SuggestedSearchEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('articles', 'in articles'), ('quotes', 'in own words')], max_length=8)),
                ('words', models.CharField(help_text='the query in its normal form', max_length=200)),
                ('leads_to', models.CharField(help_text='words to search for instead, or the address of a search in this archive', max_length=1000)),
                ('note', models.CharField(blank=True, help_text='shown beside it: why this one', max_length=300)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FailedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('articles', 'in articles'), ('quotes', 'in own words')], max_length=8)),
                ('words', models.CharField(help_text='the query in its normal form', max_length=200)),
                ('day', models.DateField()),
                ('times', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name_plural': 'failed searches',
                'constraints': [models.UniqueConstraint(models.F('day'), models.F('kind'), models.F('words'), name='failed_search_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='SuggestedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('articles', 'in articles'), ('quotes', 'in own words')], max_length=8)),
                ('words', models.CharField(help_text='the query in its normal form', max_length=200)),
                ('leads_to', models.CharField(help_text='words to search for instead, or the address of a search in this archive', max_length=1000)),
                ('note', models.CharField(blank=True, help_text='shown beside it: why this one', max_length=300)),
            ],
            options={
                'verbose_name_plural': 'suggested searches',
                'constraints': [models.UniqueConstraint(models.F('kind'), models.F('words'), name='suggested_search_once'), models.CheckConstraint(condition=models.Q(('leads_to__regex', '^/(search|quotes|speakers/[-\\w]+)/\\?')), name='suggested_search_leads_to_a_search')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestedsearch',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_suggestedsearchevent" ("id", "kind", "leads_to", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (OLD."id", OLD."kind", OLD."leads_to", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."words"); RETURN NULL;', hash='02396f4e588cc723f753fa1933282440fe889e4a', operation='UPDATE', pgid='pgtrigger_update_update_d03c7', table='articles_suggestedsearch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestedsearch',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_suggestedsearchevent" ("id", "kind", "leads_to", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (OLD."id", OLD."kind", OLD."leads_to", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."words"); RETURN NULL;', hash='51419e8232a7f73a0e589248a477cd7d6d87f3c9', operation='DELETE', pgid='pgtrigger_delete_delete_347cf', table='articles_suggestedsearch', when='AFTER')),
        ),
        migrations.AddField(
            model_name='suggestedsearchevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.suggestedsearch'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestedsearchevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f44a104a646dd3ebdc7d97083f0e813546796e89', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bfd79', table='articles_suggestedsearchevent', when='BEFORE')),
        ),
        migrations.RunSQL(SQL, "drop function archive_note_failed_search(text, text, date)"),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]

"""Note where the same words are credited to different speakers, and what editors say of them."""

from pathlib import Path

import django.contrib.postgres.functions
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "credits.sql").read_text(encoding="utf-8")

FILL = """
do $$
declare
  last bigint := 0;
  ids bigint[];
begin
  loop
    select array_agg(id order by id) into ids from (
      select id from articles_quote where id > last and status = 'accepted' and speaker_id is not null
      order by id limit 5000) q;
    exit when ids is null;
    perform archive_key_quotes(ids);
    last := ids[cardinality(ids)];
  end loop;
end $$;
"""

UNDO = """
drop trigger words_keyed_added on articles_quote;
drop trigger words_keyed_changed on articles_quote;
drop trigger words_keyed_gone on articles_quote;
drop function archive_quotes_keyed(), archive_key_quotes(bigint[]), archive_keys_of(bigint[]),
  archive_mostly_same(text, text), archive_words_key(text[]);
"""

EDITORS = ["view_creditdecision", "add_creditdecision", "change_creditdecision"]
RIGHTS = {"reader": ["view_creditdecision"], "editor": EDITORS, "chief editor": EDITORS}


def allow(apps, schema_editor):
    # Permissions are otherwise made only after all migrations have run.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles")
    for name, rights in RIGHTS.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.add(*permissions.filter(codename__in=rights))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0023_imports_of_speakers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CreditConflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BigIntegerField()),
                ('one_id', models.BigIntegerField()),
                ('other_id', models.BigIntegerField()),
                ('found_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, null=True)),
            ],
            options={
                'db_table': 'credit_conflict',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(models.F('key'), models.F('one_id'), models.F('other_id'), name='credit_conflict_once')],
            },
        ),
        migrations.CreateModel(
            name='CreditDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BigIntegerField()),
                ('words', models.CharField(help_text='how they begin, for the list of what was decided', max_length=300)),
                ('decided_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits_decided', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.speaker')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.speaker')),
            ],
            options={
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CreditDecisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('key', models.BigIntegerField()),
                ('words', models.CharField(help_text='how they begin, for the list of what was decided', max_length=300)),
                ('decided_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.speaker')),
                ('other', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.speaker')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.creditdecision')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuoteKey',
            fields=[
                ('quote_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('speaker_id', models.BigIntegerField()),
                ('begins', models.BigIntegerField()),
                ('ends', models.BigIntegerField()),
            ],
            options={
                'db_table': 'quote_key',
                'indexes': [models.Index(fields=['begins'], name='quote_key_begins'), models.Index(fields=['ends'], name='quote_key_ends')],
            },
        ),
        migrations.AddConstraint(
            model_name='creditdecision',
            constraint=models.UniqueConstraint(models.F('key'), models.F('one'), models.F('other'), condition=models.Q(('taken_back_at__isnull', True)), name='credit_decision_once'),
        ),
        migrations.AddConstraint(
            model_name='creditdecision',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='credit_decision_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='creditdecision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_creditdecisionevent" ("decided_at", "decided_by_id", "id", "key", "one_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_back_at", "words") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."key", OLD."one_id", OLD."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."taken_back_at", OLD."words"); RETURN NULL;', hash='0e854f1b3b5f0477ed71dd3ce6a61d9b6fafe070', operation='UPDATE', pgid='pgtrigger_update_update_a9184', table='articles_creditdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='creditdecision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_creditdecisionevent" ("decided_at", "decided_by_id", "id", "key", "one_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_back_at", "words") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."key", OLD."one_id", OLD."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."taken_back_at", OLD."words"); RETURN NULL;', hash='a64321d3e50c96fc1e5eb5e127b6ecb019fe0ad5', operation='DELETE', pgid='pgtrigger_delete_delete_b51bc', table='articles_creditdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='creditdecisionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d4b5a8b9942a1d7eefb56cbe0903cf1295378271', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_255cc', table='articles_creditdecisionevent', when='BEFORE')),
        ),
        migrations.RunSQL([SQL, FILL], [UNDO]),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]

"""Keep which speakers look like one and are, as an editor has said, different people."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

EDITORS = ["view_speakerstoldapart", "add_speakerstoldapart", "change_speakerstoldapart"]
RIGHTS = {"reader": ["view_speakerstoldapart"], "editor": EDITORS, "chief editor": EDITORS}


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
        ('articles', '0017_reports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SpeakersToldApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decided_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='speakers_told_apart', to=settings.AUTH_USER_MODEL)),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.speaker')),
                ('later', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_apart_from', to='articles.speaker')),
            ],
            options={
                'verbose_name_plural': 'speakers told apart',
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SpeakersToldApartEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('decided_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('earlier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.speaker')),
                ('later', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.speaker')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.speakerstoldapart')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='speakerstoldapart',
            constraint=models.UniqueConstraint(models.F('earlier'), models.F('later'), condition=models.Q(('taken_back_at__isnull', True)), name='speakers_told_apart_once'),
        ),
        migrations.AddConstraint(
            model_name='speakerstoldapart',
            constraint=models.CheckConstraint(condition=models.Q(('earlier__lt', models.F('later'))), name='speakers_told_apart_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakerstoldapart',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_speakerstoldapartevent" ("decided_at", "decided_by_id", "earlier_id", "id", "later_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_back_at") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."earlier_id", OLD."id", OLD."later_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."taken_back_at"); RETURN NULL;', hash='e29a9eae441dd1c6e014e7da19701b8b107852cd', operation='UPDATE', pgid='pgtrigger_update_update_0a55f', table='articles_speakerstoldapart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakerstoldapart',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_speakerstoldapartevent" ("decided_at", "decided_by_id", "earlier_id", "id", "later_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_back_at") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."earlier_id", OLD."id", OLD."later_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."taken_back_at"); RETURN NULL;', hash='a697a1abf1c2b8038bca0e99c9e86a39fa74acf7', operation='DELETE', pgid='pgtrigger_delete_delete_dbda8', table='articles_speakerstoldapart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakerstoldapartevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='15381baf7e2e42b90adf2470905192afba5d125b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ad678', table='articles_speakerstoldapartevent', when='BEFORE')),
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]

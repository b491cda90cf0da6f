"""Reports of readers, who may decide them, and how many came in an hour."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

RIGHTS = ("view_report", "change_report")
ROLES = ("editor", "chief editor")


def allow(apps, schema_editor):
    # Permissions are otherwise made only after all migrations have run.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*permissions.filter(codename__in=RIGHTS))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0016_holdings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('speaker', 'Wrong speaker'), ('words', 'Wrong words'), ('date', 'Wrong date'), ('other', 'Something else')], max_length=7)),
                ('remark', models.TextField(blank=True, help_text='in the reader’s own words; blanked in time')),
                ('remark_blanked_at', models.DateTimeField(blank=True, null=True)),
                ('token_hash', models.CharField(help_text='of the reader’s address for it', max_length=64, unique=True)),
                ('received_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('ours', 'Our mistake'), ("the paper's", 'The paper’s mistake'), ('refused', 'Nothing is changed')], max_length=11)),
                ('reason', models.TextField(blank=True, help_text='what the reader is told of the decision')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.UUIDField(blank=True, help_text='the act that decided it, with all reports decided together', null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='articles.article')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided_reports', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='articles.notice')),
                ('quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='articles.quote')),
            ],
            options={
                'ordering': ['received_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('what', models.CharField(choices=[('speaker', 'Wrong speaker'), ('words', 'Wrong words'), ('date', 'Wrong date'), ('other', 'Something else')], max_length=7)),
                ('remark_blanked_at', models.DateTimeField(blank=True, null=True)),
                ('received_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('ours', 'Our mistake'), ("the paper's", 'The paper’s mistake'), ('refused', 'Nothing is changed')], max_length=11)),
                ('reason', models.TextField(blank=True, help_text='what the reader is told of the decision')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.UUIDField(blank=True, help_text='the act that decided it, with all reports decided together', null=True)),
                ('article', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.article')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.notice')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.report')),
                ('quote', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.quote')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SenderTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sender', models.CharField(blank=True, max_length=64)),
                ('hour', models.DateTimeField()),
                ('times', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name_plural': 'sender tallies',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('hour'), models.F('sender'), name='sender_tally_once_an_hour')],
            },
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('outcome', '')), fields=['received_at'], name='report_waiting'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['decision'], name='report_decision'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision__isnull', True), ('outcome', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decision__isnull', False), models.Q(('outcome', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='report_is_decided_or_waits'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."notice_id" IS DISTINCT FROM (NEW."notice_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."quote_id" IS DISTINCT FROM (NEW."quote_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."remark_blanked_at" IS DISTINCT FROM (NEW."remark_blanked_at") OR OLD."what" IS DISTINCT FROM (NEW."what"))', func='INSERT INTO "articles_reportevent" ("article_id", "decided_at", "decided_by_id", "decision", "id", "notice_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "reason", "received_at", "remark_blanked_at", "what") VALUES (OLD."article_id", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."id", OLD."notice_id", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."quote_id", OLD."reason", OLD."received_at", OLD."remark_blanked_at", OLD."what"); RETURN NULL;', hash='679bd75ea7c52428be3312cdae4bd1d6bdd320aa', operation='UPDATE', pgid='pgtrigger_update_update_a315c', table='articles_report', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_reportevent" ("article_id", "decided_at", "decided_by_id", "decision", "id", "notice_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "reason", "received_at", "remark_blanked_at", "what") VALUES (OLD."article_id", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."id", OLD."notice_id", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."quote_id", OLD."reason", OLD."received_at", OLD."remark_blanked_at", OLD."what"); RETURN NULL;', hash='96bbba9edb04b34dcbd70011ff22bc7ba8a9afdb', operation='DELETE', pgid='pgtrigger_delete_delete_3204f', table='articles_report', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fd15a42ea398fe98134bd441d96853ee93d94d54', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b6289', table='articles_reportevent', when='BEFORE')),
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]

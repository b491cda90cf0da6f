"""Keep by what texts that are nearly the same find each other, and which of them were told apart."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

RIGHTS = {
    "reader": ["view_toldapart"],
    "editor": ["view_toldapart", "add_toldapart"],
    "chief editor": ["view_toldapart", "add_toldapart"],
}


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
        ('articles', '0013_desk_memory_and_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('article', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='signature', serialize=False, to='articles.article')),
                ('body_hash', models.CharField(max_length=64)),
                ('made_by', models.PositiveSmallIntegerField(help_text='which form of reckoning')),
                ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['bands'], name='signature_bands')],
            },
        ),
        migrations.CreateModel(
            name='ToldApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles_told_apart', to=settings.AUTH_USER_MODEL)),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article')),
                ('later', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_apart_from', to='articles.article')),
            ],
            options={
                'verbose_name_plural': 'told apart',
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ToldApartEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('earlier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.article')),
                ('later', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.article')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.toldapart')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='toldapart',
            constraint=models.UniqueConstraint(models.F('earlier'), models.F('later'), name='told_apart_once'),
        ),
        migrations.AddConstraint(
            model_name='toldapart',
            constraint=models.CheckConstraint(condition=models.Q(('earlier__lt', models.F('later'))), name='told_apart_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='toldapart',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_toldapartevent" ("decided_at", "decided_by_id", "earlier_id", "id", "later_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."earlier_id", OLD."id", OLD."later_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id"); RETURN NULL;', hash='14260474aa98605eba513d5cccd6483b36ac60fa', operation='UPDATE', pgid='pgtrigger_update_update_6e603', table='articles_toldapart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='toldapart',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_toldapartevent" ("decided_at", "decided_by_id", "earlier_id", "id", "later_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."earlier_id", OLD."id", OLD."later_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='255ea4c36f7a977aec8362272e1ec29e41537178', operation='DELETE', pgid='pgtrigger_delete_delete_0fa36', table='articles_toldapart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='toldapartevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3eaa01e9bf1e63ef364021b29a13baf8052d5e99', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f24ec', table='articles_toldapartevent', when='BEFORE')),
        ),
        migrations.RunSQL(
            "ALTER TABLE articles_signature ADD CONSTRAINT signature_of_an_article FOREIGN KEY (article_id)"
            " REFERENCES articles_article (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE articles_signature DROP CONSTRAINT signature_of_an_article",
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]

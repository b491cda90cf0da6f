"""Profiles of publications; autosaved input without an article; which rows of an import were rejected."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

FOLDER = Path(__file__).parent / "sql"


def sql(name: str) -> list[str]:
    """As a list: a plain string would be split at each semicolon."""
    return [(FOLDER / f"{name}.sql").read_text(encoding="utf-8")]


def grant(apps, schema_editor):
    """Who may change a publication may change its profile."""
    # Permissions are otherwise made only after all migrations have run.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles")
    allowed = permissions.get(codename="change_publicationprofile")
    for group in apps.get_model("auth", "Group").objects.filter(permissions__codename="change_publication"):
        group.permissions.add(allowed)


class Migration(migrations.Migration):
    dependencies = [
        ('articles', '0019_canonical_speaker'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicationProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('labels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, help_text='One on each line, without the colon, for example: Courier. Their turns are questions.', size=None, verbose_name='labels of the interviewer')),
                ('date_order', models.CharField(blank=True, choices=[('', 'Not known: ask for each article'), ('day first', 'Day first: 03/04/2019 is 3 April'), ('month first', 'Month first: 03/04/2019 is 4 March')], default='', max_length=11, verbose_name='dates in numbers')),
                ('byline', models.CharField(blank=True, help_text='A byline that does not begin with “By”, with {name} for the name: Words: {name}', max_length=200, verbose_name='byline')),
                ('cut_lines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=400), blank=True, default=list, help_text='One on each line. Paragraphs with exactly these words are removed from the text.', size=None, verbose_name='lines to remove')),
                ('mappings', models.JSONField(blank=True, default=list, editable=False, verbose_name='column mappings')),
            ],
            options={
                'verbose_name': 'profile of a publication',
                'verbose_name_plural': 'profiles of publications',
                'ordering': ['pk'],
                'default_permissions': ('change',),
            },
        ),
        migrations.CreateModel(
            name='PublicationProfileEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('labels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, help_text='One on each line, without the colon, for example: Courier. Their turns are questions.', size=None, verbose_name='labels of the interviewer')),
                ('date_order', models.CharField(blank=True, choices=[('', 'Not known: ask for each article'), ('day first', 'Day first: 03/04/2019 is 3 April'), ('month first', 'Month first: 03/04/2019 is 4 March')], default='', max_length=11, verbose_name='dates in numbers')),
                ('byline', models.CharField(blank=True, help_text='A byline that does not begin with “By”, with {name} for the name: Words: {name}', max_length=200, verbose_name='byline')),
                ('cut_lines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=400), blank=True, default=list, help_text='One on each line. Paragraphs with exactly these words are removed from the text.', size=None, verbose_name='lines to remove')),
                ('mappings', models.JSONField(blank=True, default=list, editable=False, verbose_name='column mappings')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='unsaved',
            name='unsaved_once',
        ),
        migrations.AlterField(
            model_name='unsaved',
            name='article',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='unsaved', to='articles.article'),
        ),
        migrations.AddConstraint(
            model_name='unsaved',
            constraint=models.UniqueConstraint(models.F('article'), models.F('user'), name='unsaved_once', nulls_distinct=False),
        ),
        migrations.AddField(
            model_name='publicationprofile',
            name='publication',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to='articles.publication', verbose_name='publication'),
        ),
        migrations.AddField(
            model_name='publicationprofile',
            name='section',
            field=models.ForeignKey(blank=True, help_text='For articles that name no section.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.section', verbose_name='usual section'),
        ),
        migrations.AddField(
            model_name='publicationprofileevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.publicationprofile'),
        ),
        migrations.AddField(
            model_name='publicationprofileevent',
            name='publication',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.publication', verbose_name='publication'),
        ),
        migrations.AddField(
            model_name='publicationprofileevent',
            name='section',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='For articles that name no section.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.section', verbose_name='usual section'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationprofile',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_publicationprofileevent" ("byline", "cut_lines", "date_order", "id", "labels", "mappings", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "section_id") VALUES (OLD."byline", OLD."cut_lines", OLD."date_order", OLD."id", OLD."labels", OLD."mappings", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."publication_id", OLD."section_id"); RETURN NULL;', hash='774622946c28a92e565c950e03cca7fa2ca1a35c', operation='UPDATE', pgid='pgtrigger_update_update_b9529', table='articles_publicationprofile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationprofile',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_publicationprofileevent" ("byline", "cut_lines", "date_order", "id", "labels", "mappings", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "section_id") VALUES (OLD."byline", OLD."cut_lines", OLD."date_order", OLD."id", OLD."labels", OLD."mappings", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."publication_id", OLD."section_id"); RETURN NULL;', hash='d1d70f9f348af519d66e751fb265d05542bec63c', operation='DELETE', pgid='pgtrigger_delete_delete_84165', table='articles_publicationprofile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationprofileevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e4abb0025ba9395b2502dc896b3488d4d31ac332', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d4d2c', table='articles_publicationprofileevent', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='importerror',
            name='rejected',
            field=models.BooleanField(default=False, help_text='The row was not imported; others have a note.', verbose_name='rejected'),
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunSQL(sql("0020_publication_profile"), sql("0020_publication_profile_undo")),
    ]

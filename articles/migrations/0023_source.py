"""Sources that are imported automatically, with the state of their runs and what they have taken."""

from pathlib import Path

import articles.models.clock
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

FOLDER = Path(__file__).parent / "sql"


def sql(name: str) -> list[str]:
    """As a list: a plain string would be split at each semicolon."""
    return [(FOLDER / f"{name}.sql").read_text(encoding="utf-8")]


def grant(apps, schema_editor):
    """Editors see the sources; chief editors, who may change a publication, register them."""
    # Permissions are otherwise made only after all migrations have run.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles")
    groups = apps.get_model("auth", "Group").objects
    for group in groups.filter(permissions__codename="add_importbatch"):
        group.permissions.add(permissions.get(codename="view_source"))
    for group in groups.filter(permissions__codename="change_publication"):
        group.permissions.add(*permissions.filter(codename__in=["view_source", "add_source", "change_source"]))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0022_metric'),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('feed', 'Feed'), ('folder', 'Folder')], default='feed', max_length=6, verbose_name='type')),
                ('url', models.CharField(blank=True, help_text='RSS, Atom, JSON Feed, or a file of an agency (NITF, NewsML-G2, ninjs).', max_length=2000, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='link of the feed')),
                ('folder', models.CharField(blank=True, help_text='Its path below the folder for sources on the server, such as courier/2024.', max_length=500, verbose_name='folder')),
                ('language', models.CharField(blank=True, help_text='For articles that name none, such as en or pt-BR. If empty, it is detected.', max_length=35, validators=[django.core.validators.RegexValidator('^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', 'Enter a language tag such as en or pt-BR.')], verbose_name='language')),
                ('publish', models.BooleanField(default=False, help_text='Otherwise they are drafts until an editor publishes them.', verbose_name='publish the articles at once')),
                ('changed', models.CharField(choices=[('skip', 'Keep the text in the archive'), ('update', 'Take the new text, unless an editor has worked on the article')], default='skip', max_length=6, verbose_name='if an article has another text later')),
                ('pages', models.BooleanField(default=False, help_text='Up to 20 pages in each run, slowly, and only where robots.txt allows it.', verbose_name='also fetch the page of an article if the feed has only a summary')),
                ('every', models.PositiveSmallIntegerField(choices=[(15, 'Every 15 minutes'), (60, 'Every hour'), (360, 'Every 6 hours'), (1440, 'Every day'), (10080, 'Every week')], default=60, verbose_name='how often')),
                ('paused', models.BooleanField(default=False, verbose_name='paused')),
                ('publication', models.ForeignKey(help_text='All articles of this source are of this publication, whatever the source says.', on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='articles.publication', verbose_name='publication')),
                ('section', models.ForeignKey(blank=True, help_text='For articles that name none. If empty, the usual section of the publication.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.section', verbose_name='section')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'ordering': ['name', 'pk'],
                'default_permissions': ('add', 'change', 'view'),
            },
        ),
        migrations.CreateModel(
            name='SourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('feed', 'Feed'), ('folder', 'Folder')], default='feed', max_length=6, verbose_name='type')),
                ('url', models.CharField(blank=True, help_text='RSS, Atom, JSON Feed, or a file of an agency (NITF, NewsML-G2, ninjs).', max_length=2000, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='link of the feed')),
                ('folder', models.CharField(blank=True, help_text='Its path below the folder for sources on the server, such as courier/2024.', max_length=500, verbose_name='folder')),
                ('language', models.CharField(blank=True, help_text='For articles that name none, such as en or pt-BR. If empty, it is detected.', max_length=35, validators=[django.core.validators.RegexValidator('^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', 'Enter a language tag such as en or pt-BR.')], verbose_name='language')),
                ('publish', models.BooleanField(default=False, help_text='Otherwise they are drafts until an editor publishes them.', verbose_name='publish the articles at once')),
                ('changed', models.CharField(choices=[('skip', 'Keep the text in the archive'), ('update', 'Take the new text, unless an editor has worked on the article')], default='skip', max_length=6, verbose_name='if an article has another text later')),
                ('pages', models.BooleanField(default=False, help_text='Up to 20 pages in each run, slowly, and only where robots.txt allows it.', verbose_name='also fetch the page of an article if the feed has only a summary')),
                ('every', models.PositiveSmallIntegerField(choices=[(15, 'Every 15 minutes'), (60, 'Every hour'), (360, 'Every 6 hours'), (1440, 'Every day'), (10080, 'Every week')], default=60, verbose_name='how often')),
                ('paused', models.BooleanField(default=False, verbose_name='paused')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.source')),
                ('publication', models.ForeignKey(db_constraint=False, help_text='All articles of this source are of this publication, whatever the source says.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.publication', verbose_name='publication')),
                ('section', models.ForeignKey(blank=True, db_constraint=False, help_text='For articles that name none. If empty, the usual section of the publication.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.section', verbose_name='section')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SourceItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='SHA-256 of the content.', max_length=64)),
                ('name', models.CharField(blank=True, max_length=500)),
                ('size', models.BigIntegerField(null=True)),
                ('modified_ns', models.BigIntegerField(null=True)),
                ('taken_at', models.DateTimeField(default=articles.models.clock.now)),
                ('rejected', models.PositiveIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('present', models.BooleanField(default=True, help_text='In the source at the last run.')),
                ('dismissed', models.BooleanField(default=False, help_text='An editor has seen the reason.')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='source_items', to='articles.importbatch')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='articles.source')),
            ],
            options={
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SourceState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('next_run_at', models.DateTimeField(help_text='Empty: at once.', null=True)),
                ('last_run_at', models.DateTimeField(null=True)),
                ('last_success_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, max_length=1000)),
                ('fault_since', models.DateTimeField(null=True)),
                ('failed_runs', models.PositiveIntegerField(default=0)),
                ('gone', models.BooleanField(default=False)),
                ('moved_to', models.CharField(blank=True, max_length=2000)),
                ('moved_declined', models.CharField(blank=True, max_length=2000)),
                ('etag', models.CharField(blank=True, max_length=1000)),
                ('last_modified', models.CharField(blank=True, max_length=200)),
                ('source', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='state', to='articles.source')),
            ],
            options={
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('name__regex', '^\\s*$'), _negated=True), name='source_has_a_name', violation_error_code='name', violation_error_message='Enter a name.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='source_name_once', violation_error_code='name', violation_error_message='Another source has this name.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'feed'), models.Q(('url', ''), _negated=True), models.Q(('url', ''), ('url__iregex', '^https?://[^\\s\\x01-\\x1f]+$'), _connector='OR')), models.Q(('kind', 'folder'), ('url', '')), _connector='OR'), name='source_url', violation_error_code='url', violation_error_message='Enter the link of a feed. It begins with http:// or https://.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('folder__regex', '^[^./\\\\\\x01-\\x1f][^/\\\\\\x01-\\x1f]*(/[^./\\\\\\x01-\\x1f][^/\\\\\\x01-\\x1f]*)*$'), ('kind', 'folder')), models.Q(('folder', ''), ('kind', 'feed')), _connector='OR'), name='source_folder', violation_error_code='folder', violation_error_message='Enter the path of a folder, such as courier or courier/2024.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'feed')), fields=('url',), name='source_url_once', violation_error_code='url', violation_error_message='Another source has this link.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'folder')), fields=('folder',), name='source_folder_once', violation_error_code='folder', violation_error_message='Another source has this folder.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('language', ''), ('language__regex', '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'), _connector='OR'), name='source_language', violation_error_code='language', violation_error_message='Enter a language tag such as en or pt-BR.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('every__in', [15, 60, 360, 1440, 10080])), name='source_every', violation_error_code='every', violation_error_message='Choose how often.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('changed__in', ['skip', 'update'])), name='source_changed', violation_error_code='changed', violation_error_message='Choose one of these.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'feed'), ('pages', False), _connector='OR'), name='source_pages_of_a_feed', violation_error_code='pages', violation_error_message='Only feeds have linked pages.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_sourceevent" ("changed", "every", "folder", "id", "kind", "language", "name", "pages", "paused", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "publish", "section_id", "url") VALUES (OLD."changed", OLD."every", OLD."folder", OLD."id", OLD."kind", OLD."language", OLD."name", OLD."pages", OLD."paused", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."publication_id", OLD."publish", OLD."section_id", OLD."url"); RETURN NULL;', hash='ec2b427c0e7ce7d0e54e208716491fee5b03f710', operation='UPDATE', pgid='pgtrigger_update_update_365a8', table='articles_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_sourceevent" ("changed", "every", "folder", "id", "kind", "language", "name", "pages", "paused", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "publish", "section_id", "url") VALUES (OLD."changed", OLD."every", OLD."folder", OLD."id", OLD."kind", OLD."language", OLD."name", OLD."pages", OLD."paused", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."publication_id", OLD."publish", OLD."section_id", OLD."url"); RETURN NULL;', hash='e8ec1aa9a641768a7b49b357a889c3b6c4a9451e', operation='DELETE', pgid='pgtrigger_delete_delete_07439', table='articles_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sourceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e9730fb735902e4ea577448ced0e34f1aa9850ea', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dd193', table='articles_sourceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sourceitem',
            constraint=models.UniqueConstraint(fields=('source', 'key'), name='source_item_once'),
        ),
        migrations.AddConstraint(
            model_name='sourceitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('rejected', 0)), models.Q(('rejected__gt', 0), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='source_item_reason'),
        ),
        migrations.AddConstraint(
            model_name='sourcestate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('failed_runs', 0), ('fault', ''), ('fault_since', None)), models.Q(models.Q(('fault', ''), _negated=True), ('failed_runs__gt', 0), ('fault_since__isnull', False)), _connector='OR'), name='source_state_fault'),
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunSQL(sql("0023_source"), sql("0023_source_undo")),
    ]

"""Keep a log of who did what, when and through which door, which is only ever added to."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "deeds.sql").read_text(encoding="utf-8")

UNDO = """
do $$
declare
  one record;
begin
  for one in select tgname, tgrelid::regclass as at from pg_trigger where tgname like 'deed\\_%' loop
    execute format('drop trigger %I on %s', one.tgname, one.at);
  end loop;
end $$;
drop function archive_note_deed(text, text, bigint[], text, bigint, uuid), archive_note_act(uuid, text),
  archive_note_taken_back(uuid), archive_note_rows(), archive_note_import(), archive_note_account(),
  archive_note_right(), archive_deeds_stay();
"""


def allow(apps, schema_editor):
    # Permissions are otherwise made only after all migrations have run.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="articles", codename="view_deed"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="chief editor"):
        group.permissions.add(*rights)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0019_postings'),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('who', models.CharField(blank=True, max_length=150)),
                ('through', models.CharField(blank=True, help_text='the door; none: the shell', max_length=40)),
                ('kind', models.CharField(choices=[('add', 'added'), ('change', 'changed'), ('delete', 'deleted'), ('import', 'imported'), ('login', 'logged in'), ('account', 'changed an account'), ('role', 'gave or took rights'), ('act', 'did as one act'), ('taken back', 'took back')], max_length=10)),
                ('about', models.CharField(blank=True, help_text='which table', max_length=40)),
                ('ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('what', models.TextField(blank=True, help_text='the columns changed, or the act in words')),
                ('act', models.UUIDField(blank=True, help_text='what was done together and is taken back so', null=True)),
                ('user', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['at', 'id'], name='deed_at'), models.Index(fields=['who', 'at', 'id'], name='deed_who'), models.Index(fields=['kind', 'at', 'id'], name='deed_kind'), models.Index(fields=['about', 'at', 'id'], name='deed_about'), models.Index(condition=models.Q(('act__isnull', False)), fields=['act'], name='deed_act'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['ids'], name='deed_ids')],
            },
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
        migrations.RunSQL(SQL, UNDO),
    ]

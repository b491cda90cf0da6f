"""Each speaker has its canonical speaker, which the database sets; cycles of merges of before 0004 are ended."""

import sys
from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

FOLDER = Path(__file__).parent / "sql"
# The speaker of each cycle that was added first is merged into nobody from now on, the others still into them.
END_CYCLES = """
with recursive way (id, at) as (
  select id, merged_into_id from articles_speaker where merged_into_id is not null
  union select w.id, s.merged_into_id from way w join articles_speaker s on s.id = w.at
    where s.merged_into_id is not null)
update articles_speaker set merged_into_id = null
where id in (select id from way group by id having bool_or(at = id) and min(at) = id) returning name, id
"""


def sql(name: str) -> list[str]:
    """As a list: a plain string would be split at each semicolon."""
    return [(FOLDER / f"{name}.sql").read_text(encoding="utf-8")]


def end_cycles(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(END_CYCLES)
        for name, pk in cursor.fetchall():
            sys.stderr.write(f"\n{name} ({pk}) was merged in a cycle; the others are now merged into this speaker.\n")


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_triggers")]

    operations = [
        migrations.RunPython(end_cycles, migrations.RunPython.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name='speaker',
            name='update_update',
        ),
        migrations.AddField(
            model_name='speaker',
            name='canonical_speaker',
            field=models.ForeignKey(db_constraint=False, db_default=models.Value(0), editable=False, help_text='The speaker at the end of all merges; the speaker itself if it is not merged.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='family', to='articles.speaker'),
        ),
        migrations.RunSQL(sql("0019_canonical_speaker"), sql("0019_canonical_speaker_undo")),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."import_batch_id" IS DISTINCT FROM (NEW."import_batch_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."noindex" IS DISTINCT FROM (NEW."noindex") OR OLD."same_as" IS DISTINCT FROM (NEW."same_as") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."sort_name" IS DISTINCT FROM (NEW."sort_name"))', func='INSERT INTO "articles_speakerevent" ("description", "id", "import_batch_id", "kind", "merged_into_id", "name", "noindex", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "same_as", "slug", "sort_name") VALUES (OLD."description", OLD."id", OLD."import_batch_id", OLD."kind", OLD."merged_into_id", OLD."name", OLD."noindex", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."same_as", OLD."slug", OLD."sort_name"); RETURN NULL;', hash='3ef8a4c3f99f5ee4d25e50ba1eb782ae37bec47b', operation='UPDATE', pgid='pgtrigger_update_update_15fe8', table='articles_speaker', when='AFTER')),
        ),
    ]

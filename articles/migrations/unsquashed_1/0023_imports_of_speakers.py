"""Keep which table of speakers brought an alias or a role, so that it can be undone as one."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0022_former_documents_anew'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='alias',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='alias',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='role',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='role',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='alias',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.importbatch'),
        ),
        migrations.AddField(
            model_name='aliasevent',
            name='import_batch',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.importbatch'),
        ),
        migrations.AddField(
            model_name='role',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.importbatch'),
        ),
        migrations.AddField(
            model_name='roleevent',
            name='import_batch',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.importbatch'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alias',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_aliasevent" ("added_at", "id", "import_batch_id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id") VALUES (OLD."added_at", OLD."id", OLD."import_batch_id", OLD."kind", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."speaker_id"); RETURN NULL;', hash='2575379d4ff59d9f009e1c956c2aab2a283590ba', operation='UPDATE', pgid='pgtrigger_update_update_5b29a', table='articles_alias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alias',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_aliasevent" ("added_at", "id", "import_batch_id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id") VALUES (OLD."added_at", OLD."id", OLD."import_batch_id", OLD."kind", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."speaker_id"); RETURN NULL;', hash='0faf4180c80f1ed4aa13c91871ca173a5dfd339a', operation='DELETE', pgid='pgtrigger_delete_delete_33abc', table='articles_alias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_roleevent" ("id", "import_batch_id", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "speaker_id", "title", "until") VALUES (OLD."id", OLD."import_batch_id", OLD."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."since", OLD."speaker_id", OLD."title", OLD."until"); RETURN NULL;', hash='69c997a1ed46285f9196a351fb6c0e8a349252fd', operation='UPDATE', pgid='pgtrigger_update_update_8304b', table='articles_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_roleevent" ("id", "import_batch_id", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "speaker_id", "title", "until") VALUES (OLD."id", OLD."import_batch_id", OLD."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."since", OLD."speaker_id", OLD."title", OLD."until"); RETURN NULL;', hash='03c0407da9b604aef55598bd41463f0f87fcb875', operation='DELETE', pgid='pgtrigger_delete_delete_d1b66', table='articles_role', when='AFTER')),
        ),
    ]

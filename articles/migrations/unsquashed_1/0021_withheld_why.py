"""Say why an article is withheld, and when it is looked at again."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0020_deeds'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='article',
            name='review_on',
            field=models.DateField(blank=True, help_text='when a withheld one is looked at again', null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='withheld_reason',
            field=models.TextField(blank=True, help_text='why it is kept from readers; never shown to them', max_length=2000),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='review_on',
            field=models.DateField(blank=True, help_text='when a withheld one is looked at again', null=True),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='withheld_reason',
            field=models.TextField(blank=True, help_text='why it is kept from readers; never shown to them', max_length=2000),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('status', 'withheld')), fields=['review_on'], name='article_withheld'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_articleevent" ("archived_url", "body", "body_hash", "byline", "canonical_url", "copy_of_id", "dateline", "edition", "external_id", "extra", "first_public_at", "headline", "id", "import_batch_id", "kicker", "language", "modified_at", "page", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "published_at", "published_on", "published_precision", "quotes_state", "retrieved_at", "review_on", "section_id", "source_url", "standfirst", "status", "version", "version_of_id", "visible_from", "withheld_reason") VALUES (OLD."archived_url", OLD."body", OLD."body_hash", OLD."byline", OLD."canonical_url", OLD."copy_of_id", OLD."dateline", OLD."edition", OLD."external_id", OLD."extra", OLD."first_public_at", OLD."headline", OLD."id", OLD."import_batch_id", OLD."kicker", OLD."language", OLD."modified_at", OLD."page", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."publication_id", OLD."published_at", OLD."published_on", OLD."published_precision", OLD."quotes_state", OLD."retrieved_at", OLD."review_on", OLD."section_id", OLD."source_url", OLD."standfirst", OLD."status", OLD."version", OLD."version_of_id", OLD."visible_from", OLD."withheld_reason"); RETURN NULL;', hash='0036a3e106d70c0537f38cd528bdd31c66b6d526', operation='UPDATE', pgid='pgtrigger_update_update_d7697', table='articles_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_articleevent" ("archived_url", "body", "body_hash", "byline", "canonical_url", "copy_of_id", "dateline", "edition", "external_id", "extra", "first_public_at", "headline", "id", "import_batch_id", "kicker", "language", "modified_at", "page", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "published_at", "published_on", "published_precision", "quotes_state", "retrieved_at", "review_on", "section_id", "source_url", "standfirst", "status", "version", "version_of_id", "visible_from", "withheld_reason") VALUES (OLD."archived_url", OLD."body", OLD."body_hash", OLD."byline", OLD."canonical_url", OLD."copy_of_id", OLD."dateline", OLD."edition", OLD."external_id", OLD."extra", OLD."first_public_at", OLD."headline", OLD."id", OLD."import_batch_id", OLD."kicker", OLD."language", OLD."modified_at", OLD."page", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."publication_id", OLD."published_at", OLD."published_on", OLD."published_precision", OLD."quotes_state", OLD."retrieved_at", OLD."review_on", OLD."section_id", OLD."source_url", OLD."standfirst", OLD."status", OLD."version", OLD."version_of_id", OLD."visible_from", OLD."withheld_reason"); RETURN NULL;', hash='29409fde2c526e6ba6e6b9faa150a2d7a52a0405', operation='DELETE', pgid='pgtrigger_delete_delete_ddb9c', table='articles_article', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'withheld'), models.Q(('review_on__isnull', True), ('withheld_reason', '')), _connector='OR'), name='article_reason_of_withheld'),
        ),
    ]

"""Keep the documents as they once stood, so that a search can be asked as of any instant."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "past.sql").read_text(encoding="utf-8")

UNDO = """
drop trigger past_kept on search_document;
drop trigger past_kept_of_gone on search_document;
drop trigger since_when on search_document;
drop trigger past_kept on quote_document;
drop trigger past_kept_of_gone on quote_document;
drop trigger since_when on quote_document;
drop function archive_keep_past(), archive_since_when(), archive_past_since();
drop index article_event_time, quote_event_time, image_event_time, turn_event_time;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0007_filters_in_line'),
    ]

    operations = [
        migrations.CreateModel(
            name='PastQuoteDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visible_from', models.DateTimeField()),
                ('first_public_at', models.DateTimeField(null=True)),
                ('published_on', models.DateField(null=True)),
                ('published_until', models.DateField(help_text='last day of the period printed', null=True)),
                ('year', models.SmallIntegerField(null=True)),
                ('publication_id', models.BigIntegerField()),
                ('section_id', models.BigIntegerField(null=True)),
                ('topic_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('author_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('language', models.CharField(blank=True, max_length=35)),
                ('copy_of', models.BigIntegerField(null=True)),
                ('vector', django.contrib.postgres.search.SearchVectorField()),
                ('lossy', models.BooleanField(help_text="some word's positions did not fit; positional clauses need the text")),
                ('fold_version', models.SmallIntegerField()),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('speaker_id', models.BigIntegerField(null=True)),
                ('kind', models.CharField(max_length=8)),
                ('standing', models.CharField(max_length=13)),
                ('checked', models.CharField(help_text='person or rule', max_length=6)),
                ('quote_id', models.BigIntegerField()),
                ('article_id', models.BigIntegerField()),
            ],
            options={
                'db_table': 'quote_document_past',
            },
        ),
        migrations.CreateModel(
            name='PastSearchDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visible_from', models.DateTimeField()),
                ('first_public_at', models.DateTimeField(null=True)),
                ('published_on', models.DateField(null=True)),
                ('published_until', models.DateField(help_text='last day of the period printed', null=True)),
                ('year', models.SmallIntegerField(null=True)),
                ('publication_id', models.BigIntegerField()),
                ('section_id', models.BigIntegerField(null=True)),
                ('topic_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('author_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('language', models.CharField(blank=True, max_length=35)),
                ('copy_of', models.BigIntegerField(null=True)),
                ('vector', django.contrib.postgres.search.SearchVectorField()),
                ('lossy', models.BooleanField(help_text="some word's positions did not fit; positional clauses need the text")),
                ('fold_version', models.SmallIntegerField()),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('speaker_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='of its accepted quotes, as linked', size=None)),
                ('quotes_state', models.CharField(max_length=6)),
                ('kinds', models.SmallIntegerField(default=0, help_text='of its accepted quotes: 1 direct, 2 mixed, 4 question, 8 answer')),
                ('article_id', models.BigIntegerField()),
            ],
            options={
                'db_table': 'search_document_past',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='alias',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='alias',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='image',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='image',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='notice',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='notice',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='turn',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='turn',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='alias',
            name='added_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='aliasevent',
            name='added_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='image',
            name='added_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='imageevent',
            name='added_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='notice',
            name='added_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='added_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='quotedocument',
            name='since',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False),
        ),
        migrations.AddField(
            model_name='quotedocument',
            name='written_at',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, help_text='of the transaction that gave it this form'),
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='since',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False),
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='written_at',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, help_text='of the transaction that gave it this form'),
        ),
        migrations.AddField(
            model_name='turn',
            name='added_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='turnevent',
            name='added_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        # Rows from before this was kept have no such time.
        migrations.AlterField(
            model_name='alias',
            name='added_at',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='aliasevent',
            name='added_at',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='image',
            name='added_at',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='imageevent',
            name='added_at',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='notice',
            name='added_at',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='noticeevent',
            name='added_at',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='turn',
            name='added_at',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='turnevent',
            name='added_at',
            field=models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alias',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_aliasevent" ("added_at", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id") VALUES (OLD."added_at", OLD."id", OLD."kind", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."speaker_id"); RETURN NULL;', hash='b19f6a3ec6f25f503c0dfdda0cf494acc629dcce', operation='UPDATE', pgid='pgtrigger_update_update_5b29a', table='articles_alias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alias',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_aliasevent" ("added_at", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id") VALUES (OLD."added_at", OLD."id", OLD."kind", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."speaker_id"); RETURN NULL;', hash='cdba9796e4385a2eb0427d60cda3fdf00251629e', operation='DELETE', pgid='pgtrigger_delete_delete_33abc', table='articles_alias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='image',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_imageevent" ("added_at", "article_id", "caption", "credit", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "url") VALUES (OLD."added_at", OLD."article_id", OLD."caption", OLD."credit", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."position", OLD."url"); RETURN NULL;', hash='45cff1d93b3cd69eef873d13abf1b35e916ab718', operation='UPDATE', pgid='pgtrigger_update_update_8735f', table='articles_image', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='image',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_imageevent" ("added_at", "article_id", "caption", "credit", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "url") VALUES (OLD."added_at", OLD."article_id", OLD."caption", OLD."credit", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."url"); RETURN NULL;', hash='3ab43343a8e37a985cee2eb69bf263f6100f1675', operation='DELETE', pgid='pgtrigger_delete_delete_35937', table='articles_image', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_noticeevent" ("added_at", "article_id", "dated", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "text", "whose") VALUES (OLD."added_at", OLD."article_id", OLD."dated", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."quote_id", OLD."text", OLD."whose"); RETURN NULL;', hash='83f5dd2ba26cb6b9007c476287bd25d76f284ff8', operation='UPDATE', pgid='pgtrigger_update_update_ca981', table='articles_notice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_noticeevent" ("added_at", "article_id", "dated", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "text", "whose") VALUES (OLD."added_at", OLD."article_id", OLD."dated", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."quote_id", OLD."text", OLD."whose"); RETURN NULL;', hash='ed303de1068acfe501a2b37afee08516882588c3', operation='DELETE', pgid='pgtrigger_delete_delete_acf5e', table='articles_notice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='turn',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_turnevent" ("added_at", "article_id", "confidence", "end", "id", "labelled", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "source", "speaker_id", "start") VALUES (OLD."added_at", OLD."article_id", OLD."confidence", OLD."end", OLD."id", OLD."labelled", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."position", OLD."role", OLD."source", OLD."speaker_id", OLD."start"); RETURN NULL;', hash='0932d09b5703caaa6fc89734d15eebd8630052b2', operation='UPDATE', pgid='pgtrigger_update_update_b7ca1', table='articles_turn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='turn',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_turnevent" ("added_at", "article_id", "confidence", "end", "id", "labelled", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "source", "speaker_id", "start") VALUES (OLD."added_at", OLD."article_id", OLD."confidence", OLD."end", OLD."id", OLD."labelled", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."role", OLD."source", OLD."speaker_id", OLD."start"); RETURN NULL;', hash='5b932057546dae87d114d2ba125c8ec10cb7744d', operation='DELETE', pgid='pgtrigger_delete_delete_4e626', table='articles_turn', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='pastquotedocument',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='quote_document_past_vector'),
        ),
        migrations.AddIndex(
            model_name='pastquotedocument',
            index=models.Index(fields=['quote_id', 'until'], name='quote_document_past_quote'),
        ),
        migrations.AddIndex(
            model_name='pastquotedocument',
            index=models.Index(fields=['article_id'], name='quote_document_past_article'),
        ),
        migrations.AddIndex(
            model_name='pastquotedocument',
            index=models.Index(fields=['until'], name='quote_document_past_until'),
        ),
        migrations.AddConstraint(
            model_name='pastquotedocument',
            constraint=models.CheckConstraint(condition=models.Q(('since__lt', models.F('until'))), name='quote_document_past_lasted'),
        ),
        migrations.AddIndex(
            model_name='pastsearchdocument',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='search_document_past_vector'),
        ),
        migrations.AddIndex(
            model_name='pastsearchdocument',
            index=models.Index(fields=['article_id', 'until'], name='search_document_past_article'),
        ),
        migrations.AddIndex(
            model_name='pastsearchdocument',
            index=models.Index(fields=['language'], name='search_document_past_language'),
        ),
        migrations.AddIndex(
            model_name='pastsearchdocument',
            index=models.Index(fields=['until'], name='search_document_past_until'),
        ),
        migrations.AddConstraint(
            model_name='pastsearchdocument',
            constraint=models.CheckConstraint(condition=models.Q(('since__lt', models.F('until'))), name='search_document_past_lasted'),
        ),
        migrations.RunSQL([SQL], [UNDO]),
    ]

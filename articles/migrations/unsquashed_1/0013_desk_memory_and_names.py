"""Keep who has an article open, what is typed and not saved, decisions on names, and rules switched off."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

EDITORS = [f"{act}_{model}" for act in ("view", "add", "change") for model in ("namedecision", "namescope")]
RIGHTS = {
    "reader": ["view_namedecision", "view_namescope"],
    "editor": [*EDITORS, "view_ruleswitch"],
    "chief editor": [*EDITORS, *(f"{act}_ruleswitch" for act in ("view", "add", "change"))],
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
        ('articles', '0012_failed_searches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NameDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=1000)),
                ('meaning', models.CharField(choices=[('speaker', 'this speaker'), ('description', 'a description of nobody in particular'), ('no source', 'not whose words these are')], max_length=11)),
                ('decided_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NameDecisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=1000)),
                ('meaning', models.CharField(choices=[('speaker', 'this speaker'), ('description', 'a description of nobody in particular'), ('no source', 'not whose words these are')], max_length=11)),
                ('decided_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NameScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                'ordering': ['decision', 'publication', 'year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NameScopeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OpenArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RuleSwitch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=60)),
                ('since', models.DateField(blank=True, help_text='the first day printed; empty: every article, dated or not', null=True)),
                ('decided_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'rule switches',
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RuleSwitchEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('rule', models.CharField(max_length=60)),
                ('since', models.DateField(blank=True, help_text='the first day printed; empty: every article, dated or not', null=True)),
                ('decided_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unsaved',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', models.JSONField(default=dict)),
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'unsaved',
                'ordering': ['pk'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='quote',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='quote',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='quote',
            name='name_as_printed',
            field=models.CharField(blank=True, help_text='the fullest name that the text gives the source; a description as it stands', max_length=1000),
        ),
        migrations.AddField(
            model_name='quote',
            name='speaker_corrected',
            field=models.BooleanField(default=False, help_text='an editor changed the speaker proposed'),
        ),
        migrations.AddField(
            model_name='quote',
            name='words_corrected',
            field=models.BooleanField(default=False, help_text='an editor changed the words proposed'),
        ),
        migrations.AddField(
            model_name='quoteevent',
            name='name_as_printed',
            field=models.CharField(blank=True, help_text='the fullest name that the text gives the source; a description as it stands', max_length=1000),
        ),
        migrations.AddField(
            model_name='quoteevent',
            name='speaker_corrected',
            field=models.BooleanField(default=False, help_text='an editor changed the speaker proposed'),
        ),
        migrations.AddField(
            model_name='quoteevent',
            name='words_corrected',
            field=models.BooleanField(default=False, help_text='an editor changed the words proposed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_quoteevent" ("article_id", "channel", "confidence", "credited_to_id", "cue", "decided_at", "decided_by_id", "decided_through", "end", "first_public_at", "id", "image_id", "inside_id", "kind", "lost_at", "name_as_printed", "name_decision_id", "original_url", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "prefix", "role_as_printed", "rule", "said_as_printed", "said_on", "said_precision", "source", "spans", "speaker_corrected", "speaker_id", "standing", "start", "status", "suffix", "text", "translated", "turn_id", "words_corrected") VALUES (OLD."article_id", OLD."channel", OLD."confidence", OLD."credited_to_id", OLD."cue", OLD."decided_at", OLD."decided_by_id", OLD."decided_through", OLD."end", OLD."first_public_at", OLD."id", OLD."image_id", OLD."inside_id", OLD."kind", OLD."lost_at", OLD."name_as_printed", OLD."name_decision_id", OLD."original_url", OLD."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."position", OLD."prefix", OLD."role_as_printed", OLD."rule", OLD."said_as_printed", OLD."said_on", OLD."said_precision", OLD."source", OLD."spans", OLD."speaker_corrected", OLD."speaker_id", OLD."standing", OLD."start", OLD."status", OLD."suffix", OLD."text", OLD."translated", OLD."turn_id", OLD."words_corrected"); RETURN NULL;', hash='2cedfa97946403ecf0615be3108bd513e707f953', operation='UPDATE', pgid='pgtrigger_update_update_06a26', table='articles_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_quoteevent" ("article_id", "channel", "confidence", "credited_to_id", "cue", "decided_at", "decided_by_id", "decided_through", "end", "first_public_at", "id", "image_id", "inside_id", "kind", "lost_at", "name_as_printed", "name_decision_id", "original_url", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "prefix", "role_as_printed", "rule", "said_as_printed", "said_on", "said_precision", "source", "spans", "speaker_corrected", "speaker_id", "standing", "start", "status", "suffix", "text", "translated", "turn_id", "words_corrected") VALUES (OLD."article_id", OLD."channel", OLD."confidence", OLD."credited_to_id", OLD."cue", OLD."decided_at", OLD."decided_by_id", OLD."decided_through", OLD."end", OLD."first_public_at", OLD."id", OLD."image_id", OLD."inside_id", OLD."kind", OLD."lost_at", OLD."name_as_printed", OLD."name_decision_id", OLD."original_url", OLD."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."prefix", OLD."role_as_printed", OLD."rule", OLD."said_as_printed", OLD."said_on", OLD."said_precision", OLD."source", OLD."spans", OLD."speaker_corrected", OLD."speaker_id", OLD."standing", OLD."start", OLD."status", OLD."suffix", OLD."text", OLD."translated", OLD."turn_id", OLD."words_corrected"); RETURN NULL;', hash='a9d52fe59852e46a42522b7c1bffbcbffed52598', operation='DELETE', pgid='pgtrigger_delete_delete_9c363', table='articles_quote', when='AFTER')),
        ),
        migrations.AddField(
            model_name='namedecision',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='name_decisions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='namedecision',
            name='speaker',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='name_decisions', to='articles.speaker'),
        ),
        migrations.AddField(
            model_name='quote',
            name='name_decision',
            field=models.ForeignKey(blank=True, help_text='the decision on a printed name that linked its speaker', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='quotes', to='articles.namedecision'),
        ),
        migrations.AddField(
            model_name='quoteevent',
            name='name_decision',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='the decision on a printed name that linked its speaker', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.namedecision'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(('speaker__isnull', True), models.Q(('name_as_printed', ''), _negated=True), models.Q(('status', 'rejected'), _negated=True)), fields=['name_as_printed'], name='quote_name_not_linked'),
        ),
        migrations.AddField(
            model_name='namedecisionevent',
            name='decided_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='namedecisionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.namedecision'),
        ),
        migrations.AddField(
            model_name='namedecisionevent',
            name='speaker',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.speaker'),
        ),
        migrations.AddField(
            model_name='namescope',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scopes', to='articles.namedecision'),
        ),
        migrations.AddField(
            model_name='namescope',
            name='publication',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.publication'),
        ),
        migrations.AddField(
            model_name='namescopeevent',
            name='decision',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.namedecision'),
        ),
        migrations.AddField(
            model_name='namescopeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.namescope'),
        ),
        migrations.AddField(
            model_name='namescopeevent',
            name='publication',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.publication'),
        ),
        migrations.AddField(
            model_name='openarticle',
            name='article',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='open_at', to='articles.article'),
        ),
        migrations.AddField(
            model_name='openarticle',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ruleswitch',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules_switched', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ruleswitch',
            name='publication',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules_off', to='articles.publication'),
        ),
        migrations.AddField(
            model_name='ruleswitchevent',
            name='decided_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ruleswitchevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.ruleswitch'),
        ),
        migrations.AddField(
            model_name='ruleswitchevent',
            name='publication',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.publication'),
        ),
        migrations.AddField(
            model_name='unsaved',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unsaved', to='articles.article'),
        ),
        migrations.AddField(
            model_name='unsaved',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='namedecision',
            index=models.Index(fields=['name'], name='name_decision_name'),
        ),
        migrations.AddConstraint(
            model_name='namedecision',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='name_decision_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='namedecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meaning', 'speaker'), ('speaker__isnull', False)), models.Q(models.Q(('meaning', 'speaker'), _negated=True), ('speaker__isnull', True)), _connector='OR'), name='name_decision_speaker'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedecision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_namedecisionevent" ("decided_at", "decided_by_id", "id", "meaning", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id", "taken_back_at") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."meaning", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."speaker_id", OLD."taken_back_at"); RETURN NULL;', hash='1a02fab9177d8563e1ab09f97c6dd8bdd2391942', operation='UPDATE', pgid='pgtrigger_update_update_e8d8f', table='articles_namedecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedecision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_namedecisionevent" ("decided_at", "decided_by_id", "id", "meaning", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id", "taken_back_at") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."meaning", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."speaker_id", OLD."taken_back_at"); RETURN NULL;', hash='a0265cdcc892b2658502b9a442466be23eccfbf2', operation='DELETE', pgid='pgtrigger_delete_delete_8bb69', table='articles_namedecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedecisionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bab9b6b00926714581cfc87ccf0c0c4cd23362fd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d0733', table='articles_namedecisionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='namescope',
            constraint=models.UniqueConstraint(fields=('decision', 'publication', 'year'), name='name_scope_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namescope',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_namescopeevent" ("decision_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "year") VALUES (OLD."decision_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."publication_id", OLD."year"); RETURN NULL;', hash='9eb669bc8066830378eb1f6bfda09e061385b4f2', operation='UPDATE', pgid='pgtrigger_update_update_ecf4e', table='articles_namescope', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namescope',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_namescopeevent" ("decision_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "year") VALUES (OLD."decision_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."publication_id", OLD."year"); RETURN NULL;', hash='d5ccfc8e8aeb1a1ec9b7e4135d7caad4bd121fba', operation='DELETE', pgid='pgtrigger_delete_delete_87135', table='articles_namescope', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namescopeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='770cbc7bcd768d14e9f135cbaa7f509230292693', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e07d8', table='articles_namescopeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ruleswitch',
            constraint=models.CheckConstraint(condition=models.Q(('rule', ''), _negated=True), name='rule_switch_has_a_rule'),
        ),
        migrations.AddConstraint(
            model_name='ruleswitch',
            constraint=models.UniqueConstraint(models.F('rule'), models.F('publication'), condition=models.Q(('taken_back_at__isnull', True)), name='rule_switched_off_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleswitch',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_ruleswitchevent" ("decided_at", "decided_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "rule", "since", "taken_back_at") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."publication_id", OLD."rule", OLD."since", OLD."taken_back_at"); RETURN NULL;', hash='e99964072bc747c059f2a8311d7f7df79f00caa5', operation='UPDATE', pgid='pgtrigger_update_update_0ee04', table='articles_ruleswitch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleswitch',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_ruleswitchevent" ("decided_at", "decided_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "rule", "since", "taken_back_at") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."publication_id", OLD."rule", OLD."since", OLD."taken_back_at"); RETURN NULL;', hash='3e04b4ed7c6bb8eda793d04b3cd4697ec347f1f2', operation='DELETE', pgid='pgtrigger_delete_delete_97481', table='articles_ruleswitch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleswitchevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3096f9a9ca375a3f30881baf76963c42dbac8b45', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6a3b', table='articles_ruleswitchevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unsaved',
            constraint=models.UniqueConstraint(models.F('article'), models.F('user'), name='unsaved_once'),
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]

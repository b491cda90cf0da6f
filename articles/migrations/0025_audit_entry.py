"""Rename the model of the audit log; its table and the permission to read it keep their names."""

from django.db import migrations

NAME = "Can view the log"
UNUSED = ["add_deed", "change_deed", "delete_deed"]


def keep_one_permission(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles")
    permissions.filter(codename__in=UNUSED).delete()
    permissions.filter(codename="view_deed").update(name=NAME)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0024_many_rows_at_once"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AlterModelTable(name="deed", table="articles_deed"),
        migrations.RenameModel(old_name="Deed", new_name="AuditEntry"),
        migrations.AlterModelOptions(
            name="auditentry",
            options={
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
                "permissions": [("view_deed", NAME)],
            },
        ),
        migrations.RunPython(keep_one_permission, migrations.RunPython.noop),
    ]

"""The three roles as groups: reader, editor, chief editor. Each has the least rights its work needs."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RECORD = ["article", "articletopic", "authorship", "image", "turn", "note", "quote", "notice", "rawdocument"]
NAMES = ["publication", "section", "topic", "speaker", "alias", "role", "oldaddress"]
IMPORTS = ["importbatch", "importerror"]


def codenames() -> dict[str, set[str]]:
    view = {f"view_{model}" for model in RECORD + NAMES + IMPORTS}
    work = {
        f"{act}_{model}"
        for act in ("add", "change")
        for model in RECORD + ["speaker", "alias", "role", "topic"]
        if model != "rawdocument"
    }
    work |= {"add_rawdocument", "delete_articletopic", "delete_authorship", "delete_image", "delete_turn", "delete_note"}
    work |= {"publish_article", "decide_quote", "add_importbatch"}
    chief = {f"{act}_{model}" for act in ("add", "change", "delete") for model in NAMES + ["notice", "quote"]}
    chief |= {"change_importbatch", "delete_article"}
    return {"reader": view, "editor": view | work, "chief editor": view | work | chief}


def make_groups(apps, schema_editor):
    # Permissions are otherwise made only after all migrations have run.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles")
    for name, wanted in codenames().items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        found = list(permissions.filter(codename__in=wanted))
        missing = wanted - {permission.codename for permission in found}
        if missing:
            raise RuntimeError(f"no such permissions: {sorted(missing)}")
        group.permissions.set(found)


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=codenames()).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_record_and_documents"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, remove_groups)]

"""The three roles as groups: reader, editor, chief editor. Each has the least rights its work needs."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RECORD = ["article", "articletopic", "authorship", "image", "turn", "note", "quote", "notice", "rawdocument"]
NAMES = ["publication", "section", "topic", "speaker", "alias", "role", "oldaddress"]
IMPORTS = ["importbatch", "importerror"]
# What editors decide once for many quotes or articles; taken back by a change, never deleted.
DECISIONS = ["namedecision", "namescope", "creditdecision", "speakerstoldapart"]


def rights(acts: str, models: list[str]) -> set[str]:
    return {f"{act}_{model}" for act in acts.split() for model in models}


def codenames() -> dict[str, set[str]]:
    reader = rights("view", [*RECORD, *NAMES, *IMPORTS, *DECISIONS, "toldapart"])
    editor = reader | rights("add change", [model for model in RECORD if model != "rawdocument"])
    editor |= rights("add change", ["speaker", "alias", "role", "topic", *DECISIONS])
    editor |= rights("add", ["rawdocument", "importbatch", "toldapart"])
    editor |= rights("delete", ["articletopic", "authorship", "image", "turn", "note"])
    editor |= rights("view add change delete", ["suggestedsearch"])
    editor |= {"view_failedsearch", "view_ruleswitch", "view_report", "change_report"}
    editor |= {"publish_article", "decide_quote"}
    chief = editor | rights("add change delete", [*NAMES, "notice", "quote"]) | rights("add change", ["ruleswitch"])
    chief |= {"change_importbatch", "delete_article", "view_deed"}
    return {"reader": reader, "editor": editor, "chief editor": chief}


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
    # The names of these before the first release.
    replaces = [("articles", "0003_roles")]

    dependencies = [
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]

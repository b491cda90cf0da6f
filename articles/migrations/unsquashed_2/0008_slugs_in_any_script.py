"""Speakers whose name has no Latin letters get a slug of their name; «speaker» and «speaker-2» redirect to it."""

from itertools import count

from django.db import migrations, models
from django.utils.text import slugify

LONGEST = 112  # characters, and room for a number
WITHOUT_A_NAME = r"^speaker(-[0-9]+)?$"


def name_the_nameless(apps, schema_editor):
    Speaker, OldAddress = apps.get_model("articles", "Speaker"), apps.get_model("articles", "OldAddress")
    for speaker in Speaker.objects.filter(slug__regex=WITHOUT_A_NAME).order_by("pk").iterator():
        stem = slugify(speaker.name, allow_unicode=True)[:LONGEST].strip("-")
        if not stem or stem.isascii():
            continue
        former, speaker.slug = speaker.slug, free(Speaker, OldAddress, stem)
        speaker.save(update_fields=["slug"])
        address = {"kind": "speaker", "address": former}
        OldAddress.objects.get_or_create(
            **address, defaults={"target": "speaker", "target_id": speaker.pk}
        )


def free(Speaker, OldAddress, stem):
    for number in count(1):
        slug = stem if number == 1 else f"{stem}-{number}"
        taken = Speaker.objects.filter(slug=slug).exists()
        if not taken and not OldAddress.objects.filter(kind="speaker", address=slug).exists():
            return slug


def take_the_names_back(apps, schema_editor):
    """Every slug in Latin letters again, as the code before this could read no other."""
    Speaker, OldAddress = apps.get_model("articles", "Speaker"), apps.get_model("articles", "OldAddress")
    for speaker in Speaker.objects.filter(slug__regex=r"[^-_a-zA-Z0-9]").order_by("pk").iterator():
        former = OldAddress.objects.filter(
            kind="speaker", target="speaker", target_id=speaker.pk, address__regex=WITHOUT_A_NAME
        )
        old = former.order_by("pk").first()
        speaker.slug = old.address if old else free(Speaker, OldAddress, f"speaker-{speaker.pk}")
        former.filter(address=speaker.slug).delete()
        speaker.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_same_text_and_headline")]

    operations = [
        migrations.AlterField(
            "speaker", "slug", models.SlugField(allow_unicode=True, max_length=120, unique=True)
        ),
        migrations.AlterField(
            "speakerevent", "slug", models.SlugField(allow_unicode=True, db_index=False, max_length=120)
        ),
        migrations.RunPython(name_the_nameless, take_the_names_back),
    ]

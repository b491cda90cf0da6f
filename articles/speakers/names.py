"""Names of speakers: exact lookup and slugs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from django.db import connection, models
from django.utils.text import slugify

from articles.models import OldAddress, Speaker
from articles.models.speaker import PAGES
from articles.text.folding import name_key


def speakers_named(names: Iterable[str], *, exact: bool = False) -> dict[str, tuple[int, ...]]:
    """Return the ids of canonical speakers with this name or alias, by name.

    Unless `exact`, other spellings count if nobody has exactly this name (see `name_key`). A merged
    speaker counts as the one into whom they are merged. Unnamed speakers («a spokeswoman») are left out, and
    so are names without a speaker.
    """
    keys = _keys(names)
    written: dict[str, set[int]] = {}
    spelt: dict[str, set[int]] = {}
    for key, name, pk in _bearers(keys.values()):
        written.setdefault(name, set()).add(pk)
        spelt.setdefault(key, set()).add(pk)
    found = {name: written.get(name) or (() if exact else spelt.get(key)) for name, key in keys.items()}
    return {name: tuple(sorted(ids)) for name, ids in found.items() if ids}


def speakers_spelt(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return the ids of canonical speakers with this name or another spelling of it, by name."""
    keys = _keys(names)
    spelt: dict[str, set[int]] = {}
    for key, _, pk in _bearers(keys.values()):
        spelt.setdefault(key, set()).add(pk)
    return {name: tuple(sorted(spelt[key])) for name, key in keys.items() if key in spelt}


def _keys(names: Iterable[str]) -> dict[str, str]:
    return {name: key for name in names if (key := name_key(name))}


def _bearers(keys: Iterable[str]) -> list[tuple[str, str, int]]:
    """Return (key, name, id) of the canonical speakers of these keys."""
    if not (wanted := sorted(set(keys))):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SPEAKERS_BY_KEY, {"keys": wanted})
        return cursor.fetchall()


_SPEAKERS_BY_KEY = """
WITH RECURSIVE bearer (key, name, id) AS (
    SELECT archive_name_key(name), name, id FROM articles_speaker
        WHERE archive_name_key(name) = ANY(%(keys)s) AND kind <> 'unnamed'
    UNION SELECT a.key, a.name, s.id
        FROM (SELECT archive_name_key(name) AS key, name, speaker_id FROM articles_alias
              WHERE archive_name_key(name) = ANY(%(keys)s)) a
        JOIN articles_speaker s ON s.id = a.speaker_id AND s.kind <> 'unnamed'
    UNION SELECT b.key, b.name, s.merged_into_id FROM bearer b JOIN articles_speaker s USING (id)
        WHERE s.merged_into_id IS NOT NULL
)
SELECT b.key, b.name, b.id FROM bearer b JOIN articles_speaker s USING (id) WHERE s.merged_into_id IS NULL
"""


def slug_of(name: str, *, any_script: bool) -> str:
    """Return a slug in Latin letters, or in the name's own script if that is allowed and needed.

    >>> slug_of("José Núñez", any_script=True), slug_of("東京", any_script=True)
    ('jose-nunez', '東京')
    """
    latin, whole = slugify(name), slugify(name, allow_unicode=True)
    return whole if any_script and 2 * len(latin) < len(whole) else latin


def free_slugs(model: type[models.Model], names: Iterable[str]) -> dict[str, str]:
    """Return a unique slug for each name, different from all current and former slugs."""
    names = list(dict.fromkeys(names))
    field = model._meta.get_field("slug")
    length, any_script = (getattr(field, name) for name in ("max_length", "allow_unicode"))
    stems = {
        name: slug_of(name, any_script=any_script)[: length - 8].strip("-") or model.__name__.lower()
        for name in names
    }
    taken = _taken_slugs(model, set(stems.values()))
    slugs = {}
    for name in names:
        stem = stems[name]
        numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
        slugs[name] = next(slug for slug in numbered if slug not in taken)
        taken.add(slugs[name])
    return slugs


def _taken_slugs(model: type[models.Model], stems: set[str]) -> set[str]:
    """Return current and former slugs that begin with one of these."""
    pattern = r"^(" + "|".join(sorted(stems)) + r")(-[0-9]+)?$"
    now = model._default_manager.filter(slug__regex=pattern).values_list("slug", flat=True)
    formerly = OldAddress.objects.filter(kind=model.__name__.lower(), address__regex=pattern)
    pages = PAGES if model is Speaker else ()
    return {*pages, *now} | set(formerly.values_list("address", flat=True))

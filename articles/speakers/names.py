"""Names of speakers: exact lookup and slugs."""

from __future__ import annotations

from collections.abc import Iterable, Set
from itertools import count

from django.db import connection, models
from django.utils.text import slugify

from articles.models import OldAddress, Speaker
from articles.models.speaker import PAGES
from articles.search.query import fold


def speakers_named(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return the ids of canonical speakers with exactly this name or alias, by name.

    A merged speaker counts as the one into whom they are merged. Unnamed speakers («a spokeswoman») are left
    out, and so are names without a speaker.
    """
    return _speakers_named("name", {name for name in names if name})


def speakers_named_folded(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return the ids of canonical speakers by folded name, ignoring case and accents."""
    return _speakers_named("archive_fold(name)", {folded for name in names if (folded := fold(name))})


def _speakers_named(written: str, wanted: Set[str]) -> dict[str, tuple[int, ...]]:
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE bearer (name, id) AS (
                SELECT {written}, id FROM articles_speaker
                      WHERE {written} = ANY(%(names)s) AND kind <> 'unnamed'
                UNION SELECT a.name, s.id
                      FROM (SELECT {written} AS name, speaker_id FROM articles_alias
                            WHERE {written} = ANY(%(names)s)) a
                      JOIN articles_speaker s ON s.id = a.speaker_id AND s.kind <> 'unnamed'
                UNION SELECT b.name, s.merged_into_id FROM bearer b JOIN articles_speaker s USING (id)
                      WHERE s.merged_into_id IS NOT NULL
            )
            SELECT b.name, array_agg(b.id ORDER BY b.id) FROM bearer b JOIN articles_speaker s USING (id)
            WHERE s.merged_into_id IS NULL GROUP BY b.name
            """,  # noqa: S608
            {"names": sorted(wanted)},
        )
        return {name: tuple(ids) for name, ids in cursor.fetchall()}


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
    length: int = field.max_length  # type: ignore[union-attr, assignment]
    any_script: bool = field.allow_unicode  # type: ignore[union-attr]
    stems = {
        name: slug_of(name, any_script=any_script)[: length - 8].strip("-") or model._meta.model_name
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
    formerly = OldAddress.objects.filter(kind=model._meta.model_name, address__regex=pattern)
    pages = PAGES if model is Speaker else ()
    return {*pages, *now} | set(formerly.values_list("address", flat=True))

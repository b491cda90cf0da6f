"""Names: who bears exactly this one, how an index files it, what may be made a speaker by rule."""

from __future__ import annotations

from collections.abc import Iterable, Set
from itertools import count

from django.db import connection, models
from django.utils.text import slugify

from articles.extraction.languages import LANGUAGES
from articles.extraction.languages.table import words as word_table
from articles.formats.person_names import name_parts
from articles.models import OldAddress, Speaker
from articles.models.speakers import PAGES
from articles.querylang import fold


def _table(name: str) -> frozenset[str]:
    """One word table of all languages together: a name's own language is not known."""
    return frozenset(word for language in LANGUAGES.values() for word in getattr(language, name))


PARTICLES = _table("particles")
SUFFIXES = _table("suffixes")
TITLES = _table("titles") | _table("roles")
NEVER_FIRST = _table("determiners") | _table("pronouns") | _table("prepositions")

# A name with one of these words in it is a body's, not a person's.
BODIES = word_table(
    """
    academy administration agency alliance army association assembly authority bank board bureau
    cathedral centre center chamber charity church city club coalition college commission committee
    company confederation congress consortium cooperative corporation council county court department
    directorate embassy federation force forum foundation front fund gazette government group guild
    herald hospital house inc institute institution journal laboratory league library ltd ministry
    movement museum navy network news office organisation organization parish parliament party plc
    police post press programme radio school secretariat senate service services society station
    syndicate team times trade treasury tribune trust union university workers works
    """
)

# What a page's text runs together with a name where a picture's credit follows it.
CREDITS = ("image", "images", "photo", "photos", "picture", "pictures", "credit")
# «Astronomer Anna Dorn» at the start of a sentence: the first of three words may be what she is, or is from.
CALLINGS = ("er", "or", "ist", "ian", "ish", "ese")


def bearers(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each name the speakers that bear exactly it, as name or alias; one merged counts as its successor.

    Unnamed speakers («a spokeswoman») bear no name. A name that nobody bears is left out.
    """
    return _bearers("name", {name for name in names if name})


def bearers_however_written(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each name, as the archive folds it, the speakers that bear it in any capitals and accents."""
    return _bearers("archive_fold(name)", {folded for name in names if (folded := fold(name))})


def _bearers(written: str, wanted: Set[str]) -> dict[str, tuple[int, ...]]:
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


def kind_of_full_name(name: str) -> str | None:
    """Person or organisation, where this is plainly the full name of one; None for all else.

    >>> kind_of_full_name("Ada Okafor"), kind_of_full_name("Selwy County Council")
    ('person', 'organisation')
    >>> kind_of_full_name("Prime Minister"), kind_of_full_name("the council"), kind_of_full_name("Okafor")
    (None, None, None)
    """
    words = name.split()
    if not words or any(_is_no_part_of_a_name(word) for word in words):
        return None
    lowered = [word.lower().strip(".,’'") for word in words]
    capitals = sum(word[0].isupper() for word in words)
    if lowered[0] in NEVER_FIRST or not words[0][0].isupper() or capitals < 2:
        return None
    if any(word in BODIES for word in lowered):
        return Speaker.Kind.ORGANISATION
    while lowered[-1] in SUFFIXES:
        words, lowered = words[:-1], lowered[:-1]
    # «La Riva» is half a name, and capitals throughout are a label or an acronym's company.
    if sum(word[0].isupper() and low not in PARTICLES for word, low in zip(words, lowered, strict=True)) < 2:
        return None
    small = {word for word in words if not word[0].isupper()}
    shouted = any(len(word) > 2 and word.isupper() for word in words)
    if len(words) > 2 and lowered[0].endswith(CALLINGS):
        return None
    if shouted or not small <= PARTICLES - {"of"} or not TITLES.isdisjoint(lowered):
        return None
    return Speaker.Kind.PERSON


def _is_no_part_of_a_name(word: str) -> bool:
    """Without a letter, with a mark no name holds, run together with the next sentence or with a credit."""
    sentences = len(word.partition(".")[0]) > 2 and word.partition(".")[2]
    if sentences or word.lower().endswith(CREDITS):
        return True
    return not any(c.isalpha() for c in word) or any(c in '“”"«»()[]:;/@<>…' for c in word)


def sort_name(name: str, kind: str = Speaker.Kind.PERSON) -> str:
    """As an index files it.

    >>> sort_name("Ada Okafor"), sort_name("Jan van der Meer"), sort_name("Tom Reyes Jr.")
    ('Okafor, Ada', 'van der Meer, Jan', 'Reyes, Tom, Jr.')
    >>> sort_name("The Selwy Courier", "organisation")
    'Selwy Courier, The'
    """
    if kind != Speaker.Kind.PERSON:
        first, _, rest = name.partition(" ")
        return f"{rest}, {first}" if rest and first == "The" else name
    parts = name_parts(name)
    return ", ".join(part for part in (parts.family, parts.given, parts.suffix) if part)


def free_slugs(model: type[models.Model], names: Iterable[str]) -> dict[str, str]:
    """An address word for each name that no row has, that no row ever had, and that no two here share."""
    names = list(dict.fromkeys(names))
    length: int = model._meta.get_field("slug").max_length  # type: ignore[union-attr, assignment]
    stems = {name: slugify(name)[: length - 8].strip("-") or model._meta.model_name for name in names}
    taken = _taken_slugs(model, set(stems.values()))
    slugs = {}
    for name in names:
        stem = stems[name]
        numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
        slugs[name] = next(slug for slug in numbered if slug not in taken)
        taken.add(slugs[name])
    return slugs


def _taken_slugs(model: type[models.Model], stems: set[str]) -> set[str]:
    """Slugs, now or formerly in use, that begin with one of these."""
    pattern = r"^(" + "|".join(sorted(stems)) + r")(-[0-9]+)?$"
    now = model._default_manager.filter(slug__regex=pattern).values_list("slug", flat=True)
    formerly = OldAddress.objects.filter(kind=model._meta.model_name, address__regex=pattern)
    pages = PAGES if model is Speaker else ()
    return {*pages, *now} | set(formerly.values_list("address", flat=True))

"""Column mappings of CSV files that editors saved, one for each publication and header."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from articles.models import ImportBatch, Publication, PublicationProfile
from articles.parsing.tabular.mapping import ERROR_COLUMNS, CsvMap, MapError, read_map

# Imports in which the mapping of a corrected file is looked for.
_RECENT = 50


def save_mapping(publication: Publication, header: Sequence[str], csv_map: CsvMap) -> None:
    """Store the mapping for files with these columns; it replaces a former one."""
    columns = _shape(header)
    with transaction.atomic():
        PublicationProfile.objects.get_or_create(publication=publication)
        profile = PublicationProfile.objects.select_for_update().get(publication=publication)
        others = [one for one in profile.mappings if one["columns"] != columns]
        profile.mappings = [*others, {"columns": columns, "map": csv_map.text}]
        profile.save(update_fields=["mappings"])


def saved_mappings(header: Sequence[str]) -> dict[Publication, CsvMap]:
    """The mappings for files with these columns, by publication; one that cannot be read is left out."""
    columns = _shape(header)
    found = {}
    profiles = PublicationProfile.objects.exclude(mappings=[]).select_related("publication")
    for profile in profiles.order_by("publication__name", "pk"):
        text = next((one["map"] for one in profile.mappings if one["columns"] == columns), "")
        if csv_map := _read(text):
            found[profile.publication] = csv_map
    return found


def mapping_of_rejects(header: Sequence[str]) -> ImportBatch | None:
    """The last import of the table from which a file of rejected rows comes; None for any other file."""
    if ERROR_COLUMNS[0] not in header:
        return None
    columns = _shape(header)
    batches = ImportBatch.objects.filter(options__has_key="map").order_by("-pk")[:_RECENT]
    maps = ((batch, _read(batch.options["map"])) for batch in batches)
    return next((batch for batch, one in maps if one and _shape(tuple(one.columns)) == columns), None)


def _shape(header: Sequence[str]) -> list[str]:
    return sorted(name for name in header if name not in ERROR_COLUMNS)


def _read(text: str) -> CsvMap | None:
    try:
        return read_map(text) if text else None
    except MapError:
        return None

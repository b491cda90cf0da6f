"""Finds speakers that do not look like speakers: places, newspapers, headlines, captions."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from articles.extraction.full_names import kind_of_full_name
from articles.models import Publication, Quote, Speaker
from articles.text.folding import name_key

LONGEST_NAME = 60


class Doubt(TextChoices):
    """Why a name may not be that of a speaker."""

    PUBLICATION = "publication", _("the name of a publication")
    LONG = "long", _("too long for a name")
    SIGNS = "signs", _("digits or signs that names do not have")
    NO_NAME = "no name", _("perhaps a place, a headline or part of a caption")


@dataclass(frozen=True)
class DoubtfulSpeaker:
    speaker: Speaker
    quotes: int
    why: Doubt


def doubt_about(name: str, kind: str, publications: Container[str]) -> Doubt | None:
    """Return why this does not look like the name of a speaker; `publications` are name keys.

    A single word is never doubted: it may be a surname or a stage name.
    """
    if name_key(name) in publications:
        return Doubt.PUBLICATION
    if len(name) > LONGEST_NAME and kind == Speaker.Kind.PERSON:
        return Doubt.LONG
    if any(c.isdigit() or c in '“”"«»()[]:;/@<>…|' for c in name):
        return Doubt.SIGNS
    is_latin = name.isascii() or any("a" <= c <= "z" for c in name.lower())
    if is_latin and " " in name and kind_of_full_name(name) is None:
        return Doubt.NO_NAME
    return None


def doubtful_speakers() -> list[DoubtfulSpeaker]:
    """Return the doubtful speakers, those with most quotes first.

    A speaker is not doubtful once an editor has accepted one of their quotes. Speakers that an editor has
    entered are listed only if they are quoted.
    """
    quotes = Quote.objects.filter(speaker=OuterRef("pk"))
    checked = quotes.filter(status=Quote.Status.ACCEPTED, decided_by__isnull=False)
    speakers = (
        Speaker.objects.canonical()
        .exclude(kind=Speaker.Kind.UNNAMED)
        .filter(~Exists(checked), Q(import_batch__isnull=False) | Exists(quotes))
        .annotate(quote_total=Count("quotes", filter=~Q(quotes__status=Quote.Status.REJECTED)))
        .order_by("-quote_total", "name", "pk")
    )
    publications = publication_keys()
    found = ((one, doubt_about(one.name, one.kind, publications)) for one in speakers.iterator())
    return [DoubtfulSpeaker(one, one.quote_total, why) for one, why in found if why]


def publication_keys() -> set[str]:
    """Return the keys of the names and aliases of all publications."""
    rows = Publication.objects.values_list("name", "aliases")
    return {name_key(name) for one, aliases in rows for name in (one, *aliases)}

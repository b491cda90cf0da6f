"""The profiles of publications as plain values for the parsers."""

from __future__ import annotations

from collections.abc import Iterable

from articles.models import PublicationProfile
from articles.parsing.house_style import HouseStyle


def style_of(publication: int | None) -> HouseStyle:
    """How this publication prints its articles; empty if nothing is known."""
    if publication is None:
        return HouseStyle()
    profile = PublicationProfile.objects.filter(publication=publication).select_related("publication").first()
    return profile.as_style() if profile else HouseStyle()


class Styles:
    """All profiles by the names of their publications, read once for an import."""

    def __init__(self) -> None:
        self.known: dict[str, HouseStyle] = {}
        for profile in PublicationProfile.objects.select_related("publication").order_by("-pk"):
            style = profile.as_style()
            for name in (*profile.publication.aliases, profile.publication.name):
                self.known[name.casefold()] = style

    def of(self, names: Iterable[str]) -> HouseStyle:
        """The style of the first of these names that has one."""
        found = (self.known.get(name.casefold()) for name in names if name)
        return next((style for style in found if style), HouseStyle())


def usual_sections() -> dict[int | None, int]:
    """By publication, the section of articles that name none."""
    rows = PublicationProfile.objects.exclude(section=None).values_list("publication_id", "section_id")
    return dict(rows)

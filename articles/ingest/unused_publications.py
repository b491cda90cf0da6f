"""Deletes a publication to which nothing refers, such as that of a source which was registered by mistake."""

from __future__ import annotations

from django.db import transaction

from articles.models import Article, Judgement, NameScope, Publication, RuleSwitch, Source
from articles.models.old_addresses import addresses_of

# All but the profile, which is part of the publication.
REFERRING = (Article, Source, RuleSwitch, NameScope, Judgement)


def is_unused(publication: Publication, *, without: Source | None = None) -> bool:
    """Whether no record but `without` refers to it, no article was of it, and no former link leads to it."""
    pk = publication.pk
    if any(model._base_manager.filter(publication=pk).exists() for model in REFERRING if model is not Source):
        return False
    sources = Source.objects.filter(publication=pk)
    if (sources.exclude(pk=without.pk) if without else sources).exists():
        return False
    # A search of a past day names the publication that an article had then.
    return not Article.objects.filter(events__publication=pk).exists() and not addresses_of(publication)


@transaction.atomic
def delete_if_unused(publication: Publication) -> bool:
    """Delete the publication with its profile; False if something refers to it by now."""
    # Locked, so that no import adds an article meanwhile.
    locked = Publication.objects.select_for_update().filter(pk=publication.pk).first()
    if locked is None or not is_unused(locked):
        return False
    locked.delete()
    return True

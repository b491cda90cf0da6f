"""Nightly: move changed articles into the search index, and merge its small segments."""

from django.core.management.base import BaseCommand

from articles.search.index.building import tidy


class Command(BaseCommand):
    help = (
        "Move changed articles into the search index, merge its small segments, and write anew those of"
        " which a quarter is out of date. Searches are exact without it, but slower."
    )

    def handle(self, *args: object, **options: object) -> None:
        number = sum(tidy())
        self.stderr.write(f"{number:,} changed articles moved into the index")

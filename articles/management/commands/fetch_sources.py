"""Import what is new in the registered sources: feeds and folders. For a timer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError, CommandParser

if TYPE_CHECKING:
    from articles.models import Source
    from articles.sources import Result


class Command(BaseCommand):
    help = (
        "Import what is new in the sources that are due, each as one batch, and print a line for each."
        " Faults of a source are listed on the page To do. Exit code 1: the program itself failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--source", metavar="NAME", help="run only this source, also if it is paused or not due"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="store nothing, and report what would be imported"
        )

    def handle(self, *, source: str | None, dry_run: bool, **options: object) -> None:
        from articles.operations.after_import import after_import
        from articles.sources import fetch_source

        failed = added = False
        chosen = self.chosen(source)
        if not chosen:
            self.stdout.write("No source is due.")
        for one in chosen:
            result = fetch_source(one, only_if_due=source is None, dry_run=dry_run)
            self.stdout.write(f"{one.name}: {in_words(result, dry_run=dry_run)}")
            failed |= result.program_error
            added |= bool(result.batch and (result.counts.added or result.counts.changed))
        if added:
            after_import()
        if failed:
            sys.exit(1)

    def chosen(self, name: str | None) -> list[Source]:
        from articles.models import Source, clock

        sources = Source.objects.select_related("publication", "section")
        if name is None:
            return list(sources.due(clock.now()))
        found = list(sources.filter(name__iexact=name))
        if not found:
            raise CommandError(f"there is no source called {name!r}", returncode=2)
        return found


def in_words(result: Result, *, dry_run: bool) -> str:
    """For example “3 added, 1 changed, 0 rejected (import 12)”."""
    from articles.sources.reading import SECONDS

    if result.busy:
        return "runs already, or has just been run"
    counts = result.counts
    text = f"{counts.added:,} added, {counts.changed:,} changed, {counts.bad:,} rejected"
    if result.batch:
        text += f" (import {result.batch.pk})"
    elif not (counts.added or counts.changed or counts.bad):
        text = "nothing new"
    if dry_run and text != "nothing new":
        text = f"would be: {text}"
    if result.waiting:
        text += f"; {result.waiting:,} wait for the next run"
    if result.out_of_time:
        text += f": the website was too slow for the {SECONDS:g} seconds of a run"
    if result.fault and text == "nothing new":
        return result.fault
    return f"{text}; {result.fault}" if result.fault else text

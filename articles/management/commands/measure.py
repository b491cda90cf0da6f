"""Run the property, fuzz and timing tests at full size, which takes too long for the normal test run."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Run the tests at full size, and print the times that they measure. "
        "Give paths below tests/ to run only these: measure extraction search."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="folders of tests/ (default: all)")

    def handle(self, *args: object, paths: list[str], **options: object) -> None:
        if importlib.util.find_spec("pytest") is None:
            raise CommandError("The tests need the development tools: run uv sync.", returncode=2)
        tests = settings.BASE_DIR / "tests"
        folders = [tests / path for path in paths] or [tests]
        for folder in folders:
            if not folder.exists():
                raise CommandError(f"There is no {folder.relative_to(settings.BASE_DIR)}.", returncode=2)
        # The tests have their own settings.
        without_settings = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        # Our own interpreter, and paths that exist.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "pytest", "-m", "not browser", "-rs", "-s", *map(str, folders)],
            cwd=settings.BASE_DIR,
            env=without_settings | {"NEWSARCHIVE_MEASURE": "1"},
            check=False,
        )
        sys.exit(1 if done.returncode else 0)

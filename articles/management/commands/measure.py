"""Run the property, fuzz and timing tests at full size: too long for the suite, too telling to leave out."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Runs the tests at full size and prints the figures that the timing runs take. "
        "Give paths below tests/ to run some of them: measure extraction search."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("rooms", nargs="*", metavar="ROOM", help="folders of tests/; else all")

    def handle(self, *args: Any, rooms: list[str], **options: Any) -> None:
        if importlib.util.find_spec("pytest") is None:
            raise CommandError("The tests need the development tools: run uv sync.", returncode=2)
        tests = settings.BASE_DIR / "tests"
        paths = [tests / room for room in rooms] or [tests]
        for path in paths:
            if not path.exists():
                raise CommandError(f"There is no {path.relative_to(settings.BASE_DIR)}.", returncode=2)
        # The tests have settings of their own.
        without_settings = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        # Our own interpreter, and paths that exist.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "pytest", "-m", "not browser", "-rs", "-s", *map(str, paths)],
            cwd=settings.BASE_DIR,
            env=without_settings | {"NEWSARCHIVE_MEASURE": "1"},
            check=False,
        )
        sys.exit(1 if done.returncode else 0)

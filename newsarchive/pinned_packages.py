"""Compares the packages that uv has chosen with those that this repository lists.

uv writes ``uv.lock`` at the first run and installs only files with the hashes in it. That file contains the
address of a package index, so it is not in the repository; the lists are.
"""

import re
from pathlib import Path

LISTS = ("requirements.txt", "requirements-dev.txt")
_CHOSEN = re.compile(r'/([^/"]+)", hash = "(sha256:[0-9a-f]{64})"')
_LISTED = re.compile(r"--hash=(\S+)")


def unlisted_files(root: Path) -> list[str]:
    """Names of the files in ``uv.lock`` whose hashes are in neither list; none without ``uv.lock``."""
    lock = root / "uv.lock"
    if not lock.exists():
        return []
    listed = {found for name in LISTS for found in _LISTED.findall((root / name).read_text())}
    return [name for name, found in _CHOSEN.findall(lock.read_text()) if found not in listed]

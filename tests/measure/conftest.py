"""Runs that only ``manage.py measure`` makes: they time things, and time has no place in the suite."""

from tests.sizes import FULL

collect_ignore_glob = [] if FULL else ["test_*.py"]

"""Sources that are imported automatically: reading feeds and folders, one run, and what editors must mend."""

from articles.sources import actions
from articles.sources.origin import Origin, origin_of
from articles.sources.run import Result, fetch_source
from articles.sources.trial import Trial, try_source
from articles.sources.troubles import Trouble, troubles

__all__ = [
    "Origin", "Result", "Trial", "Trouble", "actions", "fetch_source", "origin_of", "troubles", "try_source",
]  # fmt: skip

"""Sources that are imported automatically: reading feeds and folders, one run, and what editors must mend."""

from articles.sources.run import Result, fetch_source
from articles.sources.troubles import Trouble, troubles

__all__ = ["Result", "Trouble", "fetch_source", "troubles"]

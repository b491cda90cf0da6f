"""The editors' desk, and Django's own lists of every table beside it."""

from articles.admin import articles, imports, logins, notices, publications, quotes, speakers

__all__ = ["articles", "imports", "logins", "notices", "publications", "quotes", "speakers"]

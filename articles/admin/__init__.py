"""The editors' desk, and Django's own lists of every table beside it."""

from articles.admin.tables import articles, imports, login_log, publications, quotes, speakers

__all__ = ["articles", "imports", "login_log", "publications", "quotes", "speakers"]

"""The editors' pages below /admin/desk/, and the ModelAdmins of all tables."""

from articles.admin.tables import articles, imports, login_log, publications, quotes, speakers

__all__ = ["articles", "imports", "login_log", "publications", "quotes", "speakers"]

"""Imports every module that registers a model with the admin site."""

from articles.admin.tables import (
    accounts,
    articles,
    imports,
    login_log,
    publications,
    quotes,
    second_factor,
    speakers,
)

__all__ = [
    "accounts",
    "articles",
    "imports",
    "login_log",
    "publications",
    "quotes",
    "second_factor",
    "speakers",
]

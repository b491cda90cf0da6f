"""View models of articles, quotes and former versions: plain values without markup."""

from articles.presenters.article import ArticlePage, articles_to_read
from articles.presenters.article_history import public_versions
from articles.presenters.counting import counted
from articles.presenters.highlights import highlights
from articles.presenters.quote_context import QuoteInContext, quotes_to_read
from articles.presenters.selections import Basket, InvalidNumbers, Item, SelectedIds, read_numbers

__all__ = [
    "ArticlePage",
    "Basket",
    "InvalidNumbers",
    "Item",
    "QuoteInContext",
    "SelectedIds",
    "articles_to_read",
    "counted",
    "highlights",
    "public_versions",
    "quotes_to_read",
    "read_numbers",
]

"""An article, a quote, a former version as readers get them: plain values for a page, no markup."""

from articles.presenters.article import ArticlePage, articles_to_read
from articles.presenters.article_history import public_versions
from articles.presenters.highlights import highlights
from articles.presenters.quote_context import QuoteInContext, quotes_to_read
from articles.presenters.selections import Basket, Item, Listed, Unreadable, read_numbers

__all__ = [
    "ArticlePage",
    "Basket",
    "Item",
    "Listed",
    "QuoteInContext",
    "Unreadable",
    "articles_to_read",
    "highlights",
    "public_versions",
    "quotes_to_read",
    "read_numbers",
]

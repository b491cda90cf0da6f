"""An article, a quote, a former version as readers get them: plain values for a page, no markup."""

from .baskets import Basket, Item, Listed, Unreadable, read_numbers
from .highlights import highlights
from .page import ArticlePage, articles_to_read
from .quoted import QuoteInContext, quotes_to_read
from .versions import public_versions

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

"""What the archive holds and promises."""

from .articles import (
    Article,
    ArticleTopic,
    Authorship,
    Image,
    OldAddress,
    Publication,
    RawDocument,
    Section,
    Topic,
)
from .batches import ImportBatch, ImportError
from .documents import PastQuoteDocument, PastSearchDocument, QuoteDocument, SearchDocument
from .interviews import Note, Turn
from .notices import Notice
from .quotes import GAP, Quote, merged_ids
from .searches import FailedSearch, SearchKind, SuggestedSearch
from .speakers import Alias, Role, Speaker

__all__ = [
    "GAP",
    "Alias",
    "Article",
    "ArticleTopic",
    "Authorship",
    "FailedSearch",
    "Image",
    "ImportBatch",
    "ImportError",
    "Note",
    "Notice",
    "OldAddress",
    "PastQuoteDocument",
    "PastSearchDocument",
    "Publication",
    "Quote",
    "QuoteDocument",
    "RawDocument",
    "Role",
    "SearchDocument",
    "SearchKind",
    "Section",
    "Speaker",
    "SuggestedSearch",
    "Topic",
    "Turn",
    "merged_ids",
]

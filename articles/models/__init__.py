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
from .batches import ImportBatch, ImportError, Upload
from .credits import CreditConflict, CreditDecision, QuoteKey
from .deeds import Deed
from .desk import OpenArticle, Unsaved
from .documents import Holding, PastQuoteDocument, PastSearchDocument, QuoteDocument, SearchDocument
from .interviews import Note, Turn
from .likeness import Signature, ToldApart
from .names import NameDecision, NameScope, standing_decisions, year_of
from .notices import Notice
from .quote_sets import merged_ids
from .quotes import GAP, Quote
from .reports import Report, SenderTally
from .rules import RulesOff, RuleSwitch
from .searches import FailedSearch, SearchKind, SuggestedSearch
from .speakers import Alias, Role, Speaker, SpeakersToldApart

__all__ = [
    "GAP",
    "Alias",
    "Article",
    "ArticleTopic",
    "Authorship",
    "CreditConflict",
    "CreditDecision",
    "Deed",
    "FailedSearch",
    "Holding",
    "Image",
    "ImportBatch",
    "ImportError",
    "NameDecision",
    "NameScope",
    "Note",
    "Notice",
    "OldAddress",
    "OpenArticle",
    "PastQuoteDocument",
    "PastSearchDocument",
    "Publication",
    "Quote",
    "QuoteDocument",
    "QuoteKey",
    "RawDocument",
    "Report",
    "Role",
    "RuleSwitch",
    "RulesOff",
    "SearchDocument",
    "SearchKind",
    "Section",
    "SenderTally",
    "Signature",
    "Speaker",
    "SpeakersToldApart",
    "SuggestedSearch",
    "ToldApart",
    "Topic",
    "Turn",
    "Unsaved",
    "Upload",
    "merged_ids",
    "standing_decisions",
    "year_of",
]

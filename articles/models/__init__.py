"""The models of the archive. Import them from here."""

from articles.models.article import Article, ArticleTopic, Authorship
from articles.models.attribution_conflicts import CreditConflict, CreditDecision, QuoteKey
from articles.models.audit import AuditEntry, events_of, last_deletion
from articles.models.editing import OpenArticle, Unsaved
from articles.models.extraction_rules import RulesOff, RuleSwitch
from articles.models.image import Image
from articles.models.imports import ImportBatch, ImportError, Upload
from articles.models.index_segments import SearchNote, SearchPosting, SearchSegment
from articles.models.interview import Note, Turn
from articles.models.metrics import Metric
from articles.models.name_rulings import NameDecision, NameScope, active_decisions, year_of
from articles.models.near_duplicates import Signature, ToldApart
from articles.models.notice import Notice
from articles.models.old_addresses import OldAddress
from articles.models.publication import Publication, Section, Topic
from articles.models.publication_profile import PublicationProfile
from articles.models.quote import GAP, Quote
from articles.models.quote_sample import Judgement, SampledQuote
from articles.models.raw_document import RawDocument
from articles.models.reader_report import Report, SenderTally
from articles.models.search_index import (
    Holding,
    PastQuoteDocument,
    PastSearchDocument,
    QuoteDocument,
    SearchDocument,
)
from articles.models.search_promotions import FailedSearch, SearchKind, SuggestedSearch
from articles.models.source import Source, SourceItem, SourceState
from articles.models.speaker import Alias, Role, Speaker, SpeakersToldApart

__all__ = [
    "GAP",
    "Alias",
    "Article",
    "ArticleTopic",
    "AuditEntry",
    "Authorship",
    "CreditConflict",
    "CreditDecision",
    "FailedSearch",
    "Holding",
    "Image",
    "ImportBatch",
    "ImportError",
    "Judgement",
    "Metric",
    "NameDecision",
    "NameScope",
    "Note",
    "Notice",
    "OldAddress",
    "OpenArticle",
    "PastQuoteDocument",
    "PastSearchDocument",
    "Publication",
    "PublicationProfile",
    "Quote",
    "QuoteDocument",
    "QuoteKey",
    "RawDocument",
    "Report",
    "Role",
    "RuleSwitch",
    "RulesOff",
    "SampledQuote",
    "SearchDocument",
    "SearchKind",
    "SearchNote",
    "SearchPosting",
    "SearchSegment",
    "Section",
    "SenderTally",
    "Signature",
    "Source",
    "SourceItem",
    "SourceState",
    "Speaker",
    "SpeakersToldApart",
    "SuggestedSearch",
    "ToldApart",
    "Topic",
    "Turn",
    "Unsaved",
    "Upload",
    "active_decisions",
    "events_of",
    "last_deletion",
    "year_of",
]

"""Import articles: from raw bytes to stored rows, and roll back a batch."""

from articles.ingest.pipeline.drafts import fill_draft, start_draft
from articles.ingest.pipeline.duplicates import already_here, copies
from articles.ingest.pipeline.reread import doubtful_encodings, read_in_encoding
from articles.ingest.pipeline.rollback import rollback_batch
from articles.ingest.proposals.refresh import propose

__all__ = [
    "already_here",
    "copies",
    "doubtful_encodings",
    "fill_draft",
    "propose",
    "read_in_encoding",
    "rollback_batch",
    "start_draft",
]

"""Documents of the search: one row per usable article and per accepted quote, without its words.

Statement triggers maintain them (see ``migrations/sql``); no Python code writes here. Former documents are
stored with their period, so that a search can run as of any time. The words are in `index_segments`.
"""

from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from articles.models import clock


class DocumentBase(models.Model):
    """Columns of both kinds of document, copied from the article so that a search reads one table."""

    visible_from = models.DateTimeField()
    first_public_at = models.DateTimeField(null=True)
    published_on = models.DateField(null=True)
    published_until = models.DateField(null=True, help_text=_("For a month or a year, its last day."))
    year = models.SmallIntegerField(null=True)
    publication_id = models.BigIntegerField()
    section_id = models.BigIntegerField(null=True)
    topic_ids = ArrayField(models.BigIntegerField(), default=list)
    author_ids = ArrayField(models.BigIntegerField(), default=list)
    language = models.CharField(max_length=35, blank=True)
    copy_of = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class CurrentMixin(models.Model):
    """Columns of a current document."""

    since = models.DateTimeField(db_default=TransactionNow(), editable=False)
    written_at = models.DateTimeField(
        db_default=TransactionNow(),
        editable=False,
        help_text=_("Start of the transaction that wrote this version."),
    )

    class Meta:
        abstract = True


class HistoricalMixin(models.Model):
    """Columns of a former document: valid since, and until (exclusive)."""

    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        abstract = True


class ArticleDocumentBase(DocumentBase):
    """Columns of an article's document, current or former."""

    speaker_ids = ArrayField(
        models.BigIntegerField(), default=list, help_text=_("Speakers of the accepted quotes.")
    )
    quotes_state = models.CharField(max_length=6)
    kinds = models.SmallIntegerField(
        default=0, help_text=_("Types of the accepted quotes: 1 direct, 2 mixed, 4 question, 8 answer.")
    )

    class Meta:
        abstract = True


class QuoteDocumentBase(DocumentBase):
    """Columns of a quote's document, current or former."""

    speaker_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=8)
    channel = models.CharField(max_length=7, db_default="unknown")
    standing = models.CharField(max_length=13)
    checked = models.CharField(max_length=6, help_text=_("Either “person” or “rule”."))

    class Meta:
        abstract = True


class SearchDocument(ArticleDocumentBase, CurrentMixin):
    article = models.OneToOneField(
        "Article", on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="document"
    )

    class Meta:
        db_table = "search_document"
        indexes = [
            models.Index(
                models.F("published_on").desc(nulls_last=True),
                models.F("article").desc(),
                name="search_document_newest",
            ),
            models.Index(fields=["first_public_at"], name="search_document_added"),
        ]

    def __str__(self) -> str:
        return f"article {self.article_id}"


class QuoteDocument(QuoteDocumentBase, CurrentMixin):
    quote = models.OneToOneField(
        "Quote", on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="document"
    )
    article = models.ForeignKey(
        "Article", on_delete=models.DO_NOTHING, db_constraint=False, related_name="quote_documents"
    )

    class Meta:
        db_table = "quote_document"
        indexes = [
            # Covers the counts of a speaker's profile with an index-only scan.
            models.Index(
                fields=["speaker_id", "published_on", "quote"],
                include=["visible_from", "article", "publication_id", "kind", "channel", "year"],
                name="quote_document_speaker",
            ),
            models.Index(
                models.F("published_on").desc(nulls_last=True),
                models.F("quote").desc(),
                name="quote_document_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"quote {self.quote_id}"


class PastSearchDocument(ArticleDocumentBase, HistoricalMixin):
    """A former document of an article."""

    article_id = models.BigIntegerField()

    class Meta:
        db_table = "search_document_past"
        indexes = [
            models.Index(fields=["article_id", "until"], name="search_document_past_article"),
            models.Index(fields=["language"], name="search_document_past_language"),
            models.Index(fields=["until"], name="search_document_past_until"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="search_document_past_lasted")
        ]

    def __str__(self) -> str:
        return f"article {self.article_id} until {self.until}"


class PastQuoteDocument(QuoteDocumentBase, HistoricalMixin):
    """A former document of a quote."""

    quote_id = models.BigIntegerField()
    article_id = models.BigIntegerField()

    class Meta:
        db_table = "quote_document_past"
        indexes = [
            models.Index(fields=["quote_id", "until"], name="quote_document_past_quote"),
            models.Index(fields=["article_id"], name="quote_document_past_article"),
            models.Index(fields=["until"], name="quote_document_past_until"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="quote_document_past_lasted")
        ]

    def __str__(self) -> str:
        return f"quote {self.quote_id} until {self.until}"


class HoldingQuerySet(models.QuerySet["Holding"]):
    def visible(self) -> Self:
        """Rows whose embargo has passed."""
        return self.filter(Q(embargo__isnull=True) | Q(embargo__lte=clock.now()))

    def quoted(self) -> models.QuerySet[Holding, Any]:  # ids, for a subquery
        """The ids of all speakers with a public quote; merges are not followed."""
        rows = self.visible().filter(kind=Holding.Kind.SPEAKER, thing_id__isnull=False).order_by()
        return rows.values("thing_id").annotate(n=Sum("number")).filter(n__gt=0).values("thing_id")


class Holding(models.Model):
    """The number of public articles of a category, or of public quotes of a speaker or publication.

    A count is the sum of its rows; each row is the change by one statement, written by triggers (see
    ``migrations/sql/holdings.sql``).
    """

    class Kind(models.TextChoices):
        PUBLICATION = "publication"
        SECTION = "section"
        TOPIC = "topic"
        SPEAKER = "speaker"
        # Of a publication, by year: its quotes, and those of them without a speaker.
        QUOTE = "quote"
        UNNAMED = "unnamed"

    kind = models.CharField(max_length=11, choices=Kind)
    thing_id = models.BigIntegerField(null=True, help_text=_("Null for quotes without a speaker."))
    period = models.DateField(
        null=True, help_text=_("First day of the month (publications) or of the year (sections, topics).")
    )
    whole_year = models.BooleanField(db_default=False, help_text=_("Whether only the year is known."))
    quotes_state = models.CharField(
        max_length=6,
        db_default="",
        help_text=_("State of the articles’ quotes; for quotes, who checked them."),
    )
    embargo = models.DateTimeField(null=True, help_text=_("Not counted before this time."))
    number = models.BigIntegerField()

    objects = HoldingQuerySet.as_manager()

    class Meta:
        db_table = "holding"
        indexes = [models.Index(fields=["kind", "thing_id"], name="holding_thing")]

    def __str__(self) -> str:
        return f"{self.number:+} of {self.kind} {self.thing_id}"

"""The segments of the search index and the notes of later changes; see ``articles.search.index``."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import TransactionNow
from django.db import models


class SearchSegment(models.Model):
    """The texts of some documents: arrays of numbers as bytes, in the order of `segment.Segment`."""

    class Kind(models.TextChoices):
        ARTICLE = "article"
        QUOTE = "quote"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    format = models.SmallIntegerField(help_text="of the index")
    fold_version = models.SmallIntegerField()
    stemmer_version = models.CharField(max_length=20)
    documents = models.PositiveIntegerField(help_text="number of documents, including dead ones")
    dead = models.BinaryField(default=b"", help_text="documents replaced by later segments, as a bitmap")
    ids = models.BinaryField()
    stemmers = models.BinaryField()
    starts = models.BinaryField()
    part_starts = models.BinaryField()
    part_lengths = models.BinaryField()
    part_names = models.BinaryField()
    names = ArrayField(models.TextField())
    columns = models.BinaryField(help_text="replaced as a whole when filters of its articles change")
    columns_version = models.IntegerField(default=1)
    checksum = models.BinaryField(help_text="of the texts and postings, SHA-256")
    in_use = models.BooleanField(default=True, help_text="searches read it")
    made_at = models.DateTimeField(db_default=TransactionNow(), editable=False)

    class Meta:
        db_table = "search_segment"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} segment {self.pk}"


class SearchPosting(models.Model):
    """What one term has in one segment; a stem has its forms in place of positions."""

    pk = models.CompositePrimaryKey("segment_id", "term")
    # Without a constraint: checking each of a hundred thousand rows took as long as writing it.
    segment = models.ForeignKey(
        SearchSegment, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    term = models.TextField(db_collation="C")
    documents = models.BinaryField()
    frequencies = models.BinaryField()
    positions = models.BinaryField()

    class Meta:
        db_table = "search_posting"
        default_permissions = ()

    def __str__(self) -> str:
        return self.term


class SearchNote(models.Model):
    """An article changed after the segments were built; `text` if its words or quotes changed."""

    article_id = models.BigIntegerField()
    text = models.BooleanField()
    noted_at = models.DateTimeField(db_default=TransactionNow(), editable=False)

    class Meta:
        db_table = "search_note"
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["article_id"], name="search_note_article")]

    def __str__(self) -> str:
        return f"article {self.article_id}"

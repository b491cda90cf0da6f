"""Store parsed articles in one transaction: insert new ones, update changed ones, skip duplicates."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import count

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext

from articles.ingest.advisory_locks import lock
from articles.ingest.edited_by_hand import edited_by_hand
from articles.ingest.pipeline.bulk_write import acceptance, database_now, raw_document, write
from articles.ingest.pipeline.duplicates import Keys, Known, KnownArticles, same_headlines, text_hash
from articles.ingest.pipeline.pending_article import AS_READ, PendingArticle
from articles.ingest.pipeline.repair import without_reading
from articles.ingest.pipeline.resolver import Resolver, Speakers
from articles.ingest.pipeline.types import Counts, ImportOptions, IncomingArticle, RowOutcome, Stored
from articles.ingest.proposals.create import Acceptance, allocate_ids
from articles.ingest.proposals.refresh import repropose
from articles.models import Article, RawDocument
from articles.models.audit import audit_context
from articles.parsing import RowError
from articles.parsing.parsed import Problem
from articles.revisions import change_text
from articles.search.index.building import write_new

TEXTS = ("headline", "standfirst", "body")


def update_article(
    pk: int, pending: PendingArticle, speakers: Speakers, options: ImportOptions
) -> tuple[int, int]:
    """Replace the article's texts and metadata; return how many quotes were proposed and accepted.

    The history has the former row, and the new raw document is stored beside the earlier ones.
    """
    parsed = pending.incoming.parsed
    article = Article.objects.select_for_update().get(pk=pk)
    rest = [name for name in AS_READ if name not in TEXTS and getattr(parsed, name)]
    Article.objects.filter(pk=pk).update(**{name: getattr(parsed, name) for name in rest})
    change_text(article, headline=parsed.headline, standfirst=parsed.standfirst, body=parsed.body)
    pending.article = article
    raw_document(pending).save()
    rule: Acceptance | None = acceptance(options, database_now())
    return repropose(article, pending.incoming.reading, speakers, rule)


# SQLSTATEs worth a retry: a deadlock with another import, a serialization failure.
_RETRIABLE = ("40P01", "40001")
_ATTEMPTS = 5


class Upserter:
    """Stores chunks of articles with the same options."""

    def __init__(self, options: ImportOptions) -> None:
        self.options = options
        self.resolver: Resolver | None = None
        self.known = KnownArticles()
        self.same_headlines: dict[Keys, int] = {}
        self._pretended = count(-1, -1)

    def store(
        self, incoming: Sequence[IncomingArticle], record: Callable[[Stored], None] | None = None
    ) -> Stored:
        """Store the articles in one transaction; those that the database refuses are reported as bad.

        `record` is called in the same transaction, so that the counts of a batch match its articles.
        """
        pending_articles = [PendingArticle(one) for one in incoming]
        if self.options.pretend:
            stored = self._round(pending_articles)
            if record:
                record(stored)
            return stored
        for attempt in range(_ATTEMPTS):
            try:
                return self._all_at_once(pending_articles, record)
            except OperationalError as error:
                if attempt == _ATTEMPTS - 1 or getattr(error.__cause__, "sqlstate", "") not in _RETRIABLE:
                    raise
            except IntegrityError:
                # Most likely another process has just stored one of these: look them up again.
                pass
            except DataError:
                break
            self.resolver = None
        return self._one_by_one(pending_articles, record)

    def _all_at_once(
        self, pending_articles: list[PendingArticle], record: Callable[[Stored], None] | None
    ) -> Stored:
        with transaction.atomic(), history_of(self.options):
            stored = self._round(pending_articles)
            write_new(stored.added)
            if record:
                record(stored)
            return stored

    def _one_by_one(
        self, pending_articles: list[PendingArticle], record: Callable[[Stored], None] | None
    ) -> Stored:
        """Store each article in its own savepoint, to find those that the database refuses."""
        total = Stored([], Counts())
        with transaction.atomic(), history_of(self.options):
            for pending in pending_articles:
                self.resolver = None
                try:
                    with transaction.atomic():
                        stored = self._round([pending])
                except (IntegrityError, DataError) as error:
                    stored = self._article_alone(pending, refused(error))
                total.outcomes += stored.outcomes
                total.counts.add(stored.counts)
            self.resolver = None
            write_new(total.added)
            if record:
                record(total)
        return total

    def _article_alone(self, pending: PendingArticle, why: RowError) -> Stored:
        """Try again without turns, notes and quotes, in case the database refuses only those."""
        self.resolver = None
        try:
            with transaction.atomic():
                return self._round([PendingArticle(without_reading(pending.incoming, why))])
        except (IntegrityError, DataError):
            return Stored([RowOutcome("bad", error=why)], Counts(bad=1))

    def _round(self, pending_articles: list[PendingArticle]) -> Stored:
        """Look up duplicates, then insert the new articles."""
        if not self.options.pretend:
            self.known = KnownArticles()
            lock_texts(pending_articles)
        resolver = self.resolver = self.resolver or Resolver(pretend=self.options.pretend)
        resolver.learn([pending.incoming.parsed for pending in pending_articles])
        resolver.speakers.learn(name for pending in pending_articles for name in pending.names())
        outcomes = self._outcomes(pending_articles, resolver)
        new = [pending for pending in pending_articles if pending.article]
        counts = Counts()
        for outcome in outcomes:
            counts.tally(outcome.became)
        if self.options.create_speakers:
            shown = [pending for pending in new if not pending.stays_draft]
            names = (name for pending in shown for name in pending.names_to_make(self.options.accept_from))
            counts.speakers = resolver.speakers.make(names, self.options.batch)
        counts.proposed = sum(len(pending.candidates) for pending in new)
        counts.accepted = sum(pending.number_accepted(self.options.accept_from) for pending in new)
        if not self.options.pretend:
            write(new, resolver, self.options)
        return Stored(outcomes, counts)

    def _outcomes(self, pending_articles: list[PendingArticle], resolver: Resolver) -> list[RowOutcome]:
        errors: dict[int, RowError] = {}
        for number, pending in enumerate(pending_articles):
            pending.keys = pending.article = None
            try:
                pending.prepare(resolver, self.options)
            except RowError as error:
                errors[number] = error
        prepared = [pending for pending in pending_articles if pending.keys]
        self.known.find(pending.sure_keys for pending in prepared)
        if self.options.ask_same_headline:
            keys = [pending.sure_keys for pending in prepared]
            self.same_headlines = same_headlines(keys, self.options.batch)
        missing = sum(self._match(pending) is None for pending in prepared)
        ids = iter(self._ids(missing))
        outcomes = []
        for number, pending in enumerate(pending_articles):
            wrong = errors.get(number)
            outcomes.append(
                RowOutcome("bad", error=wrong) if wrong else self._outcome(pending, resolver, ids)
            )
        return outcomes

    def _ids(self, number: int) -> list[int]:
        return (
            [next(self._pretended) for _ in range(number)]
            if self.options.pretend
            else allocate_ids(Article, number)
        )

    def _match(self, pending: PendingArticle) -> Known | None:
        return self.known.match(pending.sure_keys, pending.texts.body)

    def _outcome(self, pending: PendingArticle, resolver: Resolver, ids: Iterator[int]) -> RowOutcome:
        """Compare with the known articles; a new article gets its unsaved row and becomes known."""
        keys, known = pending.sure_keys, self._match(pending)
        if known is None:
            return self._new(pending, resolver, next(ids))
        same = (known.body_hash, known.headline) == (keys.body_hash, keys.headline)
        if same or came_as(known.pk, pending.incoming.raw):
            return RowOutcome("present", known.pk, notes=(Problem("", keys.headline, _is_here(known)),))
        return self._changed(known, pending, resolver)

    def _new(self, pending: PendingArticle, resolver: Resolver, pk: int) -> RowOutcome:
        pending.same_headline = self.same_headlines.get(pending.sure_keys)
        for by, other in self.known.taken(pending.sure_keys).items():
            pending.leave_identity(by, other.pk)
        keys = pending.keys = self.known.without_taken(pending.sure_keys)
        original = self.known.original(keys)
        accepts = pending.number_accepted(self.options.accept_from)
        state = Article.QuotesState.RULE if accepts else Article.QuotesState.UNREAD
        article = Article(pk=pk, import_batch=self.options.batch, quotes_state=state)
        pending.fill(article, resolver, original)
        self.known.add(pk, keys, pending.texts.body, original)
        return RowOutcome("added", pk, notes=pending.notes(), same_headline=pending.same_headline)

    def _changed(self, known: Known, pending: PendingArticle, resolver: Resolver) -> RowOutcome:
        """Handle an article whose text in the source differs from the stored one."""
        if self.options.changed == "skip":
            said = gettext("%(here)s with another headline or text; not changed") % {"here": _is_here(known)}
            return RowOutcome("changed", known.pk, notes=(Problem("", pending.texts.headline, said),))
        if self.options.changed == "report":
            said = gettext("differs from article %(id)s, which was not changed") % {"id": known.pk}
            return RowOutcome("changed", known.pk, RowError("body", pending.texts.body, said))
        if known.pk in edited_by_hand([known.pk]):
            said = gettext(
                "differs from article %(id)s, which was not changed because an editor has worked on it"
            ) % {"id": known.pk}
            return RowOutcome("left", known.pk, RowError("body", pending.texts.body, said))
        if pending.incoming.withheld and is_public(known.pk):
            said = gettext("differs from article %(id)s, but the source does not publish it") % {
                "id": known.pk
            }
            return RowOutcome("left", known.pk, RowError("body", pending.texts.body, said))
        if not self.options.pretend:
            update_article(known.pk, pending, resolver.speakers, self.options)
            pending.article = None
        self.known.replace(known, pending.sure_keys)
        return RowOutcome("updated", known.pk, notes=pending.notes())


def _is_here(known: Known) -> str:
    if known.pk < 0:
        return gettext("already in an earlier row")
    return gettext("already in the archive (ID %(id)s)") % {"id": known.pk}


def lock_texts(pending_articles: Sequence[PendingArticle]) -> None:
    """Lock the texts until the transaction ends, so that two imports cannot store the same draft twice.

    No constraint prevents that: texts must be unique among published articles only.
    """
    lock(f"text {text_hash(pending.texts.body)}" for pending in pending_articles)


def is_public(article_id: int) -> bool:
    """Whether the article is published, perhaps under embargo."""
    return Article.objects.filter(pk=article_id, status=Article.Status.USABLE).exists()


def came_as(article_id: int, raw: bytes) -> bool:
    """Whether these bytes are the article's latest raw document: then its source is unchanged."""
    last = RawDocument.objects.filter(article=article_id).order_by("-pk").values_list("sha256", flat=True)[:1]
    return hashlib.sha256(raw).hexdigest() in last


def history_of(options: ImportOptions) -> AbstractContextManager[None]:
    """Mark the changes in the history as made by an import."""
    return audit_context(through="import", batch=options.batch.pk if options.batch else None)


def refused(error: Exception) -> RowError:
    """Return the database's message, with the name of the constraint or column that was violated."""
    diag = getattr(error.__cause__, "diag", None)
    rule = getattr(diag, "constraint_name", None) or getattr(diag, "column_name", None) or ""
    problem = getattr(diag, "message_primary", None) or error
    return RowError(rule, None, gettext("refused by the database: %(problem)s") % {"problem": problem})

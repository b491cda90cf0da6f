"""From articles as read to stored rows, in one transaction; what is here already is told, never doubled."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import count

from django.db import DataError, IntegrityError, OperationalError, transaction

from articles.extraction import ExtractionResult
from articles.ingest.advisory_locks import hold
from articles.ingest.audit_context import own_work
from articles.ingest.edited_by_hand import touched
from articles.ingest.pipeline.bulk_write import acceptance, database_now, raw_document, write
from articles.ingest.pipeline.duplicates import Known, Shelf, text_hash
from articles.ingest.pipeline.pending_article import AS_READ, Arrival
from articles.ingest.pipeline.repair import without_reading
from articles.ingest.pipeline.resolver import Resolver, Speakers
from articles.ingest.pipeline.types import Counts, Incoming, Outcome, Stored, Wishes
from articles.ingest.proposals.create import Acceptance, allot
from articles.ingest.proposals.refresh import repropose
from articles.models import Article, ImportBatch, Quote, RawDocument
from articles.parsing import ParsedArticle, RowError
from articles.parsing.parsed import Problem
from articles.revisions import change_text

TEXTS = ("headline", "standfirst", "body")


def update_article(pk: int, arrival: Arrival, speakers: Speakers, wishes: Wishes) -> tuple[int, int]:
    """Give the article the parts as now printed; return how many quotes were proposed and accepted anew.

    History keeps the row as it was, and the bytes that came in stand beside the earlier ones.
    """
    parsed = arrival.incoming.parsed
    article = Article.objects.select_for_update().get(pk=pk)
    rest = [name for name in AS_READ if name not in TEXTS and getattr(parsed, name)]
    Article.objects.filter(pk=pk).update(**{name: getattr(parsed, name) for name in rest})
    change_text(article, headline=parsed.headline, standfirst=parsed.standfirst, body=parsed.body)
    arrival.article = article
    raw_document(arrival).save()
    rule: Acceptance | None = acceptance(wishes, database_now())
    return repropose(article, arrival.incoming.reading, speakers, rule)


# What passes when it is tried again: a deadlock with another import, a serialisation failure.
_PASSING = ("40P01", "40001")
_ATTEMPTS = 5


def store(
    parsed: ParsedArticle,
    reading: ExtractionResult,
    *,
    raw: bytes,
    media_type: str,
    origin: str,
    batch: ImportBatch | None = None,
    publish: bool = False,
    accept_from: float | None = None,
    create_speakers: bool = False,
    changed: str = "skip",
    through: str = Quote.Through.COMMAND,
) -> Article:
    """Store one article and return it, or the one that is here already; raises `RowError`."""
    wishes = Wishes(publish, accept_from, create_speakers, changed, through, batch)
    stored = Storing(wishes).take([Incoming(parsed, reading, raw, media_type, origin)])
    outcome = stored.outcomes[0]
    if outcome.error and outcome.article_id is None:
        raise outcome.error
    return Article.objects.get(pk=outcome.article_id)


class Storing:
    """A run of storing under the same wishes, some articles at a time."""

    def __init__(self, wishes: Wishes) -> None:
        self.wishes = wishes
        self.resolver: Resolver | None = None
        self.shelf = Shelf()
        self._pretended = count(-1, -1)

    def take(self, incoming: Sequence[Incoming], record: Callable[[Stored], None] | None = None) -> Stored:
        """Store these in one transaction, all or none; one that the database refuses is told as bad.

        `record` is called in the same transaction, so that a batch counts what it holds.
        """
        arrivals = [Arrival(one) for one in incoming]
        if self.wishes.pretend:
            stored = self._round(arrivals)
            if record:
                record(stored)
            return stored
        for attempt in range(_ATTEMPTS):
            try:
                return self._all_at_once(arrivals, record)
            except OperationalError as error:
                if attempt == _ATTEMPTS - 1 or getattr(error.__cause__, "sqlstate", "") not in _PASSING:
                    raise
            except IntegrityError:
                # Most likely another process has stored one of these in this moment: look again.
                pass
            except DataError:
                break
            self.resolver = None
        return self._one_by_one(arrivals, record)

    def _all_at_once(self, arrivals: list[Arrival], record: Callable[[Stored], None] | None) -> Stored:
        with transaction.atomic(), history_of(self.wishes):
            stored = self._round(arrivals)
            if record:
                record(stored)
            return stored

    def _one_by_one(self, arrivals: list[Arrival], record: Callable[[Stored], None] | None) -> Stored:
        """The slow way, which tells whose fault it was."""
        total = Stored([], Counts())
        with transaction.atomic(), history_of(self.wishes):
            for arrival in arrivals:
                self.resolver = None
                try:
                    with transaction.atomic():
                        stored = self._round([arrival])
                except (IntegrityError, DataError) as error:
                    stored = self._article_alone(arrival, refused(error))
                total.outcomes += stored.outcomes
                total.counts.add(stored.counts)
            self.resolver = None
            if record:
                record(total)
        return total

    def _article_alone(self, arrival: Arrival, why: RowError) -> Stored:
        """The article without what was found in it, where that is what the database refuses."""
        self.resolver = None
        try:
            with transaction.atomic():
                return self._round([Arrival(without_reading(arrival.incoming, why))])
        except (IntegrityError, DataError):
            return Stored([Outcome("bad", error=why)], Counts(bad=1))

    def _round(self, arrivals: list[Arrival]) -> Stored:
        """Tell old from new, then write what is new."""
        if not self.wishes.pretend:
            self.shelf = Shelf()
            lock_texts(arrivals)
        resolver = self.resolver = self.resolver or Resolver(pretend=self.wishes.pretend)
        resolver.speakers.learn(name for arrival in arrivals for name in arrival.names())
        outcomes = self._tell_apart(arrivals, resolver)
        new = [arrival for arrival in arrivals if arrival.article]
        counts = Counts()
        for outcome in outcomes:
            counts.tally(outcome.became)
        if self.wishes.create_speakers:
            shown = [arrival for arrival in new if not arrival.incoming.withheld]
            names = (name for arrival in shown for name in arrival.names_to_make(self.wishes.accept_from))
            counts.speakers = resolver.speakers.make(names, self.wishes.batch)
        counts.proposed = sum(len(arrival.candidates) for arrival in new)
        counts.accepted = sum(arrival.number_accepted(self.wishes.accept_from) for arrival in new)
        if not self.wishes.pretend:
            write(new, resolver, self.wishes)
        return Stored(outcomes, counts)

    def _tell_apart(self, arrivals: list[Arrival], resolver: Resolver) -> list[Outcome]:
        errors: dict[int, RowError] = {}
        for number, arrival in enumerate(arrivals):
            arrival.keys = arrival.article = None
            try:
                arrival.prepare(resolver, self.wishes)
            except RowError as error:
                errors[number] = error
        self.shelf.find(arrival.keys for arrival in arrivals if arrival.keys)
        missing = sum(not self.shelf.known(arrival.keys) for arrival in arrivals if arrival.keys)
        ids = iter(self._ids(missing))
        outcomes = []
        for number, arrival in enumerate(arrivals):
            wrong = errors.get(number)
            outcomes.append(Outcome("bad", error=wrong) if wrong else self._meet(arrival, resolver, ids))
        return outcomes

    def _ids(self, number: int) -> list[int]:
        return (
            [next(self._pretended) for _ in range(number)] if self.wishes.pretend else allot(Article, number)
        )

    def _meet(self, arrival: Arrival, resolver: Resolver, ids: Iterator[int]) -> Outcome:
        """Is this article here already? If not, it gets its row to be, and its place on the shelf."""
        keys = arrival.sure_keys
        known = self.shelf.known(keys)
        if known is None:
            pk = next(ids)
            original = self.shelf.original(keys)
            try:
                arrival.article = arrival.new_article(pk, resolver, self.wishes, original)
            except RowError as error:
                return Outcome("bad", error=error)
            text = (keys.publication, keys.body_hash, keys.published_on, original, keys.headline)
            self.shelf.put(keys, Known(pk, *text))
            return Outcome("added", pk, notes=arrival.notes())
        if known.body_hash == keys.body_hash or came_as(known.pk, arrival.incoming.raw):
            where = f"as article {known.pk}" if known.pk > 0 else "in an earlier row"
            note = Problem("", keys.headline, f"is already here {where}")
            return Outcome("present", known.pk, notes=(note,))
        return self._changed(known, arrival, resolver)

    def _changed(self, known: Known, arrival: Arrival, resolver: Resolver) -> Outcome:
        """The source has another text now for an article that is here."""
        if self.wishes.changed == "skip":
            return Outcome("changed", known.pk)
        if self.wishes.changed == "report":
            said = f"differs from article {known.pk}, which stays as it is"
            return Outcome("changed", known.pk, RowError("body", arrival.texts.body, said))
        if known.pk in touched([known.pk]):
            said = f"differs from article {known.pk}, which has been worked on here and stays as it is"
            return Outcome("left", known.pk, RowError("body", arrival.texts.body, said))
        if arrival.incoming.withheld and is_public(known.pk):
            said = f"differs from article {known.pk}, but its source does not publish it"
            return Outcome("left", known.pk, RowError("body", arrival.texts.body, said))
        if not self.wishes.pretend:
            update_article(known.pk, arrival, resolver.speakers, self.wishes)
            arrival.article = None
        self.shelf.replace(known, arrival.sure_keys)
        return Outcome("updated", known.pk, notes=arrival.notes())


def lock_texts(arrivals: Sequence[Arrival]) -> None:
    """Hold, until the transaction ends, what keeps two runs from storing the same text as two drafts.

    Constraints cannot: only of published articles may there be no two of the same text.
    """
    hold(f"text {text_hash(arrival.texts.body)}" for arrival in arrivals)


def is_public(article_id: int) -> bool:
    """Whether readers see it, or would once its embargo ends."""
    return Article.objects.filter(pk=article_id, status=Article.Status.USABLE).exists()


def came_as(article_id: int, raw: bytes) -> bool:
    """Were these the bytes that came in last? Then the source is unchanged, whatever was edited here."""
    last = RawDocument.objects.filter(article=article_id).order_by("-pk").values_list("sha256", flat=True)[:1]
    return hashlib.sha256(raw).hexdigest() in last


def history_of(wishes: Wishes) -> AbstractContextManager[None]:
    """Say in the history that an import did this."""
    return own_work("import", batch=wishes.batch.pk if wishes.batch else None)


def refused(error: Exception) -> RowError:
    """The database's own reason, by the name of the rule that it held."""
    told = getattr(error.__cause__, "diag", None)
    rule = getattr(told, "constraint_name", None) or getattr(told, "column_name", None) or ""
    return RowError(rule, None, f"the database refuses it: {getattr(told, 'message_primary', None) or error}")

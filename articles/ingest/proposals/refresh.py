"""Run the extraction again on a stored article: replace pending quotes, keep decided ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Model

from articles.extraction import Candidate, ExtractionResult, extract_article
from articles.ingest.pipeline.parse import stressed_in
from articles.ingest.pipeline.repair import repaired
from articles.ingest.pipeline.resolver import Speakers
from articles.ingest.proposals.create import (
    Acceptance,
    LinkOf,
    RowIds,
    Texts,
    allocate_ids,
    candidates_of,
    contradicted,
    quote_rows,
)
from articles.ingest.publication_profiles import style_of
from articles.ingest.speakers.name_rulings import KnownNames
from articles.models import Article, Note, Quote, RulesOff, Turn
from articles.models.audit import audit_context, log_rows

Span = tuple[int, int]
# What is replaced, each after those that refer to it: undoing deletes in this order, and inserts in reverse.
REPLACED: tuple[type[Model], ...] = (Quote, Turn, Note)


def propose(article: Article) -> int:
    """Replace the article's pending quotes with new proposals; return how many."""
    with transaction.atomic(), audit_context(through="proposals"):
        # Lock and reload: the given instance may have an earlier version of the text.
        article.refresh_from_db(from_queryset=Article.objects.select_for_update())
        before = _rows_of(article)
        proposed = repropose(article, read_stored(article), Speakers(), None)[0]
        after = _rows_of(article)
        for model in REPLACED:
            log_rows("delete", model, sorted(before[model] - after[model]))
        for model in reversed(REPLACED):
            log_rows("add", model, sorted(after[model] - before[model]))
        return proposed


def _rows_of(article: Article) -> dict[type[Model], set[int]]:
    rows = (model._base_manager.filter(article=article) for model in REPLACED)
    return {
        model: set(found.values_list("pk", flat=True)) for model, found in zip(REPLACED, rows, strict=True)
    }


def read_stored(article: Article) -> ExtractionResult:
    """Run the extraction on the stored article."""
    reading = extract_article(
        article.body,
        headline=article.headline,
        standfirst=article.standfirst,
        captions=tuple(image.caption for image in article.images.all()),
        language=article.language,
        publication=article.publication.name if article.publication else "",
        known_names=KnownNames(),
        house_labels=style_of(article.publication_id).labels,
        stressed=stressed_in(article.extra),
    )
    return repaired(reading, texts_of(article))[0]


def texts_of(article: Article) -> Texts:
    captions = [image.caption for image in article.images.all()]
    return Texts(article.headline, article.standfirst, article.body, captions)


def repropose(
    article: Article, reading: ExtractionResult, speakers: Speakers, rule: Acceptance | None
) -> tuple[int, int]:
    """Replace the pending quotes by those of this reading; return how many are new and how many accepted."""
    speakers.learn(
        [*(t.speaker for t in reading.turns if t.speaker), *(p.speaker for p in reading.pieces if p.speaker)]
    )
    article.quotes.pending().delete()
    decided = list(article.quotes.all())
    link = speakers.within(article.publication_id, article.published_on)
    turns = _turns(article, reading, link, replace=not decided)
    images = [image.pk for image in article.images.all()]
    texts = texts_of(article)
    candidates = _allowed(article, candidates_of(reading, texts))
    known = {n: q.pk for n, c in candidates.items() if (q := _same_place(c, images, decided))}
    fresh = {n: c for n, c in candidates.items() if _is_free(c, images, decided) and _has_turn(c, turns)}
    ids = dict(zip(fresh, allocate_ids(Quote, len(fresh)), strict=True))
    rows = quote_rows(
        fresh,
        texts,
        RowIds(article.pk, images, turns, known | ids),
        roles={person.name: person.description for person in reading.people},
        link_of=link,
        acceptance=rule,
        never=contradicted(candidates, reading.turns) if rule else (),
    )
    Quote.objects.bulk_create(rows)
    accepted = sum(row.status == Quote.Status.ACCEPTED for row in rows)
    _update_state(article, pending=len(rows) - accepted, accepted=accepted)
    return len(rows), accepted


def _allowed(article: Article, candidates: Mapping[int, Candidate]) -> dict[int, Candidate]:
    """Return the candidates of rules that are not disabled for this article."""
    off, publication, day = RulesOff(), article.publication_id, article.published_on
    return {n: c for n, c in candidates.items() if not off.is_off(c.rule, publication, day)}


def _turns(article: Article, reading: ExtractionResult, link: LinkOf, *, replace: bool) -> dict[int, int]:
    """Return the ids of turns by their number in the reading; stored turns are kept unless `replace`."""
    if replace:
        article.turns.all().delete()
        article.notes.all().delete()
        made = Turn.objects.bulk_create(turn_rows(article, reading, link))
        Note.objects.bulk_create(Note(article=article, start=n.start, end=n.end) for n in reading.notes)
        return {number: turn.pk for number, turn in enumerate(made)}
    stored = {(turn.start, turn.end, turn.role): turn.pk for turn in article.turns.all()}
    return {
        number: stored[turn.start, turn.end, turn.role]
        for number, turn in enumerate(reading.turns)
        if (turn.start, turn.end, turn.role) in stored
    }


def turn_rows(article: Article | None, reading: ExtractionResult, link: LinkOf) -> list[Turn]:
    return [
        Turn(
            article=article,
            start=turn.start,
            end=turn.end,
            role=turn.role,
            source=turn.source[:500],
            speaker_id=link(turn.speaker)[0],
            labelled=turn.labelled,
            confidence=turn.confidence,
            position=position,
        )
        for position, turn in enumerate(reading.turns)
    ]


def _has_turn(candidate: Candidate, turns: Mapping[int, int]) -> bool:
    return candidate.kind not in ("question", "answer") or candidate.turn in turns


def _same_place(candidate: Candidate, images: list[int], decided: Iterable[Quote]) -> Quote | None:
    place = (candidate.part, _image(candidate, images), candidate.start, candidate.end)
    return next((q for q in decided if (q.part, q.image_id, q.start, q.end) == place), None)


def _is_free(candidate: Candidate, images: list[int], decided: Iterable[Quote]) -> bool:
    """Whether the candidate overlaps no decided quote.

    The spans of an answer leave out the quotes within it, so both can be proposed.
    """
    own: list[Span] = [(span.start, span.end) for span in candidate.spans]
    for quote in decided:
        if (quote.part, quote.image_id) != (candidate.part, _image(candidate, images)):
            continue
        if (quote.start, quote.end) == (candidate.start, candidate.end):
            return False
        if any(a < d and c < b for a, b in own for c, d in quote.spans):
            return False
    return True


def _image(candidate: Candidate, images: list[int]) -> int | None:
    return None if candidate.image is None else images[candidate.image]


def _update_state(article: Article, *, pending: int, accepted: int) -> None:
    """Set `quotes_state`: a reviewed article with new proposals is reviewed in part only."""
    state = Article.QuotesState
    if pending and article.quotes_state == state.READ:
        article.quotes_state = state.PART
    elif accepted and article.quotes_state == state.UNREAD:
        article.quotes_state = state.RULE
    else:
        return
    article.save(update_fields=["quotes_state", "modified_at"])

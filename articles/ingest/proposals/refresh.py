"""Extraction over an article that is stored already: what was decided stays, what was pending is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q, QuerySet

from articles.extraction import Candidate, ExtractionResult, extract_article
from articles.ingest.audit_context import own_work
from articles.ingest.pipeline.repair import repaired
from articles.ingest.pipeline.resolver import Speakers
from articles.ingest.proposals.create import (
    Acceptance,
    LinkOf,
    Places,
    Texts,
    allot,
    candidates_of,
    contradicted,
    quote_rows,
)
from articles.ingest.speakers.name_rulings import known_names_in
from articles.models import Article, Note, Quote, RulesOff, Turn

Span = tuple[int, int]


def propose(article: Article) -> int:
    """Read the stored article again and propose its quotes anew; return how many are pending."""
    with transaction.atomic(), own_work("proposals"):
        # The text as it is now, held while it is read: the one in hand may be of an earlier version.
        article.refresh_from_db(from_queryset=Article.objects.select_for_update())
        return repropose(article, read_stored(article), Speakers(), None)[0]


def without_names() -> QuerySet[Quote]:
    """Proposals that name nobody and are linked to nobody: of older releases, or where no name is printed."""
    return Quote.objects.filter(
        Q(status=Quote.Status.PENDING) | Q(status=Quote.Status.ACCEPTED, decided_by__isnull=True),
        name_as_printed="",
        speaker__isnull=True,
        lost_at__isnull=True,
    ).exclude(rule__in=["", "desk"])


def name_proposals(article: Article) -> int:
    """Give proposals without a printed name the one that reading their place gives today; return how many."""
    images = [image.pk for image in article.images.all()]
    candidates = candidates_of(read_stored(article), texts_of(article))
    with transaction.atomic(), own_work("proposals"):
        waiting = list(without_names().filter(article=article).select_for_update())
        named = 0
        for candidate in candidates.values():
            quote = _same_place(candidate, images, waiting)
            if quote and candidate.speaker:
                quote.name_as_printed = candidate.speaker[:1000]
                quote.save(update_fields=["name_as_printed"])
                named += 1
    return named


def read_stored(article: Article) -> ExtractionResult:
    """What extraction says of the article as it is stored now."""
    reading = extract_article(
        article.body,
        headline=article.headline,
        standfirst=article.standfirst,
        captions=tuple(image.caption for image in article.images.all()),
        language=article.language,
        publication=article.publication.name if article.publication else "",
        known_names=known_names_in(article.body),
    )
    return repaired(reading, texts_of(article))[0]


def texts_of(article: Article) -> Texts:
    captions = [image.caption for image in article.images.all()]
    return Texts(article.headline, article.standfirst, article.body, captions)


def repropose(
    article: Article, reading: ExtractionResult, speakers: Speakers, rule: Acceptance | None
) -> tuple[int, int]:
    """Replace the pending quotes by those of this reading; return how many are new, and accepted by rule."""
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
    ids = dict(zip(fresh, allot(Quote, len(fresh)), strict=True))
    rows = quote_rows(
        fresh,
        texts,
        Places(article.pk, images, turns, known | ids),
        roles={person.name: person.description for person in reading.people},
        link_of=link,
        acceptance=rule,
        never=contradicted(candidates, reading.turns) if rule else (),
    )
    Quote.objects.bulk_create(rows)
    accepted = sum(row.status == Quote.Status.ACCEPTED for row in rows)
    _tell_state(article, pending=len(rows) - accepted, accepted=accepted)
    return len(rows), accepted


def _allowed(article: Article, candidates: Mapping[int, Candidate]) -> dict[int, Candidate]:
    """Those of rules that nobody has switched off for articles like this one."""
    off, publication, day = RulesOff(), article.publication_id, article.published_on
    return {n: c for n, c in candidates.items() if not off.is_off(c.rule, publication, day)}


def _turns(article: Article, reading: ExtractionResult, link: LinkOf, *, replace: bool) -> dict[int, int]:
    """The ids of turns by their number in the reading; those stored stand once something was decided."""
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
    """No word of it belongs to a quote that has been decided, and none has been decided at its place.

    The words of a quote within an answer are not the answer's own, so that both may stand.
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


def _tell_state(article: Article, *, pending: int, accepted: int) -> None:
    """An article read by a person is so in part once there are proposals that nobody has seen."""
    state = Article.QuotesState
    if pending and article.quotes_state == state.READ:
        article.quotes_state = state.PART
    elif accepted and article.quotes_state == state.UNREAD:
        article.quotes_state = state.RULE
    else:
        return
    article.save(update_fields=["quotes_state", "modified_at"])

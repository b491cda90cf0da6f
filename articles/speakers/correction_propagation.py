"""Find other quotes with the same wrong attribution as a corrected quote, and correct them too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q

from articles.models import Article, Quote, Speaker, events_of
from articles.models.audit import change_group
from articles.speakers.corrections import correct, mark_articles_changed, mark_misattributed

WITHIN = dt.timedelta(days=365)
MOST = 200


@dataclass(frozen=True)
class SimilarErrors:
    """A corrected quote, its wrong speaker, and quotes still attributed to that speaker."""

    quote: Quote
    wrong: Speaker
    same_name: list[Quote]
    in_copies: list[Quote]

    @property
    def all(self) -> list[Quote]:
        return [*self.same_name, *self.in_copies]


def similar_errors(quote: Quote) -> SimilarErrors | None:
    """Find quotes with the same error; None if the speaker was never corrected or there are none."""
    wrong = _speaker_before(quote)
    if wrong is None:
        return None
    theirs = Quote.objects.filter(speaker__in=wrong.family_ids()).exclude(pk=quote.pk)
    theirs = theirs.exclude(status=Quote.Status.REJECTED).exclude(article__status=Article.Status.CANCELED)
    theirs = theirs.select_related("image").for_listing().order_by("article__published_on", "pk")
    same_name = list(theirs.filter(_printed_as(quote), _printed_around(quote.article))[:MOST])
    copies = theirs.filter(_copies_of(quote.article), _printed_as(quote) | Q(text=quote.text))
    in_copies = list(copies.exclude(pk__in=[one.pk for one in same_name])[:MOST])
    return SimilarErrors(quote, wrong, same_name, in_copies) if same_name or in_copies else None


def _speaker_before(quote: Quote) -> Speaker | None:
    """Return the previous speaker of the quote."""
    events = events_of(Quote).filter(pgh_obj=quote.pk, speaker__isnull=False)
    if quote.speaker_id is not None:
        events = events.exclude(speaker=quote.speaker_id)
    last = events.order_by("-pgh_id").values_list("speaker", flat=True).first()
    return Speaker.objects.filter(pk=last).first() if last else None


def _printed_as(quote: Quote) -> Q:
    name = quote.name_as_printed or quote.source
    return Q(name_as_printed=name) | Q(name_as_printed="", source=name) if name else Q(pk__in=[])


def _printed_around(article: Article) -> Q:
    """Match the same publication within a year; only the article itself if it has no date."""
    day = article.published_on
    if article.publication_id is None or day is None:
        return Q(article=article.pk)
    try:
        period = (day - WITHIN, day + WITHIN)
    except OverflowError:
        period = (day, day)
    return Q(article__publication=article.publication_id, article__published_on__range=period)


def _copies_of(article: Article) -> Q:
    root = article.copy_of_id or article.pk
    same = Q(article=root) | Q(article__copy_of=root)
    if article.body:
        same |= Q(article__body_hash=article.body_hash)
    return same & ~Q(article=article.pk)


def apply_correction(quote: Quote, chosen: Iterable[int], *, by: User | None) -> int:
    """Attribute the chosen similar quotes to this quote's speaker, as one change group; return how many."""
    found = similar_errors(quote)
    if found is None:
        return 0
    offered = {one.pk for one in found.all} & set(chosen)
    if not offered:
        return 0
    to = quote.speaker.name if quote.speaker else "speaker unknown"
    quotes = "1 quote" if len(offered) == 1 else f"{len(offered)} quotes"
    with change_group(f"Changed the speaker of {quotes} from {found.wrong.name} to {to}, as for “{quote}”"):
        # Filter by speaker again: another editor may have corrected one of them in the meantime.
        theirs = Quote.objects.filter(pk__in=offered, speaker__in={one.speaker_id for one in found.all})
        theirs = theirs.exclude(pk__in=list(theirs.not_spoken_by(quote.speaker)))
        rows = list(theirs.select_for_update(of=("self",)).order_by("pk"))
        for one in rows:
            _correct(one, quote, by)
        mark_articles_changed(Quote.objects.filter(pk__in=[one.pk for one in rows]))
    return len(rows)


def _correct(one: Quote, as_this: Quote, by: User | None) -> None:
    """Correct one quote; if the newspaper was wrong, `credited_to` keeps the speaker that it named."""
    source_error = as_this.standing == Quote.Standing.MISATTRIBUTED
    if source_error and one.status == Quote.Status.ACCEPTED:
        mark_misattributed(one, by=by, speaker=as_this.speaker)
        return
    if source_error:
        one.credited_to = one.credited_to or one.speaker
    correct(one, by=by, speaker=as_this.speaker)

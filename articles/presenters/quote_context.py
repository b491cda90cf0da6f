"""The view model of a quote page: the speaker's words in their context."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import quote

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import GAP, Article, Authorship, Note, Quote, Role, Speaker, Turn, events_of
from articles.models.audit import Event
from articles.models.partial_dates import Precision
from articles.presenters.article import final
from articles.presenters.rule_names import rule_name
from articles.search.request.periods import whole_month, whole_year
from articles.text import annotated_text
from articles.text.annotated_text import Layers, Paragraph, QuoteAnnotation

STANDINGS = {
    Quote.Standing.UNREVIEWED: _("not reviewed"),
    Quote.Standing.CONFIRMED: _("confirmed"),
    Quote.Standing.DISPUTED: _("disputed"),
    Quote.Standing.MISATTRIBUTED: _("misattributed"),
    Quote.Standing.CORRECTED: _("corrected"),
    Quote.Standing.WITHDRAWN: _("withdrawn"),
}


@dataclass(frozen=True)
class FieldChange:
    """One field of the quote before and after a change."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class QuoteChange:
    """One public change. The first is the publication of the quote and has no field changes."""

    at: dt.datetime | None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class _State:
    since: dt.datetime | None
    speaker: int | None
    fields: tuple[tuple[str, str], ...]


def public_history(quote: Quote) -> list[QuoteChange]:
    """The public changes, newest first; changes before the quote was public are left out."""
    states = list(_merged(_states(quote)))
    names = _names(states)
    later = [QuoteChange(new.since, tuple(_field_changes(old, new, names))) for old, new in pairwise(states)]
    return [QuoteChange(quote.first_public_at), *later][::-1]


def _states(quote: Quote) -> Iterator[_State]:
    """The states of the row between changes, if they were public."""
    since: dt.datetime | None = None
    for row in events_of(Quote).filter(pgh_obj_id=quote.pk).order_by("pgh_id"):
        if _was_public(row, row.pgh_created_at):
            yield _state(row, since)
        since = row.pgh_created_at
    yield _state(quote, since)


def _was_public(row: Event, until: dt.datetime) -> bool:
    public = row.status == Quote.Status.ACCEPTED and row.standing != Quote.Standing.WITHDRAWN
    return public and row.first_public_at is not None and row.first_public_at < until


def _state(row: Event, since: dt.datetime | None) -> _State:
    standing = str(STANDINGS[Quote.Standing(row.standing)])
    by_editor = gettext("checked by an editor")
    checked = by_editor if row.decided_by_id else gettext("found automatically, not checked")
    fields = (("words", row.text), ("standing", standing), ("checked", checked))
    return _State(since, row.speaker_id, fields)


def _merged(states: Iterator[_State]) -> Iterator[_State]:
    """Merge neighbours with equal fields."""
    last: _State | None = None
    for state in states:
        if last is None or (state.speaker, state.fields) != (last.speaker, last.fields):
            yield state
            last = state


def _names(states: Sequence[_State]) -> dict[int | None, str]:
    """Names of the speakers by id; no query if the speaker never changed."""
    if len({state.speaker for state in states}) < 2:
        return {}
    ids = {state.speaker for state in states if state.speaker is not None}
    rows = Speaker.objects.filter(pk__in=ids).values_list("pk", "name")
    return {None: gettext("speaker unknown"), **dict(rows)}


def _field_changes(old: _State, new: _State, names: dict[int | None, str]) -> Iterator[FieldChange]:
    if old.speaker != new.speaker:
        # A missing speaker was created by an import that was rolled back.
        before, after = (names.get(state.speaker, gettext("a speaker since removed")) for state in (old, new))
        yield FieldChange("speaker", before, after)
    for (what, before), (_what, after) in zip(old.fields, new.fields, strict=True):
        if before != after:
            yield FieldChange(what, before, after)


# Longer spans are given by their first and last words: the URL is short and survives changes between.
MOST_WORDS = 10
ENDS = 4
_PARAGRAPHS = re.compile(r"\n\s*\n")


def text_fragment(url: str, stretches: Iterable[str]) -> str:
    """The URL with a text fragment per span (https://wicg.github.io/scroll-to-text-fragment/).

    >>> text_fragment("https://courier.example/corran", ["a well-kept gate, he said"])
    'https://courier.example/corran#:~:text=a%20well%2Dkept%20gate%2C%20he%20said'
    """
    directives = [directive for stretch in stretches if (directive := _directive(stretch))]
    if not directives:
        return url
    page = url.partition(":~:")[0].removesuffix("#")
    return f"{page}{'' if '#' in page else '#'}:~:{'&'.join(directives)}"


def _directive(stretch: str) -> str:
    """A text directive. A match may not cross paragraphs, so several need first and last words."""
    paragraphs = [words for part in _PARAGRAPHS.split(stretch) if (words := part.split())]
    if not paragraphs:
        return ""
    first, last = paragraphs[0], paragraphs[-1]
    if len(paragraphs) == 1 and len(first) <= MOST_WORDS:
        return f"text={_encoded(first)}"
    return f"text={_encoded(first[:ENDS])},{_encoded(last[-ENDS:])}"


def _encoded(words: Iterable[str]) -> str:
    # Hyphen and comma are part of the syntax of a directive.
    return quote(" ".join(words), safe="").replace("-", "%2D")


# Characters from which a quote is laid out as a passage.
LONG = 320


def quotes_to_read() -> QuerySet[Quote]:
    """Quotes with everything their page shows, public or not: the caller filters."""
    return Quote.objects.select_related(
        *("article__publication", "article__section", "turn", "image"),
        *("speaker__canonical_speaker", "credited_to__canonical_speaker"),
        "inside__speaker__canonical_speaker",
    ).prefetch_related(
        "notices",
        "speaker__roles",
        "article__notices",
        Prefetch("article__authorship_set", Authorship.objects.select_related("speaker__canonical_speaker")),
        Prefetch(
            "relayed",
            Quote.objects.accepted()
            .select_related("speaker__canonical_speaker", "article")
            .order_by("start"),
        ),
    )


class QuoteInContext:
    """Everything the page of a quote shows."""

    def __init__(self, quote: Quote) -> None:
        self.quote = quote
        self.article: Article = quote.article

    @property
    def speaker(self) -> Speaker | None:
        return final(self.quote.speaker)

    @property
    def name(self) -> str:
        return self.speaker.name if self.speaker else self.quote.source_as_name or gettext("Speaker unknown")

    @property
    def credited_to(self) -> Speaker | None:
        return final(self.quote.credited_to)

    @property
    def role(self) -> str:
        """The printed role, or else the known role on that day."""
        return self.quote.role_as_printed or str(self.role_known or "")

    @property
    def role_known(self) -> Role | None:
        """The known role of the speaker when the quote was said, or else printed.

        For a month or year, only a role that covers the whole period counts.
        """
        day, precision = self.article.published_on, self.article.published_precision
        if self.quote.said_on:
            day, precision = self.quote.said_on, self.quote.said_precision
        if self.speaker is None or day is None:
            return None
        role = self.speaker.role_on(day)
        return role if role and role.covers(_last_day(day, precision)) else None

    @property
    def at_the_source(self) -> str:
        """The URL of the words on the newspaper's own page; empty if unknown."""
        if not self.article.source_url:
            return ""
        return text_fragment(self.article.source_url, self.quote.text.split(GAP))

    @property
    def rule_name(self) -> str:
        """What the rule that found it does, in plain words."""
        return rule_name(self.quote.rule)

    @property
    def standing(self) -> str:
        return str(STANDINGS[Quote.Standing(self.quote.standing)])

    @cached_property
    def history(self) -> list[QuoteChange]:
        """The public changes of the quote, newest first."""
        return public_history(self.quote)

    @property
    def relayed_by(self) -> str:
        """The speaker of the enclosing quote, who relays these words."""
        outer = self.within
        if outer is None:
            return ""
        speaker = final(outer.speaker)
        return speaker.name if speaker else outer.source_as_name or gettext("an unknown speaker")

    @property
    def in_turn(self) -> bool:
        return self.quote.kind in (Quote.Kind.QUESTION, Quote.Kind.ANSWER)

    @property
    def within(self) -> Quote | None:
        """The enclosing quote, if it is public."""
        outer = self.quote.inside
        if outer is None or outer.status != Quote.Status.ACCEPTED:
            return None
        return None if outer.standing == Quote.Standing.WITHDRAWN else outer

    @cached_property
    def text(self) -> str:
        """The full text of the part that contains the quote."""
        if self.quote.part == Quote.Part.CAPTION:
            return self.quote.image.caption if self.quote.image else ""
        return getattr(self.article, self.quote.part)

    @cached_property
    def public_text(self) -> str:
        """The part of ``text`` that readers may see in addition to the quote."""
        return self.article.public_body if self.quote.part == Quote.Part.BODY else self.text

    @property
    def lost(self) -> bool:
        return self.quote.place is None

    @cached_property
    def words(self) -> list[list[str]]:
        """The speaker's words as paragraphs of spans, with the printed quotation marks.

        A span continues the paragraph of the one before, because only other words lie between them.
        """
        stretches = [self.quote.text] if self.lost else [self.text[s:e] for s, e in self._stretches]
        paragraphs: list[list[str]] = []
        for stretch in stretches:
            first, *others = annotated_text.BLANK_LINE.split(stretch)
            if paragraphs:
                paragraphs[-1].append(first)
            else:
                paragraphs.append([first])
            paragraphs += [[other] for other in others]
        return paragraphs

    @property
    def long(self) -> bool:
        return len(self.quote.text) > LONG

    @property
    def _stretches(self) -> tuple[tuple[int, int], ...]:
        if self.in_turn:
            return tuple((start, end) for start, end in self.quote.spans)
        return annotated_text.with_marks(self.text, self.quote.spans)

    @cached_property
    def passage(self) -> list[Paragraph]:
        """The paragraphs that contain the quote, with the speaker's words distinguished.

        If the publication allows only an excerpt, the speaker's words alone.
        """
        if self.quote.place is None:
            return []
        start, end = self.quote.place
        if end > len(self.public_text):
            spans = self._stretches
        else:
            spans = (annotated_text.paragraph_span(self.public_text, start, end),)
        seen: set[str] = set()
        return [
            paragraph
            for start, end in spans
            for paragraph in annotated_text.annotate_paragraphs(self.text, self._layers, start, end, seen)
        ]

    @cached_property
    def surroundings(self) -> list[Paragraph]:
        """For editors: the paragraphs of the quote, three before them and one after, excerpt or not.

        A quote outside the body is followed by the beginning of the body.
        """
        if self.quote.place is None:
            return []
        start, end = self.quote.place
        paragraphs = annotated_text.annotate_paragraphs(self.text, self._layers)
        own = [at for at, one in enumerate(paragraphs) if one.start < end and one.end > start]
        near = paragraphs[max(0, own[0] - 3) : own[-1] + 2] if own else []
        if self.quote.part == Quote.Part.BODY:
            return near
        # A headline or caption says little of who speaks.
        return near + annotated_text.annotate_paragraphs(self.article.body, Layers())[:4]

    @property
    def _layers(self) -> Layers:
        return Layers(
            quotes=[QuoteAnnotation(0, "own", "", self._stretches)],
            asides=self._asides,
            relays=[self.quote.place] if self.quote.place and not self.in_turn else [],
        )

    @cached_property
    def _asides(self) -> list[tuple[int, int]]:
        if self.quote.part != Quote.Part.BODY:
            return []
        notes = Note.objects.filter(article=self.article)
        return [(note.start, note.end) for note in notes]

    @cached_property
    def before(self) -> str:
        """The sentence before the passage; for an answer, the question."""
        place = self.quote.place
        if place is None or place[0] > len(self.public_text):
            return ""
        question = self.question
        if question is not None:
            return self.article.body[question.start : question.end]
        begin, _ = annotated_text.paragraph_span(self.text, *place)
        return annotated_text.sentence_before(self.text, begin)

    @cached_property
    def after(self) -> str:
        place = self.quote.place
        if place is None or place[1] > len(self.public_text):
            return ""
        _, stop = annotated_text.paragraph_span(self.public_text, *place)
        return annotated_text.sentence_after(self.public_text, stop)

    @cached_property
    def question(self) -> Turn | None:
        """The question before an answer."""
        if self.quote.kind != Quote.Kind.ANSWER or self.quote.turn is None:
            return None
        earlier = Turn.objects.filter(article=self.article, start__lt=self.quote.turn.start)
        last = earlier.select_related("speaker").order_by("-start").first()
        return last if last is not None and last.role == Turn.Role.QUESTION else None


def _last_day(first: dt.date, precision: str) -> dt.date:
    if precision == Precision.YEAR:
        return whole_year(first.year).last
    return whole_month(first.year, first.month).last if precision == Precision.MONTH else first

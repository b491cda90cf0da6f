"""One quote in its context: its own words, the reporter's around them, what came before and after."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import quote

from django.db.models import Prefetch, QuerySet

from articles.models import GAP, Article, Authorship, Note, Quote, Role, Speaker, Turn
from articles.models.partial_dates import Precision
from articles.presenters.article import final
from articles.presenters.quote_history import Step, public_history
from articles.search.request.periods import whole_month, whole_year
from articles.text import annotated_text
from articles.text.annotated_text import Layers, Paragraph, QuoteAnnotation

# Longer stretches are named by their first and last words: the address stays short, and no change of
# a word between them is in the way.
MOST_WORDS = 10
ENDS = 4
_PARAGRAPHS = re.compile(r"\n\s*\n")


def text_fragment(url: str, stretches: Iterable[str]) -> str:
    """The address with a text fragment for each stretch of words (https://wicg.github.io/scroll-to-text-fragment/).

    >>> text_fragment("https://courier.example/corran", ["a well-kept gate, he said"])
    'https://courier.example/corran#:~:text=a%20well%2Dkept%20gate%2C%20he%20said'
    """
    directives = [directive for stretch in stretches if (directive := _directive(stretch))]
    if not directives:
        return url
    page = url.partition(":~:")[0].removesuffix("#")
    return f"{page}{'' if '#' in page else '#'}:~:{'&'.join(directives)}"


def _directive(stretch: str) -> str:
    """A match cannot reach over the end of a paragraph, but from one within the first to one in the last."""
    paragraphs = [words for part in _PARAGRAPHS.split(stretch) if (words := part.split())]
    if not paragraphs:
        return ""
    first, last = paragraphs[0], paragraphs[-1]
    if len(paragraphs) == 1 and len(first) <= MOST_WORDS:
        return f"text={_encoded(first)}"
    return f"text={_encoded(first[:ENDS])},{_encoded(last[-ENDS:])}"


def _encoded(words: Iterable[str]) -> str:
    # Within a directive a minus and a comma have a meaning of their own.
    return quote(" ".join(words), safe="").replace("-", "%2D")


# Characters beyond which a quote is read as a passage, not as a saying.
LONG = 320


def quotes_to_read() -> QuerySet[Quote]:
    """Quotes with all that their page shows; public or not, which is for the caller to ask."""
    return Quote.objects.select_related(
        *("article__publication", "article__section", "turn", "image"),
        *("speaker__merged_into", "credited_to__merged_into", "inside__speaker__merged_into"),
    ).prefetch_related(
        "notices",
        "speaker__roles",
        "article__notices",
        Prefetch("article__authorship_set", Authorship.objects.select_related("speaker__merged_into")),
        Prefetch(
            "relayed",
            Quote.objects.accepted().select_related("speaker__merged_into", "article").order_by("start"),
        ),
    )


class QuoteInContext:
    """All that the page of one quote shows."""

    def __init__(self, quote: Quote) -> None:
        self.quote = quote
        self.article: Article = quote.article

    @property
    def speaker(self) -> Speaker | None:
        return final(self.quote.speaker)

    @property
    def name(self) -> str:
        return self.speaker.name if self.speaker else self.quote.source_as_name or "Speaker not named"

    @property
    def credited_to(self) -> Speaker | None:
        return final(self.quote.credited_to)

    @property
    def role(self) -> str:
        """As printed; else what the speaker is known to have been on the day."""
        return self.quote.role_as_printed or str(self.role_known or "")

    @property
    def role_known(self) -> Role | None:
        """What the archive knows the speaker to have been when it was said, or where that is unknown printed.

        Of a month or a year alone it is known where the role was held all that time.
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
        """Where the paper itself has the words; empty where that is not known."""
        if not self.article.source_url:
            return ""
        return text_fragment(self.article.source_url, self.quote.text.split(GAP))

    @cached_property
    def history(self) -> list[Step]:
        """What was said of it from when it became public, the newest first."""
        return public_history(self.quote)

    @property
    def relayed_by(self) -> str:
        """Who is quoted as quoting these words."""
        outer = self.within
        if outer is None:
            return ""
        speaker = final(outer.speaker)
        return speaker.name if speaker else outer.source_as_name or "a speaker not named"

    @property
    def authors(self) -> list[Speaker]:
        return [final(written.speaker) for written in self.article.authorship_set.all()]

    @property
    def in_turn(self) -> bool:
        return self.quote.kind in (Quote.Kind.QUESTION, Quote.Kind.ANSWER)

    @property
    def within(self) -> Quote | None:
        """The quote that this one is quoted in, where readers may see it."""
        outer = self.quote.inside
        if outer is None or outer.status != Quote.Status.ACCEPTED:
            return None
        return None if outer.standing == Quote.Standing.WITHDRAWN else outer

    @cached_property
    def text(self) -> str:
        """The text of the part that holds it."""
        if self.quote.part == Quote.Part.CAPTION:
            return self.quote.image.caption if self.quote.image else ""
        return getattr(self.article, self.quote.part)

    @cached_property
    def public_text(self) -> str:
        """As much of that text as readers may see beside the speaker's own words."""
        return self.article.public_body if self.quote.part == Quote.Part.BODY else self.text

    @property
    def lost(self) -> bool:
        return self.quote.start is None

    @cached_property
    def words(self) -> list[list[str]]:
        """The own words as printed, within their marks: paragraphs, each of the stretches that stand in it.

        A stretch that follows another goes on in its paragraph, for only words not theirs lie between.
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
        """The paragraphs that hold it, the reporter's words told from the speaker's.

        Where these may not be shown, the speaker's words alone.
        """
        if self.lost:
            return []
        start, end = self.quote.start, self.quote.end
        layers = Layers(
            quotes=[QuoteAnnotation(0, "own", "", self._stretches)],
            asides=self._asides,
            relays=[(self.quote.start, self.quote.end)] if not self.in_turn else [],
        )
        if end > len(self.public_text):
            spans = self._stretches
        else:
            spans = (annotated_text.paragraph_span(self.public_text, start, end),)
        seen: set[str] = set()
        return [
            paragraph
            for start, end in spans
            for paragraph in annotated_text.annotate_paragraphs(self.text, layers, start, end, seen)
        ]

    @cached_property
    def _asides(self) -> list[tuple[int, int]]:
        if self.quote.part != Quote.Part.BODY:
            return []
        notes = Note.objects.filter(article=self.article)
        return [(note.start, note.end) for note in notes]

    @cached_property
    def before(self) -> str:
        """The sentence before the passage; before an answer, the question."""
        if self.lost or self.quote.start > len(self.public_text):
            return ""
        question = self.question
        if question is not None:
            return self.article.body[question.start : question.end]
        begin, _ = annotated_text.paragraph_span(self.text, self.quote.start, self.quote.end)
        return annotated_text.sentence_before(self.text, begin)

    @cached_property
    def after(self) -> str:
        if self.lost or self.quote.end > len(self.public_text):
            return ""
        _, stop = annotated_text.paragraph_span(self.public_text, self.quote.start, self.quote.end)
        return annotated_text.sentence_after(self.public_text, stop)

    @cached_property
    def question(self) -> Turn | None:
        """The question that an answer follows."""
        if self.quote.kind != Quote.Kind.ANSWER or self.quote.turn is None:
            return None
        earlier = Turn.objects.filter(article=self.article, start__lt=self.quote.turn.start)
        last = earlier.select_related("speaker").order_by("-start").first()
        return last if last is not None and last.role == Turn.Role.QUESTION else None


def _last_day(first: dt.date, precision: str) -> dt.date:
    if precision == Precision.YEAR:
        return whole_year(first.year).last
    return whole_month(first.year, first.month).last if precision == Precision.MONTH else first

"""The view model of an article page: its parts, numbered quotes and speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext, ngettext

from articles.models import Article, Authorship, Image, Quote, Speaker, Turn
from articles.text import annotated_text
from articles.text.annotated_text import Layers, Paragraph, QuoteAnnotation

# In the order of the page, which shows pictures below the text.
PARTS = {
    part: number
    for number, part in enumerate(
        (Quote.Part.HEADLINE, Quote.Part.STANDFIRST, Quote.Part.BODY, Quote.Part.CAPTION)
    )
}
SPEAKING = {Turn.Role.QUESTION, Turn.Role.ANSWER}
Spans = Sequence[tuple[int, int]]


def articles_to_read() -> QuerySet[Article]:
    """Articles with everything their page shows, so that rendering needs no query."""
    quotes = (
        Quote.objects.accepted()
        .select_related("speaker__canonical_speaker")
        .prefetch_related("speaker__roles", "notices")
    )
    return Article.objects.select_related("publication", "section", "version_of").prefetch_related(
        "topics",
        "images",
        "notes",
        "notices",
        Prefetch("authorship_set", Authorship.objects.select_related("speaker__canonical_speaker")),
        Prefetch("turns", Turn.objects.select_related("speaker__canonical_speaker")),
        Prefetch("quotes", quotes),
        Prefetch("earlier_versions", Article.objects.published().for_listing()),
    )


def final(speaker: Speaker | None) -> Speaker | None:
    """The canonical speaker of this one; None for None."""
    return speaker.final if speaker is not None else None


@dataclass(frozen=True)
class NumberedQuote:
    """A quote with its number on the article's page."""

    number: int
    quote: Quote
    in_text: bool

    @property
    def anchor(self) -> str:
        # Not the number, which changes when an editor accepts a quote above.
        return f"q{self.quote.pk}"

    @property
    def address(self) -> str:
        """The anchor on this page, or the URL of the quote's page if the text shown does not include it."""
        return f"#{self.anchor}" if self.in_text else self.quote.get_absolute_url()


@dataclass(frozen=True)
class QuotedSpeaker:
    """A speaker or unnamed source with all their quotes in the article."""

    speaker: Speaker | None
    name: str
    role: str
    quotes: tuple[NumberedQuote, ...]
    role_is_printed: bool = False

    @property
    def numbered(self) -> list[NumberedQuote]:
        """The quotes that have their number in the text; turns of an interview have none."""
        return [numbered for numbered in self.quotes if numbered.quote.turn_id is None]

    @property
    def turns_in_words(self) -> str:
        """The numbers of questions and answers, such as ``1 question, 4 answers``; empty without any."""
        kinds = Counter(numbered.quote.kind for numbered in self.quotes)
        asked, answered = kinds[Quote.Kind.QUESTION], kinds[Quote.Kind.ANSWER]
        questions = ngettext("%(n)d question", "%(n)d questions", asked) % {"n": asked}
        answers = ngettext("%(n)d answer", "%(n)d answers", answered) % {"n": answered}
        return ", ".join([*([questions] if asked else []), *([answers] if answered else [])])

    @property
    def unchecked(self) -> int:
        """The number of quotes that no editor has checked."""
        return sum(numbered.quote.decided_by_id is None for numbered in self.quotes)

    @property
    def verdicts(self) -> list[NumberedQuote]:
        silent = {Quote.Standing.UNREVIEWED, Quote.Standing.CONFIRMED}
        return [numbered for numbered in self.quotes if numbered.quote.standing not in silent]


@dataclass(frozen=True)
class TurnOnPage:
    """A turn of an interview, or narration between turns, ready for display."""

    role: str
    speaker: Speaker | None
    label: str
    paragraphs: list[Paragraph]
    quotes: list[NumberedQuote] = field(default_factory=list)

    @property
    def who(self) -> str:
        return self.speaker.name if self.speaker else self.label.rstrip(" :.–—")


@dataclass(frozen=True)
class Picture:
    image: Image
    caption: list[Paragraph]


class ArticlePage:
    """Everything the page of an article shows. Takes an article of ``articles_to_read()``."""

    def __init__(self, article: Article, hits: Mapping[str, Spans] | None = None) -> None:
        self.article = article
        shown = {
            **(hits or {}),
            "body": [span for span in (hits or {}).get("body", ()) if span[1] <= self.text_end],
        }
        self.hits: dict[str, Spans] = {part: spans for part, spans in shown.items() if spans}
        self._seen: set[str] = set()

    @property
    def excerpt(self) -> bool:
        """Whether the publication allows only an excerpt."""
        return self.text_end < len(self.article.body)

    @cached_property
    def text_end(self) -> int:
        return len(self.article.public_body)

    @cached_property
    def quotes(self) -> list[NumberedQuote]:
        """The public quotes in reading order; lost quotes come last."""
        found = sorted(self.article.quotes.all(), key=_place)
        return [NumberedQuote(number, quote, self._shows(quote)) for number, quote in enumerate(found, 1)]

    def _shows(self, quote: Quote) -> bool:
        in_body = quote.part == Quote.Part.BODY
        return quote.start is not None and (not in_body or quote.spans[0][0] < self.text_end)

    @cached_property
    def headline(self) -> list[Paragraph]:
        return self._set(self.article.headline, Quote.Part.HEADLINE)

    @cached_property
    def standfirst(self) -> list[Paragraph]:
        return self._set(self.article.standfirst, Quote.Part.STANDFIRST)

    @cached_property
    def pictures(self) -> list[Picture]:
        return [
            Picture(image, self._set(image.caption, Quote.Part.CAPTION, image))
            for image in self.article.images.all()
            if image.caption or image.credit or image.url
        ]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return annotated_text.annotate_paragraphs(
            self.article.body, self._body_layers, 0, self.text_end, self._seen
        )

    @cached_property
    def interview(self) -> bool:
        return any(turn.role in SPEAKING for turn in self.article.turns.all())

    @cached_property
    def turns(self) -> list[TurnOnPage]:
        """The body as an interview: each character belongs to a turn, a label or narration."""
        rows = sorted(self.article.turns.all(), key=lambda turn: turn.start)
        spans = [(row.start, row.end, str(row.role), row.source) for row in rows]
        blocks = annotated_text.split_interview(self.article.body, spans, self.text_end)
        return [self._turn(block, rows) for block in blocks]

    def _turn(self, stretch: annotated_text.InterviewBlock, rows: list[Turn]) -> TurnOnPage:
        paragraphs = annotated_text.annotate_paragraphs(
            self.article.body, self._body_layers, stretch.start, stretch.end, self._seen
        )
        if stretch.turn is None:
            return TurnOnPage(stretch.role, None, "", paragraphs)
        row = rows[stretch.turn]
        quotes = [numbered for numbered in self.quotes if numbered.quote.turn_id == row.pk]
        # Readers see the name only once an accepted quote has it; until then, the label as printed.
        speaker = final(row.speaker) if quotes else None
        return TurnOnPage(stretch.role, speaker, stretch.label, paragraphs, quotes)

    @cached_property
    def speakers(self) -> list[QuotedSpeaker]:
        """The quoted speakers in reading order."""
        voices: dict[object, list[NumberedQuote]] = {}
        for numbered in self.quotes:
            speaker = final(numbered.quote.speaker)
            voices.setdefault(speaker.pk if speaker else numbered.quote.source_as_name, []).append(numbered)
        return [self._voice(quotes) for quotes in voices.values()]

    def _voice(self, quotes: list[NumberedQuote]) -> QuotedSpeaker:
        speaker = final(quotes[0].quote.speaker)
        printed = next((q.quote.role_as_printed for q in quotes if q.quote.role_as_printed), "")
        known = speaker.role_on(self.article.published_on) if speaker and not printed else None
        name = speaker.name if speaker else quotes[0].quote.source_as_name or gettext("Speaker unknown")
        return QuotedSpeaker(speaker, name, printed or str(known or ""), tuple(quotes), bool(printed))

    @cached_property
    def authors(self) -> list[Speaker]:
        return [written.speaker.final for written in self.article.authorship_set.all()]

    @cached_property
    def later_version(self) -> Article | None:
        later = self.article.version_of
        return later if later is not None and later.is_public else None

    @cached_property
    def elsewhere(self) -> list[Article]:
        """The same text in other publications."""
        first = self.article.copy_of_id or self.article.pk
        same = Article.objects.published().filter(Q(copy_of=first) | Q(pk=first)).exclude(pk=self.article.pk)
        return list(same.for_listing().newest_first()[:20])

    @property
    def hit_count(self) -> int:
        return sum(len(spans) for spans in self.hits.values())

    @cached_property
    def dateline_apart(self) -> bool:
        """Whether the dateline is separate, because the body does not begin with it."""
        printed = self.article.dateline
        return bool(printed) and not self.article.body.startswith(printed)

    @cached_property
    def _body_layers(self) -> Layers:
        asides = [(note.start, note.end) for note in self.article.notes.all()]
        dateline = 0 if self.dateline_apart else len(self.article.dateline)
        return replace(
            self._layers(self.article.body, Quote.Part.BODY, None), asides=asides, dateline_end=dateline
        )

    def _set(self, text: str, part: str, image: Image | None = None) -> list[Paragraph]:
        return annotated_text.annotate_paragraphs(text, self._layers(text, part, image), seen=self._seen)

    def _layers(self, text: str, part: str, image: Image | None) -> Layers:
        key = f"caption-{image.pk}" if image else part
        hits = self.hits.get(key, ())
        before = takewhile(lambda item: item[0] != key, self.hits.items())
        number = 1 + sum(len(spans) for _, spans in before)
        voices = self._voices(text, part, image)
        return Layers(voices, hits=hits, first_number=number, all_hits=self.hit_count)

    def _voices(self, text: str, part: str, image: Image | None) -> list[QuoteAnnotation]:
        """The quotes to underline: a quote that is a whole turn needs no underline."""
        return [
            QuoteAnnotation(
                numbered.number,
                numbered.anchor,
                numbered.quote.get_absolute_url(),
                annotated_text.with_marks(text, numbered.quote.spans),
                numbered.quote.standing,
            )
            for numbered in self.quotes
            if numbered.quote.part == part
            and numbered.quote.image_id == (image.pk if image else None)
            and numbered.quote.turn_id is None
            and numbered.quote.spans
        ]


def _place(quote: Quote) -> tuple[bool, int, int, int, int]:
    part = PARTS[Quote.Part(quote.part)]
    return (quote.start is None, part, quote.image_id or 0, quote.start or 0, quote.pk)

"""The view model of the review page: fields, quotes, turns, diffs and duplicates of one article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.admin.review.decisions import (
    ACCEPT,
    NAMED,
    OPEN,
    SURE,
    WHO,
    Answer,
    Decisions,
    Line,
    answer_of,
    answers_in,
    line_values,
    lines_of,
)
from articles.admin.review.order import Entry, lines_on_a_page, reading_order, starts_after
from articles.admin.review.parts import FROM_LAST, PartsForm, described
from articles.admin.review.people import Person, give_to_all, people_of
from articles.admin.review.problems import problems_of
from articles.admin.review.proof import Mark, Paragraph, paragraphs
from articles.admin.review.publishing import missing_parts
from articles.admin.review.settle import Item, to_settle
from articles.admin.three_way_merge import signed
from articles.ingest.pipeline.duplicates import already_here, copies
from articles.ingest.pipeline.parse import DOCUMENTS
from articles.ingest.proposals.manual_turns import paragraphs_of
from articles.models import Article, Image, Quote, Turn
from articles.near_duplicates import pairs
from articles.speakers.names import speakers_named

# The most paragraphs offered as the first turn of an interview.
MOST_PLACES = 40
PRINTED = ("byline", "kicker", "dateline", "headline", "standfirst")
FIELDS = ("headline", "standfirst", "publication", "section", "date", "byline", "kicker", "dateline")
MORE_FIELDS = ("language", "edition", "page", "source_url")


class ReviewContext:
    """One article under review; `data` is the submitted form, None for what is stored.

    `topics`: ids of topics to offer in any case.
    """

    def __init__(
        self, article: Article, data: QueryDict | None = None, *, page: int = 1, topics: Iterable[int] = ()
    ) -> None:
        self.article = article
        self.data = data
        self.page = page
        # The editor's last article, and the names of the fields filled in from it.
        self.last: Article | None = None
        self.prefilled: list[str] = []
        # What was typed for acts that were not carried out, by field.
        self.unused: Mapping[str, str] = {}
        # Errors in the fields that the act of the button needs.
        self.act_problems: list[tuple[str, str]] = []
        # Open proposals by rules that are disabled in the newspaper that the form names.
        self.silenced: set[int] = set()
        self.form = PartsForm(data, instance=_own_copy(article), offered=topics)
        warned = data.get("warned", "") if data is not None else ""
        self.decisions = Decisions([*self.lines, self.missed], set(str(warned).split("|")) - {""})

    @cached_property
    def all_quotes(self) -> list[Quote]:
        """All quotes in reading order, each turn before the quotes in it."""
        quotes = self.article.quotes.select_related("speaker", "image", "turn", "decided_by")
        for quote in (found := list(quotes)):
            quote.article = self.article
        return sorted(found, key=reading_order)

    @cached_property
    def pages(self) -> int:
        return max(1, -(-len(self.all_quotes) // lines_on_a_page()))

    @cached_property
    def lines(self) -> list[Line]:
        first = (self.page - 1) * lines_on_a_page()
        answers = answers_in(self.data) if self.data is not None else {}
        lines = lines_of(self.all_quotes, self.proposed_names, answers)[first : first + lines_on_a_page()]
        give_to_all(lines, self.data or {})
        return lines

    @cached_property
    def people(self) -> list[Person]:
        return people_of(self.lines)

    @cached_property
    def turns(self) -> list[Turn]:
        return list(self.article.turns.select_related("speaker"))

    @cached_property
    def entries(self) -> list[Entry]:
        """The list beside the text: all proposals, and narration turns at their positions."""
        entries: list[Entry] = [{"line": line, "turn": line.quote.turn} for line in self.lines]
        with_line = {quote.turn_id for quote in self.all_quotes}
        quiet = [turn for turn in self.turns if turn.pk not in with_line]
        for turn in quiet if self.turns and any(t.role != Turn.Role.NARRATION for t in self.turns) else ():
            at = next((n for n, entry in enumerate(entries) if starts_after(entry, turn)), len(entries))
            text = Truncator(self.article.body[turn.start : turn.end]).chars(200)
            entries.insert(at, {"line": None, "turn": turn, "text": text})
        first = min((turn.position for turn in self.turns), default=0)
        for entry in entries:
            turn = entry["turn"]
            entry["first"] = turn is not None and turn.position == first
        return entries

    @cached_property
    def missed(self) -> Line:
        """The empty row for a quote that no rule has proposed."""
        position = len(self.all_quotes)
        quote = Quote(article=self.article, kind="direct", rule="desk", confidence=1.0, position=position)
        data: Mapping[str, object] = self.data or {}
        given = answer_of(ACCEPT, data.get("s-new", ""), data.get("k-new", NAMED), data.get("w-new", ""))
        return Line(quote, 0, given if given.words or given.name else Answer(), Answer())

    @cached_property
    def proposed_names(self) -> Mapping[int, str]:
        """Printed names of pending quotes without a speaker, by primary key."""
        return {
            quote.pk: quote.name_as_printed
            for quote in self.all_quotes
            if quote.name_as_printed and quote.speaker_id is None and quote.status == Quote.Status.PENDING
        }

    @property
    def version(self) -> str:
        """The article version that the form was opened with."""
        return str(self.data.get("version", "")) if self.data is not None else str(self.article.version)

    @property
    def shown_values(self) -> dict[str, str]:
        """The values that the page shows: fields of the article as «f-…», answers as in `line_values`."""
        values = {}
        for name in self.form.fields:
            if name.endswith("-new"):
                continue
            value = self.form[name].value()
            values[f"f-{name}"] = ("on" if value else "") if isinstance(value, bool) else str(value or "")
        for line in self.lines:
            values |= line_values(line.quote.pk, line.answer)
        return values

    @property
    def base(self) -> str:
        """Hashes of the values first shown to this editor, for a three-way merge."""
        if self.data is not None:
            return str(self.data.get("base", ""))
        return signed(self.shown_values)

    def is_valid(self) -> bool:
        parts, decided = self.form.is_valid(), self.decisions.check()
        return parts and decided

    @cached_property
    def _all_missing(self) -> list[tuple[str, str]]:
        if self.article.status == Article.Status.USABLE:
            return []
        return missing_parts(self.article, undated=bool(self.article.extra.get("undated")))

    @property
    def from_last(self) -> int | None:
        """The publication of a draft that was filled in from the editor's last article."""
        if self.last is not None and "publication" in self.prefilled:
            return self.last.publication_id
        guess: int | None = self.article.extra.get(FROM_LAST)
        is_draft = self.article.status == Article.Status.DRAFT
        return guess if is_draft and guess == self.article.publication_id else None

    @property
    def typed(self) -> dict[str, str]:
        """The names typed into the fields that add a publication, a section or a topic."""
        sent: Mapping[str, str] = self.unused if self.data is None else self.data
        return {name: sent[name] for name in ("newspaper-new", "section-new", "topic-new") if name in sent}

    @property
    def typed_section(self) -> str:
        return self.typed.get("section-new", "")

    @property
    def typed_topic(self) -> str:
        return self.typed.get("topic-new", "")

    @property
    def newspaper_asked(self) -> dict[str, str] | None:
        """The printed and the suggested name of a newspaper that the archive does not have yet."""
        if self.article.publication_id is not None or "publication" in self.prefilled:
            return None
        if self.article.status == Article.Status.USABLE:
            return None
        unknown = self.article.extra.get("unknown", {})
        printed = unknown.get("publication", "")
        return {"printed": printed, "name": self.typed.get("newspaper-new", printed)}

    def _described(self, names: Iterable[str]) -> list[dict[str, object]]:
        lacking = {name for name, _ in self._all_missing}
        return [
            described(self.form[name], name in lacking and name != "publication")
            | {
                "wide": name in ("headline", "standfirst"),
                "printed": name in PRINTED,
                "prefilled": name in self.prefilled,
                "undated": self.form["undated"] if name == "date" else None,
            }
            for name in names
        ]

    @cached_property
    def _lacking(self) -> list[str]:
        """The missing parts that have a field among what is to settle."""
        missing = [name for name, _ in self._all_missing if name != "body"]
        return [name for name in missing if name not in self.prefilled]

    @cached_property
    def missing_fields(self) -> list[dict[str, object]]:
        return self._described(self._lacking)

    @cached_property
    def fields(self) -> list[dict[str, object]]:
        """The other parts of the article, which the strip holds."""
        return self._described(name for name in FIELDS if name not in self._lacking)

    @cached_property
    def strip_open(self) -> bool:
        """Whether the strip must show its fields, because one of them has an error."""
        return bool(self.typed_section) or any(self.form.errors.get(name) for name in FIELDS)

    @cached_property
    def more_open(self) -> bool:
        return any(self.form.errors.get(name) for name in MORE_FIELDS)

    @cached_property
    def to_settle(self) -> list[Item]:
        return to_settle(self)

    @property
    def topics(self) -> list[BoundField]:
        return [self.form[f"topic-{topic.pk}"] for topic in self.form.topics]

    @property
    def authors(self) -> str:
        return ", ".join(author.name for author in self.article.authors.order_by("authorship__position"))

    @property
    def body_field(self) -> dict[str, object]:
        return described(self.form["body"], not self.article.body)

    @property
    def more_fields(self) -> list[dict[str, object]]:
        return [described(self.form[name], False) for name in MORE_FIELDS]

    @property
    def pictures(self) -> list[tuple[Image, dict, dict]]:
        return [
            (
                image,
                described(self.form[f"caption-{image.pk}"], False),
                described(self.form[f"credit-{image.pk}"], False),
            )
            for image in self.form.pictures
        ]

    @property
    def new_picture(self) -> list[dict]:
        return [described(self.form[f"{name}-new"], False) for name in ("caption", "credit", "url")]

    @cached_property
    def proof(self) -> list[dict[str, object]]:
        """The parts that contain quotes, split into paragraphs and segments; the body is last."""
        parts: list[dict[str, object]] = []
        for part in ("headline", "standfirst"):
            if any(line.quote.part == part for line in self.lines):
                parts.append({"part": part, "paragraphs": self._cut(getattr(self.article, part), part)})
        for image in self.form.pictures:
            if any(line.quote.image_id == image.pk for line in self.lines):
                parts.append({"part": "caption", "paragraphs": self._cut(image.caption, "caption", image.pk)})
        body = self._cut(self.article.body, "body")
        return [*parts, {"part": "body", "paragraphs": body, "whole": True}]

    def _cut(self, text: str, part: str, image: int | None = None) -> list[Paragraph]:
        marks = [
            Mark(start, end, line, number == len(line.quote.spans))
            for line in self.lines
            if line.quote.part == part and line.quote.image_id == image
            for number, (start, end) in enumerate(line.quote.spans, 1)
        ]
        return paragraphs(text, marks, self.turns if part == "body" else ())

    @property
    def raw(self) -> str:
        """The original document as text, if no body could be parsed from it."""
        document = None if self.article.body else self.article.raw_documents.first()
        if document is None or document.media_type in DOCUMENTS:
            return ""
        return bytes(document.bytes).decode("utf-8", "replace").replace("\0", "")

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The errors of the submitted form, each with the id of its field."""
        return [] if self.data is None else problems_of(self)

    @property
    def page_numbers(self) -> range:
        return range(1, self.pages + 1)

    @property
    def cuts(self) -> list[str]:
        return list(self.article.extra.get("removed", []))

    @cached_property
    def counts(self) -> dict[str, int]:
        quotes = self.all_quotes
        return {
            "all": len(quotes),
            "decided": sum(quote.status != Quote.Status.PENDING for quote in quotes),
            "open": sum(quote.status == Quote.Status.PENDING for quote in quotes),
            "sure": sum(line.sure and line.answer.decision == OPEN for line in self.lines),
            "turns": sum(line.turn is not None and line.answer.decision == OPEN for line in self.lines),
        }

    @property
    def places_for_turns(self) -> list[tuple[int, str]]:
        """Offset and first words of the paragraphs where a turn can begin, if the article has no turns."""
        if self.turns:
            return []
        body = self.article.body
        starts = [start for start, _ in paragraphs_of(body)[:MOST_PLACES]]
        return [(at, Truncator(body[at : at + 200]).chars(60)) for at in starts]

    @cached_property
    def doubtful_turns(self) -> list[Line]:
        """Open turns whose start is least certain: an error there continues below it."""
        doubtful = [
            line for line in self.lines if line.turn and not line.done and line.turn.confidence < SURE
        ]
        return sorted(doubtful, key=lambda line: line.turn.confidence if line.turn else 1)[:5]

    @property
    def names_here(self) -> list[tuple[str, str, bool]]:
        """Names for the datalist: all speakers linked or named in this article, with a description.

        The third value says whether no speaker of the archive has the name.
        """
        speakers = {quote.speaker for quote in self.all_quotes if quote.speaker}
        offered = {speaker.name: (speaker.description, False) for speaker in speakers}
        printed = {
            quote.name_as_printed: quote.role_as_printed or gettext("named in this article")
            for quote in self.all_quotes
            if quote.name_as_printed and quote.name_as_printed not in offered
        }
        known = speakers_named(printed)
        offered |= {name: (about, name not in known) for name, about in printed.items()}
        return sorted((name, about, is_new) for name, (about, is_new) in offered.items())

    @cached_property
    def same_text(self) -> list[Article]:
        return list(already_here(self.article).for_listing()[:5])

    @cached_property
    def copies(self) -> list[Article]:
        return list(copies(self.article).for_listing()[:5])

    @cached_property
    def near_duplicates(self) -> list[pairs.NearDuplicate]:
        """Near-duplicates that are not already shown as exact copies."""
        shown = {other.pk for other in (*self.same_text, *self.copies)}
        return [one for one in pairs.near_duplicates_of(self.article) if one.article.pk not in shown]

    who_choices = list(WHO.items())


def _own_copy(article: Article) -> Article:
    """A copy for the form, which writes unsaved values into its instance."""
    copied = Article.from_db(None, [f.attname for f in Article._meta.concrete_fields], [
        getattr(article, f.attname) for f in Article._meta.concrete_fields
    ])  # fmt: skip
    copied._state.db = article._state.db
    return copied

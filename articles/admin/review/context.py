"""The view model of the review page: fields, quotes, turns, diffs and duplicates of one article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import replace

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from articles import ingest
from articles.admin.review.decisions import (
    ACCEPT,
    NAMED,
    NOBODY,
    OPEN,
    REJECT,
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
from articles.admin.review.parts import PartsForm, described
from articles.admin.review.proof import Mark, Paragraph, paragraphs
from articles.admin.review.publishing import missing_parts
from articles.admin.review.unread_languages import unread
from articles.admin.three_way_merge import signed
from articles.extraction.interviews.turn_speakers import is_form_of, names_a_speaker
from articles.ingest.pipeline.parse import DOCUMENTS
from articles.ingest.proposals.manual_turns import paragraphs_of
from articles.models import Article, Image, Quote, Turn
from articles.near_duplicates import pairs

# The most places offered for beginning a turn: narration can be the whole article.
ALL_TURNS = {"question": gettext_lazy("All questions"), "answer": gettext_lazy("All answers")}
SPLITS = 40


class ReviewContext:
    """One article under review; `data` is the submitted form, None for what is stored."""

    def __init__(self, article: Article, data: QueryDict | None = None, *, page: int = 1) -> None:
        self.article = article
        self.data = data
        self.page = page
        # Names of fields filled in from the last article.
        self.prefilled: list[str] = []
        # Open proposals by rules that are disabled in the newspaper that the form names.
        self.silenced: set[int] = set()
        self.form = PartsForm(data, instance=_own_copy(article))
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
        lines = lines_of(self.all_quotes, self.proposed_names, answers)
        for line in lines:
            voice, given = self.voices.get(line.quote.kind), line.answer
            untouched = (given.name, given.who) == (line.stored.name, line.stored.who)
            unlinked = line.quote.speaker_id is None and given.decision != REJECT
            if voice and untouched and unlinked and not self._is_of_another(line, voice):
                line.answer = replace(line.answer, name=voice.name, who=voice.who)
                line.voiced = True
        return lines[first : first + lines_on_a_page()]

    def _is_of_another(self, line: Line, voice: Answer) -> bool:
        """Whether the turn's role has several labels and this one is not a form of the name."""
        turn = line.turn
        if turn is None or not (turn.labelled and names_a_speaker(turn.source)):
            return False
        return len(self._labels[turn.role]) > 1 and not is_form_of(turn.source, voice.name)

    @cached_property
    def _labels(self) -> dict[str, set[str]]:
        """The speaker names in the labels of the turns, by role."""
        labels: dict[str, set[str]] = {}
        for turn in self.turns:
            if turn.labelled and names_a_speaker(turn.source):
                named = next((q.name_as_printed for q in self.all_quotes if q.turn_id == turn.pk), "")
                labels.setdefault(turn.role, set()).add(named or turn.source)
        return labels

    @property
    def voices(self) -> dict[str, Answer]:
        """The speakers named once for all unlinked questions and for all unlinked answers."""
        data: Mapping[str, object] = self.data or {}
        given = {
            role: answer_of(OPEN, data.get(f"s-{role}", ""), data.get(f"k-{role}", NAMED), "")
            for role in ("question", "answer")
        }
        return {role: answer for role, answer in given.items() if answer.name or answer.who == NOBODY}

    @property
    def roles(self) -> list[tuple[str, str, Answer]]:
        """The roles whose speaker can be named once for all turns, with label and answer."""
        here = {line.quote.kind for line in self.lines}
        asked = [("question", gettext("Who asks")), ("answer", gettext("Who answers"))]
        return [(role, label, self.voices.get(role, Answer())) for role, label in asked if role in here]

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
            entry["later"] = self._paragraphs_within(turn) if turn is not None else []
        return entries

    def _paragraphs_within(self, turn: Turn) -> list[tuple[int, str]]:
        """Offset and first words of each paragraph of a turn but its first."""
        body, starts = self.article.body, self._starts
        within = starts[bisect_right(starts, turn.start) : bisect_left(starts, turn.end)]
        return [(at, Truncator(body[at : at + 200]).chars(60)) for at in within[:SPLITS]]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in paragraphs_of(self.article.body)]

    @cached_property
    def missed(self) -> Line:
        """The empty row for a quote that no rule has proposed."""
        position = len(self.all_quotes)
        quote = Quote(article=self.article, kind="direct", rule="desk", confidence=1.0, position=position)
        data: Mapping[str, object] = self.data or {}
        given = answer_of(ACCEPT, data.get("s-new", ""), data.get("k-new", NAMED), data.get("w-new", ""))
        return Line(quote, 0, given if given.words else Answer(), Answer())

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
    def missing(self) -> list[tuple[str, str]]:
        """The fields required for publishing; the newspaper has its own box on the page."""
        return [(name, text) for name, text in self._all_missing if name != "publication"]

    @property
    def newspaper_asked(self) -> dict[str, str] | None:
        """The printed and the suggested name of a newspaper that the archive does not have yet."""
        if self.article.publication_id is not None or "publication" in self.prefilled:
            return None
        if self.article.status == Article.Status.USABLE:
            return None
        unknown = self.article.extra.get("unknown", {})
        printed = unknown.get("publication", "")
        return {"printed": printed, "name": self.data.get("newspaper-new", printed) if self.data else printed}

    @cached_property
    def fields(self) -> list[dict[str, object]]:
        """The fields above the text, missing ones first."""
        lacking = [name for name, _ in self._all_missing if name != "body"]
        names = ["date", "publication", "section", "byline", "kicker", "dateline", "headline", "standfirst"]
        ordered = [*(n for n in names if n in lacking), *(n for n in names if n not in lacking)]
        wide, printed = {"headline", "standfirst"}, {"byline", "kicker", "dateline", "headline", "standfirst"}
        return [
            described(self.form[name], name in lacking and name != "publication")
            | {
                "wide": name in wide,
                "printed": name in printed,
                "prefilled": name in self.prefilled,
                "undated": self.form["undated"] if name == "date" else None,
            }
            for name in ordered
        ]

    @property
    def authors(self) -> str:
        return ", ".join(author.name for author in self.article.authors.order_by("authorship__position"))

    @property
    def body_field(self) -> dict[str, object]:
        return described(self.form["body"], not self.article.body)

    @property
    def more_fields(self) -> list[dict[str, object]]:
        return [described(self.form[name], False) for name in ("language", "edition", "page", "source_url")]

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
    def unknown(self) -> list[tuple[str, str, str]]:
        """Section and topics in the text that the archive does not have; nothing creates them unasked."""
        unknown = self.article.extra.get("unknown", {})
        named = [("section", "section", unknown["section"])] if unknown.get("section") else []
        return named + [("topic", "topic", name) for name in unknown.get("topics", [])]

    @property
    def warnings(self) -> list[str]:
        return [*self.article.extra.get("warnings", []), *unread(self.article)]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The errors of the submitted form, each with the id of its field."""
        if self.data is None:
            return []
        found = [
            (self.form[name].auto_id, f"{self.form[name].label}: {' '.join(map(str, errors))}")
            for name, errors in self.form.errors.items()
            if name in self.form.fields
        ]
        for line in [*self.lines, self.missed]:
            pk, who = line.quote.pk or "new", line.label if line.number else gettext("Missed quote")
            if "speaker" in line.errors:
                at, of = (line.quote.kind, ALL_TURNS[line.quote.kind]) if line.voiced else (pk, who)
                found.append((f"s-{at}", f"{of}: {line.errors['speaker']}"))
            if "words" in line.errors:
                found.append((f"w-{pk}", f"{who}: {line.errors['words']}"))
        return list(dict.fromkeys(found))

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
        return [(at, Truncator(body[at : at + 200]).chars(60)) for at in self._starts[:SPLITS]]

    @property
    def least_sure(self) -> list[Line]:
        doubtful = [line for line in self.lines if not line.done and not line.sure]
        return sorted(doubtful, key=lambda line: line.quote.confidence or 0)[:5]

    @property
    def names_here(self) -> list[tuple[str, str]]:
        """Names for the datalist: all speakers linked or named in this article, with a description."""
        speakers = {quote.speaker for quote in self.all_quotes if quote.speaker}
        offered = {speaker.name: speaker.description for speaker in speakers}
        offered |= {
            quote.name_as_printed: quote.role_as_printed or gettext("named in this article")
            for quote in self.all_quotes
            if quote.name_as_printed and quote.name_as_printed not in offered
        }
        return sorted(offered.items())

    @cached_property
    def same_text(self) -> list[Article]:
        return list(ingest.already_here(self.article).for_listing()[:5])

    @cached_property
    def copies(self) -> list[Article]:
        return list(ingest.copies(self.article).for_listing()[:5])

    @cached_property
    def near_duplicates(self) -> list[pairs.NearDuplicate]:
        """Near-duplicates that are not already shown as exact copies."""
        shown = {other.pk for other in (*self.same_text, *self.copies)}
        return [one for one in pairs.near_duplicates_of(self.article) if one.article.pk not in shown]

    who_choices = list(WHO.items())
    sure_from = SURE


def _own_copy(article: Article) -> Article:
    """A copy for the form, which writes unsaved values into its instance."""
    copied = Article.from_db(None, [f.attname for f in Article._meta.concrete_fields], [
        getattr(article, f.attname) for f in Article._meta.concrete_fields
    ])  # fmt: skip
    copied._state.db = article._state.db
    return copied

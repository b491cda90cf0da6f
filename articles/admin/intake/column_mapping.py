"""The mapping of a CSV file as a form: one select for each column, and plain controls for the rest."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.forms import BoundField
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from articles.admin.intake.uploaded_table import EXTRA, Table, shape_of
from articles.ingest.pipeline.importer import Defaults
from articles.models import Publication
from articles.models.checks import LANGUAGE_TAG
from articles.models.zones import names_a_zone
from articles.parsing.dates.columns import DAY_FIRST, MONTH_FIRST, DateForms
from articles.parsing.tabular.csv_rows import CsvDialect
from articles.parsing.tabular.mapping import LISTS, SEPARATOR, TARGETS, CsvMap, MapError, read_map
from articles.parsing.tabular.mapping import SEPARATORS as LIST_MARKS
from articles.parsing.tabular.mapping_file import write_map
from articles.parsing.tabular.mapping_guess import suggest_values

EXAMPLES = 3
# Several columns may have these.
MANY = {"", EXTRA, "body", "topics", "authors"}
_FIELDS = [
    (gettext_lazy("Not in the article"), [
        ("", gettext_lazy("Do not import")),
        (EXTRA, gettext_lazy("Keep, not shown to readers")),
    ]),
    (gettext_lazy("Text"), [
        ("headline", gettext_lazy("Headline")),
        ("body", gettext_lazy("Text")),
        ("standfirst", gettext_lazy("Standfirst")),
        ("kicker", gettext_lazy("Kicker")),
        ("byline", gettext_lazy("Byline")),
        ("dateline", gettext_lazy("Dateline")),
        ("caption", gettext_lazy("Picture caption")),
        ("credit", gettext_lazy("Picture credit")),
        ("image_url", gettext_lazy("Picture link")),
        ("images", gettext_lazy("Pictures, as in our exports")),
    ]),
    (gettext_lazy("About the article"), [
        ("publication", gettext_lazy("Publication")),
        ("published_at", gettext_lazy("Date published")),
        ("published_on", gettext_lazy("Day published, without a time")),
        ("published_precision", gettext_lazy("Precision of the date")),
        ("section", gettext_lazy("Section")),
        ("topics", gettext_lazy("Topics")),
        ("authors", gettext_lazy("Authors")),
        ("language", gettext_lazy("Language")),
        ("edition", gettext_lazy("Edition")),
        ("page", gettext_lazy("Page")),
        ("source_url", gettext_lazy("Link")),
        ("canonical_url", gettext_lazy("Canonical link")),
        ("archived_url", gettext_lazy("Archived link")),
        ("external_id", gettext_lazy("ID in the source")),
        ("status", gettext_lazy("Status in the source")),
    ]),
]  # fmt: skip
FIELDS = [
    (title, [(target, label) for target, label in group if target in {"", *TARGETS}])
    for title, group in _FIELDS
]
LABELS = {target: label for _, group in FIELDS for target, label in group}
# How dates are written: a label, and what it means for the parser.
DATES: dict[str, tuple[Any, DateForms]] = {
    "": (gettext_lazy("Any; unclear dates are errors"), DateForms()),
    "day": (gettext_lazy("Day first: 30/04/2019"), DateForms(DAY_FIRST)),
    "month": (gettext_lazy("Month first: 04/30/2019"), DateForms(MONTH_FIRST)),
    "day2": (
        gettext_lazy("Day first, year of two digits: 30/04/19"),
        DateForms(DAY_FIRST, ("%d/%m/%y", "%d.%m.%y", "%d-%m-%y")),
    ),
    "month2": (
        gettext_lazy("Month first, year of two digits: 04/30/19"),
        DateForms(MONTH_FIRST, ("%m/%d/%y", "%m.%d.%y", "%m-%d-%y")),
    ),
    "seconds": (gettext_lazy("Seconds since 1970"), DateForms("", ("unix seconds",))),
    "milliseconds": (gettext_lazy("Milliseconds since 1970"), DateForms("", ("unix milliseconds",))),
    "excel": (gettext_lazy("Day numbers of a spreadsheet"), DateForms("", ("excel days",))),
}
KEPT = "kept"
SEPARATORS = {
    ";": gettext_lazy("Semicolon"), ",": gettext_lazy("Comma"), "|": gettext_lazy("Vertical bar"),
    "/": gettext_lazy("Slash"), "newline": gettext_lazy("New line"), "tab": gettext_lazy("Tab"), "#": "#",
}  # fmt: skip
# A browser would send another line end.
MARKS = {"newline": "\n", "tab": "\t"}
DELIMITERS = {
    ",": gettext_lazy("Comma"), ";": gettext_lazy("Semicolon"), "\t": gettext_lazy("Tab"),
    "|": gettext_lazy("Vertical bar"),
}  # fmt: skip
ENCODINGS = {
    "utf-8": "UTF-8", "cp1252": gettext_lazy("Windows, Western Europe"),
    "cp1250": gettext_lazy("Windows, Central Europe"), "utf-16": "UTF-16",
}  # fmt: skip
STATUS_MEANINGS = {
    "?": gettext_lazy("Choose"), "publish": gettext_lazy("Published"),
    "draft": gettext_lazy("Draft"), "leave": gettext_lazy("Do not import"),
}  # fmt: skip
DECIDED = ("publication", "status")


def _initial(table: Table) -> dict[str, object]:
    start = table.start
    known = (key for key, (_, dates) in DATES.items() if dates.order == start.dates.order)
    dates = next((key for key in known if DATES[key][1].forms == start.dates.forms), KEPT)
    marks = {start.split.get(name, SEPARATOR) for name, target in start.columns.items() if target in LISTS}
    mark = (marks or {SEPARATOR}).pop() if len(marks) < 2 else KEPT
    return {
        "shape": shape_of(table), "publication": table.publication, "language": table.language,
        "dates": dates, "zone": start.dates.zone, "body": start.body,
        "separator": next((key for key, one in MARKS.items() if one == mark), mark),
        "delimiter": start.dialect.delimiter, "encoding": start.dialect.encoding,
        "zero": start.dates.zero == "none", "cut": start.cut == "take",
    }  # fmt: skip


class MappingForm(forms.Form):
    """The whole mapping; `csv_map` is what it says, once it is valid."""

    shape = forms.CharField(widget=forms.HiddenInput, required=False)
    publication = forms.ModelChoiceField(
        Publication.objects.order_by("name", "pk"),
        label=gettext_lazy("Publication of rows that name none"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    language = forms.CharField(
        label=gettext_lazy("Language of rows that name none"),
        required=False,
        max_length=35,
        validators=[RegexValidator(LANGUAGE_TAG, gettext_lazy("Enter a language tag such as en or pt-BR."))],
        help_text=gettext_lazy("For example en or pt-BR. If empty, we detect it."),
    )
    dates = forms.ChoiceField(label=gettext_lazy("How dates are written"), required=False)
    zone = forms.CharField(
        label=gettext_lazy("Time zone, if the file gives none"),
        required=False,
        max_length=64,
        validators=[names_a_zone],
        help_text=gettext_lazy("For example Europe/Dublin. If empty, only the day is stored."),
    )
    separator = forms.ChoiceField(label=gettext_lazy("Between several topics or authors"), required=False)
    body = forms.ChoiceField(
        label=gettext_lazy("The text is"),
        choices={"text": gettext_lazy("Plain text"), "html": "HTML"},
        required=False,
    )
    delimiter = forms.ChoiceField(label=gettext_lazy("Between columns"), choices=DELIMITERS, required=False)
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)
    zero = forms.BooleanField(
        label=gettext_lazy("Import rows whose date is only zeros, without a date"), required=False
    )
    cut = forms.BooleanField(
        label=gettext_lazy("Import cells that a spreadsheet has cut at 32,767 characters"), required=False
    )
    save = forms.BooleanField(
        label=gettext_lazy("Use this mapping for the next file of this publication with these columns"),
        required=False,
    )

    def __init__(self, table: Table, data: QueryDict | None = None) -> None:
        self.table = table
        if data is not None and data.get("shape") != shape_of(table):
            # The columns are others than those of the page, for example after another delimiter was chosen.
            data = None
        super().__init__(data, initial=_initial(table), label_suffix="")
        self._add_choices()
        for n, name in enumerate(table.columns):
            self.fields[f"c{n}"] = forms.ChoiceField(label=name, choices=FIELDS, required=False)
            self.initial[f"c{n}"] = table.start.columns.get(name, EXTRA)
        for target, printed, meant in self._decisions():
            key = _value_key(target, printed)
            self.fields[key] = (
                forms.ChoiceField(label=printed, choices=STATUS_MEANINGS, required=False)
                if target == "status"
                else forms.CharField(label=printed, required=False, max_length=500)
            )
            self.initial[key] = meant

    def _add_choices(self) -> None:
        """Choices that this file needs beside the usual ones."""
        dates = {key: label for key, (label, _) in DATES.items()}
        if self.initial["dates"] == KEPT:
            dates[KEPT] = gettext("As in the saved mapping")
        encodings = {self.table.dialect.encoding: self.table.dialect.encoding, **ENCODINGS}
        separators = dict(SEPARATORS)
        if self.initial["separator"] == KEPT:
            separators[KEPT] = gettext("Different for each column, as found")
        for name, choices in (("dates", dates), ("encoding", encodings), ("separator", separators)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices.items())

    @cached_property
    def columns(self) -> dict[str, str]:
        """The field chosen for each column; one that cannot be read is left out."""
        chosen = {name: str(self[f"c{n}"].value() or "") for n, name in enumerate(self.table.columns)}
        return {name: target for name, target in chosen.items() if target in LABELS}

    @cached_property
    def _tables(self) -> dict[str, dict[str, str]]:
        """By field, what each printed value means: as suggested, or as the mapping says already."""
        suggested = suggest_values(self.columns, self.table.cells, self.split)
        known = self.table.start.values
        return {
            target: {printed: known.get(target, {}).get(printed, meant) for printed, meant in table.items()}
            for target, table in suggested.items()
        }

    @property
    def split(self) -> dict[str, str]:
        """What separates the values of each column that has several: one mark, or those of the mapping."""
        chosen = str(self["separator"].value() or "")
        mark = MARKS.get(chosen, chosen)
        lists = [name for name, target in self.columns.items() if target in LISTS]
        if mark not in LIST_MARKS:
            return {name: mark for name, mark in self.table.start.split.items() if name in lists}
        return dict.fromkeys(lists, mark)

    def _decisions(self) -> Iterator[tuple[str, str, str]]:
        """What an editor must see: publications, statuses, and spellings that would be changed."""
        for target, table in self._tables.items():
            for printed, meant in table.items():
                if target in DECIDED or printed != meant:
                    yield target, printed, meant

    @property
    def column_rows(self) -> list[tuple[BoundField, list[str]]]:
        """For each column: its select, and some of its values."""
        rows = []
        for n, name in enumerate(self.table.columns):
            values = list(dict.fromkeys(" ".join(cell.split()) for cell in self.table.cells[name]))
            rows.append((self[f"c{n}"], [Truncator(value).chars(50) for value in values[:EXAMPLES]]))
        return rows

    @property
    def controls(self) -> list[BoundField]:
        return [self[name] for name in ("dates", "zone", "publication", "language", "separator", "save")]

    @property
    def settings(self) -> list[BoundField]:
        return [self[name] for name in ("body", "delimiter", "encoding", "zero", "cut")]

    @property
    def value_rows(self) -> list[tuple[str, BoundField]]:
        """The label of a field of the archive, and one printed value with the control for its meaning."""
        return [
            (str(LABELS[target]), self[_value_key(target, printed)])
            for target, printed, _ in self._decisions()
        ]

    def clean(self) -> None:
        super().clean()
        self._refuse_repeated()
        for target in ("headline", "body"):
            if target not in self.columns.values():
                self.add_error(self._place_for_missing(), _missing(target))
        if self.cleaned_data.get("save") and not self.cleaned_data.get("publication"):
            self.add_error("save", gettext("To save the mapping, choose a publication."))
        if not self.errors:
            self._build()

    def _refuse_repeated(self) -> None:
        chosen = list(self.columns.values())
        for n, name in enumerate(self.table.columns):
            target = self.columns.get(name, "")
            if target not in MANY and chosen.count(target) > 1:
                words = gettext("%(field)s is chosen for two columns.") % {"field": LABELS[target]}
                self.add_error(f"c{n}", words)

    def _place_for_missing(self) -> str:
        """The select of the first column that is not used."""
        free = (n for n, name in enumerate(self.table.columns) if self.columns.get(name, "") in ("", EXTRA))
        return f"c{next(free, 0)}"

    def _build(self) -> None:
        try:
            self.csv_map = read_map(write_map(self._as_map()))
        except MapError as error:
            self.add_error(None, str(error))

    def _as_map(self) -> CsvMap:
        given, start = self.cleaned_data, self.table.start
        dates = start.dates if given["dates"] == KEPT else DATES[given["dates"]][1]
        dates = replace(dates, zone=given["zone"], zero="none" if given["zero"] else "refuse")
        values: Mapping[str, dict[str, str]] = {
            target: {
                printed: given.get(_value_key(target, printed), meant) or meant
                for printed, meant in table.items()
            }
            for target, table in self._tables.items()
        }
        return replace(
            start, dialect=self.table.dialect, columns=self.columns, values=values, dates=dates,
            body=given["body"] or "text", cut="take" if given["cut"] else "refuse", split=self.split,
        )  # fmt: skip

    @property
    def defaults(self) -> Defaults:
        publication = self.cleaned_data["publication"]
        return Defaults(publication.name if publication else "", self.cleaned_data["language"])


def _missing(target: str) -> str:
    if target == "headline":
        return gettext("No column is the headline. Choose it here or for another column.")
    return gettext("No column is the text. Choose it here or for another column.")


def _value_key(target: str, printed: str) -> str:
    return f"v-{target}-{zlib.crc32(printed.encode('utf-8', 'replace')):08x}"


def chosen_dialect(data: QueryDict, found: CsvDialect) -> CsvDialect:
    """Encoding and delimiter as the form says; as found in the file if it says none that are known."""
    delimiter, encoding = data.get("delimiter", ""), data.get("encoding", "")
    if delimiter not in DELIMITERS or encoding not in (*ENCODINGS, found.encoding):
        return found
    otherwise = found.otherwise if encoding == found.encoding else ""
    return replace(found, encoding=encoding, otherwise=otherwise, delimiter=delimiter)

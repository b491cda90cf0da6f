"""Pages of reader reports: the queue, and the decision on a report, which can be undone."""

from __future__ import annotations

import copy
import datetime as dt
import re

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles import reader_reports
from articles.admin import recovered_input
from articles.admin.confirmation import all_fields, ask, ask_to_undo, is_confirmed, report_not_undone
from articles.admin.lists import ListFilter, TabFilter, render_list, row_of
from articles.admin.permissions import editor_of, has_perms, render_page, require_perms
from articles.admin.reason_field import ReasonField
from articles.admin.review.decisions import NAMED, NEW, NOBODY, WHO, namesakes_error
from articles.admin.review.propagate_correction import suggest_propagation
from articles.admin.review.words import find_stretches, fit_whole
from articles.admin.speakers.unlinked_names import label_of
from articles.admin.tables.base import row_digest
from articles.ingest.speakers.name_rulings import new_speaker, suggestions
from articles.models import Quote, Report
from articles.models.partial_dates import Precision
from articles.revisions.undo import CannotUndo, revert
from articles.speakers.disambiguation import candidates_for
from articles.speakers.typed_names import TypedNames

PER_PAGE = 50
TO_DECIDE = ("change_report", "decide_quote")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class PeriodField(forms.CharField):
    """A partial date such as 2019-05; cleans to its first day and its precision."""

    def clean(self, value: str) -> tuple[dt.date, str] | None:
        text = super().clean(value)
        if not text:
            return None
        found = _PERIOD.fullmatch(text)
        try:
            if found is None:
                raise ValueError
            year, month, day = found.groups()
            first = dt.date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise forms.ValidationError(gettext("Enter a date like 2019, 2019-05 or 2019-05-30.")) from None
        return first, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR


DATE_FORMATS = gettext_lazy("For example 2019, 2019-05 or 2019-05-30.")
EDIT_CONFLICT = gettext_lazy("The quote or its reports have changed since you opened this page. Check again.")


class RulingForm(forms.Form):
    """The decision on one or more reports; it has only the fields for what they call wrong."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=Report.Outcome.choices, widget=forms.RadioSelect
    )
    speaker = forms.CharField(label=gettext_lazy("Speaker"), required=False, max_length=500)
    who = forms.ChoiceField(label=gettext_lazy("Type of speaker"), choices=list(WHO.items()), initial=NAMED)
    words = forms.CharField(
        label=gettext_lazy("Quoted words, exactly as in the text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Separate two parts with […]."),
    )
    said = PeriodField(label=gettext_lazy("Date said"), required=False, max_length=10, help_text=DATE_FORMATS)
    printed = PeriodField(
        label=gettext_lazy("Date published"), required=False, max_length=10, help_text=DATE_FORMATS
    )
    reason = ReasonField(
        label=gettext_lazy("Reason, shown to readers"),
        max_length=4000,
        help_text=gettext_lazy(
            "Shown on the report’s page. If you change something, also shown as a dated notice."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, about: list[Report], data: QueryDict | None = None, *, may_make: bool) -> None:
        """`may_make`: whether the editor may add speakers."""
        self.may_make = may_make
        self.about, self.report, self.quote = about, about[0], about[0].quote
        super().__init__(data, label_suffix="", initial=self._stored())
        for name in self._not_asked():
            del self.fields[name]
        # The state of quote and reports when the page was opened, for the optimistic lock.
        self.now = self._state()

    def _stored(self) -> dict[str, str]:
        if self.quote is None:
            return {"printed": self.report.article.published_as_printed[:10]}
        said = self.quote.said_on
        length = {"year": 4, "month": 7}.get(self.quote.said_precision, 10)
        return {
            "words": self.quote.text,
            "said": said.isoformat()[:length] if said else "",
            "printed": self.report.article.published_as_printed[:10],
        }

    def _not_asked(self) -> set[str]:
        asked = {
            Report.What.SPEAKER: {"speaker", "who"},
            Report.What.WORDS: {"words"},
            Report.What.DATE: {"said", "printed"},
        }.get(Report.What(self.report.what), set())
        if self.quote is None:
            asked = asked & {"printed"}
        return {"speaker", "who", "words", "said", "printed"} - asked

    def _state(self) -> str:
        stored = row_digest(self.quote) if self.quote else self.report.article.version
        return f"{stored} {' '.join(str(report.pk) for report in self.about)}"

    def clean(self) -> None:
        super().clean()
        cleaned = self.cleaned_data
        outcome = cleaned.get("outcome")
        if cleaned.get("seen") != self.now:
            self.add_error(None, EDIT_CONFLICT)
        if outcome == Report.Outcome.REFUSED or self.errors:
            return
        if self.report.what == Report.What.SPEAKER and self.quote:
            self._clean_speaker(self.quote)
        if cleaned.get("words") and self.quote and outcome == Report.Outcome.OURS:
            self._clean_words(self.quote)
        dated = {"said", "printed"} & set(self.fields)
        if dated and outcome == Report.Outcome.OURS and not dated & set(self.changed_data):
            self.add_error("printed", gettext("Correct the date that is wrong."))

    def _clean_speaker(self, quote: Quote) -> None:
        cleaned = self.cleaned_data
        name, who = " ".join(cleaned["speaker"].split()), cleaned["who"]
        cleaned |= {"speaker": "" if who == NOBODY else name, "found": None}
        if who == NOBODY:
            if quote.speaker is None:
                self.add_error("speaker", gettext("The quote already has no speaker."))
        elif not name:
            self.add_error("speaker", gettext("Enter the speaker, or choose “Speaker unknown”."))
        else:
            self._clean_name(name, who)
        found = cleaned.get("found")
        if found and quote.speaker and found.pk == quote.speaker.canonical_speaker_id:
            self.add_error("speaker", gettext("The quote already has this speaker."))
        if not self.errors:
            why = Quote.objects.filter(pk=quote.pk).not_spoken_by(cleaned["found"])
            if why and cleaned["outcome"] == Report.Outcome.OURS:
                self.add_error("speaker", why[quote.pk])

    def _clean_name(self, name: str, who: str) -> None:
        """Resolve the name, or require that a new speaker has no namesake unless the editor says so."""
        typed = TypedNames([name]).find(name)
        if who == NAMED or typed.is_numbered:
            self.cleaned_data["found"] = typed.speaker
            if typed.error:
                self.add_error("speaker", typed.error)
        elif not self.may_make:
            self.add_error("speaker", gettext("You do not have permission to add speakers."))
        elif who == NEW and (bearers := candidates_for([name]).get(name)):
            self.add_error("speaker", namesakes_error(bearers))

    def _clean_words(self, quote: Quote) -> None:
        words = self.cleaned_data["words"].replace("\r\n", "\n")
        if words == quote.text:
            self.add_error("words", gettext("The quote already has these words."))
            return
        spans = find_stretches(quote, words)
        if spans is None:
            self.add_error("words", gettext("These words are not in the text."))
            return
        fitted = copy.copy(quote)
        fit_whole(fitted, spans)
        self.cleaned_data |= {"spans": tuple(spans), "whole": fitted.place}

    def _changed_dates(self) -> list[str]:
        # An error of the paper leaves the printed date as it is.
        ours = self.cleaned_data["outcome"] == Report.Outcome.OURS
        return [
            name for name in ("said", "printed") if name in self.changed_data and (ours or name == "said")
        ]

    def new_values(self) -> list[str]:
        """The speaker, words and dates that the decision stores, each as a sentence."""
        cleaned, values = self.cleaned_data, []
        if "found" in cleaned:
            if found := cleaned["found"]:
                values.append(gettext("Speaker: %(name)s.") % {"name": label_of(found)})
            elif cleaned["speaker"]:
                values.append(
                    gettext("Speaker: %(name)s, added as a new speaker.") % {"name": cleaned["speaker"]}
                )
            else:
                values.append(gettext("Speaker: unknown."))
        if cleaned.get("spans"):
            values.append(gettext("Words: “%(words)s”.") % {"words": cleaned["words"]})
        for name in self._changed_dates():
            date = self[name].value() or gettext("unknown")
            values.append(f"{self.fields[name].label}: {date}.")
        return values

    def ruling(self) -> reader_reports.Ruling:
        """The validated decision; creates the speaker if it is a new one."""
        cleaned = self.cleaned_data
        if cleaned["outcome"] == Report.Outcome.REFUSED:
            return reader_reports.Ruling(cleaned["outcome"], cleaned["reason"])
        speaker = cleaned.get("found")
        if speaker is None and cleaned.get("speaker"):
            speaker = new_speaker(cleaned["speaker"])
        changed = {name: cleaned[name] or (None, "") for name in self._changed_dates()}
        return reader_reports.Ruling(
            cleaned["outcome"],
            cleaned["reason"],
            speaker=speaker,
            spans=cleaned.get("spans"),
            whole=cleaned.get("whole"),
            **changed,
        )


class ReportsFilter(ListFilter):
    what = TabFilter(choices=[(name, label) for name, label in reader_reports.TABS.items() if name])


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_report", "view_quote", "view_article", to_post=TO_DECIDE)
def queue(request: HttpRequest) -> HttpResponse:
    """The reports of a tab: waiting ones oldest first, decided ones newest first; POST undoes a decision."""
    if request.method == "POST":
        return _reopen(request)
    filters = ReportsFilter(request)
    tab = filters.value("what")
    page = filters.page(reader_reports.rows_in(tab), PER_PAGE)
    waits = tab in ("", "late")
    context = {
        "tabs": filters.tabs("what", reader_reports.tabs()),
        "waits": waits,
        "rows": (reader_reports.waiting if waits else reader_reports.decided)(list(page)),
        "page": page,
        "may_decide": has_perms(request, *TO_DECIDE),
    }
    return render_list(filters, "reports.html", context)


def _reopen(request: HttpRequest) -> HttpResponse:
    """Revert the decision, so that its reports wait again."""
    report = row_of(Report.objects.filter(decision__isnull=False), request.POST.get("back"))
    if page := ask_to_undo(request, str(report.decision)):
        return page
    try:
        done = revert(str(report.decision))
    except CannotUndo:
        messages.error(request, gettext("Not undone: later changes depend on these records."))
        return redirect("admin:desk-report", report.pk)
    messages.success(request, gettext("Undone: the report is open again."))
    report_not_undone(request, done.left)
    return redirect("admin:desk-report", report.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_report", "change_report", "decide_quote", "view_article")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all reports of the same fault of one quote; POST decides them together."""
    rows = Report.objects.select_related(
        "article__publication", "quote__speaker", "quote__credited_to", "quote__image", "notice", "decided_by"
    )
    report = get_object_or_404(rows, pk=pk)
    about = [report]
    if not report.outcome:
        about = list(
            rows.waiting().filter(article=report.article_id, quote=report.quote_id, what=report.what)
        )
    for one in about:
        one.quote, one.article = report.quote, report.article
        if report.quote:
            report.quote.article = report.article
    posted = request.POST if request.method == "POST" else recovered_input.load(request)
    form = RulingForm(about, posted, may_make=has_perms(request, "add_speaker"))
    if request.method == "POST" and form.is_valid():
        if page := _ask_first(request, form):
            return page
        if _store_decision(request, form):
            recovered_input.discard(request)
            return redirect("admin:desk-reports")
    others = (
        Report.objects.waiting().filter(article=report.article_id).exclude(pk__in=[one.pk for one in about])
    )
    context = {
        "report": report,
        "reports": about,
        "quote": report.quote,
        "form": form,
        "offered": _suggested_speakers(report.quote),
        "others": others.order_by("received_at", "pk")[:20],
    }
    return render_page(request, "report.html", context)


def _question(form: RulingForm) -> tuple[str, list[str]]:
    """The question before a decision that readers see, and what follows from each answer to it."""
    number, what = len(form.about), form.report.what
    if what == Report.What.OTHER:
        return ngettext("Answer %(n)s report?", "Answer %(n)s reports?", number), [
            gettext("Nothing else is changed. Readers see your reason as a dated notice."),
            gettext("If you undo this, the notice is removed and the report is open again."),
        ]
    undone = gettext("If you undo this, all this is as it was and the report is open again.")
    mistaken = {Report.What.SPEAKER: Quote.Standing.MISATTRIBUTED, Report.What.WORDS: Quote.Standing.DISPUTED}
    if form.cleaned_data["outcome"] == Report.Outcome.PAPERS and form.quote and what in mistaken:
        title = ngettext(
            "Mark this quote as %(status)s and answer %(n)s report?",
            "Mark this quote as %(status)s and answer %(n)s reports?",
            number,
        )
        seen = gettext("Readers see this at once, and your reason as a dated notice. The text stays.")
        return title.replace("%(status)s", mistaken[Report.What(what)].label.lower()), [seen, undone]
    title = ngettext(
        "Correct this and answer %(n)s report?", "Correct this and answer %(n)s reports?", number
    )
    return title, [gettext("Readers see the correction at once, and your reason as a dated notice."), undone]


def _ask_first(request: HttpRequest, form: RulingForm) -> HttpResponse | None:
    """The confirmation page of a decision that readers see; None if it was confirmed, or if they do not."""
    number = len(form.about)
    if form.cleaned_data["outcome"] == Report.Outcome.REFUSED or is_confirmed(request, number):
        return None
    title, effects = _question(form)
    return ask(
        request,
        title=title % {"n": number},
        effects=[*form.new_values(), *effects],
        button=gettext("Save decision"),
        number=number,
        first=[f"“{form.quote}”" if form.quote else form.report.article],
        sent=all_fields(request),
    )


def _store_decision(request: HttpRequest, form: RulingForm) -> bool:
    """Store the decision; return False and add a form error if that is not possible."""
    try:
        with transaction.atomic():
            reader_reports.decide(form.about, form.ruling(), by=editor_of(request))
    except reader_reports.AlreadyDecided:
        form.add_error(None, gettext("Another editor has already decided this report."))
        return False
    except IntegrityError:
        form.add_error(
            None, gettext("Not saved: the archive already has this text for that publication and date.")
        )
        return False
    n = len(form.about)
    answered = ngettext("Decision saved for %(n)s report.", "Decision saved for %(n)s reports.", n)
    messages.success(request, answered % {"n": n})
    refused = form.cleaned_data["outcome"] == Report.Outcome.REFUSED
    if form.quote and form.report.what == Report.What.SPEAKER and not refused:
        suggest_propagation(request, [form.quote])
    return True


def _suggested_speakers(quote: Quote | None) -> list[str]:
    """Labels of the speakers whom the printed source can mean."""
    if quote is None:
        return []
    names = [name for name in (quote.name_as_printed, quote.source) if name]
    found = suggestions(names) if names else {}
    speakers = {speaker.pk: speaker for offered in found.values() for speaker in offered}
    return [label_of(speaker) for speaker in speakers.values()]

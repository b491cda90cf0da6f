"""The ModelAdmin of quotes. Words and spans are edited on the review page, beside the text."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from articles.admin.confirmation import ask, is_confirmed
from articles.admin.permissions import editor_of
from articles.admin.review.propagate_correction import suggest_propagation
from articles.admin.tables.base import AuditedModelAdmin, OptimisticLockForm
from articles.admin.tables.filtered_list import ValuesFilter
from articles.admin.tables.visible_changes import Shown, VisibleChangeForm
from articles.models import Quote
from articles.models.audit import change_group
from articles.models.quote_sets import QuoteQuerySet
from articles.speakers.corrections import correct, mark_articles_changed, mark_misattributed

# Fields that can be corrected here besides the speaker.
FACTS = {"channel", "said_on", "said_precision", "said_as_printed", "translated", "original_url"}
# The standings that an editor can choose, with the method that sets them.
STANDING_SETTERS: dict[str, Callable[..., None]] = {
    Quote.Standing.CONFIRMED: Quote.confirm,
    Quote.Standing.DISPUTED: Quote.dispute,
    Quote.Standing.WITHDRAWN: Quote.withdraw,
}


class QuoteForm(OptimisticLockForm):
    """Limits the choices of `standing`, and rejects a speaker that contradicts the turn of the quote."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # of ModelForm
        super().__init__(*args, **kwargs)
        if isinstance(field := self.fields.get("standing"), forms.ChoiceField):
            said = {self.instance.standing, Quote.Standing.MISATTRIBUTED, *STANDING_SETTERS}
            field.choices = [one for one in Quote.Standing.choices if one[0] in said]

    def clean(self) -> None:
        super().clean()
        cleaned = self.cleaned_data
        if "standing" in self.changed_data and self.instance.status != Quote.Status.ACCEPTED:
            self.add_error("standing", gettext("Accept the quote before you change its status."))
        papers = cleaned.get("standing") == Quote.Standing.MISATTRIBUTED and "standing" in self.changed_data
        if papers and cleaned.get("speaker") and "speaker" not in self.changed_data:
            self.add_error(
                "speaker",
                gettext("Choose the correct speaker, or none: this is the speaker the publication named."),
            )
        if "speaker" in self.changed_data and "speaker" in cleaned:
            for why in Quote.objects.filter(pk=self.instance.pk).not_spoken_by(cleaned["speaker"]).values():
                self.add_error("speaker", why)


def _skipped(number: int, reason: str) -> list[str]:
    """A message about quotes that a bulk action skipped; none for 0."""
    skipped = ngettext(
        "%(n)s quote was skipped: %(reason)s.", "%(n)s quotes were skipped: %(reason)s.", number
    )
    return [skipped % {"n": number, "reason": reason}] if number else []


@admin.register(Quote)
class QuoteAdmin(AuditedModelAdmin):
    form = QuoteForm
    list_display = ["__str__", "speaker", "source", "article", "kind", "status", "standing", "sure"]
    list_filter = [
        "status", "standing", "kind", "part", ("lost_at", admin.EmptyFieldListFilter), ("rule", ValuesFilter),
    ]  # fmt: skip
    list_select_related = ["speaker", "article"]
    search_fields = ["=id", "text", "source", "speaker__name", "article__headline"]
    autocomplete_fields = ["speaker"]
    actions = ["accept_selected", "reject_selected"]
    fields = [
        "on_the_desk", "text", "speaker", "source", "cue", "role_as_printed", "kind", "channel",
        "standing", "credited_to", "said_on", "said_precision", "said_as_printed", "translated",
        "original_url",
        "status", "part", "start", "end", "spans", "turn", "inside", "lost_at",
        "rule", "sure", "decided_by", "decided_through", "decided_at", "first_public_at",
    ]  # fmt: skip
    readonly_fields = [
        "on_the_desk", "text", "source", "cue", "role_as_printed", "kind", "credited_to", "status", "part",
        "start", "end", "spans", "turn", "inside", "lost_at", "rule", "sure", "decided_by",
        "decided_through", "decided_at", "first_public_at",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        return super().get_queryset(request).defer("article__body", "article__extra")

    def shown_to_readers(self, pk: int) -> Shown:
        is_public = Quote.objects.accepted().filter(pk=pk).exists()
        return Shown(1, gettext("Readers see this quote.")) if is_public else Shown()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Quote | None = None) -> bool:
        return super().has_change_permission(request, obj) and request.user.has_perm("articles.decide_quote")

    @admin.display(description=gettext_lazy("article"))
    def on_the_desk(self, obj: Quote) -> SafeString:
        return format_html(
            '<a href="../../../../../desk/{}/?quote={}#p{}">{}</a>',
            obj.article_id,
            obj.pk,
            obj.pk,
            obj.article,
        )

    @admin.display(description=gettext_lazy("how sure"), ordering="confidence", empty_value="–")
    def sure(self, obj: Quote) -> str | None:
        return None if obj.percent_sure is None else f"{obj.percent_sure}%"

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.decide_quote")

    @admin.action(description=gettext_lazy("Accept selected quotes…"), permissions=["decide"])
    def accept_selected(self, request: HttpRequest, queryset: QuoteQuerySet) -> HttpResponse | None:
        nameless = queryset.pending().filter(speaker__isnull=True).count()
        lost = queryset.pending().filter(speaker__isnull=False, lost_at__isnull=False).count()
        complete = queryset.pending().filter(speaker__isnull=False, lost_at__isnull=True)
        contradictions = complete.contradictions()
        contradicted = complete.filter(pk__in=list(contradictions)).values_list("pk", flat=True)
        ready = complete.exclude(pk__in=list(contradictions))
        number = ready.count()
        if not is_confirmed(request, number):
            title = ngettext("Accept %(n)s quote?", "Accept %(n)s quotes?", number)
            seen = gettext("Readers see them at once if their articles are published.")
            return _ask(request, ready, queryset.count() - number, title, seen, gettext("Accept"))
        skipped = gettext("Quote %(id)s was skipped. %(reason)s")
        left = [skipped % {"id": pk, "reason": contradictions[pk]} for pk in contradicted]
        left += _skipped(queryset.count() - queryset.pending().count(), gettext("already decided"))
        with change_group("Accepted selected quotes"):
            accepted = _decide(
                ready, lambda quotes: quotes.accept(by=editor_of(request), through=Quote.Through.DESK)
            )
        left += _skipped(nameless, gettext("no speaker; choose one on the review page"))
        left += _skipped(lost, gettext("no longer in the text"))
        done = ngettext("%(n)s quote accepted.", "%(n)s quotes accepted.", accepted)
        self.report_action(request, done % {"n": accepted}, left)
        return None

    @admin.action(description=gettext_lazy("Reject selected quotes…"), permissions=["decide"])
    def reject_selected(self, request: HttpRequest, queryset: QuoteQuerySet) -> HttpResponse | None:
        pending = queryset.pending()
        number = pending.count()
        decided = queryset.count() - number
        if not is_confirmed(request, number):
            title = ngettext("Reject %(n)s quote?", "Reject %(n)s quotes?", number)
            seen = gettext("Readers do not see them.")
            return _ask(request, pending, decided, title, seen, gettext("Reject"))
        with change_group("Rejected selected quotes"):
            rejected = _decide(pending, lambda quotes: quotes.reject(by=editor_of(request), through="desk"))
        done = ngettext("%(n)s quote rejected.", "%(n)s quotes rejected.", rejected)
        left = _skipped(decided, gettext("already decided"))
        self.report_action(request, done % {"n": rejected}, left)
        return None

    def save_model(self, request: HttpRequest, obj: Quote, form: forms.ModelForm, change: bool) -> None:
        """Save through `correct` and related functions, so that all corrections leave the same rows."""
        editor = editor_of(request)
        stored = Quote.objects.select_for_update(of=("self",)).get(pk=obj.pk)
        facts = {name: form.cleaned_data[name] for name in form.changed_data if name in FACTS}
        papers = "standing" in form.changed_data and obj.standing == Quote.Standing.MISATTRIBUTED
        correct(stored, by=editor, speaker=stored.speaker if papers else obj.speaker, **facts)
        if papers:
            mark_misattributed(stored, by=editor, speaker=obj.speaker)
        elif "standing" in form.changed_data:
            STANDING_SETTERS[obj.standing](stored, by=editor)
        mark_articles_changed(Quote.objects.filter(pk=obj.pk))

    def save_related(
        self,
        request: HttpRequest,
        form: VisibleChangeForm,
        formsets: Sequence[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        if "speaker" in form.changed_data:
            suggest_propagation(request, [form.instance])


def _decide(quotes: QuoteQuerySet, decide: Callable[[QuoteQuerySet], int]) -> int:
    """Decide these quotes, and mark their articles as changed; return how many were decided."""
    with transaction.atomic():
        chosen = Quote.objects.filter(pk__in=list(quotes.values_list("pk", flat=True)))
        number = decide(chosen)
        mark_articles_changed(chosen)
    return number


def _ask(
    request: HttpRequest, quotes: QuoteQuerySet, left: int, title: str, effect: str, button: str
) -> HttpResponse:
    """Ask before the quotes are decided; `left` is how many selected ones are not."""
    number = quotes.count()
    skipped = ngettext("%(n)s selected quote is skipped.", "%(n)s selected quotes are skipped.", left)
    return ask(
        request,
        title=title % {"n": f"{number:,}"},
        effects=[
            effect,
            gettext("If you undo this, they are undecided again."),
            *([skipped % {"n": f"{left:,}"}] if left else []),
        ],
        button=button,
        number=number,
        first=[f"“{quote}”" for quote in quotes.order_by("pk")[:20]],
    )

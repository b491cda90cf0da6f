"""The ModelAdmin of speakers, with their aliases and roles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from articles.admin.tables.base import OptimisticLockForm
from articles.admin.tables.publications import SluggedModelAdmin
from articles.admin.tables.visible_changes import Shown
from articles.models import Alias, Quote, Role, Speaker
from articles.models.speaker import lock_merges
from articles.speakers.disambiguation import Evidence, candidates_for

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldGroups

_ALIAS = re.compile(r"aliases-\d+-name")


class SpeakerForm(OptimisticLockForm):
    """Requires a confirmation before a speaker gets a name that another speaker has."""

    relations = ("aliases", "roles")
    namesake = forms.BooleanField(
        label=gettext_lazy("A different person with this name"), required=False, widget=forms.HiddenInput
    )
    warned = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> None:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("kind") == Speaker.Kind.UNNAMED:
            return
        bearers = {
            known.speaker.pk: known
            for found in candidates_for(self._new_names(), besides=self.instance.pk).values()
            for known in found
        }
        shown = set(cleaned.get("warned", "").split())
        if not bearers or (cleaned.get("namesake") and {str(pk) for pk in bearers} <= shown):
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("warned")] = " ".join(str(pk) for pk in bearers)
        self.data[self.add_prefix("namesake")] = ""
        self.fields["namesake"].widget = forms.CheckboxInput()
        self.add_error("namesake", _namesake_message(bearers.values()))

    def _new_names(self) -> list[str]:
        """The submitted name and aliases that this speaker does not have yet."""
        stored = set()
        if self.instance.pk:
            stored = {self.initial.get("name"), *self.instance.aliases.values_list("name", flat=True)}
        sent = {self.data.get(key, "").strip() for key in self.data if _ALIAS.fullmatch(key)}
        return sorted({self.cleaned_data.get("name", ""), *sent} - stored - {""})

    @cached_property
    def changed_data(self) -> list[str]:
        """Without the fields of the confirmation, which are not part of the speaker."""
        return [name for name in super().changed_data if name not in ("namesake", "warned")]

    def clean_merged_into(self) -> Speaker | None:
        """Allow to undo a merge, but no other one: that has a page with a preview."""
        target: Speaker | None = self.cleaned_data["merged_into"]
        if target is not None and target.pk != self.initial.get("merged_into"):
            raise forms.ValidationError(
                gettext("Empty this field to undo the merge. To merge, choose “Merge with another speaker”.")
            )
        return target


def _namesake_message(bearers: Iterable[Evidence]) -> SafeString:
    one = format_html_join(
        "; ",
        '<a href="{}" target="_blank">{}</a> (#{}), {}',
        (
            (reverse("admin:articles_speaker_change", args=[k.speaker.pk]), k.speaker, k.speaker.pk, k.about)
            for k in bearers
        ),
    )
    return format_html(
        "{} {}. {}",
        gettext("There is already a speaker with this name:"),
        one,
        gettext("If this is a different person, tick the box and save again."),
    )


class WithQuotes(Protocol):
    quote_total: int | None


# Stacked, because the fields of a table have no labels of their own and no room on a phone.
class AliasInline(admin.StackedInline):
    model = Alias
    fields = [("name", "kind")]
    extra = 1


class RoleInline(admin.StackedInline):
    model = Role
    fields = [("title", "organisation"), ("since", "until")]
    extra = 1


@admin.register(Speaker)
class SpeakerAdmin(SluggedModelAdmin):
    form = SpeakerForm
    list_display = ["name", "kind", "description", "quote_count", "merged_into", "noindex"]
    list_filter = ["kind", "noindex", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["merged_into"]
    search_fields = ["name", "aliases__name", "description", "slug"]
    autocomplete_fields = ["merged_into"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AliasInline, RoleInline]
    readonly_fields = ["on_the_desk"]
    ordering = ["sort_name", "name", "pk"]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            # A merge takes both locks in this order, so the two cannot wait for each other.
            lock_merges()
        return super().get_object(request, object_id, from_field)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        # A subquery counts only for the rows of one page; a join would group all quotes.
        quotes = Quote.objects.filter(speaker=OuterRef("pk")).order_by().values("speaker")
        return (
            super()
            .get_queryset(request)
            .annotate(quote_total=Subquery(quotes.annotate(n=Count("pk")).values("n")))
        )

    def shown_to_readers(self, pk: int) -> Shown:
        if not Speaker.objects.public().filter(pk=pk).exists():
            return Shown()
        quotes = Quote.objects.accepted().filter(speaker__in=Speaker.objects.get(pk=pk).family_ids())
        number = quotes.count()
        if not number:
            return Shown(1, gettext("Readers see this speaker."))
        shown = ngettext(
            "Readers see this speaker with %(n)s quote.",
            "Readers see this speaker with %(n)s quotes.",
            number,
        )
        return Shown(number, shown % {"n": f"{number:,}"})

    def get_fields(self, request: HttpRequest, obj: Speaker | None = None) -> _FieldGroups:
        """Leave out links for a speaker that is not stored yet, and `merged_into` for one not merged."""
        left_out = set()
        if obj is None:
            left_out.add("on_the_desk")
        if obj is None or obj.merged_into_id is None:
            left_out.add("merged_into")
        return [name for name in super().get_fields(request, obj) if name not in left_out]

    @admin.display(description=gettext_lazy("duplicates and errors"))
    def on_the_desk(self, obj: Speaker) -> SafeString:
        return format_html(
            '<a href="{}">{}</a> · <a href="{}?given_up=%23{}">{}</a> · <a href="{}?q={}">{}</a>',
            reverse("admin:desk-splitting", args=[obj.pk]),
            gettext("Split this speaker"),
            reverse("admin:desk-merging"),
            obj.pk,
            gettext("Merge with another speaker"),
            reverse("admin:duplicate-speakers"),
            quote(obj.name),
            gettext("Possible duplicates"),
        )

    @admin.display(description=gettext_lazy("quotes"), ordering="quote_total")
    def quote_count(self, obj: WithQuotes) -> int:
        return obj.quote_total or 0

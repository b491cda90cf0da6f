"""Acceptance statistics of the extraction rules, and disabling a rule for a newspaper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.admin.lists import ListFilter, render_list, row_of
from articles.admin.permissions import editor_of, has_perms, require_perms
from articles.ingest.proposals.acceptance_stats import (
    Tally,
    by_confidence,
    by_publication,
    by_rule,
    proposed,
    switch_off,
    switch_on,
)
from articles.models import Publication, RuleSwitch
from articles.models.audit import change_group
from articles.presenters.rule_names import rule_name

# The bands of the statistics, in the words of these pages.
SURENESS = {
    "below 0.5": gettext_lazy("Less than 50% sure"),
    "0.5 to 0.7": gettext_lazy("50 to 70% sure"),
    "0.7 to 0.8": gettext_lazy("70 to 80% sure"),
    "0.8 to 0.9": gettext_lazy("80 to 90% sure"),
    "0.9 or more": gettext_lazy("90% sure or more"),
}
TO_SWITCH = ("add_ruleswitch", "change_ruleswitch")


class SwitchForm(forms.Form):
    rule = forms.ChoiceField(label=gettext_lazy("Rule"))
    publication = forms.ModelChoiceField(Publication.objects.all(), label=gettext_lazy("Publication"))
    since = forms.DateField(
        label=gettext_lazy("Published from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Leave empty for all articles of the publication."),
    )

    def __init__(self, rules: list[str], data: QueryDict | None) -> None:
        super().__init__(data, label_suffix="")
        if isinstance(field := self.fields["rule"], forms.ChoiceField):
            field.choices = [(rule, rule_name(rule)) for rule in sorted(rules, key=rule_name)]


def _slugs() -> list[tuple[str, str]]:
    return [(one.slug, str(one)) for one in Publication.objects.all()]


class RulesFilter(ListFilter):
    publication = django_filters.ChoiceFilter(
        label=gettext_lazy("Publication"),
        empty_label=gettext_lazy("All publications"),
        field_name="article__publication__slug",
        choices=_slugs,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_quote", "view_ruleswitch", to_post=TO_SWITCH)
def extraction_rules(request: HttpRequest) -> HttpResponse:
    """Show the statistics; POST disables a rule for a newspaper, or enables it again."""
    filters = RulesFilter(request, proposed())
    known = sorted(proposed().order_by().values_list("rule", flat=True).distinct())
    form = SwitchForm(known, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if back := request.POST.get("back"):
            return _switch_on(request, back)
        if form.is_valid():
            words = {**form.cleaned_data, "rule": rule_name(form.cleaned_data["rule"])}
            with change_group("Turned off {rule} in {publication}".format(**words)):
                switch = switch_off(**form.cleaned_data, by=editor_of(request))
            messages.success(
                request,
                gettext("Turned off %(rule)s in %(publication)s. Quotes it already proposed are kept.")
                % {"rule": rule_name(switch.rule), "publication": switch.publication},
            )
            return redirect("admin:desk-rules")
    switches = RuleSwitch.objects.active().select_related("publication", "decided_by")
    context = {
        "tables": [
            (gettext("By rule"), gettext("Rule"), _named(by_rule(filters.qs), rule_name)),
            (
                gettext("By how sure we were"),
                gettext("How sure"),
                _named(by_confidence(filters.qs), lambda band: str(SURENESS.get(band, band))),
            ),
            (gettext("By publication"), gettext("Publication"), by_publication(filters.qs)),
        ],
        "switches": [(one, rule_name(one.rule)) for one in switches],
        "form": form,
        "may_switch": has_perms(request, *TO_SWITCH),
    }
    return render_list(filters, "rules.html", context)


def _named(tallies: list[Tally], name: Callable[[str], str]) -> list[Tally]:
    return [replace(tally, label=name(str(tally.label))) for tally in tallies]


def _switch_on(request: HttpRequest, number: str) -> HttpResponse:
    switch = row_of(RuleSwitch.objects.all(), number)
    with change_group(f"Turned on {rule_name(switch.rule)} in {switch.publication}"):
        on = switch_on(RuleSwitch.objects.filter(pk=switch.pk))
    if on:
        messages.success(
            request,
            gettext("Turned on %(rule)s in %(publication)s.")
            % {"rule": rule_name(switch.rule), "publication": switch.publication},
        )
    return redirect("admin:desk-rules")

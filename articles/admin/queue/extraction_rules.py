"""Acceptance statistics of the extraction rules, and disabling a rule for a newspaper."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.admin.permissions import has_perms, render_page, require_perms
from articles.ingest.proposals.acceptance_stats import (
    by_confidence,
    by_publication,
    by_rule,
    proposed,
    switch_off,
    switch_on,
)
from articles.models import Publication, RuleSwitch
from articles.text.numbers import number_in


class SwitchForm(forms.Form):
    rule = forms.ChoiceField(label=gettext_lazy("Rule"))
    publication = forms.ModelChoiceField(Publication.objects.all(), label=gettext_lazy("Publication"))
    since = forms.DateField(
        label=gettext_lazy("Published from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Leave empty for all articles of the publication."),
    )

    def __init__(self, rules: list[str], *args, **kwargs) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["rule"].choices = [(rule, rule) for rule in rules]


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_quote", "view_ruleswitch")
def extraction_rules(request: HttpRequest) -> HttpResponse:
    """Show the statistics; POST disables a rule for a newspaper, or enables it again."""
    publication = _asked(request.GET.get("publication", ""))
    known = sorted(proposed().order_by().values_list("rule", flat=True).distinct())
    form = SwitchForm(known, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not has_perms(request, "add_ruleswitch", "change_ruleswitch"):
            raise PermissionDenied
        if back := request.POST.get("back"):
            return _switch_on(request, back)
        if form.is_valid():
            switch = switch_off(**form.cleaned_data, by=request.user)
            messages.success(
                request,
                gettext("Turned off %(rule)s in %(publication)s. Quotes it already proposed are kept.")
                % {"rule": switch.rule, "publication": switch.publication},
            )
            return redirect("admin:desk-rules")
    quotes = proposed(publication)
    context = {
        "publication": publication,
        "publications": Publication.objects.all(),
        "tables": [
            (gettext("By rule"), gettext("Rule"), by_rule(quotes)),
            (gettext("By confidence"), gettext("Confidence"), by_confidence(quotes)),
            (gettext("By publication"), gettext("Publication"), by_publication(quotes)),
        ],
        "switches": RuleSwitch.objects.active().select_related("publication", "decided_by"),
        "form": form,
        "may_switch": has_perms(request, "add_ruleswitch", "change_ruleswitch"),
    }
    return render_page(request, "rules.html", context)


def _asked(slug: str) -> Publication | None:
    return get_object_or_404(Publication, slug=slug) if slug and "\0" not in slug else None


def _switch_on(request: HttpRequest, number: str) -> HttpResponse:
    switch = get_object_or_404(RuleSwitch, pk=number_in(number))
    if switch_on(RuleSwitch.objects.filter(pk=switch.pk)):
        messages.success(
            request,
            gettext("Turned on %(rule)s in %(publication)s.")
            % {"rule": switch.rule, "publication": switch.publication},
        )
    return redirect("admin:desk-rules")

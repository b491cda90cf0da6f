"""Pages for withholding articles with a reason and a review date, and the list of withheld articles."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.confirmation import all_fields, ask, is_confirmed
from articles.admin.lists import ListFilter, TabFilter, render_list
from articles.admin.permissions import has_perms, render_page, require_perms
from articles.admin.queue.status import ended_in_words
from articles.admin.reason_field import ReasonField
from articles.admin.review.publishing import effects_of_withholding, withhold_all
from articles.models import Article, clock, events_of
from articles.models.article import ArticleQuerySet
from articles.models.audit import change_group
from articles.text.numbers import number_in

PER_PAGE = 50
LATEST = dt.timedelta(days=3660)
EDITED_MEANWHILE = gettext_lazy(
    "Another editor has saved this article. Check the current version, then save again."
)


class WithholdForm(forms.Form):
    reason = ReasonField(max_length=2000, help_text=gettext_lazy("Shown to editors only."))
    review_on = forms.DateField(
        label=gettext_lazy("Review on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy(
            "On this day the article is listed as due for review. Leave empty for no review."
        ),
    )

    def clean_review_on(self) -> dt.date | None:
        day, today = self.cleaned_data["review_on"], clock.today()
        if day and day < today:
            raise forms.ValidationError(gettext("Choose today or a later date."))
        if day and day > today + LATEST:
            raise forms.ValidationError(gettext("Choose a date within ten years."))
        return day


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_article", "change_article", "publish_article")
def withhold(request: HttpRequest, pk: int) -> HttpResponse:
    """Withhold one article, or change the reason and review date of a withheld one."""
    article = get_object_or_404(Article.objects.for_listing(), pk=pk)
    if article.status == Article.Status.CANCELED:
        messages.error(
            request,
            gettext("%(article)s cannot be withheld: %(reason)s.")
            % {"article": article, "reason": ended_in_words(article)},
        )
        return redirect("admin:desk-review", article.pk)
    stored: dict[str, object] = {"reason": article.withheld_reason, "review_on": article.review_on}
    form = WithholdForm(request.POST if request.method == "POST" else None, initial=stored)
    seen = request.POST.get("version", article.version)
    if request.method == "POST" and form.is_valid():
        is_seen = str(seen) == str(article.version)
        if is_seen and article.status != Article.Status.WITHHELD and not is_confirmed(request, 1):
            return ask(
                request, title=gettext("Withhold “%(article)s”?") % {"article": article}, number=1,
                effects=effects_of_withholding(article, form.cleaned_data["reason"]),
                button=gettext("Withhold"), sent=all_fields(request),
            )  # fmt: skip
        with transaction.atomic():
            same = Article.objects.filter(pk=pk, version=number_in(str(seen)))
            if same.select_for_update().values_list("pk", flat=True).first():
                with change_group(f"Withheld {article}: {form.cleaned_data['reason']}"):
                    done, _ = withhold_all(same, **form.cleaned_data)
                messages.success(request, done)
                return redirect("admin:desk-withheld")
        form.add_error(None, EDITED_MEANWHILE)
        # A second submission overwrites the other change.
        article.refresh_from_db(fields=["version", "status"])
        seen = article.version
    return render_page(request, "withhold.html", {"form": form, "article": article, "seen": seen})


class WithheldFilter(ListFilter):
    what = TabFilter(choices=[("due", gettext_lazy("Review due"))])


@require_safe
@require_perms("view_article")
def withheld(request: HttpRequest) -> HttpResponse:
    """List the withheld articles by review date, those without one last."""
    filters = WithheldFilter(request)
    only_due = filters.value("what") == "due"
    every, due = Article.objects.filter(status=Article.Status.WITHHELD), Article.objects.due()
    page = filters.page(_in_order(due if only_due else every), PER_PAGE)
    by = get_user_model().objects.in_bulk({one.withheld_by for one in page if one.withheld_by})
    context = {
        "page": page,
        "rows": [(one, by.get(one.withheld_by)) for one in page],
        "only_due": only_due,
        "tabs": filters.tabs(
            "what", [("", gettext("All"), every.count()), ("due", gettext("Review due"), due.count())]
        ),
        "today": clock.today(),
        "may_change": has_perms(request, "change_article", "publish_article"),
    }
    return render_list(filters, "withheld.html", context)


def _in_order(articles: ArticleQuerySet) -> QuerySet[Any]:  # articles with the columns below
    # The last event before withholding has the time and user of the change.
    before = events_of(Article).filter(pgh_obj=OuterRef("pk")).exclude(status=Article.Status.WITHHELD)
    before = before.order_by("-pgh_id")
    return (
        articles.for_listing()
        .annotate(
            withheld_at=Subquery(before.values("pgh_created_at")[:1]),
            withheld_by=Subquery(
                before.values(by=Cast(KeyTextTransform("user", "pgh_context"), BigIntegerField()))[:1]
            ),
        )
        .order_by(F("review_on").asc(nulls_last=True), "pk")
    )

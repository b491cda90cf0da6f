"""Acts of the review page that readers see: each is carried out after a page that says what it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles.admin.confirmation import ask, is_confirmed
from articles.admin.permissions import editor_of, has_perms, require_perms
from articles.admin.queue.views import next_waiting
from articles.admin.queue.withholding import WithholdForm
from articles.admin.review import presence, unused_input
from articles.admin.review.parts import FROM_LAST
from articles.admin.review.publishing import (
    effects_of_withholding,
    publish,
    status_in_words,
    time_in_words,
    withhold_all,
)
from articles.models import Article, Notice, clock
from articles.models.audit import change_group
from articles.models.partial_dates import as_printed

ASKED = "desk_confirm"
# The articles about which the tabs of one editor may ask at the same time.
MOST_ASKED = 20
PUBLISHING = {"publish", "next", "paste", "schedule"}
# The columns of an article that the form for withholding shows.
_STORED = {"reason": "withheld_reason", "review_on": "review_on"}
_PUBLIC_AGAIN = gettext_lazy("Undo withholds the article: readers then see “Page not found”.")


class NoticeForm(forms.ModelForm):
    """A dated notice on the article, for its readers."""

    class Meta:
        model = Notice
        fields = ["kind", "whose", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


@dataclass(frozen=True)
class Act:
    """What the page asks and shows, the check of the fields it needs, and the act itself.

    `fields` returns what the act needs as JSON, or the reason why the fields are not complete.
    """

    title: Any  # a lazy string
    button: Any  # a lazy string
    effects: Callable[[Article, Mapping[str, str]], list[str]]
    carry_out: Callable[[HttpRequest, Article, Mapping[str, str]], str]
    fields: Callable[[QueryDict], dict[str, str] | str] = lambda _: {}


FORMS: dict[str, type[WithholdForm | NoticeForm]] = {"withhold": WithholdForm, "notice": NoticeForm}


def form_of(
    act: str, sent: Mapping[str, Any], *, stored: Article | None = None, bound: bool = False
) -> WithholdForm | NoticeForm:
    """The form of an act on the review page: with what was typed, and with errors if `bound`."""
    form = FORMS[act]
    typed = {name: sent[f"{act}-{name}"] for name in form.base_fields if f"{act}-{name}" in sent}
    now = {name: getattr(stored, column) for name, column in _STORED.items()} if stored else {}
    return form(sent if bound else None, initial=now | typed, prefix=act, use_required_attribute=False)


def problems_of(act: str, sent: QueryDict) -> list[tuple[str, str]]:
    """The errors in the fields that an act needs, each with the id of its field."""
    if act in FORMS:
        form = form_of(act, sent, bound=True)
        return [
            (form[name].id_for_label, f"{form[name].label}: {error}")
            for name, errors in form.errors.items()
            for error in errors
        ]
    said = ACTS[act].fields(sent)
    return [("publish-at", said)] if isinstance(said, str) else []


def ask_first(request: HttpRequest, article: Article, act: str) -> HttpResponse:
    """Redirect to the page that asks; the fields of the act are complete (`problems_of`)."""
    version = Article.objects.values_list("version", flat=True).get(pk=article.pk)
    asked = {"version": version, "act": act, "fields": ACTS[act].fields(request.POST), "key": uuid4().hex}
    # By article: each tab asks about its own.
    others = {pk: one for pk, one in request.session.get(ASKED, {}).items() if pk != str(article.pk)}
    latest = list(others.items())[1 - MOST_ASKED :]
    request.session[ASKED] = {**dict(latest), str(article.pk): asked}
    return redirect("admin:desk-confirm", article.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_article", "change_article", "decide_quote", "publish_article")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the act on the review page will do; POST carries it out."""
    article = get_object_or_404(Article.objects.select_related("publication"), pk=pk)
    waiting = request.session.get(ASKED, {})
    asked = waiting.get(str(pk))
    is_sent = request.method == "POST" and is_confirmed(request, 1)
    if asked is None or asked["version"] != article.version:
        messages.warning(request, gettext("The article was changed. Check it, then choose the button again."))
        return redirect("admin:desk-review", pk)
    if is_sent and request.POST.get("asked") != asked["key"]:
        # Another tab has asked about another act since: this button must not carry that out.
        asks = gettext("Nothing was done: another tab asks about this article. Choose the button again.")
        messages.warning(request, asks)
        return redirect("admin:desk-review", pk)
    act, fields = ACTS[asked["act"]], asked["fields"]
    if not is_sent:
        return ask(
            request, title=act.title % {"article": article}, button=str(act.button), number=1,
            effects=act.effects(article, fields), cancel=_review(article), more=[("asked", asked["key"])],
        )  # fmt: skip
    request.session[ASKED] = {number: one for number, one in waiting.items() if number != str(pk)}
    with transaction.atomic():
        failed = act.carry_out(request, article, fields)
    if not failed:
        unused_input.forget(request, article, asked["act"])
    else:
        messages.error(request, gettext("Saved, but not published: %(reason)s.") % {"reason": failed})
        return redirect("admin:desk-review", pk)
    return _go_on(request, article, asked["act"])


def _review(article: Article) -> str:
    return redirect("admin:desk-review", article.pk).url


def _go_on(request: HttpRequest, article: Article, act: str) -> HttpResponse:
    if act in ("next", "paste"):
        presence.close_article(article, editor_of(request))
    if act == "paste":
        return redirect("admin:desk-paste")
    following = next_waiting(article, editor_of(request)) if act == "next" else article
    return redirect("admin:desk-review", following.pk) if following else redirect("admin:desk")


def _quotes(article: Article) -> list[str]:
    """How many quotes readers will see with the article, and how many stay hidden."""
    accepted = article.quotes.filter(status="accepted").exclude(standing="withdrawn").count()
    shown = ngettext("Readers will see %(n)s quote.", "Readers will see %(n)s quotes.", accepted)
    said = [shown % {"n": accepted}]
    if hidden := article.quotes.pending().count():
        left = ngettext("%(n)s undecided quote stays hidden.", "%(n)s undecided quotes stay hidden.", hidden)
        said.append(left % {"n": hidden})
    return said


def _published_in(article: Article) -> str:
    """Publication and date, which are the costliest to have wrong."""
    date = as_printed(article.published_on, article.published_precision)
    words = {"publication": article.publication, "date": date or gettext("none given")}
    if article.status == Article.Status.DRAFT and article.extra.get(FROM_LAST) == article.publication_id:
        # The text does not name it, and nobody chose it.
        guess = gettext("Publication: %(publication)s, from your last article. Date published: %(date)s.")
        return guess % words
    return gettext("Publication: %(publication)s. Date published: %(date)s.") % words


def _effects_of_publishing(article: Article, fields: Mapping[str, str]) -> list[str]:
    seen = gettext("Readers will see 1 article from now on.")
    return [_published_in(article), seen, *_quotes(article), str(_PUBLIC_AGAIN)]


def _publish(request: HttpRequest, article: Article, fields: Mapping[str, str]) -> str:
    time = parse_datetime(fields["time"]) if "time" in fields else None
    if time is None and not article.is_public and article.visible_from > clock.now():
        time = clock.now()
    with change_group(f"Scheduled {article}" if "time" in fields else f"Published {article}"):
        failed = publish(article, time)
    if not failed and time and "time" in fields:
        words = {"article": article, "time": time_in_words(time)}
        messages.success(request, gettext("Scheduled for %(time)s: %(article)s.") % words)
    elif not failed:
        messages.success(request, gettext("Published: %(article)s.") % {"article": article})
    return failed


def _effects_of_scheduling(article: Article, fields: Mapping[str, str]) -> list[str]:
    time = time_in_words(dt.datetime.fromisoformat(fields["time"]))
    return [
        _published_in(article),
        gettext("Readers will see 1 article from %(time)s (time zone: %(zone)s).")
        % {"time": time, "zone": timezone.get_current_timezone_name()},
        *_quotes(article),
        gettext("If you undo this before then, its status is again: %(status)s. Later, it is withheld.")
        % {"status": status_in_words(article)},
    ]


def _time_to_publish(sent: QueryDict) -> dict[str, str] | str:
    try:
        naive = parse_datetime(str(sent.get("publish-at", "")))
    except ValueError:
        naive = None
    if naive is None:
        return gettext("Enter the day and time at which to publish the article.")
    time = timezone.make_aware(naive) if timezone.is_naive(naive) else naive
    now = clock.now()
    if not now < time < now + dt.timedelta(days=36525):
        return gettext("Choose a time in the future, within a hundred years.")
    return {"time": time.isoformat()}


def _effects_of_withholding(article: Article, fields: Mapping[str, str]) -> list[str]:
    return effects_of_withholding(article, fields["reason"])


def _withhold(request: HttpRequest, article: Article, fields: Mapping[str, str]) -> str:
    day = dt.date.fromisoformat(fields["review_on"]) if fields["review_on"] else None
    with change_group(f"Withheld {article}: {fields['reason']}"):
        done, left = withhold_all(Article.objects.filter(pk=article.pk), fields["reason"], day)
    for one in left or [done]:
        messages.success(request, one)
    return ""


def _reason_to_withhold(sent: QueryDict) -> dict[str, str]:
    form = form_of("withhold", sent, bound=True)
    form.full_clean()
    day = form.cleaned_data["review_on"]
    return {"reason": form.cleaned_data["reason"], "review_on": day.isoformat() if day else ""}


def _effects_of_notice(article: Article, fields: Mapping[str, str]) -> list[str]:
    return [
        gettext("Readers will see 1 notice on the article: %(text)s") % {"text": fields["text"]},
        gettext("Undo removes the notice."),
    ]


def _add_notice(request: HttpRequest, article: Article, fields: Mapping[str, str]) -> str:
    if not has_perms(request, "add_notice"):
        raise PermissionDenied
    with change_group(f"Added a notice to {article}"):
        Notice.objects.create(article=article, **fields)
        Article.objects.filter(pk=article.pk).mark_changed()
    messages.success(request, gettext("Notice added."))
    return ""


def _notice(sent: QueryDict) -> dict[str, str]:
    form = form_of("notice", sent, bound=True)
    form.full_clean()
    return dict(form.cleaned_data)


_PUBLISH = Act(
    gettext_lazy("Publish “%(article)s”?"), gettext_lazy("Publish"), _effects_of_publishing, _publish
)
ACTS = {
    "publish": _PUBLISH,
    "next": _PUBLISH,
    "paste": _PUBLISH,
    "schedule": Act(
        gettext_lazy("Publish “%(article)s” later?"), gettext_lazy("Schedule"), _effects_of_scheduling,
        _publish, _time_to_publish,
    ),
    "withhold": Act(
        gettext_lazy("Withhold “%(article)s”?"), gettext_lazy("Withhold"), _effects_of_withholding, _withhold,
        _reason_to_withhold,
    ),
    "notice": Act(
        gettext_lazy("Add this notice to “%(article)s”?"), gettext_lazy("Add notice"), _effects_of_notice,
        _add_notice, _notice,
    ),
}  # fmt: skip

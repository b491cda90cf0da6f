"""What was typed for an act that is not carried out yet, such as a notice; it stays in its field."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from articles.models import Article
from articles.parsing import tidy

KEY = "desk_unused"
# How many articles of one editor are remembered.
MOST_ARTICLES = 20
FIELDS = {
    "schedule": ("publish-at",),
    "withhold": ("withhold-reason", "withhold-review_on"),
    "notice": ("notice-text", "notice-kind", "notice-whose"),
    "newspaper": ("newspaper-new",),
    "section": ("section-new",),
}
LABELS = {
    "schedule": gettext_lazy("time to publish"),
    "withhold": gettext_lazy("reason for withholding"),
    "notice": gettext_lazy("notice for readers"),
    "newspaper": gettext_lazy("new publication"),
    "section": gettext_lazy("new section"),
}


def keep(request: HttpRequest, article: Article, act: str) -> list[str]:
    """Remember what the form has for other acts; return the acts, without the one carried out."""
    done = {act} & {"newspaper", "section"}
    unused = {
        name: value
        for one, names in _typed_in(request.POST, article).items()
        if one not in done
        for name, value in names.items()
    }
    _store(request, article, unused)
    return [one for one, names in FIELDS.items() if one != act and not unused.keys().isdisjoint(names)]


def forget(request: HttpRequest, article: Article, act: str) -> None:
    """Forget what was typed for an act that has been carried out."""
    left = typed(request, article)
    _store(request, article, {name: value for name, value in left.items() if name not in FIELDS.get(act, ())})


def typed(request: HttpRequest, article: Article) -> dict[str, str]:
    """What was typed on the page of this article and is not used yet, by field."""
    return dict(request.session.get(KEY, {}).get(str(article.pk), {}))


def acts_in(sent: Mapping[str, object], article: Article) -> list[str]:
    """The acts for which something was typed."""
    return list(_typed_in(sent, article))


def _typed_in(sent: Mapping[str, object], article: Article) -> dict[str, dict[str, str]]:
    """By act, the fields whose value is not the one that the page shows by itself."""
    unknown = article.extra.get("unknown", {})
    shown = {
        "withhold-reason": article.withheld_reason,
        "withhold-review_on": article.review_on.isoformat() if article.review_on else "",
        "newspaper-new": unknown.get("publication", ""),
        "section-new": unknown.get("section", ""),
    }
    found = {}
    for act, names in FIELDS.items():
        values = {name: str(sent.get(name, "")).strip() for name in names}
        if any(tidy(value) not in ("", tidy(shown.get(name, ""))) for name, value in values.items()):
            found[act] = {name: value for name, value in values.items() if value}
    return found


def _store(request: HttpRequest, article: Article, unused: dict[str, str]) -> None:
    kept = {pk: one for pk, one in request.session.get(KEY, {}).items() if pk != str(article.pk)}
    if unused:
        kept = dict([*kept.items(), (str(article.pk), unused)][-MOST_ARTICLES:])
    if kept or KEY in request.session:
        request.session[KEY] = kept

"""The pages about the archive, and about the accuracy of its quotes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from articles import holdings
from articles.accuracy.precision import LEAST, Estimate, Precision, estimate
from articles.accuracy.shares import Share, Shares, shares
from articles.models import Publication
from articles.presenters.rule_names import rule_name
from articles.views.browse import no_such_format


def show_about(request: HttpRequest) -> HttpResponse:
    found = shares()
    context = {"totals": holdings.totals(), "all": found.all, "publications": found.by_publication}
    return render(request, "articles/about.html", context)


@dataclass(frozen=True)
class NewspaperRow:
    """One newspaper: its public quotes, and its quotes in the random sample."""

    publication: Publication
    share: Share
    sampled: Precision | None


def show_accuracy(request: HttpRequest) -> HttpResponse:
    """The shares of quotes checked and without speaker, and the precision on the random sample."""
    wanted = request.GET.get("format", "html")
    found, sampled = shares(), estimate()
    if wanted == "json":
        return JsonResponse(_as_json(found, sampled), json_dumps_params={"ensure_ascii": False})
    if wanted != "html":
        return no_such_format(wanted)
    context = {
        "all": found.all,
        "years": found.by_year,
        "newspapers": _newspapers(found, sampled),
        "sample": sampled,
        "by_rule": [replace(one, label=rule_name(one.label)) for one in sampled.by_rule],
        "least": LEAST,
    }
    return render(request, "articles/accuracy.html", context)


def _newspapers(found: Shares, sampled: Estimate) -> list[NewspaperRow]:
    return [
        NewspaperRow(publication, share, sampled.by_publication.get(publication.pk))
        for publication, share in found.by_publication
    ]


def _as_json(found: Shares, sampled: Estimate) -> dict[str, object]:
    publish = not sampled.missing
    return {
        **_counts(found.all),
        "years": [{"year": share.key, **_counts(share)} for share in found.by_year],
        "publications": [
            {
                "slug": row.publication.slug,
                "name": row.publication.name,
                **_counts(row.share),
                "sample": _figures(row.sampled) if publish and row.sampled else None,
            }
            for row in _newspapers(found, sampled)
        ],
        "sample": {
            "judged": sampled.all.judged,
            "cannot_tell": sampled.all.unclear,
            "needed": sampled.missing,
            **({"precision": None} if not publish else _published(sampled)),
        },
    }


def _published(sampled: Estimate) -> dict[str, object]:
    return {
        **_figures(sampled.all),
        "errors": {label.value.replace(" ", "_"): count for label, count in sampled.errors},
        "rules": [{"rule": one.label, **_figures(one)} for one in sampled.by_rule],
        "confidence": [{"band": one.label, **_figures(one)} for one in sampled.by_confidence],
    }


def _counts(share: Share) -> dict[str, int]:
    return {"quotes": share.quotes, "checked": share.checked, "without_speaker": share.without_speaker}


def _figures(one: Precision) -> dict[str, object]:
    low, high = one.interval
    share = one.share
    return {
        "judged": one.judged,
        "right": one.right,
        "precision": None if share is None else round(share / 100, 4),
        "interval": None if share is None else [round(low / 100, 4), round(high / 100, 4)],
    }

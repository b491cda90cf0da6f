"""Applies the correction of a speaker to other quotes with the same wrong attribution."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from articles.admin.permissions import editor_of, render_page, require_perms
from articles.models import Quote
from articles.speakers.correction_propagation import MOST, apply_correction, similar_errors
from articles.text.numbers import number_in

# One save can correct many speakers, and each suggestion costs several queries.
MOST_OFFERED = 5


def suggest_propagation(request: HttpRequest, corrected: Iterable[Quote]) -> None:
    """Add a message with a link for each corrected quote that has similar errors; changes nothing."""
    for quote in Quote.objects.filter(pk__in=[one.pk for one in list(corrected)[:MOST_OFFERED]]).order_by(
        "pk"
    ):
        found = similar_errors(quote)
        if found is not None:
            messages.warning(request, _message(found.quote, found.wrong.name, len(found.all)))


def _message(quote: Quote, wrong: str, number: int) -> str:
    attributed = ngettext(
        "“%(quote)s” was attributed to %(speaker)s, like %(n)s similar quote.",
        "“%(quote)s” was attributed to %(speaker)s, like %(n)s similar quotes.",
        number,
    )
    return format_html(
        '{} <a href="{}">{}</a>',
        attributed % {"quote": quote, "speaker": wrong, "n": number},
        reverse("admin:propagate-correction", args=[quote.pk]),
        ngettext("Check it", "Check them", number),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_article", "change_quote", "decide_quote")
def propagate(request: HttpRequest, pk: int) -> HttpResponse:
    """List the similar errors; POST gives the ticked quotes the speaker of this quote."""
    quotes = Quote.objects.select_related("speaker", "article__publication", "image")
    quote = get_object_or_404(quotes, pk=pk)
    if request.method == "POST":
        chosen = {number_in(number) for number in request.POST.getlist("quote")}
        done = apply_correction(quote, chosen, by=editor_of(request))
        if done:
            corrected = ngettext("%(n)s quote corrected.", "%(n)s quotes corrected.", done) % {"n": done}
            undo = gettext("You can undo this in Recent actions.")
            messages.success(request, f"{corrected} {undo}")
        else:
            messages.warning(request, gettext("None of the selected quotes still has the wrong speaker."))
        return redirect("admin:propagate-correction", quote.pk)
    return render_page(
        request, "propagate_correction.html", {"quote": quote, "found": similar_errors(quote), "most": MOST}
    )

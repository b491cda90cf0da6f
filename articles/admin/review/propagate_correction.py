"""After a wrong speaker was corrected: the same printed name and the copies, corrected in one decision."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from articles.admin.permissions import needs, show
from articles.admin.review.buttons import number_in
from articles.models import Quote
from articles.speakers.correction_propagation import MOST, apply_correction, similar_errors

# One save may correct many speakers; each that is offered asks the database some questions.
MOST_OFFERED = 5


def offer(request: HttpRequest, corrected: Iterable[Quote]) -> None:
    """Tell the editor of what may be wrong in the same way, with a link to it; nothing is changed by that."""
    for quote in Quote.objects.filter(pk__in=[one.pk for one in list(corrected)[:MOST_OFFERED]]).order_by(
        "pk"
    ):
        found = similar_errors(quote)
        if found is not None:
            messages.warning(request, _said(found.quote, found.wrong.name, len(found.all)))


def _said(quote: Quote, wrong: str, number: int) -> str:
    return format_html(
        '“{}” was said to be {}’s words, and so {} like it: <a href="{}">look at them</a>.',
        quote,
        wrong,
        f"are {number} others" if number > 1 else "is another",
        reverse("admin:desk-respoken", args=[quote.pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("view_article", "change_quote", "decide_quote")
def like_this(request: HttpRequest, pk: int) -> HttpResponse:
    """Each of them with its context; those that stay ticked get the speaker that this one has now."""
    quotes = Quote.objects.select_related("speaker", "article__publication", "image")
    quote = get_object_or_404(quotes, pk=pk)
    if request.method == "POST":
        chosen = {number_in(number) for number in request.POST.getlist("quote")}
        done = apply_correction(quote, chosen, by=request.user)
        if done:
            messages.success(request, f"Corrected in {done} quotes. «What was done» takes it back.")
        else:
            messages.warning(request, "Nothing was ticked that still has the other speaker.")
        return redirect("admin:desk-respoken", quote.pk)
    return show(request, "respoken.html", {"quote": quote, "found": similar_errors(quote), "most": MOST})

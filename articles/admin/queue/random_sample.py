"""The random sample: editors judge quotes that they cannot choose, to measure the extraction rules."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles.accuracy import sample
from articles.admin.lists import asked_row
from articles.admin.permissions import editor_of, render_page, require_perms
from articles.models import Judgement, SampledQuote
from articles.presenters import QuoteInContext, quotes_to_read
from articles.text.numbers import number_in

Verdict = Judgement.Verdict
# In the order of their keys, 1 to 5; each with what it means.
VERDICTS = [
    (Verdict.RIGHT, gettext_lazy("The words and the speaker are right.")),
    (Verdict.SPEAKER, gettext_lazy("The words are a quote, but by another speaker.")),
    (Verdict.NO_QUOTE, gettext_lazy("These words are not a quote.")),
    (Verdict.WORDS, gettext_lazy("Words are missing, or do not belong to the quote.")),
    (Verdict.UNCLEAR, gettext_lazy("The article does not show it.")),
]


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("change_article", "decide_quote")
def random_sample(request: HttpRequest) -> HttpResponse:
    """Show this editor's quote, or one that they have judged; POST stores a judgement and takes the next."""
    if request.method == "POST":
        return _act(request)
    return render_page(request, "random_sample.html", _context(request))


def _context(request: HttpRequest) -> dict[str, object]:
    judged = sample.judged_by(editor_of(request))
    judgement = asked_row(request, "judged", judged)
    shown = judgement.sampled if judgement else sample.quote_of(editor_of(request))
    before = judged.filter(pk__lt=judgement.pk) if judgement else judged
    after = judged.filter(pk__gt=judgement.pk).order_by("pk").first() if judgement else None
    return {
        "progress": sample.progress(),
        "draw_size": sample.DRAW_SIZE,
        "sampled": shown,
        "shown": _in_context(shown),
        "judgement": judgement,
        "before": before.first(),
        "after": after,
        "verdicts": [(value, value.label, meaning) for value, meaning in VERDICTS],
        "wrong": judgement is not None and judgement.verdict not in (Verdict.RIGHT, Verdict.UNCLEAR),
    }


def _in_context(sampled: SampledQuote | None) -> QuoteInContext | None:
    quote = quotes_to_read().filter(pk=sampled.quote_id).first() if sampled else None
    return QuoteInContext(quote) if quote else None


def _act(request: HttpRequest) -> HttpResponse:
    act = request.POST.get("do", "")
    if act == "draw":
        drawn = sample.draw(by=editor_of(request))
        messages.success(request, ngettext("%(n)d quote drawn.", "%(n)d quotes drawn.", drawn) % {"n": drawn})
    elif act == "undo":
        return _take_back(request)
    elif act in dict(VERDICTS):
        return _judge(request, act)
    elif act != "next":
        raise Http404
    sample.take_next(editor_of(request))
    return redirect("admin:desk-sample")


def _judge(request: HttpRequest, verdict: str) -> HttpResponse:
    try:
        judgement = sample.judge(number_in(request.POST.get("sampled", "")), verdict, by=editor_of(request))
    except sample.NotYours:
        messages.error(request, _("Not saved: this quote was judged already, or given to another editor."))
        return redirect("admin:desk-sample")
    sample.take_next(editor_of(request))
    messages.success(request, _saved(judgement))
    return redirect("admin:desk-sample")


def _saved(judgement: Judgement) -> str:
    """The message; an error found has a link to the page where it can be corrected."""
    label = judgement.get_verdict_display()
    if judgement.verdict in (Verdict.RIGHT, Verdict.UNCLEAR):
        return _("Saved: %(verdict)s.") % {"verdict": label}
    correct = format_html('<a href="{}">{}</a>', _review_url(judgement), _("Correct this quote"))
    return format_html("{} {}", _("Saved: %(verdict)s.") % {"verdict": label}, correct)


def _review_url(judgement: Judgement) -> str:
    quote = judgement.sampled.quote
    return f"{reverse('admin:desk-review', args=[quote.article_id])}?quote={quote.pk}#p{quote.pk}"


def _take_back(request: HttpRequest) -> HttpResponse:
    try:
        sample.take_back(number_in(request.POST.get("sampled", "")), by=editor_of(request))
    except sample.NotYours:
        messages.error(request, _("Not undone: this judgement was undone already."))
    else:
        messages.success(request, _("Undone. Judge the quote again."))
    return redirect("admin:desk-sample")

"""Template filters for printed text: quotes as links, marked search words, quotation marks by language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import GAP, Quote
from articles.presenters import QuoteInContext
from articles.search import Excerpt, Result
from articles.templatetags.archive import STANDINGS, lang
from articles.text.annotated_text import Paragraph, QuoteAnnotation, Run, Segment

register = template.Library()

PARTS = {"kicker": _("Kicker"), "byline": _("Byline"), "caption": _("Caption")}
# The number of characters of a quote in a list.
BRIEF = 900
MARKS = {"fr": ("« ", " »"), "de": ("„", "“"), "da": ("»", "«"), "es": ("«", "»"), "it": ("«", "»")}


@register.filter
def marked(text: str, spans: Iterable[Sequence[int]]) -> SafeString:
    """The escaped text with ``<mark>`` around these spans."""
    # Joined at once: format_html for each mark took a twentieth of the time of a page of results.
    pieces: list[str] = []
    at = 0
    for start, end in sorted((int(s), int(e)) for s, e in spans):
        start = max(start, at)
        if end > start:
            pieces += [conditional_escape(text[at:start])]
            pieces += ["<mark>", conditional_escape(text[start:end]), "</mark>"]
            at = end
    return SafeString("".join([*pieces, conditional_escape(text[at:])]))


@register.filter
def excerpt_in(excerpt: Excerpt, language: str) -> SafeString:
    """A paragraph of an article in a list of results, labelled if it is from its frame."""
    label = PARTS.get(excerpt.part)
    named = format_html('<span class="label" lang="en-GB">{}</span> ', label) if label else ""
    return format_html(
        '<p class="excerpt"{}>{}{}{}{}</p>',
        lang(language),
        named,
        "… " if excerpt.cut_before else "",
        marked(excerpt.text, excerpt.marks),
        " …" if excerpt.cut_after else "",
    )


@register.filter
def in_type(paragraph: Paragraph) -> SafeString:
    """A paragraph as printed, with quotes as links, notes set apart and hits marked."""
    return format_html_join("", "{}", ((_segment(segment),) for segment in paragraph.segments))


@register.filter
def in_lines(paragraphs: Sequence[Paragraph]) -> SafeString:
    """Paragraphs joined to one line, for a headline or caption."""
    return format_html_join(" ", "{}", ((in_type(paragraph),) for paragraph in paragraphs))


def _segment(segment: Segment) -> SafeString:
    if segment.quote is not None:
        return _own(segment.quote, segment.first, segment.runs)
    words = format_html_join("", "{}{}", ((_run(run), _hop(run)) for run in segment.runs))
    if segment.aside:
        return format_html('<span class="aside">{}</span>', words)
    if segment.relay:
        return format_html('<span class="relay">{}</span>', words)
    return format_html('<span class="dateline">{}</span>', words) if segment.dateline else words


def _own(quote: QuoteAnnotation, first: bool, runs: Sequence[Run]) -> SafeString:
    """A quote as a link to its page, split where a link to the next hit interrupts it."""
    ends = [at + 1 for at, run in enumerate(runs[:-1]) if run.number]
    stretches = [runs[start:end] for start, end in pairwise([0, *ends, len(runs)])]
    return format_html_join(
        "",
        "{}{}",
        (
            (_own_link(quote, first and not at, first and at == len(ends), stretch), _hop(stretch[-1]))
            for at, stretch in enumerate(stretches)
        ),
    )


def _own_link(quote: QuoteAnnotation, named: bool, numbered: bool, runs: Sequence[Run]) -> SafeString:
    words = format_html_join("", "{}", ((_run(run),) for run in runs))
    if not quote.address:
        return format_html('<span class="own">{}</span>', words)
    name = format_html(' id="{}"', quote.anchor) if named else ""
    if not numbered:
        return format_html('<a class="own"{} href="{}">{}</a>', name, quote.address, words)
    said = STANDINGS.get(quote.standing, "")
    number = f"{quote.number} {said}" if said else str(quote.number)
    ref = format_html('<span class="ref"><span class="hidden"> {} </span>{}</span>', gettext("quote"), number)
    return format_html('<a class="own"{} href="{}">{}{}</a>', name, quote.address, words, ref)


def _run(run: Run) -> SafeString | str:
    if not run.hit:
        return run.text
    name = format_html(' id="w{}"', run.number) if run.number else ""
    return format_html("<mark{}>{}</mark>", name, run.text)


def _hop(run: Run) -> SafeString | str:
    """The link from one hit to the next; visible if the URL points at this hit."""
    if not run.number:
        return ""
    hop = ' <a href="#w{}">{}</a>'
    back = format_html(hop, run.number - 1, gettext("previous")) if run.number > 1 else ""
    on = "" if run.last else format_html(hop, run.number + 1, gettext("next"))
    return format_html('<span class="hop" lang="en-GB">{}{}</span>', back, on)


@register.filter
def own_words(quote: Quote, spans: Sequence[Sequence[int]] = ()) -> SafeString:
    """The words of a quote, with quotation marks if the newspaper printed them, and visible gaps.

    ``spans``: the search words, as offsets in the quote's text.
    """
    return _own_words(quote, quote.text, spans)


@register.filter
def own_words_in_brief(quote: Quote, spans: Sequence[Sequence[int]] = ()) -> SafeString:
    """The same for a list: a long answer is cut to the part around the first hit, or its beginning."""
    text, found = quote.text, [(int(start), int(end)) for start, end in spans]
    if len(text) <= BRIEF:
        return _own_words(quote, text, found)
    first = found[0][0] if found else 0
    start = text.find(" ", first - BRIEF // 4) + 1 if first > BRIEF // 2 else 0
    end = max(text.rfind(" ", start, start + BRIEF), start + BRIEF // 2)
    inside = [(a - start, b - start) for a, b in found if start <= a and b <= end]
    words = _own_words(quote, text[start:end], inside)
    return format_html("{}{}{}", "… " if start else "", words, " …" if end < len(text) else "")


@register.filter
def is_brief(quote: Quote) -> bool:
    """Whether a list shows the whole quote."""
    return len(quote.text) <= BRIEF


def _own_words(quote: Quote, text: str, spans: Sequence[Sequence[int]]) -> SafeString:
    stretches, at = [], 0
    for stretch in text.split(GAP):
        inside = [(start - at, end - at) for start, end in spans if at <= start and end <= at + len(stretch)]
        stretches.append((marked(stretch, inside),))
        at += len(stretch) + len(GAP)
    words = format_html_join(format_html(' <span class="gap">{}</span> ', GAP.strip()), "{}", stretches)
    if quote.kind in (Quote.Kind.QUESTION, Quote.Kind.ANSWER):
        return words
    opening, closing = MARKS.get(quote.article.language.split("-")[0], ("“", "”"))
    return format_html("{}{}{}", opening, words, closing)


@register.filter
def headline(result: Result) -> SafeString:
    """The headline of a result with its search words marked."""
    found = next((excerpt for excerpt in result.excerpts if excerpt.part == "headline"), None)
    return marked(found.text, found.marks) if found else marked(result.article.headline, ())


@register.filter
def as_printed_words(shown: QuoteInContext) -> SafeString:
    """A quote as paragraphs with the printed quotation marks and visible gaps."""
    cut = format_html(' <span class="gap">{}</span> ', GAP.strip())
    paragraphs = (
        (format_html_join(cut, "{}", ((part,) for part in stretches)),) for stretches in shown.words
    )
    return format_html_join("", "<p>{}</p>", paragraphs)

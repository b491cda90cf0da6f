"""Template filters and tags. Each escapes the text first and then marks words in it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from articles import citations, presenters
from articles.models import Article, Quote, clock
from articles.models.partial_dates import Precision, as_printed
from articles.presenters.differences import Word
from articles.search import FacetValue, Who
from articles.search.request.labels import QUOTE_TYPES
from articles.search.request.messages import translated

register = template.Library()
register.filter(translated)

STATES = {
    "person": _("checked by an editor"),
    "rule": _("not checked"),
    "none": _("not checked yet"),
    "read": _("checked by an editor"),
    "part": _("partly checked"),
    "unread": _("not checked yet"),
}
DISCS = {"read": "person", "person": "person", "rule": "rule", "part": "rule"}
# Labels of statuses; confirmed and unreviewed need none, because the state says who checked the quote.
STANDINGS = {
    "disputed": _("disputed"),
    "misattributed": _("misattributed"),
    "corrected": _("corrected"),
    "withdrawn": _("withdrawn"),
}
RIGHT_TO_LEFT = {code for code, info in LANG_INFO.items() if info.get("bidi")}


@register.filter
def speaker_links(speakers: Sequence[Who]) -> SafeString:
    """The names of speakers as links to their pages, with commas."""
    prefix = get_script_prefix()
    return SafeString(", ".join([_speaker_link(who.slug, who.name, prefix) for who in speakers]))


# A page of results links to a hundred speakers: making their links took a tenth of its time.
@lru_cache(maxsize=10_000)
def _speaker_link(slug: str, name: str, prefix: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("articles:speaker", args=[slug]), name)


@register.filter
def thousands(number: int | None) -> str:
    """``12345`` as ``12,345``; empty for None."""
    return "" if number is None else f"{number:,}"


@register.filter
def percent(share: float) -> str:
    """A share in per cent as a whole number; only none is ``0%``, and only all ``100%``.

    >>> [percent(share) for share in (0, 0.2, 36.6, 99.8, 100)]
    ['0%', '<1%', '37%', '>99%', '100%']
    """
    if 0 < share < 1:
        return "<1%"
    return (">99" if 99 < share < 100 else f"{share:.0f}") + "%"


@register.filter
def counted(number: int, words: str) -> str:
    """``3|counted:"quote,quotes"`` gives ``3 quotes``; zero gives ``no quotes``."""
    return presenters.counted(number, words)


@register.filter
def with_changes(words: Iterable[Word], side: str = "") -> SafeString:
    """Words with ``<del>`` around the removed and ``<ins>`` around the added ones.

    ``side``: only what the old text has (``out``), or the new one (``in``).
    """
    tags = {"out": "<del>{}</del>", "in": "<ins>{}</ins>"}
    shown = [word for word in words if not side or word.change in ("same", side)]
    return SafeString("".join(format_html(tags.get(word.change, "{}"), word.text) for word in shown))


@register.filter
def shade(number: int, most: int) -> int:
    """One of four shades by the share of the largest number; 0 for zero.

    >>> [shade(number, 40) for number in (0, 1, 11, 40)]
    [0, 1, 2, 4]
    """
    return -(-number * 4 // most) if most else 0


# Many rows have few languages, dates and states: making their markup took a tenth of the time of a page.
@register.filter
@lru_cache(maxsize=1_000)
def lang(tag: str) -> SafeString | str:
    """The attributes ``lang`` and ``dir`` of an element; empty if the language is unknown.

    >>> lang("ar")
    ' lang="ar" dir="rtl"'
    """
    if not tag:
        return ""
    direction = format_html(' dir="{}"', "rtl") if tag.split("-")[0] in RIGHT_TO_LEFT else ""
    return format_html(' lang="{}"{}', tag, direction)


@register.filter
def language_name(tag: str) -> str:
    """``fr-CA`` as ``French (fr-CA)``, ``fr`` as ``French``; the tag itself if it has no name."""
    if not tag:
        return gettext("language unknown")
    known = LANG_INFO.get(tag.lower()) or LANG_INFO.get(tag.split("-")[0].lower())
    if known is None or "name" not in known:
        return tag
    return f"{known['name']} ({tag})" if "-" in tag and tag.lower() not in LANG_INFO else str(known["name"])


@register.filter
def dated(article: Article) -> SafeString:
    """The printed date at its precision, or a phrase for an undated article."""
    return printed_period(article.published_on, article.published_precision)


@register.filter
def dated_in_full(article: Article) -> SafeString:
    """The date with its weekday, and the time with its zone if known."""
    if there := article.published_there:
        words = f"{date_format(there, 'l j F Y, H.i')} {there.tzname() or ''}".strip()
        return format_html('<time datetime="{}">{}</time>', article.published_as_printed, words)
    if article.published_precision == Precision.DAY and article.published_on:
        day = article.published_on
        return format_html('<time datetime="{}">{}</time>', day.isoformat(), date_format(day, "l j F Y"))
    return dated(article)


def printed_period(first_day: dt.date | None, precision: str) -> SafeString:
    return _printed_period(first_day, precision, get_language())


@lru_cache(maxsize=10_000)
def _printed_period(first_day: dt.date | None, precision: str, _language: str | None) -> SafeString:
    if first_day is None:
        return format_html("{}", gettext("undated"))
    written = {Precision.YEAR: "Y", Precision.MONTH: "F Y"}.get(Precision(precision or "day"), "j F Y")
    machine = as_printed(first_day, precision or "day")
    return format_html('<time datetime="{}">{}</time>', machine.zfill(4), date_format(first_day, written))


@register.filter
def said_on(quote: Quote) -> SafeString:
    return printed_period(quote.said_on, quote.said_precision)


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """A time to the second, with the archive's time zone."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    words = f"{date_format(local, 'j F Y, H:i:s')} ({local.tzname()})"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


@register.filter
def day(value: dt.date | dt.datetime | None) -> SafeString | str:
    """The date of an event in the archive, in its time zone."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "j F Y"))


@register.filter
def state(checked: str) -> SafeString:
    """Who checked it, as text with a coloured disc."""
    return _state(checked, get_language())


@lru_cache(maxsize=1_000)
def _state(checked: str, _language: str | None) -> SafeString:
    return format_html('<span class="state state--{}">{}</span>', DISCS.get(checked, "none"), STATES[checked])


@register.filter
def standing(quote: Quote) -> SafeString | str:
    """The label of the quote's standing; empty if the state says enough."""
    words = STANDINGS.get(quote.standing)
    if not words:
        return ""
    return format_html('<strong class="standing">{}</strong>', words)


@register.filter
def kind_in_words(quote: Quote) -> str:
    return str(QUOTE_TYPES[quote.kind])


# Made here and not in a template, where the thirty values of a page took a tenth of its time.
@register.filter
def facet_choice(value: FacetValue, path: str = "") -> SafeString:
    """A checkbox to choose a value of a facet, and a link to exclude it; `path` goes before the link."""
    label = value.label
    if value.excluded:
        chosen = format_html(
            '<span class="left-out">{} <span class="num">{}</span></span>', label, gettext("Excluded")
        )
        action = gettext("Undo")
    else:
        chosen = format_html(
            '<label><input type="checkbox" name="{}" value="{}"{}> '
            "<span>{} <small>({})</small></span></label>",
            value.facet,
            value.value,
            SafeString(" checked") if value.selected else "",
            label,
            thousands(value.count),
        )
        action = gettext("Exclude")
    return format_html(
        '<li>{}<a href="{}{}" aria-label="{} {}">{}</a></li>',
        chosen, path, value.exclude_url, action, label, action,
    )  # fmt: skip


class Choice(Protocol):
    """A link of a view; `current` is what the page shows."""

    @property
    def label(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def current(self) -> bool: ...


@register.filter
def choices(links: Iterable[Choice]) -> SafeString:
    """Links side by side, of which the current one is marked."""
    return format_html_join(
        " ",
        '<a href="{}"{}>{}</a>',
        (
            (link.url, SafeString(' aria-current="true"') if link.current else "", link.label)
            for link in links
        ),
    )


@register.simple_tag
def coins(row: Article | Quote, speaker: str = "") -> SafeString:
    """A hidden COinS element for a row of a list, with the printed date."""
    citation = citations.cite_listed(row, site_url=settings.SITE_URL, accessed=clock.today(), speaker=speaker)
    return reference(citation)


@register.filter
def reference(citation: citations.Citation) -> SafeString:
    """The metadata of a page or row for reference managers."""
    return format_html('<span class="Z3988" title="{}" hidden></span>', citations.coins(citation))


# HTML entities do not work in a script element, so characters that could end it are escaped as in JSON.
_IN_SCRIPT = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})


@register.filter
def linked_data(data: dict[str, object]) -> SafeString:
    """The data as JSON-LD, escaped so that no text can end the script element."""
    written = json.dumps(data, ensure_ascii=False).translate(_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(written))


@register.filter
def called(row: Article | Quote) -> str:
    """The link text for an article or quote: its headline or first words."""
    return row.headline if isinstance(row, Article) else str(row)


@register.filter
def host(url: str) -> str:
    """The host of a URL, as link text."""
    return url.split("/")[2] if url.count("/") >= 2 else url

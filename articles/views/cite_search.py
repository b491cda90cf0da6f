"""Citing a search: a URL with its time, the citation in all styles, and a methods sentence."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from articles.citations import Citation, Run, bibtex, cite_search, csl, ris
from articles.exports.serializers import utc_text
from articles.presenters import counted
from articles.search import Answer, ArticleFilter, Chip, SearchRequest
from articles.views.exports import in_styles
from articles.views.period_words import period_in_words

# Parameters that only change the layout of the results.
_NOT_CITED = ("view", "hl", "page", "size", "format")


@dataclass(frozen=True)
class CitedSearch:
    """The permanent URL of a search as of now, its methods sentence and its citation."""

    address: str
    sentence: str
    citation: Citation

    @property
    def styles(self) -> list[tuple[str, list[Run], str]]:
        """By style, the citation as runs and as plain text."""
        return in_styles(self.citation)

    @property
    def files(self) -> list[tuple[str, str]]:
        """The citation as records for reference managers."""
        made = (
            bibtex(self.citation),
            ris(self.citation),
            json.dumps([csl(self.citation)], ensure_ascii=False),
        )
        return list(zip(("BibTeX", "RIS", "CSL-JSON"), (text.strip() for text in made), strict=True))


def permanent_url(asked: ArticleFilter, question: SearchRequest, path: str) -> str:
    """The URL of a search as of its moment."""
    # With milliseconds, because an article may be added within the same second.
    now = utc_text(question.now, "milliseconds")
    as_of = asked.address.values.get("as_of", ("",))[0] if question.as_of else now
    changes: dict[str, str | None] = dict.fromkeys(_NOT_CITED)
    return f"{settings.SITE_URL}{path}{asked.url({**changes, 'as_of': as_of})}"


def cited_search(asked: ArticleFilter, answer: Answer, path: str) -> CitedSearch:
    question = answer.request
    address = permanent_url(asked, question, path)
    sentence = " ".join(_sentences(asked, answer, address))
    citation = cite_search(
        _title(asked, answer),
        archive=settings.ARCHIVE_NAME,
        found=_counted(answer),
        issued=timezone.localdate(question.as_of or question.now),
        url=address,
        accessed=timezone.localdate(question.now),
        methods=sentence,
    )
    return CitedSearch(address, sentence, citation)


def _title(asked: ArticleFilter, answer: Answer) -> str:
    """The search as a title: «Search for “dam” in quotes by Ada Okafor (topic: Floods)»."""
    filters = _filters(asked)
    if words := answer.request.parsed.text:
        title = gettext("Search for “%(words)s” in %(searched)s") % {
            "words": words,
            "searched": _searched(answer),
        }
    else:
        title = gettext("All %(searched)s") % {"searched": _searched(answer)}
    return f"{title} ({filters})" if filters else title


def _searched(answer: Answer) -> str:
    """What was searched: «quotes by Ada Okafor published in 2019»."""
    question = answer.request
    if question.speaker:
        what = gettext("quotes by %(speaker)s") % {"speaker": question.speaker.name}
    else:
        what = gettext("quotes") if question.of_quotes else gettext("articles")
    period = period_in_words(question.since, question.until)
    return gettext("%(what)s published %(period)s") % {"what": what, "period": period} if period else what


def _sentences(asked: ArticleFilter, answer: Answer, address: str) -> Iterator[str]:
    question = answer.request
    named = {
        "archive": settings.ARCHIVE_NAME,
        "site": settings.SITE_URL,
        "day": date_format(timezone.localtime(question.now), "j F Y"),
        "words": question.parsed.text,
        "searched": _searched(answer),
    }
    begin = gettext("We searched %(archive)s (%(site)s) on %(day)s for “%(words)s” in %(searched)s.")
    if not question.parsed.text:
        begin = gettext("We searched %(archive)s (%(site)s) on %(day)s for all %(searched)s.")
    yield begin % named
    if question.as_of:
        moment = {"moment": _moment(question.as_of)}
        yield gettext("We searched the archive as it was on %(moment)s.") % moment
    read = str(question.parsed)
    if read.casefold() != question.parsed.text.casefold():
        yield gettext("We read the query as “%(query)s”.") % {"query": read}
    if filters := _filters(asked):
        yield gettext("We used these filters: %(filters)s.") % {"filters": filters}
    yield _found(answer)
    yield gettext("The search can be repeated at %(address)s") % {"address": address}


def _moment(moment: dt.datetime) -> str:
    """A time in the archive's time zone: 5 January 2026 at 12:00:00 (UTC)."""
    local = timezone.localtime(moment)
    day, time = date_format(local, "j F Y"), date_format(local, "H:i:s")
    return gettext("%(day)s at %(time)s (%(zone)s)") % {"day": day, "time": time, "zone": local.tzname()}


def _filters(asked: ArticleFilter) -> str:
    """The active filters except dates: «not section: Letters; topic: Floods»."""
    chips = [chip for chip in asked.chips if chip.name not in ("as_of", "copies", "from", "to")]
    return "; ".join(f"{_label(chip)}: {chip.value}" for chip in chips)


def _label(chip: Chip) -> str:
    label = chip.label[:1].lower() + chip.label[1:]
    return gettext("not %(filter)s") % {"filter": label} if chip.negative else label


def _counted(answer: Answer) -> str:
    return counted(answer.count, "quote,quotes" if answer.request.of_quotes else "article,articles")


def _found(answer: Answer) -> str:
    found = {"found": _counted(answer), "all": answer.with_copies and f"{answer.with_copies:,}"}
    if answer.with_copies is not None:
        return gettext("The search found %(found)s, or %(all)s including duplicates.") % found
    if not answer.count:
        return gettext("The search found %(found)s.") % found
    if not answer.read:
        return gettext("The search found %(found)s, none of which had been checked by an editor.") % found
    found["read"] = f"{answer.read:,}"
    return gettext("The search found %(found)s, of which %(read)s had been checked by an editor.") % found

"""Citing a search: a URL with its time, the citation in all styles, and a methods sentence."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from articles.citations import Citation, Run, bibtex, cite_search, csl, ris
from articles.search import Answer, ArticleFilter
from articles.views.exports import in_styles

# Parameters that only change the layout of the results.
_NOT_CITED = ("view", "hl", "page", "size", "format")
# Names of filters in a sentence, if their label does not fit.
_CALLED = {
    "from": "printed from",
    "to": "printed up to",
    "added": "added here",
    "checked": "quotes checked by",
    "kind": "kind of quote",
}


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


def cited_search(asked: ArticleFilter, answer: Answer, path: str) -> CitedSearch:
    question = answer.request
    moment = question.as_of or question.now
    as_of = asked.address.values.get("as_of", ("",))[0] if question.as_of else _instant(moment)
    changes: dict[str, str | None] = dict.fromkeys(_NOT_CITED)
    address = f"{settings.SITE_URL}{path}{asked.url({**changes, 'as_of': as_of})}"
    sentence = " ".join(_sentences(asked, answer, moment, address))
    citation = cite_search(
        _title(asked, answer),
        archive=settings.ARCHIVE_NAME,
        found=_counted(answer),
        issued=timezone.localdate(moment),
        url=address,
        accessed=timezone.localdate(question.now),
        methods=sentence,
    )
    return CitedSearch(address, sentence, citation)


def in_words(moment: dt.datetime) -> str:
    """A time in the archive's time zone: 5 January 2026, 12:00:00 (UTC)."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'j F Y, H:i:s')} ({local.tzname()})"


def _instant(moment: dt.datetime) -> str:
    # With milliseconds, because an article may be added within the same second.
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _title(asked: ArticleFilter, answer: Answer) -> str:
    """The search as a title: «Search for “dam” in the quotes of Ada Okafor, with these filters: …»."""
    words = answer.request.parsed.text
    what = f"Search for “{words}” in the" if words else "All"
    return f"{what} {_searched(answer)}{',' if _filters(asked) else ''}{_filters(asked)}".strip()


def _searched(answer: Answer) -> str:
    if answer.request.speaker:
        return f"quotes of {answer.request.speaker.name}"
    return "quotes" if answer.request.of_quotes else "articles"


def _sentences(asked: ArticleFilter, answer: Answer, moment: dt.datetime, address: str) -> Iterator[str]:
    question, what = answer.request, _searched(answer)
    then = f" as it was public on {in_words(moment)}," if question.as_of else ""
    on = f" on {in_words(question.now)}"
    words = f" for “{question.parsed.text}”" if question.parsed.text else ""
    archive = f"{settings.ARCHIVE_NAME} ({settings.SITE_URL})"
    yield f"{archive},{then} was searched{on} in its {what}{words}{_filters(asked)}."
    read = str(question.parsed)
    if question.parsed.text and read != question.parsed.text:
        yield f"The query was read as “{read}”."
    yield _found(answer)
    yield f"The search can be repeated at {address}"


def _filters(asked: ArticleFilter) -> str:
    """The active filters in words: « with these filters: not section: Letters; printed from: 2019»."""
    chips = [chip for chip in asked.chips if chip.name not in ("as_of", "copies")]
    said = "; ".join(f"{_CALLED.get(chip.name, chip.label.lower())}: {chip.value}" for chip in chips)
    return f" with these filters: {said}" if said else ""


def _counted(answer: Answer) -> str:
    one, many = ("quote", "quotes") if answer.request.of_quotes else ("article", "articles")
    return f"{answer.count:,} {one if answer.count == 1 else many}"


def _found(answer: Answer) -> str:
    found = f"It found {_counted(answer)}"
    if answer.with_copies is None:
        return f"{found}."
    copies = f"{answer.with_copies:,} with all copies"
    return f"{found}, each text that several papers printed counted once; {copies}."

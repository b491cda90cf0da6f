"""Search results as JSON and JSON Lines, and the errors of a malformed search."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from articles.exports.serializers import record, utc_text, whole_record
from articles.search import (
    Answer,
    ArticleFilter,
    ChangedResult,
    DiffGroup,
    Facet,
    FacetValue,
    Histogram,
    Result,
    SearchRequest,
    histogram,
)
from articles.search.request.canonical_url import REPEATABLE
from articles.search.request.messages import translated

MEDIA_TYPE = "application/x-ndjson"


def jsonl_chunks(results: Iterable[Result], *, site_url: str) -> Iterator[bytes]:
    return (line(whole_record(result, site_url=site_url)) for result in results)


def line(found: dict[str, object]) -> bytes:
    """One line of JSON Lines in UTF-8."""
    written = json.dumps(found, ensure_ascii=False)
    # Some parsers treat these two as line ends.
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode() + b"\n"


def since_json(answer: Answer, *, site_url: str) -> dict[str, object] | None:
    """Changes since the `as_of` date; None for the current archive or a date in the future."""
    found = answer.diff
    if found is None:
        return None
    return {
        "as_of": utc_text(found.moment),
        "not_shown": found.not_shown,
        "withheld": found.withheld,
        "new": _group(found.new, site_url),
        "gone": _group(found.gone, site_url),
        "corrected": _group(found.corrected, site_url),
    }


def _group(group: DiffGroup, site_url: str) -> dict[str, object]:
    return {"count": group.count, "listed": [_changed(row, site_url) for row in group.listed]}


def _changed(row: ChangedResult, site_url: str) -> dict[str, object]:
    return {
        "id": row.id,
        "url": f"{site_url}{row.url}",
        "headline": row.title or None,
        "history_url": f"{site_url}{row.history_url}" if row.history_url else None,
        "reasons": [
            {"reason": reason.kind, "text": reason.text, "at": utc_text(reason.at)} for reason in row.reasons
        ],
    }


FORMATS = ("csv", "jsonl", "ris", "bibtex", "csljson", "atom")


def answer_json(answer: Answer, *, site_url: str, path: str) -> dict[str, object]:
    """One page of results for `json.dumps`; `path` is the path of the search."""
    question = answer.request
    return {
        "query": _query(answer, f"{site_url}{path}"),
        "filters": _filters(question),
        "sort": question.sort,
        "count": answer.count,
        "count_with_copies": answer.with_copies,
        "without_speaker": answer.without_speaker,
        "page": answer.page,
        "pages": answer.pages,
        "size": question.size,
        "results": [record(result, site_url=site_url) for result in answer.results],
        "unmarked": [result.row.pk for result in answer.results if result.unmarked],
        "facets": {
            **{facet.name: _facet(facet) for facet in answer.facets},
            "year": [
                {
                    "value": str(year),
                    "label": str(year),
                    "count": number,
                    "selected": False,
                    "excluded": False,
                }
                for year, number in answer.years.items()
            ],
        },
        "histogram": _histogram(histogram(answer)),
        "since": since_json(answer, site_url=site_url),
        "links": _links(answer, f"{site_url}{path}"),
    }


def _histogram(found: Histogram) -> dict[str, object]:
    return {
        "unit": found.unit,
        "bars": [
            {
                "value": bar.period.text,
                "count": bar.count,
                "dated_longer": bar.wide,
                "read": bar.read,
                "held": bar.held,
                "rate": bar.rate,
            }
            for bar in found.bars
        ],
        "undated": found.undated,
        "read": found.read,
    }


def errors_json(asked: ArticleFilter) -> dict[str, object] | None:
    """Malformed and unknown parameters of the address; None if there are none."""
    errors = dict(asked.errors)
    for name in asked.unknown:
        value = ", ".join(asked.data.getlist(name))
        errors[name] = [{"message": "There is no parameter with this name.", "value": value}]
    return {"errors": errors, "count": 0, "results": []} if errors else None


def _query(answer: Answer, base: str) -> dict[str, object]:
    parsed = answer.request.parsed
    return {
        "text": parsed.text,
        "read_as": str(parsed),
        "ignored": [
            {"text": item.text, "position": item.position, "reason": translated(item.reason)}
            for item in parsed.ignored
        ],
        "hints": [
            {
                "text": hint.text,
                "position": hint.position,
                "message": hint.message,
                "instead": [
                    {
                        "label": each.label,
                        "query": each.query,
                        "count": each.count,
                        "url": f"{base}{each.url}",
                    }
                    for each in hint.instead
                ],
            }
            for hint in answer.hints
        ],
        "clauses": [{"text": clause.text, "count": clause.count} for clause in answer.clauses],
    }


def _filters(question: SearchRequest) -> dict[str, object]:
    values: Mapping[str, tuple[str, ...]] = question.address.values
    single = {name: values.get(name, ("",))[0] or None for name in ("from", "to", "added", "as_of")}
    return {
        **{
            name: {"any": list(question.any_of.get(name, ())), "none": list(question.none_of.get(name, ()))}
            for name in REPEATABLE
        },
        "checked": question.checked,
        **single,
        "copies": question.copies,
    }


def _facet(facet: Facet) -> list[dict[str, object]]:
    return [_value(value) for value in facet.values]


def _value(value: FacetValue) -> dict[str, object]:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
    }


def _links(answer: Answer, base: str) -> dict[str, str | None]:
    address, page = answer.request.address, answer.page
    return {
        "self": base + address.url(),
        "html": base + address.url(format=None),
        "previous": base + address.url(page=page - 1) if page > 1 else None,
        "next": base + address.url(page=page + 1) if page < answer.pages else None,
        **{name: base + address.url(format=name, page=None) for name in FORMATS},
    }

"""One row of an import (a JSON object, a line of a CSV file) as a `ParsedArticle`."""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from articles.formats.bylines import authors_of
from articles.formats.datelines import dateline_of
from articles.formats.dates import PrintedDate, UnclearDate, read_date
from articles.formats.debris import cut_from_given_body
from articles.formats.languages import detect_language, tag_case
from articles.formats.normal import has_surrogates, normalise, tidy
from articles.formats.parsed import LIMITS, MAX_BODY, ParsedArticle, ParsedImage, RowError

_LINES = ["headline", "kicker", "section", "standfirst", "byline", "dateline", "publication"]
_CODES = ["external_id", "edition", "page"]
_URLS = ["source_url", "canonical_url", "archived_url"]
_OTHERS = [
    "body",
    "authors",
    "topics",
    "images",
    "language",
    "published_at",
    "published_on",
    "published_precision",
]
COLUMNS = frozenset([*_LINES, *_CODES, *_URLS, *_OTHERS])

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,8}")
_NOT_IN_A_URL = re.compile(r"[\s\x00-\x1f\x7f<>\"\\]")
_DEEPEST_EXTRA = 20
_LONGEST_LANGUAGE = 35


def read_row(row: Mapping[str, Any]) -> ParsedArticle:
    """Read a row whose keys are the archive's own words; other keys are kept in `extra`.

    What the row says stands; of the body only what is certainly not of it is cut, and told in `removed`.
    Raises `RowError` for the first value that cannot be stored.
    """
    given = _given(row)
    lines = {name: _line(given, name) for name in _LINES}
    if not lines["headline"]:
        raise RowError("headline", row.get("headline"), "is missing")
    body = _body(given)
    on, at, notes = _published(given)
    body, top_date, removed = cut_from_given_body(body, lines["headline"], lines["byline"])
    if top_date and on is None:
        on = top_date
    elif top_date and on and not _same_period(top_date, on):
        notes.append(f"the body begins with the date {top_date.on}, the row says {on.on}")
    return ParsedArticle(
        **lines | {"dateline": lines["dateline"] or dateline_of(body)},
        **{name: _line(given, name, codes=True) for name in _CODES},
        **{name: _url(name, given.get(name)) for name in _URLS},
        authors=_list(given, "authors", "author") or authors_of(lines["byline"]),
        topics=_list(given, "topics", "topic"),
        images=_images(given.get("images")),
        language=_language(given) or detect_language(body),
        published_on=on.on if on else None,
        published_precision=on.precision if on else "",
        published_at=at,
        body=body,
        removed=tuple(removed),
        warnings=tuple(notes),
        extra={key: _storable(key, value) for key, value in given.items() if key not in COLUMNS},
    )


def _given(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without its empty values; the keys of a CSV header may have blanks around them."""
    given: dict[str, Any] = {}
    for key, value in row.items():
        if key is None:
            raise RowError("", value, "the row has more cells than the header has columns")
        name = str(key).strip().lstrip("\ufeff")
        _refuse_surrogates(name, name)
        if value is not None and not (isinstance(value, str) and not value.strip()):
            given[name.replace("\0", "")] = value
    return given


def _refuse_surrogates(column: str, text: str) -> None:
    if has_surrogates(text):
        raise RowError(column, text, "holds half of a broken character (a lone surrogate)")


def _text(column: str, value: object) -> str:
    if not isinstance(value, str):
        raise RowError(column, value, f"must be text, not {_kind(value)}")
    _refuse_surrogates(column, value)
    return value


def _kind(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", tuple: "a list"}
    return "an object" if isinstance(value, Mapping) else kinds.get(type(value), type(value).__name__)


def _line(given: Mapping[str, Any], column: str, codes: bool = False) -> str:
    value = given.get(column, "")
    if codes and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return _within(column, tidy(_text(column, value)), column)


def _within(column: str, text: str, limit: str) -> str:
    if len(text) > LIMITS[limit]:
        raise RowError(column, text, f"has {len(text):,} characters; {LIMITS[limit]:,} is the most")
    return text


def _body(given: Mapping[str, Any]) -> str:
    if "body" not in given:
        raise RowError("body", None, "is missing")
    raw = _text("body", given["body"])
    body = normalise(raw)
    if not body:
        raise RowError("body", raw, "is missing")
    if len(body) > MAX_BODY:
        raise RowError("body", body, f"has {len(body):,} characters; {MAX_BODY:,} is the most")
    return body


def _url(column: str, value: object) -> str:
    url = _within(column, _text(column, value).strip(), "url") if value is not None else ""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        raise RowError(column, url, "is not an address") from None
    if parts.scheme not in {"http", "https"}:
        raise RowError(column, url, "must begin with http:// or https://")
    if not host or _NOT_IN_A_URL.search(url):
        raise RowError(column, url, "is not an address")
    return url


def _list(given: Mapping[str, Any], column: str, limit: str) -> tuple[str, ...]:
    value = given.get(column, ())
    if isinstance(value, str):
        value = value.split(";")
    if not isinstance(value, list | tuple):
        raise RowError(column, value, f"must be a list or text parted by «; », not {_kind(value)}")
    items = (tidy(_text(column, item)) for item in value if item is not None)
    return tuple(dict.fromkeys(_within(column, item, limit) for item in items if item))


def _images(value: object) -> tuple[ParsedImage, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise RowError("images", value, f"must be a list of caption, credit and url, not {_kind(value)}")
    return tuple(image for item in value if (image := _image(item)) != ParsedImage())


def _image(item: object) -> ParsedImage:
    if not isinstance(item, Mapping):
        raise RowError(
            "images", item, f"each must be an object of caption, credit and url, not {_kind(item)}"
        )
    found = {}
    for name in ("caption", "credit"):
        value = item.get(name)
        found[name] = "" if value is None else _within("images", tidy(_text("images", value)), name)
    return ParsedImage(**found, url=_url("images", item.get("url")))


def _language(given: Mapping[str, Any]) -> str:
    language = _text("language", given.get("language", "")).strip()
    if language and (len(language) > _LONGEST_LANGUAGE or not _LANGUAGE.fullmatch(language)):
        raise RowError("language", language, "is not a language tag such as en, de or pt-BR")
    return tag_case(language)


def _published(given: Mapping[str, Any]) -> tuple[PrintedDate | None, datetime | None, list[str]]:
    moment = _moment(given, "published_at")
    day = _moment(given, "published_on")
    notes = [found.note for found in (moment, day) if found and found.note]
    if moment and day and not _same_period(moment, day):
        notes.append(
            f"published_at is of {moment.on}, published_on is {day.on}; the latter stands as the date"
        )
    on = day or moment
    precision = given.get("published_precision")
    if precision is not None and on:
        on = _at_precision(on, precision)
    return on, moment.at if moment else None, notes


def _moment(given: Mapping[str, Any], column: str) -> PrintedDate | None:
    value = given.get(column)
    if value is None:
        return None
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 2999:
        value = str(value)
    try:
        return read_date(_text(column, value))
    except UnclearDate as unclear:
        raise RowError(column, value, str(unclear)) from None


def _at_precision(on: PrintedDate, precision: object) -> PrintedDate:
    if precision not in {"day", "month", "year"}:
        raise RowError("published_precision", precision, "must be day, month or year")
    first = {"day": on.on, "month": on.on.replace(day=1), "year": on.on.replace(month=1, day=1)}
    return PrintedDate(first[str(precision)], str(precision))


def _same_period(one: PrintedDate, other: PrintedDate) -> bool:
    same = {"year": 4, "month": 7, "day": 10}
    length = min(same[one.precision], same[other.precision])
    return one.on.isoformat()[:length] == other.on.isoformat()[:length]


def _storable(column: str, value: Any, depth: int = 0) -> Any:
    """The value as JSON columns take it: no NUL, no surrogate, no NaN, not nested without end."""
    if depth > _DEEPEST_EXTRA:
        raise RowError(column, None, "is nested too deep")
    if isinstance(value, str):
        _refuse_surrogates(column, value)
        return value.replace("\0", "")
    if isinstance(value, float) and not math.isfinite(value):
        raise RowError(column, value, "is not a finite number")
    if isinstance(value, list | tuple):
        return [_storable(column, item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {
            str(_storable(column, str(key))): _storable(column, item, depth + 1)
            for key, item in value.items()
        }
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)

"""Parses one import row (a JSON object, a CSV record) into a `ParsedArticle`."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from articles.parsing.boilerplate import cut_from_given_body
from articles.parsing.bylines import authors_of, names_in
from articles.parsing.charsets import unreadable
from articles.parsing.datelines import dateline_of
from articles.parsing.dates.parser import PrintedDate, UnclearDate, is_utc, read_date
from articles.parsing.language import detect_language, tag_case
from articles.parsing.normalization import has_surrogates, normalise, tidy, without_surrogates
from articles.parsing.parsed import LIMITS, MAX_BODY, Cut, ParsedArticle, ParsedImage, Problem, RowError

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
# Columns of the program's own exports: of articles, of quotes, and those that an import finds out anew.
OWN_EXPORT = frozenset(("publication_name", "excerpts", "speaker_slug", "quotes"))
OWN_QUOTES = frozenset(("spans", "standing", "before", "after"))
OWN_DERIVED = frozenset(
    (
        *("id", "url", "what", "publication_slug", "section_slug", "excerpts", "speakers", "speaker_slug"),
        *("speaker_name", "quotes", "query", "retrieved_at", "version"),
    )
)
_OWN_RECORD = frozenset(("url", "publication", "excerpts", "speakers", "quotes"))

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,8}")
_NOT_IN_A_URL = re.compile(r"[\s\x00-\x1f\x7f<>\"\\]")
_DEEPEST_EXTRA = 20
_LONGEST_LANGUAGE = 35
_PRECISIONS = ("day", "month", "year")
_WITHOUT = "; imported without this value, which is kept with the article"
MOST_VALUES = 500  # of topics, authors or images of an article

T = TypeVar("T")


def read_row(row: Mapping[str, object]) -> ParsedArticle:
    """Parse a row whose keys are field names of the archive; other keys are kept in `extra`.

    Values are taken as given; only certain boilerplate is cut from the body and listed in `removed`. An
    optional value that cannot be stored is kept in `extra` and listed in `problems`. Raises `RowError` for a
    headline or a body that cannot be stored.
    """
    if row.keys() >= OWN_QUOTES:
        raise RowError("", None, "is a quote of our own export; quotes are imported with their articles")
    if row.keys() >= _OWN_RECORD:
        row = {name: value for name, value in row.items() if name not in OWN_DERIVED}
    given = _Given(row)
    headline, body = _headline(given.values), _body(given.values)
    lines = {name: given.take(name, _name, "") for name in _LINES} | {"headline": headline}
    on, at, notes = _published(given)
    body, top_date, removed = cut_from_given_body(body, headline, lines["byline"])
    if top_date and on is None:
        on = top_date
    elif top_date and on and not _same_period(top_date, on):
        notes.append(f"the body begins with the date {top_date.on}, the row says {on.on}")
    parsed = ParsedArticle(
        **lines | {"dateline": lines["dateline"] or dateline_of(body)},
        **{name: given.take(name, _code, "") for name in _CODES},
        **{name: given.take(name, _url, "") for name in _URLS},
        authors=given.take_list("authors") or authors_of(lines["byline"]),
        topics=given.take_list("topics"),
        images=_images(given),
        language=given.take("language", _language, "") or detect_language(body),
        published_on=on.on if on else None,
        published_precision=on.precision if on else "",
        published_at=at,
        day_is_utc="published_on" not in given.values and is_utc(at),
        body=body,
        removed=(*given.removed, *removed),
    )
    extra = {key: given.storable(key, value) for key, value in given.values.items() if key not in COLUMNS}
    return replace(
        parsed,
        extra=extra | given.aside,
        problems=tuple(given.problems),
        warnings=(*notes, *map(str, given.problems)),
    )


class _Given:
    """The values of a row that are not empty, and their problems."""

    def __init__(self, row: Mapping[str, object]) -> None:
        self.values: dict[str, object] = {}
        self.problems: list[Problem] = []
        self.aside: dict[str, object] = {}
        self.removed: list[str] = []
        for key, value in row.items():
            if key is None:
                raise RowError("", value, "the row has more cells than the header has columns")
            # CSV headers may have blanks around their names.
            name = without_surrogates(str(key)).strip().lstrip("\ufeff").replace("\0", "")
            if isinstance(value, Cut):
                self.removed += map(without_surrogates, value.texts)
            elif isinstance(value, Problem):
                self.set_aside(value, value.value)
            elif value is not None and not (isinstance(value, str) and not value.strip()):
                self.values[name] = value
                self.problems += _unreadable(name, value)

    def take(self, column: str, read: Callable[[str, Any], Any], nothing: object) -> Any:  # as of `read`
        """The value as `read` returns it; `nothing` if it is missing or cannot be stored."""
        value = self.values.get(column)
        if value is None:
            return nothing
        try:
            return read(column, value)
        except RowError as error:
            self.set_aside(error, value)
            return nothing

    def take_list(self, column: str) -> tuple[str, ...]:
        """A list of strings, or text separated by «; », without the items that cannot be stored."""
        value = self.take(column, _items, ())
        found: list[str] = []
        left: list[object] = []
        faults: list[RowError] = []
        for item in value:
            try:
                found.append(_line(column, _named(item), column.removesuffix("s")))
            except RowError as error:
                left.append(item)
                faults.append(error)
        if faults:
            self.set_aside(_all_of(faults), left)
        if column == "authors":
            found = [name for item in found for name in names_in(item)]
        unique = tuple(dict.fromkeys(item for item in found if item))
        return self.not_too_many(column, unique)

    def not_too_many(self, column: str, values: tuple[T, ...]) -> tuple[T, ...]:
        """The values as far as an article takes so many; all are kept in `extra` if there are more."""
        if len(values) <= MOST_VALUES:
            return values
        said = f"has {len(values):,} values; the first {MOST_VALUES} are imported, all are kept"
        self.problems.append(Problem(column, _shown(values[MOST_VALUES]), said))
        self.aside[column] = self.storable(column, self.values[column])
        return values[:MOST_VALUES]

    def storable(self, column: str, value: object) -> object:
        """The value for a JSON column; as text, with a problem, if such a column does not take it."""
        try:
            return _storable(column, value)
        except RowError as error:
            self.problems.append(Problem(column, _shown(error.value), error.reason))
            return None if error.value is None else _shown(value)

    def set_aside(self, error: RowError | Problem, value: object) -> None:
        reason = f"{error.reason}{_WITHOUT}" if error.column else error.reason
        self.problems.append(Problem(error.column, _shown(error.value), reason))
        if error.column:
            text = without_surrogates(value) if isinstance(value, str) else value
            self.aside[error.column] = self.storable(error.column, text)


def _named(value: object) -> object:
    """The name of an object that has one, as in our exports; any other value as it is."""
    return value["name"] if isinstance(value, Mapping) and isinstance(value.get("name"), str) else value


def _all_of(faults: Sequence[RowError]) -> RowError:
    """One fault for several values of a column."""
    first, number = faults[0], len(faults)
    reason = first.reason if number == 1 else f"{first.reason} (the first of {number:,} such values)"
    return RowError(first.column, first.value, reason)


def _unreadable(column: str, value: object) -> list[Problem]:
    """Problems for replacement and control characters; the value itself is kept."""
    return [Problem(column, "", note) for note in unreadable(value)] if isinstance(value, str) else []


def _shown(value: object) -> str:
    return "" if value is None else without_surrogates(str(value))[:500]


def _headline(given: Mapping[str, object]) -> str:
    headline = _line("headline", given.get("headline", ""))
    if not headline:
        raise RowError("headline", given.get("headline"), "is missing")
    return headline


def _refuse_surrogates(column: str, text: str) -> None:
    if has_surrogates(text):
        raise RowError(
            column, text, "has bytes that are not UTF-8, or half of a character (a lone surrogate)"
        )


def _text(column: str, value: object) -> str:
    if not isinstance(value, str):
        raise RowError(column, value, f"must be text, not {_kind(value)}")
    _refuse_surrogates(column, value)
    return value


def _kind(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", tuple: "a list"}
    return "an object" if isinstance(value, Mapping) else kinds.get(type(value), type(value).__name__)


def _line(column: str, value: object, limit: str = "") -> str:
    return _within(column, tidy(_text(column, value)), limit or column)


def _name(column: str, value: object) -> str:
    return _line(column, _named(value) if column in ("publication", "section") else value)


def _code(column: str, value: object) -> str:
    return _line(column, str(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def _within(column: str, text: str, limit: str) -> str:
    if len(text) > LIMITS[limit]:
        raise RowError(column, text, f"has {len(text):,} characters; {LIMITS[limit]:,} is the most")
    return text


def _body(given: Mapping[str, object]) -> str:
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
    url = _within(column, _text(column, value).strip(), "url")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise RowError(column, url, "is not an address") from None
    if parts.scheme not in {"http", "https"}:
        raise RowError(column, url, "must begin with http:// or https://")
    if not host or _NOT_IN_A_URL.search(url):
        raise RowError(column, url, "is not an address")
    return url


def _items(column: str, value: object) -> Sequence[object]:
    if isinstance(value, str):
        return value.split(";")
    if not isinstance(value, list | tuple):
        raise RowError(column, value, f"must be a list or text parted by «; », not {_kind(value)}")
    return [item for item in value if item is not None]


def _images(given: _Given) -> tuple[ParsedImage, ...]:
    """Each image with those of its values that can be stored."""
    images: list[ParsedImage] = []
    faults: list[RowError] = []
    for item in given.take("images", _pictures, ()):
        if not isinstance(item, Mapping):
            kind = f"each must be an object of caption, credit and url, not {_kind(item)}"
            faults.append(RowError("images", item, kind))
            continue
        values = _Given(item)
        images.append(
            ParsedImage(
                values.take("caption", _line, ""),
                values.take("credit", _line, ""),
                values.take("url", _url, ""),
            )
        )
        faults += [RowError("images", p.value, p.reason.removesuffix(_WITHOUT)) for p in values.problems]
    if faults:
        given.set_aside(_all_of(faults), given.values["images"])
    return given.not_too_many("images", tuple(image for image in images if image != ParsedImage()))


def _pictures(column: str, value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise RowError(column, value, f"must be a list of caption, credit and url, not {_kind(value)}")
    return value


def _language(column: str, value: object) -> str:
    language = _text(column, value).strip()
    if len(language) > _LONGEST_LANGUAGE or not _LANGUAGE.fullmatch(language):
        raise RowError(column, language, "is not a language tag such as en, de or pt-BR")
    return tag_case(language)


def _published(given: _Given) -> tuple[PrintedDate | None, datetime | None, list[str]]:
    moment = given.take("published_at", _moment, None)
    day = given.take("published_on", _moment, None)
    notes = [found.note for found in (moment, day) if found and found.note]
    if moment and day and not _same_period(moment, day):
        notes.append(
            f"published_at is of {moment.on}, published_on is {day.on}; the latter stands as the date"
        )
    on = day or moment
    if on:
        on = given.take("published_precision", lambda _, precision: _at_precision(on, precision), on)
    return on, moment.at if moment else None, notes


def _moment(column: str, value: object) -> PrintedDate:
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 2999:
        value = str(value)
    try:
        found = read_date(_text(column, value))
        if found.at:
            found.at.astimezone(UTC)
    except UnclearDate as unclear:
        raise RowError(column, value, str(unclear)) from None
    except OverflowError:
        raise RowError(column, value, "is before the first or after the last possible day") from None
    return found


def _at_precision(on: PrintedDate, precision: object) -> PrintedDate:
    if precision not in _PRECISIONS:
        raise RowError("published_precision", precision, "must be day, month or year")
    if _PRECISIONS.index(str(precision)) < _PRECISIONS.index(on.precision):
        raise RowError(
            "published_precision", precision, f"is finer than the date, which has only its {on.precision}"
        )
    first = {"day": on.on, "month": on.on.replace(day=1), "year": on.on.replace(month=1, day=1)}
    return PrintedDate(first[str(precision)], str(precision))


def _same_period(one: PrintedDate, other: PrintedDate) -> bool:
    same = {"year": 4, "month": 7, "day": 10}
    length = min(same[one.precision], same[other.precision])
    return one.on.isoformat()[:length] == other.on.isoformat()[:length]


def _storable(column: str, value: object, depth: int = 0) -> object:
    """The value for a JSON column: no NUL, surrogate or NaN, and a limited depth."""
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

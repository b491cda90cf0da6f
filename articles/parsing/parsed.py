"""The parsed article, the problems of its values, and the error of an import row."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

MAX_BODY = 500_000

# Lengths of the database columns; a longer value is stored in `extra`, never truncated.
LIMITS = {
    "headline": 1_000,
    "kicker": 500,
    "section": 500,
    "publication": 500,
    "byline": 500,
    "dateline": 500,
    "standfirst": 5_000,
    "caption": 5_000,
    "credit": 500,
    "author": 500,
    "topic": 500,
    "external_id": 255,
    "edition": 100,
    "page": 50,
    "language": 35,
    "url": 2_000,
}


# Key in `extra` of the texts that a page prints in bold or as headings, if several of them ask.
STRESSED = "stressed"


@dataclass(frozen=True)
class ParsedImage:
    caption: str = ""
    credit: str = ""
    url: str = ""


@dataclass(frozen=True)
class Problem:
    """One value that could not be stored; it is kept in `extra`, and the article is stored without it."""

    column: str
    value: object
    reason: str

    def __str__(self) -> str:
        return f"{self.column} {self.reason}".strip()


@dataclass(frozen=True)
class Cut:
    """As a value of a row: what was cut while another value was read; `read_row` lists it in `removed`."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class ParsedArticle:
    """The parts of one article as printed; unknown parts are empty, never guessed.

    `published_on` is the first day of the period that `published_precision` names. `removed` has every line
    that is in no other field or was split, in full. `problems` are also in `warnings`.
    """

    headline: str = ""
    kicker: str = ""
    section: str = ""
    standfirst: str = ""
    byline: str = ""
    authors: tuple[str, ...] = ()
    dateline: str = ""
    published_on: date | None = None
    published_precision: str = ""
    published_at: datetime | None = None
    language: str = ""
    source_url: str = ""
    images: tuple[ParsedImage, ...] = ()
    body: str = ""
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    publication: str = ""
    topics: tuple[str, ...] = ()
    external_id: str = ""
    edition: str = ""
    page: str = ""
    canonical_url: str = ""
    archived_url: str = ""
    extra: dict[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    # The day comes from a UTC instant because no date was printed; the newspaper's day may differ.
    day_is_utc: bool = False


class RowError(ValueError):
    """A value of an import row that cannot be stored; `reason` is for the reader of the error file."""

    def __init__(self, column: str, value: object, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.value = value
        self.reason = reason


def as_plain(parsed: ParsedArticle) -> dict[str, object]:
    """The article as JSON data: ISO dates, lists instead of tuples, no `problems` (only rows have them)."""
    plain = asdict(replace(parsed, problems=()))
    del plain["problems"]
    if not parsed.day_is_utc:
        del plain["day_is_utc"]
    for name in ("published_on", "published_at"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def from_plain(plain: dict[str, object]) -> ParsedArticle:
    """The inverse of `as_plain`; raises `TypeError` or `ValueError` for other data."""
    # Any: as read from JSON, which the class checks.
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()
    }
    values["images"] = tuple(ParsedImage(**image) for image in values["images"])
    if values["published_on"]:
        values["published_on"] = date.fromisoformat(values["published_on"])
    if values["published_at"]:
        values["published_at"] = datetime.fromisoformat(values["published_at"])
    return ParsedArticle(**values)

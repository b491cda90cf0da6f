"""Parses ninjs (News in JSON, versions 1 to 3) into import rows."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from articles.parsing.html.fragment import Fragment, read_fragment
from articles.parsing.json_source import as_bytes, dicts, read_json, string, strings
from articles.parsing.normalization import tidy, web_address
from articles.parsing.source_item import SourceError, SourceItem, newest_versions
from articles.parsing.tabular.source_status import DRAFT, LEAVE, PUBLISH, status_and_reason
from articles.text.word_lists import words

Data = Mapping[str, Any]  # as read from JSON
_KEY = re.compile(rb'"([\w$@-]{1,40})"\s*:')
_ITS_KEYS = words(
    "body_html body_xhtml body_text bodies headlines versioncreated firstcreated pubstatus renditions"
    " representationtype associations description_text usageterms copyrightholder"
)
_WRAPPED_IN = ("items", "_items", "data", "results")
_AUTHORS = re.compile(r"author|creator|writer|byline", re.IGNORECASE)
# Kept under their names: the archive has no field for them.
_KEPT = ("urgency", "slugline", "located", "ednote", "profile", "usageterms", "copyrightnotice", "charcount")


def is_ninjs(head: bytes) -> bool:
    """Whether a JSON file with these first bytes has items of ninjs, and not rows of the archive."""
    keys = {key.decode("ascii") for key in _KEY.findall(head)}
    return not keys.isdisjoint(("uri", "guid")) and "body" not in keys and not keys.isdisjoint(_ITS_KEYS)


def read_ninjs(raw: bytes) -> Iterator[SourceItem]:
    """Every item, of which only the newest versions of texts are articles; raises `SourceError`."""
    items = [one for one in _items(raw) if isinstance(one, dict)]
    if not items:
        raise SourceError("there is no item of ninjs in it")
    yield from newest_versions(map(_item, items))


def _items(raw: bytes) -> list[Any]:
    """One item, a list of items, an object with such a list, or one item on each line."""
    try:
        given = read_json(raw)
    except SourceError:
        lines = [line for line in raw.splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.strip().startswith(b"{") for line in lines):
            raise
        return [read_json(line) for line in lines]
    if isinstance(given, dict) and not given.keys() & {"uri", "guid"}:
        given = next((given[key] for key in _WRAPPED_IN if isinstance(given.get(key), list)), given)
    return given if isinstance(given, list) else [given]


def _item(item: dict[str, Any]) -> SourceItem:
    row = _row(item)
    status, reason = _status(item)
    if status != LEAVE and not row["body"]:
        status, reason = LEAVE, "is left out: it has no text in this file"
    return SourceItem(as_bytes(item), row, status, reason)


def _status(item: Data) -> tuple[str, str]:
    """publish, draft or leave, and the reason if the item is not to be published."""
    kind = string(item.get("type")) or "text"
    status, reason = status_and_reason("pubstatus", string(item.get("pubstatus")) or "usable")
    if status == LEAVE:
        return status, reason
    if kind not in ("text", "composite"):
        return LEAVE, f"is left out: a {kind} is not an article"
    if status != PUBLISH:
        return status, reason
    if "embargoed" in item and not string(item["embargoed"]) and item["embargoed"] not in (None, False):
        return DRAFT, "embargoed has no end"
    return PUBLISH, ""


def _row(item: Data) -> dict[str, object]:
    body = _body(item)
    described = _best(item.get("descriptions"), ("summary", "standfirst", "main"))
    people = dicts(item.get("people")) + dicts(item.get("person"))
    authors = [
        _name(one) for one in people if _AUTHORS.search(string(one.get("rel")) + string(one.get("role")))
    ]
    authors = list(dict.fromkeys(filter(None, authors)))
    standfirst = tidy(described.text) or string(item.get("description_text"))
    row: dict[str, object] = {
        "headline": tidy(_best(item.get("headlines"), ("main", "headline")).text)
        or string(item.get("headline")),
        "standfirst": "" if body.text.startswith(standfirst) else standfirst,
        **body.as_row(),
        "images": [*map(vars, body.images), *_pictures(item)],
        "byline": ", ".join(strings(item.get("byline")) or strings(item.get("by"))) or ", ".join(authors),
        "authors": authors or None,
        "dateline": string(item.get("dateline")),
        "publication": _publication(item),
        "topics": _names(item, "subject", "subjects", "keywords"),
        "language": string(item.get("language")),
        "source_url": next(
            filter(None, (web_address(string(item.get(k))) for k in ("url", "canonical_url"))), ""
        ),
        "external_id": string(item.get("uri")) or string(item.get("guid")),
        "version": string(item.get("version")),
        "version_created": string(item.get("versioncreated")),
        "embargoed": string(item.get("embargoed")),
        "expires": string(item.get("expires")),
        "people": _names(item, "person", "people"),
        "places": _names(item, "place", "places"),
        "organisations": _names(item, "organisation", "organisations"),
    }
    first = string(item.get("firstcreated")) or string(item.get("contentcreated"))
    row["published_at"] = first or row["version_created"]
    row |= {key: string(item.get(key)) for key in _KEPT}
    needed = ("headline", "body", "external_id")
    return {key: value for key, value in row.items() if value or key in needed}


def _body(item: Data) -> Fragment:
    best = _best(item.get("bodies"), ("main", "body"))
    if best.text:
        return best
    for key in ("body_xhtml", "body_html"):
        if found := string(item.get(key)):
            return read_fragment(found)
    return Fragment(string(item.get("body_text")))


def _best(values: object, roles: tuple[str, ...]) -> Fragment:
    """Of the values of version 2, one with the best role, and of these one with markup."""
    given = [one for one in dicts(values) if string(one.get("value"))]

    def rank(one: Data) -> tuple[int, bool]:
        role = string(one.get("role")).lower()
        return (
            roles.index(role) if role in roles else len(roles),
            "html" not in string(one.get("contenttype")),
        )

    best = min(given, key=rank, default=None)
    if best is None:
        return Fragment("")
    value, kind = string(best["value"]), string(best.get("contenttype"))
    return Fragment(value) if "plain" in kind else read_fragment(value)


def _pictures(item: Data) -> Iterator[dict[str, str]]:
    """The associated pictures that have a caption."""
    for one in dicts(item.get("associations")):
        caption = tidy(_best(one.get("descriptions"), ("caption",)).text) or string(
            one.get("description_text")
        )
        if string(one.get("type")) == "picture" and caption:
            renditions = (web_address(string(each.get("href"))) for each in dicts(one.get("renditions")))
            credit = ", ".join(strings(one.get("byline")) or strings(one.get("by")))
            credit = credit or string(one.get("creditline")) or string(one.get("copyrightholder"))
            yield {"caption": caption, "credit": credit, "url": next(filter(None, renditions), "")}


def _publication(item: Data) -> str:
    sources = _names(item, "infosource", "infosources", "provider", "publisher")
    return next(iter(sources), "") or string(item.get("source")) or string(item.get("copyrightholder"))


def _names(item: Data, *keys: str) -> list[str]:
    found = [
        _name(one) if isinstance(one, dict) else string(one) for key in keys for one in _list(item.get(key))
    ]
    return list(dict.fromkeys(filter(None, found)))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _name(data: Data) -> str:
    """The name of a person, place or subject: a string, or a list of names with roles."""
    return string(data.get("name")) or next(
        (string(one.get("value")) for one in dicts(data.get("names"))), ""
    )

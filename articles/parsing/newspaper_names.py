"""Finds the newspaper names that a page or text gives for itself, as printed, without a lookup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from articles.parsing.dates.parser import UnclearDate, read_date
from articles.parsing.normalization import tidy
from articles.parsing.parsed import ParsedArticle

_LONGEST = 200
_MOST_LINES = 20_000
_META = re.compile(r"<meta\b([^<>]{0,1000})>", re.IGNORECASE)
_SITE_NAME = re.compile(r"""=\s*["']?og:site_name["'\s/]""", re.IGNORECASE)
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]{1,300})"|'([^']{1,300})')""", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,1000})<", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SUFFIX = re.compile(r"\s+[|–—·»-]\s+|\s*[|»]\s*")
_YEARS = r"(?:\d{4}(?:\s?[-–]\s?\d{2,4})?,?\s+)?"
_COPYRIGHT = re.compile(
    rf"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*{_YEARS}(?:by\s+)?([^\W\d_][^.|·•©\n]{{1,80}})", re.IGNORECASE
)
_FOR = re.compile(r"\b(?i:for|für|dla)\s+(?:(?i:the|die|den|das|der)\s+)?([^\W\d_][^,;|]{1,60})$")
_PARTS = re.compile(r"[,|·•;]|\s[–—-]\s")
_LINE_PARTS = re.compile(r"[,|·•;()\[\]]|\s[–—-]\s")
_SMALL_HOSTS = ("www.", "m.", "amp.", "mobile.", "edition.")


@dataclass(frozen=True)
class NewspapersNamed:
    """Names as printed, the most reliable first, and the hosts of the page's own URLs.

    `parts` are the parts of removed lines, of which one may be a name: «Selwy Courier, 30 May 2019».
    """

    names: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


def newspapers_named(parsed: ParsedArticle, raw: str = "", url: str = "") -> NewspapersNamed:
    """`names` come from the page's own metadata; `mentions` from copyright lines, a byline's «for the …» and
    lines with a date. `raw` is the unparsed page or text, `url` its address."""
    names, mentions = [parsed.publication], []
    is_page = raw.lstrip()[:1] == "<"
    if is_page:
        names += [_site_name(raw), _after_headline(raw, parsed.headline)]
    mentions += [match[1] for match in [_FOR.search(parsed.byline)] if match and match[1][:1].isupper()]
    lines = (_TAG.sub("\n", raw) if is_page else raw).split("\n")[-_MOST_LINES:]
    mentions += list(_copyrights(html.unescape(line) if is_page else line for line in lines))
    beside = (parsed.standfirst, parsed.kicker, parsed.dateline, *parsed.removed)
    mentions += [name for line in beside if (name := _dated(line))]
    hosts = tuple(dict.fromkeys(_hosts(url, parsed.canonical_url, parsed.source_url)))
    parts = (part for line in parsed.removed if len(line) <= _LONGEST for part in _LINE_PARTS.split(line))
    return NewspapersNamed(_distinct(names), _distinct(mentions), _distinct(parts), hosts)


def host_of(url: str) -> str:
    """The host of a URL without «www.» and similar prefixes.

    >>> host_of("https://www.courier.example/news/1")
    'courier.example'
    """
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
    small = next((start for start in _SMALL_HOSTS if host.startswith(start)), "")
    return host.removeprefix(small) if "." in host.removeprefix(small) else host


def _hosts(*urls: str) -> Iterable[str]:
    return (host for url in urls if (host := host_of(url)))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    cleaned = (tidy(name).strip(" .,;:|–—-") for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if 1 < len(name) <= _LONGEST))


def _site_name(raw: str) -> str:
    for meta in _META.finditer(raw):
        if _SITE_NAME.search(f"{meta[1]} ") and (content := _CONTENT.search(meta[1])):
            return html.unescape(content[1] or content[2])
    return ""


def _after_headline(raw: str, headline: str) -> str:
    """The site name after the headline in the page title: «The Herald» of «Dam opened | The Herald»."""
    found = _TITLE.search(raw)
    title = tidy(html.unescape(found[1])) if found else ""
    start = tidy(headline)
    if not start or not title.casefold().startswith(start.casefold()):
        return ""
    parts = [part for part in _SUFFIX.split(title[len(start) :]) if part]
    return parts[-1] if parts and _SUFFIX.match(title[len(start) :]) else ""


def _copyrights(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        stripped = line.strip()
        if len(stripped) <= _LONGEST and (match := _COPYRIGHT.match(stripped)):
            name = re.split(r"\s+(?:all rights|alle rechte)\b|,|\s\d{4}\b", match[1], flags=re.IGNORECASE)[0]
            if name[:1].isupper():
                yield name


def _dated(line: str) -> str:
    """The name of a line that is only a name and a date: «Selwy Courier, 30 May 2019»."""
    if len(line) > _LONGEST:
        return ""
    parts = [part.strip() for part in _PARTS.split(line) if part.strip()]
    names = [part for part in parts if not _is_date(part)]
    if len(parts) < 2 or len(names) != 1 or len(names) == len(parts):
        return ""
    words = names[0].split()
    capital = all(word[:1].isupper() for word in (words[0], words[-1]))
    return names[0] if capital and 1 < len(words) <= 5 else ""


def _is_date(text: str) -> bool:
    if not any(character.isdigit() for character in text):
        return False
    try:
        return read_date(text, "").on is not None
    except UnclearDate:
        return text.isdigit() and len(text) == 4

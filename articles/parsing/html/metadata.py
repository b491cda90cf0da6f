"""Reads the metadata of a page: JSON-LD, OpenGraph, microdata, `citation_*` and older meta tags.

trafilatura's own metadata has one date without a time, and joins the authors to one text.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from articles.parsing.bylines import is_agency, is_login, is_name, names_in
from articles.parsing.dates.columns import is_zero
from articles.parsing.dates.parser import PrintedDate, UnclearDate, is_placeholder, read_machine_date
from articles.parsing.dates.timelines import read_timestamp_line
from articles.parsing.html.json_ld import Item, kinds_of, read_story, texts_of
from articles.parsing.html.microdata import properties_of
from articles.parsing.language import tag_case
from articles.parsing.normalization import tidy, without_surrogates
from articles.parsing.parsed import LIMITS
from articles.parsing.sections import is_section

# Names of meta elements and of microdata, without punctuation, in the order of their reliability.
_HEADLINES = (
    "ogtitle",
    "citationtitle",
    "dctitle",
    "dctermstitle",
    "twittertitle",
    "headline",
    "parselytitle",
)
_DATES = (
    *(
        "articlepublishedtime",
        "ogarticlepublishedtime",
        "articlepublished",
        "ogpublishedtime",
        "datepublished",
    ),
    *(
        "schemadatepublished",
        "rnewsdatepublished",
        "citationpublicationdate",
        "citationonlinedate",
        "citationdate",
    ),
    *(
        "dcdateissued",
        "dctermsissued",
        "dcissued",
        "parselypubdate",
        "sailthrudate",
        "ptime",
        "pdate",
        "pubdate",
    ),
    *("publishdate", "publisheddate", "publishedat", "publicationdate", "publishtime", "publishedtime"),
    *("articledateoriginal", "articlepublicationdate", "originalpublishdate", "originalpublicationdate"),
    *("cxenseparserecspublishtime", "shareaholicarticlepublishedtime", "vrpublishedtime", "btpubdate"),
    *("dcdate", "dctermsdate", "dcdatecreated", "dctermscreated", "dccreated", "datecreated", "displaydate"),
    *("daterelease", "articledate", "articlecreated", "created", "releasedate", "issuedate", "date"),
)
_CHANGED = (
    *("articlemodifiedtime", "articlemodified", "ogupdatedtime", "datemodified", "dctermsmodified"),
    *("dcdatemodified", "lastmodified", "modifieddate", "updated"),
)
_AUTHORS = (
    *("citationauthor", "citationauthors", "dccreator", "dctermscreator", "parselyauthor", "sailthruauthor"),
    *("author", "authors", "articleauthor", "articleauthorname", "byl", "byline", "schemaauthor", "creator"),
)
_SECTIONS = ("articlesection", "parselysection", "section", "articlecategory", "category", "contentsection")
_LANGUAGES = ("oglocale", "language", "contentlanguage", "dclanguage", "dctermslanguage", "inlanguage")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_NAMES_OF_LANGUAGES = {
    name: code
    for code, names in {
        "en": "english", "de": "german deutsch", "fr": "french français", "es": "spanish español",
        "it": "italian italiano", "pt": "portuguese português", "nl": "dutch nederlands",
        "da": "danish dansk", "sv": "swedish svenska", "no": "norwegian norsk", "fi": "finnish suomi", 
        "hu": "hungarian magyar", "ro": "romanian română", "ru": "russian русский", "pl": "polish polski",
    }.items()
    for name in names.split()
}  # fmt: skip
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]")
# A page that links to more authors is a list of articles.
_MOST_AUTHORS = 8
_TAG = re.compile(r"<[^<>]{1,200}>")
_ADDRESS = re.compile(r"(?:https?:|www\.|//|/|@)\S*|\S+@\S+", re.IGNORECASE)
# Dates in the data of a page's scripts.
_IN_SCRIPT = re.compile(
    r"""["'](?:datePublished|date_published|publishedDate|published_date|publishedAt|published_at|publishDate
    |publish_date|publicationDate|publication_date|firstPublished(?:At|Date)?|pubDate|pub_date|displayDate)["']
    \s*:\s*["']?([\d][^"',}\n]{6,40})""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class PageMetadata:
    headline: str = ""
    section: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    published: PrintedDate | None = None
    changed: PrintedDate | None = None
    publication: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    url: str = ""
    canonical_url: str = ""
    notes: tuple[str, ...] = ()


def read_metadata(tree: HtmlElement, url: str = "") -> PageMetadata:
    """JSON-LD has priority over OpenGraph, OpenGraph over the rest; a change date is never `published`."""
    metas = _metas(tree)
    story, faults = read_story(tree, _visible_headline(tree))
    publication = _text(story.get("publisher")) or _one(metas, "ogsitename", "citationjournaltitle")
    published, notes = _published(story, metas, tree)
    canonical = absolute_address(_first(tree.xpath("//link[@rel='canonical']/@href")), url)
    named = absolute_address(_text(story.get("url")) or _one(metas, "ogurl"), url)
    return PageMetadata(
        headline=_text(story.get("headline")) or _one(metas, *_HEADLINES),
        section=_section(story, metas),
        description=_text(story.get("description")) or _one(metas, "ogdescription", "description"),
        authors=_authors(story, metas, tree, publication),
        published=published,
        changed=_changed(story, metas),
        publication=publication,
        language=_language(story, metas, tree),
        topics=_topics(story, metas),
        url=named or canonical,
        canonical_url=canonical,
        notes=(*faults, *notes),
    )


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of meta elements and of microdata by their names without punctuation."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = _text(element.get("content") or element.get("value"))
        names = " ".join(filter(None, map(element.get, ("property", "name", "itemprop", "http-equiv"))))
        for name in dict.fromkeys(map(_plain, names.split())) if content else ():
            found.setdefault(name, []).append(content)
    for name, value in properties_of(tree):
        if content := _text(value):
            found.setdefault(_plain(name), []).append(content)
    return found


def _plain(name: str) -> str:
    return _NOT_IN_NAMES.sub("", name.casefold())


def _one(metas: dict[str, list[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _first(values: list[object]) -> str:
    return str(values[0]) if values else ""


def _text(value: object) -> str:
    """One clean line; empty if it is too long for any column. Character references may be encoded twice."""
    value = next(iter(texts_of(value)), "")
    if not isinstance(value, str) or len(value) >= 10_000:
        return ""
    text = tidy(without_surrogates(html.unescape(value) if "&" in value else value))
    return text if len(text) <= LIMITS["standfirst"] else ""


def _date_text(value: object) -> str:
    """A date as text; some pages give a number of seconds."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else _text(value)


def _visible_headline(tree: HtmlElement) -> str:
    first = next(tree.iter("h1"), None)
    return tidy(without_surrogates(first.text_content()))[:500] if first is not None else ""


def _section(story: Item, metas: dict[str, list[str]]) -> str:
    """The first section that is named, else the last known section of the breadcrumb trail."""
    if section := _text(story.get("articleSection")) or _one(metas, *_SECTIONS):
        return section
    trail = story.get("breadcrumbs")
    steps = [step.get("item", step) if "name" not in step else step for step in _items(trail)]
    return next((name for step in reversed(steps) if is_section(name := _text(step))), "")


def _items(value: object) -> list[Item]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, dict)]


def _authors(
    story: Item, metas: dict[str, list[str]], tree: HtmlElement, publication: str
) -> tuple[str, ...]:
    """Authors as printed, without organisations, accounts and addresses."""
    given = story.get("author") or story.get("creator") or []
    given = given if isinstance(given, list) else [given]
    persons = [author for author in given if not (isinstance(author, dict) and _is_body(author))]
    sources: list[Iterable[str]] = [[_text(name) for name in texts_of(persons)]]
    sources += [metas.get(key, [])[:_MOST_AUTHORS] for key in _AUTHORS]
    sources.append(_linked_authors(tree))
    for values in sources:
        names = [
            name for value in values for name in _names(value) if name.casefold() != publication.casefold()
        ]
        if names:
            return tuple(dict.fromkeys(name for name in names if len(name) <= LIMITS["author"]))
    return ()


def _names(value: str) -> Iterator[str]:
    """The names in an author field; none if it is an account or an address."""
    value = tidy(_TAG.sub(" ", value))
    if value and not (_ADDRESS.fullmatch(value) or is_login(value) or (is_agency(value) and " " in value)):
        yield from names_in(value)


def _linked_authors(tree: HtmlElement) -> list[str]:
    """The names in the links to authors' pages, outside of other stories and comments."""
    links = tree.xpath(
        "//*[contains(concat(' ', @rel, ' '), ' author ')][not(ancestor::aside | ancestor::footer)]"
    )
    texts = [tidy(without_surrogates(link.text_content()))[:200] for link in links[:_MOST_AUTHORS]]
    return [text for text in texts if is_name(text)] if len(links) <= _MOST_AUTHORS else []


def _is_body(author: Item) -> bool:
    kinds = kinds_of(author)
    return bool(kinds) and "Person" not in kinds


def _published(
    story: Item, metas: dict[str, list[str]], tree: HtmlElement
) -> tuple[PrintedDate | None, list[str]]:
    """The first readable date of publication, and warnings about dates that differ or cannot be read."""
    printed = [_date_text(story.get("datePublished")), *(_one(metas, name) for name in _DATES)]
    printed += tree.xpath("//time[@pubdate]/@datetime")
    printed += [_text(story.get("dateCreated")), _text(story.get("uploadDate"))]
    published: PrintedDate | None = None
    notes: list[str] = []
    empty: list[str] = []
    for value in dict.fromkeys(filter(None, map(_text, printed))):
        if is_zero(value):
            empty.append(value)
            continue
        try:
            date = _read(value)
        except UnclearDate as unclear:
            notes.append(f"the page's own date «{value[:100]}» is not read: {unclear.reason}")
            continue
        if is_placeholder(date):
            empty.append(value)
        elif published is None:
            published = date
            notes += [date.note] if date.note else []
        elif date.precision == published.precision and abs((date.on - published.on).days) > 1:
            notes.append(f"the page gives {date.on} too; {published.on} is taken")
        elif published.at is None and date.at and date.on == published.on:
            published, notes = date, [note for note in notes if note != published.note]
    published = published or _in_scripts(tree)
    if empty and not published:
        notes.append(
            f"the page's own data give {empty[0][:40]}, which programs write for no date; it is not taken"
        )
    return published, notes


def _read(value: str) -> PrintedDate:
    """A date alone, or with its label: «Published: 4 March 2021»."""
    try:
        return read_machine_date(value)
    except UnclearDate:
        stamp = read_timestamp_line(value)
        if stamp and stamp.published:
            return stamp.published
        raise


def _in_scripts(tree: HtmlElement) -> PrintedDate | None:
    """The date in the data of the page's scripts, if all that they give are of one day."""
    days: dict[str, PrintedDate] = {}
    for script in tree.xpath("//script[not(contains(@type, 'ld+json'))]"):
        for found in _IN_SCRIPT.finditer(script.text_content()[:1_000_000]):
            try:
                date = read_machine_date(found[1])
            except UnclearDate:
                continue
            if not is_placeholder(date):
                days.setdefault(date.on.isoformat(), date)
    return next(iter(days.values())) if len(days) == 1 else None


def _changed(story: Item, metas: dict[str, list[str]]) -> PrintedDate | None:
    for value in (_text(story.get("dateModified")), *(_one(metas, name) for name in _CHANGED)):
        try:
            return read_machine_date(value)
        except UnclearDate:
            continue
    return None


def _language(story: Item, metas: dict[str, list[str]], tree: HtmlElement) -> str:
    tags = (tree.get("lang"), tree.get("xml:lang"), *tree.xpath("/html/body/@lang"))
    for value in (*tags, _text(story.get("inLanguage")), *(_one(metas, name) for name in _LANGUAGES)):
        tag = (value or "").strip().partition(",")[0]
        if tag.casefold() in _NAMES_OF_LANGUAGES:
            return _NAMES_OF_LANGUAGES[tag.casefold()]
        if _LANGUAGE.fullmatch(tag):
            return tag_case(tag.replace("_", "-"))
    return ""


def _topics(story: Item, metas: dict[str, list[str]]) -> tuple[str, ...]:
    keywords = story.get("keywords") or []
    keywords = keywords.split(",") if isinstance(keywords, str) else keywords
    words = [_text(word) for word in keywords] if isinstance(keywords, list) else []
    words += metas.get("articletag", [])
    return tuple(dict.fromkeys(word for word in words if word and len(word) <= LIMITS["topic"]))


def absolute_address(value: str, base: str) -> str:
    """An absolute http(s) URL, or an empty string."""
    try:
        address = urljoin(base, value.strip()) if value.strip() else ""
        parts = urlsplit(address)
    except ValueError:
        return ""
    fit = parts.scheme in {"http", "https"} and parts.netloc and len(address) <= LIMITS["url"]
    return address if fit and not re.search(r"[\s\x00-\x1f<>\"\\]", address) else ""

"""Reads the JSON-LD of a page as browsers and search engines do, with the faults that real pages have.

extruct fails on comments, on several objects in one script and on broken strings.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml.html import HtmlElement

from articles.parsing.normalization import tidy

Item = dict[str, object]

UNREADABLE = "the page's own data (JSON-LD) could not be read"
_ARTICLE = re.compile(r"\w*Article|\w*BlogPosting|Report|Review|NewsItem|Interview|ReportageNewsArticle")
# Kinds that describe the page; their dates and authors count if there is no article.
_PAGE = re.compile(r"\w*WebPage|CreativeWork|SocialMediaPosting|DiscussionForumPosting|\w*VideoObject")
_DEEPEST = 12
_MOST_OBJECTS = 5_000
# Wrappers around a script for old browsers: «//<![CDATA[», «<!--».
_WRAPPER = re.compile(
    r"\A(?:\s|(?://|/\*)(?=\s{0,8}<!)|\*/|<!\[CDATA\[|<!--|;|\ufeff)+|(?:\s|//|/\*|\*/|\]\]>|-->|;)+\Z"
)
# A string, which stays, or a comment or a comma before a bracket, which go.
_STRING_OR_FAULT = re.compile(
    r"""("(?:[^"\\]|\\.)*")|/\*(?:[^*]|\*(?!/)){0,2000}\*/|(?m:(?<![:\w])//[^\n]*$)|,(?=\s*[}\],])|\b(?:undefined|NaN)\b""",
    re.DOTALL,
)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_FIELD = r'"%s"\s*:\s*"((?:[^"\\]|\\.){1,300})"'
_FIELDS = {
    name: re.compile(_FIELD % name)
    for name in ("headline", "datePublished", "dateModified", "articleSection")
}
_AUTHOR = re.compile(
    r'"author"\s*:\s*(?:\[\s*)?(?:\{[^{}]{0,500}?"name"\s*:\s*)?"((?:[^"\\]|\\.){1,200})"', re.DOTALL
)
_BETWEEN_VALUES = re.compile(r"[\s,;\ufeff]+")
_DECODER = json.JSONDecoder(strict=False)


def read_story(tree: HtmlElement, headline: str = "") -> tuple[Item, list[str]]:
    """The page's article with references to people resolved; and warnings. `headline` is the visible one."""
    objects: list[Item] = []
    notes: list[str] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        data, faulty = parse_json_ld(script.text_content())
        notes += [UNREADABLE] if faulty else []
        objects += _objects(data)
    del objects[_MOST_OBJECTS:]
    story = _main_story(objects, headline)
    if not story:
        return {}, notes[:1]
    by_id = {
        str(item["@id"]): item
        for item in reversed(objects)
        if isinstance(item.get("@id"), str) and ("name" in item or len(item) > 2)
    }
    people = {
        name: _in_full(story[name], by_id)
        for name in ("author", "creator", "contributor", "publisher")
        if name in story
    }
    trail = next((item for item in objects if "BreadcrumbList" in kinds_of(item)), {})
    return story | people | (
        {"breadcrumbs": trail["itemListElement"]} if "itemListElement" in trail else {}
    ), notes[:1]


def parse_json_ld(text: str) -> tuple[object, bool]:
    """The values in a script, and whether a part could not be read; repairs the usual faults."""
    text = _WRAPPER.sub("", text)
    if not text:
        return [], False
    for candidate in (text, _repaired(text), _repaired(html.unescape(text))):
        try:
            return list(_values(candidate)), False
        except (ValueError, RecursionError):
            continue
    return _salvaged(text), True


def kinds_of(item: Item) -> list[str]:
    """The types of an object without their vocabulary: «http://schema.org/NewsArticle» is NewsArticle."""
    kinds = item.get("@type", item.get("type"))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [re.split(r"[/:#]", kind)[-1] for kind in kinds if isinstance(kind, str)]


def _repaired(text: str) -> str:
    text = _STRING_OR_FAULT.sub(lambda found: found[1] or ("null" if found[0][0] in "uN" else ""), text)
    return _BAD_ESCAPE.sub(r"\\\\", text)


def _values(text: str) -> Iterator[object]:
    """Each of several values, one after the other."""
    position = 0
    while True:
        if between := _BETWEEN_VALUES.match(text, position):
            position = between.end()
        if position >= len(text):
            return
        value, position = _DECODER.raw_decode(text, position)
        yield value


def _salvaged(text: str) -> list[Item]:
    """The most important fields of a text that is not JSON."""
    found: Item = {name: match[1] for name, pattern in _FIELDS.items() if (match := pattern.search(text))}
    if author := _AUTHOR.search(text):
        found["author"] = author[1]
    return [{"@type": "NewsArticle", **found}] if found else []


def _objects(data: object, depth: int = 0) -> Iterator[Item]:
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)


def _main_story(objects: list[Item], headline: str) -> Item:
    """The article with the visible headline, else the first that is dated, else the first; else the page."""
    stories = [item for item in objects if any(map(_ARTICLE.fullmatch, kinds_of(item)))]
    pages = [item for item in objects if any(map(_PAGE.fullmatch, kinds_of(item)))]
    of_page: Item = next((item for item in pages if "datePublished" in item), {})
    wanted = _bare(headline)
    same = [item for item in stories if wanted and _bare(item.get("headline") or item.get("name")) == wanted]
    dated = [item for item in stories if item.get("datePublished")]
    for story in (*same, *dated, *stories):
        return story
    return {name: of_page[name] for name in ("datePublished", "author", "inLanguage") if name in of_page}


def _bare(value: object) -> str:
    text = html.unescape(value) if isinstance(value, str) and len(value) < 1_000 else ""
    return "".join(character for character in tidy(text).casefold() if character.isalnum())


def _in_full(value: object, by_id: Mapping[str, Item]) -> object:
    """Replace `{"@id": …}`, or the id alone, by the object with this id."""
    if isinstance(value, list):
        return [_in_full(item, by_id) for item in value]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(str(value["@id"]), value)
    return by_id.get(value, value) if isinstance(value, str) else value


def texts_of(value: object, depth: int = 0) -> Iterable[object]:
    """The text values in a name or list of names: strings, `@value`, `@list`, `name`, `familyName`."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from texts_of(item, depth + 1)
    elif isinstance(value, dict):
        inner = next((value[key] for key in ("name", "@value", "@list", "author") if value.get(key)), None)
        if inner is None and value.get("familyName"):
            inner = f"{value.get('givenName') or ''} {value['familyName']}"
        yield from texts_of(inner, depth + 1)
    elif value is not None:
        yield value

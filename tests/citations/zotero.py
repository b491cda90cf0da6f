"""What Zotero takes from a page, by the rules its translators «COinS» and «Embedded Metadata» follow.

COinS comes first: a page with one such element is one item, with several a list to choose from. Written anew
from what they do, for tests; the programs themselves are not on every machine.
"""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

DUBLIN_CORE = "info:ofi/fmt:kev:mtx:dc"
FROM_COINS = {
    "rft.title": "title",
    "rft.date": "date",
    "rft.source": "publicationTitle",
    "rft.pages": "pages",
    "rft.edition": "edition",
    "rft.language": "language",
    "rft.description": "abstractNote",
    "rft.type": "itemType",
}
FROM_TAGS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_date": "date",
    "citation_online_date": "date",
    "citation_journal_title": "publicationTitle",
    "prism.publicationName": "publicationTitle",
    "prism.edition": "edition",
    "article:section": "section",
    "citation_firstpage": "pages",
    "citation_public_url": "url",
    "citation_language": "language",
}
# Whichever of these is on a page says its type, whatever else stands there.
TYPES = {"citation_journal_title": "journalArticle", "citation_book_title": "bookSection"}


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.titles, self.tags = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "span" and found.get("class") == "Z3988":
            self.titles.append(found["title"])
        elif tag == "meta" and (name := found.get("name") or found.get("property")):
            self.tags.append((name, found["content"]))


def items(html):
    """By COinS: one dictionary an item."""
    return [_item(title) for title in Page(html).titles]


def _item(context):
    found = {"itemType": "webpage", "creators": []}
    for pair in context.split("&"):
        key, value = pair.split("=")
        # A plus of the text is lost, whichever way it is written.
        value = unquote(re.sub(r"\+|%2[bB]", " ", value))
        if key == "rft_val_fmt":
            assert value == DUBLIN_CORE
        elif key == "rft.creator":
            found["creators"].append(creator(value))
        elif key == "rft.identifier" and value.startswith(("http://", "https://")):
            found["url"] = value
        elif key in FROM_COINS:
            found[FROM_COINS[key]] = value
    return found


def embedded(html):
    """By the tags in the head, for whoever chooses «Embedded Metadata»."""
    tags = Page(html).tags
    found = {FROM_TAGS[name]: value for name, value in tags if name in FROM_TAGS}
    found["creators"] = [creator(value) for name, value in tags if name == "citation_author"]
    stated = [value for name, value in tags if name == "dc.type"]
    found["itemType"] = next((TYPES[name] for name, _ in tags if name in TYPES), (stated or ["webpage"])[0])
    return found


def creator(name):
    """Given names and family name: parted at the comma, or before the last word where there is none."""
    bare = name.strip(" .,/[]:")
    if "," in name:
        family, _, given = bare.partition(",")
        return given.split(",")[0].strip(), family
    given, _, family = bare.rpartition(" ")
    return given, family

"""Reads embedded posts of social networks: the words of the post, and who wrote it when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles.parsing.html.visibility import names_of
from articles.parsing.normalization import tidy, without_surrogates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_POST = re.compile(
    r"\b(?:twitter-(?:tweet|video)|bluesky-embed|mastodon-embed|instagram-media|text-post-media|tiktok-embed"
    r"|fb-(?:post|xfbml-parse-ignore)|reddit-(?:card|embed-bq))\b"
)
_ADDRESS = re.compile(r"(?:https?://|pic\.(?:twitter|x)\.com/)\S+")
_HANDLE = r"\(?(?P<handle>@[\w.@-]{2,80})\)?"
_SIGNED = (
    # X, Bluesky: «— Ada Okafor (@ada) March 4, 2021»
    re.compile(rf"(?P<words>.*)\s*[—–-]\s*(?P<author>[^—–@()]{{1,80}}?)\s*{_HANDLE}\s*(?P<date>.{{0,60}})"),
    # Instagram: «A post shared by Ada Okafor (@ada) on Mar 4, 2021 at 10:15am PST»
    re.compile(
        r"(?P<words>.*?)\s*A (?:post|photo|video) (?:shared|posted) by (?P<author>[^@()]{0,80}?)\s*"
        rf"{_HANDLE}(?:\s+on)?\s*(?P<date>.{{0,60}})"
    ),
    # Facebook: «Posted by Ada Okafor on Thursday, 4 March 2021»
    re.compile(
        r"(?P<words>.*?)\s*(?:Posted|Gepostet) (?:by|von) (?P<author>.{1,80}?) (?:on|am) (?P<date>.{4,60})"
    ),
)
_NOTHING = re.compile(r"(?:View|See|Watch|Sehen|Diesen Beitrag)\b.{0,60}")


def is_post(element: HtmlElement) -> bool:
    """Whether the element is the embedded form of a post."""
    return element.tag in {"blockquote", "div"} and _POST.search(names_of(element.attrib)) is not None


def post_of(element: HtmlElement) -> str:
    """The post as two lines, its words and «— Author (@handle) date»; empty if it has no words."""
    return signed_post(" ".join(element.itertext()))


def signed_post(text: str) -> str:
    """
    >>> signed_post("The gate held. pic.twitter.com/a1 — Ada Okafor (@ada) March 4, 2021")
    'The gate held.\\n— Ada Okafor (@ada) March 4, 2021'
    """
    text = tidy(without_surrogates(_ADDRESS.sub("", text)))[:5_000]
    # A handle in a link: «( @ada )».
    text = re.sub(r"\(\s+(@[\w.@-]+)\s+\)", r"(\1)", text)
    for form in _SIGNED:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            words = parts["words"].strip()
            if not words or _NOTHING.fullmatch(words):
                return ""
            author = " ".join(
                filter(None, [parts["author"].strip(), parts.get("handle") and f"({parts['handle']})"])
            )
            return f"{words}\n— {author} {parts['date'].strip()}".rstrip()
    return ""

"""The shortcodes of content systems: «[gallery ids="1,2"]», «[caption]…[/caption]»."""

import re

_WITHOUT_WORDS = (
    r"gallery|audio|video|playlist|embed|embedyt|youtube|vimeo|ads?|adrotate|sharethis|social|contact-form(?:-\d)?"
    r"|more|nextpage|toc|sidebar|poll|button|divider|spacer|raw|wp_[a-z_]+|ngg[a-z_]*"
)
_CAPTION = re.compile(
    r"\[caption\b([^\[\]]{0,1000})\](?P<inside>(?:(?!\[caption\b).){0,5000}?)\[/caption\]",
    re.DOTALL | re.IGNORECASE,
)
_OLD_CAPTION = re.compile(r"\bcaption\s*=\s*[\"']([^\"'\[\]]{1,1000})[\"']")
_PICTURE = re.compile(r"\s*(?:<a\b[^<>]{0,2000}>\s*)?<img\b[^<>]{0,2000}>(?:\s*</a>)?", re.IGNORECASE)
# An embedded address stands between its marks; the words between others are the article's.
_EMBEDDED = re.compile(
    r"\[(embed|video|audio|youtube|vimeo|raw)\b[^\[\]]{0,1000}\]\s*\S{0,2000}\s*\[/\1\]", re.IGNORECASE
)
_CODE = re.compile(
    rf"\[/?(?:{_WITHOUT_WORDS})(?:\s[^\[\]]{{0,1000}})?/?\]"
    # Settings in quotation marks, from the first mark to the last.
    r"|\[[a-z][a-z0-9_-]{1,40}\s+[a-z][\w-]{0,40}\s*=\s*[\"'][^\[\]]{0,1000}[\"']\s*/?\]"
    # Bare ones, alone or followed by others.
    r"|\[[a-z][a-z0-9_-]{1,40}\s+[a-z][\w-]{0,40}=[^\s\"'\[\]]{1,200}(?:\s[^\[\]]{0,1000}=[^\[\]]{1,200})?\s*/?\]"
    r"|\[/[a-z][a-z0-9_-]{1,40}\]|\[(?:et_pb|vc|fusion|su|av)_[a-z0-9_-]{1,40}\]",
    re.IGNORECASE,
)
_PAIRED = re.compile(r"\[/([a-z][a-z0-9_-]{1,40})\]", re.IGNORECASE)


def without_shortcodes(text: str) -> str:
    """The text with pictures' captions as figures and without other shortcodes; their words stay.

    An editor's own brackets are no shortcodes: no known name, no closing one, nothing set with «=».

    >>> without_shortcodes('[su_note color="red"]Read.[/su_note] He [the miller] left [sic].[gallery id="1"]')
    'Read. He [the miller] left [sic].'
    """
    if "[" not in text:
        return text
    text = _EMBEDDED.sub("", _CAPTION.sub(_figure, text))
    opened = {name.casefold() for name in _PAIRED.findall(text)}
    text = _CODE.sub("", text)
    if opened:
        names = "|".join(sorted(map(re.escape, opened)))
        text = re.sub(rf"\[(?:{names})\]", "", text, flags=re.IGNORECASE)
    return text


def _figure(match: re.Match[str]) -> str:
    inside = match["inside"]
    picture = _PICTURE.match(inside)
    words = inside[picture.end() :] if picture else inside
    if not words.strip() and (old := _OLD_CAPTION.search(match[1])):
        words = old[1]
    return f"\n\n<figure>{picture[0] if picture else ''}<figcaption>{words}</figcaption></figure>\n\n"

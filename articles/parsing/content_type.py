"""Telling a page in HTML from plain text by how it begins."""

import re

_LOOKED_AT = 1_000
_MARKUP = re.compile(
    r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body|article|main|div|section|meta|title|p|h[1-6])\b[^<>]{0,400}>",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_html(raw: str | bytes) -> bool:
    """Whether the first thing in it is a tag of a page; a lone «<» in a text is not one."""
    head = raw[:_LOOKED_AT]
    if isinstance(head, bytes):
        head = (
            head.decode("utf-8-sig", "replace")
            if head[:2] not in (b"\xff\xfe", b"\xfe\xff")
            else head.decode("utf-16", "replace")
        )
    head = head.lstrip("\ufeff").lstrip()
    head = re.sub(r"\A<\?xml[^<>]{0,200}>\s*", "", head)
    return bool(_MARKUP.match(head))

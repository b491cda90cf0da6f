"""Parses mail (.eml), such as a press release."""

import re
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from typing import BinaryIO

from articles.parsing.charsets import decode_markup
from articles.parsing.documents.layout import joined, read_paragraphs
from articles.parsing.html.fragment import Fragment, read_fragment
from articles.parsing.normalization import tidy
from articles.parsing.parsed import ParsedArticle
from articles.parsing.source_item import SourceError

_FORWARDED = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|odp|antw|vs) ?: ?){1,8}", re.IGNORECASE)
_SIGNATURE = re.compile(r"(?m)^-- ?\r?$")
_SECRET = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_MAILBOX = re.compile(rb"\n\r?\nFrom \S+[^\n]{0,200}\n[A-Za-z-]{2,60}: ")
# Mail programs break lines of plain text between these lengths.
_SHORTEST, _LONGEST = 50, 80


def read_eml(stream: BinaryIO) -> ParsedArticle:
    """The article in a message; raises `SourceError`."""
    raw = stream.read()
    if raw.startswith(b"From ") and _MAILBOX.search(raw):
        raise SourceError("it is a mailbox of several messages; save each as a file")
    message = message_from_bytes(raw, policy=default)
    if message.get_content_type() in _SECRET:
        raise SourceError("it is encrypted")
    text, cut = _text(message)
    if not text.strip():
        raise SourceError("the message has no text")
    body, *signature = _SIGNATURE.split(text, maxsplit=1)
    subject = tidy(str(_parsed(message, "subject") or ""))
    if forwarded := _FORWARDED.match(subject):
        subject = subject[forwarded.end() :]
    attached = _attachments(message)
    parsed = read_paragraphs(
        _paragraphs(body),
        headline=subject,
        removed=[*cut, *(line.strip() for one in signature for line in one.splitlines())],
        warnings=[f"attachments that were left out: {', '.join(attached)}"] if attached else [],
    )
    if subject:
        parsed = replace(parsed, headline=subject)
    return _with_sender(_with_date(parsed, message), message)


def _with_date(parsed: ParsedArticle, message: EmailMessage) -> ParsedArticle:
    """The day on which it was sent, where the sender was, unless the text gives one."""
    sent = getattr(_parsed(message, "date"), "datetime", None)
    if parsed.published_on or not isinstance(sent, datetime):
        return parsed
    at = sent if sent.tzinfo else None
    return replace(
        parsed,
        published_on=sent.date(),
        published_precision="day",
        published_at=at,
        day_is_utc=bool(at and not at.utcoffset()),
    )


def _with_sender(parsed: ParsedArticle, message: EmailMessage) -> ParsedArticle:
    """The name of the sender as the byline, unless the text has one; an address is no name."""
    senders = getattr(_parsed(message, "from"), "addresses", ())
    names = [tidy(one.display_name) for one in senders if "@" not in one.display_name]
    byline = ", ".join(filter(None, names))
    return (
        parsed
        if parsed.byline or not byline
        else replace(parsed, byline=byline, authors=tuple(filter(None, names)))
    )


def _parsed(message: EmailMessage, name: str) -> object:
    """The header as `email` parses it; its parser fails on some headers that no standard allows."""
    try:
        return message[name]
    except (ValueError, IndexError, KeyError, AttributeError):
        return None


def _text(message: EmailMessage) -> tuple[str, tuple[str, ...]]:
    """The plain text if it is whole, else the text of the HTML and what was cut from it."""
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    text = _decoded(plain) if plain else ""
    if plain and str(plain.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, delete=str(plain.get_param("delsp", "")).lower() == "yes")
    shown = read_fragment(_inside(_decoded(page))) if page else Fragment("")
    is_whole = len(text.split()) * 10 >= len(shown.text.split()) * 8
    return (text, ()) if is_whole else (shown.text, shown.removed)


def _inside(page: str) -> str:
    """The page without its head, whose title is no text."""
    return page[max(page.lower().find("</head>"), 0) :]


def _decoded(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    return (
        decode_markup(payload, str(part.get_content_charset() or ""))[0] if isinstance(payload, bytes) else ""
    )


def _unflowed(text: str, *, delete: bool) -> str:
    """Join the lines that end in a blank, as RFC 3676 says."""
    lines = text.replace("\r\n", "\n").split("\n")
    found = ""
    for line in lines:
        line = line.removeprefix(" ")
        soft = line.endswith(" ") and line != "-- "
        found += (line.removesuffix(" ") if delete else line) if soft else f"{line}\n"
    return found


def _paragraphs(text: str) -> list[str]:
    """The paragraphs; lines that were broken at the width of a screen are joined."""
    found = []
    for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.rstrip() for line in paragraph.split("\n")]
        broken = len(lines) > 1 and all(_SHORTEST <= len(line) <= _LONGEST for line in lines[:-1])
        found.append(joined(lines) if broken else "\n".join(lines))
    return found


def _attachments(message: EmailMessage) -> list[str]:
    """The names of all parts that are not the text."""
    bodies = [message.get_body(("plain",)), message.get_body(("html",))]
    parts = [part for part in message.walk() if not part.is_multipart() and part not in bodies]
    parts += [part for part in message.walk() if part.get_content_type() == "message/rfc822"]
    return [tidy(part.get_filename() or part.get_content_type()) for part in parts]

"""Interprets status columns of a source, such as `status` or `draft`: is the article public there?

The columns are those of WordPress, Blogger, Ghost, Drupal, Wagtail, Hugo, Atom and NewsML-G2.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from articles.parsing.dates.parser import UnclearDate, read_date
from articles.parsing.parsed import Problem
from articles.text.word_lists import words

PUBLISH, DRAFT, LEAVE = "publish", "draft", "leave"
STATUSES = (PUBLISH, DRAFT, LEAVE)
# An unknown word means draft, because publishing would be a guess.
STATUS_WORDS = {
    PUBLISH: "publish published public live online posted visible released final approved active open usable"
    " 1 yes y true on ok 200 ja tak oui si veröffentlicht opublikowany opublikowane opublikowana publié"
    " publicado",
    DRAFT: "draft pending future scheduled private review in review unpublished entwurf szkic 0 no n false"
    " off withheld embargoed hidden password protected needs review",
    LEAVE: "trash trashed deleted auto draft inherit spam removed canceled cancelled gelöscht kosz",
}
_STATUS = words(
    "status poststatus articlestatus contentstatus publicationstatus publishstatus poststate"
    " workflowstate workflowstatus moderationstate moderationstatus pubstatus creativeworkstatus"
)
# Columns that mean public if the value is «yes», and columns that mean public if it is «no».
_PUBLIC = words("ispublished published ispublic public live islive")
_NOT_PUBLIC = words(
    "draft isdraft private isprivate hidden ishidden unpublished isunpublished embargoed isembargoed deleted"
    " isdeleted trashed withheld expired isexpired"
)
_PASSWORD = words("password postpassword passwordprotected")
_VISIBILITY = words("visibility")
_FROM = words(
    "embargo embargodate embargoed embargoeduntil embargoends embargountil visiblefrom publicfrom"
    " availablefrom publishfrom publishon publishat scheduledat scheduledfor goliveat"
)
_UNTIL = words("expires expiresat expireat expiryat expirydate unpublishon unpublishat visibleuntil")
_ALL = {"state", *_STATUS, *_PUBLIC, *_NOT_PUBLIC, *_PASSWORD, *_VISIBILITY, *_FROM, *_UNTIL}
_YES = frozenset(("1", "yes", "y", "true", "on", "t", "ja", "tak"))
_NO = frozenset(("0", "no", "n", "false", "off", "f", "nein", "nie", "none", "null"))
_PUBLIC_ACCESS = frozenset(("public", "open", "free", "everyone", "all", "1", "true", "yes"))
# Front matter of Hugo, Jekyll and others: YAML between «---», TOML between «+++».
_FRONT_MATTER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*\r?\n(.{0,20000}?)\n\1[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_SETTING = re.compile(r"([\w-]+)[ \t]*[:=][ \t]*(.*)")


def says_status(column: str) -> bool:
    """Whether a column of this name can withhold a row."""
    return _bare(column) in _ALL


def why_withheld(row: Mapping[str, object], now: datetime) -> str:
    """Why the source withholds this row, such as ``draft is «true»``; empty if it publishes it."""
    for column, value in row.items():
        if isinstance(value, Problem):
            if says_status(value.column):
                return f"{value.column} cannot be read"
            continue
        value, name = _single(value), _bare(str(column))
        if value is not None and value != "" and _is_withheld(name, value, now):
            return f"{column} is set" if name in _PASSWORD else f"{column} is «{str(value)[:100]}»"
    return ""


def why_in_future(row: Mapping[str, object], now: datetime) -> str:
    """Why this row is not out yet: its date of publication is in the future; empty if it is not."""
    for column in ("published_at", "published_on"):
        try:
            when = read_date(str(row.get(column) or ""))
        except UnclearDate:
            continue
        # Where a day begins first, it begins 14 hours before UTC.
        begins = when.at or datetime(when.on.year, when.on.month, when.on.day, tzinfo=UTC) - timedelta(
            hours=14
        )
        if begins > now:
            return f"{column} is «{row[column]}», in the future"
    return ""


def meaning_of(status: str) -> str:
    """publish, draft or leave; empty for an unknown word."""
    key = _words(status)
    return next((meaning for meaning, known in STATUS_WORDS.items() if f" {key} " in f" {known} "), "")


def status_and_reason(name: str, said: str) -> tuple[str, str]:
    """publish, draft or leave by the word of a source's status field; a word that is not known means draft.

    >>> status_and_reason("pubstatus", "canceled")
    ('leave', 'is left out: its pubstatus is «canceled»')
    """
    meaning = meaning_of(said)
    if meaning == LEAVE:
        return LEAVE, f"is left out: its {name} is «{said}»"
    return (PUBLISH, "") if meaning == PUBLISH else (DRAFT, f"{name} is «{said}»")


def front_matter(raw: bytes) -> dict[str, str]:
    """The simple settings in the front matter of a Markdown file: `draft: true`."""
    found = _FRONT_MATTER.match(raw)
    lines = found[2].decode("utf-8", "replace").splitlines() if found else []
    settings = (_SETTING.fullmatch(line.rstrip()) for line in lines)
    return {setting[1]: setting[2].strip("\"' ") for setting in settings if setting}


def _bare(column: str) -> str:
    """One key for `wp:post_status`, `Post Status` and `postStatus`."""
    return re.sub(r"[^a-z]", "", column.casefold().rpartition(":")[2])


def _is_withheld(name: str, value: object, now: datetime) -> bool:
    word = _words(str(value))
    if name in _STATUS:
        return meaning_of(word) != PUBLISH
    if name == "state":  # a column that may also contain places: Ohio
        return meaning_of(word) in (DRAFT, LEAVE)
    if name in _PUBLIC:
        return word in _NO
    if name in _NOT_PUBLIC and (word in _YES or word in _NO):
        return word in _YES
    if name in _PASSWORD:
        return word not in _NO
    if name in _VISIBILITY:
        return word not in _PUBLIC_ACCESS
    if name in _FROM:
        return word not in _NO and _is_after(str(value), now)
    return name in _UNTIL and not _is_after(str(value), now)


def _words(value: str) -> str:
    """The words of a status value: of «stat:usable», «In Review», «auto-draft»."""
    return " ".join(re.findall(r"\w+", value.casefold().rpartition(":")[2].replace("_", " ")))


def _single(value: object) -> object:
    """Unwrap values of Drupal's REST export: `[{"value": true}]`."""
    for _ in range(3):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        elif isinstance(value, Mapping) and "value" in value:
            value = value["value"]
    return value


def _is_after(value: str, now: datetime) -> bool:
    """Whether the moment is in the future in any time zone; True if it cannot be parsed."""
    if value.isdigit() and len(value) in (10, 13):
        return int(value[:10]) > now.timestamp()
    try:
        when = read_date(value)
    except UnclearDate:
        return True
    if when.at:
        return when.at > now
    # 36 hours after a day begins in UTC it is over in every time zone.
    return datetime(when.on.year, when.on.month, when.on.day, tzinfo=UTC) > now - timedelta(hours=36)

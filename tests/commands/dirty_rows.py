"""Generated exports of an old content system: every kind of dirt, and what should come of it."""

from __future__ import annotations

import csv
import datetime as dt
import email.utils
import io
import random
from dataclasses import dataclass, field

HEADER = ["ID", "Title", "Content", "Date", "Paper", "Category", "Author", "Status", "URL", "Views"]
ZONE = dt.timezone(dt.timedelta(hours=1))
PAPERS = ["Selwy Courier", "THE SELWY COURIER", "SelCour"]
CUT_AT = 32_767
# What an editor writes into the suggested mapping: line as suggested, line as meant.
EDITS = {
    'order = ""': 'order = "day first"',
    'zone = ""': 'zone = "Etc/GMT-1"',
    'zero = "refuse"': 'zero = "none"',
    '"SelCour" = "SelCour"': '"SelCour" = "Selwy Courier"',
}


@dataclass
class Export:
    """The file, and by the rows' ids what must become of them."""

    raw: bytes = b""
    good: set[str] = field(default_factory=set)
    drafts: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    bad: set[str] = field(default_factory=set)
    doubles: int = 0
    days: dict[str, dt.date | None] = field(default_factory=dict)


def export(number: int, seed: int = 5, changed: int = 0) -> Export:
    """So many rows; the bodies of the first `changed` good ones have another text than without it."""
    made = Export()
    lines = [_line(HEADER)]
    for position in range(number):
        chance = random.Random(f"{seed} {position}")  # noqa: S311
        row, kind = _row(position, chance, made)
        pk = row[0]
        getattr(made, kind).add(pk)
        if kind == "good" and changed > 0:
            changed -= 1
            row[2] = row[2].replace("The weir", "The old weir")
        line = _line(row)
        if kind == "bad" and chance.random() < 0.3:
            line = line.rsplit(b";", 3)[0] + b"\r\n"
        lines.append(line)
        if kind == "good" and chance.random() < 0.03:
            made.doubles += 1
            lines.append(line)
    made.raw = b"".join(lines)
    return made


def _row(position: int, chance: random.Random, made: Export) -> tuple[list[str], str]:
    pk = str(10_000 + position)
    kind = chance.choices(["good", "drafts", "left", "bad"], [930, 30, 15, 25])[0]
    at = dt.datetime(2009, 1, 1, 6, tzinfo=ZONE) + dt.timedelta(minutes=chance.randrange(5_000_000))
    title, body = f"Gates of Żerań weir open, part {position}", _body(position, chance)
    date = "0000-00-00 00:00:00" if chance.random() < 0.01 else _date(at, chance)
    made.days[pk] = None if date.startswith("0000") else at.date()
    status = {"drafts": "draft", "left": "trash"}.get(kind, "publish")
    if kind == "bad":
        title, body, date = chance.choice(
            [
                ("", body, date),
                (title, "", date),
                (title, (body * 400)[:CUT_AT], date),
                (title, body, "31/02/2015"),
                (title, body, "soon"),
            ]
        )
    if kind != "bad" and chance.random() < 0.05:
        title = _twice(title)
        body = _twice(body)
    paper = chance.choices(PAPERS, [6, 3, 2])[0]
    section = chance.choice(["Local", "LOCAL", "local ", "Sport", "Wieś"])
    author = chance.choice(["By Jonas Whitlock", "JONAS WHITLOCK", "Mira Tolland", ""])
    address = f"https://courier.example/{position}/"
    return [pk, title, body, date, paper, section, author, status, address, str(chance.randrange(900))], kind


def _body(position: int, chance: random.Random) -> str:
    body = (
        f"<p>The weir at Żerań was opened {position} times, the keeper&#8217;s book says.</p>\n"
        f"<p>“We had {position + 40} cows out before the siren,” said Osric Pell, who farms there.</p>"
    )
    if chance.random() < 0.2:
        body += (
            '\n[caption id="a1" width="300"]<img src="https://courier.example/i.jpg" /> The weir.[/caption]'
        )
    if chance.random() < 0.2:
        body += '\n\n[gallery ids="1,2,3"]'
    return body


def _date(at: dt.datetime, chance: random.Random) -> str:
    form = chance.randrange(6)
    if form == 4:
        return str(int(at.timestamp()))
    if form == 5:
        return email.utils.format_datetime(at)
    return at.strftime(["%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%d.%m.%Y", "%d %B %Y"][form])


def _twice(text: str) -> str:
    """UTF-8 read as the file's own coding; a text with bytes that it does not know stays as it was."""
    try:
        return text.encode().decode("cp1250")
    except UnicodeDecodeError:
        return text


def _line(row: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(row)
    return text.getvalue().encode("cp1250")


def edited(suggestion: str) -> tuple[str, int]:
    """The suggested mapping with the editor's lines, and how many of them it took."""
    lines, edits = [], 0
    for line in suggestion.splitlines():
        meant = next((line.replace(a, b) for a, b in EDITS.items() if line.startswith(a)), line)
        edits += meant != line
        lines.append(meant)
    return "\n".join(lines) + "\n", edits

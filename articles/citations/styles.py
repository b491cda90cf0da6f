"""Formatted citations: APA (7th edition), Chicago (18th edition, notes) and MLA (9th edition).

A newspaper article follows APA 10.1 (example 16), a Chicago note, which gives no page number, and MLA with
the newspaper as the container. A search is cited as a database result: with the database as its author and a
description in brackets (APA 9.21, 10.16), by name and date (Chicago), or as a titled part of a container
(MLA). Headlines stay as printed, because changing capitals would change the record. The tests compare the
output with that of citeproc-py, whose styles change capitals.
"""

from __future__ import annotations

from calendar import month_name
from typing import NamedTuple

from articles.citations.citation import Citation, Kind
from articles.citations.names import Name


class Run(NamedTuple):
    """Part of a citation, in italics or not."""

    text: str
    italic: bool = False


MLA_MONTHS = (
    "",
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
)


def plain(runs: list[Run]) -> str:
    """The citation as plain text."""
    return "".join(run.text for run in runs)


def apa(citation: Citation) -> list[Run]:
    """APA: Whitlock, J. (2024, December 19). Headline. *Selwy Courier*, 1. Address"""
    date = f"({_apa_date(citation.issued)})"
    if citation.kind == Kind.SEARCH:
        described = f" [Search results: {citation.found}]. {citation.url}"
        archive = Run(f"{citation.container}. {date}. ")
        return [archive, Run(citation.title, italic=True), Run(described)]
    authors = _apa_authors(citation.authors)
    title = _stopped(citation.title)
    opening = f"{_stopped(authors)} {date}. {title} " if authors else f"{title} {date}. "
    runs = [Run(opening), Run(citation.container, italic=True)]
    runs.append(Run(f", {citation.page}. " if citation.page else ". "))
    runs.append(Run(_when_undated(citation, "Retrieved {month} {day}, {year}, from ") + citation.url))
    return _with_speaker(citation, runs, "{name}, as quoted in ")


def chicago(citation: Citation) -> list[Run]:
    """Chicago: Jonas Whitlock, “Headline,” *Selwy Courier*, December 19, 2024, morning edition, address."""
    authors = _chicago_authors(citation.authors)
    title = _quoted(citation.title, ",")
    if citation.kind == Kind.SEARCH:
        state = f"{citation.found}, as of {_written_date(citation.issued)}"
        accessed = _accessed(citation, "accessed {month} {day}, {year}")
        return [Run(f"{citation.container}, {title} {state}, {accessed}, {citation.url}.")]
    runs = [Run(f"{authors}, {title} " if authors else f"{title} "), Run(citation.container, italic=True)]
    rest = [_written_date(citation.issued) or "n.d."]
    rest += [f"{citation.edition} edition"] if citation.edition else []
    rest += [_accessed(citation, "accessed {month} {day}, {year}")] if not citation.issued else []
    runs.append(Run(f", {', '.join(rest)}, {citation.url}."))
    return _with_speaker(citation, runs, "{name}, quoted in ")


def mla(citation: Citation) -> list[Run]:
    """MLA: Whitlock, Jonas. “Headline.” *Selwy Courier*, morning ed., 19 Dec. 2024, p. 1, address."""
    authors = _mla_authors(citation.authors)
    title = _quoted(citation.title, ".")
    runs = [
        Run(f"{_stopped(authors)} {title} " if authors else f"{title} "),
        Run(citation.container, italic=True),
    ]
    rest = [f"{citation.edition} ed."] if citation.edition else []
    rest += [_mla_date(citation.issued)] if citation.issued else []
    rest += [f"p. {citation.page}"] if citation.page else []
    rest.append(citation.url)
    accessed = f"{citation.accessed.day} {MLA_MONTHS[citation.accessed.month]} {citation.accessed.year}"
    runs.append(Run(f", {', '.join(rest)}. Accessed {accessed}."))
    return _with_speaker(citation, runs, "{name}. Quoted in ")


def _with_speaker(citation: Citation, runs: list[Run], form: str) -> list[Run]:
    """Put the speaker of a quote before the article that printed it."""
    if citation.speaker is None:
        return runs
    return [Run(form.format(name=citation.speaker.straight)), *runs]


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _quoted(title: str, mark: str) -> str:
    """American quotation marks: comma or stop inside, unless the title ends in «?» or «!»."""
    inner = title.replace("“", "‘").replace("”", "’")
    return f"“{inner}”" if inner.endswith(("?", "!")) else f"“{inner}{mark}”"


def _chicago_authors(names: tuple[Name, ...]) -> str:
    """Up to two authors, or the first «et al.»."""
    written = [name.straight for name in names]
    return f"{written[0]} et al." if len(written) > 2 else " and ".join(written)


def _apa_name(name: Name) -> str:
    return ", ".join(part for part in (name.family, name.initials, name.suffix) if part)


def _apa_authors(names: tuple[Name, ...]) -> str:
    """Up to twenty authors, or the first nineteen and the last (APA 9.8)."""
    written = [_apa_name(name) for name in names]
    if len(written) > 20:
        return f"{', '.join(written[:19])}, … {written[-1]}"
    if len(written) < 2:
        return "".join(written)
    return f"{', '.join(written[:-1])}, & {written[-1]}"


def _mla_authors(names: tuple[Name, ...]) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return names[0].inverted
    return (
        f"{names[0].inverted}, and {names[1].straight}" if len(names) == 2 else f"{names[0].inverted}, et al."
    )


def _apa_date(issued: tuple[int, ...]) -> str:
    if not issued:
        return "n.d."
    rest = " ".join([month_name[issued[1]], *map(str, issued[2:])]) if len(issued) > 1 else ""
    return f"{issued[0]}, {rest}" if rest else str(issued[0])


def _written_date(issued: tuple[int, ...]) -> str:
    if len(issued) == 3:
        return f"{month_name[issued[1]]} {issued[2]}, {issued[0]}"
    return f"{month_name[issued[1]]} {issued[0]}" if len(issued) == 2 else "".join(map(str, issued))


def _mla_date(issued: tuple[int, ...]) -> str:
    parts = [str(issued[0])]
    parts += [MLA_MONTHS[issued[1]]] if len(issued) > 1 else []
    parts += [str(issued[2])] if len(issued) > 2 else []
    return " ".join(reversed(parts))


def _accessed(citation: Citation, form: str) -> str:
    day = citation.accessed
    return form.format(month=month_name[day.month], day=day.day, year=day.year)


def _when_undated(citation: Citation, form: str) -> str:
    return "" if citation.issued else _accessed(citation, form)

"""The report of a dry run: counts, suspicious values, and samples of the articles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.ingest.pipeline.types import IncomingArticle
from articles.near_duplicates.batch import NearDuplicateReport
from articles.parsing.feeds.syndication import SUMMARY_ONLY
from articles.parsing.mojibake import is_mojibake
from articles.parsing.parsed import ParsedArticle
from articles.parsing.tabular.mapping import CUT_AT

SAMPLES = 20
_MAX_VALUES = 30
_SHORT = 40  # characters


class DryRunReport:
    """Collects counts and a random sample of `SAMPLES` articles, in constant memory."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {
            n: Counter() for n in ("publication", "year", "section", "language")
        }
        self.suspicious: Counter[str] = Counter()
        self.rows: dict[str, list[int]] = {}
        self.samples: list[tuple[int, IncomingArticle]] = []
        self.near_duplicates = NearDuplicateReport()
        self.read = self.drafts = 0
        # Seeded: the same file gives the same samples.
        self._random = random.Random(SAMPLES)  # noqa: S311

    def add(self, number: int, incoming: IncomingArticle) -> None:
        parsed = incoming.parsed
        self.read += 1
        self.drafts += bool(incoming.withheld)
        year = str(parsed.published_on.year) if parsed.published_on else ""
        values = {"publication": parsed.publication, "section": parsed.section, "language": parsed.language}
        for name, value in (values | {"year": year}).items():
            self.counts[name][value] += 1
        for sign in suspicions(parsed):
            self.suspicious[sign] += 1
            self.rows.setdefault(sign, []).append(number)
            del self.rows[sign][10:]
        if len(self.samples) < SAMPLES:
            self.samples.append((number, incoming))
        elif (place := self._random.randrange(self.read)) < SAMPLES:
            self.samples[place] = (number, incoming)

    def add_new(self, rows: dict[int, IncomingArticle]) -> None:
        """Look for near-duplicates of the rows that would be new articles."""
        self.near_duplicates.add(
            {number: (one.parsed.headline, one.parsed.body) for number, one in rows.items()}
        )

    def lines(self) -> Iterator[str]:
        yield gettext("Articles: %(n)s; drafts at their source: %(drafts)s") % {
            "n": f"{self.read:,}",
            "drafts": f"{self.drafts:,}",
        }
        for name, counts in self.counts.items():
            yield f"\n{name.capitalize()}"
            common = counts.most_common(_MAX_VALUES) if name != "year" else sorted(counts.items())
            yield from (f"  {number:>8,}  {value or gettext('(none)')}" for value, number in common)
            if name != "year" and len(counts) > _MAX_VALUES:
                yield "  " + gettext("… and %(n)s more") % {"n": f"{len(counts) - _MAX_VALUES:,}"}
        yield "\n" + (gettext("Please check") if self.suspicious else gettext("No problems found"))
        for sign, number in self.suspicious.most_common():
            rows = ", ".join(map(str, self.rows[sign]))
            more = " …" if number > len(self.rows[sign]) else ""
            yield f"  {number:>8,}  " + gettext("%(problem)s: row %(rows)s") % {
                "problem": sign,
                "rows": rows + more,
            }
        yield ""
        yield from self.near_duplicates.lines()
        yield "\n" + gettext("Examples: %(n)s") % {"n": len(self.samples)}
        for number, incoming in sorted(self.samples, key=lambda sample: sample[0]):
            yield from sample_lines(number, incoming)


def suspicions(parsed: ParsedArticle) -> Iterator[str]:
    """Yield values that are often errors of the export, but may be correct."""
    texts = (parsed.headline, parsed.standfirst, parsed.byline, parsed.body)
    if parsed.published_on and parsed.published_on.isoformat() == "1970-01-01":
        yield gettext("dated 1 January 1970")
    if parsed.published_on is None:
        yield gettext("no date")
    if CUT_AT - 2 <= len(parsed.body) <= CUT_AT:
        yield gettext("text ends at %(n)s characters") % {"n": f"{CUT_AT:,}"}
    if any(map(is_mojibake, texts)):
        yield gettext("wrongly encoded characters")
    if any("\ufffd" in text for text in texts):
        yield gettext("missing characters")
    if len(parsed.body) < _SHORT:
        yield gettext("text shorter than %(n)s characters") % {"n": _SHORT}
    if not parsed.publication:
        yield gettext("no publication")
    if parsed.extra.get(SUMMARY_ONLY):
        yield gettext("summary only, no text")


def sample_lines(number: int, incoming: IncomingArticle) -> Iterator[str]:
    """Yield a short preview of the article."""
    parsed = incoming.parsed
    when = parsed.published_on.isoformat() if parsed.published_on else gettext("no date")
    if parsed.published_on and parsed.published_precision != "day":
        when = when[: 7 if parsed.published_precision == "month" else 4]
    where = ", ".join(filter(None, (parsed.publication or gettext("(no publication)"), parsed.section, when)))
    yield "  " + gettext("Row %(row)s: %(headline)s") % {
        "row": number,
        "headline": Truncator(parsed.headline).chars(100),
    }
    yield f"    {where}{' · ' + Truncator(parsed.byline).chars(60) if parsed.byline else ''}"
    yield f"    {Truncator(' '.join(parsed.body.split())).chars(200)}"
    quotes, pictures = len(incoming.reading.pieces), len(parsed.images)
    yield "    " + gettext("Characters: %(n)s; quotes: %(quotes)s; pictures: %(pictures)s") % {
        "n": f"{len(parsed.body):,}",
        "quotes": quotes,
        "pictures": pictures,
    }

"""Comparison of speakers as a page, JSON or CSV."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from articles import exports, search
from articles.exports.csv_table import table
from articles.models import Quote, Speaker
from articles.search import ArticleFilter, Comparison
from articles.search.speakers.comparison import LEAST, MOST, Compared
from articles.views import charts


@dataclass(frozen=True)
class Side:
    """One speaker of the comparison with their chart and quotes."""

    compared: Compared
    chart: charts.Chart
    quotes: list[Quote]
    without: str


class ComparePage:
    """The view model of a comparison; ``comparison`` is None if the parameters are invalid."""

    def __init__(self, asked: ArticleFilter, path: str) -> None:
        self.asked = asked
        self.path = path

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        return self.asked.address.values.get("speaker", ()) if self.asked.is_valid() else ()

    @property
    def text(self) -> str:
        return self.asked.data.get("q", "")

    @property
    def mistakes(self) -> list[str]:
        """Messages about invalid parameters."""
        return [
            f"{self.asked.filters[name].label}: {problem['message']}"
            for name, problems in self.asked.errors.items()
            for problem in problems
        ]

    @property
    def unknown(self) -> list[str]:
        """Slugs in the URL of no known speaker."""
        if not self.asked.is_valid():
            return []
        question = self.asked.cleaned
        return [slug for slug in self.slugs if not question.named("speaker", slug).ids]

    @property
    def too_many(self) -> bool:
        return len(self.slugs) > MOST

    @property
    def can_add(self) -> bool:
        return len(self.slugs) < MOST

    @cached_property
    def comparison(self) -> Comparison | None:
        if not self.asked.is_valid() or self.unknown or not LEAST <= len(self.slugs) <= MOST:
            return None
        return search.compare(self.asked.cleaned)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Hidden fields of the form, without the query."""
        values = self.asked.address.values if self.asked.is_valid() else {}
        return [(name, value) for name, given in values.items() if name != "q" for value in given]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The chosen speakers, each with the URL without them."""
        if not self.asked.is_valid():
            return []
        question = self.asked.cleaned
        named = ((question.named("speaker", slug).label or slug, slug) for slug in self.slugs)
        return [(label, self.asked.address.removing("speaker", slug)) for label, slug in named]

    @cached_property
    def sides(self) -> list[Side]:
        comparison = self.comparison
        if comparison is None:
            return []
        ids = [id_ for one in comparison.speakers for id_ in one.quotes]
        quotes = Quote.objects.accepted().for_listing().in_bulk(ids)
        removing = self.asked.address.removing
        return [
            Side(
                one,
                self._chart(comparison, at),
                [quotes[id_] for id_ in one.quotes if id_ in quotes],
                removing("speaker", one.speaker.slug),
            )
            for at, one in enumerate(comparison.speakers)
        ]

    @staticmethod
    def _chart(comparison: Comparison, at: int) -> charts.Chart:
        """All charts have the same scale, so that heights can be compared."""
        runs = charts.periods((row.year, tuple(cell.count for cell in row.cells)) for row in comparison.rows)
        one = comparison.speakers[at]
        columns = [
            charts.Column(run.label, (run.parts[at],), one.url_of_years(run.first, run.last)) for run in runs
        ]
        return charts.draw(columns, 80, most=max((max(run.parts) for run in runs), default=0))

    def offer(self, speaker: Speaker) -> tuple[Speaker, str]:
        """The speaker with the URL that adds them."""
        return speaker, self.path + self.asked.address.adding("speaker", speaker.slug)

    @property
    def files(self) -> list[tuple[str, str]]:
        return [(name.upper(), self.asked.url(format=name)) for name in ("json", "csv")]


def compared_as_file(asked: ArticleFilter) -> HttpResponse:
    """The same numbers as JSON, or as CSV with a row per speaker and year."""
    page = ComparePage(asked, "")
    if not asked.is_valid():
        return JsonResponse(exports.errors_json(asked), status=400)
    if page.comparison is None:
        problem = f"compare {LEAST} to {MOST} speakers of this archive"
        error = {"message": problem, "value": ", ".join(page.unknown or page.slugs)}
        return JsonResponse({"errors": {"speaker": [error]}, "count": 0, "results": []}, status=400)
    return _csv(page.comparison) if asked.cleaned.format == "csv" else _json(page, page.comparison)


def _json(page: ComparePage, comparison: Comparison) -> HttpResponse:
    results, site = [], settings.SITE_URL
    for at, one in enumerate(comparison.speakers):
        years = [
            {"year": row.year, "count": row.cells[at].count, "held": row.held, "rate": row.cells[at].rate,
             "url": site + row.cells[at].url}
            for row in comparison.rows
        ]  # fmt: skip
        words = [{"word": word.label, "count": word.count, "url": site + word.url} for word in one.words]
        results.append(
            {
                "speaker": {"slug": one.speaker.slug, "name": one.speaker.label},
                "count": one.count,
                "undated": one.undated,
                "url": site + one.url,
                "years": years,
                "words": words,
                "quotes": list(one.quotes),
            }
        )
    found = {
        "query": page.text,
        "results": results,
        "without_speaker": comparison.without_speaker if comparison else None,
    }
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


def _csv(comparison: Comparison) -> HttpResponse:
    columns = ("speaker_slug", "speaker_name", "year", "quotes", "articles_held", "per_1000", "url")
    lines = (
        (one.speaker.slug, one.speaker.label, row.year, row.cells[at].count, row.held, row.cells[at].rate,
         settings.SITE_URL + row.cells[at].url)
        for at, one in enumerate(comparison.speakers)
        for row in comparison.rows
    )  # fmt: skip
    rows = (dict(zip(columns, line, strict=True)) for line in lines)
    response = HttpResponse(b"".join(table(columns, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="speakers-compared.csv"'
    return response

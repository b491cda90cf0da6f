"""What a page is in every other form: an article's or a quote's own record, or a whole answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from articles import citations
from articles.citations import Citation, Run
from articles.reading import ArticlePage, QuoteInContext
from articles.search import ArticleFilter

STYLES = {"APA": citations.apa, "Chicago": citations.chicago, "MLA": citations.mla}
RECORDS = {
    "ris": (citations.ris, "application/x-research-info-systems"),
    "bibtex": (citations.bibtex, "application/x-bibtex"),
    "csljson": (citations.csl_json, "application/vnd.citationstyles.csl+json"),
}


def in_styles(citation: Citation) -> list[tuple[str, list[Run], str]]:
    """Each style's name, the citation in it with its italics, and the same as plain text."""
    styled = ((name, style(citation)) for name, style in STYLES.items())
    return [(name, runs, citations.plain(runs)) for name, runs in styled]


def one_record(request: HttpRequest, shown: ArticlePage | QuoteInContext, citation: Citation) -> HttpResponse:
    """The record of one article or quote in the format asked for; 400 where there is no such format."""
    wanted = request.GET["format"]
    if wanted in RECORDS:
        written, media_type = RECORDS[wanted]
        response = HttpResponse(written(citation), content_type=f"{media_type}; charset=utf-8")
        response["Content-Disposition"] = (
            f'attachment; filename="{citation.key}.{wanted.removesuffix("json")}"'
        )
        return response
    if wanted == "json":
        return JsonResponse(shown.record())
    error: dict[str, Any] = {"message": "There is no such format.", "value": wanted}
    return JsonResponse({"errors": {"format": [error]}, "count": 0, "results": []}, status=400)


def as_file(request: HttpRequest, question: ArticleFilter) -> HttpResponse:
    """The whole answer in the format asked for; 400 where the question cannot be read."""
    errors = dict(question.errors)
    for name in question.unknown:
        errors[name] = [{"message": "There is no such parameter.", "value": question.data[name]}]
    if errors:
        return JsonResponse({"errors": errors, "count": 0, "results": []}, status=400)
    raise NotImplementedError

"""Pages in other formats: the record of an article or quote, or the results of a search."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils.translation import gettext

from articles import citations, exports, feeds, search
from articles.citations import Citation, Run
from articles.exports import record
from articles.models import Article, Notice, Quote, Speaker, Turn, clock
from articles.models.partial_dates import as_printed
from articles.models.publication import Category
from articles.presenters import ArticlePage, QuoteInContext
from articles.presenters.article import final
from articles.search import Answer, ArticleFilter, NoSuchPage, Result, SearchRequest, Who
from articles.views.concurrency import Stream, limit_files


def article_record(page: ArticlePage) -> dict[str, object]:
    """The article with its public text and its quotes with their spans."""
    article, end = page.article, page.text_end
    public = {numbered.quote.pk for numbered in page.quotes}
    spoken = {numbered.quote.turn_id for numbered in page.quotes}
    speakers = dict.fromkeys(voice.speaker for voice in page.speakers if voice.speaker)
    found = record(Result(article, (), speakers=tuple(map(_who, speakers))), site_url=settings.SITE_URL)
    return found | {
        "kicker": article.kicker,
        "dateline": article.dateline,
        "authors": [_named(author) for author in page.authors],
        "topics": [_named(topic) for topic in article.topics.all()],
        "edition": article.edition,
        "page": article.page,
        "archived_url": article.archived_url,
        "quotes_state": article.quotes_state,
        "first_public_at": _instant(article.first_public_at),
        "modified_at": _instant(article.modified_at),
        "version": article.version,
        "version_of": _address(page.later_version),
        "copies": [_address(copy) for copy in page.elsewhere],
        "notices": _notices(article.notices.all()),
        "images": [
            {"caption": picture.image.caption, "credit": picture.image.credit, "url": picture.image.url}
            for picture in page.pictures
        ],
        "body": article.body[:end],
        "excerpt_only": page.excerpt,
        "turns": [_turn(turn, end, spoken) for turn in article.turns.all() if turn.start < end],
        "notes": [{"start": note.start, "end": note.end} for note in article.notes.all() if note.end <= end],
        "quotes": [_quote_of(numbered.quote, public) for numbered in page.quotes],
    }


def quote_record(shown: QuoteInContext) -> dict[str, object]:
    """The quote as in search results, plus its provenance."""
    quote = shown.quote
    speaker = _who(shown.speaker) if shown.speaker else None
    result = Result(quote, (), speaker=speaker, before=shown.before, after=shown.after)
    inside = {"inside": shown.within.pk if shown.within else None}
    return record(result, site_url=settings.SITE_URL) | _more(quote) | inside


def _quote_of(quote: Quote, public: set[int]) -> dict[str, object]:
    speaker = final(quote.speaker)
    result = Result(quote, (), speaker=_who(speaker) if speaker else None)
    inside = {"inside": quote.inside_id if quote.inside_id in public else None}
    found = record(result, site_url=settings.SITE_URL) | _more(quote) | inside
    # Fields that the article already has.
    return {name: value for name, value in found.items() if name not in ("article", "before", "after")}


def _more(quote: Quote) -> dict[str, object]:
    return {
        "channel": quote.channel,
        "confidence": quote.confidence,
        "said_at": as_printed(quote.said_on, quote.said_precision) if quote.said_on else "",
        "translated": quote.translated,
        "original_url": quote.original_url,
        "decided_at": _instant(quote.decided_at),
        "first_public_at": _instant(quote.first_public_at),
        "notices": _notices(quote.notices.all()),
    }


def _turn(turn: Turn, end: int, spoken: set[int | None]) -> dict[str, object]:
    """A turn; it has a speaker only if it is one of those with a public quote."""
    speaker = final(turn.speaker) if turn.pk in spoken else None
    return {
        "start": turn.start,
        "end": min(turn.end, end),
        "role": turn.role,
        "source": turn.source,
        "speaker": _named(speaker) if speaker else None,
        "labelled": turn.labelled,
    }


def _who(speaker: Speaker) -> Who:
    return Who(speaker.pk, speaker.slug, speaker.name)


def _named(thing: Category | Speaker) -> dict[str, str]:
    return {"slug": thing.slug, "name": thing.name}


def _address(article: Article | None) -> str | None:
    return f"{settings.SITE_URL}{article.get_absolute_url()}" if article is not None else None


def _instant(moment: dt.datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None


def _notices(notices: Iterable[Notice]) -> list[dict[str, str]]:
    return [
        {"kind": notice.kind, "whose": notice.whose, "text": notice.text, "dated": notice.dated.isoformat()}
        for notice in notices
    ]


STYLES = {"APA": citations.apa, "Chicago": citations.chicago, "MLA": citations.mla}
CITATIONS: dict[str, tuple[Callable[[Citation], str], str, str]] = {
    "ris": (citations.ris, "application/x-research-info-systems", "ris"),
    "bibtex": (citations.bibtex, "application/x-bibtex", "bib"),
    "csljson": (citations.csl_json, "application/vnd.citationstyles.csl+json", "json"),
}
PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
READABLE = {"ensure_ascii": False}
CHUNK = 200


def in_styles(citation: Citation) -> list[tuple[str, list[Run], str]]:
    """For each style its name, the citation with italics, and the citation as plain text."""
    styled = ((name, style(citation)) for name, style in STYLES.items())
    return [(name, runs, citations.plain(runs)) for name, runs in styled]


def one_record(request: HttpRequest, shown: ArticlePage | QuoteInContext, citation: Citation) -> HttpResponse:
    """One article or quote in the requested format; 400 for an unknown format."""
    wanted = request.GET["format"]
    if wanted in CITATIONS:
        written, media_type, ending = CITATIONS[wanted]
        return saved(HttpResponse(written(citation)), media_type, f"{citation.key}.{ending}")
    if wanted == "json":
        record = article_record(shown) if isinstance(shown, ArticlePage) else quote_record(shown)
        return JsonResponse(record, json_dumps_params=READABLE)
    error: dict[str, object] = {"message": gettext("There is no such format."), "value": wanted}
    return JsonResponse({"errors": {"format": [error]}, "count": 0, "results": []}, status=400)


def as_file(request: HttpRequest, asked: ArticleFilter) -> HttpResponseBase:
    """The results in the requested format; 400 for an invalid search. Only JSON and Atom have pages."""
    if errors := exports.errors_json(asked):
        return JsonResponse(errors, status=400, json_dumps_params=READABLE)
    question = asked.cleaned
    if question.format in ("json", "atom"):
        return _paged(request, question)
    # A file has only rows; this header says how many articles are left out.
    left_out = search.count_withheld(question.as_of) if question.as_of else None
    if not limit_files.enter():
        return limit_files.busy(request)
    media_type, ending, chunks = _whole(request, question)
    name = "quotes" if question.of_quotes else "articles"
    # If the first chunks fail, there is still an error page.
    streamed = StreamingHttpResponse(Stream(chunks, limit_files).begin(2))
    response = saved(streamed, media_type, f"{name}.{ending}")
    if left_out is not None:
        response["X-Left-Out"] = str(left_out)
    return response


def _paged(request: HttpRequest, question: SearchRequest) -> HttpResponse:
    try:
        answer = search.search(question)
    except NoSuchPage:
        if question.format == "json":
            error = {"message": gettext("There is no such page."), "value": str(question.page)}
            return JsonResponse({"errors": {"page": [error]}, "count": 0, "results": []}, status=404)
        raise Http404 from None
    if question.format == "json":
        found = exports.answer_json(answer, site_url=settings.SITE_URL, path=request.path)
        return JsonResponse(found, json_dumps_params=READABLE)
    cited = citations_of(answer.results)
    feed = feeds.atom(answer, cited, site_url=settings.SITE_URL, path=request.path, title=_title(answer))
    return HttpResponse(feed, content_type=f"{feeds.MEDIA_TYPE}; charset=utf-8")


def _title(answer: Answer) -> str:
    question = answer.request
    if question.speaker:
        what = gettext("Quotes by %(speaker)s") % {"speaker": question.speaker}
    else:
        what = gettext("Quotes") if question.of_quotes else gettext("Articles")
    if question.parsed.text:
        what = gettext("%(what)s for %(words)s") % {"what": what, "words": question.parsed.text}
    return f"{what} · {settings.ARCHIVE_NAME}"


def _whole(request: HttpRequest, question: SearchRequest) -> tuple[str, str, Iterator[bytes]]:
    """Media type, extension and content of a file with all results."""
    results = search.stream_results(question, whole=question.format in ("csv", "jsonl"))
    site = settings.SITE_URL
    if question.format == "csv":
        version = PROJECT["version"]
        chunks = exports.csv_chunks(results, question, site_url=site, path=request.path, version=version)
        return "text/csv", "csv", chunks
    if question.format == "jsonl":
        return "application/x-ndjson", "jsonl", exports.jsonl_chunks(results, site_url=site)
    _, media_type, ending = CITATIONS[question.format]
    return media_type, ending, in_file(_citations(results), question.format)


def in_file(cited: Iterable[Citation], wanted: str) -> Iterator[bytes]:
    """One record per citation; CSL-JSON is one array."""
    write = CITATIONS[wanted][0]
    if wanted != "csljson":
        yield from (write(citation).encode() for citation in cited)
        return
    opening = "["
    for citation in cited:
        yield f"{opening}\n{json.dumps(citations.csl(citation), ensure_ascii=False)}".encode()
        opening = ","
    yield b"[]\n" if opening == "[" else b"\n]\n"


def _citations(results: Iterable[Result]) -> Iterator[Citation]:
    """The citations of all results, loaded in batches."""
    left = iter(results)
    while chunk := list(islice(left, CHUNK)):
        yield from citations_of(chunk)


def citations_of(results: Sequence[Result]) -> list[Citation]:
    """The citations of articles and quotes, with their related rows loaded at once."""
    today, site = clock.today(), settings.SITE_URL
    rows = [result.row for result in results]
    cited = [row.article if isinstance(row, Quote) else row for row in rows]
    prefetch_related_objects(cited, "authorship_set__speaker__aliases", "notices")
    prefetch_related_objects([row for row in rows if isinstance(row, Quote)], "speaker")
    named = [author.speaker for article in cited for author in article.authorship_set.all()]
    named += [row.speaker for row in rows if isinstance(row, Quote) and row.speaker]
    merged = [speaker for speaker in named if speaker.merged_into_id]
    prefetch_related_objects(merged, "canonical_speaker__aliases")
    return [
        citations.cite_quote(row, site_url=site, accessed=today)
        if isinstance(row, Quote)
        else citations.cite_article(row, site_url=site, accessed=today)
        for row in rows
    ]


Response = TypeVar("Response", HttpResponse, StreamingHttpResponse)


def saved(response: Response, media_type: str, name: str) -> Response:
    response["Content-Type"] = f"{media_type}; charset=utf-8"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

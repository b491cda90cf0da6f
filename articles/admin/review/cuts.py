"""Lines that the reading left out of an article, and putting one back to where it stood."""

from __future__ import annotations

from django.http import Http404

from articles.models import Article
from articles.parsing import normalise
from articles.revisions import change_text


def put_back(article: Article, number: int) -> None:
    """Give the cut line of this number, counted from 0, back to the text as a paragraph of its own."""
    cuts = list(article.extra.get("removed", []))
    if not 0 <= number < len(cuts):
        raise Http404
    line = cuts.pop(number)
    body = with_line(article.body, line, _as_it_came(article))
    article.extra = {**article.extra, "removed": cuts}
    Article.objects.filter(pk=article.pk).update(extra=article.extra)
    change_text(article, body=body)


def with_line(body: str, line: str, raw: str) -> str:
    """The text with the line after the paragraph that it followed in what came in; else at the end.

    >>> with_line("One.\\n\\nThree.", "Two.", "One.\\nTwo.\\nThree.")
    'One.\\n\\nTwo.\\n\\nThree.'
    """
    paragraphs = body.split("\n\n") if body else []
    came = [" ".join(one.split()) for one in raw.splitlines() if one.strip()]
    places = {" ".join(one.split()): at for at, one in enumerate(paragraphs)}
    wanted = " ".join(line.split())
    if wanted in came:
        before = came[: came.index(wanted)]
        at = next((places[one] + 1 for one in reversed(before) if one in places), 0)
    else:
        at = len(paragraphs)
    return normalise("\n\n".join([*paragraphs[:at], line, *paragraphs[at:]]))


def _as_it_came(article: Article) -> str:
    raw = article.raw_documents.first()
    return bytes(raw.bytes).decode("utf-8", "replace") if raw else ""

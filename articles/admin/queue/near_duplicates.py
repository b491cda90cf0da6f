"""Texts that are nearly the same, side by side word by word; an editor says once what they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.permissions import needs, show
from articles.admin.review.buttons import number_in
from articles.models import Article, ImportBatch
from articles.models.audit import change_group
from articles.near_duplicates import pairs
from articles.presenters.article_history import Word, compare_words

LOT = 100
SAID = {
    "same": "it is the same article",
    "newer": "it is a newer version",
    "older": "it is an earlier version",
    "copy": "it is a copy of the other",
    "original": "the other is a copy of it",
    "different": "they are different",
}


@dataclass(frozen=True)
class Compared:
    """Two texts: what differs word by word, and how many paragraphs are the same between."""

    same: int = 0
    words: list[Word] = field(default_factory=list)


def compare(old: str, new: str) -> list[Compared]:
    """The paragraphs in reading order, those that are the same only counted."""
    before, after = old.split("\n\n"), new.split("\n\n")
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Compared(same=b - a))
        else:
            found.append(Compared(words=compare_words("\n\n".join(before[a:b]), "\n\n".join(after[c:d]))))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs("view_article", "change_article", "add_toldapart")
def near(request: HttpRequest, pk: int) -> HttpResponse:
    """Every article that this one is much like, with the shares of both."""
    article = get_object_or_404(Article.objects.select_related("publication"), pk=pk)
    if request.method == "POST":
        return _say(request, article)
    found = [(one, compare(one.article.body, article.body)) for one in pairs.near_duplicates_of(article)]
    return show(request, "near.html", {"article": article, "found": found, "said": SAID})


def _say(request: HttpRequest, article: Article) -> HttpResponse:
    what, _, number = request.POST.get("say", "").partition(":")
    if what not in SAID:
        raise BadRequest("Nothing that can be said of two articles.")
    other = get_object_or_404(Article, pk=number_in(number))
    if other.pk == article.pk:
        raise BadRequest("An article is no copy of itself.")
    if what == "same":
        return _throw_away(request, article, other)
    try:
        _tie(what, article, other, request)
    except pairs.CannotLink as reason:
        messages.error(request, f"Not done: {reason}.")
        return redirect("admin:desk-near", article.pk)
    messages.success(request, f"{article} and {other}, number {other.pk}: {SAID[what]}.")
    return redirect(
        "admin:desk-near" if pairs.near_duplicates_of(article) else "admin:desk-review", article.pk
    )


def _tie(what: str, article: Article, other: Article, request: HttpRequest) -> None:
    if what == "newer":
        pairs.mark_as_new_version(article, other)
    elif what == "older":
        pairs.mark_as_new_version(other, article)
    elif what == "copy":
        pairs.mark_as_copy(article, other)
    elif what == "original":
        pairs.mark_as_copy(other, article)
    else:
        pairs.mark_different(article, other, by=request.user)


def _throw_away(request: HttpRequest, article: Article, other: Article) -> HttpResponse:
    """The same article came twice: the draft goes, and the one that is here is shown."""
    with change_group(f"Discarded {article}, the same as number {other.pk}"):
        drafts = Article.objects.filter(pk=article.pk, status=Article.Status.DRAFT)
        done = drafts.update(status=Article.Status.CANCELED, version=F("version") + 1)
    if not done:
        messages.error(request, "Only a draft can be thrown away: call this one a copy or a version.")
        return redirect("admin:desk-near", article.pk)
    messages.success(request, f"The draft {article} was discarded. This is the article that was here.")
    return redirect("admin:desk-review", other.pk)


@require_safe
@needs("view_importbatch", "view_article")
def near_in_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import brought that is much like something else, some hundred articles at a time."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    after = number_in(request.GET.get("after", "0"))
    brought = pairs.comparable_articles().filter(import_batch=batch, pk__gt=after).order_by("pk")
    lot = list(brought[: LOT + 1])
    last = lot[LOT - 1].pk if len(lot) > LOT else None
    near = pairs.near_duplicates_by_article(lot[:LOT])
    found = [(article, near[article.pk]) for article in lot[:LOT] if article.pk in near]
    context = {"batch": batch, "found": found, "looked_at": len(lot[:LOT]), "last": last, "after": after}
    return show(request, "near_in_batch.html", context)

"""Pages of near-duplicate articles: a word diff, and the editor's verdict on each pair."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.confirmation import all_fields, ask, is_confirmed
from articles.admin.lists import asked_row, row_of, up_to
from articles.admin.permissions import editor_of, render_page, require_perms
from articles.ingest.pipeline.duplicates import comparable_articles
from articles.models import Article, ImportBatch
from articles.models.audit import change_group
from articles.near_duplicates import pairs
from articles.presenters.differences import compare_texts

PER_PAGE = 100
VERDICTS = {
    "same": gettext_lazy("%(article)s is the same article as %(other)s (ID %(id)s)."),
    "newer": gettext_lazy("%(article)s is a newer version of %(other)s (ID %(id)s)."),
    "older": gettext_lazy("%(article)s is an earlier version of %(other)s (ID %(id)s)."),
    "copy": gettext_lazy("%(article)s is a copy of %(other)s (ID %(id)s)."),
    "original": gettext_lazy("%(other)s (ID %(id)s) is a copy of %(article)s."),
    "different": gettext_lazy("%(article)s and %(other)s (ID %(id)s) are different articles."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_article", "change_article", "add_toldapart")
def article_near_duplicates(request: HttpRequest, pk: int) -> HttpResponse:
    """List the near-duplicates of an article with a diff; POST stores the verdict on one."""
    article = get_object_or_404(Article.objects.select_related("publication"), pk=pk)
    if request.method == "POST":
        return _decide(request, article)
    found = [
        (one, compare_texts(one.article.body, article.body)) for one in pairs.near_duplicates_of(article)
    ]
    return render_page(request, "near_duplicates.html", {"article": article, "found": found})


def _decide(request: HttpRequest, article: Article) -> HttpResponse:
    verdict, _, number = request.POST.get("say", "").partition(":")
    if verdict not in VERDICTS:
        raise BadRequest("Unknown decision.")
    other = row_of(Article.objects.select_related("publication"), number)
    if other.pk == article.pk:
        raise BadRequest("An article cannot be a copy of itself.")
    if verdict == "same":
        return _discard_draft(request, article, other)
    if verdict != "different" and (page := _ask_first(request, article, other, verdict)):
        return page
    try:
        _link(verdict, article, other, request)
    except pairs.CannotLink as reason:
        messages.error(request, gettext("Not saved: %(reason)s.") % {"reason": reason})
        return redirect("admin:near-duplicates", article.pk)
    messages.success(request, VERDICTS[verdict] % {"article": article, "other": other, "id": other.pk})
    return redirect(
        "admin:near-duplicates" if pairs.near_duplicates_of(article) else "admin:desk-review", article.pk
    )


def _ask_first(request: HttpRequest, article: Article, other: Article, verdict: str) -> HttpResponse | None:
    """The confirmation page of a link between published articles; None for others, or if confirmed."""
    both = [article, other]
    if not (article.is_public and other.is_public) or is_confirmed(request, len(both)):
        return None
    return ask(
        request,
        title=gettext("Link these articles?"),
        effects=[
            str(VERDICTS[verdict] % {"article": article, "other": other, "id": other.pk}),
            gettext("Readers will see this on 2 articles."),
            gettext("Undo removes the link."),
        ],
        button=gettext("Link"),
        number=len(both),
        sent=all_fields(request),
    )


def _link(verdict: str, article: Article, other: Article, request: HttpRequest) -> None:
    if verdict == "newer":
        pairs.mark_as_new_version(article, other)
    elif verdict == "older":
        pairs.mark_as_new_version(other, article)
    elif verdict == "copy":
        pairs.mark_as_copy(article, other)
    elif verdict == "original":
        pairs.mark_as_copy(other, article)
    else:
        pairs.mark_different(article, other, by=editor_of(request))


def _discard_draft(request: HttpRequest, article: Article, other: Article) -> HttpResponse:
    """Discard the draft as a duplicate of the other article, and open that one."""
    with change_group(f"Discarded {article}, a duplicate of ID {other.pk}"):
        drafts = Article.objects.filter(pk=article.pk, status=Article.Status.DRAFT)
        done = drafts.mark_changed(status=Article.Status.CANCELED)
    if not done:
        messages.error(
            request, gettext("Only a draft can be discarded. Mark this article as a copy or a version.")
        )
        return redirect("admin:near-duplicates", article.pk)
    messages.success(
        request,
        gettext("We discarded the draft %(article)s. This is the article already in the archive.")
        % {"article": article},
    )
    return redirect("admin:desk-review", other.pk)


@require_safe
@require_perms("view_importbatch", "view_article")
def import_near_duplicates(request: HttpRequest, pk: int) -> HttpResponse:
    """List the articles of an import that have near-duplicates, 100 articles per page."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    after = asked_row(request, "after", Article.objects.filter(import_batch=batch).only("pk"))
    brought = comparable_articles().filter(import_batch=batch).order_by("pk")
    page, last = up_to(PER_PAGE, brought.filter(pk__gt=after.pk) if after else brought)
    near = pairs.near_duplicates_by_article(page)
    found = [(article, near[article.pk]) for article in page if article.pk in near]
    context = {"batch": batch, "found": found, "compared": len(page), "last": last, "after": after}
    return render_page(request, "import_near_duplicates.html", context)

"""Pages of import batches: counts, errors, and undoing a batch."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from articles import ingest
from articles.admin.confirmation import ask, counted, is_confirmed
from articles.admin.permissions import has_perms, render_page, require_perms
from articles.ingest.pipeline.rollback import RollbackResult, preview_rollback
from articles.ingest.speakers.import_table import FORMAT
from articles.models import ImportBatch, Speaker
from newsarchive.transaction_limits import statements_may_take

PER_PAGE = 50
ERRORS_PER_PAGE = 200
LONGEST = "60s"


@require_safe
@require_perms("view_importbatch")
def batches(request: HttpRequest) -> HttpResponse:
    """List all import batches, newest first."""
    page = _page(ImportBatch.objects.select_related("started_by"), PER_PAGE, request)
    return render_page(request, "imports.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_importbatch")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one batch with its errors; POST undoes it after a confirmation."""
    found = get_object_or_404(ImportBatch, pk=pk)
    may_undo = has_perms(request, "change_importbatch")
    if request.method == "POST":
        if not may_undo:
            raise PermissionDenied
        return _confirm_and_undo(request, found)
    page = _page(found.errors.all(), ERRORS_PER_PAGE, request)
    context = {
        "batch": found,
        "page": page,
        "may_undo": may_undo,
        "of_speakers": found.options.get("door") == FORMAT,
    }
    return render_page(request, "import.html", context)


def _confirm_and_undo(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    would = preview_rollback(found)
    number = would.deleted + would.withdrawn
    if found.undone_at is None and not is_confirmed(request, number):
        effects = [
            (would.deleted, "will be deleted, with their quotes"),
            (would.withdrawn, "have been public and will be withdrawn for good"),
            (would.left, "will be left, because somebody has worked on them"),
        ]
        said = [f"{counted(n, 'article', 'articles')} {becomes}." for n, becomes in effects if n]
        quotes = counted(would.quotes, "public quote", "public quotes")
        said += [f"{quotes} in these articles will no longer be shown."] if would.quotes else []
        said.append(
            "Speakers, names and roles added by this import are deleted where nothing else uses them."
        )
        return ask(
            request, title="Undo this import?", effects=said, button="Undo this import", number=number,
            first=[], always=True,
        )  # fmt: skip
    messages.success(request, _undo(found))
    return redirect("admin:desk-import", found.pk)


def _undo(found: ImportBatch) -> str:
    """Undo the batch with a longer statement timeout; return the message."""
    with statements_may_take(LONGEST):
        done = ingest.rollback_batch(found)
    if found.options.get("door") == FORMAT:
        return _undone_speakers(done)
    left = ", ".join(str(pk) for pk in done.left[:20]) + (" …" if len(done.left) > 20 else "")
    said = f"{done.deleted} articles deleted, {done.withdrawn} withdrawn, {done.speakers} speakers deleted."
    return f"{said} Left, for somebody has worked on them: {left}." if left else said


def _undone_speakers(done: RollbackResult) -> str:
    left = Speaker.objects.in_bulk(done.speakers_left[:20]).values()
    more = " …" if len(done.speakers_left) > 20 else ""
    said = (
        f"{done.speakers} speakers deleted; of others {done.names} names and roles deleted, {done.restored}"
        " given back what stood there before."
    )
    names = ", ".join(f"{speaker} (#{speaker.pk})" for speaker in left)
    return f"{said} Left, for somebody has worked on them: {names}{more}." if names else said


def _page(rows, per_page: int, request: HttpRequest):
    try:
        return Paginator(rows, per_page).page(request.GET.get("page", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error

"""Pages of import batches: counts, errors, and undoing a batch."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.confirmation import ask, is_confirmed
from articles.admin.intake.import_files import stored_file
from articles.admin.intake.import_preview import as_table, rejects_download, rejects_of
from articles.admin.lists import ListFilter, render_list
from articles.admin.permissions import has_perms, require_perms
from articles.ingest.pipeline.rollback import (
    RollbackPreview,
    RollbackResult,
    preview_rollback,
    rollback_batch,
)
from articles.ingest.speakers.import_table import FORMAT
from articles.ingest.uploads import find_upload
from articles.models import ImportBatch, Speaker
from articles.sources import origin_of
from newsarchive.transaction_limits import statements_may_take

PER_PAGE = 50
ERRORS_PER_PAGE = 200
LONGEST = "60s"


@require_safe
@require_perms("view_importbatch")
def batches(request: HttpRequest) -> HttpResponse:
    """List all import batches, newest first."""
    filters = ListFilter(request)
    page = filters.page(ImportBatch.objects.select_related("started_by"), PER_PAGE)
    return render_list(filters, "imports.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_importbatch", to_post=["change_importbatch"])
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one batch with its errors; POST undoes it after a confirmation."""
    found = get_object_or_404(ImportBatch, pk=pk)
    if request.method == "POST":
        return _confirm_and_undo(request, found)
    filters = ListFilter(request)
    stored = find_upload(found.source)
    rejected = as_table(*rejects_of(found, stored)) if stored and found.rows_bad else None
    shown = [fault.row for fault, _ in rejected.rows] if rejected else []
    context = {
        "batch": found,
        "rejected": rejected,
        # Rows that are shown with their values are not repeated.
        "page": filters.page(found.errors.exclude(rejected=True, row__in=shown), ERRORS_PER_PAGE),
        "may_undo": has_perms(request, "change_importbatch"),
        "of_speakers": found.options.get("door") == FORMAT,
        "origin": origin_of(found) if has_perms(request, "view_source") else None,
    }
    return render_list(filters, "import.html", context)


@require_safe
@require_perms("view_importbatch")
def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the rejected rows of a batch, to correct and upload again."""
    found = get_object_or_404(ImportBatch, pk=pk)
    source, faults = rejects_of(found, stored_file(found.source))
    return rejects_download(source, faults)


def _confirm_and_undo(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    would = preview_rollback(found)
    number = would.deleted + would.withdrawn
    if found.undone_at is None and not is_confirmed(request, number):
        return ask(
            request, title=gettext("Undo this import?"),
            effects=_effects(would, of_speakers=found.options.get("door") == FORMAT),
            button=gettext("Undo import"), number=number, first=[], always=True,
        )  # fmt: skip
    messages.success(request, _undo(found))
    return redirect("admin:desk-import", found.pk)


def _effects(would: RollbackPreview, *, of_speakers: bool) -> list[str]:
    """What undoing the import will do, one sentence each."""
    effects = [
        (would.deleted, ngettext_lazy(
            "%(n)s article and its quotes will be deleted.",
            "%(n)s articles and their quotes will be deleted.", "n"
        )),
        (would.withdrawn, ngettext_lazy(
            "%(n)s article has been public and will be withdrawn permanently.",
            "%(n)s articles have been public and will be withdrawn permanently.", "n"
        )),
        (would.left, ngettext_lazy(
            "%(n)s article will be kept because an editor has worked on it.",
            "%(n)s articles will be kept because editors have worked on them.", "n"
        )),
        (would.quotes, ngettext_lazy(
            "%(n)s public quote in these articles will no longer be shown.",
            "%(n)s public quotes in these articles will no longer be shown.", "n"
        )),
    ]  # fmt: skip
    unused = gettext(
        "Speakers, names and roles added by this import will be deleted if nothing else uses them."
    )
    restored = [gettext("Speakers that it changed get back what they had before.")] if of_speakers else []
    return [*(sentence % {"n": n} for n, sentence in effects if n), unused, *restored]


def _undo(found: ImportBatch) -> str:
    """Undo the batch with a longer statement timeout; return the message."""
    with statements_may_take(LONGEST):
        done = rollback_batch(found)
    if found.options.get("door") == FORMAT:
        return _undone_speakers(done)
    left = ", ".join(str(pk) for pk in done.left[:20]) + (" …" if len(done.left) > 20 else "")
    said = gettext(
        "Articles deleted: %(deleted)s; withdrawn: %(withdrawn)s. Speakers deleted: %(speakers)s."
    ) % {"deleted": done.deleted, "withdrawn": done.withdrawn, "speakers": done.speakers}
    if not left:
        return said
    return f"{said} " + gettext("Kept because editors have worked on them: %(ids)s.") % {"ids": left}


def _undone_speakers(done: RollbackResult) -> str:
    left = Speaker.objects.in_bulk(done.speakers_left[:20]).values()
    more = " …" if len(done.speakers_left) > 20 else ""
    said = gettext(
        "Speakers deleted: %(speakers)s; restored: %(restored)s. Names and roles deleted: %(names)s."
    ) % {"speakers": done.speakers, "restored": done.restored, "names": done.names}
    names = ", ".join(f"{speaker} (#{speaker.pk})" for speaker in left)
    if not names:
        return said
    return f"{said} " + gettext("Kept because they were changed or are used: %(ids)s.") % {
        "ids": names + more
    }

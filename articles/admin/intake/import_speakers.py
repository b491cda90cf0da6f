"""A table of speakers, sent in at the desk: kept, looked at row by row, then brought in as one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles.admin.intake.import_upload import UploadForm, keep_file, kept_file
from articles.admin.permissions import needs, show
from articles.ingest.speakers.import_table import import_speakers, read_table
from articles.parsing.tabular.speaker_rows import ALIAS_KINDS, KINDS, SpeakerTableError

# What a page can wait for and show.
MOST, SHOWN = 2_000, 500


@require_http_methods(["GET", "HEAD", "POST"])
@needs("view_importbatch", "add_importbatch", "add_speaker", "change_speaker", "add_alias", "add_role")
def bring_in(request: HttpRequest) -> HttpResponse:
    """Without a name the form for a file; with one what each row would do, and the button that does it."""
    if name := request.GET.get("file", ""):
        return _one_file(request, name)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, label_suffix="")
    if sent and form.is_valid() and (stored := keep_file(form, request)):
        return redirect(f"{reverse('admin:desk-speakers-import')}?file={stored.name}")
    return show(
        request,
        "speaker_tables.html",
        {"form": form, "kinds": KINDS, "alias_kinds": ALIAS_KINDS, "most": MOST},
    )


def _one_file(request: HttpRequest, name: str) -> HttpResponse:
    stored = kept_file(name)
    context = {"name": name, "most": MOST, "problem": "", "unread": []}
    try:
        context["unread"], lines = read_table(bytes(stored.content))
    except SpeakerTableError as error:
        return show(request, "speaker_table.html", context | {"problem": str(error)})
    rows = list(lines)
    if len(rows) > MOST:
        return show(request, "speaker_table.html", context | {"too_many": len(rows)})
    if request.POST.get("do") == "import":
        done = import_speakers(rows, source=name, started_by=request.user)
        messages.success(
            request, f"{done.made} speakers made, {done.changed} added to, {done.present} here already."
        )
        return redirect("admin:desk-import", done.batch.pk if done.batch else 0)
    look = import_speakers(rows, source=name, started_by=request.user, pretend=True)
    return show(request, "speaker_table.html", context | {"look": look, "outcomes": look.outcomes[:SHOWN]})

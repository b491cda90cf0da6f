"""Import of a speaker table: upload, preview of each row, import as one batch."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from articles.admin.confirmation import ask, is_confirmed
from articles.admin.intake.import_files import UploadForm, store_file, stored_file
from articles.admin.permissions import editor_of, render_page, require_perms
from articles.ingest.speakers.import_table import import_speakers, read_table
from articles.parsing.tabular.speaker_rows import ALIAS_KINDS, KINDS, SpeakerTableError

# The most rows that one request can import, and that the page shows.
MOST, SHOWN = 2_000, 500


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms(
    "view_importbatch", "add_importbatch", "add_speaker", "change_speaker", "add_alias", "add_role"
)
def speaker_import(request: HttpRequest) -> HttpResponse:
    """The upload form; with ``?file=``, the preview of that file, and the import by POST."""
    if name := request.GET.get("file", ""):
        return _one_file(request, name)
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES, label_suffix="") if sent else UploadForm(label_suffix="")
    if sent and form.is_valid() and (stored := store_file(form, request)):
        return redirect(f"{reverse('admin:desk-speakers-import')}?file={stored.name}")
    return render_page(
        request,
        "speaker_import.html",
        {"form": form, "kinds": KINDS, "alias_kinds": ALIAS_KINDS, "most": MOST},
    )


def _one_file(request: HttpRequest, name: str) -> HttpResponse:
    stored = stored_file(name)
    context = {"name": name, "most": MOST, "problem": "", "unread": []}
    try:
        context["unread"], lines = read_table(bytes(stored.content))
    except SpeakerTableError as error:
        return render_page(request, "speaker_import_preview.html", context | {"problem": str(error)})
    rows = list(lines)
    if len(rows) > MOST:
        return render_page(request, "speaker_import_preview.html", context | {"too_many": len(rows)})
    preview = import_speakers(rows, source=name, started_by=editor_of(request), pretend=True)
    number = preview.made + preview.changed
    if request.POST.get("do") == "import":
        if not is_confirmed(request, number):
            title = ngettext("Import %(n)s speaker?", "Import %(n)s speakers?", number)
            return ask(
                request, title=title % {"n": f"{number:,}"},
                effects=_effects(preview.made, preview.changed), button=gettext("Import speakers"),
                number=number, sent=("do",),
            )  # fmt: skip
        done = import_speakers(rows, source=name, started_by=editor_of(request))
        result = {"made": done.made, "changed": done.changed, "present": done.present}
        messages.success(
            request,
            gettext("Speakers added: %(made)s; updated: %(changed)s; unchanged: %(present)s.") % result,
        )
        return redirect("admin:desk-import", done.batch.pk if done.batch else 0)
    return render_page(
        request,
        "speaker_import_preview.html",
        context | {"preview": preview, "outcomes": preview.outcomes[:SHOWN]},
    )


def _effects(made: int, changed: int) -> list[str]:
    added = ngettext("%(n)s speaker is added.", "%(n)s speakers are added.", made) % {"n": f"{made:,}"}
    updated = ngettext(
        "%(n)s speaker of the archive is updated: readers see the new names and roles at once.",
        "%(n)s speakers of the archive are updated: readers see the new names and roles at once.",
        changed,
    )
    undo = gettext(
        "Undoing the import deletes the added speakers, unless something refers to them,"
        " and restores the others."
    )
    return [added, *([updated % {"n": f"{changed:,}"}] if changed else []), undo]

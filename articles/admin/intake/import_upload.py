"""Files of many articles, sent in at the desk: kept as they came, looked at, then brought in as one batch."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from itertools import islice

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles.admin.permissions import needs, show
from articles.ingest.pipeline.dry_run import DryRunReport
from articles.ingest.pipeline.importer import Fault, Summary, import_rows
from articles.ingest.pipeline.sources import detect_format, head_of, lines_of, suggestion_for
from articles.ingest.pipeline.types import ImportOptions
from articles.ingest.uploads import UploadLimitExceeded, find_upload, store_upload
from articles.models import Quote, Upload
from articles.parsing.decoding import broken_utf16, no_text
from articles.parsing.tabular.mapping import CsvMap, MapError, read_map

LARGEST = Upload.LARGEST
# What a page can wait for; more is for the command, which can be cut off and go on.
MOST = 200


class UploadForm(forms.Form):
    file = forms.FileField(
        label="The file",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"aria-describedby": "id_file-note"}),
        error_messages={"required": "Choose a file."},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        most = filesizeformat(LARGEST)
        if file.size > LARGEST:
            raise forms.ValidationError(
                f"{file.name} has {filesizeformat(file.size)}; {most} is the most that is sent in here."
                " Put it on the server, and give its path to import_articles."
            )
        head = file.read(64 * 1024)
        file.seek(0)
        if kind := no_text(head):
            raise forms.ValidationError(
                f"{file.name} is {kind}. CSV, JSON Lines, feeds and WordPress exports can be read."
            )
        if not head.strip():
            raise forms.ValidationError(f"{file.name} is empty.")
        if broken := broken_utf16(file.read()):
            raise forms.ValidationError(f"{file.name} {broken}. Save it again, as UTF-8, and send that.")
        file.seek(0)
        return file


@dataclass
class Look:
    """What a file holds, as far as a page can tell."""

    door: str = ""
    mapping: str = ""
    problem: str = ""
    rows: int = 0
    report: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def staying_out(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.taken]

    @property
    def notes(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.taken]

    @property
    def too_many(self) -> bool:
        return self.rows > MOST


@require_http_methods(["GET", "HEAD", "POST"])
@needs("view_importbatch", "add_article", "add_rawdocument", "change_article")
def upload(request: HttpRequest) -> HttpResponse:
    """Without a name the form for a file; with one what that file holds, and the button to bring it in."""
    if name := request.GET.get("file", ""):
        return _one_file(request, name)
    form = UploadForm(label_suffix="")
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, label_suffix="")
        if form.is_valid() and (stored := keep_file(form, request)):
            return redirect(f"{reverse('admin:desk-upload')}?file={stored.name}")
    return show(request, "upload.html", {"form": form, "most": MOST})


def _one_file(request: HttpRequest, name: str) -> HttpResponse:
    stored = kept_file(name)
    look = look_at(stored, request.POST.get("mapping"))
    if request.POST.get("do") == "import" and not look.problem and not look.too_many:
        done = bring_in(stored, look, request)
        if done.batch:
            return redirect("admin:desk-import", done.batch.pk)
    context = {"look": look, "name": name, "most": MOST}
    return show(request, "uploaded.html", context)


def look_at(stored: Upload, mapping: str | None = None) -> Look:
    """Read the file as an import would, as far as the most that is run here, and store nothing."""
    look = Look(mapping=(mapping or "").replace("\r\n", "\n"))
    with io.BytesIO(stored.content) as stream:
        look.door = detect_format(stored.name, head_of(stream))
        if look.door == "csv" and not look.mapping.strip():
            look.mapping = _suggested(stream)
        try:
            look.rows = sum(1 for _ in islice(lines_of(look.door, stream, _map_of(look)), MOST + 1))
        except MapError as error:
            look.problem = str(error)
            return look
        if not look.too_many:
            stream.seek(0)
            report = DryRunReport()
            lines = lines_of(look.door, stream, _map_of(look))
            import_rows(
                lines,
                ImportOptions(pretend=True),
                source=stored.name,
                on_fault=look.faults.append,
                on_article=report.add,
                on_new_articles=report.add_new,
            )
            look.report = "\n".join(report.lines())
    return look


def bring_in(stored: Upload, look: Look, request: HttpRequest) -> Summary:
    """Store its articles as drafts, in one batch."""
    options = {"door": look.door} | ({"map": look.mapping} if look.door == "csv" else {})
    with io.BytesIO(stored.content) as stream:
        return import_rows(
            lines_of(look.door, stream, _map_of(look)),
            ImportOptions(through=Quote.Through.BATCH),
            source=stored.name,
            started_by=request.user,
            batch_options=options,
        )


def _map_of(look: Look) -> CsvMap | None:
    return read_map(look.mapping) if look.door == "csv" and look.mapping else None


def _suggested(stream) -> str:
    try:
        return suggestion_for(stream)
    except MapError:
        return ""


def kept_file(name: str) -> Upload:
    """The file that was stored under this name; `Http404` where there is none."""
    stored = find_upload(name)
    if stored is None:
        raise Http404
    return stored


def keep_file(form: UploadForm, request: HttpRequest) -> Upload | None:
    """Store the file of a valid form; None, and an error in the form, where there is no room for it."""
    file: UploadedFile = form.cleaned_data["file"]
    try:
        return store_upload(file.name or "", file.read(), by=request.user)
    except UploadLimitExceeded as error:
        form.add_error("file", str(error))
        return None

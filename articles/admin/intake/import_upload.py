"""Import of a file of articles: upload, preview, import as one batch."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.admin.permissions import editor_of, render_page, require_perms
from articles.ingest.pipeline.dry_run import DryRunReport
from articles.ingest.pipeline.importer import Fault, Summary, import_rows
from articles.ingest.pipeline.sources import detect_format, head_of, lines_of, suggestion_for
from articles.ingest.pipeline.types import ImportOptions
from articles.ingest.uploads import UploadLimitExceeded, find_upload, store_upload
from articles.models import Quote, Upload
from articles.parsing.decoding import broken_utf16, no_text
from articles.parsing.file_format import why_unreadable
from articles.parsing.tabular.mapping import CsvMap, MapError, read_map

LARGEST = Upload.LARGEST
# The most rows that one request can import; the command imports more, and can resume.
MOST = 200


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"aria-describedby": "id_file-note"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        most = filesizeformat(LARGEST)
        if file.size > LARGEST:
            raise forms.ValidationError(
                gettext(
                    "%(file)s is %(size)s. The largest file you can upload is %(most)s."
                    " Put it on the server and use the command import_articles."
                )
                % {"file": file.name, "size": filesizeformat(file.size), "most": most}
            )
        head = file.read(64 * 1024)
        file.seek(0)
        if head.strip() and (kind := self.unreadable(file.name, head)):
            raise forms.ValidationError(
                gettext("%(file)s cannot be imported: it is %(kind)s.")
                % {"file": file.name, "kind": gettext(kind)}
            )
        if not head.strip():
            raise forms.ValidationError(gettext("%(file)s is empty.") % {"file": file.name})
        if broken_utf16(file.read()):
            raise forms.ValidationError(
                gettext("%(file)s is damaged: it is not valid UTF-16. Save it again as UTF-8.")
                % {"file": file.name}
            )
        file.seek(0)
        return file

    def unreadable(self, name: str, head: bytes) -> str:
        """What a file is that cannot be imported; empty for any other."""
        return no_text(head)


class ArticlesForm(UploadForm):
    """A file of articles: any format that `import_articles` reads."""

    def unreadable(self, name: str, head: bytes) -> str:
        return why_unreadable(Path(name).suffix, head)


@dataclass
class Preview:
    """What an import of a file would do."""

    format: str = ""
    mapping: str = ""
    problem: str = ""
    rows: int = 0
    report: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def rejected(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.taken]

    @property
    def notes(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.taken]

    @property
    def too_many(self) -> bool:
        return self.rows > MOST


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_importbatch", "add_article", "add_rawdocument", "change_article")
def upload(request: HttpRequest) -> HttpResponse:
    """The upload form; with ``?file=``, the preview of that file, and the import by POST."""
    if name := request.GET.get("file", ""):
        return _one_file(request, name)
    form = ArticlesForm(label_suffix="")
    if request.method == "POST":
        form = ArticlesForm(request.POST, request.FILES, label_suffix="")
        if form.is_valid() and (stored := store_file(form, request)):
            return redirect(f"{reverse('admin:desk-upload')}?file={stored.name}")
    return render_page(request, "import_upload.html", {"form": form, "most": MOST})


def _one_file(request: HttpRequest, name: str) -> HttpResponse:
    stored = stored_file(name)
    preview = preview_file(stored, request.POST.get("mapping"))
    if request.POST.get("do") == "import" and not preview.problem and not preview.too_many:
        done = import_file(stored, preview, request)
        if done.batch:
            return redirect("admin:desk-import", done.batch.pk)
    context = {"preview": preview, "name": name, "most": MOST}
    return render_page(request, "import_preview.html", context)


def preview_file(stored: Upload, mapping: str | None = None) -> Preview:
    """Run the import without storing anything; files of more than MOST rows are only counted."""
    preview = Preview(mapping=(mapping or "").replace("\r\n", "\n"))
    with io.BytesIO(stored.content) as stream:
        preview.format = detect_format(stored.name, head_of(stream))
        if preview.format == "csv" and not preview.mapping.strip():
            preview.mapping = _suggested(stream)
        try:
            preview.rows = sum(
                1 for _ in islice(lines_of(preview.format, stream, _map_of(preview)), MOST + 1)
            )
        except MapError as error:
            preview.problem = str(error)
            return preview
        if not preview.too_many:
            stream.seek(0)
            report = DryRunReport()
            lines = lines_of(preview.format, stream, _map_of(preview))
            import_rows(
                lines,
                ImportOptions(pretend=True),
                source=stored.name,
                on_fault=preview.faults.append,
                on_article=report.add,
                on_new_articles=report.add_new,
            )
            preview.report = "\n".join(report.lines())
    return preview


def import_file(stored: Upload, preview: Preview, request: HttpRequest) -> Summary:
    """Import the articles of the file as drafts, in one batch."""
    options = {"door": preview.format} | ({"map": preview.mapping} if preview.format == "csv" else {})
    with io.BytesIO(stored.content) as stream:
        return import_rows(
            lines_of(preview.format, stream, _map_of(preview)),
            ImportOptions(through=Quote.Through.BATCH),
            source=stored.name,
            started_by=editor_of(request),
            batch_options=options,
        )


def _map_of(preview: Preview) -> CsvMap | None:
    return read_map(preview.mapping) if preview.format == "csv" and preview.mapping else None


def _suggested(stream: BinaryIO) -> str:
    try:
        return suggestion_for(stream)
    except MapError:
        return ""


def stored_file(name: str) -> Upload:
    """The upload of this name; raises Http404 if there is none."""
    stored = find_upload(name)
    if stored is None:
        raise Http404
    return stored


def store_file(form: UploadForm, request: HttpRequest) -> Upload | None:
    """Store the file of a valid form; None and a form error if all uploads together get too large."""
    file: UploadedFile = form.cleaned_data["file"]
    try:
        return store_upload(file.name or "", file.read(), by=editor_of(request))
    except UploadLimitExceeded as error:
        form.add_error("file", str(error))
        return None

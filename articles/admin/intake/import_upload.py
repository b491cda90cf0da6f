"""Import of files of articles: upload, mapping and preview, import as one batch for each file."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from articles.admin.intake.column_mapping import MappingForm, chosen_dialect
from articles.admin.intake.import_files import MOST_FILES, FilesForm, stored_file
from articles.admin.intake.import_preview import (
    MOST,
    Preview,
    Source,
    as_table,
    import_source,
    mapped_columns,
    preview,
    rejects_download,
)
from articles.admin.intake.uploaded_table import read_table, shape_of
from articles.admin.permissions import render_page, require_perms
from articles.ingest.column_mappings import save_mapping
from articles.models import Upload
from articles.parsing.tabular.mapping import MapError


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_importbatch", "add_article", "add_rawdocument", "change_article")
def upload(request: HttpRequest) -> HttpResponse:
    """The upload form; with ``?file=`` one file and its import; with several, their list."""
    names = list(dict.fromkeys(filter(None, request.GET.getlist("file"))))[:MOST_FILES]
    if len(names) == 1:
        return _one_file(request, stored_file(names[0]))
    if names:
        return _several_files(request, [stored_file(name) for name in names])
    sent = request.method == "POST"
    form = FilesForm(request.POST, request.FILES, label_suffix="") if sent else FilesForm(label_suffix="")
    if sent and form.is_valid() and (stored := form.store(request)):
        for reason in form.refused:
            messages.error(request, reason)
        query = urlencode([("file", one.name) for one in stored])
        return redirect(f"{reverse('admin:desk-upload')}?{query}")
    return render_page(request, "import_upload.html", {"form": form, "most": MOST, "files": MOST_FILES})


@dataclass
class Prepared:
    """An uploaded file, ready to be previewed: for a table with the form of its mapping."""

    stored: Upload
    source: Source
    form: MappingForm | None = None
    problem: str = ""
    # The page showed other columns, for example before another delimiter was chosen.
    other_columns: bool = False

    @property
    def ready(self) -> bool:
        """Whether the file can be read as it is."""
        return not self.problem and (self.form is None or self.source.csv_map is not None)


def prepare(stored: Upload, data: QueryDict | None = None, of: str = "") -> Prepared:
    """Read the file with the mapping of the form, or with the saved or suggested one."""
    found = Prepared(stored, Source(stored))
    if found.source.format != "csv":
        return found
    try:
        found.form = _form_of(stored, data, of)
    except MapError as error:
        found.problem = str(error)
        return found
    shown = data.get("shape") if data else None
    found.other_columns = shown is not None and shown != shape_of(found.form.table)
    if found.form.is_valid():
        found.source = Source(stored, found.form.csv_map, found.form.defaults)
    return found


def _form_of(stored: Upload, data: QueryDict | None, of: str) -> MappingForm:
    table = read_table(stored, of=of)
    chosen = chosen_dialect(data, table.dialect) if data else table.dialect
    if chosen != table.dialect:
        table = read_table(stored, chosen, of)
    if data is not None and "shape" in data:
        form = MappingForm(table, data)
        if form.is_bound:
            return form
    # As the page would send it, so that the suggestion is checked like an answer.
    return MappingForm(table, as_sent(MappingForm(table)))


def as_sent(form: MappingForm) -> QueryDict:
    """The values of an unbound form, as a browser would send them."""
    data = QueryDict(mutable=True)
    for name in form.fields:
        value = form[name].value()
        if value not in (None, False):
            data[name] = "on" if value is True else str(getattr(value, "pk", value))
    return data


def _one_file(request: HttpRequest, stored: Upload) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    found = prepare(stored, sent, request.GET.get("of", ""))
    act = request.POST.get("do", "")
    if act == "map" and found.source.csv_map:
        headers = {"Content-Disposition": 'attachment; filename="map.toml"'}
        return HttpResponse(found.source.csv_map.text, content_type="application/toml", headers=headers)
    shown = _preview_of(found)
    if shown and act == "rejected":
        return rejects_download(found.source, shown.rejected)
    if act == "import" and found.other_columns:
        messages.warning(
            request, gettext("The columns are read in another way now. Check them, then import.")
        )
    elif shown and act == "import" and not shown.too_many:
        if found.form:
            _save_mapping(request, found.form)
        done = import_source(found.source, request)
        if done.batch:
            return redirect("admin:desk-import", done.batch.pk)
    context = {
        "found": found, "form": found.form, "preview": shown, "name": stored.name, "most": MOST,
        "rejected": as_table(found.source, shown.rejected[:MOST]) if shown else None,
        "columns": mapped_columns(found.form.column_rows, shown) if found.form else [],
    }  # fmt: skip
    return render_page(request, "import_preview.html", context)


def _preview_of(found: Prepared) -> Preview | None:
    """None if the file cannot be read, with the problem."""
    if not found.ready:
        return None
    try:
        return preview(found.source)
    except MapError as error:
        found.problem = str(error)
        return None


def _save_mapping(request: HttpRequest, form: MappingForm) -> None:
    publication = form.cleaned_data["publication"]
    if form.cleaned_data["save"] and publication:
        save_mapping(publication, form.table.header, form.csv_map)
        said = gettext("We saved the mapping for files of %(publication)s with these columns.")
        messages.success(request, said % {"publication": publication})


@dataclass
class Listed:
    """A file in the list of several: how many rows it has, and what an import would do."""

    found: Prepared
    rows: int = 0
    preview: Preview | None = None

    @property
    def too_many(self) -> bool:
        return self.rows > MOST

    @property
    def importable(self) -> bool:
        return self.found.ready and not self.too_many


def _listed(stored: Upload) -> Listed:
    found = prepare(stored)
    try:
        return Listed(found, found.source.number() if found.ready else 0)
    except MapError as error:
        found.problem = str(error)
        return Listed(found)


def _several_files(request: HttpRequest, stored: list[Upload]) -> HttpResponse:
    """List the files; POST imports all that are ready, each as a batch of its own."""
    listed = [_listed(one) for one in stored]
    ready = [one for one in listed if one.importable]
    together = sum(one.rows for one in ready)
    if request.method == "POST" and ready and together <= MOST:
        return _import_all(request, listed)
    for one in ready if together <= MOST else ():
        one.preview = preview(one.found.source)
    context = {"listed": listed, "ready": len(ready), "together": together, "most": MOST}
    return render_page(request, "import_files.html", context)


def _import_all(request: HttpRequest, listed: list[Listed]) -> HttpResponse:
    ready = [one for one in listed if one.importable]
    for one in ready:
        import_source(one.found.source, request)
    said = ngettext("%(n)s file imported as drafts.", "%(n)s files imported as drafts.", len(ready))
    messages.success(request, said % {"n": len(ready)})
    left = [one.found.stored.name for one in listed if not one.importable]
    if not left:
        return redirect("admin:desk-imports")
    for name in left:
        said = gettext("%(file)s was not imported. Open it on its own page.")
        messages.warning(request, said % {"file": name})
    query = urlencode([("file", name) for name in left])
    return redirect(f"{reverse('admin:desk-upload')}?{query}")

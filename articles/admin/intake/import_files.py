"""The upload form for files of articles or speakers: what is refused, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, gettext_lazy

from articles.admin.permissions import editor_of
from articles.ingest.uploads import UploadLimitExceeded, find_upload, store_upload
from articles.models import Upload
from articles.parsing.decoding import broken_utf16, no_text
from articles.parsing.file_format import LOOKED_AT, why_unreadable

# Of one file, and of all files sent at once.
LARGEST = Upload.LARGEST
MOST_FILES = 20


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"aria-describedby": "id_file-note"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        refuse_unreadable(file)
        return file


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files; each is checked later, so that one bad file does not stop the others."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # as the widget sends them
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(_FilesField, self).clean(one, initial) for one in sent or [None]]


class FilesForm(forms.Form):
    """One or more files. `refused` has the reason for each that cannot be read."""

    file = _FilesField(
        label=gettext_lazy("Files"),
        allow_empty_file=True,
        widget=_FilesInput(attrs={"aria-describedby": "id_file-note"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def clean_file(self) -> list[UploadedFile]:
        sent: Sequence[UploadedFile] = self.cleaned_data["file"]
        self.refused: list[str] = []
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(
                gettext("You chose %(n)s files. Send up to %(most)s at once.")
                % {"n": len(sent), "most": MOST_FILES}
            )
        readable = []
        for file in sent:
            try:
                refuse_unreadable(file, _why_not_articles)
            except forms.ValidationError as error:
                self.refused += error.messages
            else:
                readable.append(file)
        if not readable:
            raise forms.ValidationError(self.refused)
        return readable

    def store(self, request: HttpRequest) -> list[Upload]:
        """Store the files that can be read; a form error for each that does not fit."""
        stored = [self._store(file, request) for file in self.cleaned_data["file"]]
        return [one for one in stored if one]

    def _store(self, file: UploadedFile, request: HttpRequest) -> Upload | None:
        try:
            return store_upload(file.name or "", file.read(), by=editor_of(request))
        except UploadLimitExceeded as error:
            self.refused.append(f"{file.name}: {error}")
            self.add_error("file", f"{file.name}: {error}")
            return None


def _why_not_articles(file: UploadedFile, head: bytes) -> str:
    return why_unreadable(Path(file.name or "").suffix, head)


def _why_not_text(_file: UploadedFile, head: bytes) -> str:
    return no_text(head)


def refuse_unreadable(file: UploadedFile, why: Callable[[UploadedFile, bytes], str] = _why_not_text) -> None:
    """Raise ValidationError for a file that is too large, empty, or of a kind that cannot be read.

    `why` names the kind from the first bytes; empty for any that can be read.
    """
    size = file.size or 0
    if size > LARGEST:
        raise forms.ValidationError(
            gettext(
                "%(file)s is %(size)s. The largest file you can upload is %(most)s."
                " Put it on the server and use the command import_articles."
            )
            % {"file": file.name, "size": filesizeformat(size), "most": filesizeformat(LARGEST)}
        )
    head = file.read(LOOKED_AT)
    file.seek(0)
    if head.strip() and (kind := why(file, head)):
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

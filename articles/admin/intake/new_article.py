"""The intake page for one article: pasted text, a file or a URL. The original is stored before parsing."""

from __future__ import annotations

import logging
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.admin import recovered_input
from articles.admin.intake import paste_autosave
from articles.admin.permissions import render_page, require_perms
from articles.fetching.http_client import fetch
from articles.fetching.sandbox import LARGEST_FILE
from articles.fetching.url_policy import Refused
from articles.ingest.pipeline.drafts import draft_of_link, fill_draft, start_draft
from articles.ingest.pipeline.parse import DOCUMENTS, MEDIA_TYPES
from articles.ingest.pipeline.sources import detect_format
from articles.models import Article
from articles.parsing import MAX_BODY, looks_like_html
from articles.parsing.charsets import CHOICES
from articles.parsing.decoding import no_text
from articles.parsing.file_format import LOOKED_AT, MAIL, PDF, WORD
from articles.parsing.html.page import MAX_HTML, PageError
from articles.parsing.source_item import SourceError

TEXT, PAGE = "text/plain; charset=utf-8", "text/html; charset=utf-8"

logger = logging.getLogger(__name__)


class IntakeForm(forms.Form):
    """One article as pasted text, file or URL; exactly one of them is required."""

    text = forms.CharField(
        label=gettext_lazy("Article"),
        required=False,
        # No maxlength: the browser would truncate a paste silently.
        widget=forms.Textarea(attrs={"rows": 18, "autofocus": True, "aria-describedby": "id_text-note"}),
        strip=False,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={
                "accept": ".txt,.text,.md,.markdown,.html,.htm,.docx,.pdf,.eml,text/*",
                "aria-describedby": "id_file-note",
            }
        ),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of the file"),
        required=False,
        choices=[("", gettext_lazy("Find out automatically")), *((name, name) for name in CHOICES)],
        widget=forms.Select(attrs={"aria-describedby": "id_encoding-note"}),
    )
    url = forms.CharField(
        label=gettext_lazy("Link"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "aria-describedby": "id_url-note"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # of ModelForm
        super().__init__(*args, **kwargs)
        # The original is stored with NUL characters; parsing removes them.
        self.fields["text"].validators = []

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if len(text) > 4 * MAX_BODY:
            raise forms.ValidationError(
                gettext("The text has %(n)s characters. The limit for one article is %(most)s.")
                % {"n": f"{len(text):,}", "most": f"{4 * MAX_BODY:,}"}
            )
        return text if text.strip() else ""

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if file is None:
            return None
        head = file.read()
        file.seek(0)
        media_type = media_type_of(file.name or "", head)
        most = LARGEST_FILE if media_type in DOCUMENTS else MAX_HTML
        if file.size > most:
            raise forms.ValidationError(
                gettext("%(file)s is %(size)s. The limit for one article is %(most)s.")
                % {
                    "file": file.name,
                    "size": filesizeformat(file.size),
                    "most": filesizeformat(most),
                }
            )
        if media_type not in DOCUMENTS and (kind := no_text(head)):
            raise forms.ValidationError(
                gettext("%(file)s is %(kind)s. Save it as text, HTML, Markdown, Word (.docx) or PDF.")
                % {"file": file.name, "kind": gettext(kind)}
            )
        if not head.strip():
            raise forms.ValidationError(gettext("%(file)s is empty.") % {"file": file.name})
        return file

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        given = [name for name in ("text", "file", "url") if cleaned.get(name)]
        if not given:
            self.add_error("text", gettext("Paste the article: its text, or the HTML of its page."))
        elif len(given) > 1:
            self.add_error(given[1], gettext("Use only one of these: text, file or link."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("add_article", "add_rawdocument", "change_article")
def new_article(request: HttpRequest) -> HttpResponse:
    """The intake form; POST stores and parses the article, then opens its review page."""
    if request.method != "POST":
        recovered, saved = recovered_input.load(request), paste_autosave.find(request)
        typed = dict(recovered.lists()) if recovered else saved.fields if saved else {}
        initial = {name: typed[name][-1] for name in paste_autosave.FIELDS if typed.get(name)}
        form = IntakeForm(initial=initial, label_suffix="")
        return render_page(request, "new_article.html", {"form": form, "recovered": bool(initial)})
    form = IntakeForm(request.POST, request.FILES, label_suffix="")
    article = _ingest(request, form) if form.is_valid() else None
    if article is None:
        return render_page(request, "new_article.html", {"form": form})
    recovered_input.discard(request)
    paste_autosave.clear(request)
    return redirect("admin:desk-review", article.pk)


def _ingest(request: HttpRequest, form: IntakeForm) -> Article | None:
    """Store and parse the input; None and a form error if the URL cannot be fetched."""
    given = form.cleaned_data
    if given["file"]:
        return ingest_file(request, given["file"], given["encoding"])
    if not given["url"]:
        return ingest_text(request, given["text"])
    try:
        page = fetch(given["url"].strip())
    except Refused as refused:
        form.add_error("url", str(refused))
        return None
    draft = draft_of_link(page.url)
    if draft and draft.body:
        messages.info(request, gettext("This page has been added before. This is its draft."))
        return draft
    new = {"media_type": page.media_type, "origin": page.url, "source_url": page.url}
    return read_draft(request, draft or start_draft(page.raw, **new))


def ingest_text(request: HttpRequest, text: str) -> Article:
    """Store the pasted text as a draft, then parse it."""
    if "\0" in text:
        messages.warning(
            request, gettext("We removed null characters from the article. The original is kept.")
        )
    return read_draft(request, start_draft(text, media_type=PAGE if looks_like_html(text) else TEXT))


def ingest_file(request: HttpRequest, file: UploadedFile, encoding: str = "") -> Article:
    """Store the file's bytes as a draft, then parse them; `encoding` is the one that the editor chose."""
    raw = file.read()
    media_type = media_type_of(file.name or "", raw)
    if encoding and media_type.startswith("text/"):
        media_type = f"{media_type}; charset={encoding}"
    return read_draft(request, start_draft(raw, media_type=media_type, origin=f"file: {file.name}"))


def media_type_of(name: str, raw: bytes) -> str:
    """The media type of a Word file, PDF, message, page or text."""
    format = detect_format(name, raw[:LOOKED_AT])
    if format in (MAIL, WORD, PDF):
        return MEDIA_TYPES[format]
    return "text/html" if looks_like_html(raw) else "text/plain"


def read_draft(request: HttpRequest, article: Article) -> Article:
    """Parse the stored original; if parsing fails, the draft keeps the original only."""
    try:
        fill_draft(article)
    except (PageError, SourceError) as error:
        problem = str(error)
        said = gettext("We saved the file but could not read it: %(problem)s.")
        messages.error(request, said % {"problem": gettext(problem)})
    except Exception:
        # Parsers can raise anything on unknown texts; the original is stored, and editors fill the fields.
        logger.exception("Draft %s could not be read", article.pk)
        messages.error(
            request,
            gettext("We saved the text but could not find its parts. Fill in the fields below."),
        )
    return article

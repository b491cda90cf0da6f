"""Bringing in one article: pasted, as a file, or by its address. It is stored before anything reads it."""

from __future__ import annotations

import logging
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_http_methods

from articles import ingest
from articles.admin import recovered_input
from articles.admin.permissions import needs, show
from articles.fetching.http_client import fetch
from articles.fetching.sandbox import MAX_HTML, read_html
from articles.fetching.url_policy import Refused
from articles.models import Article
from articles.parsing import MAX_BODY, looks_like_html
from articles.parsing.decoding import detect_encoding, no_text

TEXT, PAGE = "text/plain; charset=utf-8", "text/html; charset=utf-8"

logger = logging.getLogger(__name__)


class PasteForm(forms.Form):
    """One article through one of three doors: pasted, as a file, or by its address."""

    text = forms.CharField(
        label="The article",
        required=False,
        # No limit in the browser, which would cut a paste without a word.
        widget=forms.Textarea(attrs={"rows": 18, "autofocus": True, "aria-describedby": "id_text-note"}),
        strip=False,
    )
    file = forms.FileField(
        label="A file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".txt,.text,.md,.markdown,.html,.htm,text/*", "aria-describedby": "id_file-note"}
        ),
    )
    url = forms.CharField(
        label="Its address on the web",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "aria-describedby": "id_url-note"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Kept as it came, with NUL characters; the article that is read from it has none.
        self.fields["text"].validators = []

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if len(text) > 4 * MAX_BODY:
            raise forms.ValidationError(
                f"This is {len(text):,} characters long; {4 * MAX_BODY:,} is the most for one article."
            )
        return text if text.strip() else ""

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > MAX_HTML:
            raise forms.ValidationError(
                f"{file.name} has {filesizeformat(file.size)};"
                f" {filesizeformat(MAX_HTML)} is the most for one article."
            )
        head = file.read()
        file.seek(0)
        if kind := no_text(head):
            raise forms.ValidationError(
                f"{file.name} is {kind}. Files of text, HTML and Markdown can be read: save it so."
            )
        if not head.strip():
            raise forms.ValidationError(f"{file.name} is empty.")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        given = [name for name in ("text", "file", "url") if cleaned.get(name)]
        if not given:
            self.add_error("text", "Paste the article: its text, or the source of its page.")
        elif len(given) > 1:
            self.add_error(given[1], "Only one of the three can be stored at a time: paste, file or address.")
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@needs("add_article", "add_rawdocument", "change_article")
def paste(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        brought_back = recovered_input.take(request)
        typed = {name: brought_back.get(name, "") for name in ("text", "url")} if brought_back else None
        form = PasteForm(initial=typed, label_suffix="")
        return show(request, "paste.html", {"form": form, "brought_back": brought_back is not None})
    form = PasteForm(request.POST, request.FILES, label_suffix="")
    article = _through_its_door(request, form) if form.is_valid() else None
    if article is None:
        return show(request, "paste.html", {"form": form})
    recovered_input.forget(request)
    return redirect("admin:desk-review", article.pk)


def _through_its_door(request: HttpRequest, form: PasteForm) -> Article | None:
    """Store what was given and read it; nothing where the form has to say why it could not be fetched."""
    given = form.cleaned_data
    if given["file"]:
        return take_in_file(request, given["file"])
    if not given["url"]:
        return take_in(request, given["text"])
    try:
        page = fetch(given["url"].strip())
    except Refused as refused:
        form.add_error("url", str(refused))
        return None
    return read_draft(
        request,
        ingest.start_draft(page.raw, media_type=page.media_type, origin=page.url, source_url=page.url),
    )


def take_in(request: HttpRequest, text: str) -> Article:
    """Store the text, then read it."""
    if "\0" in text:
        messages.warning(request, "Null characters were left out of the article; the original is kept.")
    return read_draft(request, ingest.start_draft(text, media_type=PAGE if looks_like_html(text) else TEXT))


def take_in_file(request: HttpRequest, file: UploadedFile) -> Article:
    """Store the file's bytes, then read them; a coding that had to be found out is told."""
    raw = file.read()
    found = detect_encoding(raw)
    is_page = looks_like_html(raw)
    # The head of a page says more than its letters.
    media_type = "text/html" if is_page else f"text/plain; charset={found.encoding}"
    if found.guessed and not is_page:
        messages.warning(
            request,
            f"{file.name} does not say how its letters are coded. It was read as {found.encoding}:"
            " check them.",
        )
    return read_draft(request, ingest.start_draft(raw, media_type=media_type, origin=f"file: {file.name}"))


def read_draft(request: HttpRequest, article: Article) -> Article:
    """Read what is stored; what cannot be read stays as a draft with what came in."""
    try:
        read_into(article)
    except Exception:
        # Whatever a reader of strange texts may raise: the text is safe, and the editor fills the parts.
        logger.exception("Draft %s could not be read", article.pk)
        messages.error(
            request, "The text is stored, but its parts could not be told apart. Fill them in by hand below."
        )
    return article


def read_into(article: Article) -> None:
    """Fill the draft from what came in, and keep what the reading left out and was unsure of."""
    parsed = ingest.fill_draft(article, html_reader=read_html)
    article.refresh_from_db()
    aside = {"removed": list(parsed.removed), "warnings": list(parsed.warnings)}
    Article.objects.filter(pk=article.pk).update(extra={**article.extra, **aside})

"""Pasting an article: one box. What comes in is stored before anything tries to understand it."""

from __future__ import annotations

import logging

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from articles import ingest
from articles.admin import kept
from articles.admin.access import needs, show
from articles.fetching.sandbox import read_html
from articles.formats import MAX_BODY, looks_like_html
from articles.models import Article

TEXT, PAGE = "text/plain; charset=utf-8", "text/html; charset=utf-8"

logger = logging.getLogger(__name__)


class PasteForm(forms.Form):
    text = forms.CharField(
        label="The article",
        # No limit in the browser, which would cut a paste without a word.
        widget=forms.Textarea(attrs={"rows": 18, "aria-describedby": "id_text-note"}),
        strip=False,
        error_messages={"required": "Paste the article: its text, or the source of its page."},
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        if len(text) > 4 * MAX_BODY:
            raise forms.ValidationError(
                f"This is {len(text):,} characters long; {4 * MAX_BODY:,} is the most for one article."
            )
        return text


@require_http_methods(["GET", "HEAD", "POST"])
@needs("add_article", "add_rawdocument", "change_article")
def paste(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        brought_back = kept.take(request)
        form = PasteForm(initial={"text": brought_back.get("text", "")} if brought_back else None)
        return show(request, "paste.html", {"form": form, "brought_back": brought_back is not None})
    form = PasteForm(request.POST, label_suffix="")
    if not form.is_valid():
        return show(request, "paste.html", {"form": form})
    article = take_in(request, form.cleaned_data["text"])
    kept.forget(request)
    return redirect("admin:desk-review", article.pk)


def take_in(request: HttpRequest, text: str) -> Article:
    """Store the text, then read it; a text that cannot be read stays as a draft with what came in."""
    is_page = looks_like_html(text)
    article = ingest.start_draft(text, media_type=PAGE if is_page else TEXT)
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

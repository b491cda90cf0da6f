"""The form for reporting an error in a quote or article, and the page of a report.

The form needs no account and no cookie. It is protected by a signed stamp that is valid for this page and
one day, by a honeypot field, by a check of the origin and by a rate limit.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles import reader_reports
from articles.models import Article, Quote, Report, events_of
from articles.views.articles import not_public
from articles.views.quotes import shown_to_readers

STAMP_SECONDS = 24 * 60 * 60
RETRY_SECONDS = 60 * 60
HERE = {"same-origin", "none"}
OF_AN_ARTICLE = {
    Report.What.WORDS: _("The text is not as published"),
    Report.What.DATE: _("Wrong date"),
    Report.What.OTHER: _("Something else"),
}


class ReportForm(forms.Form):
    what = forms.ChoiceField(label=_("What is wrong?"), widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("What should it be, and how do you know?"),
        required=False,
        max_length=reader_reports.LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": _("Use %(limit_value)d characters or fewer. You used %(show_value)d.")},
    )
    website = forms.CharField(label=_("Leave this field empty"), required=False, max_length=200)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, about: Article | Quote, data: QueryDict | None) -> None:
        super().__init__(data, label_suffix="")
        self.salt = f"report {about._meta.model_name} {about.pk}"
        if isinstance(what := self.fields["what"], forms.ChoiceField):
            what.choices = Report.What.choices if isinstance(about, Quote) else list(OF_AN_ARTICLE.items())

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""

    def clean(self) -> None:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("what") == Report.What.OTHER and not cleaned.get("remark"):
            self.add_error("remark", _("Tell us what is wrong."))
        try:
            # Missing if the stamp was already refused because of a NUL.
            cleaned["token"] = signing.loads(cleaned.get("stamp", ""), salt=self.salt, max_age=STAMP_SECONDS)
        except signing.BadSignature:
            self.add_error(None, _("The form expired. Send it again."))

    def new_stamp(self) -> str:
        return signing.dumps(reader_reports.new_token(), salt=self.salt)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report_quote(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Quote.objects.select_related("article__publication", "article__version_of")
    quote = shown_to_readers(request, rows.select_related("speaker__merged_into"), pk)
    if isinstance(quote, HttpResponse):
        return quote
    return _report(request, quote, {"quote": quote, "article": quote.article})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report_article(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.select_related("publication", "version_of"), pk=pk)
    if not article.is_public:
        return not_public(request, article)
    quotes = Quote.objects.accepted().filter(article=article).order_by("part", "position", "pk")
    listed = quotes.select_related("speaker__merged_into", "article")
    return _report(request, article, {"article": article, "quotes": listed})


def _report(request: HttpRequest, about: Article | Quote, context: dict[str, object]) -> HttpResponse:
    """Show the form, or store the report and redirect to its page. Errors keep the input."""
    form = ReportForm(about, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and not _sent_from_here(request):
        form.add_error(None, _("This report was sent from another website. Check it, and send it from here."))
        status = 403
    elif request.method == "POST" and form.is_valid():
        if reader_reports.may_send(request.META.get("REMOTE_ADDR", "")):
            given = form.cleaned_data
            return redirect(
                "articles:report",
                reader_reports.receive(about, given["what"], given["remark"], given["token"]),
            )
        form.add_error(None, _("We are receiving too many reports. Try again in an hour."))
        status = 429
    context |= {"form": form, "stamp": form.new_stamp(), "months": reader_reports.RETENTION_MONTHS}
    context["longest"] = reader_reports.LONGEST_REMARK
    response = render(request, "articles/report_form.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(RETRY_SECONDS)
    if request.method != "POST":
        # Each form has its own stamp, so it must not be cached.
        patch_cache_control(response, private=True, no_cache=True)
    return response


def _sent_from_here(request: HttpRequest) -> bool:
    """Whether the form was sent from this site. A request without that header passes."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in HERE
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc in {
        request.get_host(),
        urlsplit(settings.SITE_URL).netloc,
    }


@require_safe
def show_report(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a report, for everyone who has its secret URL."""
    report = reader_reports.found_by(token)
    if report is None:
        raise Http404
    reopened = not report.outcome and events_of(Report).filter(pgh_obj=report.pk).exclude(outcome="").exists()
    context = {"report": report, "reopened": reopened, "months": reader_reports.RETENTION_MONTHS}
    response = render(request, "articles/report.html", context)
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # The URL is secret, so it must not reach other sites as a referrer.
    response["Referrer-Policy"] = "no-referrer"
    return response

"""Pages of the automatic sources: the list, and one source with its form, its faults and its imports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.confirmation import all_fields, ask, is_confirmed
from articles.admin.lists import NO_SUCH_TAB, ListFilter, TabFilter, render_list
from articles.admin.permissions import has_perms, render_page, require_perms
from articles.admin.tables.base import OptimisticLockForm, changes_of
from articles.fetching.url_policy import Refused, check_link
from articles.ingest.unused_publications import is_unused
from articles.models import (
    Article,
    ImportBatch,
    Publication,
    Source,
    SourceItem,
    SourceState,
    last_deletion,
)
from articles.models.audit import Event
from articles.sources import Trial, actions, troubles, try_source
from newsarchive.transaction_limits import statements_may_take

PER_PAGE = 50
MOST_IMPORTS = 10
MOST_CHANGES = 20
LONGEST_DELETION = "60s"
# Fields without which a source cannot be read; errors of others are shown, but do not prevent a trial.
NEEDED_TO_TRY = {"url", "folder", "publication", "section", "language"}
TABS = {
    "": gettext_lazy("All"),
    "attention": gettext_lazy("Need attention"),
    "paused": gettext_lazy("Paused"),
}


class SourcesFilter(ListFilter):
    what = TabFilter(choices=[(value, label) for value, label in TABS.items() if value])


class SourceForm(OptimisticLockForm):
    """Of a feed or of a folder; the type of a source never changes."""

    class Meta:
        model = Source
        fields = [
            "kind", "name", "url", "folder", "publication", "section", "language", "every", "publish",
            "changed", "pages",
        ]  # fmt: skip
        widgets = {"kind": forms.HiddenInput, "url": forms.TextInput(attrs={"inputmode": "url"})}

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:  # of ModelForm
        super().__init__(*args, label_suffix="", **kwargs)
        self.may_publish = may_publish
        self.fields["kind"].disabled = True
        for name in ("url", "pages") if self.instance.kind == Source.Kind.FOLDER else ("folder",):
            del self.fields[name]
        self.initial["seen"] = self.initial.get("seen", "")

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            if url:
                check_link(url)
        except Refused as error:
            raise forms.ValidationError(str(error)) from None
        return url

    def clean_folder(self) -> str:
        parts = [part.strip() for part in self.cleaned_data["folder"].split("/")]
        folder = "/".join(filter(None, parts))
        if not settings.SOURCES_FOLDER:
            raise forms.ValidationError(
                gettext("Folders are turned off: the operator has not set SOURCES_FOLDER.")
            )
        others = Source.objects.filter(kind=Source.Kind.FOLDER).exclude(pk=self.instance.pk)
        for other in others:
            if f"{folder}/".startswith(f"{other.folder}/") or f"{other.folder}/".startswith(f"{folder}/"):
                said = gettext("The source %(name)s reads %(folder)s, with the folders in it.")
                raise forms.ValidationError(said % {"name": other.name, "folder": other.folder})
        return folder

    def clean(self) -> None:
        super().clean()
        # Nor may they send other articles down a source that publishes. Checked after the merge with what
        # another editor saved, which can restore the value.
        if self.cleaned_data.get("publish") and not self.may_publish:
            self.add_error("publish", gettext("You do not have permission to publish."))


class DeleteForm(forms.Form):
    """Whether to delete also the publication; only by those who may, and if nothing else refers to it."""

    with_publication = forms.BooleanField(required=False)

    def __init__(self, source: Source, data: QueryDict | None = None, *, may: bool) -> None:
        super().__init__(data, label_suffix="")
        field = self.fields["with_publication"]
        field.label = gettext("Delete the publication %(name)s, too") % {"name": source.publication}
        field.help_text = gettext("Nothing else uses it, and it has no articles.")
        if not (may and is_unused(source.publication, without=source)):
            del self.fields["with_publication"]


@require_safe
@require_perms("view_source")
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources: all, those that need attention, or those that are paused."""
    filters = SourcesFilter(request)
    rows = Source.objects.select_related("publication", "state")
    parts: dict[str, QuerySet[Source]] = {
        "": rows,
        "attention": rows.filter(pk__in={one.source.pk for one in troubles()}),
        "paused": rows.filter(paused=True),
    }
    tabs = filters.tabs("what", [(name, label, parts[name].count()) for name, label in TABS.items()])
    page = filters.page(parts[filters.value("what")], PER_PAGE)
    rejected = set(SourceItem.objects.to_mend().values_list("source", flat=True))
    context = {
        "page": page,
        "rows": [(one, state_in_words(one, one.pk in rejected)) for one in page.object_list],
        "tabs": tabs,
        "may_add": has_perms(request, "add_source"),
        "may_change": has_perms(request, "change_source"),
        "folders": bool(settings.SOURCES_FOLDER),
    }
    return render_list(filters, "sources.html", context)


def state_in_words(source: Source, rejected: bool) -> str:
    """For example “Works”; the reason of a fault is beside it."""
    state = state_of(source)
    if source.paused:
        return gettext("Paused: the feed is gone") if state and state.gone else gettext("Paused")
    if state and state.fault:
        return gettext("Failing")
    if state and state.moved_to:
        return gettext("Works, but has moved")
    if rejected:
        return gettext("Works; some rows were rejected")
    return gettext("Works") if state and state.last_success_at else gettext("Not run yet")


def state_of(source: Source) -> SourceState | None:
    return getattr(source, "state", None)


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_source", "add_source")
def add_source(request: HttpRequest) -> HttpResponse:
    """The form of a new source: a feed, or with ``?kind=folder`` a folder."""
    kind = request.GET.get("kind", Source.Kind.FEED)
    if kind not in Source.Kind:
        raise BadRequest(NO_SUCH_TAB)
    return _form_page(request, Source(kind=kind))


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_source", to_post=["change_source"])
def one_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change a source; the other buttons act on it."""
    act = request.POST.get("do", "")
    if request.method == "POST" and act not in {*ACTS, "delete", "try"}:
        return _save(request, pk)
    found = _rows().filter(pk=pk).first()
    if found is None:
        return _without_source(request, pk)
    if found.publish and act in PUBLISHING and not has_perms(request, "publish_article"):
        raise PermissionDenied
    if act == "delete":
        return _confirm_and_delete(request, found)
    if act in ACTS:
        do, said = ACTS[act]
        if do(found):
            messages.success(request, said)
        elif not Source.objects.filter(pk=pk).exists():
            return _without_source(request, pk)
        else:
            messages.warning(request, gettext("Nothing was changed: the source has changed since."))
        return redirect("admin:desk-source", found.pk)
    return _form_page(request, found)


def _rows() -> QuerySet[Source]:
    return Source.objects.select_related("publication", "section", "state")


@transaction.atomic
def _save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the form; the source is locked until then, so that nobody deletes or saves it meanwhile."""
    found = _rows().select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    return _form_page(request, found) if found else _without_source(request, pk)


def _without_source(request: HttpRequest, pk: int) -> HttpResponse:
    """What follows if another editor has deleted the source: it stays deleted, and a sent form is kept."""
    deleted = last_deletion(Source, pk)
    if request.method != "POST" or deleted is None:
        raise Http404
    act = request.POST.get("do", "")
    if act in ACTS or act == "delete":
        said = gettext("Nothing was changed: the source %(name)s was deleted.")
        messages.warning(request, said % {"name": deleted.name})
        return redirect("admin:desk-sources")
    return _form_page(request, Source(kind=deleted.kind), deleted)


def _confirm_and_delete(request: HttpRequest, source: Source) -> HttpResponse:
    imports = ImportBatch.objects.filter(options__fetched_from=source.pk).order_by()
    articles = Article.objects.filter(import_batch__in=imports).count()
    may = has_perms(request, "delete_publication")
    if not is_confirmed(request, articles):
        return ask(
            request, title=gettext("Delete the source %(name)s?") % {"name": source},
            effects=_effects_of_deletion(source, articles), button=gettext("Delete source"),
            number=articles, always=True, form=DeleteForm(source, may=may), sent=("do",),
        )  # fmt: skip
    form = DeleteForm(source, request.POST, may=may)
    also = form.is_valid() and form.cleaned_data.get("with_publication", False)
    with statements_may_take(LONGEST_DELETION):
        deleted = actions.delete(source, with_publication=also)
    if not deleted and not Source.objects.filter(pk=source.pk).exists():
        return _without_source(request, source.pk)
    if not deleted:
        messages.warning(request, gettext("It is being fetched just now. Try again in a few minutes."))
        return redirect("admin:desk-source", source.pk)
    messages.success(request, gettext("We deleted the source %(name)s.") % {"name": source})
    if request.POST.get("with_publication") and Publication.objects.filter(pk=source.publication_id).exists():
        kept = gettext("The publication %(name)s was not deleted: something else uses it.")
        messages.warning(request, kept % {"name": source.publication})
    return redirect("admin:desk-sources")


def _effects_of_deletion(source: Source, articles: int) -> list[str]:
    """What deleting the source does, one sentence each."""
    stay = ngettext(
        "%(n)s article from it stays. Its import still names the source and its link or folder.",
        "%(n)s articles from it stay. Their imports still name the source and its link or folder.",
        articles,
    )
    return [
        gettext("Nothing is fetched from %(place)s any more.") % {"place": source.place},
        *([stay % {"n": f"{articles:,}"}] if articles else []),
        gettext(
            "If you add the source again, everything in it is read again. Articles in the archive are"
            " recognised, and those of an import that was undone come back."
        ),
        gettext("If you undo this in Recent actions, the source comes back paused."),
    ]


def _form_page(request: HttpRequest, source: Source, deleted: Event | None = None) -> HttpResponse:
    """The form, and what was sent; `deleted`: it was sent for a source that is deleted, and is not saved."""
    sent = request.POST if request.method == "POST" else None
    form = SourceForm(sent, instance=source, may_publish=has_perms(request, "publish_article"))
    trial = _trial_of(form) if sent and sent.get("do") == "try" else None
    if sent is not None and sent.get("do") != "try" and not deleted and form.is_valid():
        return _ask_to_publish(request, form) or _saved(request, form)
    stored = Source.objects.select_related("state").filter(pk=source.pk).first()
    context = {
        "source": stored or source,
        "form": form,
        "trial": trial,
        "tried": sent is not None and sent.get("do") == "try",
        "new": stored is None,
        "may_change": has_perms(request, "change_source"),
        "may_delete": stored and (not stored.publish or has_perms(request, "publish_article")),
        "troubles": troubles(stored) if stored else [],
        "state": state_of(stored) if stored else None,
        "words": state_in_words(stored, False) if stored else "",
        "rejected": stored.items.to_mend().select_related("batch")[:MOST_IMPORTS] if stored else [],
        "imports": _imports_of(stored) if stored else [],
        "changes": changes_of(stored)[:MOST_CHANGES] if stored else [],
        "deleted": deleted,
        "is_folder": source.kind == Source.Kind.FOLDER,
        "folders": settings.SOURCES_FOLDER,
    }
    return render_page(request, "source.html", context)


@transaction.atomic
def _ask_to_publish(request: HttpRequest, form: SourceForm) -> HttpResponse | None:
    """The confirmation page if the source is to publish from now on; None if not, or if it was confirmed."""
    if not form.cleaned_data["publish"] or "publish" not in form.changed_data or is_confirmed(request, 1):
        return None
    name = form.cleaned_data["name"]
    return ask(
        request,
        title=gettext("Publish the articles of “%(name)s” at once?") % {"name": name},
        effects=[
            gettext("Readers see each new article as soon as it is fetched. No editor checks it first."),
            gettext("If you undo this, new articles are drafts. Those published until then stay published."),
        ],
        button=gettext("Save"),
        number=1,
        sent=all_fields(request),
        back=gettext("Back to the form"),
    )


def _saved(request: HttpRequest, form: SourceForm) -> HttpResponse:
    new = form.instance.pk is None
    source: Source = form.save()
    elsewhere = not new and not {"url", "folder"}.isdisjoint(form.changed_data)
    actions.settings_changed(source, elsewhere)
    first = gettext("Source saved. It is fetched for the first time within five minutes.")
    messages.success(request, first if new else gettext("Source saved."))
    return redirect("admin:desk-source", source.pk)


def _trial_of(form: SourceForm) -> Trial | None:
    """What a run would find with these values; None if it could not even begin."""
    return None if NEEDED_TO_TRY & form.errors.keys() else try_source(form.instance)


def _imports_of(source: Source) -> QuerySet[ImportBatch]:
    batches = source.items.exclude(batch=None).order_by().values("batch")
    return ImportBatch.objects.filter(pk__in=batches)[:MOST_IMPORTS]


# Of a source that publishes, these let articles be published, or end it for good.
PUBLISHING = {"resume", "move", "retry", "again", "delete"}
# What a button does, and the message; False if it does not apply any more.
ACTS: dict[str, tuple[Callable[[Source], bool], Any]] = {
    "due": (actions.make_due, gettext_lazy("It is fetched within five minutes.")),
    "pause": (actions.pause, gettext_lazy("Paused. Nothing is fetched until you resume it.")),
    "resume": (actions.resume, gettext_lazy("Resumed. It is fetched within five minutes.")),
    "move": (actions.use_new_link, gettext_lazy("The source uses the new link from now on.")),
    "stay": (actions.keep_link, gettext_lazy("The source keeps its link.")),
    "dismiss": (actions.dismiss_rejected, gettext_lazy("These rows are not listed any more.")),
    "retry": (actions.retry_rejected, gettext_lazy("These rows are read again within five minutes.")),
    "again": (actions.read_again, gettext_lazy("Everything is read again within five minutes.")),
}

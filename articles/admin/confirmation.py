"""The confirmation page for actions on several records, and the messages about records that were left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext

from articles.admin.permissions import render_page
from articles.models import AuditEntry
from articles.revisions.undo_effects import undo_effects

MOST_NAMED = 20


def report_skipped(request: HttpRequest, left: Sequence[str]) -> None:
    """Add a message for each record that an action left, up to MOST_NAMED, and the number of the others."""
    for reason in left[:MOST_NAMED]:
        messages.warning(request, reason)
    if more := len(left[MOST_NAMED:]):
        skipped = ngettext("%(n)s more was skipped.", "%(n)s more were skipped.", more)
        messages.warning(request, skipped % {"n": f"{more:,}"})


def report_not_undone(request: HttpRequest, left: Sequence[Model]) -> None:
    """Add a message for each record that was changed after the change that was undone."""
    for row in left[:MOST_NAMED]:
        kept = gettext("%(record)s (ID %(id)s) was not undone: it has been changed since.")
        messages.warning(request, kept % {"record": row, "id": row.pk})
    if more := len(left[MOST_NAMED:]):
        others = ngettext("%(n)s more was not undone.", "%(n)s more were not undone.", more)
        messages.warning(request, others % {"n": f"{more:,}"})


def is_confirmed(request: HttpRequest, number: int) -> bool:
    """Whether the editor confirmed the action for exactly this number of rows."""
    return request.POST.get("sure") == str(number)


def all_fields(request: HttpRequest) -> list[str]:
    """The names of the fields that were sent, for a confirmation that sends them again."""
    return [name for name in request.POST if name not in ("csrfmiddlewaretoken", "sure", "back")]


def ask(
    request: HttpRequest,
    *,
    title: str,
    effects: list[str],
    button: str,
    number: int,
    first: Sequence[object] = (),
    listed: str = "",
    always: bool = False,
    form: forms.Form | None = None,
    sent: Sequence[str] = ("action", "select_across", "_selected_action"),
    more: Iterable[tuple[str, str]] = (),
    cancel: str = "",
    back: str = "",
) -> HttpResponse:
    """Render the effects and the first rows; confirming posts the original form again.

    `listed`: the heading of the rows, if they are not the selected records.
    `always`: allow confirming when no row is affected. `form`: what the action needs to know besides.
    `sent`: the fields of the original form to post again, and `more`: others. `cancel`: the URL to go back
    to, if it is not this one. `back`: the label of a button instead, which posts the form with `back` set.
    """
    fields = [(name, value) for name in sent for value in request.POST.getlist(name)]
    fields += more
    if request.POST.get("select_across") == "1":
        # The whole list is selected; Django needs one selected row to run the action.
        chosen = [pair for pair in fields if pair[0] == "_selected_action"]
        fields = [pair for pair in fields if pair not in chosen[1:]]
    context = {
        "title": title, "effects": effects, "button": button, "number": number, "first": first,
        "listed": listed, "sent": fields, "possible": bool(number) or always, "form": form, "cancel": cancel,
        "back": back,
    }  # fmt: skip
    return render_page(request, "confirm.html", context)


def ask_to_undo(request: HttpRequest, key: str) -> HttpResponse | None:
    """The confirmation page of an undo that readers see; None if it was confirmed, or if they do not."""
    effects = undo_effects(key)
    if not effects.total or is_confirmed(request, effects.total):
        return None
    counted = [
        (effects.hidden, ngettext(
            "%(n)s article is hidden from readers, who see “Page not found”.",
            "%(n)s articles are hidden from readers, who see “Page not found”.", effects.hidden,
        )),
        (effects.shown, ngettext(
            "Readers see %(n)s article again.", "Readers see %(n)s articles again.", effects.shown
        )),
        (effects.changed, ngettext(
            "%(n)s article that readers see is changed back.",
            "%(n)s articles that readers see are changed back.", effects.changed,
        )),
        (effects.records, ngettext(
            "%(n)s other record is changed back, such as a speaker or a topic.",
            "%(n)s other records are changed back, such as speakers or topics.", effects.records,
        )),
    ]  # fmt: skip
    what = AuditEntry.objects.filter(act=key, kind=AuditEntry.Kind.ACT).values_list("what", flat=True).first()
    return ask(
        request,
        title=gettext("Undo “%(what)s”?") % {"what": what},
        effects=[
            *(said % {"n": f"{number:,}"} for number, said in counted if number),
            gettext("What was changed since stays. You cannot undo an undo; make the change again instead."),
        ],
        button=gettext("Undo"),
        number=effects.total,
        sent=all_fields(request),
    )

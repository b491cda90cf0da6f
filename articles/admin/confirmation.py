"""The confirmation page for actions that cannot easily be reversed, and a message of undoing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from articles.admin.permissions import render_page


def not_undone(row: Model) -> str:
    """The message about a row that was changed after the change that was undone."""
    return gettext("%(record)s (ID %(id)s) was not undone: it has been changed since.") % {
        "record": row,
        "id": row.pk,
    }


def is_confirmed(request: HttpRequest, number: int) -> bool:
    """Whether the editor confirmed the action for exactly this number of rows."""
    return request.POST.get("sure") == str(number)


def ask(
    request: HttpRequest,
    *,
    title: str,
    effects: list[str],
    button: str,
    number: int,
    first: Sequence[object] = (),
    always: bool = False,
    form: Iterable[tuple[str, str]] = (),
    cancel: str = "",
) -> HttpResponse:
    """Render the effects and the first rows; confirming posts the original form again.

    `always`: allow confirming when no row is affected. `form`: more fields to post again. `cancel`: where the
    link for cancelling leads; this page if empty.
    """
    sent = [
        (name, value)
        for name in ("action", "select_across", "_selected_action")
        for value in request.POST.getlist(name)
    ]
    sent += form
    if request.POST.get("select_across") == "1":
        # The whole list is selected; Django needs one selected row to run the action.
        chosen = [pair for pair in sent if pair[0] == "_selected_action"]
        sent = [pair for pair in sent if pair not in chosen[1:]]
    context = {
        "title": title, "effects": effects, "button": button, "number": number, "first": first, "sent": sent,
        "possible": bool(number) or always, "cancel": cancel or request.get_full_path(),
    }  # fmt: skip
    return render_page(request, "confirm.html", context)

"""The page that asks before something is done that cannot simply be done again the other way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.admin.permissions import show


def counted(number: int, one: str, many: str) -> str:
    """
    >>> counted(1, "article", "articles")
    '1 article'
    """
    return f"{number:,} {one if number == 1 else many}"


def is_confirmed(request: HttpRequest, number: int) -> bool:
    """Whether the editor was shown that this many rows are affected, and said yes."""
    return request.POST.get("sure") == str(number)


def ask(
    request: HttpRequest,
    *,
    title: str,
    effects: list[str],
    button: str,
    number: int,
    first: list[object],
    always: bool = False,
) -> HttpResponse:
    """State what would be done to how many rows, and name the first; the answer posts the same form again."""
    sent = [
        (name, value)
        for name in ("action", "select_across", "_selected_action")
        for value in request.POST.getlist(name)
    ]
    if request.POST.get("select_across") == "1":
        # All that the list finds are meant, and the first one stands for them.
        chosen = [pair for pair in sent if pair[0] == "_selected_action"]
        sent = [pair for pair in sent if pair not in chosen[1:]]
    context = {
        "title": title, "effects": effects, "button": button, "number": number, "first": first, "sent": sent,
        "possible": bool(number) or always,
    }  # fmt: skip
    return show(request, "confirm.html", context)

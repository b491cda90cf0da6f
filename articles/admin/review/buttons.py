"""The actions of the buttons on the review page, carried out after the form was stored."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, ngettext

from articles import ingest
from articles.admin.permissions import editor_of, has_perms
from articles.admin.review.publishing import missing_parts, missing_reason, publish
from articles.ingest.pipeline.newspapers import add_newspaper
from articles.ingest.proposals.manual_turns import (
    begin_turn,
    flip,
    flip_from_here,
    join_above,
    make_turns,
    narrate,
)
from articles.models import Article, Turn
from articles.models.audit import change_group
from articles.parsing import normalise, tidy
from articles.revisions import change_text
from articles.text.numbers import number_in


def put_back(article: Article, number: int) -> None:
    """Restore a removed line as a paragraph of the body; `number` counts from 0."""
    cuts = list(article.extra.get("removed", []))
    if not 0 <= number < len(cuts):
        raise Http404
    line = cuts.pop(number)
    body = with_line(article.body, line, _as_it_came(article))
    article.extra = {**article.extra, "removed": cuts}
    Article.objects.filter(pk=article.pk).update(extra=article.extra)
    change_text(article, body=body)


def with_line(body: str, line: str, raw: str) -> str:
    """Insert the line after the paragraph that it followed in the original; else at the end.

    >>> with_line("One.\\n\\nThree.", "Two.", "One.\\nTwo.\\nThree.")
    'One.\\n\\nTwo.\\n\\nThree.'
    """
    paragraphs = body.split("\n\n") if body else []
    came = [" ".join(one.split()) for one in raw.splitlines() if one.strip()]
    places = {" ".join(one.split()): at for at, one in enumerate(paragraphs)}
    wanted = " ".join(line.split())
    if wanted in came:
        before = came[: came.index(wanted)]
        at = next((places[one] + 1 for one in reversed(before) if one in places), 0)
    else:
        at = len(paragraphs)
    return normalise("\n\n".join([*paragraphs[:at], line, *paragraphs[at:]]))


def _as_it_came(article: Article) -> str:
    raw = article.raw_documents.first()
    return bytes(raw.bytes).decode("utf-8", "replace") if raw else ""


logger = logging.getLogger(__name__)

TURN_ACTS = {
    "flip": flip,
    "flipon": flip_from_here,
    "narrate": narrate,
    "join": join_above,
}
PUBLISHING = {"publish", "next", "paste"}
ACCEPTING = {"all": lambda line: line.sure, "turns": lambda line: line.turn is not None}
STORING = {
    "draft", "back", "again", "fill", "discard", "skip", "begin", "interview", "unpicture", "newspaper",
}  # fmt: skip
LEAVING = {"next", "paste", "skip", "discard"}
PLAIN_ACTS = PUBLISHING | set(ACCEPTING) | STORING


@dataclass
class Result:
    """The result of an action: whether the page stays on the article, and at which turn."""

    stays: bool = False
    turn: Turn | None = None


def act_on(request: HttpRequest, article: Article, act: str, target: str) -> Result:
    """Carry out the action of a button, in the transaction that stored the form."""
    if act in TURN_ACTS:
        turn = get_object_or_404(article.turns, pk=number_in(target))
        above = article.turns.filter(position__lt=turn.position).last()
        TURN_ACTS[act](turn, by=editor_of(request))
        return Result(turn=above if act == "join" else turn)
    if act == "begin":
        return _begin_turn(request, article, number_in(target or request.POST.get("turn-at", "")))
    if act == "interview":
        _make_turns(request, article)
    elif act == "unpicture":
        _remove_picture(request, article, number_in(target))
    elif act == "newspaper":
        _add_newspaper(request, article)
    elif act == "back":
        put_back(article, number_in(target))
    elif act == "again":
        _read_again(request, article)
    elif act == "fill":
        _fill(request, article)
    elif act == "discard":
        discarded = Article.objects.filter(pk=article.pk, status=Article.Status.DRAFT)
        with change_group(f"Discarded {article}"):
            discarded.update(status=Article.Status.CANCELED)
        messages.success(
            request,
            gettext("We discarded %(article)s. It stays in the list of all articles.") % {"article": article},
        )
    elif act in PUBLISHING:
        return Result(stays=not _publish(request, article))
    return Result()


def _begin_turn(request: HttpRequest, article: Article, at: int) -> Result:
    turn = begin_turn(article, at, by=editor_of(request))
    if turn is None:
        messages.warning(request, gettext("Choose the paragraph where the turn starts."))
    return Result(turn=turn)


def _make_turns(request: HttpRequest, article: Article) -> None:
    made = make_turns(article, by=editor_of(request))
    if made:
        turns = ngettext("%(n)s turn added.", "%(n)s turns added.", made) % {"n": made}
        check = gettext("Check where each turn starts, then enter who asks and who answers.")
        messages.success(request, f"{turns} {check}")
    else:
        messages.warning(request, gettext("We found no questions. Start each turn at a paragraph yourself."))


def _add_newspaper(request: HttpRequest, article: Article) -> None:
    """Create a publication with the submitted name and assign the article to it."""
    if not has_perms(request, "add_publication"):
        raise PermissionDenied
    name = tidy(request.POST.get("newspaper-new", ""))
    if not name or len(name) > 500:
        messages.error(request, gettext("Enter the name of the publication, up to 500 characters."))
        return
    unknown = dict(article.extra.get("unknown", {}))
    unknown.pop("publication", None)
    host = unknown.pop("host", "")
    newspaper = add_newspaper(name, f"https://{host}/" if host else "")
    extra = {**article.extra, "unknown": unknown}
    Article.objects.filter(pk=article.pk).update(publication=newspaper, extra=extra)
    messages.success(
        request, gettext("Publication of this article: %(publication)s.") % {"publication": newspaper}
    )


def _remove_picture(request: HttpRequest, article: Article, number: int) -> None:
    """Delete a picture, unless its caption contains a quote that was public."""
    picture = get_object_or_404(article.images, pk=number)
    if picture.quotes.filter(first_public_at__isnull=False).exists():
        messages.warning(
            request, gettext("We kept the picture because a quote in its caption has been public.")
        )
        return
    picture.delete()
    messages.success(request, gettext("Picture removed."))


def _read_again(request: HttpRequest, article: Article) -> None:
    proposed = ingest.propose(article)
    found = ngettext(
        "%(n)s new proposed quote. Your decisions are kept.",
        "%(n)s new proposed quotes. Your decisions are kept.",
        proposed,
    )
    messages.success(request, found % {"n": proposed})


def _fill(request: HttpRequest, article: Article) -> None:
    """Parse the original of a draft again."""
    try:
        with transaction.atomic():
            ingest.fill_draft(article)
    except Exception:
        logger.exception("Draft %s could not be read", article.pk)
        messages.error(request, gettext("We still could not find the parts of this text. Nothing was lost."))


def _publish(request: HttpRequest, article: Article) -> bool:
    missing = missing_parts(article, undated=bool(article.extra.get("undated")))
    reason = missing_reason(missing)
    if not reason:
        with change_group(f"Published {article}"):
            reason = publish(article)
    if reason:
        messages.error(request, gettext("Saved, but not published: %(reason)s.") % {"reason": reason})
    else:
        messages.success(request, gettext("Published: %(article)s.") % {"article": article})
    return not reason

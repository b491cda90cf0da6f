"""The actions of the buttons on the review page, carried out after the form was stored."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from articles.admin.confirmation import report_not_undone
from articles.admin.permissions import editor_of, has_perms
from articles.admin.review import confirm
from articles.admin.review.decisions import Line
from articles.admin.review.last_article import last_article
from articles.admin.review.publishing import missing_parts, missing_reason
from articles.ingest.pipeline.drafts import fill_draft
from articles.ingest.pipeline.newspapers import add_newspaper
from articles.ingest.pipeline.reread import read_in_encoding
from articles.ingest.pipeline.resolver import Names
from articles.ingest.proposals.manual_turns import (
    begin_turn,
    flip,
    flip_from_here,
    join_above,
    make_turns,
    move_earlier,
    move_later,
    move_to,
    narrate,
    reopen_contradicted,
)
from articles.ingest.proposals.refresh import propose
from articles.models import Article, ArticleTopic, Section, Topic, Turn
from articles.models.audit import change_group
from articles.parsing import RowError, normalise, tidy
from articles.parsing.charsets import CHOICES
from articles.revisions import change_text
from articles.revisions.undo import SeveralArticles, undo_last
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

MOST_LEFT = 10

TURN_ACTS: dict[str, Callable[..., object]] = {
    "flip": flip,
    "flipon": flip_from_here,
    "narrate": narrate,
    "join": join_above,
    "later": move_later,
    "earlier": move_earlier,
}
LEAVING = {"skip", "discard"}
# Accept together: the sure quotes, all turns, or all quotes of one person.
ACCEPTING: dict[str, Callable[[Line, str], bool]] = {
    "all": lambda line, _: line.sure,
    "turns": lambda line, _: line.turn is not None,
    "person": lambda line, key: line.person == key,
}


@dataclass
class Result:
    """The result of an action: whether the page stays on the article, and at which turn."""

    stays: bool = False
    turn: Turn | None = None


def act_on(request: HttpRequest, article: Article, act: str, target: str) -> Result:
    """Carry out the action of a button, in the transaction that stored the form."""
    if tidy(request.POST.get("topic-new", "")) and act not in ("topic", "undo"):
        _add_topic(request, article, "")
    if act in TURN_ACTS:
        result = _change_turns(request, article, act, target)
    elif act in OTHER_ACTS:
        result = OTHER_ACTS[act](request, article, target) or Result()
    else:
        result = Result(stays=act in confirm.ACTS and _is_incomplete(request, article, act))
    if act in (*TURN_ACTS, "begin", "move"):
        _reopen_contradicted(request, article)
    return result


def _change_turns(request: HttpRequest, article: Article, act: str, target: str) -> Result:
    turn = get_object_or_404(article.turns, pk=number_in(target))
    above = article.turns.filter(position__lt=turn.position).last()
    if act == "join" and above is None:
        # The page was opened before another editor joined or removed the turn above.
        messages.warning(request, gettext("There is no turn above this one to join."))
        return Result(turn=turn)
    if TURN_ACTS[act](turn, by=editor_of(request)) is not False:
        return Result(turn=above if act == "join" else turn)
    if act == "join":
        reason = gettext("The label “%(label)s” says who speaks here, so we did not join this turn.")
        messages.warning(request, reason % {"label": turn.source})
    else:
        messages.warning(request, gettext("This turn cannot start there."))
    return Result(turn=turn)


def _reopen_contradicted(request: HttpRequest, article: Article) -> None:
    """Say which accepted turns are undecided again, because their speaker no longer fits the others."""
    reopened = reopen_contradicted(article, by=editor_of(request))
    for quote, reason in list(reopened.items())[:MOST_LEFT]:
        said = (
            gettext("“%(words)s” has no speaker any more. %(reason)s") if quote.speaker_id is None
            else gettext("“%(words)s” is undecided again. %(reason)s")
        )  # fmt: skip
        messages.warning(request, said % {"words": Truncator(quote.text).chars(60), "reason": reason})
    if (more := len(reopened) - MOST_LEFT) > 0:
        messages.warning(request, gettext("The same is true of %(n)s more.") % {"n": more})


def _discard(request: HttpRequest, article: Article, target: str) -> None:
    discarded = Article.objects.filter(pk=article.pk, status=Article.Status.DRAFT)
    with change_group(f"Discarded {article}"):
        discarded.update(status=Article.Status.CANCELED)
    messages.success(
        request,
        gettext("We discarded %(article)s. You can undo this in Recent actions.") % {"article": article},
    )


def _put_back(request: HttpRequest, article: Article, target: str) -> None:
    put_back(article, number_in(target))


def _begin_turn(request: HttpRequest, article: Article, target: str) -> Result:
    turn = begin_turn(article, number_in(target), by=editor_of(request))
    if turn is None:
        messages.warning(request, gettext("Choose the paragraph where the turn starts."))
    return Result(turn=turn)


def _move_turn(request: HttpRequest, article: Article, target: str) -> Result:
    """Move the start of a turn to a paragraph; `target` is «turn:offset»."""
    number, _, at = target.partition(":")
    turn = get_object_or_404(article.turns, pk=number_in(number))
    if not move_to(turn, number_in(at), by=editor_of(request)):
        messages.warning(request, gettext("This turn cannot start there."))
    return Result(turn=turn)


def _make_turns(request: HttpRequest, article: Article, target: str) -> None:
    made = make_turns(article, by=editor_of(request))
    if made:
        turns = ngettext("%(n)s turn added.", "%(n)s turns added.", made) % {"n": made}
        check = gettext("Check where each turn starts, then enter who asks and who answers.")
        messages.success(request, f"{turns} {check}")
    else:
        messages.warning(request, gettext("We found no questions. Start each turn at a paragraph yourself."))


def _add_newspaper(request: HttpRequest, article: Article, target: str) -> None:
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


def _use_last(request: HttpRequest, article: Article, target: str) -> None:
    """Give a draft the publication and section of the editor's last article, as the page suggested."""
    last = last_article(editor_of(request), article)
    if last is not None and article.publication_id is None:
        section = article.section_id or last.section_id
        Article.objects.filter(pk=article.pk).update(publication=last.publication_id, section=section)


def _add_section(request: HttpRequest, article: Article, target: str) -> None:
    """Give the article the section with the submitted name; a new one needs the permission to add it."""
    name = tidy(request.POST.get("section-new", ""))
    if pk := _named(request, Section, name, gettext("To add a section, ask a chief editor.")):
        extra = _without_unknown(article, "section")
        Article.objects.filter(pk=article.pk).update(section_id=pk, extra=extra)


def _add_topic(request: HttpRequest, article: Article, target: str) -> None:
    """Give the article a topic: one that the text names, by its number, or the submitted name."""
    unknown = article.extra.get("unknown", {}).get("topics", [])
    number = number_in(target) if target else -1
    name = unknown[number] if 0 <= number < len(unknown) else tidy(request.POST.get("topic-new", ""))
    if pk := _named(request, Topic, name, gettext("To add a topic, ask an editor.")):
        ArticleTopic.objects.get_or_create(article=article, topic_id=pk)
        extra = _without_unknown(article, "topics", name)
        Article.objects.filter(pk=article.pk).update(extra=extra)


def _named(request: HttpRequest, model: type[Section | Topic], name: str, whom_to_ask: str) -> int | None:
    """The id of the section or topic with this name, which is made if the user may; else a message."""
    if not name or len(name) > 500:
        messages.error(request, gettext("Enter a name of up to 500 characters."))
        return None
    names = Names(model, create=has_perms(request, f"add_{model.kind()}"))
    try:
        found = names.resolve(name)
    except RowError as several:
        messages.error(request, str(several))
        return None
    if found is None:
        messages.error(request, whom_to_ask)
    return found


def _without_unknown(article: Article, key: str, name: str = "") -> dict[str, Any]:  # JSON
    """The extra data without a name that the archive did not have."""
    unknown = dict(article.extra.get("unknown", {}))
    left = [one for one in unknown.get(key, []) if one != name] if name else []
    unknown.pop(key, None)
    return {**article.extra, "unknown": {**unknown, **({key: left} if left else {})}}


def _undo(request: HttpRequest, article: Article, target: str) -> None:
    """Undo the editor's last change to this article; `target` is the group of what the form has stored."""
    if not has_perms(request, "change_quote", "publish_article"):
        raise PermissionDenied
    try:
        undone, left = undo_last(editor_of(request).pk, article.pk, target)
    except SeveralArticles:
        messages.warning(
            request, gettext("Your last change is one of several articles. Undo it in Recent actions.")
        )
        return
    if undone:
        messages.success(request, gettext("Undone: %(what)s.") % {"what": undone})
    else:
        messages.warning(request, gettext("You have no change to this article that can be undone."))
    report_not_undone(request, left)


def _remove_picture(request: HttpRequest, article: Article, target: str) -> None:
    """Delete a picture, unless its caption contains a quote that was public."""
    picture = get_object_or_404(article.images, pk=number_in(target))
    if picture.quotes.filter(first_public_at__isnull=False).exists():
        messages.warning(
            request, gettext("We kept the picture because a quote in its caption has been public.")
        )
        return
    picture.delete()
    messages.success(request, gettext("Picture removed."))


def _read_again(request: HttpRequest, article: Article, target: str) -> None:
    proposed = propose(article)
    found = ngettext(
        "%(n)s new proposed quote. Your decisions are kept.",
        "%(n)s new proposed quotes. Your decisions are kept.",
        proposed,
    )
    messages.success(request, found % {"n": proposed})


def _fill(request: HttpRequest, article: Article, target: str) -> None:
    """Parse the original of a draft again."""
    try:
        with transaction.atomic():
            fill_draft(article)
    except Exception:
        logger.exception("Draft %s could not be read", article.pk)
        messages.error(request, gettext("We still could not find the parts of this text. Nothing was lost."))


def _read_in_encoding(request: HttpRequest, article: Article, target: str) -> None:
    """Read the original of a draft again, in the chosen encoding."""
    encoding = request.POST.get("encoding", "")
    if encoding not in CHOICES:
        messages.error(request, gettext("Choose an encoding."))
        return
    try:
        with transaction.atomic():
            proposed, left = read_in_encoding(article, encoding)
    except Exception:
        # As in `_fill`: parsers can raise anything on unknown texts.
        logger.exception("Draft %s could not be read as %s", article.pk, encoding)
        messages.error(
            request, gettext("We could not read the original in this encoding. Nothing was changed.")
        )
        return
    read = ngettext(
        "Read again as %(encoding)s. %(n)s proposed quote.",
        "Read again as %(encoding)s. %(n)s proposed quotes.",
        proposed,
    )
    messages.success(request, read % {"encoding": encoding, "n": proposed})
    if left:
        labels = {field.name: str(field.verbose_name) for field in Article._meta.fields}
        names = ", ".join(labels[name] for name in left)
        messages.warning(
            request, gettext("Not read again, because it was changed: %(names)s.") % {"names": names}
        )


def _is_incomplete(request: HttpRequest, article: Article, act: str) -> bool:
    """Whether parts are missing that a published article needs; a message names them."""
    if act not in confirm.PUBLISHING:
        return False
    reason = missing_reason(missing_parts(article, undated=bool(article.extra.get("undated"))))
    if reason:
        messages.error(request, gettext("Saved, but not published: %(reason)s.") % {"reason": reason})
    return bool(reason)


OTHER_ACTS: dict[str, Callable[[HttpRequest, Article, str], Result | None]] = {
    "begin": _begin_turn,
    "move": _move_turn,
    "interview": _make_turns,
    "unpicture": _remove_picture,
    "newspaper": _add_newspaper,
    "section": _add_section,
    "topic": _add_topic,
    "last": _use_last,
    "back": _put_back,
    "again": _read_again,
    "fill": _fill,
    "encoding": _read_in_encoding,
    "discard": _discard,
    "undo": _undo,
}
ALL_ACTS = {"draft", "skip", *TURN_ACTS, *ACCEPTING, *OTHER_ACTS, *confirm.ACTS}

"""The review page of one article: correct its fields, decide its proposals, publish or discard it."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles.admin import recovered_input
from articles.admin.confirmation import ask, is_confirmed
from articles.admin.permissions import editor_of, has_perms, render_page, require_perms
from articles.admin.queue.views import next_waiting
from articles.admin.review import autosave, confirm, presence, unused_input
from articles.admin.review.buttons import ACCEPTING, ALL_ACTS, LEAVING, Result
from articles.admin.review.context import ReviewContext
from articles.admin.review.decisions import Line
from articles.admin.review.edit_conflicts import differences, visible_changes
from articles.admin.review.last_article import is_similar, last_article
from articles.admin.review.merge_edits import merged_save
from articles.admin.review.propagate_correction import suggest_propagation
from articles.admin.review.publishing import status_in_words
from articles.admin.review.save import TURNS, EditConflict, silenced, store, store_as_one_act
from articles.models import Article, Quote, Turn, Unsaved, clock
from articles.parsing import tidy
from articles.revisions import EditedMeanwhile
from articles.revisions.edit_text import Changes
from articles.revisions.undo import latest_groups
from articles.revisions.undo_effects import undo_effects
from articles.text.numbers import number_in

MOST_LEFT = 10
# The constraints that concern only articles that are not drafts.
REFUSED = gettext_lazy(
    "Not saved: a published article needs a headline, a text and a publication, and the archive may already"
    " have this text for the same publication and date."
)
ADDABLE = ("publication", "section", "topic", "speaker", "notice")
# After these the editor may leave the page, and must know what was not used.
TELLING_UNUSED = {"draft", "skip", *confirm.ACTS}
# What an act changes for readers of a published article, besides the form.
VISIBLE = {
    **dict.fromkeys(TURNS, gettext_lazy("Turns of the interview")),
    "undo": gettext_lazy("Your last change to this article is undone"),
    "back": gettext_lazy("Text"),
    "topic": gettext_lazy("Topics"),
    "section": gettext_lazy("Section"),
    "unpicture": gettext_lazy("Pictures"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_article", "change_article", "decide_quote")
def review_article(request: HttpRequest, pk: int) -> HttpResponse:
    """The review page; POST saves the form and carries out the action of the button."""
    articles = Article.objects.select_related("publication", "section", "import_batch")
    article = get_object_or_404(articles, pk=pk)
    if request.method == "POST":
        return _save(request, article)
    page, aside = number_in(request.GET.get("page", "1")), autosave.find(request, article)
    # Recovered input only fills the form; the editor submits it.
    data = recovered_input.load(request)
    if data is None and aside and "unsaved" in request.GET:
        data, aside = autosave.as_query_dict(aside), None
    review = ReviewContext(article, data, page=page)
    review.unused = unused_input.typed(request, article)
    other_editor = presence.open_article(article, editor_of(request)) if request.method == "GET" else None
    more: dict[str, object] = {
        "other_editor": other_editor,
        "had_it": "" if other_editor else clock.now().isoformat(),
    }
    if aside and data is None:
        more |= {"aside": aside, "aside_differs": _differences(article, aside)}
    return _show(request, review, recovered=review.data is not None, **more)


def _differences(article: Article, aside: Unsaved) -> list[tuple[str, str, str]]:
    data = autosave.as_query_dict(aside)
    try:
        review = ReviewContext(article, data, page=number_in(data.get("sheet", "1")))
        review.is_valid()
    except (BadRequest, Http404):
        # The autosave belongs to a page of proposals that no longer exists.
        return []
    return differences(review)


def _show(
    request: HttpRequest, review: ReviewContext, *, recovered: bool = False, **more: object
) -> HttpResponse:
    if not 1 <= review.page <= review.pages:
        raise Http404
    if review.data is not None:
        review.is_valid()
    else:
        _fill_from_last(request, review)
    context = {
        "review": review,
        "article": review.article,
        "recovered": recovered,
        "may_publish": has_perms(request, "publish_article"),
        "is_withdrawn": review.article.status == Article.Status.CANCELED and review.article.first_public_at,
        "place": _place_in_queue(review.article),
        "status": status_in_words(review.article),
        "addable": {key for key in ADDABLE if has_perms(request, f"add_{key}")},
        "now": _line_shown_first(request, review),
        **_forms_of_acts(request, review),
        "had_it": request.POST.get("had-it", ""),
        **more,
    }
    return render_page(request, "review.html", context)


def _forms_of_acts(request: HttpRequest, review: ReviewContext) -> dict[str, object]:
    """The fields for withholding, scheduling and notices, with what was typed."""
    sent: Mapping[str, str] = review.data or unused_input.typed(request, review.article)
    act = request.POST.get("do", "")
    stored = review.article if review.article.status == Article.Status.WITHHELD else None
    return {
        "withhold_form": confirm.form_of("withhold", sent, stored=stored, bound=act == "withhold"),
        "notice_form": confirm.form_of("notice", sent, bound=act == "notice"),
        "publish_at": sent.get("publish-at", ""),
        "unused": unused_input.acts_in(sent, review.article),
    }


def _fill_from_last(request: HttpRequest, review: ReviewContext) -> None:
    """Fill in publication and section of the editor's last article, if this one is like it.

    If the site or the style differs, the page only suggests them. A text that names another publication gets
    neither.
    """
    article, named = review.article, review.article.extra.get("unknown", {})
    only_host = named.get("publication", "") == named.get("host", "")
    if article.status != Article.Status.DRAFT or (named.get("publication") and not only_host):
        return
    if article.publication_id is not None and article.section_id is not None:
        return
    last = last_article(editor_of(request), article)
    similar = last is not None and is_similar(article, last)
    if last is None or (named.get("host") and not similar):
        return
    if article.publication_id is None:
        review.last = last
        if similar:
            review.form.initial["publication"] = last.publication_id
            review.prefilled.append("publication")
    here = article.publication_id in (None, last.publication_id)
    if similar and here and article.section_id is None and last.section_id:
        review.form.initial["section"] = last.section_id
        review.prefilled.append("section")


def _place_in_queue(article: Article) -> int:
    waiting = Article.objects.waiting().filter(pk__lt=article.pk)
    return 1 + waiting.filter(status=Article.Status.DRAFT).count() if article.status == "draft" else 0


def _line_shown_first(request: HttpRequest, review: ReviewContext) -> Line | None:
    asked = request.GET.get("quote", "")
    by_number = next((line for line in review.lines if str(line.quote.pk) == asked), None)
    if by_number:
        return by_number
    return next((line for line in [*review.doubtful_turns, *review.lines] if not line.done), None)


def _save(request: HttpRequest, article: Article) -> HttpResponse:
    act, _, target = request.POST.get("do", "draft").partition(":")
    if act not in ALL_ACTS:
        raise Http404
    if act in confirm.ACTS and not has_perms(request, "publish_article"):
        raise PermissionDenied
    review = ReviewContext(article, request.POST, page=number_in(request.POST.get("sheet", "1")))
    if number_in(review.version) != article.version and review.base:
        return _merge_with_theirs(request, article, act)
    review.silenced = silenced(review)
    left = []
    if act in ACCEPTING:
        left = review.decisions.accept_all(
            lambda line: ACCEPTING[act](line, target) and line.quote.pk not in review.silenced
        )
    if act in confirm.ACTS:
        review.act_problems = confirm.problems_of(act, request.POST)
    if not review.is_valid() or review.act_problems:
        return _show(request, review)
    if not _may_make_speakers(request, review):
        raise PermissionDenied
    changed = [*visible_changes(review), *_visible_act(request, act)] if article.is_public else []
    if act == "undo" and not changed and _undo_is_visible(request, article):
        changed = [gettext("Readers see this article: your last change to it is undone")]
    if changed and not is_confirmed(request, len(changed)):
        return _ask_about_changes(request, article, changed)
    try:
        with transaction.atomic():
            changes, result = store_as_one_act(request, review, act, target)
    except (EditConflict, EditedMeanwhile):
        return _merge_with_theirs(request, article, act)
    except IntegrityError:
        return _show_refused(request, article, request.POST)
    recovered_input.discard(request)
    autosave.clear(request, article)
    _tell(request, changes, left)
    unused = unused_input.keep(request, review.article, act)
    if unused and act in TELLING_UNUSED:
        what = ", ".join(str(unused_input.LABELS[one]) for one in unused)
        messages.warning(request, gettext("Typed but not used yet: %(what)s.") % {"what": what})
    if review.decisions.made:
        names = ", ".join(review.decisions.made[:MOST_LEFT])
        added = ngettext("New speaker: %(names)s.", "New speakers: %(names)s.", len(review.decisions.made))
        messages.success(request, added % {"names": names})
    suggest_propagation(request, review.decisions.reassigned)
    return _go_on(request, review, act, result)


def _visible_act(request: HttpRequest, act: str) -> list[str]:
    """What the act changes for readers, besides the form; a topic typed is added by every act."""
    act = "topic" if act not in VISIBLE and tidy(request.POST.get("topic-new", "")) else act
    return [str(VISIBLE[act])] if act in VISIBLE else []


def _undo_is_visible(request: HttpRequest, article: Article) -> bool:
    """Whether readers will see that the editor's last change to this article is undone."""
    groups = latest_groups(editor_of(request).pk, article.pk)
    return bool(groups) and undo_effects(str(groups[0].act)).total > 0


def _ask_about_changes(
    request: HttpRequest, article: Article, changed: list[str], sent: QueryDict | None = None
) -> HttpResponse:
    """Ask before readers see the changes; what was typed is kept, so that cancelling loses nothing.

    `sent`: the form to send again, if it is not the one that was sent.
    """
    autosave.store(request, article)
    number = len(changed)
    effect = ngettext("Readers will see %(n)s change.", "Readers will see %(n)s changes.", number)
    return ask(
        request, title=gettext("Change a published article?"), button=gettext("Save"), number=number,
        first=changed[:MOST_LEFT], listed=gettext("Changes"), cancel="?unsaved=1",
        effects=[effect % {"n": number}, gettext("Undo restores what readers see now.")],
        more=[(name, str(value)) for name, values in (sent or request.POST).lists() for value in values
              if name not in ("csrfmiddlewaretoken", "sure")],
    )  # fmt: skip


def _may_make_speakers(request: HttpRequest, review: ReviewContext) -> bool:
    makes = any(line.answer.who in ("new", "another") and line.answer.name for line in review.lines)
    return not makes or has_perms(request, "add_speaker")


def _tell(request: HttpRequest, changes: Changes | None, left: list[Line]) -> None:
    if changes is not None and changes.lost:
        lost = Quote.objects.filter(pk__in=changes.lost)
        words = "; ".join(f"“{quote}”" for quote in lost[:5])
        gone = ngettext(
            "%(n)s quote is no longer in the text and is marked as lost: %(quotes)s",
            "%(n)s quotes are no longer in the text and are marked as lost: %(quotes)s",
            len(changes.lost),
        )
        messages.warning(request, gone % {"n": len(changes.lost), "quotes": words})
    unknown = [str(line.number) for line in left if not line.left]
    if unknown:
        still_open = gettext("Not accepted: no speaker yet: %(numbers)s.")
        messages.warning(request, still_open % {"numbers": ", ".join(unknown)})
    contradicted = [line for line in left if line.left]
    for line in contradicted[:MOST_LEFT]:
        messages.warning(
            request,
            gettext("%(quote)s was not accepted. %(reason)s") % {"quote": line.label, "reason": line.left},
        )
    if len(contradicted) > MOST_LEFT:
        messages.warning(
            request, gettext("%(n)s more were not accepted.") % {"n": len(contradicted) - MOST_LEFT}
        )


def _go_on(request: HttpRequest, review: ReviewContext, act: str, result: Result) -> HttpResponse:
    article, editor = review.article, editor_of(request)
    leaves = act in LEAVING
    presence.close_article(article, editor) if leaves else presence.heartbeat(article, editor)
    if act in confirm.ACTS and not result.stays:
        return confirm.ask_first(request, article, act)
    if leaves:
        following = next_waiting(article, editor)
        return redirect("admin:desk-review", following.pk) if following else redirect("admin:desk")
    if act == "draft":
        messages.success(request, gettext("Saved."))
    query = {"page": str(review.page)} if review.page > 1 else {}
    page = f"?{urlencode(query)}" if query else ""
    return redirect(reverse("admin:desk-review", args=[article.pk]) + page + _fragment(result.turn))


def _fragment(turn: Turn | None) -> str:
    """The anchor of a turn: its proposal, or the turn itself if it has none."""
    if turn is None:
        return ""
    quote = turn.quotes.first()
    return f"#p{quote.pk}" if quote else f"#t{turn.pk}"


def _merge_with_theirs(request: HttpRequest, article: Article, act: str) -> HttpResponse:
    """Merge the form with another editor's save, or show the conflict if both changed the same field.

    The action of the button is not carried out, because the editor saw an older state.
    """
    article.refresh_from_db()
    page = number_in(request.POST.get("sheet", "1"))
    merged = merged_save(article, request.POST, page)
    if merged is None:
        return _show_conflict(request, article, request.POST.copy(), None, [])
    review = ReviewContext(article, merged.data, page=page)
    if merged.both:
        return _show_conflict(request, article, merged.data, merged.both, merged.theirs)
    review.silenced = silenced(review)
    if not review.is_valid():
        return _show(request, review)
    if not _may_make_speakers(request, review):
        raise PermissionDenied
    # The editor saw an older state, in which readers perhaps did not see the article.
    changed = visible_changes(review) if article.is_public else []
    if changed and not is_confirmed(request, len(changed)):
        merged.data["do"] = "draft"
        return _ask_about_changes(request, article, changed, merged.data)
    try:
        with transaction.atomic():
            changes = store(request, review)
    except (EditConflict, EditedMeanwhile):
        return _show_conflict(request, article, merged.data, None, merged.theirs)
    except IntegrityError:
        return _show_refused(request, article, merged.data)
    recovered_input.discard(request)
    autosave.clear(request, article)
    _tell(request, changes, [])
    unused_input.keep(request, article, "draft")
    messages.success(request, gettext("Saved. Another editor saved this article while you had it open."))
    if merged.theirs:
        kept = gettext("We kept the other editor’s changes to: %(fields)s.")
        messages.success(request, kept % {"fields": ", ".join(merged.theirs)})
    if act != "draft":
        messages.warning(request, gettext("Check the article, then choose the button again."))
    suggest_propagation(request, review.decisions.reassigned)
    return redirect(reverse("admin:desk-review", args=[article.pk]) + (f"?page={page}" if page > 1 else ""))


def _show_refused(request: HttpRequest, article: Article, data: QueryDict) -> HttpResponse:
    """Show the form again: the database refused it, because a part is missing or it is another article."""
    article.refresh_from_db()
    review = ReviewContext(article, data, page=number_in(data.get("sheet", "1")))
    review.act_problems = [("id_headline", str(REFUSED))]
    return _show(request, review)


def _show_conflict(
    request: HttpRequest, article: Article, data: QueryDict, both: list[str] | None, theirs: list[str]
) -> HttpResponse:
    """Show the stored values beside the typed ones; nothing was saved."""
    article.refresh_from_db()
    now = ReviewContext(article, page=number_in(request.POST.get("sheet", "1")))
    data["version"], data["base"] = now.version, now.base
    review = ReviewContext(article, data, page=now.page)
    review.is_valid()
    return _show(request, review, differences=differences(review, both), from_them=theirs, conflict=True)

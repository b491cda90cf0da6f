"""Reviewing one article: its parts put right, its proposals decided, and what becomes of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles.admin import recovered_input
from articles.admin.permissions import may, needs, show
from articles.admin.queue.views import next_waiting
from articles.admin.review import autosave, presence
from articles.admin.review.buttons import (
    ACCEPTING,
    LEAVING,
    PLAIN_ACTS,
    PUBLISHING,
    TURN_ACTS,
    Result,
    act_on,
    number_in,
)
from articles.admin.review.context import Bench
from articles.admin.review.decisions import SURE, WHO, Answer, Line
from articles.admin.review.merge_edits import merged_save
from articles.admin.review.propagate_correction import offer
from articles.ingest.proposals.acceptance_stats import silenced_by_naming
from articles.models import Article, Quote, Turn, Unsaved, clock
from articles.models.audit import change_group
from articles.parsing.newspaper_names import host_of
from articles.revisions import EditedMeanwhile, change_text

AROUND = 60


def differences(bench: Bench, only: Collection[str] | None = None) -> list[tuple[str, str, str]]:
    """Each part and proposal that is stored otherwise than it was typed: its name, theirs, yours.

    `only`: fields as `Bench.shown_values` names them; None for all.
    """
    found = []
    for name in bench.form.changed_data:
        if only is not None and f"f-{name}" not in only:
            continue
        stored = _stored(bench, name)
        typed = bench.form.cleaned_data.get(name, (bench.data or {}).get(name, ""))
        if stored != typed and (stored or typed):
            found.append((bench.form[name].label, *where_they_differ(str(stored or ""), str(typed or ""))))
    for line in bench.lines:
        asked = only is None or not {f"{key}-{line.quote.pk}" for key in "dsw"}.isdisjoint(only)
        if asked and line.answer != line.stored:
            found.append((f"Proposal {line.number}", _said(line.stored), _said(line.answer)))
    return found


def _stored(bench: Bench, name: str) -> Any:
    """What is stored of a field, in the form in which its cleaned value comes."""
    return getattr(bench.article, name) if name in ("publication", "section") else bench.form[name].initial


def _said(answer: Answer) -> str:
    decision = {"accept": "accepted", "reject": "rejected"}.get(answer.decision, "open")
    return f"{decision}; {answer.name or WHO[answer.who]}; “{answer.words}”"


def where_they_differ(theirs: str, yours: str) -> tuple[str, str]:
    """Both texts without the long stretches at their beginning and end that they have in common."""
    common = _in_common(theirs, yours)
    start = max(0, common - AROUND)
    cut = max(0, _in_common(theirs[common:][::-1], yours[common:][::-1]) - AROUND)
    before, after = "…" if start else "", "…" if cut else ""
    shown = [f"{before}{text[start : len(text) - cut]}{after}" for text in (theirs, yours)]
    return shown[0], shown[1]


def _in_common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


LAST = "desk_last"
MOST_LEFT = 10


class Stale(Exception):
    """Somebody else saved the article since the form was made."""


@require_http_methods(["GET", "HEAD", "POST"])
@needs("view_article", "change_article", "decide_quote")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    articles = Article.objects.select_related("publication", "section", "import_batch")
    article = get_object_or_404(articles, pk=pk)
    if request.method == "POST":
        return _save(request, article)
    page, aside = _page_number(request.GET.get("page", "1")), autosave.of(request, article)
    # What a lost session had in its fields goes back into them, and is sent by the editor, not by this.
    data = recovered_input.take(request)
    if data is None and aside and "unsaved" in request.GET:
        data, aside = autosave.as_data(aside), None
    bench = Bench(article, data, page=page)
    held = presence.enter(article, request.user) if request.method == "GET" else None
    more: dict[str, Any] = {"held": held, "had_it": "" if held else clock.now().isoformat()}
    if aside and data is None:
        more |= {"aside": aside, "aside_differs": _differences(article, aside)}
    return _show(request, bench, brought_back=bench.data is not None, **more)


def _differences(article: Article, aside: Unsaved) -> list[tuple[str, str, str]]:
    data = autosave.as_data(aside)
    try:
        bench = Bench(article, data, page=_page_number(data.get("sheet", "1")))
        bench.is_valid()
    except (BadRequest, Http404):
        # A page that was kept in parts that are no more.
        return []
    return differences(bench)


def _page_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text)):
        raise Http404
    return int(text)


def _show(request: HttpRequest, bench: Bench, *, brought_back: bool = False, **more: Any) -> HttpResponse:
    if bench.page > bench.pages:
        raise Http404
    if bench.data is not None:
        bench.is_valid()
    else:
        _fill_from_last(request, bench)
    context = {
        "bench": bench,
        "article": bench.article,
        "brought_back": brought_back,
        "may_publish": may(request, "publish_article"),
        "place": _place_in_queue(bench.article),
        "addable": {key for key in ("publication", "section", "topic") if may(request, f"add_{key}")},
        "now": _line_shown_first(request, bench),
        "may_add_newspaper": may(request, "add_publication"),
        "had_it": request.POST.get("had-it", ""),
        **more,
    }
    return show(request, "review.html", context)


def _fill_from_last(request: HttpRequest, bench: Bench) -> None:
    """The last article's newspaper and section, where the page or text names no other newspaper."""
    last = request.session.get(LAST, {})
    bench.kept = []
    article, named = bench.article, bench.article.extra.get("unknown", {})
    if article.status != Article.Status.DRAFT or not last.get("publication"):
        return
    if article.publication_id is None:
        only_host = named.get("publication", "") == named.get("host", "")
        if named.get("publication") and not (only_host and named["host"] == last.get("host")):
            return
        bench.form.initial["publication"] = last["publication"]
        bench.kept.append("publication")
    if (
        article.section_id is None
        and last.get("section")
        and article.publication_id in (None, last["publication"])
    ):
        bench.form.initial["section"] = last["section"]
        bench.kept.append("section")


def _place_in_queue(article: Article) -> int:
    waiting = Article.objects.waiting().filter(pk__lt=article.pk)
    return 1 + waiting.filter(status=Article.Status.DRAFT).count() if article.status == "draft" else 0


def _line_shown_first(request: HttpRequest, bench: Bench) -> Line | None:
    asked = request.GET.get("quote", "")
    by_number = next((line for line in bench.lines if str(line.quote.pk) == asked), None)
    if by_number:
        return by_number
    # In an interview the border that the reading was least sure of: one wrong there is wrong below as well.
    borders = [ln for ln in bench.lines if ln.turn and not ln.done and ln.turn.confidence < SURE]
    if borders:
        return min(borders, key=lambda ln: ln.turn.confidence if ln.turn else 1)
    return next((line for line in bench.lines if not line.done), None)


def _save(request: HttpRequest, article: Article) -> HttpResponse:
    act, _, target = request.POST.get("do", "draft").partition(":")
    if act not in PLAIN_ACTS and act not in TURN_ACTS:
        raise Http404
    if act in PUBLISHING and not may(request, "publish_article"):
        raise PermissionDenied
    bench = Bench(article, request.POST, page=_page_number(request.POST.get("sheet", "1")))
    if number_in(bench.version) != article.version and bench.base:
        return _merge_with_theirs(request, article, act)
    bench.silenced = _silenced(bench)
    left = []
    if act in ACCEPTING:
        left = bench.decisions.accept_all(
            lambda line: ACCEPTING[act](line) and line.quote.pk not in bench.silenced
        )
    if not bench.is_valid():
        return _show(request, bench)
    if not _may_make_speakers(request, bench):
        raise PermissionDenied
    try:
        with transaction.atomic():
            changes = _store_as_one_act(request, bench, act)
            result = act_on(request, article, act, target)
    except (Stale, EditedMeanwhile):
        return _merge_with_theirs(request, article, act)
    _remember(request, article)
    recovered_input.forget(request)
    autosave.forget(request, article)
    _tell(request, changes, left)
    if bench.decisions.made:
        messages.success(request, f"Added as new speakers: {', '.join(bench.decisions.made[:MOST_LEFT])}.")
    offer(request, bench.decisions.respoken)
    return _go_on(request, bench, act, result)


def _silenced(bench: Bench) -> set[int]:
    """Open proposals by rules that are off in the newspaper that the form names."""
    if not bench.form.is_valid():
        return set()
    stored, cleaned = bench.article, bench.form.cleaned_data
    day = stored.published_on
    if cleaned["date"] != bench.form.initial["date"]:
        day = bench.form.printed.on if bench.form.printed else None
    publication = cleaned["publication"]
    return silenced_by_naming(stored, publication.pk if publication else None, day)


def _may_make_speakers(request: HttpRequest, bench: Bench) -> bool:
    makes = any(line.answer.who in ("new", "another") and line.answer.name for line in bench.lines)
    return not makes or may(request, "add_speaker")


def _store_as_one_act(request: HttpRequest, bench: Bench, act: str) -> Any:
    """What one key decides of many proposals is taken back as one."""
    if act not in ACCEPTING:
        return _store(request, bench)
    with change_group(f"Accepted together in {bench.article}"):
        return _store(request, bench)


def _store(request: HttpRequest, bench: Bench) -> Any:
    """Take the article, if it is still as the form shows it, and write everything that the form says."""
    article = bench.article
    same = Article.objects.filter(pk=article.pk, version=number_in(bench.version))
    if not same.update(version=F("version") + 1):
        raise Stale
    article.refresh_from_db()
    bench.form.save_facts()
    bench.decisions.save(by=request.user)
    article.refresh_from_db()
    _leave_out_silenced(request, bench)
    texts = bench.form.texts_changed
    changes = change_text(article, **texts) if texts else None
    if article.quotes.exists():
        Article.objects.filter(pk=article.pk).update(quotes_state=article.quotes.reading_state())
    article.refresh_from_db()
    return changes


def _remember(request: HttpRequest, article: Article) -> None:
    """For the next article, which is often from the same newspaper."""
    article.refresh_from_db(fields=["publication", "section", "source_url"])
    request.session[LAST] = {
        "publication": article.publication_id,
        "section": article.section_id,
        "host": host_of(article.source_url),
    }


def _leave_out_silenced(request: HttpRequest, bench: Bench) -> None:
    """Take away what would not have been proposed, but for what an editor has answered."""
    answered = {line.quote.pk for line in bench.lines if line.answer != line.stored}
    going = bench.article.quotes.pending().filter(pk__in=bench.silenced - answered)
    number = going.count()
    rules = sorted(set(going.values_list("rule", flat=True)))
    if number:
        going.delete()
        messages.warning(
            request,
            f"{number} open proposals were taken away: {', '.join(rules)} is switched off in"
            f" {bench.article.publication}. «Read the text again» reads by the rules of the newspaper.",
        )


def _tell(request: HttpRequest, changes: Any, left: list[Line]) -> None:
    if changes is not None and changes.lost:
        lost = Quote.objects.filter(pk__in=changes.lost)
        words = "; ".join(f"“{quote}”" for quote in lost[:5])
        messages.warning(
            request, f"{len(changes.lost)} quotes no longer stand in the text and are marked lost: {words}"
        )
    unknown = [str(line.number) for line in left if not line.left]
    if unknown:
        messages.warning(request, f"Left open, for their speaker is not known here: {', '.join(unknown)}.")
    contradicted = [line for line in left if line.left]
    for line in contradicted[:MOST_LEFT]:
        messages.warning(request, f"Proposal {line.number} was left open. {line.left}")
    if len(contradicted) > MOST_LEFT:
        messages.warning(request, f"… and {len(contradicted) - MOST_LEFT} more were left open.")


def _go_on(request: HttpRequest, bench: Bench, act: str, result: Result) -> HttpResponse:
    article = bench.article
    leaves = act in LEAVING and not result.stays
    presence.leave(article, request.user) if leaves else presence.keep_fresh(article, request.user)
    if act == "paste" and leaves:
        return redirect("admin:desk-paste")
    if leaves:
        following = next_waiting(article, request.user)
        return redirect("admin:desk-review", following.pk) if following else redirect("admin:desk")
    if act == "draft":
        messages.success(request, "Saved.")
    page = f"?page={bench.page}" if bench.page > 1 else ""
    return redirect(reverse("admin:desk-review", args=[article.pk]) + page + _fragment(result.turn))


def _fragment(turn: Turn | None) -> str:
    """Where the turn stands in the list: at its proposal, or by itself where it has none."""
    if turn is None:
        return ""
    quote = turn.quotes.first()
    return f"#p{quote.pk}" if quote else f"#t{turn.pk}"


def _merge_with_theirs(request: HttpRequest, article: Article, act: str) -> HttpResponse:
    """Somebody else saved first: keep both where they changed different fields, else ask about the others.

    The button itself is not carried out: what it would act on is no longer what the editor saw.
    """
    article.refresh_from_db()
    page = _page_number(request.POST.get("sheet", "1"))
    merged = merged_save(article, request.POST, page)
    if merged is None:
        return _show_conflict(request, article, request.POST.copy(), None, [])
    bench = Bench(article, merged.data, page=page)
    if merged.both:
        return _show_conflict(request, article, merged.data, merged.both, merged.theirs)
    bench.silenced = _silenced(bench)
    if not bench.is_valid():
        return _show(request, bench)
    if not _may_make_speakers(request, bench):
        raise PermissionDenied
    try:
        with transaction.atomic():
            changes = _store(request, bench)
    except (Stale, EditedMeanwhile):
        return _show_conflict(request, article, merged.data, None, merged.theirs)
    recovered_input.forget(request)
    autosave.forget(request, article)
    _tell(request, changes, [])
    theirs = ", ".join(merged.theirs)
    kept_of_them = f" Their changes are kept: {theirs}." if theirs else ""
    messages.success(request, f"Saved. Somebody else saved this article while you had it open.{kept_of_them}")
    if act != "draft":
        messages.warning(request, "Nothing else was done: check the article, then press the button again.")
    offer(request, bench.decisions.respoken)
    return redirect(reverse("admin:desk-review", args=[article.pk]) + (f"?page={page}" if page > 1 else ""))


def _show_conflict(
    request: HttpRequest, article: Article, data: QueryDict, both: list[str] | None, theirs: list[str]
) -> HttpResponse:
    """Nothing was stored; show what somebody else has stored against what this editor typed."""
    article.refresh_from_db()
    now = Bench(article, page=_page_number(request.POST.get("sheet", "1")))
    data["version"], data["base"] = now.version, now.base
    bench = Bench(article, data, page=now.page)
    bench.is_valid()
    return _show(request, bench, differences=differences(bench, both), from_them=theirs, conflict=True)

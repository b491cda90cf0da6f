"""The page of printed names that are not linked to a speaker, and the speaker autocomplete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Max, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.confirmation import all_fields, ask, is_confirmed
from articles.admin.lists import ListFilter, SearchFilter, render_list, row_of
from articles.admin.permissions import editor_of, has_perms, require_perms
from articles.ingest.speakers.name_rulings import (
    AmbiguousName,
    Applied,
    Ruling,
    decide_all,
    namesakes,
    revoke,
    suggestions,
    to_free,
    unlinked,
)
from articles.models import NameDecision, Quote, Speaker
from articles.models.audit import change_group
from articles.speakers.disambiguation import Evidence, candidates_for
from articles.speakers.lookup import matching
from articles.speakers.sort_names import sort_name
from articles.text.folding import name_key
from articles.text.numbers import number_in

OFFERED = 12
LISTED = 100
CONTEXTS = 3
MOST_DECIDED = 20
TO_DECIDE = ("decide_quote", "change_quote", "add_namedecision")
MEANINGS = {"description": NameDecision.Meaning.DESCRIPTION, "nosource": NameDecision.Meaning.NO_SOURCE}


class NamesFilter(ListFilter):
    q = SearchFilter(
        label=gettext_lazy("Name in the article"), field_name="name_as_printed", lookup_expr="icontains"
    )


@require_safe
@require_perms("view_speaker")
def suggest_speakers(request: HttpRequest) -> JsonResponse:
    """Autocomplete: speakers whose names or roles contain the words, as JSON."""
    words = NamesFilter(request).value("q")
    found = offered_names(words) if len(words) >= 2 else []
    return JsonResponse({"speakers": found})


def offered_names(words: str) -> list[dict[str, str]]:
    """At most OFFERED matching speakers; names that begin with the words come first."""
    ranked = sorted(
        matching(words)[:200],
        key=lambda speaker: (not speaker.name.lower().startswith(words.lower()), speaker.name, speaker.pk),
    )[:OFFERED]
    return [{"value": label_of(speaker), "about": _about(speaker, words)} for speaker in ranked]


def _about(speaker: Speaker, words: str) -> str:
    """The newest role or the description, and the alias that matches the words."""
    role = next(iter(speaker.roles.all()), None)
    alias = next((a.name for a in speaker.aliases.all() if words.lower() in a.name.lower()), "")
    alias = f"also {alias}" if alias and words.lower() not in speaker.name.lower() else ""
    return "; ".join(part for part in (str(role) if role else speaker.description, alias) if part)


def label_of(speaker: Speaker) -> str:
    """The name, followed by the speaker's number if several speakers have that name."""
    alone = Speaker.objects.named(speaker.name).count() == 1
    return speaker.name if alone else f"{speaker.name} (#{speaker.pk})"


@dataclass
class Row:
    """A printed name with its counts, examples and possible speakers."""

    name: str
    quotes: int
    articles: int
    papers: list[str]
    first: dt.date | None
    last: dt.date | None
    offered: list[Speaker]
    contexts: list[Quote]
    # Number of speakers with this name: one rules out a new speaker, two rule out any decision.
    bearers: int
    # Namesakes apart from case and accents, which a new speaker must be confirmed against.
    warned: list[Evidence] = field(default_factory=list)

    @property
    def warned_of(self) -> str:
        return " ".join(str(known.speaker.pk) for known in self.warned)


def rows_of(quotes: QuerySet[Quote]) -> tuple[list[Row], int]:
    """The printed names of unlinked quotes, most frequent first, and their total number."""
    names = (
        quotes.order_by().values("name_as_printed")
        .annotate(
            quotes=Count("pk"),
            articles=Count("article", distinct=True),
            papers=ArrayAgg(
                "article__publication__name", distinct=True, default=[],
                filter=Q(article__publication__isnull=False),
            ),
            first=Min("article__published_on"),
            last=Max("article__published_on"),
        )
        .order_by("-quotes", "name_as_printed")
    )  # fmt: skip
    listed = list(names[:LISTED])
    printed = [name["name_as_printed"] for name in listed]
    offered, bearing, contexts = suggestions(printed), namesakes(printed), _contexts(printed)
    rows = [
        Row(
            name=name["name_as_printed"],
            offered=offered[name["name_as_printed"]],
            bearers=len(bearing.get(name["name_as_printed"], ())),
            contexts=contexts.get(name["name_as_printed"], []),
            **{key: name[key] for key in ("quotes", "articles", "papers", "first", "last")},
        )
        for name in listed
    ]
    return rows, names.count() if len(listed) == LISTED else len(listed)


def _contexts(names: list[str]) -> dict[str, list[Quote]]:
    numbered = Window(RowNumber(), partition_by=F("name_as_printed"), order_by=F("pk").asc())
    found = unlinked().for_listing().filter(name_as_printed__in=names)
    contexts: dict[str, list[Quote]] = {}
    for quote in found.annotate(nth=numbered).filter(nth__lte=CONTEXTS).order_by("pk"):
        contexts.setdefault(quote.name_as_printed, []).append(quote)
    return contexts


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_quote", "view_speaker", to_post=TO_DECIDE)
def unlinked_names(request: HttpRequest) -> HttpResponse:
    """List the unlinked printed names of all articles and the latest rulings; POST decides some."""
    if request.method == "POST":
        if request.POST.get("back"):
            return _revoke(request)
        if page := _ask_first(request):
            return page
        if not (warned := _decide_all(request)):
            return redirect("admin:desk-names")
        return _show(request, warned)
    return _show(request, {})


def _ask_first(request: HttpRequest) -> HttpResponse | None:
    """The confirmation page with the number of quotes; None if confirmed, or if nothing was decided."""
    names = [
        request.POST[key].replace("\0", "")
        for key in request.POST
        if key.startswith("n-") and request.POST.get(f"m-{key[2:]}")
    ]
    quotes = unlinked().filter(name_as_printed__in=names)
    number = quotes.count()
    if not number or is_confirmed(request, number):
        return None
    public = quotes.accepted().count()
    title = ngettext("Decide on %(n)s name?", "Decide on %(n)s names?", len(names))
    affected = ngettext("This applies to %(n)s quote.", "This applies to %(n)s quotes.", number)
    seen = ngettext("Readers see %(n)s of them.", "Readers see %(n)s of them.", public)
    return ask(
        request,
        title=title % {"n": f"{len(names):,}"},
        effects=[
            f"{affected % {'n': f'{number:,}'}} {seen % {'n': f'{public:,}'}}",
            gettext("If you undo this, they have no speaker again, except those checked by an editor since."),
        ],
        button=gettext("Save"),
        number=number,
        first=names[:MOST_DECIDED],
        sent=all_fields(request),
    )


def _show(request: HttpRequest, warned: dict[str, list[Evidence]]) -> HttpResponse:
    filters = NamesFilter(request, unlinked())
    rows, total = rows_of(filters.qs)
    for row in rows:
        row.warned = warned.get(row.name, [])
    words = filters.value("q")
    decided = NameDecision.objects.active().select_related("speaker", "decided_by")
    decided = decided.filter(name__icontains=words) if words else decided
    context = {
        "rows": rows,
        "total": total,
        "listed": LISTED,
        "words": words,
        "decided": decided.annotate(linked=Count("quotes")).order_by("-decided_at", "-pk")[:MOST_DECIDED],
        "may_decide": has_perms(request, *TO_DECIDE),
        "may_make": has_perms(request, "add_speaker"),
        "may_merge": has_perms(request, "change_speaker"),
    }
    return render_list(filters, "unlinked_names.html", context)


def _revoke(request: HttpRequest) -> HttpResponse:
    decision = row_of(NameDecision.objects.active(), request.POST["back"])
    if page := _ask_to_revoke(request, decision):
        return page
    with change_group(f"Undid the decision on the name {decision.name}"):
        freed = revoke(decision)
    left = decision.quotes.count()
    undone = ngettext(
        "Undone: %(n)s quote of “%(name)s” has no speaker again.",
        "Undone: %(n)s quotes of “%(name)s” have no speaker again.",
        freed,
    )
    messages.success(request, undone % {"n": freed, "name": decision.name})
    if left:
        kept = ngettext(
            "%(n)s quote was kept because an editor has checked it since.",
            "%(n)s quotes were kept because an editor has checked them since.",
            left,
        )
        messages.success(request, kept % {"n": left})
    return redirect("admin:desk-names")


def _ask_to_revoke(request: HttpRequest, decision: NameDecision) -> HttpResponse | None:
    """The confirmation page of an undo that readers see; None if it was confirmed, or if they do not."""
    number = to_free(decision).accepted().count()
    if not number or is_confirmed(request, number):
        return None
    seen = ngettext(
        "%(n)s quote that readers see has no speaker again.",
        "%(n)s quotes that readers see have no speaker again.",
        number,
    )
    return ask(
        request,
        title=gettext("Undo the decision on “%(name)s”?") % {"name": decision.name},
        effects=[
            seen % {"n": f"{number:,}"},
            gettext("If you undo this step in Recent actions, they are linked again."),
        ],
        button=gettext("Undo"),
        number=number,
        sent=all_fields(request),
    )


def _decide_all(request: HttpRequest) -> dict[str, list[Evidence]]:
    """Decide the answered rows, in one transaction; rows that cannot be decided give a message.

    Returns the names that need a confirmation, with their namesakes.
    """
    linked = 0
    answers, besides = _answers(request)
    warned: dict[str, list[Evidence]] = {}
    names = len(answers)
    with change_group("Decided on names in articles"):
        rulings, merged = _rulings(request, answers)
        names -= len(merged)
        gone = gettext("Not saved: the speaker chosen for %(name)s has been merged or deleted. Choose again.")
        for name in merged:
            messages.warning(request, gone % {"name": name})
        for group in _apart(rulings):
            taken = _taken(group, besides)
            warned |= taken
            decided = decide_all([one for one in group if one.name not in taken], by=editor_of(request))
            linked += sum(one.quotes for one in decided if isinstance(one, Applied))
            refused = [str(one) for one in decided if isinstance(one, AmbiguousName)]
            names -= len(refused) + len(taken)
            _report(request, taken, refused)
    messages.success(
        request,
        gettext("Names saved: %(names)s. Quotes linked: %(quotes)s.") % {"names": names, "quotes": linked},
    )
    return warned


def _report(request: HttpRequest, taken: Iterable[str], refused: Iterable[str]) -> None:
    exists = gettext("Not saved: there is already a speaker called %(name)s. Check below.")
    several = gettext("Not saved: several speakers are called %(name)s.")
    for reason, names in ((exists, taken), (several, refused)):
        for name in names:
            messages.warning(request, reason % {"name": name})


def _answers(request: HttpRequest) -> tuple[dict[str, str], dict[str, set[str]]]:
    """The answer to each printed name, and the numbers of the namesakes that the page has shown."""
    sent = request.POST
    rows = {sent[key].replace("\0", ""): key[2:] for key in reversed(sent) if key.startswith("n-")}
    answered = {name: row for name, row in reversed(rows.items()) if sent.get(f"m-{row}")}
    return (
        {name: sent[f"m-{row}"] for name, row in answered.items()},
        {name: set(sent.get(f"c-{row}", "").split()) for name, row in answered.items()},
    )


def _rulings(request: HttpRequest, answers: Mapping[str, str]) -> tuple[list[Ruling], list[str]]:
    """The rulings on the names that are still unlinked, and the names whose speaker was merged or deleted.

    404 if an answer is none of the page's.
    """
    acts = {name: answer.partition(":") for name, answer in answers.items()}
    if any(act == "new" for act, _, _ in acts.values()) and not has_perms(request, "add_speaker"):
        raise PermissionDenied
    numbers = {number_in(number) for act, _, number in acts.values() if act == "to"}
    speakers = Speaker.objects.canonical().in_bulk(numbers)
    # The others another editor has decided meanwhile, or the form was sent twice.
    open_names = set(unlinked().filter(name_as_printed__in=acts).values_list("name_as_printed", flat=True))
    rulings, merged = [], []
    for name, (act, _, number) in acts.items():
        if act in MEANINGS:
            ruling = Ruling(name, MEANINGS[act])
        elif act == "new":
            ruling = Ruling(name, is_new=True)
        elif act == "to" and number_in(number) in speakers:
            ruling = Ruling(name, speaker=speakers[number_in(number)])
        elif act == "to" and number_in(number) >= 0:
            # Another editor has merged or deleted this speaker since the page was opened.
            merged.append(name)
            continue
        else:
            raise Http404
        rulings.append(ruling)
    return (
        [ruling for ruling in rulings if ruling.name in open_names],
        [name for name in merged if name in open_names],
    )


def _apart(rulings: Iterable[Ruling]) -> list[list[Ruling]]:
    """Groups in which no name may mean a new speaker of the same group: all in one, but for namesakes."""
    groups: list[list[Ruling]] = []
    new: set[str] = set()
    for ruling in rulings:
        if not groups or name_key(ruling.name) in new:
            groups.append([])
            new = set()
        groups[-1].append(ruling)
        if ruling.is_new:
            new |= {
                name_key(ruling.name),
                name_key(sort_name(ruling.name, Speaker.Kind.PERSON).split(",")[0]),
            }
    return groups


def _taken(rulings: Iterable[Ruling], besides: Mapping[str, set[str]]) -> dict[str, list[Evidence]]:
    """The new speakers with namesakes that the page has not shown yet."""
    names = [ruling.name for ruling in rulings if ruling.is_new]
    exact, spelt = namesakes(names), candidates_for(names)
    return {
        name: known
        for name, known in spelt.items()
        if name not in exact and {str(one.speaker.pk) for one in known} - besides[name]
    }

"""Other versions of a quote (text reuse), and finding a quote by remembered words."""

from __future__ import annotations

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from psycopg.errors import QueryCanceled

from articles.models import Quote
from articles.presenters.differences import Word
from articles.search.engine.budget import COMPARING_SENTENCES, Budget, OverBudget
from articles.search.query import words_in_place
from articles.search.reuse.passages import Passage
from articles.search.reuse.similarity import Block, similarity
from articles.search.reuse.text_reuse import (
    PrintedQuote,
    RememberedQuote,
    TextReuse,
    Wording,
    find_reuse,
    find_similar,
)
from articles.views.concurrency import limit_searches
from articles.views.exports import READABLE
from articles.views.quotes import shown_to_readers

MOST_CHARACTERS = 1_000
# Up to so many words before and after the words that two texts have in common are shown; of more, only a few.
MOST_AROUND, CONTEXT = 40, 12
# How a version relates to the oldest, and what readers see of it.
RELATIONS = {
    "in these words": _("Original wording"),
    "the same words": _("Same wording"),
    "shorter": _("Shorter"),
    "longer": _("Longer"),
    "altered": _("Reworded"),
}


@limit_searches
def show_versions(request: HttpRequest, pk: int) -> HttpResponse:
    quote = shown_to_readers(request, Quote.objects.for_listing(), pk)
    if isinstance(quote, HttpResponse):
        return quote
    found = find_reuse(quote)
    if request.GET.get("format") == "json":
        return JsonResponse(_as_json(quote, found), json_dumps_params=READABLE)
    earliest, budget = found.wordings[0], Budget(COMPARING_SENTENCES)
    wordings = [
        (
            wording,
            [] if wording is earliest else differences(earliest.text, wording.text, budget),
            RELATIONS[_how(earliest, wording)],
        )
        for wording in found.wordings
    ]
    context = {"quote": quote, "found": found, "wordings": wordings}
    return render(request, "articles/text_reuse.html", context)


def differences(one: str, other: str, budget: Budget | None = None) -> list[Word]:
    """The differences of two texts, ignoring case, accents and punctuation.

    A text that is much longer than the words that both have is cut. If the comparison exceeds the budget, the
    other text is returned unchanged.

    >>> [(word.text, word.change) for word in differences("we got out", "We had out!")]
    [('We ', 'same'), ('got ', 'out'), ('had ', 'in'), ('out!', 'same')]
    """
    before, after = words_in_place(one), words_in_place(other)
    if not before or not after:
        return [Word(other, "same")]
    try:
        compared = similarity([word.text for word in before], [word.text for word in after], budget)
    except OverBudget:
        return [Word(other, "same")]
    blocks = compared.blocks or (Block(0, 0, 0),)
    last = blocks[-1]
    a, b = _beginning(blocks[0].one), _beginning(blocks[0].other)
    ends = Block(_end(last.one + last.size, len(before)), _end(last.other + last.size, len(after)), 0)
    starts = [0, *(word.start for word in after[1:]), len(other)]
    found = [Word("… ", "same")] if b else []
    for block in (*blocks, ends):
        if block.one > a:
            found.append(Word(f"{one[before[a].start : before[block.one - 1].end]} ", "out"))
        if block.other > b:
            found.append(Word(other[starts[b] : starts[block.other]], "in"))
        a, b = block.one + block.size, block.other + block.size
        if block.size:
            found.append(Word(other[starts[block.other] : starts[b]], "same"))
    return [*found, Word(" …", "same")] if ends.other < len(after) else found


def _beginning(first: int) -> int:
    """The first word to show before the first common word."""
    return 0 if first <= MOST_AROUND else first - CONTEXT


def _end(after_last: int, number: int) -> int:
    """The one after the last word to show after the last common word."""
    return number if number - after_last <= MOST_AROUND else after_last + CONTEXT


def _how(earliest: Wording, wording: Wording) -> str:
    """How a version relates to the oldest, a key of `RELATIONS`."""
    one, other = earliest.first.words, wording.first.words
    if one == other:
        return "in these words" if wording is earliest else "the same words"
    if _stands_in(other, one):
        return "shorter"
    return "longer" if _stands_in(one, other) else "altered"


def _stands_in(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the words occur in the other text in this order, possibly with others between."""
    rest = iter(whole)
    return all(word in rest for word in part)


@limit_searches
def find_quote(request: HttpRequest) -> HttpResponse:
    """Find quotes by remembered words. Too long input is cut, with a notice."""
    typed = request.GET.get("q", "").replace("\0", "").strip()
    sentence = typed[:MOST_CHARACTERS]
    context: dict[str, object] = {
        "typed": sentence,
        "cut": len(typed) > MOST_CHARACTERS,
        "most": MOST_CHARACTERS,
    }
    status = 200
    if sentence:
        try:
            quotes, passages = find_similar(sentence)
        except OperationalError as failure:
            if not isinstance(failure.__cause__, QueryCanceled):
                raise
            context["too_long"], quotes, passages, status = True, [], [], 503
        if request.GET.get("format") == "json":
            return JsonResponse(
                _found_as_json(sentence, quotes, passages), json_dumps_params=READABLE, status=status
            )
        budget = Budget(COMPARING_SENTENCES)
        context |= {
            "quotes": [(each, differences(sentence, each.row.text, budget)) for each in quotes],
            "passages": [(each, _runs(each)) for each in passages],
        }
    elif request.GET.get("format") == "json":
        error = {"message": gettext("Type what you remember"), "value": ""}
        return JsonResponse({"errors": {"q": [error]}}, status=400)
    return render(request, "articles/find_quote.html", context, status=status)


def _runs(passage: Passage) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it matches the input."""
    runs, at = [], 0
    for start, end in passage.marks:
        runs += [(passage.text[at:start], False), (passage.text[start:end], True)]
        at = end
    return [run for run in [*runs, (passage.text[at:], False)] if run[0]]


def _as_json(quote: Quote, found: TextReuse) -> dict[str, object]:
    return {
        "url": f"{settings.SITE_URL}{quote.get_absolute_url()}",
        "others": found.others,
        "conflict": found.conflict,
        "credited": [{"slug": slug, "name": name, "quotes": number} for slug, name, number in found.credited],
        "wordings": [
            {
                "text": wording.text,
                "is": _how(found.wordings[0], wording),
                "printed": list(map(_printed, wording.printed)),
            }
            for wording in found.wordings
        ],
    }


def _found_as_json(
    sentence: str, quotes: list[RememberedQuote], passages: list[Passage]
) -> dict[str, object]:
    return {
        "query": sentence,
        "quotes": [{**_printed(each), "text": each.row.text, "score": each.score} for each in quotes],
        "not_recorded_as_a_quote": [
            {
                "url": f"{settings.SITE_URL}{each.article.get_absolute_url()}",
                "headline": each.article.headline,
                "text": each.text,
            }
            for each in passages
        ],
    }


def _printed(each: PrintedQuote) -> dict[str, object]:
    article = each.row.article
    return {
        "id": each.row.pk,
        "url": f"{settings.SITE_URL}{each.row.get_absolute_url()}",
        "speaker": {"slug": each.speaker.slug, "name": each.speaker.name} if each.speaker else None,
        "source": each.row.source,
        "standing": each.row.standing,
        "checked": each.row.checked,
        "publication": article.publication.name if article.publication else "",
        "published_at": article.published_as_printed,
        "copy": article.copy_of_id is not None,
    }

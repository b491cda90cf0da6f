"""Limits on what a rule may accept without an editor, and the quotes that exceed them."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext

from articles.extraction import NEVER_BY_RULE, Candidate
from articles.extraction.quotation_marks import MARK
from articles.models import Article, Quote
from articles.models.quote_sets import QuoteQuerySet

MOST_CHARACTERS = 2_000
MOST_IN_A_TURN = 5_000  # characters
MOST_PIECES = 12


def may_accept(candidate: Candidate, text: str, least: float) -> bool:
    """Whether a rule may accept this candidate of `text`, if the confidence `least` is required."""
    words = "".join(text[span.start : span.end] for span in candidate.spans)
    whole = text[candidate.start : candidate.end]
    return (
        candidate.confidence >= least
        and candidate.rule not in NEVER_BY_RULE
        and fault_of(candidate.kind, words, len(candidate.spans), whole) is None
    )


def fault_of(kind: str, words: str, pieces: int, whole: str) -> str | None:
    """Return why a rule must not accept the quote, or None; `whole` is the text from first to last word."""
    is_turn = kind in (Quote.Kind.QUESTION, Quote.Kind.ANSWER)
    most = MOST_IN_A_TURN if is_turn else MOST_CHARACTERS
    if len(words) > most:
        return gettext("%(n)s characters (limit %(most)s)") % {"n": f"{len(words):,}", "most": f"{most:,}"}
    if pieces > MOST_PIECES:
        return gettext("%(n)s parts (limit %(most)s)") % {"n": pieces, "most": MOST_PIECES}
    if not is_turn and not MARK.search(whole):
        return gettext("no quotation marks and not a turn")
    return None


def too_long() -> QuoteQuerySet:
    """Return the undecided quotes that are longer than a rule may accept, the longest first."""
    is_turn = Q(kind__in=(Quote.Kind.QUESTION, Quote.Kind.ANSWER))
    return (
        Quote.objects.filter(decided_by__isnull=True)
        .exclude(status=Quote.Status.REJECTED)
        .exclude(article__status=Article.Status.CANCELED)
        .annotate(characters=Length("text"))
        .filter(Q(characters__gt=MOST_IN_A_TURN) | Q(characters__gt=MOST_CHARACTERS) & ~is_turn)
        .order_by("-characters", "pk")
    )

"""Store the form of the review page, and with it the act of the button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from articles.admin.permissions import editor_of
from articles.admin.review.buttons import ACCEPTING, TURN_ACTS, Result, act_on
from articles.admin.review.context import ReviewContext
from articles.ingest.proposals.acceptance_stats import silenced_by_naming
from articles.models import Article
from articles.models.audit import change_group
from articles.presenters.rule_names import rule_name
from articles.revisions import change_text
from articles.revisions.edit_text import Changes
from articles.text.numbers import number_in

TURNS = [*TURN_ACTS, "begin", "move", "interview"]
# What the list of recent changes says about an act.
WHAT = {
    **dict.fromkeys(ACCEPTING, "Accepted several quotes in %s"),
    **dict.fromkeys(TURNS, "Changed the turns of %s"),
    "encoding": "Read %s again in another encoding",
}
WHAT_ELSE = "Saved %s"


class EditConflict(Exception):
    """Another editor saved the article after the form was opened."""


def silenced(review: ReviewContext) -> set[int]:
    """Ids of pending proposals by rules that are disabled in the newspaper that the form names."""
    if not review.form.is_valid():
        return set()
    stored, cleaned = review.article, review.form.cleaned_data
    day = stored.published_on
    if cleaned["date"] != review.form.initial["date"]:
        day = review.form.printed.on if review.form.printed else None
    publication = cleaned["publication"]
    return silenced_by_naming(stored, publication.pk if publication else None, day)


def store_as_one_act(
    request: HttpRequest, review: ReviewContext, act: str, target: str
) -> tuple[Changes | None, Result]:
    """Store the form and carry out the act, as one group of changes that is undone together."""
    if act == "undo":
        with change_group(WHAT_ELSE % review.article) as saved:
            changes = store(request, review)
        return changes, act_on(request, review.article, act, saved)
    with change_group(WHAT.get(act, WHAT_ELSE) % review.article):
        changes = store(request, review)
        return changes, act_on(request, review.article, act, target)


def store(request: HttpRequest, review: ReviewContext) -> Changes | None:
    """Save the whole form; EditConflict if the article changed since the form was opened."""
    article = review.article
    same = Article.objects.filter(pk=article.pk, version=number_in(review.version))
    if not same.mark_changed():
        raise EditConflict
    article.refresh_from_db()
    review.form.save_facts()
    review.decisions.save(by=editor_of(request))
    article.refresh_from_db()
    _leave_out_silenced(request, review)
    texts = review.form.texts_changed
    changes = change_text(article, **texts) if texts else None
    if article.quotes.exists():
        Article.objects.filter(pk=article.pk).update(quotes_state=article.quotes.reading_state())
    article.refresh_from_db()
    return changes


def _leave_out_silenced(request: HttpRequest, review: ReviewContext) -> None:
    """Delete the pending proposals of disabled rules that the editor has not answered."""
    answered = {line.quote.pk for line in review.lines if line.answer != line.stored}
    going = review.article.quotes.pending().filter(pk__in=review.silenced - answered)
    number = going.count()
    rules = sorted(set(going.values_list("rule", flat=True)))
    if number:
        going.delete()
        removed = ngettext(
            "%(n)s undecided quote removed. Turned off in %(publication)s: %(rules)s.",
            "%(n)s undecided quotes removed. Turned off in %(publication)s: %(rules)s.",
            number,
        )
        words = {
            "n": number,
            "rules": "; ".join(map(rule_name, rules)),
            "publication": review.article.publication,
        }
        messages.warning(request, removed % words)

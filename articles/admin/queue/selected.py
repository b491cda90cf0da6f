"""Actions on many articles at once, from the queue and from the table of articles, each confirmed first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy

from articles.admin.confirmation import MOST_NAMED, ask, is_confirmed, report_skipped
from articles.admin.permissions import editor_of, has_perms
from articles.admin.queue.status import ended_in_words, local_time
from articles.admin.queue.withholding import WithholdForm
from articles.admin.review import presence, publishing
from articles.ingest.proposals.refresh import propose
from articles.models import Article, ArticleTopic, Section, Topic, clock
from articles.models.article import ArticleQuerySet
from articles.models.audit import change_group
from articles.search.index.building import write_changed

Done = tuple[str, list[str]]
Cleaned = Mapping[str, Any]  # the values of a form


class ScheduleForm(forms.Form):
    at = forms.DateTimeField(
        label=gettext_lazy("Publish on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=format_lazy(
            gettext_lazy("Date and time in the time zone {zone}."),
            zone=lazy(get_current_timezone_name, str)(),
        ),
    )

    def clean_at(self) -> dt.datetime:
        at: dt.datetime = self.cleaned_data["at"]
        if at <= clock.now():
            raise forms.ValidationError(gettext("Choose a time in the future."))
        return at


class SectionForm(forms.Form):
    section = forms.ModelChoiceField(Section.objects.all(), label=gettext_lazy("Section"))


class TopicsForm(forms.Form):
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(),
        label=gettext_lazy("Topics"),
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=gettext_lazy("Hold Ctrl (or Cmd) to choose several."),
    )
    replace = forms.BooleanField(
        label=gettext_lazy("Remove the topics that the articles have now"), required=False
    )


def _publish(articles: ArticleQuerySet, cleaned: Cleaned) -> Done:
    return publishing.publish_all(articles)


@dataclass(frozen=True)
class Effects:
    """What an action will do: the number of articles it applies to, what it means, and those it leaves."""

    number: int
    said: list[str]
    left: list[str] = field(default_factory=list)


def _effects_of_publishing(articles: ArticleQuerySet, user: User) -> Effects:
    """How many articles readers will see, and which are left, as `_publish` would leave them."""
    number, left = _possible(
        articles, user, lambda one: publishing.why_not_now(one) or publishing.double_of(one)
    )
    seen = ngettext(
        "Readers see %(n)s article at once. If you undo this, it is withheld.",
        "Readers see %(n)s articles at once. If you undo this, they are withheld.",
        number,
    )
    return Effects(number, [seen % {"n": f"{number:,}"}], left)


def _effects_of_scheduling(articles: ArticleQuerySet, user: User) -> Effects:
    """How many articles readers will see later, and which are left, as `_schedule` would leave them."""
    number, left = _possible(articles, user, lambda one: "" if _is_scheduled(one) else _why_not(one))
    seen = ngettext(
        "Readers see %(n)s article from that time. If you undo this before, it is as it was.",
        "Readers see %(n)s articles from that time. If you undo this before, they are as they were.",
        number,
    )
    return Effects(number, [seen % {"n": f"{number:,}"}], left)


def _possible(
    articles: ArticleQuerySet, user: User, why_not: Callable[[Article], str]
) -> tuple[int, list[str]]:
    """The number of articles for which there is no reason against it, and the reasons of the others."""
    edited = {pk for pk, opened in presence.holders(articles).items() if opened.user != user}
    left, number = [], 0
    for article in articles.order_by("pk"):
        reason = gettext("another editor is editing it") if article.pk in edited else why_not(article)
        if reason:
            left.append(publishing.skipped(article, reason))
        else:
            number += 1
    return number, left


def _is_scheduled(article: Article) -> bool:
    return article.status == Article.Status.USABLE and not article.is_public


def _why_not(article: Article) -> str:
    return publishing.why_not(article) or publishing.double_of(article)


def _schedule(articles: ArticleQuerySet, cleaned: Cleaned) -> Done:
    done, left, at = [], [], cleaned["at"]
    for article in publishing.locked(articles):
        reason = _schedule_one(article, at)
        if reason:
            left.append(publishing.skipped(article, reason))
        else:
            done.append(article.pk)
    write_changed(done)
    scheduled = ngettext(
        "%(n)s article scheduled for %(at)s.", "%(n)s articles scheduled for %(at)s.", len(done)
    )
    return scheduled % {"n": f"{len(done):,}", "at": local_time(at)}, left


def _schedule_one(article: Article, at: dt.datetime) -> str:
    """Publish the article at that time; return why that is not possible, or an empty string."""
    rescheduled = _is_scheduled(article)
    reason = "" if rescheduled else publishing.why_not(article)
    if reason:
        return reason
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).mark_changed(visible_from=at)
        reason = "" if rescheduled else publishing.publish(article)
        # The time alone would be an embargo on a draft.
        transaction.set_rollback(bool(reason))
    return reason


def _withhold(articles: ArticleQuerySet, cleaned: Cleaned) -> Done:
    return publishing.withhold_all(articles, cleaned["reason"], cleaned["review_on"])


def _set_section(articles: ArticleQuerySet, cleaned: Cleaned) -> Done:
    section = cleaned["section"]
    ids = [
        one.pk for one in publishing.locked(articles).only("pk", "section") if one.section_id != section.pk
    ]
    Article.objects.filter(pk__in=ids).mark_changed(section=section)
    write_changed(ids)
    moved = ngettext("%(n)s article moved to %(section)s.", "%(n)s articles moved to %(section)s.", len(ids))
    return moved % {"n": f"{len(ids):,}", "section": section}, []


def _set_topics(articles: ArticleQuerySet, cleaned: Cleaned) -> Done:
    ids = list(publishing.locked(articles).values_list("pk", flat=True))
    chosen = {topic.pk for topic in cleaned["topics"]}
    now = ArticleTopic.objects.filter(article__in=ids)
    gone = now.exclude(topic__in=chosen) if cleaned["replace"] else now.none()
    present = set(now.filter(topic__in=chosen).values_list("article", "topic"))
    missing = [(pk, topic) for pk in ids for topic in sorted(chosen) if (pk, topic) not in present]
    changed = sorted({pk for pk, _ in missing} | set(gone.values_list("article", flat=True)))
    gone.delete()
    ArticleTopic.objects.bulk_create(ArticleTopic(article_id=pk, topic_id=topic) for pk, topic in missing)
    Article.objects.filter(pk__in=changed).mark_changed()
    write_changed(changed)
    done = ngettext("Topics of %(n)s article changed.", "Topics of %(n)s articles changed.", len(changed))
    return done % {"n": f"{len(changed):,}"}, []


def _find_again(articles: ArticleQuerySet, cleaned: Cleaned) -> Done:
    found, left, read = 0, [], 0
    for article in publishing.locked(articles):
        if article.status == Article.Status.CANCELED:
            left.append(publishing.skipped(article, ended_in_words(article)))
        elif not article.body:
            left.append(publishing.skipped(article, gettext("it has no text")))
        else:
            found, read = found + propose(article), read + 1
    done = ngettext(
        "Searched %(n)s article for quotes again.", "Searched %(n)s articles for quotes again.", read
    ) % {"n": f"{read:,}"}
    quotes = ngettext("%(n)s new proposed quote.", "%(n)s new proposed quotes.", found) % {"n": f"{found:,}"}
    return f"{done} {quotes}", left


@dataclass(frozen=True)
class Action:
    """An action on articles: its texts, form and permissions, and how many articles a request can take.

    ``despite_editing``: it also applies to articles that another editor has open. ``effects``: what it would
    do to these articles; of the others the page says ``undo``, and if ``visible``, how many readers see.
    """

    label: Promise
    what: str  # in the audit log
    title: Promise
    undo: Promise
    run: Callable[[ArticleQuerySet, Cleaned], Done]
    most: int
    form: type[forms.Form] = forms.Form
    needs: tuple[str, ...] = ("publish_article",)
    despite_editing: bool = False
    visible: bool = True
    effects: Callable[[ArticleQuerySet, User], Effects] | None = None

    def effects_on(self, articles: ArticleQuerySet, user: User) -> Effects:
        if self.effects:
            return self.effects(articles, user)
        number, public = articles.count(), articles.published().count()
        seen = gettext("Readers see %(n)s of these articles now.")
        said = [seen % {"n": f"{public:,}"}] if self.visible else []
        return Effects(number, [*said, str(self.undo)])


ACTIONS = {
    "publish": Action(
        gettext_lazy("Publish"),
        "Published selected articles",
        ngettext_lazy("Publish %(n)s article?", "Publish %(n)s articles?", "n"),
        gettext_lazy("If you undo this, they are withheld."),
        _publish,
        500,
        effects=_effects_of_publishing,
    ),
    "schedule": Action(
        gettext_lazy("Schedule"),
        "Scheduled selected articles",
        ngettext_lazy("Schedule %(n)s article?", "Schedule %(n)s articles?", "n"),
        gettext_lazy("If you undo this before that time, they are as they were."),
        _schedule,
        500,
        ScheduleForm,
        effects=_effects_of_scheduling,
    ),
    "withhold": Action(
        gettext_lazy("Withhold"),
        "Withheld selected articles",
        ngettext_lazy("Withhold %(n)s article?", "Withhold %(n)s articles?", "n"),
        gettext_lazy("Readers no longer see them. If you undo this, readers see again what they saw before."),
        _withhold,
        2_000,
        WithholdForm,
        despite_editing=True,
    ),
    "section": Action(
        gettext_lazy("Set section"),
        "Set the section of selected articles",
        ngettext_lazy("Set the section of %(n)s article?", "Set the section of %(n)s articles?", "n"),
        gettext_lazy("If you undo this, each article gets the section it had."),
        _set_section,
        2_000,
        SectionForm,
        needs=(),
    ),
    "topics": Action(
        gettext_lazy("Set topics"),
        "Set the topics of selected articles",
        ngettext_lazy("Set the topics of %(n)s article?", "Set the topics of %(n)s articles?", "n"),
        gettext_lazy("If you undo this, each article gets the topics it had."),
        _set_topics,
        2_000,
        TopicsForm,
        needs=("add_articletopic", "delete_articletopic"),
    ),
    "again": Action(
        gettext_lazy("Find quotes again"),
        "Found quotes of selected articles again",
        ngettext_lazy(
            "Find the quotes of %(n)s article again?", "Find the quotes of %(n)s articles again?", "n"
        ),
        gettext_lazy("Decided quotes stay. If you undo this, the present proposals come back."),
        _find_again,
        100,
        needs=("decide_quote",),
        visible=False,
    ),
}


def choices(request: HttpRequest) -> list[tuple[str, Promise]]:
    """The actions that this editor may take."""
    if not has_perms(request, "change_article"):
        return []
    return [(name, action.label) for name, action in ACTIONS.items() if has_perms(request, *action.needs)]


def respond(
    request: HttpRequest, articles: ArticleQuerySet, act: str, *, sent: tuple[str, ...], back: str = ""
) -> HttpResponse | None:
    """The confirmation page of an action; None once it was carried out, or if it cannot be.

    ``sent``: the fields that select the articles, which the confirmation sends again; ``back``: the URL of
    the list, if it is another page than this.
    """
    action = ACTIONS[act]
    if not has_perms(request, "change_article", *action.needs):
        raise PermissionDenied
    number = articles.count()
    if not number or number > action.most:
        messages.error(request, _wrong_number(number, action.most))
        return None
    confirmed = is_confirmed(request, number)
    form = action.form(request.POST if confirmed else None, label_suffix="")
    if confirmed and form.is_valid():
        _carry_out(request, articles, action, form.cleaned_data, editor_of(request))
        return None
    effects = action.effects_on(articles, editor_of(request))
    if not effects.number:
        messages.warning(request, gettext("This is not possible for any of the selected articles."))
        report_skipped(request, effects.left)
        return None
    return ask(
        request,
        title=action.title % {"n": effects.number},
        effects=[*effects.said, *effects.left[:MOST_NAMED], *_others(len(effects.left) - MOST_NAMED)],
        button=str(action.label),
        number=number,
        first=list(articles.for_listing().order_by("pk")[:20]),
        form=form,
        sent=sent,
        cancel=back,
    )


def _others(number: int) -> list[str]:
    more = ngettext("%(n)s more is skipped.", "%(n)s more are skipped.", number)
    return [more % {"n": f"{number:,}"}] if number > 0 else []


def _wrong_number(number: int, most: int) -> str:
    if not number:
        return gettext("Select at least one article.")
    too_many = gettext("%(n)s articles are too many for one action. Select at most %(most)s.")
    return too_many % {"n": f"{number:,}", "most": f"{most:,}"}


def _carry_out(
    request: HttpRequest, articles: ArticleQuerySet, action: Action, cleaned: Cleaned, user: User
) -> None:
    left: list[str] = []
    with change_group(action.what):
        # The ids: the action itself changes what a filter of the queue finds.
        chosen = Article.objects.filter(pk__in=list(articles.values_list("pk", flat=True)))
        if not action.despite_editing:
            left = [_edited(opened) for opened in presence.holders(chosen).values() if opened.user != user]
            chosen = chosen.exclude(presence.open_elsewhere(user))
        done, more = action.run(chosen, cleaned)
    messages.success(request, done)
    report_skipped(request, left + more)


def _edited(opened: Any) -> str:
    return publishing.skipped(
        opened.article, gettext("%(name)s is editing it") % {"name": opened.user.get_username()}
    )

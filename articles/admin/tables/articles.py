"""ModelAdmins of articles and notices. Texts are edited on the review page, which re-anchors quotes."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from articles.admin.confirmation import ask, is_confirmed
from articles.admin.queue import selected
from articles.admin.review import publishing
from articles.admin.tables.base import AuditedModelAdmin, OptimisticLockForm, is_of_one_row
from articles.admin.tables.filtered_list import KeyedForm
from articles.admin.tables.visible_changes import Shown
from articles.models import Article, ArticleTopic, Authorship, Notice, Quote
from articles.models.article import ArticleQuerySet
from articles.models.audit import change_group


@admin.register(Notice)
class NoticeAdmin(AuditedModelAdmin):
    list_display = ["dated", "kind", "whose", "text", "article", "quote"]
    list_filter = ["kind", "whose", "dated"]
    list_select_related = ["article", "quote"]
    search_fields = ["text", "article__headline", "quote__text"]
    autocomplete_fields = ["article", "quote"]
    date_hierarchy = "dated"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        return super().get_queryset(request).defer("article__body", "article__extra")

    def shown_to_readers(self, pk: int) -> Shown:
        is_shown = Notice.objects.shown().filter(pk=pk).exists()
        return Shown(1, gettext("Readers see this notice.")) if is_shown else Shown()

    def save_model(self, request: HttpRequest, obj: Notice, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if article := obj.quote.article if obj.quote else obj.article:
            Article.objects.filter(pk=article.pk).mark_changed()


# The fields of the list that select the articles of an action.
SENT = ("action", "select_across", "_selected_action")
PRINTED = ["headline", "kicker", "standfirst", "byline", "dateline", "body"]


class AuthorshipInline(KeyedForm, admin.StackedInline):
    model = Authorship
    autocomplete_fields = ["speaker"]
    extra = 0


class ArticleTopicInline(KeyedForm, admin.StackedInline):
    model = ArticleTopic
    autocomplete_fields = ["topic"]
    extra = 0


class NoticeInline(admin.StackedInline):
    model = Notice
    fields = ["kind", "whose", "text", "dated"]
    extra = 0
    can_delete = False


class ArticleForm(OptimisticLockForm):
    relations = ("authorship_set", "articletopic_set", "notices")

    def clean(self) -> None:
        """Check what the database demands of articles that are not drafts; it looks at other fields too."""
        super().clean()
        if self.instance.status == Article.Status.USABLE and not self.cleaned_data.get("publication"):
            self.add_error("publication", gettext("A published article needs a publication."))

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # private to Django
        if self.errors or self.instance.status == Article.Status.DRAFT:
            return
        if double := publishing.double_of(self.instance):
            self.add_error(None, gettext("Not saved: %(reason)s.") % {"reason": double})


@admin.register(Article)
class ArticleAdmin(AuditedModelAdmin):
    form = ArticleForm
    list_display = ["__str__", "publication", "section", "published_on", "status", "quotes_state", "id"]
    list_filter = ["status", "quotes_state", "publication", "language", "published_on"]
    list_select_related = ["publication", "section"]
    search_fields = ["=id", "headline", "=external_id", "=canonical_url"]
    autocomplete_fields = ["publication", "section", "copy_of", "version_of"]
    inlines = [AuthorshipInline, ArticleTopicInline, NoticeInline]
    actions = [
        *("publish_selected", "schedule_selected", "withhold_selected", "set_section_of_selected"),
        *("set_topics_of_selected", "find_quotes_of_selected", "withdraw_selected"),
    ]
    fieldsets = [
        (None, {"fields": [
            "on_the_desk", "status", "withheld_reason", "review_on", "quotes_state", "visible_from",
        ]}),
        (gettext_lazy("As published"), {"fields": [*PRINTED]}),
        (gettext_lazy("Publication and date"), {"fields": [
            "publication", "section", "edition", "page", "language",
            "published_on", "published_precision", "published_at",
        ]}),
        (gettext_lazy("Links"), {"fields": ["source_url", "canonical_url", "archived_url", "external_id"]}),
        (gettext_lazy("Related records"), {"fields": ["copy_of", "version_of", "import_batch", "extra"]}),
        (gettext_lazy("Record keeping"), {"fields": [
            "first_public_at", "modified_at", "retrieved_at", "version",
        ]}),
    ]  # fmt: skip
    readonly_fields = [
        *PRINTED, "on_the_desk", "status", "withheld_reason", "review_on", "quotes_state", "import_batch",
        "extra",
        "first_public_at", "modified_at", "retrieved_at", "version",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        rows = super().get_queryset(request)
        return rows if is_of_one_row(request) else rows.defer("body", "extra")

    def shown_to_readers(self, pk: int) -> Shown:
        if Article.objects.published().filter(pk=pk).exists():
            return Shown(1, gettext("Readers see this article."))
        if Notice.objects.shown().filter(article=pk).exists():
            return Shown(1, gettext("Readers see the notice that this article was withdrawn."))
        return Shown()

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """The time from which readers see an article is for who may publish it."""
        fields = list(super().get_readonly_fields(request, obj))
        return fields if self.has_publish_permission(request) else [*fields, "visible_from"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        # New articles come from the intake page or an import, which also store the original.
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def save_model(self, request: HttpRequest, obj: Article, form: forms.ModelForm, change: bool) -> None:
        obj.version += 1
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("review"))
    def on_the_desk(self, obj: Article) -> SafeString:
        return format_html(
            '<a href="../../../../desk/{}/">{}</a>', obj.pk, gettext("Review article and quotes")
        )

    @admin.action(description=gettext_lazy("Publish selected articles…"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponse | None:
        return selected.respond(request, queryset, "publish", sent=SENT)

    @admin.action(description=gettext_lazy("Schedule selected articles…"), permissions=["publish"])
    def schedule_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponse | None:
        return selected.respond(request, queryset, "schedule", sent=SENT)

    @admin.action(description=gettext_lazy("Withhold selected articles…"), permissions=["publish"])
    def withhold_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponse | None:
        return selected.respond(request, queryset, "withhold", sent=SENT)

    @admin.action(description=gettext_lazy("Set the section of selected articles…"), permissions=["change"])
    def set_section_of_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponse | None:
        return selected.respond(request, queryset, "section", sent=SENT)

    @admin.action(description=gettext_lazy("Set the topics of selected articles…"), permissions=["change"])
    def set_topics_of_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponse | None:
        return selected.respond(request, queryset, "topics", sent=SENT)

    @admin.action(description=gettext_lazy("Find quotes of selected articles again…"), permissions=["change"])
    def find_quotes_of_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponse | None:
        return selected.respond(request, queryset, "again", sent=SENT)

    @admin.action(
        description=gettext_lazy("Withdraw selected articles permanently…"), permissions=["publish"]
    )
    def withdraw_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponse | None:
        going = publishing.withdrawable(queryset)
        number = going.count()
        if not is_confirmed(request, number):
            return self._ask_to_withdraw(request, queryset, going, number)
        with change_group("Withdrew selected articles"):
            done, left = publishing.withdraw_all(queryset)
        self.report_action(request, done, left)
        return None

    def _ask_to_withdraw(
        self, request: HttpRequest, chosen: ArticleQuerySet, going: ArticleQuerySet, number: int
    ) -> HttpResponse:
        quotes = Quote.objects.accepted().filter(article__in=going.values("pk")).count()
        withdrawn = ngettext(
            "%(n)s article will be withdrawn permanently. Readers will see its notice instead.",
            "%(n)s articles will be withdrawn permanently. Readers will see their notices instead.",
            number,
        )
        hidden = ngettext(
            "%(n)s public quote in these articles will no longer be shown.",
            "%(n)s public quotes in these articles will no longer be shown.",
            quotes,
        )
        effects = [withdrawn % {"n": f"{number:,}"}, hidden % {"n": f"{quotes:,}"}]
        if left := chosen.count() - number:
            skipped = ngettext(
                "%(n)s article will be skipped: never public, already withdrawn or without a notice.",
                "%(n)s articles will be skipped: never public, already withdrawn or without a notice.",
                left,
            )
            effects.append(skipped % {"n": f"{left:,}"})
        effects.append(gettext("If you undo this, they have the status they had."))
        first = list(going.for_listing().order_by("pk")[:20])
        return ask(
            request, title=gettext("Withdraw permanently?"), effects=effects,
            button=gettext("Withdraw permanently"), number=number, first=first,
        )  # fmt: skip

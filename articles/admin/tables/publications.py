"""ModelAdmins of publications, sections and topics."""

from collections.abc import Sequence
from typing import Protocol

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy, ngettext

from articles.admin.permissions import has_perms
from articles.admin.tables.base import AuditedModelAdmin
from articles.admin.tables.filtered_list import ValuesFilter
from articles.admin.tables.visible_changes import Shown
from articles.ingest.unused_publications import is_unused
from articles.models import Article, Publication, Section, Speaker, Topic
from articles.models.old_addresses import redirect_former_slug
from articles.models.publication import Category


class WithArticles(Protocol):
    article_total: int | None


class SluggedModelAdmin(AuditedModelAdmin):
    """Keeps a slug that was public: it is changed by hand only, and its old address still works."""

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Category | Speaker | None = None
    ) -> dict[str, Sequence[str]]:
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def save_model(
        self, request: HttpRequest, obj: Category | Speaker, form: forms.ModelForm, change: bool
    ) -> None:
        if change and "slug" in form.changed_data:
            redirect_former_slug(obj, form.initial["slug"], obj.slug)
        super().save_model(request, obj, form, change)


class TaxonomyTermAdmin(SluggedModelAdmin):
    """Base of the ModelAdmins of publications, sections and topics, with a count of articles."""

    list_display = ["name", "slug", "article_count"]
    search_fields = ["name", "slug", "aliases"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["name", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        # A subquery counts only for the rows of one page; a join would group all articles.
        name = "topics" if self.model is Topic else self.model.kind()
        articles = Article.objects.filter(**{name: OuterRef("pk")}).order_by().values(name)
        counts = Subquery(articles.annotate(n=Count("pk")).values("n"))
        return super().get_queryset(request).annotate(article_total=counts)

    def shown_to_readers(self, pk: int) -> Shown:
        field = "topics" if self.model is Topic else self.model.kind()
        number = Article.objects.published().filter(**{field: pk}).count()
        shown = ngettext("Readers see it with %(n)s article.", "Readers see it with %(n)s articles.", number)
        return Shown(number, shown % {"n": f"{number:,}"})

    @admin.display(description=gettext_lazy("articles"), ordering="article_total")
    def article_count(self, obj: WithArticles) -> int:
        return obj.article_total or 0


@admin.register(Publication)
class PublicationAdmin(TaxonomyTermAdmin):
    list_display = ["name", "slug", "language", "country", "full_text", "article_count", "profile_link"]
    list_filter = ["full_text", ("language", ValuesFilter), ("country", ValuesFilter)]
    readonly_fields = ["profile_link"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only of a publication to which nothing refers; never of several at once."""
        return isinstance(obj, Publication) and has_perms(request, "delete_publication") and is_unused(obj)

    @admin.display(description=gettext_lazy("profile"))
    def profile_link(self, obj: Publication) -> str:
        """Profile, on a page of its own."""
        if obj.pk is None:
            return "–"
        url = reverse("admin:desk-publication", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("Profile"))


@admin.register(Section)
class SectionAdmin(TaxonomyTermAdmin):
    readonly_fields = ["merging"]

    @admin.display(description=gettext_lazy("duplicates"))
    def merging(self, obj: Section) -> str:
        return merge_link("admin:merge-sections", obj)


@admin.register(Topic)
class TopicAdmin(TaxonomyTermAdmin):
    readonly_fields = ["merging"]

    @admin.display(description=gettext_lazy("duplicates"))
    def merging(self, obj: Topic) -> str:
        return merge_link("admin:merge-topics", obj)


def merge_link(page: str, row: Category) -> str:
    """A link to the page that merges the row with another; none for a row that is not stored yet."""
    if row.pk is None:
        return "–"
    return format_html(
        '<a href="{}?given_up=%23{}">{}</a>', reverse(page), row.pk, gettext("Merge with another")
    )

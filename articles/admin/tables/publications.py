"""Lists of the names that readers filter by: publications, sections, topics."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery

from articles.admin.tables.base import ArchiveAdmin
from articles.models import Article, OldAddress, Publication, Section, Topic


class NamedThingAdmin(ArchiveAdmin):
    list_display = ["name", "slug", "article_count"]
    search_fields = ["name", "slug", "aliases"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["name", "pk"]

    def get_queryset(self, request):
        # A subquery counts for the rows of one page; a join would group all articles there are.
        name = "topics" if self.model is Topic else self.model._meta.model_name
        held = Article.objects.filter(**{name: OuterRef("pk")}).order_by().values(name)
        return super().get_queryset(request).annotate(held=Subquery(held.annotate(n=Count("pk")).values("n")))

    def get_prepopulated_fields(self, request, obj=None):
        # A word that has stood in an address is changed by hand alone.
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def save_model(self, request, obj, form, change):
        if change and "slug" in form.changed_data:
            keep_old_slug(obj, form.initial["slug"])
        super().save_model(request, obj, form, change)

    @admin.display(description="articles", ordering="held")
    def article_count(self, obj):
        return obj.held or 0


def keep_old_slug(thing, former: str) -> None:
    """The former word goes on answering; one that comes back into use leads nowhere else."""
    kind = thing._meta.model_name
    OldAddress.objects.filter(kind=kind, address=thing.slug).delete()
    OldAddress.objects.update_or_create(
        kind=kind, address=former, defaults={"target": kind, "target_id": thing.pk}
    )


@admin.register(Publication)
class PublicationAdmin(NamedThingAdmin):
    list_display = ["name", "slug", "language", "country", "full_text", "article_count"]
    list_filter = ["full_text", "language", "country"]


@admin.register(Section)
class SectionAdmin(NamedThingAdmin):
    pass


@admin.register(Topic)
class TopicAdmin(NamedThingAdmin):
    pass

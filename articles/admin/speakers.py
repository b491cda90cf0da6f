"""People and bodies with the names they were printed under and the roles they held."""

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery

from articles.admin.guards import ArchiveAdmin, SeenForm
from articles.admin.publications import keep_old_slug
from articles.models import Alias, Quote, Role, Speaker, merged_ids


class SpeakerForm(SeenForm):
    def clean_merged_into(self):
        """Refuse a circle: whoever follows it would never arrive."""
        target = self.cleaned_data["merged_into"]
        if target and self.instance.pk and target.pk in merged_ids([self.instance.pk]):
            raise forms.ValidationError("%(name)s is merged into this one.", params={"name": target})
        return target


class AliasInline(admin.TabularInline):
    model = Alias
    extra = 1


class RoleInline(admin.TabularInline):
    model = Role
    extra = 1


@admin.register(Speaker)
class SpeakerAdmin(ArchiveAdmin):
    form = SpeakerForm
    list_display = ["name", "kind", "description", "quote_count", "merged_into", "noindex"]
    list_filter = ["kind", "noindex", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["merged_into"]
    search_fields = ["name", "aliases__name", "description", "slug"]
    autocomplete_fields = ["merged_into"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AliasInline, RoleInline]
    relations = ("aliases", "roles")
    ordering = ["sort_name", "name", "pk"]

    def get_queryset(self, request):
        # A subquery counts for the rows of one page; a join would group all quotes there are.
        quotes = Quote.objects.filter(speaker=OuterRef("pk")).order_by().values("speaker")
        return (
            super().get_queryset(request).annotate(said=Subquery(quotes.annotate(n=Count("pk")).values("n")))
        )

    def get_prepopulated_fields(self, request, obj=None):
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def save_model(self, request, obj, form, change):
        if change and "slug" in form.changed_data:
            keep_old_slug(obj, form.initial["slug"])
        super().save_model(request, obj, form, change)

    @admin.display(description="quotes", ordering="said")
    def quote_count(self, obj):
        return obj.said or 0

"""Read-only ModelAdmins of import batches, their errors and the original documents."""

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from articles.admin.tables.base import AuditedModelAdmin, is_of_one_row
from articles.models import ImportBatch, ImportError, RawDocument


class ReadOnlyAdmin(AuditedModelAdmin):
    # Nothing is saved here, so no optimistic lock is needed.
    form = forms.ModelForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ImportErrorInline(admin.StackedInline):
    model = ImportError
    readonly_fields = ["row", "column", "value", "reason"]
    fields = [("row", "column"), ("value", "reason")]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    list_display = [
        "source", "started_at", "started_by", "rows_read", "rows_added", "rows_present", "rows_bad",
        "undone_at",
    ]  # fmt: skip
    list_filter = ["started_at", "undone_at"]
    list_select_related = ["started_by"]
    search_fields = ["source"]
    inlines = [ImportErrorInline]


@admin.register(RawDocument)
class RawDocumentAdmin(ReadOnlyAdmin):
    list_display = ["id", "article", "media_type", "origin", "received_at", "sha256"]
    list_filter = ["media_type", "received_at"]
    list_select_related = ["article"]
    search_fields = ["=article__id", "article__headline", "origin", "sha256"]
    fields = ["article", "media_type", "origin", "received_at", "sha256", "size", "content"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RawDocument]:
        rows = super().get_queryset(request).defer("article__body", "article__extra")
        # Only the page of one document shows its bytes.
        return rows if is_of_one_row(request) else rows.defer("bytes")

    @admin.display()
    def size(self, obj: RawDocument) -> str:
        return filesizeformat(len(obj.bytes))

    @admin.display()
    def content(self, obj: RawDocument) -> str:
        return bytes(obj.bytes).decode("utf-8", "replace").replace("\0", "\N{SYMBOL FOR NULL}")

"""Dated notices on articles and quotes."""

from django.contrib import admin

from articles.admin.tables.base import ArchiveAdmin
from articles.models import Notice


@admin.register(Notice)
class NoticeAdmin(ArchiveAdmin):
    list_display = ["dated", "kind", "whose", "text", "article", "quote"]
    list_filter = ["kind", "whose", "dated"]
    list_select_related = ["article", "quote"]
    search_fields = ["text", "article__headline", "quote__text"]
    autocomplete_fields = ["article", "quote"]
    date_hierarchy = "dated"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("article__body", "article__extra")

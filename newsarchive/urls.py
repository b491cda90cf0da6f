"""The project's addresses: the archive's own list, Django's admin, and what watchers ask."""

from django.contrib import admin
from django.urls import include, path

from articles.views.browse import not_found
from articles.views.health import healthz, readyz
from newsarchive import error_pages

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]

handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = not_found
handler500 = error_pages.server_error

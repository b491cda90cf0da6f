"""The root URLconf: health checks, the admin and the public pages."""

from django.contrib import admin
from django.urls import include, path

from newsarchive import error_pages

urlpatterns = [
    path("", include("articles.views.health")),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]

handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = "articles.views.browse.not_found"
handler500 = error_pages.server_error

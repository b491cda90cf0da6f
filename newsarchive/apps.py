"""Django's admin app with the admin site of the archive."""

from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    default_site = "articles.admin.site.DeskSite"

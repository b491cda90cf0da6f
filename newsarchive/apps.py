"""Django's admin as an app, with the site that has the editors' desk in front."""

from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    default_site = "newsarchive.admin.DeskSite"

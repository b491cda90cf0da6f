"""Django's admin app with the admin site of the archive, and names that administrators understand."""

from django.apps import apps as registry
from django.contrib.admin import apps
from django.utils.translation import gettext_lazy


class AdminConfig(apps.AdminConfig):
    default_site = "articles.admin.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        registry.get_app_config("auth").verbose_name = gettext_lazy("Users and roles")
        registry.get_app_config("axes").verbose_name = gettext_lazy("Failed and recent sign-ins")

"""The configuration of the app."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Archive"

    def ready(self) -> None:
        # Importing ``articles.admin`` must register nothing: Django imports it to create the site itself.
        from articles.admin import registration  # noqa: F401

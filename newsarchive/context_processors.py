"""Values that every template may use."""

from django.conf import settings
from django.http import HttpRequest


def archive_name(request: HttpRequest) -> dict[str, str]:
    return {"archive_name": settings.ARCHIVE_NAME}

"""Limits failed logins."""

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest


class LoginHandler(AxesDatabaseHandler):
    """Counts failures by name and address, as axes does, and also by address alone."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, object] | None = None) -> int:
        failures: int = super().get_failures(request, credentials)
        if _failures_of_address(request) >= settings.LOGIN_FAILURES_OF_ONE_ADDRESS:
            return max(failures, settings.AXES_FAILURE_LIMIT)
        return failures


def _failures_of_address(request: HttpRequest) -> int:
    address = getattr(request, "axes_ip_address", "")
    if not address:
        return 0
    recent = AccessAttempt.objects.filter(
        ip_address=address, attempt_time__gte=get_cool_off_threshold(request)
    )
    return recent.aggregate(failures=Sum("failures_since_start"))["failures"] or 0

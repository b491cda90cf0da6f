"""What is said when no server can be had."""

from django.db import OperationalError


class ServerUnavailable(OperationalError):
    """No PostgreSQL can be found or started. Its text is one line that says what to do."""

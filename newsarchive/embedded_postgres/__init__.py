"""A Django database engine that runs its own PostgreSQL server.

Django loads ``base`` from here. The first connection starts the server, not the import.
"""

from django.db import OperationalError


class ServerUnavailable(OperationalError):
    """PostgreSQL cannot be found or started. The message is one line that says what to do."""

"""The database engine that brings its own PostgreSQL where ``DATABASE_URL`` names none.

Django loads ``base`` from here. Nothing is started by importing: the first connection starts the server.
"""

from django.db import OperationalError


class ServerUnavailable(OperationalError):
    """No PostgreSQL can be found or started. Its text is one line that says what to do."""

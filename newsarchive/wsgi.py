"""WSGI entry point: ``gunicorn newsarchive.wsgi``. Sets up the web process with its role and limits."""

import gc
import os
import sys

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

# With any other exit code gunicorn restarts the worker for ever.
CANNOT_BOOT = 3


def _start() -> WSGIHandler:
    from django.conf import settings
    from django.db import connections
    from django.urls import get_resolver

    from newsarchive.transaction_limits import limited_cursor

    started = get_wsgi_application()
    str(settings.SECRET_KEY)  # fail at the start, not on the first page
    connections.settings["default"].update(settings.WEB_DATABASE)
    limited = limited_cursor(settings.WEB_TRANSACTION_SETTINGS)
    connections.settings["default"]["OPTIONS"]["cursor_factory"] = limited
    # Load the code of all pages now and exclude it from garbage collection, which would pause a page for a
    # tenth of a second from time to time.
    list(get_resolver().url_patterns)
    _load_index()
    gc.collect()
    gc.freeze()
    return started


def _load_index() -> None:
    """Read the segments and columns of the search, which workers share if gunicorn loads the app first."""
    from django.conf import settings
    from django.db import DatabaseError, connections
    from django.utils.module_loading import import_string

    from newsarchive.embedded_postgres import ServerUnavailable

    try:
        import_string(settings.PRELOAD)()
    except (DatabaseError, ServerUnavailable):
        pass  # The first searches read them.
    finally:
        # A connection must not be open when workers are forked.
        connections.close_all()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsarchive.settings")
try:
    application = _start()
except SystemExit:
    sys.exit(CANNOT_BOOT)

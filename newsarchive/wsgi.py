"""The entry for gunicorn: ``gunicorn newsarchive.wsgi``. Here the process becomes one that serves pages."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

# gunicorn starts a worker again for ever unless it ends with this number.
CANNOT_BOOT = 3


def _start():
    from django.conf import settings
    from django.db import connections
    from django.urls import get_resolver

    from newsarchive.transaction_limits import limited_cursor

    started = get_wsgi_application()
    str(settings.SECRET_KEY)  # without a key no start, rather than a failing page later
    connections.settings["default"].update(settings.WEB_DATABASE)
    limited = limited_cursor(settings.WEB_TRANSACTION_SETTINGS)
    connections.settings["default"]["OPTIONS"]["cursor_factory"] = limited
    # The code of all pages is loaded now, and never again looked through for what may be thrown away: that
    # would hold up a page for a tenth of a second from time to time.
    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
    return started


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsarchive.settings")
try:
    application = _start()
except SystemExit:
    sys.exit(CANNOT_BOOT)

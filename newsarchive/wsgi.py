"""The entry for gunicorn: ``gunicorn newsarchive.wsgi``. Here the process becomes one that serves pages."""

import os
import sys

from django.core.wsgi import get_wsgi_application

# gunicorn starts a worker again for ever unless it ends with this number.
CANNOT_BOOT = 3


def _start():
    from django.conf import settings
    from django.db import connections

    started = get_wsgi_application()
    str(settings.SECRET_KEY)  # without a key no start, rather than a failing page later
    options = connections.settings["default"]["OPTIONS"]
    options["options"] = f"{settings.WEB_DATABASE_OPTIONS} {options.get('options', '')}".strip()
    return started


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsarchive.settings")
try:
    application = _start()
except SystemExit:
    sys.exit(CANNOT_BOOT)

"""The site of newsarchive.wsgi without its limits of time, which a busy machine exceeds."""

from importlib import import_module

from django.conf import settings

settings.WEB_TRANSACTION_SETTINGS |= {"statement_timeout": "600s", "lock_timeout": "600s"}
application = import_module("tests.newsarchive.patient").application

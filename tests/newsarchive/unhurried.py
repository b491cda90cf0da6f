"""The site of newsarchive.wsgi without its limits of time, which a busy machine exceeds."""

from importlib import import_module

from django.conf import settings

settings.WEB_TRANSACTION_SETTINGS |= {"statement_timeout": "60s", "lock_timeout": "60s"}
application = import_module("newsarchive.wsgi").application
import_module("articles.search.engine.searcher").SECONDS = 60

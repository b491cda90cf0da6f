"""The site of newsarchive.wsgi, whose searches may wait and take as long as a busy machine needs."""

from importlib import import_module

from django.conf import settings

settings.SEARCH_WAIT_SECONDS = 600
application = import_module("newsarchive.wsgi").application
import_module("articles.search.engine.searcher").SECONDS = 600

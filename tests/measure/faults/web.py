"""The site for the fault matrix: with another clock or shorter limits, and it fetches from this machine."""

import os
import time
from datetime import timedelta
from functools import partial
from importlib import import_module

from django.conf import settings
from django.utils import timezone

if limit := os.environ.get("FAULTS_STATEMENT_TIMEOUT"):
    settings.WEB_TRANSACTION_SETTINGS |= {"statement_timeout": limit}
application = import_module("newsarchive.wsgi").application

client = import_module("articles.fetching.http_client")
intake = import_module("articles.admin.intake.new_article")
here = client.Web(
    resolver=lambda host, port: ["127.0.0.1"],
    allows=lambda address: True,
    ports=[int(port) for port in os.environ["FAULTS_SOURCES"].split()],
)
intake.fetch = partial(client.fetch, web=here)

if jump := float(os.environ.get("FAULTS_CLOCK_SECONDS", "0")):
    real_time, real_now = time.time, timezone.now
    time.time = lambda: real_time() + jump
    timezone.now = lambda: real_now() + timedelta(seconds=jump)

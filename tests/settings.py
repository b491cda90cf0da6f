"""The site's settings, for tests: plain http, a fixed key, quick passwords, files under their own names."""

import os

os.environ["INSECURE_HTTP"] = "1"
os.environ.setdefault("SECRET_KEY", "the-fixed-key-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz")

from newsarchive.settings import *  # noqa: F403
from newsarchive.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# What a crash would lose here is worth nothing.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
# Looks for a file when it is asked for, and not for all of them whenever a test makes a client.
WHITENOISE_AUTOREFRESH = True

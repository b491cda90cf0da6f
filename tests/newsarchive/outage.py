"""The site's settings with the tests' small pages, for servers that are processes of their own."""

from newsarchive.settings import *  # noqa: F403

ROOT_URLCONF = "tests.newsarchive.urls"

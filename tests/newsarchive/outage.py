"""The site's settings with the test pages, for servers in their own process."""

from newsarchive.settings import *  # noqa: F403

ROOT_URLCONF = "tests.newsarchive.urls"

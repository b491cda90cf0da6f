"""Every page of the site and admin works under its Content-Security-Policy."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from articles.models import Article, Quote, Speaker
from articles.operations.sample_data import load_samples
from tests.newsarchive.test_middleware import public_addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REPORT = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile));
"""


def admin_addresses():
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if first := model._default_manager.first():
            yield reverse(f"{name}_change", args=[first.pk])


def pages_of_content():
    yield from (
        row.get_absolute_url() for row in (Article.objects.published()[0], Quote.objects.accepted()[0])
    )
    yield Speaker.objects.filter(pk__in=Quote.objects.accepted().values("speaker"))[0].get_absolute_url()
    yield "/search/?q=the&view=kwic"
    yield "/nothing-here"


def test_no_page_breaks_its_own_policy(page, live_server):
    load_samples(stories="dam-and-floods")
    user = get_user_model().objects.create_superuser("ada", password="x")
    client = Client()
    client.force_login(user)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    page.context.add_init_script(REPORT)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    faults = []

    def look(addresses):
        for address in addresses:
            answer = page.goto(address)
            if answer.status >= 500:
                faults.append(f"{address}: {answer.status}")
            faults.extend(f"{address}: {said}" for said in page.evaluate("window.violations"))

    look(address for address in sorted(public_addresses()) if "." not in address and "feeds/" not in address)
    look(pages_of_content())
    look(["/admin/login/"])
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    look(["/admin/", "/admin/desk/", "/admin/desk/paste/", "/admin/desk/imports/", "/admin/password_change/"])
    look(admin_addresses())
    assert faults == []


def test_the_policy_is_seen_to_be_broken(page, live_server):
    """The test above would notice: a script that is written into a page does not run, and is reported."""
    page.context.add_init_script(REPORT)
    page.goto("/nothing-here")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    page.wait_for_function("window.violations.length > 0")
    assert page.evaluate("window.violations")[0].startswith("style-src")

"""A feed is tried and then saved in a browser, with and without scripts."""

from __future__ import annotations

from unittest import mock

import pytest
from playwright.sync_api import expect

from articles.models import Source
from tests.admin.desk import make_user
from tests.browser.test_desk import open_desk
from tests.browser.walk import faults
from tests.factories import make_publication
from tests.sources.feeds import FEED, Web, item, rss

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_feed_is_tried_and_then_added_with_what_was_typed(browser, live_server, scripts):
    make_publication("Selwy Courier")
    web = Web()
    web.answers[FEED] = rss(item(1), item(2, title=""))
    context = open_desk(browser, live_server, make_user("chief editor"), java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/admin/desk/sources/add/")
    page.get_by_label("Name").fill("Courier news")
    page.get_by_label("Link of the feed").fill(FEED)
    page.get_by_label("Publication", exact=True).select_option(label="Selwy Courier")
    with mock.patch("articles.sources.run.fetch", web):
        page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="What a run would import")).to_be_visible()
    expect(page.locator("#trial")).to_contain_text("The river rises, part 1")
    assert not scripts or faults(page) == []
    page.get_by_role("button", name="Add source").click()
    expect(page.get_by_text("Source saved.")).to_be_visible()
    assert Source.objects.get().url == FEED
    assert context.complaints == []
    context.close()

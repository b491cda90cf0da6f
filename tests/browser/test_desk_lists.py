"""The lists of the editors' pages in a browser: actions on many articles, their confirmation, and undoing."""

import os

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from articles.revisions import change_text
from tests.admin.desk import make_draft, make_user
from tests.browser.test_desk import open_desk
from tests.browser.walk import AXE, RUN_AXE, WCAG, faults
from tests.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Where the content of a page begins at 1280 × 800: its first heading below the messages.
CONTENT_WITHIN = 500
SCROLLS = "[...document.querySelectorAll('.scroll, .results')].some(e => e.scrollWidth > e.clientWidth + 1)"


def check(page: Page) -> None:
    """No fault of accessibility, and the content begins near the top."""
    page.set_viewport_size({"width": 1280, "height": 800})
    first = page.locator("main table, main .decided, main form.suggest, main .block").first
    assert first.bounding_box()["y"] < CONTENT_WITHIN, page.url
    if folder := os.environ.get("SHOTS"):
        name = page.title().split(" · ")[0].replace(" ", "-").replace("?", "")
        for width, scheme in ((1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=width == 360)
    assert faults(page) == []
    assert not page.evaluate(SCROLLS), f"{page.url}: a list scrolls sideways"
    page.set_viewport_size({"width": 1280, "height": 800})


def test_articles_are_scheduled_together_and_undone(browser, live_server):
    context = open_desk(browser, live_server, make_user("chief editor"))
    page = context.new_page()
    for number in range(3):
        make_draft(headline=f"Gate {number} opened", body=f"Gate {number}.")
    make_article(headline="Kept back", status="withheld", withheld_reason="A court order.")
    page.goto("/admin/desk/")
    check(page)
    page.get_by_label("Select Gate 1 opened").check()
    page.get_by_label("Select Gate 2 opened").check()
    page.get_by_label("Action").select_option("Schedule")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Schedule 2 articles?")
    check(page)
    page.get_by_label("Publish on").fill("2999-05-03T06:00")
    page.get_by_role("button", name="Schedule").click()
    expect(page.locator(".deskmessages")).to_contain_text("2 articles scheduled for 3 May 2999, 06:00.")
    page.get_by_role("link", name="Scheduled").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Recent actions").click()
    expect(page.get_by_role("button", name="Scheduled selected articles")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Scheduled selected articles").click()
    expect(page.locator(".deskmessages")).to_contain_text("Undone: 2 records restored.")
    assert set(Article.objects.values_list("status", flat=True)) == {"draft", "withheld"}
    assert context.complaints == []
    context.close()


def test_two_versions_and_two_topics_are_compared(browser, live_server):
    context = open_desk(browser, live_server, make_user("chief editor"))
    page = context.new_page()
    article = make_article(
        headline="The gate", body="The gate was open.\n\nNobody saw it.", topics=("Floods", "Flooding")
    )
    for body in ("The gate was shut.\n\nNobody saw it.", "The gate was shut.\n\nNobody at all saw it."):
        change_text(Article.objects.get(pk=article.pk), body=body)
    page.goto(f"/admin/desk/{article.pk}/versions/")
    check(page)
    page.get_by_label("Compare the version until").last.check()
    page.get_by_label("With the version until").first.check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("ins")).to_have_text("shut")
    check(page)
    page.goto("/admin/desk/merging/topics/")
    check(page)
    page.get_by_label("Topic to merge").press_sequentially("floodi")
    expect(page.locator("#names option")).to_have_attribute("value", "Flooding")
    page.get_by_label("Topic to merge").fill("Flooding")
    page.get_by_label("Topic to keep").fill("Flo")
    page.get_by_role("button", name="Compare").click()
    # Until the new page is there, what looks for faults would lose its page.
    expect(page.get_by_label("Floods ID")).to_be_visible()
    check(page)
    page.get_by_label("Floods ID").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("main")).to_contain_text("1 article will be listed under Floods.")
    assert faults(page) == []
    page.get_by_role("button", name="Merge").click()
    expect(page.locator(".deskmessages")).to_contain_text("Merged Flooding into Floods.")
    page.goto("/admin/desk/log/?about=topic")
    check(page)
    for records in ("article/", "topic/", f"article/{article.pk}/history/"):
        page.set_viewport_size({"width": 360, "height": 900})
        page.goto(f"/admin/articles/{records}")
        page.evaluate(AXE)
        assert page.evaluate(RUN_AXE, WCAG)["violations"] == []
        assert not page.evaluate(SCROLLS), f"{page.url}: a list scrolls sideways"
    assert context.complaints == []
    context.close()

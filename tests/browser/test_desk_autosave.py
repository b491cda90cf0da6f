"""Autosave in a browser: unsaved input is stored, and offered when the page is opened again."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.admin.review.presence import take_over
from articles.models import Article, Unsaved
from tests.admin.desk import make_draft, make_user, propose
from tests.admin.test_new_article import TEXT
from tests.browser.test_desk import open_desk, review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def context(browser, live_server):
    context = open_desk(browser, live_server, make_user("editor"))
    yield context
    context.close()


def test_a_tab_that_was_closed_loses_nothing(context):
    article = make_draft()
    first, _ = propose(article)
    tab = context.new_page()
    review(tab, article)
    tab.locator("#parts > summary").click()
    tab.locator("#id_kicker").press_sequentially("Weirs")
    tab.locator(f"#p{first.pk}").focus()
    # An earlier answer may be about the words alone.
    with tab.expect_response(lambda answer: '"d":"reject"' in (answer.request.post_data or "")):
        tab.keyboard.press("r")
    expect(tab.locator("#kept-at")).to_contain_text("Unsaved changes kept at")
    tab.close()
    tab = context.new_page()
    review(tab, article)
    expect(tab.locator("#aside")).to_be_visible()
    tab.get_by_role("link", name="Restore them").click()
    expect(tab.locator("#id_kicker")).to_have_value("Weirs")
    expect(tab.locator(f"#p{first.pk} [value=reject]")).to_be_checked()
    tab.locator(".actions--fixed [value=draft]").click()
    expect(tab.locator(".deskmessages")).to_contain_text("Saved.")
    article.refresh_from_db()
    assert (article.kicker, Unsaved.objects.count()) == ("Weirs", 0)
    assert context.complaints == []


def test_a_page_whose_login_has_ended_or_that_another_took_over_says_so(context):
    article, other = make_draft(), make_user("editor", "tomas")
    tab = context.new_page()
    review(tab, article)
    take_over(article, other)
    tab.locator("#parts > summary").click()
    tab.locator("#id_kicker").press_sequentially("Weirs")
    expect(tab.locator("#kept-at")).to_contain_text("tomas is now editing this article")
    Session.objects.all().delete()
    tab.locator("#id_kicker").press_sequentially(" and gates")
    expect(tab.locator("#kept-at")).to_contain_text("you are signed out")
    tab.locator(".actions--fixed [value=draft]").click()
    tab.fill("#id_username", "editor")
    tab.fill("#id_password", "pass")
    tab.get_by_role("button", name="Sign in and restore your text").click()
    expect(tab.locator("#id_kicker")).to_have_value("Weirs and gates")


def test_a_paste_outlives_a_restart_before_it_was_saved(context, browser, live_server):
    tab = context.new_page()
    tab.goto("/admin/desk/paste/")
    tab.fill("#id_text", TEXT)
    tab.get_by_role("button", name="Save and continue", exact=True).click()
    expect(tab.locator("#id_headline")).to_have_count(1)
    # Browser, session and process are gone; only the database remains.
    Session.objects.all().delete()
    again = open_desk(browser, live_server, make_user("editor", "tomas"))
    tab = again.new_page()
    tab.goto("/admin/desk/?what=today")
    tab.get_by_role("link", name="River authority opens gates a day early").click()
    expect(tab.locator(".proof")).not_to_have_count(0)
    assert bytes(Article.objects.get().raw_documents.get().bytes).decode() == TEXT.replace("\n", "\r\n")
    again.close()

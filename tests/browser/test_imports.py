"""A table of twelve columns is imported in a browser, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Unsaved
from tests.admin.desk import make_user
from tests.admin.test_import_mapping import TWELVE
from tests.admin.test_new_article import TEXT
from tests.browser.test_desk import open_desk
from tests.browser.walk import ending
from tests.factories import make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def desk(request, browser, live_server):
    context = open_desk(browser, live_server, make_user("chief editor"), java_script_enabled=request.param)
    page = context.new_page()
    page.scripts = request.param
    yield page
    assert context.complaints == []
    context.close()


def upload(page: Page) -> None:
    page.goto("/admin/desk/imports/upload/")
    file = {"name": "export.csv", "mimeType": "text/csv", "buffer": TWELVE.encode()}
    page.set_input_files("#id_file", files=[file])
    page.get_by_role("button", name="Upload and check").click()


def test_twelve_columns_are_imported_after_two_choices(desk):
    courier = make_publication("Selwy Courier")
    upload(desk)
    expect(desk.get_by_role("heading", name="Rows with errors, not imported: 2 of 3")).to_be_visible()
    desk.get_by_label("How dates are written").select_option("day")
    desk.get_by_label("Publication of rows that name none").select_option(str(courier.pk))
    if not desk.scripts:
        desk.get_by_role("button", name="Preview").click()
    expect(desk.get_by_text("New articles: 3.")).to_be_visible()
    expect(desk.locator("#result")).to_contain_text("Selwy Courier")
    desk.get_by_role("button", name="Import as drafts").click()
    expect(desk).to_have_url(ending("/"))
    assert Article.objects.filter(publication=courier).count() == 3


def test_a_wrong_choice_is_named_beside_its_select(desk):
    upload(desk)
    desk.get_by_label("Titel").select_option("kicker")
    if not desk.scripts:
        desk.get_by_role("button", name="Preview").click()
    expect(desk.locator("td", has=desk.get_by_label("Titel"))).to_contain_text(
        "Kicker is chosen for two columns."
    )
    expect(desk.get_by_role("heading", name="We cannot import this file yet")).to_be_visible()


def test_a_paste_is_there_again_after_the_tab_was_closed(browser, live_server):
    context = open_desk(browser, live_server, make_user("editor"))
    tab = context.new_page()
    tab.goto("/admin/desk/paste/")
    tab.fill("#id_text", TEXT)
    expect(tab.locator("#kept-at")).to_contain_text("Unsaved changes kept at")
    tab.close()
    tab = context.new_page()
    tab.goto("/admin/desk/paste/")
    expect(tab.locator("#id_text")).to_have_value(TEXT)
    tab.get_by_role("button", name="Discard").click()
    expect(tab.locator("#id_text")).to_have_value("")
    assert (context.complaints, Unsaved.objects.count()) == ([], 0)
    context.close()

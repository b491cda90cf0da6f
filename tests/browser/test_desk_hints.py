"""Keys that miss something say what it is, and the first key moves to the first person."""

import pytest
from playwright.sync_api import expect

from tests.admin.desk import make_draft, make_user, propose
from tests.browser.test_desk import open_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_key_that_misses_something_says_what(browser, live_server):
    context = open_desk(browser, live_server, make_user("chief editor"))
    page = context.new_page()
    draft = make_draft()
    propose(draft)
    page.goto(f"/admin/desk/{draft.pk}/")
    hint = page.locator("#hint")
    people = page.locator(".whom")
    page.keyboard.press("j")
    expect(people.first).to_be_focused()
    page.keyboard.press("j")
    expect(people.nth(1)).to_be_focused()
    for key, words in (
        ("n", "Click in the paragraph where the turn starts, then press n."),
        ("q", "Select the quoted words in the text, then press q."),
        ("e", "Go to a quote first: j and k move."),
        ("r", "Go to a quote first: j and k move."),
        ("t", "Go to a turn of the interview first: j and k move."),
        ("i", "There is nothing to accept."),
    ):
        page.keyboard.press(key)
        expect(hint).to_have_text(words)
        expect(hint).to_be_in_viewport()
    page.keyboard.press("k")
    expect(hint).to_have_text("")
    assert context.complaints == []
    context.close()

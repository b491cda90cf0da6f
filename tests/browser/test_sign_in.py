"""Two-step sign-in in a browser: set up, used and renewed by keyboard. Its pages load no script."""

from base64 import b32decode

import pytest
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from tests.admin.desk import make_user
from tests.browser.walk import ending, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_by_keyboard(page, label, text, key="Enter"):
    """Also checks that the field can be reached."""
    field = page.get_by_label(label, exact=True)
    for _ in range(30):
        if field.evaluate("field => field === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type(text)
    page.keyboard.press(key)


def test_a_chief_editor_sets_it_up_when_asked_and_signs_in_with_a_code(browser, live_server, settings):
    settings.REQUIRE_SECOND_FACTOR = "chief-editors"
    make_user("chief editor", "imke")
    context = browser.new_context(base_url=live_server.url)
    page, broken = context.new_page(), []
    # The policy would complain about an inline style of the picture.
    page.on("console", lambda said: said.type == "error" and broken.append(said.text))

    page.goto("/admin/desk/paste/")
    page.get_by_label("Username").fill("imke")
    fill_by_keyboard(page, "Password", "pass")
    expect(page.get_by_role("img", name="QR code with the key")).to_be_visible()
    key = page.locator("code").inner_text().replace(" ", "")
    fill_by_keyboard(page, "Code", "000", "Tab")
    fill_by_keyboard(page, "Your password", "pass")
    expect(page.get_by_text("That code did not work")).to_be_visible()
    broken += faults(page)
    fill_by_keyboard(page, "Code", f"{totp(b32decode(key)):06}", "Tab")
    fill_by_keyboard(page, "Your password", "pass")
    expect(page.locator(".recovery code")).to_have_count(10)
    recovery_code = page.locator(".recovery code").first.inner_text()
    broken += faults(page)
    page.get_by_role("link", name="Continue").click()
    expect(page).to_have_url(ending("/admin/desk/paste/"))

    page.get_by_role("link", name="imke").click()
    fill_by_keyboard(page, "Your password, or a code from your app", "guess")
    expect(page.get_by_text("This is neither your password nor a code that works now.")).to_be_visible()
    broken += faults(page)
    page.get_by_role("button", name="Sign out").click()

    page.goto("/admin/desk/paste/")
    page.get_by_label("Username").fill("imke")
    fill_by_keyboard(page, "Password", "pass")
    expect(page).to_have_url(ending("/admin/login/code/"))
    fill_by_keyboard(page, "Code", "aaaa 2222")
    expect(page.get_by_text("That code did not work")).to_be_visible()
    broken += faults(page)
    TOTPDevice.objects.get().user.staticdevice_set.get().throttle_reset()
    fill_by_keyboard(page, "Code", recovery_code)
    expect(page).to_have_url(ending("/admin/desk/paste/"))
    context.close()
    assert broken == []

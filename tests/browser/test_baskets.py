"""The reader's basket in a browser: stored there only, and usable without JavaScript."""

import gzip

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import ending
from tests.factories import make_article, make_quote, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def archive():
    brask = make_speaker("Hedda Brask", slug="hedda-brask")
    first = make_article(headline="The gates", body="“The river is low,” said Hedda Brask.")
    second = make_article(headline="The bridge", body="“The river is high,” said Hedda Brask.")
    return {
        "first": first,
        "second": second,
        "quote": make_quote(first, "The river is low,", speaker=brask),
    }


def expect_listed(page: Page, *items: str) -> None:
    for at, item in enumerate(items):
        expect(page.locator("[data-basket-item]").nth(at)).to_have_attribute("data-basket-item", item)
    expect(page.locator("[data-basket-item]")).to_have_count(len(items))


def expect_remembered(page: Page, basket: str) -> None:
    page.wait_for_function("basket => localStorage.basket === basket", arg=basket)


def test_links_put_things_into_the_basket_that_the_browser_remembers(page, archive):
    first, second, quote = archive["first"].pk, archive["second"].pk, archive["quote"].pk
    sent = []
    page.goto("/search/?q=river&sort=oldest", wait_until="networkidle")
    page.on("request", lambda request: sent.append(request.url))
    for _ in range(2):
        page.get_by_role("link", name="Add to basket").first.click()
    assert [url for url in sent if "/static/" not in url] == []
    nav = page.get_by_role("navigation", name="Main").get_by_role("link", name="Basket")
    expect(nav).to_have_text("Basket (2)")
    page.goto(archive["quote"].get_absolute_url())
    page.get_by_role("link", name="Add to basket").click()
    expect(nav).to_have_text("Basket (3)")
    page.get_by_role("link", name="In your basket").click()
    expect_listed(page, f"article-{first}", f"article-{second}", f"quote-{quote}")
    expect(page.get_by_text("Saved in this browser.", exact=True)).to_be_visible()
    page.get_by_role("button", name=f"Remove article {first}").click()
    expect_listed(page, f"article-{second}", f"quote-{quote}")
    expect(nav).to_have_text("Basket (2)")
    page.get_by_label("Add an item: paste its link").fill(archive["first"].get_absolute_url())
    page.get_by_role("button", name="Add", exact=True).click()
    expect_listed(page, f"article-{second}", f"article-{first}", f"quote-{quote}")
    expect(nav).to_have_text("Basket (3)")
    page.goto("/basket/")
    expect(page).to_have_url(ending(f"/basket/?articles={second},{first}&quotes={quote}"))
    assert page.context.cookies() == []


def test_a_whole_page_of_results_is_put_in_by_one_link(page, archive):
    page.goto("/search/?q=river")
    page.locator("summary").get_by_text("Download").click()
    page.get_by_role("link", name="Add all 2 on this page to basket").click()
    nav = page.get_by_role("navigation", name="Main").get_by_role("link", name="Basket")
    expect(nav).to_have_text("Basket (2)")


def test_a_basket_from_elsewhere_never_takes_the_place_of_ones_own_unasked(page, archive):
    first, second = archive["first"].pk, archive["second"].pk
    page.goto(archive["first"].get_absolute_url())
    page.get_by_role("link", name="Add to basket").click()
    page.goto(f"/basket/?articles={second}")
    expect(page.get_by_text("The basket saved in this browser (1) is a different one.")).to_be_visible()
    expect_remembered(page, f"articles={first}")
    page.get_by_role("button", name=f"Remove article {second}").click()
    expect(page).to_have_url(ending(f"/basket/?articles={first}"))
    expect_remembered(page, f"articles={first}")
    page.goto(f"/basket/?articles={second}")
    page.get_by_role("button", name="Merge").click()
    expect(page).to_have_url(ending(f"/basket/?articles={first},{second}"))
    expect_remembered(page, f"articles={first},{second}")
    page.goto(f"/basket/?articles={second}")
    page.get_by_role("button", name="Save this one instead").click()
    expect_remembered(page, f"articles={second}")


def test_notes_stay_in_the_browser_and_can_be_kept_as_text_and_printed(page, archive):
    quote = archive["quote"].pk
    address = f"/basket/?articles={archive['first'].pk}&quotes={quote}"
    sent = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.goto(address)
    page.get_by_label(f"Your note on quote {quote}").fill("Compare <b>1987</b>.\nAsk her.")
    page.reload()
    expect(page.get_by_label(f"Your note on quote {quote}")).to_have_value("Compare <b>1987</b>.\nAsk her.")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download").click()
    text = kept.value.path().read_text(encoding="utf-8")
    assert text.startswith(page.url)
    assert "“The river is low,”\n    Compare <b>1987</b>.\n    Ask her.\n" in text
    assert "as quoted in" in text
    page.emulate_media(media="print")
    expect(page.locator(".basket__said").last).to_be_visible()
    expect(page.locator(".basket__said").last).to_have_text("Compare <b>1987</b>.\nAsk her.")
    page.emulate_media(media="screen")
    page.get_by_role("button", name=f"Remove article {archive['first'].pk}").click()
    assert not [url for url in sent if "1987" in url]
    forget = page.get_by_role("button", name="Delete all notes")
    forget.click()
    expect(page.get_by_label(f"Your note on quote {quote}")).not_to_have_value("")
    page.get_by_role("button", name="Delete all notes saved in this browser?").click()
    expect(page.get_by_label(f"Your note on quote {quote}")).to_have_value("")
    page.wait_for_function("localStorage.getItem('basket-notes') === null")


def test_a_basket_is_whole_without_javascript(browser, live_server, archive):
    first, second, quote = archive["first"].pk, archive["second"].pk, archive["quote"].pk
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/?q=river&sort=oldest")
    page.locator("summary").get_by_text("Download").click()
    page.get_by_role("link", name="Add all 2 on this page to basket").click()
    expect_listed(page, f"article-{first}", f"article-{second}")
    page.get_by_label("Add an item: paste its link").fill(archive["quote"].get_absolute_url())
    page.get_by_role("button", name="Add", exact=True).click()
    expect_listed(page, f"article-{first}", f"article-{second}", f"quote-{quote}")
    page.get_by_role("button", name=f"Remove article {second}").click()
    expect(page).to_have_url(ending(f"/basket/?articles={first}&quotes={quote}"))
    page.get_by_role("link", name="MLA").click()
    expect(page.locator(".references li")).to_have_count(2)
    expect(page.locator("textarea").first).not_to_be_visible()
    page.locator("summary").get_by_text("Add by ID").click()
    page.get_by_label("Articles", exact=True).fill(f"{second} {first}")
    page.get_by_role("button", name="Show this basket").click()
    expect(page).to_have_url(ending(f"/basket/?articles={second},{first}&quotes={quote}"))
    context.close()


def test_all_scripts_of_public_pages_weigh_less_than_eight_kilobytes(page, archive):
    page.goto("/basket/")
    scripts = [script.get_attribute("src") for script in page.locator("script[src]").all()]
    assert len(scripts) == 2
    assert sum(len(gzip.compress(page.request.get(url).body())) for url in scripts) < 8_000

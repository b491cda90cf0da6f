"""A basket in the browser: kept by it alone, and whole without JavaScript."""

import gzip

import pytest

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


def listed(page):
    return [item.get_attribute("data-basket-item") for item in page.locator("[data-basket-item]").all()]


def test_links_put_things_into_the_basket_that_the_browser_remembers(page, archive):
    first, second, quote = archive["first"].pk, archive["second"].pk, archive["quote"].pk
    sent = []
    page.goto("/search/?q=river&sort=oldest", wait_until="networkidle")
    page.on("request", lambda request: sent.append(request.url))
    for _ in range(2):
        page.get_by_role("link", name="Add to basket").first.click()
    assert [url for url in sent if "/static/" not in url] == []
    nav = page.get_by_role("navigation", name="Main").get_by_role("link", name="Basket")
    assert nav.inner_text() == "Basket (2)"
    page.goto(archive["quote"].get_absolute_url())
    page.get_by_role("link", name="Add to basket").click()
    assert nav.inner_text() == "Basket (3)"
    page.get_by_role("link", name="In your basket").click()
    assert sorted(listed(page)) == sorted([f"article-{first}", f"article-{second}", f"quote-{quote}"])
    assert page.get_by_text("This browser remembers this basket").is_visible()
    page.get_by_role("button", name=f"Take out article {first}").click()
    assert listed(page) == [f"article-{second}", f"quote-{quote}"]
    assert nav.inner_text() == "Basket (2)"
    page.get_by_label("Put in an article or a quote").fill(archive["first"].get_absolute_url())
    page.get_by_role("button", name="Put in").click()
    assert listed(page) == [f"article-{second}", f"article-{first}", f"quote-{quote}"]
    assert nav.inner_text() == "Basket (3)"
    page.goto("/basket/")
    page.wait_for_url(
        lambda url: url.endswith(f"/basket/?articles={second},{first}&quotes={quote}"), timeout=5000
    )
    assert page.context.cookies() == []


def test_a_whole_page_of_results_is_put_in_by_one_link(page, archive):
    page.goto("/search/?q=river")
    page.get_by_role("link", name="2 articles of this page to a basket").click()
    nav = page.get_by_role("navigation", name="Main").get_by_role("link", name="Basket")
    assert nav.inner_text() == "Basket (2)"


def test_a_basket_from_elsewhere_never_takes_the_place_of_ones_own_unasked(page, archive):
    first, second = archive["first"].pk, archive["second"].pk
    page.goto(archive["first"].get_absolute_url())
    page.get_by_role("link", name="Add to basket").click()
    page.goto(f"/basket/?articles={second}")
    said = "This is not the basket that this browser remembers; that one holds 1 thing"
    assert page.get_by_text(said).is_visible()
    assert page.evaluate("localStorage.basket") == f"articles={first}"
    page.get_by_role("button", name=f"Take out article {second}").click()
    page.wait_for_url(lambda url: url.endswith(f"/basket/?articles={first}"), timeout=5000)
    assert page.evaluate("localStorage.basket") == f"articles={first}"
    page.goto(f"/basket/?articles={second}")
    page.get_by_role("button", name="Put both together").click()
    page.wait_for_url(lambda url: url.endswith(f"/basket/?articles={first},{second}"), timeout=5000)
    assert page.evaluate("localStorage.basket") == f"articles={first},{second}"
    page.goto(f"/basket/?articles={second}")
    page.get_by_role("button", name="Remember this one instead").click()
    assert page.evaluate("localStorage.basket") == f"articles={second}"


def test_notes_stay_in_the_browser_and_can_be_kept_as_text_and_printed(page, archive):
    quote = archive["quote"].pk
    address = f"/basket/?articles={archive['first'].pk}&quotes={quote}"
    sent = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.goto(address)
    page.get_by_label(f"Your note on quote {quote}").fill("Compare <b>1987</b>.\nAsk her.")
    page.reload()
    assert page.get_by_label(f"Your note on quote {quote}").input_value() == "Compare <b>1987</b>.\nAsk her."
    with page.expect_download() as kept:
        page.get_by_role("button", name="Keep as a text file").click()
    text = kept.value.path().read_text(encoding="utf-8")
    assert text.startswith(page.url)
    assert "“The river is low,”\n    Compare <b>1987</b>.\n    Ask her.\n" in text
    assert "as quoted in" in text
    page.emulate_media(media="print")
    assert page.locator(".basket__said").last.is_visible()
    assert page.locator(".basket__said").last.inner_text() == "Compare <b>1987</b>.\nAsk her."
    page.emulate_media(media="screen")
    page.get_by_role("button", name=f"Take out article {archive['first'].pk}").click()
    assert not [url for url in sent if "1987" in url]
    forget = page.get_by_role("button", name="Delete all notes")
    forget.click()
    assert page.get_by_label(f"Your note on quote {quote}").input_value() != ""
    page.get_by_role("button", name="Really delete").click()
    assert page.get_by_label(f"Your note on quote {quote}").input_value() == ""
    assert page.evaluate("localStorage.getItem('basket-notes')") is None


def test_a_basket_is_whole_without_javascript(browser, live_server, archive):
    first, second, quote = archive["first"].pk, archive["second"].pk, archive["quote"].pk
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/?q=river&sort=oldest")
    page.get_by_role("link", name="2 articles of this page to a basket").click()
    assert sorted(listed(page)) == sorted([f"article-{first}", f"article-{second}"])
    page.get_by_label("Put in an article or a quote").fill(archive["quote"].get_absolute_url())
    page.get_by_role("button", name="Put in").click()
    assert listed(page)[-1] == f"quote-{quote}"
    page.get_by_role("button", name=f"Take out article {second}").click()
    assert page.url.endswith(f"/basket/?articles={first}&quotes={quote}")
    page.get_by_role("link", name="MLA").click()
    assert page.locator(".references li").count() == 2
    assert not page.locator("textarea").first.is_visible()
    page.locator("summary").get_by_text("Write the numbers by hand").click()
    page.get_by_label("Articles", exact=True).fill(f"{second} {first}")
    page.get_by_role("button", name="Show this basket").click()
    assert page.url.endswith(f"/basket/?articles={second},{first}&quotes={quote}")
    context.close()


def test_all_scripts_of_public_pages_weigh_less_than_eight_kilobytes(page, archive):
    page.goto("/basket/")
    scripts = [script.get_attribute("src") for script in page.locator("script[src]").all()]
    assert len(scripts) == 2
    assert sum(len(gzip.compress(page.request.get(url).body())) for url in scripts) < 8_000

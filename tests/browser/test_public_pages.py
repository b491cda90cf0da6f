"""The public pages in a browser: accessible, narrow enough, without errors, usable without JavaScript."""

import datetime as dt
import gzip
import re

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from articles import reader_reports
from articles.models import Note, Notice, Role
from articles.revisions import change_text
from articles.views.concurrency import limit_searches
from tests.browser.walk import ending, faults
from tests.factories import make_article, make_quote, make_speaker, make_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INTERVIEW = (
    "The kettle is old.\n\nImke Farrow: How did you sleep?\n\n"
    "Hedda Brask: In instalments. [She laughs.] And badly.\n\nShe leaves."
)
REPORT = (
    "LOWER TARRIN – The gates opened.\n\n“We had the cows out,” said Osric Pell. “The siren was for the "
    "television.”\n\nThe mayor said they had been “informed rather than warned” by the river authority."
)


@pytest.fixture
def archive():
    """A small archive with content for all kinds of pages."""
    editor = User.objects.create(username="editor")
    brask = make_speaker("Hedda Brask", slug="hedda-brask", aliases=("H. Brask",), sort_name="Brask, Hedda")
    pell = make_speaker("Osric Pell", slug="osric-pell", sort_name="Pell, Osric")
    Role.objects.create(speaker=brask, title="Director", since=dt.date(2016, 7, 1))
    report = make_article(
        headline="River authority opens the gates", kicker="The Corran gates", standfirst="Forty minutes.",
        byline="By Jonas Whitlock", dateline="LOWER TARRIN", body=REPORT, section="Home news",
        topics=("Floods",), authors=(make_speaker("Jonas Whitlock"),), captions=("The east gate.",),
        source_url="https://courier.example/corran", published_on=dt.date(2024, 12, 19), edition="morning",
        page="1", quotes_state="part",
    )  # fmt: skip
    make_quote(
        report, "We had the cows out,", "The siren was for the television.", speaker=pell,
        source="Osric Pell", decided_by=editor, decided_at=timezone.now(), standing="confirmed",
    )  # fmt: skip
    mixed = make_quote(
        report, "informed rather than warned", kind="mixed", source="The mayor", standing="disputed"
    )
    Notice.objects.create(article=report, kind="correction", whose="the paper's", text="At 5.20, not 4.20.")
    talk = make_article(headline="“A dam is a promise”", body=INTERVIEW, published_on=dt.date(2023, 1, 2))
    make_turn(talk, "How did you sleep?", "question", source="Imke Farrow", labelled=True)
    turn = make_turn(
        talk, "In instalments. [She laughs.] And badly.", "answer", speaker=brask, labelled=True,
        source="Hedda Brask",
    )  # fmt: skip
    start = INTERVIEW.index("[She")
    Note.objects.create(article=talk, start=start, end=start + len("[She laughs.]"))
    make_quote(talk, "In instalments.", "And badly.", kind="answer", turn=turn, speaker=brask)
    make_article(
        headline="Le barrage de Corran", body="Il pleut sur la rivière.", language="fr",
        publication="Le Journal de Vasmes", published_on=dt.date(2019, 5, 1), published_precision="month",
    )  # fmt: skip
    for number in range(21):
        make_article(
            headline=f"The river, part {number}",
            publication="Northmoor Post",
            published_on=dt.date(2000 + number, 5, 30),
        )
    change_text(report, standfirst="They were given forty minutes.")
    report.refresh_from_db()
    token = reader_reports.receive(mixed, "speaker", "It was the clerk.", reader_reports.new_token())
    return {"report": report, "talk": talk, "quote": mixed, "token": token}


def addresses(archive):
    report = archive["report"].get_absolute_url()
    return [
        *("/", "/about/", "/about/accuracy/", "/about/holdings/", "/corrections/"),
        *("/feeds/", "/help/search/", "/no/such/page/"),
        *("/search/", "/search/?q=river", "/search/?q=%28river+OR+dam%29+-zebra+%29&section=home-news"),
        *("/search/?q=river&from=junk&size=7&colour=red", "/search/?q=zebra+river"),
        *(
            "/search/?q=speaker:brask+email+date:2019",
            "/search/?q=after:12/31/2015",
            "/search/?from=12/31/2015",
        ),
        *("/archive/1917/", "/archive/1917/05/", "/archive/1917/05/01/"),
        *("/search/?q=river&view=kwic", "/search/?group=publication", "/quotes/", "/quotes/?q=siren"),
        *("/search/?q=river&from=2019&to=2019", "/search/values/publication/?q=river", f"{report}?q=river"),
        *("/quotes/values/speaker/?find=brusk", f"{archive['quote'].get_absolute_url()}?q=informed"),
        *(archive["quote"].get_absolute_url(), archive["talk"].get_absolute_url()),
        *(f"{archive['quote'].get_absolute_url()}versions/", "/quotes/find/?q=the+gates+had+opened"),
        *(report, f"{report}?hl=river", f"{report}history/"),
        *(f"{archive['quote'].get_absolute_url()}report/", f"/articles/{archive['report'].pk}/report/"),
        f"/reports/{archive['token']}/",
        *("/speakers/", "/speakers/?q=brusk", "/speakers/hedda-brask/", "/speakers/hedda-brask/profile/"),
        *("/speakers/?role=director", "/speakers/compare/?speaker=hedda-brask&speaker=osric-pell"),
        *("/publications/", "/publications/northmoor-post/", "/sections/home-news/", "/topics/floods/"),
        *("/archive/", "/archive/2024/", "/archive/2024/12/", "/basket/", "/basket/?articles=1,x"),
        f"/basket/?articles={archive['report'].pk},{archive['talk'].pk},9999&quotes={archive['quote'].pk}",
    ]


def test_every_page_is_accessible_quiet_and_fits(browser, live_server, archive):
    """Every page passes `faults`, without console messages."""
    context = browser.new_context(base_url=live_server.url)
    page, said, wrong = context.new_page(), [], []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    for path in addresses(archive):
        response = page.goto(path)
        wrong += faults(page)
        assert response.status == (404 if path.startswith(("/no/", "/archive/1917/")) else 200), path
    context.close()
    missing = ("/no/such/page/", "/archive/1917/")
    said = [line for line in said if not any(path in line for path in missing)]
    assert (wrong, said) == ([], [])


def test_the_main_way_is_whole_without_javascript(browser, live_server, archive):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Search articles and quotes").fill("river")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("h1")).to_have_text(re.compile("^22 articles for river"))
    page.get_by_role("checkbox", name="Selwy Courier").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator("h1")).to_have_text(re.compile("^1 article for river"))
    expect(page).to_have_url(re.compile("publication=selwy-courier"))
    page.get_by_role("link", name="River authority opens the gates", exact=True).click()
    expect(page.locator("mark")).to_have_count(2)
    page.get_by_role("complementary", name="Quoted in this article").get_by_role(
        "link", name="Osric Pell"
    ).click()
    expect(page.locator("h1")).to_have_text("Osric Pell")
    page.get_by_role("link", name="Quote page").first.click()
    expect(page.locator("blockquote")).to_contain_text("We had the cows out,")
    page.get_by_role("link", name="View in article").click()
    expect(page).to_have_url(re.compile(r"#q\d+$"))
    expect(page.locator(f"#q{page.url.rsplit('#q')[-1]}")).to_be_visible()
    context.close()


def test_a_chip_takes_its_filter_away(page, archive):
    page.goto("/search/?q=river&publication=selwy-courier")
    page.get_by_role("link", name="Remove filter Publication: Selwy Courier").click()
    expect(page.locator("h1")).to_have_text(re.compile("^22 articles"))


def test_every_target_is_large_enough(page, archive):
    """Controls outside running text are 24 pixels large, or have as much space around them."""
    page.set_viewport_size({"width": 360, "height": 900})
    for path in addresses(archive)[:20]:
        page.goto(path)
        small = page.evaluate(
            """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), summary')].filter(
              e => {
              const box = e.getBoundingClientRect();
              const inText = e.closest(
                'p, dd, .prose li, h1, h2, h3, blockquote, .turn__text, label, caption');
              const small = box.width < 24 || box.height < 24;
              // No finger can hit it: the same links are larger in the chart that opens.
              if (getComputedStyle(e).pointerEvents === 'none') return false;
              return box.width && !e.closest('.hidden, .skip') && !inText && small;
            }).map(e => e.outerHTML.slice(0, 120))"""
        )
        assert small == [], path


def test_the_slash_key_leads_to_the_search_box_and_can_be_switched_off(page, archive):
    page.goto("/about/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.goto("/help/search/")
    page.get_by_label("Turn on keyboard shortcuts").uncheck()
    page.goto("/about/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"


def test_a_first_visit_weighs_less_than_sixty_kilobytes(page, archive):
    weights = {}
    for path in addresses(archive):
        asked: list[str] = []
        listener = lambda request, asked=asked: asked.append(request.url)  # noqa: E731
        page.on("request", listener)
        page.goto(path, wait_until="load")
        page.remove_listener("request", listener)
        # Requested again: the browser drops a response body on the next navigation.
        answers = [page.request.get(url) for url in dict.fromkeys(asked)]
        sent = [len(gzip.compress(answer.body())) for answer in answers if answer.ok]
        weights[path] = (sum(sent), sent[0] if sent else 0)
    assert {path: weight for path, (weight, _) in weights.items() if weight > 60_000} == {}
    assert {path: html for path, (_, html) in weights.items() if html > 20_000} == {}


def test_hostile_words_run_nothing(page, live_server):
    """No dialog opens, no foreign script runs, and the content security policy reports nothing."""
    payload = (
        "<script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)><style>*{}</style>"
        "<a href=javascript:alert(1)>x</a></title></textarea>"
    )
    speaker = make_speaker(payload, slug="hostile", aliases=(payload,))
    article = make_article(
        headline=payload, standfirst=payload, byline=payload, kicker=payload, authors=(speaker,),
        body=f"{payload}\n\n“{payload}” she said.", captions=(payload,),
    )  # fmt: skip
    found = make_quote(article, f"“{payload}", speaker=speaker, source=payload, role_as_printed=payload)
    heard = []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: heard.append(message.text))
    asked = "q=%3Cscript%3Ealert(1)%3C/script%3E"
    for path in (
        "/", article.get_absolute_url(), found.get_absolute_url(), "/speakers/hostile/", "/speakers/",
        f"/search/?{asked}", "/search/?q=alert", "/search/?q=alert&view=kwic", "/quotes/?q=alert",
        f"/search/?from={asked}", "/archive/2019/05/",
    ):  # fmt: skip
        page.goto(path)
        scripts = page.locator("script:not([type='application/ld+json'])")
        sources = scripts.evaluate_all("all => all.map(one => one.getAttribute('src') + one.textContent)")
        assert [source.split("/")[2].split(".")[0] for source in sources] == ["archive", "basket"], path
        assert all(source.startswith("/static/") and source.endswith(".js") for source in sources), path
        assert page.locator("img, iframe, style, main svg:not([role=group], [aria-hidden])").count() == 0, (
            path
        )
    assert heard == []


def test_results_marks_and_values_are_walked_without_javascript(browser, live_server, archive):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/?q=river&sort=oldest")
    page.get_by_role("link", name="The river, part 0", exact=True).click()
    expect(page.locator(".resultbar")).to_contain_text("Result 1 of 22 for river, oldest first")
    page.get_by_role("link", name="Next result: The river, part 1").click()
    expect(page.locator(".resultbar")).to_contain_text("Result 2 of 22")
    page.get_by_role("link", name="Back to results").click()
    expect(page).to_have_url(ending("/search/?q=river&sort=oldest"))
    page.goto("/search/?q=river&publication=selwy-courier")
    page.get_by_role("link", name="River authority opens the gates", exact=True).click()
    page.get_by_role("link", name="First", exact=True).click()
    expect(page.locator(".hop:visible")).to_have_count(1)
    page.locator(".hop:visible").get_by_role("link", name="next").click()
    expect(page).to_have_url(ending("#w2"))
    expect(page.locator(".hop:visible")).to_have_text("previous")
    page.get_by_role("link", name="Hide highlights").click()
    expect(page.locator("mark")).to_have_count(0)
    page.goto("/search/values/publication/?q=river")
    page.get_by_role("checkbox", name="Selwy Courier").check()
    page.get_by_label("Find in list").fill("nortmoor")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("status")).to_have_text("No matches for “nortmoor”. 1 close match.")
    page.get_by_role("checkbox", name="Northmoor Post").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(ending("publication=northmoor-post&publication=selwy-courier"))
    page.goto("/search/?q=river")
    page.locator(".overtime .chart a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**from=**")
    expect(page.locator("h1")).to_have_text(re.compile("^1 article"))
    context.close()


def test_in_lines_the_words_before_end_where_the_keyword_begins(page, archive):
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/search/?q=river&view=kwic")
        gaps = page.evaluate(
            """() => [...document.querySelectorAll('.kwic tr:has(.kwic__before span:not(:empty))')].map(row =>
              row.querySelector('mark').getBoundingClientRect().left
              - row.querySelector('.kwic__before span').getBoundingClientRect().right)"""
        )
        assert len(gaps) == 20
        assert [gap for gap in gaps if not 0 <= gap < 24] == [], width


def test_keys_lead_through_the_marks_and_can_be_switched_off(browser, live_server, archive):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto(f"{archive['report'].get_absolute_url()}?q=river")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page).to_have_url(ending("#w2"))
    page.keyboard.press("p")
    expect(page).to_have_url(ending("#w1"))
    page.goto("/help/search/")
    page.get_by_label("Turn on keyboard shortcuts").uncheck()
    page.goto(f"{archive['report'].get_absolute_url()}?q=river")
    page.keyboard.press("n")
    assert "#" not in page.url
    context.close()


RESULTS = ("/search/?q=river", "/search/?q=river+authority", "/quotes/?q=siren", "/speakers/hedda-brask/")


@pytest.mark.parametrize("path", RESULTS)
@pytest.mark.parametrize(("width", "height", "most"), [(1280, 800, 400), (360, 740, 520)])
def test_results_come_first(browser, live_server, archive, path, width, height, most):
    context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(path)
    assert page.locator(".hits > li, .bysource > li").first.bounding_box()["y"] < most
    context.close()


def test_a_filter_applies_when_it_is_ticked_and_keeps_the_focus(page, archive):
    page.goto("/search/?q=river")
    page.get_by_role("checkbox", name="Selwy Courier").check()
    expect(page.locator("h1")).to_have_text(re.compile("^1 article for river"))
    expect(page.get_by_role("checkbox", name="Selwy Courier")).to_be_focused()
    announced = page.get_by_role("status").filter(has_text=re.compile("^1 article for river"))
    expect(announced).to_have_count(1)
    page.get_by_role("checkbox", name="Selwy Courier").uncheck()
    expect(page.locator("h1")).to_have_text(re.compile("^22 articles for river"))


def test_going_back_brings_the_boxes_of_the_search_that_is_shown(page, archive):
    page.goto("/search/?q=river")
    page.get_by_role("checkbox", name="Selwy Courier").check()
    expect(page.locator("h1")).to_have_text(re.compile("^1 article for river"))
    page.go_back()
    expect(page.locator("h1")).to_have_text(re.compile("^22 articles for river"))
    expect(page.get_by_role("checkbox", name="Selwy Courier")).not_to_be_checked()


def test_with_javascript_the_filters_show_no_markup(page, archive):
    page.goto("/search/?q=river")
    expect(page.locator(".filters")).not_to_contain_text("<button")
    expect(page.get_by_role("button", name="Apply filters")).to_have_count(0)


def test_typing_a_date_applies_nothing_by_itself(page, archive):
    page.goto("/search/?q=river")
    page.get_by_label("From", exact=True).fill("2019")
    page.get_by_label("To", exact=True).fill("2019")
    page.get_by_label("Choose the last day").fill("2019-12-31")
    expect(page.get_by_label("To", exact=True)).to_have_value("2019-12-31")
    expect(page).to_have_url(ending("?q=river"))
    page.get_by_role("button", name="Apply dates").click()
    expect(page).to_have_url(ending("?q=river&from=2019&to=2019-12-31"))


def test_the_button_of_the_filters_stays_in_sight_without_javascript(browser, live_server, archive):
    for width, height in ((1280, 800), (360, 740)):
        context = browser.new_context(
            base_url=live_server.url, java_script_enabled=False, viewport={"width": width, "height": height}
        )
        page = context.new_page()
        page.goto("/search/")
        if width < 960:
            page.locator(".filters > summary").click()
        expect(page.get_by_role("button", name="Apply filters")).to_be_in_viewport()
        context.close()


def test_menus_show_how_to_cite_a_search_and_its_chart_in_place(page, archive):
    page.goto("/search/?q=river")
    page.locator("summary").get_by_text("Cite").click()
    expect(page.get_by_text("Sentence for your methods section")).to_be_visible()
    expect(page.get_by_text("We searched The News Archive").first).to_be_visible()
    page.locator("summary").get_by_text("Chart and table").click()
    page.get_by_role("row", name=re.compile("^2019")).get_by_role("link").click()
    expect(page).to_have_url(ending("/search/?q=river&from=2019&to=2019"))


def test_a_refused_search_is_tried_again_by_itself_and_keeps_its_link(page, archive, monkeypatch):
    monkeypatch.setattr(limit_searches, "retry_seconds", 1)
    with monkeypatch.context() as full:
        full.setattr(limit_searches, "places", 0)
        full.setattr(limit_searches, "waiting", 0)
        # There is room again just before the browser asks once more, and it does not ask a third time.
        page.route(re.compile("retried="), lambda route: (full.undo(), route.continue_()))
        page.goto("/search/?q=river")
        expect(page.locator("h1")).to_contain_text("articles for river")
    expect(page).to_have_url(ending("/search/?q=river"))

"""The editors' pages in a browser: with keys, without JavaScript, and after errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from articles import reader_reports
from articles.accuracy import sample
from articles.ingest.uploads import store_upload
from articles.models import (
    Article,
    ArticleTopic,
    FailedSearch,
    ImportBatch,
    Judgement,
    NameDecision,
    OpenArticle,
    PublicationProfile,
    Quote,
    SourceState,
    SuggestedSearch,
    Topic,
    Unsaved,
)
from articles.models.audit import change_group
from tests.admin.desk import make_draft, make_talk, make_user, propose
from tests.admin.test_new_article import TEXT
from tests.admin.test_tables import PAYLOADS
from tests.admin.test_turn_speakers import ANSWERS, ASKS, lost_words, make_interview, wrong_turns
from tests.browser.walk import ending, faults
from tests.factories import (
    make_article,
    make_publication,
    make_quote,
    make_section,
    make_source,
    make_speaker,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor():
    return make_user("editor")


def open_desk(browser: Browser, live_server, user, **options) -> BrowserContext:
    """A logged-in browser that collects console errors."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(
        base_url=live_server.url, **{"viewport": {"width": 1280, "height": 900}, **options}
    )
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    context.complaints = []
    context.on("console", lambda said: said.type == "error" and context.complaints.append(said.text))
    context.on("weberror", lambda error: context.complaints.append(str(error.error)))
    return context


@pytest.fixture
def desk(browser, live_server, editor) -> Iterator[Page]:
    context = open_desk(browser, live_server, editor)
    page = context.new_page()
    yield page
    assert context.complaints == []
    context.close()


@pytest.fixture
def plain_desk(browser, live_server, editor) -> Iterator[Page]:
    """Without scripts."""
    context = open_desk(browser, live_server, editor, java_script_enabled=False)
    yield context.new_page()
    assert context.complaints == []
    context.close()


def review(page: Page, article: Article) -> None:
    page.goto(f"/admin/desk/{article.pk}/")


def wait_for_page(page: Page, words: str) -> None:
    """Wait for a new page with these words, and for its script, which hears the keys."""
    page.get_by_text(words).wait_for()
    page.wait_for_load_state()


def test_a_random_quote_is_judged_and_undone_by_keys_alone(desk, editor):
    for quote in propose(make_draft()):
        Quote.objects.filter(pk=quote.pk).update(rule="tail")
    sample.draw(by=editor)
    sample.take_next(editor)
    desk.goto("/admin/desk/sample/")
    desk.keyboard.press("2")
    wait_for_page(desk, "Saved: Wrong speaker.")
    desk.keyboard.press("k")
    wait_for_page(desk, "You judged: Wrong speaker")
    desk.get_by_role("button", name="Undo this judgement").click()
    wait_for_page(desk, "Undone. Judge the quote again.")
    desk.keyboard.press("1")
    desk.get_by_text("Saved: Right.").wait_for()
    assert sorted(Judgement.objects.current().values_list("verdict", flat=True)) == ["right"]


class TestKeys:
    def test_j_and_k_walk_through_people_and_quotes_and_the_text_shows_where(self, desk):
        article = make_draft()
        first, second = propose(article)
        review(desk, article)
        people = desk.locator(".whom")
        quotes = [desk.locator(f"#p{quote.pk}") for quote in (first, second)]
        for stop in (people.nth(0), people.nth(1), *quotes):
            desk.keyboard.press("j")
            expect(stop).to_be_focused()
        expect(desk.locator("a.prop--now")).to_have_text(["informed rather than warned2"])
        desk.keyboard.press("k")
        expect(desk.locator(f"#p{first.pk}")).to_be_focused()

    def test_d_begins_with_the_turn_whose_start_is_least_sure(self, desk):
        article = make_talk()
        quotes = list(article.quotes.order_by("start"))
        for confidence, quote in zip([0.8, 0.62, 0.4, 0.418], quotes, strict=True):
            article.turns.filter(pk=quote.turn_id).update(confidence=confidence)
        for _ in range(2):
            # Opened again, it begins again.
            review(desk, article)
            for quote in (quotes[2], quotes[3], quotes[1]):
                desk.keyboard.press("d")
                expect(desk.locator(f"#p{quote.pk}")).to_be_focused()

    def test_the_list_of_keys_opens_where_the_editor_is(self, desk):
        article = make_draft(body="\n\n".join(f"“Word {n} of many,” said Osric Pell." for n in range(40)))
        for n in range(40):
            make_quote(article, f"Word {n} of many,", status="pending", confidence=0.7, position=n)
        review(desk, article)
        desk.locator("li.proposal").first.focus()
        before = desk.evaluate("scrollY")
        desk.keyboard.press("?")
        expect(desk.locator("#keys .keys")).to_be_in_viewport()
        assert desk.evaluate("scrollY") == before
        desk.keyboard.press("Escape")
        expect(desk.locator("#keys .keys")).to_be_hidden()
        desk.keyboard.press("j")
        expect(desk.locator("li.proposal").nth(1)).to_be_focused()

    def test_a_flipped_turn_of_a_new_speaker_is_accepted_as_the_other_one(self, desk):
        article = make_interview()
        review(desk, article)
        desk.locator("li.proposal").nth(2).focus()
        desk.keyboard.press("t")
        desk.keyboard.press("i")
        expect(desk.locator("#props")).to_contain_text("6 decided")
        spoken = article.quotes.order_by("start").values_list("kind", "speaker__name")
        assert list(spoken)[:4] == [
            ("question", ASKS), ("answer", ANSWERS), ("answer", ANSWERS), ("answer", ANSWERS),
        ]  # fmt: skip

    def test_an_article_is_read_and_published_by_keys_alone(self, desk, editor):
        article = make_draft()
        first, second = propose(article)
        make_speaker("Osric Pell")
        review(desk, article)
        desk.locator(f"#p{first.pk}").focus()
        desk.keyboard.press("s")
        desk.keyboard.type("Osric Pell")
        desk.keyboard.press("Escape")
        desk.keyboard.press("a")
        desk.keyboard.press("0")
        desk.keyboard.press("a")
        desk.keyboard.press("Control+Enter")
        expect(desk.locator("main")).to_contain_text("Readers will see 1 article")
        expect(desk.get_by_role("button", name="Publish", exact=True)).to_be_focused()
        desk.keyboard.press("Enter")
        expect(desk.locator(".deskmessages")).to_contain_text("Published")
        first.refresh_from_db()
        second.refresh_from_db()
        article.refresh_from_db()
        assert (first.status, first.speaker.name, first.decided_by) == ("accepted", "Osric Pell", editor)
        assert (second.status, second.speaker) == ("accepted", None)
        assert (article.status, article.quotes_state) == ("usable", "read")

    def test_r_rejects_and_goes_on_to_the_next_open_one(self, desk):
        article = make_draft()
        first, second = propose(article)
        review(desk, article)
        desk.locator(f"#p{first.pk}").focus()
        desk.keyboard.press("r")
        expect(desk.locator(f"#p{second.pk}")).to_be_focused()
        expect(desk.locator(f"#p{first.pk} [value=reject]")).to_be_checked()

    def test_u_undoes_what_is_not_saved_and_then_what_is(self, desk):
        article = make_draft()
        first, _ = propose(article)
        first.name_as_printed = "Osric Pell"
        first.save()
        review(desk, article)
        desk.keyboard.press("a")
        expect(desk.locator("#props")).to_contain_text("1 decided")
        desk.locator("li.proposal").nth(1).focus()
        desk.keyboard.press("r")
        desk.keyboard.press("u")
        expect(desk.locator(".decide [value='reject']:checked")).to_have_count(0)
        expect(desk.locator("#props")).to_contain_text("1 decided")
        desk.keyboard.press("Control+z")
        expect(desk.locator(".deskmessages")).to_contain_text("Undone: Accepted several quotes in")
        expect(desk.locator("#props")).to_contain_text("0 decided")

    def test_letters_typed_in_a_field_are_letters(self, desk):
        article = make_draft()
        propose(article)
        review(desk, article)
        desk.locator("#parts > summary").click()
        desk.fill("#id_kicker", "")
        desk.focus("#id_kicker")
        desk.keyboard.type("area T0 jam?")
        expect(desk.locator("#id_kicker")).to_have_value("area T0 jam?")
        expect(desk.locator(".decide [value='']:checked")).to_have_count(2)

    def test_keys_can_be_turned_off_and_that_is_remembered(self, desk):
        article = make_draft()
        propose(article)
        review(desk, article)
        desk.keyboard.press("?")
        expect(desk.locator("#keys ul")).to_be_visible()
        desk.uncheck("#use-keys")
        review(desk, article)
        desk.keyboard.press("r")
        expect(desk.locator(".decide [value=reject]:checked")).to_have_count(0)

    def test_capital_a_accepts_the_sure_ones(self, desk):
        article = make_draft()
        first, second = propose(article)
        Quote.objects.filter(pk=first.pk).update(name_as_printed="Osric Pell")
        review(desk, article)
        desk.keyboard.press("Shift+A")
        expect(desk.locator(f"#p{first.pk} [value=accept]")).to_be_checked()
        expect(desk.locator(f"#p{second.pk} [value=accept]")).not_to_be_checked()

    def test_turns_are_flipped_and_joined(self, desk):
        article = make_talk()
        review(desk, article)
        ribbon = desk.locator(".proof--talk .turnmark[data-turn]")
        desk.locator(".proposal").nth(1).focus()
        for key, letters in (("t", "QQQA"), ("T", "QAAQ"), ("m", "QAQ")):
            desk.keyboard.press(key)
            expect(ribbon).to_have_text([re.compile(f"^{letter}:") for letter in letters])
        expect(desk.locator(".proposal").nth(0)).to_be_focused()

    def test_the_ribbon_beside_the_text_flips_starts_and_moves_turns(self, desk):
        article = make_interview()
        review(desk, article)
        desk.evaluate("window.same = true")
        ribbon = desk.locator(".proof--talk .turnmark")
        expect(ribbon).to_have_text([re.compile(f"^{letter}:") for letter in "QAAQAQA"])
        ribbon.nth(3).click()
        expect(ribbon.nth(3)).to_contain_text("A: answer")
        ribbon.nth(2).click()
        expect(ribbon.nth(2)).to_contain_text("Q: question")
        desk.keyboard.press("u")
        expect(ribbon.nth(2)).to_contain_text("A: start a turn here")
        ribbon.nth(3).drag_to(desk.locator(".para").nth(2))
        expect(ribbon.nth(3)).to_contain_text("A: start a turn here")
        desk.locator("li.proposal").nth(2).focus()
        desk.keyboard.press("b")
        expect(ribbon.nth(3)).to_contain_text("A: answer")
        assert desk.evaluate("window.same")
        assert (wrong_turns(article), lost_words(article)) == ([], [])


def test_text_and_people_are_in_sight_when_the_page_opens(desk):
    article = make_interview()
    top = "selector => document.querySelector(selector).getBoundingClientRect().top"
    for width in (1280, 360):
        desk.set_viewport_size({"width": width, "height": 800})
        review(desk, article)
        assert desk.evaluate(top, ".bench") < 500
    desk.set_viewport_size({"width": 1280, "height": 800})
    for part in (".para", ".whom", "li.proposal"):
        assert desk.evaluate(top, part) < 700, part


class TestHelp:
    def test_words_selected_in_the_text_become_the_words_of_a_proposal(self, desk):
        article = make_draft()
        first, _ = propose(article)
        review(desk, article)
        desk.locator(f"#p{first.pk}").focus()
        desk.keyboard.press("e")
        mark = desk.locator("a.prop").first
        mark.evaluate(
            """mark => { const range = document.createRange(); range.setStart(mark.firstChild, 0);
               range.setEnd(mark.firstChild, 20); getSelection().removeAllRanges();
               getSelection().addRange(range); }"""
        )
        desk.locator(f"#p{first.pk}").get_by_text("Use the selected words").click()
        expect(desk.locator(f"#w-{first.pk}")).to_have_value("We had the cows out")

    def test_speakers_are_offered_while_typing(self, desk):
        article = make_draft()
        first, _ = propose(article)
        make_speaker("Hedda Brask", description="director of the river authority", aliases=("H. Brask",))
        review(desk, article)
        desk.locator(f"#s-{first.pk}").press_sequentially("H. Br")
        expect(desk.locator("#names option[value='Hedda Brask']")).to_have_count(1)

    def test_leaving_with_something_typed_is_warned_of(self, desk):
        warned = []
        review(desk, make_draft())
        desk.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
        desk.locator("#parts > summary").click()
        desk.locator("#id_kicker").press_sequentially("A kicker")
        desk.goto("/admin/desk/")
        assert warned == ["beforeunload"]

    def test_saving_is_not(self, desk):
        warned = []
        article = make_draft()
        review(desk, article)
        desk.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
        desk.locator("#parts > summary").click()
        desk.locator("#id_kicker").press_sequentially("A kicker")
        desk.locator(".actions--fixed [value=draft]").click()
        expect(desk.locator(".deskmessages")).to_contain_text("Saved.")
        article.refresh_from_db()
        assert (warned, article.kicker) == ([], "A kicker")

    def test_three_hundred_answers_are_sent_in_one_field(self, desk):
        article = make_draft(body="\n\n".join(f"“Word {n} of many,” said one." for n in range(300)))
        for number in range(300):
            make_quote(article, f"Word {number} of many,", status="pending", confidence=0.5, position=number)
        review(desk, article)
        expect(desk.locator(".proposal")).to_have_count(300)
        desk.evaluate(
            "for (const one of document.querySelectorAll('.decide [value=reject]')) one.checked = true"
        )
        with desk.expect_request(lambda request: request.method == "POST") as sent:
            desk.locator(".actions--fixed [value=draft]").click()
        expect(desk.locator(".deskmessages")).to_contain_text("Saved.")
        assert article.quotes.filter(status="rejected").count() == 300
        assert (sent.value.post_data or "").count("form-data; name=") < 60


class TestWithoutScripts:
    def test_from_paste_to_published_with_buttons(self, plain_desk):
        make_publication("Selwy Courier")
        page = plain_desk
        page.goto("/admin/desk/paste/")
        page.fill("#id_text", TEXT)
        page.get_by_role("button", name="Save and continue", exact=True).click()
        page.select_option("#id_publication", label="Selwy Courier")
        quote = Quote.objects.get()
        page.fill(f"#s-{quote.pk}", "Osric Pell")
        page.select_option(f"#k-{quote.pk}", "new")
        page.locator(f"#p{quote.pk} .decide").get_by_text("Accept").click()
        page.get_by_role("button", name="Publish", exact=True).click()
        expect(page.locator("main")).to_contain_text("Readers will see 1 article")
        page.get_by_role("button", name="Publish", exact=True).click()
        expect(page.locator(".deskmessages")).to_contain_text("Published")
        article = Article.objects.get()
        quote.refresh_from_db()
        assert (article.status, quote.status, quote.speaker.name) == ("usable", "accepted", "Osric Pell")

    def test_words_are_changed_and_turns_flipped(self, plain_desk):
        article = make_talk()
        first = article.quotes.order_by("start").first()
        review(plain_desk, article)
        plain_desk.locator(f"#p{first.pk} summary").click()
        plain_desk.fill(f"#w-{first.pk}", "How long have you kept the weir")
        with plain_desk.expect_navigation():
            plain_desk.locator(f"#p{first.pk}").get_by_role(
                "button", name="Swap question and answer from here"
            ).click()
        first.refresh_from_db()
        assert (first.text, first.kind) == ("How long have you kept the weir", "answer")


class TestNothingIsLost:
    def test_a_text_sent_after_the_session_ended_is_back_after_the_login(self, desk):
        desk.goto("/admin/desk/paste/")
        desk.fill("#id_text", TEXT)
        Session.objects.all().delete()
        desk.get_by_role("button", name="Save and continue", exact=True).click()
        expect(desk.locator("textarea").first).to_have_value(TEXT)
        desk.fill("#id_username", "editor")
        desk.fill("#id_password", "pass")
        desk.get_by_role("button", name="Sign in and restore your text").click()
        expect(desk).to_have_url(ending("/admin/desk/paste/"))
        expect(desk.locator("#id_text")).to_have_value(TEXT)
        assert Article.objects.count() == 0
        desk.get_by_role("button", name="Save and continue", exact=True).click()
        expect(desk.locator("#id_headline")).to_have_count(1)
        assert Article.objects.get().headline == "River authority opens gates a day early"
        desk.context.complaints.clear()  # the refusal itself, status 403

    def test_a_review_sent_with_the_token_of_a_former_login_is_back_in_its_fields(self, desk):
        article = make_draft()
        quote, _ = propose(article)
        review(desk, article)
        desk.locator("#parts > summary").click()
        desk.fill("#id_kicker", "Typed before the other tab")
        desk.locator(f"#p{quote.pk} .decide").get_by_text("Reject").click()
        # A login in another tab changes the CSRF token.
        other = desk.context.new_page()
        other.goto("/admin/desk/")
        with other.expect_navigation():
            other.get_by_role("button", name="Sign out").click()
        other.goto("/admin/login/")
        other.fill("#id_username", "editor")
        other.fill("#id_password", "pass")
        with other.expect_navigation():
            other.get_by_role("button", name="Sign in").click()
        desk.locator(".actions--fixed [value=draft]").click()
        desk.get_by_role("button", name="Restore your text").click()
        expect(desk.locator("#id_kicker")).to_have_value("Typed before the other tab")
        expect(desk.locator(f"#p{quote.pk} [value=reject]")).to_be_checked()
        desk.locator(".actions--fixed [value=draft]").click()
        expect(desk.locator(".deskmessages")).to_contain_text("Saved.")
        article.refresh_from_db()
        quote.refresh_from_db()
        assert (article.kicker, quote.status) == ("Typed before the other tab", "rejected")
        desk.context.complaints.clear()  # the refusal itself, status 403


class TestSafety:
    def test_hostile_words_run_nowhere_on_the_desk(self, desk):
        dialogs = []
        desk.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        for payload in PAYLOADS:
            article = make_draft(
                headline=payload, kicker=payload, standfirst=payload, byline=payload, dateline=payload,
                body=f"{payload} said “{payload}” here.", captions=(payload,),
                extra={"removed": [payload], "warnings": [payload]},
            )  # fmt: skip
            make_quote(article, payload, speaker=make_speaker(payload), source=payload, status="pending")
            review(desk, article)
            expect(desk.locator("main script, main img, main svg, main b:not(.turnmark b)")).to_have_count(0)
            expect(desk.locator("#id_headline")).to_have_value(payload)
        for address in (
            "/admin/desk/",
            "/admin/desk/names/",
            "/admin/articles/article/",
            "/admin/articles/quote/",
        ):
            desk.goto(address)
        assert dialogs == []

    def test_the_tables_work_under_the_strict_policy(self, browser, live_server):
        chief = make_user("chief editor")
        article = make_draft()
        quote, _ = propose(article)
        speaker = make_speaker()
        context = open_desk(browser, live_server, chief)
        page, wrong = context.new_page(), []
        for address in (
            "", "article/", f"article/{article.pk}/change/", f"article/{article.pk}/history/", "quote/",
            f"quote/{quote.pk}/change/", "speaker/", f"speaker/{speaker.pk}/change/", "speaker/add/",
            "topic/add/",
            "notice/add/", "publication/", "rawdocument/", "importbatch/",
        ):  # fmt: skip
            page.goto(f"/admin/articles/{address}" if address else "/admin/")
            assert context.complaints == []
            if address.endswith(("/change/", "/add/")):
                wrong += faults(page)
                page.set_viewport_size({"width": 1280, "height": 900})
                context.complaints.clear()  # axe sets styles on these forms
        assert wrong == []
        page.goto(f"/admin/articles/quote/{quote.pk}/change/")
        page.locator(".field-speaker .select2-selection").click()
        page.locator(".select2-search__field").fill("Ada")
        page.locator(".select2-results__option", has_text="Ada Okafor").click()
        with page.expect_navigation():
            page.get_by_role("button", name="Save", exact=True).click()
        quote.refresh_from_db()
        assert quote.speaker == speaker
        assert context.complaints == []
        context.close()


def test_the_records_of_users_have_no_fault(browser, live_server, editor):
    root = User.objects.create_superuser("root", password="pass")
    context = open_desk(browser, live_server, root)
    page, wrong = context.new_page(), []
    for address in (
        "user/",
        f"user/{editor.pk}/change/",
        f"user/{editor.pk}/password/",
        "user/add/",
        "group/",
    ):
        page.goto(f"/admin/auth/{address}")
        assert context.complaints == []
        wrong += faults(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        context.complaints.clear()  # axe sets styles on these forms
    assert wrong == []
    context.close()


def test_what_is_typed_for_another_act_stays_while_turns_are_changed(browser, live_server):
    context = open_desk(browser, live_server, make_user("chief editor"))
    page, talk = context.new_page(), make_talk()
    review(page, talk)
    page.get_by_text("Withhold from readers").click()
    page.get_by_label("Reason").fill("A complaint.")
    page.locator(".turnmark").nth(1).click()
    expect(page.locator(".turnmark").nth(1)).to_contain_text("A")
    expect(page.get_by_label("Reason")).to_have_value("A complaint.")
    # The key acts on the turn whose letter was chosen.
    page.keyboard.press("t")
    expect(page.locator(".turnmark").nth(1)).to_contain_text("Q")
    assert context.complaints == []
    context.close()


@pytest.fixture
def addresses(editor) -> list[str]:
    """URLs of all kinds of editors' pages, each with content."""
    article, talk = (
        make_draft(captions=("A weir.",), extra={"removed": ["Share this"], "warnings": ["Check."]}),
        make_talk(),
    )
    propose(article)
    for name in ("Weirs", "Floods of the Corran valley", "Farming and the river authority"):
        topic = Topic.objects.create(name=name, slug=name[:5].lower())
        ArticleTopic.objects.create(article=article, topic=topic)
    bare = make_draft(headline="", body="", published_on=None, publication=None)
    bare.raw_documents.create(bytes=b"What came in.", media_type="text/plain")
    reviews = [f"/admin/desk/{one.pk}/" for one in (article, talk, bare)]
    FailedSearch.objects.create(kind="articles", words="dike", day=timezone.localdate(), times=3)
    SuggestedSearch.objects.create(
        kind="articles", words="dike", leads_to="/search/?q=levee", note="So printed."
    )
    searches = ["/admin/desk/searches/", "/admin/desk/searches/suggest/?kind=articles&words=dike"]
    Quote.objects.update(name_as_printed="Osric Pell", rule="tail")
    osric = make_speaker("Osric J. Pell", sort_name="Pell, Osric J.")
    for speaker in (osric, make_speaker("O. Pell", description="keeper of the weir")):
        printed = make_article(headline=f"Printed of {speaker}", body=f"“We had the cows out.” {speaker.pk}")
        make_quote(printed, "We had the cows out.", speaker=speaker, source=speaker.name)
    colleague, now = make_user("editor", "tomas"), timezone.now()
    OpenArticle.objects.create(article=talk, user=colleague, since=now, seen_at=now)
    Unsaved.objects.create(article=article, user=editor, fields={"kicker": ["Weirs"]}, kept_at=now)
    NameDecision.objects.create(name="the clerk", meaning="description", decided_by=colleague, decided_at=now)
    token = reader_reports.receive(
        Quote.objects.first(), "speaker", "It was the clerk.", reader_reports.new_token()
    )
    reviews += ["/admin/desk/reports/", f"/admin/desk/reports/{reader_reports.found_by(token).pk}/"]
    lists = ["/admin/desk/", "/admin/desk/paste/", "/admin/desk/names/", "/admin/desk/imports/"]
    lists += ["/admin/desk/rules/", "/admin/desk/what-counts/", "/admin/desk/imports/upload/"]
    lists += [
        "/admin/desk/merging/",
        "/admin/desk/alike/",
        "/admin/desk/doubtful/",
        "/admin/desk/merging/?given_up=pell&kept=O.+Pell",
        "/admin/desk/credits/",
        "/admin/desk/speakers/import/",
        "/admin/desk/merging/topics/",
        "/admin/desk/?what=scheduled",
        f"/admin/desk/splitting/{osric.pk}/",
        "/admin/desk/acts/",
        "/admin/desk/sample/",
    ]
    sample.draw(by=editor)
    sample.take_next(editor)
    found = [*lists, *searches, *reviews, *pages_of_imports(editor), *pages_of_a_life(editor)]
    return [*found, *pages_of_sources()]


def pages_of_imports(editor) -> list[str]:
    """A table to map, several files, rejected rows, and what was learned of a newspaper."""
    Unsaved.objects.create(user=editor, fields={"text": ["Weir opens"]}, kept_at=timezone.now())
    table = "headline,body,status,date\nWeir,It rained.,online,2019\nGates,They held.,offline,03/04/2019\n"
    names = [store_upload(f"{name}.csv", table.encode()).name for name in ("may", "june")]
    batch = ImportBatch.objects.create(source=names[0], rows_bad=1, rows_read=1)
    batch.errors.create(row=3, column="date", value="03/04/2019", reason="can be two days", rejected=True)
    courier = make_publication("Selwy Courier")
    section = make_section()
    PublicationProfile.objects.create(
        publication=courier, labels=["Courier"], mappings=[{"columns": ["Text", "Title"], "map": ""}]
    )
    for n in range(3):
        article = make_article(headline=f"Sluice {n}", body=f"Sluice {n} opened.", publication=courier)
        Article.objects.filter(pk=article.pk).update(section=section)
    upload = "/admin/desk/imports/upload/"
    return [
        f"{upload}?file={names[0]}", f"{upload}?file={names[0]}&file={names[1]}",
        f"/admin/desk/imports/{batch.pk}/", f"/admin/desk/publications/{courier.pk}/",
    ]  # fmt: skip


def pages_of_sources() -> list[str]:
    """A feed that fails and has moved, with a rejected item."""
    source = make_source(url="https://courier.example/" + "a-very-long-name-of-a-feed" * 9 + ".xml")
    SourceState.objects.create(
        source=source, fault="courier.example answered 404 Not Found.", fault_since=timezone.now(),
        failed_runs=3, moved_to="https://courier.example/feed/",
    )  # fmt: skip
    batch = ImportBatch.objects.create(source=source.name)
    source.items.create(key="1", name="Weir", rejected=1, reason="headline: is missing", batch=batch)
    desk = "/admin/desk/sources/"
    return ["/admin/desk/", desk, f"{desk}{source.pk}/", f"{desk}add/"]


def pages_of_a_life(editor) -> list[str]:
    """Create a withheld, a restored and a misattributed record, for the pages that list them."""
    editor.groups.add(Group.objects.get(name="chief editor"))
    wrong, right = make_speaker("Tom Jones"), make_speaker("Ivor Jones")
    one, other = (make_article(body=f"{n} “The gate was open,” said Jones.") for n in "AB")
    quotes = [
        make_quote(
            article, "The gate was open,", speaker=wrong, source="Jones", prefix="A “", suffix="” said"
        )
        for article in (one, other)
    ]
    Quote.objects.filter(pk=quotes[0].pk).update(speaker=right)
    with change_group("Withheld an article"):
        Article.objects.filter(pk=other.pk).update(
            status="withheld", withheld_reason="A complaint.", review_on=timezone.localdate()
        )
    Article.objects.filter(pk=one.pk).update(kicker="The gate", body=one.body + "\n\nA line more.")
    desk = "/admin/desk"
    version = f"{desk}/{one.pk}/versions/{one.events.latest('pgh_id').pk}/"
    pages = [f"{desk}/withheld/", f"{desk}/{one.pk}/withhold/", f"{desk}/{other.pk}/", f"{desk}/log/"]
    pages += [f"{desk}/log/?number=7", f"{desk}/{one.pk}/versions/", version]
    return [*pages, f"{desk}/quotes/{quotes[0].pk}/alike/"]


def test_no_page_of_the_desk_breaks_a_rule_of_access_or_scrolls_sideways(
    browser, live_server, editor, addresses
):
    context = open_desk(browser, live_server, editor)
    page, broken = context.new_page(), []
    for address in addresses:
        page.goto(address)
        broken += faults(page)
    context.close()
    assert broken == []

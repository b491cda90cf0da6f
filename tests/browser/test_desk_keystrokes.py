"""The number of key presses for common tasks; a chord or a paste counts as one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from articles.ingest.proposals.manual_turns import flip
from articles.models import Article, NameDecision, Quote, Speaker
from tests.admin.desk import make_draft, make_user
from tests.browser.test_desk import open_desk
from tests.factories import make_article, make_publication, make_quote, make_speaker
from tests.sizes import size

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = """Corran gates opened a day early

By Imke Farrow
Selwy Courier, 30 May 2019

Farmers below the Thane Bridge had forty minutes to move their cattle when the gates opened on Tuesday.

“We had the cows out before the siren,” said Osric Pell, who farms below the bridge.

“The village was told the wrong day,” said Mira Tolland, the mayor of Corran.

“The siren is tested in October,” said Hedda Brask, the director of the river authority.

“Every household on the list was called,” Brask said.

“The list was made before the new houses stood,” Tolland said.

“I have asked for the list three times,” said Pell.
"""
TALK = """The master of the weir

By Imke Farrow
Selwy Courier, 30 May 2019

Ilmar Vance has kept the weir at Thane for thirty years. Imke Farrow met him on the bridge.

Imke Farrow: How long have you kept the weir?

Ilmar Vance: Since the spring of the long flood, when my uncle fell ill.

And who taught you how to read the water?

Nobody taught me. The water did, and it was not patient.

Were you ever afraid of it?

Once, in the second winter, when the ice came down at night.

What did you do that night?

I opened the gates by hand, and then I sat down and waited.

Will there be a keeper after you?

They have a machine for it now. It does not know the ice.
"""


class Keyboard:
    """The keyboard of a page, with a counter of presses."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed += 1
            self.page.keyboard.press(key)

    def go(self, key: str) -> None:
        """Press a key that opens another page, and wait until its first field has the focus."""
        with self.page.expect_navigation():
            self.press(key)
        if (first := self.page.locator("[autofocus]")).count():
            expect(first).to_be_focused()

    def paste(self, text: str) -> None:
        """Ctrl+V of a text, counted as one press."""
        self.pressed += 1
        self.page.evaluate("words => document.execCommand('insertText', false, words)", text)


@pytest.fixture
def keys(browser, live_server):
    context = open_desk(browser, live_server, make_user("chief editor"))
    keyboard = Keyboard(context.new_page())
    yield keyboard
    assert context.complaints == []
    context.close()


def paste_and_read(keys: Keyboard, text: str) -> Article:
    keys.page.goto("/admin/desk/paste/")
    expect(keys.page.locator("#id_text")).to_be_focused()
    keys.paste(text)
    keys.go("Control+Enter")
    return Article.objects.get()


def roles(article: Article) -> str:
    return "".join(role[0] for role in article.turns.exclude(role="narration").values_list("role", flat=True))


def publish(keys: Keyboard) -> None:
    """Ctrl+Enter, and Enter on the page that says what readers will see."""
    keys.go("Control+Enter")
    expect(keys.page.get_by_role("button", name="Publish", exact=True)).to_be_focused()
    keys.go("Enter")
    expect(keys.page.locator(".deskmessages")).to_contain_text("Published")


def spoken(article: Article) -> list[tuple[str, str]]:
    return list(article.quotes.order_by("start").values_list("status", "speaker__name"))


def test_a_story_with_six_right_proposals_is_published_in_eight_keys(keys):
    make_publication("Selwy Courier")
    article = paste_and_read(keys, STORY)
    assert article.quotes.pending().count() == 6
    keys.press("a", "a", "a")
    expect(keys.page.locator("#props")).to_contain_text("6 decided")
    publish(keys)
    named = ["Osric Pell", "Mira Tolland", "Hedda Brask", "Hedda Brask", "Mira Tolland", "Osric Pell"]
    assert spoken(article) == [("accepted", name) for name in named]
    assert keys.pressed <= 8, keys.pressed


@pytest.mark.parametrize("wrong", [0, 2])
def test_an_interview_labelled_once_with_new_people_and_paper_takes_thirty_keys(keys, wrong):
    article = paste_and_read(keys, TALK)
    assert roles(article) == "qa" * 5
    for turn in article.turns.filter(labelled=False).order_by("-position")[:wrong]:
        # As if extraction took a statement for a question; such borders have low confidence.
        flip(turn, by=None)
        article.turns.filter(pk=turn.pk).update(confidence=0.5)
    keys.page.reload()
    for _ in range(wrong):
        keys.press("d", "t")
    keys.press("f")
    expect(keys.page.locator("#newspaper-new")).to_be_focused()
    keys.press("Enter")
    expect(keys.page.locator(".deskmessages")).to_contain_text("Publication of this article: Selwy Courier")
    keys.press("p", "a", "a")
    expect(keys.page.locator("#props")).to_contain_text("10 decided")
    publish(keys)
    article.refresh_from_db()
    assert (article.publication.name, roles(article)) == ("Selwy Courier", "qa" * 5)
    assert spoken(article) == [("accepted", "Imke Farrow"), ("accepted", "Ilmar Vance")] * 5
    assert keys.pressed <= 30, keys.pressed


def test_thirty_nine_proposals_of_five_people_are_decided_in_twelve_keys(keys):
    names = ["Osric Pell", "Mira Tolland", "Hedda Brask", "Ada Okafor", "Tilda Marsh"]
    said = [(f"Word {number} of many", names[number % 5]) for number in range(39)]
    article = make_draft(body="\n\n".join(f"“{words},” said {name}." for words, name in said))
    for number, (words, name) in enumerate(said):
        make_quote(
            article, words, source=name, name_as_printed=name, status="pending", confidence=0.8, rule="after",
            position=number,
        )  # fmt: skip
    keys.page.goto(f"/admin/desk/{article.pk}/")
    keys.press("a", "a", "a", "a", "a")
    expect(keys.page.locator("#props")).to_contain_text("39 quotes, 39 decided")
    assert spoken(article) == [("accepted", name) for _, name in said]
    publish(keys)
    assert keys.pressed <= 12, keys.pressed


def test_a_saved_page_of_a_new_paper_is_published_in_fifteen_keys(keys):
    head = '<title>Gates opened early</title><meta property="og:site_name" content="Corran Herald">'
    paragraphs = "".join(f"<p>{one}</p>" for one in STORY.split("\n\n")[2:])
    page = (
        f"<!doctype html><html><head>{head}</head><body><article><h1>Gates opened early</h1>"
        f'<p class="byline">By Imke Farrow</p><time datetime="2019-05-30">30 May 2019</time>{paragraphs}'
        "</article></body></html>"
    )
    article = paste_and_read(keys, page)
    keys.press("f")
    expect(keys.page.locator("#newspaper-new")).to_be_focused()
    keys.press("Enter")
    expect(keys.page.locator(".deskmessages")).to_contain_text("Publication of this article: Corran Herald")
    keys.press("p", "a", "a", "a")
    expect(keys.page.locator("#props")).to_contain_text("6 decided")
    publish(keys)
    article.refresh_from_db()
    assert (article.publication.name, article.published_as_printed) == ("Corran Herald", "2019-05-30")
    assert keys.pressed <= 15, keys.pressed


def test_a_thousand_quotes_under_sixty_names_are_linked_in_eighty_keys(keys):
    printed, each = 60, size(5, 17)
    known = [make_speaker(f"Orla Pell{chr(97 + n % 26)}{chr(97 + n // 26)}") for n in range(30)]
    for speaker in known:
        speaker.sort_name = f"{speaker.name.split()[1]}, Orla"
        speaker.save()
    names = [f"O. {speaker.name.split()[1]}" for speaker in known]
    names += [f"Mina Tolland{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(30)]
    for number in range(each):
        words = [f"word {number} of {n}" for n in range(printed)]
        article = make_article(
            body="\n\n".join(f"“{w},” said {n}." for w, n in zip(words, names, strict=True))
        )
        Quote.objects.bulk_create(
            Quote(
                article=article, kind="direct", text=w, start=article.body.index(w),
                end=article.body.index(w) + len(w), spans=[[(at := article.body.index(w)), at + len(w)]],
                source=n, name_as_printed=n, rule="after", confidence=0.9, position=p,
            )
            for p, (w, n) in enumerate(zip(words, names, strict=True))
        )  # fmt: skip
    keys.page.goto("/admin/desk/names/")
    for number in range(printed):
        row = keys.page.locator(".namerow--now .said").first.text_content()
        keys.press("1" if row in names[:30] else "n")
        assert number == printed - 1 or keys.page.locator(".namerow--now .said").first.text_content() != row
    keys.go("Control+Enter")
    keys.go("Enter")
    expect(keys.page.locator(".deskmessages")).to_contain_text(f"Names saved: {printed}.")
    assert Quote.objects.filter(speaker__isnull=True).count() == 0
    assert (NameDecision.objects.count(), Speaker.objects.count()) == (printed, 60)
    assert Quote.objects.filter(name_as_printed="O. Pellaa", speaker=known[0]).count() == each
    assert keys.pressed <= 80, keys.pressed

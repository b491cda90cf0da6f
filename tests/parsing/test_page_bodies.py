"""What is text of a story in the markup of a page, what is not, and what is written as characters."""

# ruff: noqa: E501 (markup, one element per line)
import json

import pytest

from articles.parsing.html.fragment import read_fragment
from articles.parsing.html.page import read_html

FIRST = "The bridge guild of Osterlund decided on Monday to shut the swing bridge, a year after its bearing cracked."
SECOND = (
    "“We asked for a new bearing every spring,” said Runa Holt, who keeps the bridge with her two brothers."
)
THIRD = (
    "Skippers wanted two more summers. The guild gave them one, and half the fees of the new quay until then."
)
LAST = (
    "The bridge was built in 1907 and has been turned by hand ever since, some forty times on a summer day."
)


def page(*middle, head="", before="", after="", lang="en"):
    """A page with two paragraphs above and two below what is tried."""
    body = "".join((f"<p>{FIRST}</p><p>{SECOND}</p>", *middle, f"<p>{THIRD}</p><p>{LAST}</p>"))
    head = f'<head><meta charset="utf-8"><title>Bridge shuts</title>{head}</head>'
    article = f"<article><h1>Guild shuts the swing bridge</h1>{body}</article>"
    return f'<!doctype html><html lang="{lang}">{head}<body>{before}{article}{after}</body></html>'


def paragraphs(html):
    return read_html(html).body.split("\n\n")


def between(*middle, **more):
    """The paragraphs of the body between those that are always there."""
    found = paragraphs(page(*middle, **more))
    assert found[:2] == [FIRST, SECOND]
    assert found[-2:] == [THIRD, LAST]
    return found[2:-2]


AD = '<div class="ad-row"><span>Advertisement</span></div>'


@pytest.mark.parametrize(
    "cut",
    [
        f'</div>{AD}<div class="article-text">',
        f'</div></div>{AD}<div class="chunk"><div class="article-text">',
        f'</div>{AD}<ul><li><a href="/q">Quay opens</a></li></ul>{AD}<div class="article-text">',
    ],
)
def test_a_story_that_advertisements_cut_up_is_whole(cut):
    more = [f"The {number} skipper paid the guild for a berth at the new quay in spring." for number in
            ("first", "second", "third", "fourth", "fifth", "sixth")]  # fmt: skip
    texts = [FIRST, SECOND, *more, THIRD, LAST]
    half = len(texts) // 2
    first, rest = ("".join(f"<p>{text}</p>" for text in part) for part in (texts[:half], texts[half:]))
    body = f'<div class="chunk"><div class="article-text">{first}{cut}{rest}</div></div>'
    assert paragraphs(f"<html><body><h1>Guild shuts the bridge</h1>{body}</body></html>") == texts


def test_the_next_story_of_a_page_is_not_taken_for_the_rest_of_the_first():
    other = "A bakery in the lower town has sold its last loaf, and its oven goes to the museum of crafts."
    posts = [
        ("Guild shuts the bridge", (FIRST, SECOND, THIRD, LAST)),
        ("Bakery closes", (other, other[:-1] + " too.")),
    ]
    body = "".join(
        f'<div class="post"><h2>{title}</h2><div class="post-text">{"".join(f"<p>{text}</p>" for text in texts)}</div></div>'
        for title, texts in posts
    )
    found = paragraphs(f"<html><body><h1>Guild shuts the bridge</h1>{body}</body></html>")
    assert FIRST in found
    assert other not in found


LINKED = (
    "In the night to Friday, Runa Holt, Odd Brekke and Liv Aas all denied that they had heard the bearing."
)


@pytest.mark.parametrize(
    "markup",
    [
        f'<p><a href="/night">{LINKED}</a></p>',
        f'<p><strong><a href="/night">{LINKED}</a></strong></p>',
        f'<p><a href="/night"><b>{LINKED}</b></a></p>',
        f'<div class="wrap"><p><a href="/night">{LINKED}</a></p></div>',
        f'<div><div><p><span><a href="/night">{LINKED}</a></span></p></div></div>',
        f'<a href="/night"><p>{LINKED}</p></a>',
        '<p><a href="/1">In the night to Friday,</a> <a href="/2">Runa Holt, Odd Brekke and Liv Aas</a> '
        '<a href="/3">all denied that they had heard the bearing.</a></p>',
        f'<blockquote><p><a href="/night">{LINKED}</a></p></blockquote>',
    ],
)
def test_a_sentence_of_the_story_that_is_a_link_is_text(markup):
    assert between(markup) == [LINKED]


def test_a_short_sentence_that_is_a_link_is_text():
    assert between('<p><a href="/no">She said no.</a></p>') == ["She said no."]


def test_sentences_that_are_links_are_text_at_the_beginning_and_the_end_too():
    html = page().replace(f"<p>{FIRST}</p>", f'<p><a href="/a">{FIRST}</a></p>')
    html = html.replace(f"<p>{LAST}</p>", f'<p><a href="/b">{LAST}</a></p>')
    assert paragraphs(html) == [FIRST, SECOND, THIRD, LAST]


@pytest.mark.parametrize(
    "markup",
    [
        '<p><a href="/quay">New quay of Osterlund opens in a week with music and a pageant of boats</a></p>',
        '<p>Read also: <a href="/quay">The new quay of Osterlund opens with music and a pageant of boats.</a></p>',
        '<p><strong>Lesen Sie auch: <a href="/q">Der neue Kai öffnet mit Musik und einem Zug der Boote.</a></strong></p>',
        '<p><a href="/q">→ The new quay of Osterlund opens with music and a pageant of boats.</a></p>',
        '<p><b>SEE ALSO</b> <a href="/q">The new quay of Osterlund opens with music and a pageant of boats.</a></p>',
        '<p><i>[ <a href="/q">New quay of Osterlund opens with music and boats</a> ]</i></p>',
        '<figure class="element element-richlink"><a href="/q">New quay opens with music Read more</a></figure>',
        "<video><p>Your browser cannot play this video of the bridge, which is turning.</p></video>",
        '<div class="instagram">View this post on Instagram</div>',
        '<div class="related-posts"><h3>Related</h3><ul><li><a href="/q">The new quay of Osterlund opens with music.</a>'
        "</li></ul></div>",
        '<ul><li><a href="/a">Quay opens</a></li><li><a href="/b">Harbour fees rise again this year</a></li></ul>',
        '<div class="c-richLink"><a href="/q"><p>The new quay of Osterlund opens with music and a pageant of boats.</p></a></div>',
        "<aside><p>The new quay of Osterlund opens in one week with music and with a pageant of boats.</p></aside>",
        '<div data-component="links-block"><ul><li><a href="/a">Quay opens with music and boats</a></li></ul></div>',
        '<section class="teaser"><h3><a href="/q">Quay opens</a></h3><a href="/q">Music and boats</a></section>',
        '<nav><a href="/a">News</a> <a href="/b">Harbour</a></nav>',
        '<div class="newsletter-signup"><p>Every morning the news of the harbour, the tides and the boats, free.</p></div>',
        '<div class="jp-relatedposts"><p>The new quay of Osterlund opens in one week with music and boats.</p></div>',
        '<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li><a href="#">Facebook</a></li></ul></div>',
        '<div class="social-share"><a href="#">Share on Facebook</a> <a href="#">Tweet this</a></div>',
        '<div id="cookie-banner"><p>We set cookies to count our readers. You can say no in the settings of the page.</p></div>',
        '<div class="advert"><p>The soap of Osterlund is the soap of sailors. It is sold in every shop of the quay.</p></div>',
        "<form><label>Your name and the place where you live, please.</label><button>Send</button></form>",
    ],
)
def test_teasers_menus_newsletters_and_share_bars_are_no_text(markup):
    assert between(markup) == []


def test_comments_below_the_story_are_no_text():
    comments = (
        '<div id="comments"><div class="comment"><p>I have turned it once, said my father.</p></div></div>'
    )
    assert paragraphs(page(after=comments)) == [FIRST, SECOND, THIRD, LAST]
    assert paragraphs(page().replace("</article>", f"{comments}</article>")) == [FIRST, SECOND, THIRD, LAST]


UNSEEN = "“Nobody has read this,” said Unseen Person, who is on no screen and in no paper of the town at all."


@pytest.mark.parametrize(
    "opening",
    [
        '<p style="display:none">',
        '<p style="color: red; DISPLAY : none !important;">',
        '<p style="visibility: hidden">',
        "<p hidden>",
        '<p hidden="hidden">',
        '<p aria-hidden="true">',
        '<p class="sr-only">',
        '<p class="visually-hidden">',
        '<p class="screen-reader-text">',
        '<p class="d-none">',
        '<p style="position: absolute; left: -9999px">',
        "<div hidden><p>",
        '<section style="display:none"><div><p>',
        "<template><p>",
        "<noscript><p>",
    ],
)
def test_what_no_reader_sees_is_no_text(opening):
    name = opening[1:].split(">")[0].split()[0]
    parsed = read_html(page(f"{opening}{UNSEEN}</p></div></section></{name}>"))
    assert parsed.body.split("\n\n") == [FIRST, SECOND, THIRD, LAST]
    assert parsed.removed.count(UNSEEN) == (name not in {"template", "noscript"})


def test_what_the_page_s_own_style_sheet_hides_on_every_screen_is_no_text():
    styles = "<style>p{margin:0} .secret, #s2 {color:red; display:none} @media print { .wide {display:none} }</style>"
    markup = f'<p class="secret">{UNSEEN}</p><p id="s2">{UNSEEN}</p><p class="wide">It is seen.</p>'
    assert between(markup, head=styles) == ["It is seen."]
    assert between('<p class="d-none d-md-block">It is seen.</p>') == ["It is seen."]


def test_a_time_in_a_sentence_does_not_part_it():
    words = "The hall opens at <time datetime='08:30'>8.30</time> on Friday, and the vote is at noon or so."
    assert between(f"<p>{words}</p>") == ["The hall opens at 8.30 on Friday, and the vote is at noon or so."]


def test_a_hidden_word_inside_a_paragraph_is_cut_and_the_paragraph_stays_whole():
    assert between(
        '<p>It rang<span hidden> (hidden)</span> twice on that <i class="sr-only">dark</i> day.</p>'
    ) == ["It rang twice on that day."]


def test_what_is_displayed_in_place_of_words_read_aloud_is_text():
    words = '<p>It opens at <span aria-hidden="true">8.30</span><span class="sr-only">half past eight</span> today.</p>'
    assert between(words) == ["It opens at 8.30 today."]


@pytest.mark.parametrize("style", ["visibility:hidden", "display:none"])
def test_a_story_that_is_hidden_until_a_script_shows_it_is_read(style):
    html = page().replace("<article>", f'<article style="{style}">')
    assert paragraphs(html) == [FIRST, SECOND, THIRD, LAST]


ITEMS = [
    "the log of the summer, without its last page;",
    "a bill for grease;",
    "a letter in which nobody is named.",
]


@pytest.mark.parametrize(
    "markup",
    [
        "<ul>{}</ul>",
        "<ol>{}</ol>",
        '<div><ul class="list">{}</ul></div>',
        '<ul class="wp-block-list">{}</ul>',
    ],
)
@pytest.mark.parametrize("item", ["<li>{}</li>", "<li><p>{}</p></li>", "<li>{}"])
def test_the_items_of_a_list_are_paragraphs(markup, item):
    items = "".join(item.format(text) for text in ITEMS)
    assert between("<p>This is what she was given:</p>", markup.format(items)) == [
        "This is what she was given:", *ITEMS,
    ]  # fmt: skip


def test_a_list_is_read_in_a_page_without_an_article_and_at_its_end():
    items = "".join(f"<li>{text}</li>" for text in ITEMS)
    html = f"<html><body><h1>Papers of the bridge</h1><p>{FIRST}</p><p>{SECOND}</p><ul>{items}</ul></body></html>"
    assert paragraphs(html) == [FIRST, SECOND, *ITEMS]


def test_terms_with_their_descriptions_and_lists_in_lists_are_paragraphs():
    assert between("<dl><dt>Bearing</dt><dd>What the bridge turns on.</dd></dl>") == [
        "Bearing", "What the bridge turns on.",
    ]  # fmt: skip
    nested = "<ul><li>Of the bridge:<ul><li>its bearing,</li><li>its wheel;</li></ul></li><li>of the quay: nothing.</li></ul>"
    assert between(nested) == ["Of the bridge:", "its bearing,", "its wheel;", "of the quay: nothing."]


ROWS = "Year | Turns\n1907 | 3,100\n2023 | 412"
CELLS = "<tr><th>Year</th><th>Turns</th></tr><tr><td>1907</td><td>3,100</td></tr><tr><td>2023</td><td>412</td></tr>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<table>{CELLS}</table>",
        f"<table><tbody>{CELLS}</tbody></table>",
        f'<figure class="wp-block-table"><table>{CELLS}</table></figure>',
        f'<div class="table-responsive"><table border="1">{CELLS}</table></div>',
        f"<table>{CELLS.replace('<td>', '<td><p>').replace('</td>', '</p></td>')}</table>",
        f"<table>{CELLS.replace('</td>', '').replace('</tr>', '')}</table>",
    ],
)
def test_a_row_of_a_table_is_a_line_with_its_cells_apart(markup):
    assert between(markup) == [ROWS]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<table><tr><td>Turns in 2023</td><td>412</td></tr></table>", "Turns in 2023 | 412"),
        (f"<table><caption>Turns by year</caption>{CELLS}</table>", f"Turns by year\n{ROWS}"),
        ('<table><tr><td><a href="/a">Gulls</a></td><td>3</td></tr><tr><td><a href="/b">Terns</a></td><td>1</td></tr></table>',
         "Gulls | 3\nTerns | 1"),
        (f"<table><tr><td>Holt</td><td>{LINKED}</td></tr><tr><td>Aas</td><td>No.</td></tr></table>",
         f"Holt | {LINKED}\nAas | No."),
        ("<table><tr><td>1907</td><td></td><td>by hand</td></tr><tr><td>2023</td><td>412</td></tr></table>",
         "1907 | – | by hand\n2023 | 412"),
    ],
)  # fmt: skip
def test_a_table_in_a_story_is_read_by_rows(markup, text):
    assert between(markup) == [text]
    assert read_fragment(markup).text == text.replace("Turns by year\n", "Turns by year\n\n")


def test_a_table_that_only_lays_out_the_page_is_no_table_and_its_menu_is_cut():
    html = (
        "<html><head><title>Bridge</title></head><body><table><tr>"
        '<td class="left"><a href="/">Home</a> <a href="/old">Old papers</a><br><a href="/b">Boats</a></td>'
        f"<td><h1>The bridge</h1><p>{FIRST}<p>{SECOND}<p>{LAST}</td></tr>"
        '<tr><td colspan="2"><a href="/imprint">Imprint</a></td></tr></table></body></html>'
    )
    parsed = read_html(html)
    assert parsed.body.split("\n\n") == [FIRST, SECOND, LAST]
    assert "Old papers" in " ".join(parsed.removed)


def test_paragraphs_parted_by_line_breaks_are_paragraphs():
    html = page().replace(
        f"<p>{FIRST}</p><p>{SECOND}</p>", f"<div>{FIRST}<br><br>{SECOND}<br /> <br />It rained.</div>"
    )
    assert paragraphs(html) == [FIRST, SECOND, "It rained.", THIRD, LAST]


@pytest.mark.parametrize(
    ("lang", "markup", "text"),
    [
        ("en", "She said: <q>It will hold.</q>", "She said: “It will hold.”"),
        ("en", "She said: <q>He told me <q>no</q> twice.</q>", "She said: “He told me ‘no’ twice.”"),
        ("en", '<q cite="/a">It will <em>hold</em></q>, she said.', "“It will hold”, she said."),
        ("en", "She said: “<q>It will hold.</q>”", "She said: “It will hold.”"),
        ("en", "She said: <q>“It will hold.”</q>", "She said: “It will hold.”"),
        ("en", 'He wrote <q lang="de">Sie hält</q>.', "He wrote „Sie hält“."),
        ("en", "It is 10<sup>2</sup> feet, or 40 m<sup>2</sup>.", "It is 10² feet, or 40 m²."),
        ("en", "It took 10<sup>-3</sup> g of CO<sub>2</sub>.", "It took 10⁻³ g of CO₂."),
        ("en", "On the 19<sup>th</sup> it rang.", "On the 19th it rang."),
        ("en", "It rang.<sup>1</sup> Then not.", "It rang. Then not."),
        ("en", 'It rang.<a href="#fn1"><sup>[1]</sup></a> Then not.', "It rang. Then not."),
        ("en", 'It rang<sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[2]</a></sup>.', "It rang."),
        ("en", 'It rang.<sup><a href="#_ftn3" name="_ftnref3">[3]</a></sup>', "It rang."),
        ("en", 'It rang in 1931<sup class="footnote">4</sup>.', "It rang in 1931."),
        ("en", 'It rang<a class="footnote" href="#note-1">*</a>.', "It rang."),
        ("en", 'See <a href="#section-4">4</a> below.', "See 4 below."),
        ("en", "It cost <del>four</del> <ins>five</ins> crowns.", "It cost five crowns."),
        ("en", "It cost <s>four</s> five crowns.", "It cost five crowns."),
        ("en", "It cost <strike>four</strike> five crowns.", "It cost five crowns."),
        ("en", 'It cost <span style="text-decoration: line-through">four</span> five.', "It cost five."),
    ],
)  # fmt: skip
def test_inline_markup_with_a_meaning_is_written_as_characters(lang, markup, text):
    assert between(f"<p>{markup}</p>", lang=lang) == [text]
    assert read_fragment(f"<p>{markup}</p>").text == text


def test_a_word_that_was_struck_out_is_listed_once():
    parsed = read_html(page("<p>It cost <del>four</del> <ins>five</ins> crowns, the guild wrote.</p>"))
    assert parsed.removed.count("four") == 1
    assert read_fragment("<p>It cost <del>four</del> five.</p>").removed == ("four",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Runa Holt sagte: „Sie hält noch.“"),
        ("fr", "Runa Holt a dit : «\u00a0Sie hält noch.\u00a0»"),
        ("pl", "Runa Holt powiedziała: „Sie hält noch.”"),
        ("sv", "Runa Holt sade: ”Sie hält noch.”"),
        ("it", "Runa Holt ha detto: «Sie hält noch.»"),
    ],
)
def test_quotation_marks_are_those_of_the_language(language, text):
    words = {
        "de": "Die Gilde hat am Montag beschlossen, dass die Brücke nicht mehr für die Schiffe zu öffnen ist und bleibt.",
        "fr": "La guilde a décidé lundi que le pont ne sera plus ouvert pour les bateaux, un an après la fissure du pont.",
        "pl": "Cech zdecydował w poniedziałek, że most nie będzie już otwierany dla statków i że tak jest od dawna.",
        "sv": "Gillet beslöt i måndags att bron inte längre ska öppnas, och det är ett år sedan den sprack i sin lager.",
        "it": "La gilda ha deciso lunedì che il ponte non sarà più aperto per le navi, e questo è un anno dopo la crepa.",
    }[language]
    before, _, _ = text.partition(": ")
    story = f"<p>{words}</p><p>{before}: <q>Sie hält noch.</q></p><p>{words.replace('Die', 'Auch die')}</p>"
    html = f'<html lang="{language}"><body><article><h1>Runa Holt</h1>{story}</article></body></html>'
    assert text in read_html(html).body


def paywalled(access, *offer, lead=f"<p>{FIRST}</p>"):
    story = {"@type": "NewsArticle", "headline": "Guild shuts the swing bridge", **access}
    head = f'<script type="application/ld+json">{json.dumps(story)}</script>'
    body = f"<article><h1>Guild shuts the swing bridge</h1>{lead}{''.join(offer)}</article>"
    return f'<html lang="en"><head><title>Bridge</title>{head}</head><body>{body}</body></html>'


OFFER = (
    "<p>Go on reading with Courier Plus for 3.50 a month. You can cancel at any time, and the first month is free.</p>"
    "<p>Already a subscriber? Sign in here to read on.</p><ul><li>All stories</li><li>The crossword</li></ul>"
)


@pytest.mark.parametrize(
    "access",
    [
        {"isAccessibleForFree": False},
        {"isAccessibleForFree": "False"},
        {"isAccessibleForFree": "false"},
        {"isAccessibleForFree": "http://schema.org/False"},
        {
            "isAccessibleForFree": True,
            "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".meter"},
        },
    ],
)
@pytest.mark.parametrize(
    "name", ["paywall", "c-paywall__offer", "meter", "subscribe-box", "some-other-box", "regwall"]
)
def test_the_beginning_of_a_story_that_is_not_free_is_kept_and_the_offer_is_not(access, name):
    parsed = read_html(paywalled(access, f'<div class="{name}">{OFFER}</div>'))
    assert parsed.body == FIRST
    assert "the page says it is not free: this is only its beginning" in parsed.warnings
    assert "Already a subscriber? Sign in here to read on." in parsed.removed


@pytest.mark.parametrize(
    "offer",
    [
        "<p>Jetzt weiterlesen mit Kurier Plus. Der erste Monat kostet nichts, danach 9,90 € im Monat, jederzeit kündbar.</p>",
        "<p>Cet article est réservé aux abonnés. Déjà abonné ? Connectez-vous pour lire la suite de nos articles.</p>",
        "<p>Ten artykuł przeczytasz z dostępem cyfrowym. Masz już dostęp? Zaloguj się i czytaj dalej bez limitu.</p>",
        "<h3>Abbonati per continuare a leggere</h3><p>A partire da 1,99 € al mese.</p><p>Sei già abbonato? Accedi</p>",
        "<div class='wall'><p>Dit artikel is alleen voor abonnees. Lees verder vanaf 2 euro.</p><p>Al abonnee? Log in</p></div>",
        "<p>Conteúdo exclusivo para assinantes. Assine por 9,90 por mês.</p><p>Já é assinante? Entre aqui</p>",
        "<p>Il vous reste 75 % de cet article à lire. La suite est réservée aux abonnés.</p><p>Déjà abonné ?</p>",
        "<p>Este artículo es solo para suscriptores. ¿Ya eres suscriptor? Inicia sesión para seguir leyendo.</p>",
    ],
)
def test_an_offer_is_known_in_other_languages(offer):
    assert read_html(paywalled({"isAccessibleForFree": False}, offer)).body == FIRST


def test_a_short_beginning_alone_is_the_body():
    lead = "The guild voted on Monday. The bearing was a year old."
    parsed = read_html(paywalled({"isAccessibleForFree": False}, OFFER, lead=f'<p class="teaser">{lead}</p>'))
    assert parsed.body == lead


def test_a_story_that_a_subscriber_saved_whole_is_kept_whole():
    parts = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
    story = f'<div class="paywall"><p>{SECOND}</p><p>{THIRD}</p><p>{LAST}</p></div>'
    parsed = read_html(paywalled({"isAccessibleForFree": False, "hasPart": parts}, story))
    assert parsed.body.split("\n\n") == [FIRST, SECOND, THIRD, LAST]
    assert "the page says it is not free: check whether this is the whole text" in parsed.warnings


def test_a_paid_story_is_not_cut_where_it_speaks_of_access_and_a_box_inside_it_is():
    words = "The guild wants to unlock the money of the town and get full access to the harbour by May."
    box = "<div class='subscribe-promo'><p>Support us: subscribe today for £2 a week.</p></div>"
    parsed = read_html(
        paywalled({"isAccessibleForFree": False}, f"<p>{words}</p>{box}<p>{SECOND}</p><p>{THIRD}</p>")
    )
    assert parsed.body.split("\n\n") == [FIRST, words, SECOND, THIRD]
    assert "the page says it is not free: check whether this is the whole text" in parsed.warnings


@pytest.mark.parametrize(
    ("count", "offer", "last", "said"),
    [
        ("", "", "", "check whether this is the whole text"),
        ("", "", "…", "only its beginning"),
        ("500", "", "", "only its beginning"),
        ("62", OFFER, "", "check whether this is the whole text"),
    ],
)
def test_what_was_read_decides_whether_a_page_that_is_not_free_is_whole(count, offer, last, said):
    access = {"isAccessibleForFree": False, **({"wordCount": count} if count else {})}
    lead = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}{last}</p>"
    parsed = read_html(paywalled(access, offer, lead=lead))
    assert [warning for warning in parsed.warnings if "not free" in warning] == [
        f"the page says it is not free: {'this is ' * ('only' in said)}{said}"
    ]


def test_a_page_that_is_not_free_by_its_meta_tag_is_known():
    html = paywalled(
        {}, '<div class="gate"><p>Want to read more? Join the Courier for 4 crowns a week.</p></div>'
    )
    html = html.replace("<title>", '<meta itemprop="isAccessibleForFree" content="False"><title>')
    parsed = read_html(html)
    assert parsed.body == FIRST
    assert "the page says it is not free: this is only its beginning" in parsed.warnings


def test_a_free_story_about_subscriptions_is_kept():
    words = "<p>The Courier asks its readers to subscribe to read on: 3.50 a month, and the first month is free.</p>"
    assert len(between(words)) == 1


POSTS = [("10:15", "Doors open", "The doors of the hall are open, and there is a queue along the quay."),
         ("10:40", "Holt arrives", "“I am not angry,” says Runa Holt as she walks past the cameras."),
         ("11:05", "The vote", "Nine hands for shutting it. Eight against. It is done.")]  # fmt: skip


def live(post, around="{}", head=""):
    posts = "".join(post.format(time=time, title=title, text=text) for time, title, text in POSTS)
    posts = around.format(posts)
    return f"<html lang='en'><head><title>Bridge, live</title>{head}</head><body><h1>The vote, live</h1>{posts}</body></html>"


@pytest.mark.parametrize(
    ("post", "around"),
    [
        ('<article class="live-post"><time>{time}</time><h2>{title}</h2><p>{text}</p></article>', "<main>{}</main>"),
        ('<div class="ticker-entry"><time datetime="2024-03-04T{time}Z">{time}</time><h3>{title}</h3><p>{text}</p></div>',
         "<article>{}</article>"),
        ("<time>{time}</time><h2>{title}</h2><p>{text}</p>", "<article>{}</article>"),
        ('<li class="entry"><span class="time">{time}</span><strong>{title}</strong><p>{text}</p></li>',
         "<article><ul>{}</ul></article>"),
        ('<section class="block"><p class="block-time"><a href="#b"><time>{time}</time></a></p><h2>{title}</h2>'
         '<div class="block-elements"><p>{text}</p></div></section>', '<main><div class="article__body">{}</div></main>'),
        ('<div class="live-update"><div class="live-update-time">{time}</div><h3>{title}</h3><p>{text}</p></div>',
         '<div class="live-updates">{}</div>'),
        ("<h3><time>{time}</time> {title}</h3><p>{text}</p>", "<article>{}</article>"),
        ('<li class="liveblog-post"><time>{time}</time><h3>{title}</h3><p>{text}</p></li>', "<article><ol>{}</ol></article>"),
    ],
)  # fmt: skip
def test_the_posts_of_a_live_blog_keep_their_times_and_headings_in_order(post, around):
    assert paragraphs(live(post, around)) == [part for post in POSTS for part in post]


TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">It held for a year. I asked every spring. '
    '<a href="https://t.co/a1">pic.twitter.com/a1</a></p>&mdash; Runa Holt (@runaholt) '
    '<a href="https://twitter.com/runaholt/status/1">March 4, 2024</a></blockquote>'
)


@pytest.mark.parametrize(
    ("markup", "signature"),
    [
        (TWEET, "— Runa Holt (@runaholt) March 4, 2024"),
        (f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">{TWEET}</div></figure>',
         "— Runa Holt (@runaholt) March 4, 2024"),
        ('<blockquote class="bluesky-embed"><p lang="en">It held for a year. I asked every spring.</p>&mdash; Runa Holt '
         '(<a href="https://bsky.app/profile/r">@runa.bsky.social</a>) <a href="/p">March 4, 2024 at 9:10 AM</a></blockquote>',
         "— Runa Holt (@runa.bsky.social) March 4, 2024 at 9:10 AM"),
        ('<blockquote class="instagram-media"><div><p><a href="/p">It held for a year. I asked every spring.</a></p>'
         '<p>A post shared by <a href="/r">Runa Holt</a> (@runaholt) on <time>Mar 4, 2024 at 9:10am PST</time></p></div>'
         "</blockquote>", "— Runa Holt (@runaholt) Mar 4, 2024 at 9:10am PST"),
    ],
)  # fmt: skip
def test_an_embedded_post_is_its_words_and_its_author(markup, signature):
    assert between(markup) == [f"It held for a year. I asked every spring.\n{signature}"]


def test_an_embedded_post_without_words_is_cut():
    empty = '<blockquote class="instagram-media"><a href="/p">View this post on Instagram</a><p>A post shared by Runa Holt (@runaholt)</p></blockquote>'
    assert between(empty) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<blockquote class="pullquote">“We asked for a new bearing every spring”</blockquote>',
        '<aside class="pull-quote"><p>We asked for a new bearing every spring</p></aside>',
        '<figure class="wp-block-pullquote"><blockquote><p>We asked for a new bearing every spring</p></blockquote></figure>',
    ],
)
def test_a_pull_quote_that_repeats_the_story_is_cut(markup):
    assert between(markup) == []


@pytest.mark.parametrize("tag", ["footer", "cite"])
def test_the_name_below_a_quotation_is_text(tag):
    words = "The bearing is as I found it, and I found it whole."
    assert between(f"<blockquote><p>{words}</p><{tag}>Osk Tellin, 1998</{tag}></blockquote>") == [
        words,
        "Osk Tellin, 1998",
    ]


def test_a_quotation_that_repeats_nothing_is_text():
    words = "The bearing is as I found it, and I found it whole."
    assert between(f"<blockquote><p>{words}</p></blockquote>") == [words]


@pytest.mark.parametrize(
    "markup",
    [
        '<figure><img src="/b.jpg"><figcaption>The bridge at noon</figcaption></figure>',
        '<div class="wp-caption"><img src="/b.jpg"><p class="wp-caption-text">The bridge at noon</p></div>',
        '<table class="tr-caption-container"><tr><td><img src="/b.jpg"></td></tr><tr><td class="tr-caption">The bridge at '
        "noon</td></tr></table>",
        '<figure><amp-img src="/b.jpg"></amp-img><figcaption>The bridge at noon</figcaption></figure>',
    ],
)
def test_a_caption_is_no_text_of_the_story(markup):
    parsed = read_html(page(markup))
    assert parsed.body.split("\n\n") == [FIRST, SECOND, THIRD, LAST]
    assert [image.caption for image in parsed.images] == ["The bridge at noon"]


def test_nothing_is_lost_and_what_was_cut_never_repeats_the_story():
    html = page(
        f"<p>{LINKED.replace('Friday', '<b>Friday</b>')}</p><div class='related'><a href='/a'>Quay opens</a></div>",
        before="<header><a href='/'>The Courier</a></header>",
        after="<footer><p>The Courier, Osterlund</p></footer>",
    )
    parsed = read_html(html)
    assert parsed.body.split("\n\n") == [FIRST, SECOND, LINKED, THIRD, LAST]
    assert sorted(parsed.removed) == ["Quay opens", "The Courier", "The Courier, Osterlund"]

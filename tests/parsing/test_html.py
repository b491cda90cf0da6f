"""HTML pages: metadata, visible text, and limits of time and nesting."""

import json
from datetime import date

import pytest

from articles.parsing import ParsedImage
from articles.parsing.html.metadata import read_metadata
from articles.parsing.html.page import MAX_HTML, PageError, parse_page, read_html
from articles.parsing.html.text_blocks import visible_blocks

TEXT = (
    "<p>The council voted on Tuesday night to close the only library in the town, after four hours.</p>"
    "<p>“We will appeal,” said Mara Quill, who leads the Friends of the Library, outside in the rain.</p>"
)


def page(head="", body=TEXT, heading="<h1>Council votes to close library</h1>"):
    head = f"<head><meta charset='utf-8'>{head}</head>"
    return f"<!DOCTYPE html><html>{head}<body><article>{heading}{body}</article></body></html>"


def json_ld(**story):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **story})}</script>'


def metadata_of(head, url=""):
    return read_metadata(parse_page(page(head))[0], url)


def test_the_time_of_publication_keeps_its_zone_and_the_time_of_change_is_nobodys():
    parsed = read_html(
        page(json_ld(datePublished="2024-03-12T23:30:00-05:00", dateModified="2024-03-14T08:00:00-05:00"))
    )
    assert parsed.published_at.isoformat() == "2024-03-12T23:30:00-05:00"
    assert parsed.published_on == date(2024, 3, 12)


def test_a_page_that_says_only_when_it_was_changed_has_no_date():
    head = json_ld(dateModified="2024-03-14") + '<meta property="article:modified_time" content="2024-03-14">'
    assert (
        read_html(page(head + "<meta property='og:updated_time' content='2024-03-14'>")).published_on is None
    )


def test_a_date_in_the_running_text_or_the_address_is_not_the_date_of_publication():
    body = TEXT + "<p>The library was opened on 3 May 1931 by the grandfather of the mayor.</p>"
    assert (
        read_html(page(body=body), url="https://gazette.example.org/2022/05/03/library").published_on is None
    )


def test_the_first_source_of_a_date_stands_and_one_that_differs_is_told():
    found = metadata_of(json_ld(datePublished="2024-03-12") + '<meta name="date" content="2019-01-01">')
    assert found.published.on == date(2024, 3, 12)
    assert "2019-01-01" in found.notes[0]


def test_a_source_that_knows_the_time_of_the_same_day_completes_one_that_does_not():
    found = metadata_of(
        json_ld(datePublished="2024-03-12T10:00:00")
        + '<meta property="article:published_time" content="2024-03-12T10:00:00Z">'
    )
    assert found.published.at.isoformat() == "2024-03-12T10:00:00+00:00"
    assert found.notes == ()


def test_authors_are_written_as_the_page_writes_them():
    names = ("Okafor, Ada", "Reyes, Tom")
    head = "".join(f'<meta name="citation_author" content="{name}">' for name in names)
    assert metadata_of(head).authors == ("Okafor, Ada", "Reyes, Tom")


def test_an_author_that_is_an_address_is_none():
    assert (
        metadata_of('<meta property="article:author" content="https://social.example.org/ada">').authors == ()
    )


def test_a_story_is_found_in_a_graph_and_other_things_there_are_not_it():
    graph = {
        "@graph": [
            {"@type": "WebSite", "headline": "No"},
            {"@type": ["ReportageNewsArticle"], "headline": "Yes"},
        ]
    }
    assert metadata_of(f'<script type="application/ld+json">{json.dumps(graph)}</script>').headline == "Yes"


@pytest.mark.parametrize(
    "broken",
    ["{", "[" * 200_000, "nothing", '"text"', "", '{"@type": "NewsArticle", "headline": 7}', "null;"],
)
def test_broken_json_ld_is_passed_over(broken):
    found = metadata_of(
        f'<script type="application/ld+json">{broken}</script><meta property="og:title" content="Rain">'
    )
    assert found.headline == "Rain"


def test_addresses_are_absolute_and_http_alone():
    head = '<link rel="canonical" href="/a"><meta property="og:url" content="javascript:alert(1)">'
    found = metadata_of(head, "https://gazette.example.org/b?c")
    assert (found.canonical_url, found.url) == (
        "https://gazette.example.org/a",
        "https://gazette.example.org/a",
    )
    assert metadata_of('<link rel="canonical" href="https://[::1">').canonical_url == ""


def test_section_topics_publication_and_language_are_read():
    head = json_ld(
        articleSection=["Courts", "Local"],
        keywords=["law", "cranes"],
        publisher={"name": "Selwyn Gazette"},
        inLanguage="en-gb",
    )
    found = metadata_of(head + '<meta property="article:tag" content="courts">')
    assert (found.section, found.publication, found.language) == ("Courts", "Selwyn Gazette", "en-GB")
    assert found.topics == ("law", "cranes", "courts")


def test_the_texts_own_language_stands_before_a_wrong_label():
    html = page().replace("<html>", '<html lang="pl">')
    assert read_html(html).language == "en"
    assert read_html(page().replace("<html>", '<html lang="en-IE">')).language == "en-IE"


def test_the_headline_is_the_one_shown_where_the_page_calls_itself_otherwise():
    assert read_html(
        page('<meta property="og:title" content="Council votes to close library - Gazette">')
    ).headline == ("Council votes to close library")
    assert read_html(page('<meta property="og:title" content="Quite another">')).headline == "Quite another"


def test_a_description_that_is_not_shown_is_no_standfirst():
    assert read_html(page('<meta name="description" content="Written for search engines.">')).standfirst == ""


def test_a_description_that_stands_above_the_byline_is_the_standfirst():
    head = '<meta name="description" content="Nine votes to eight, after four hours.">'
    body = f'<p>Nine votes to eight, after four hours.</p><div class="byline">By Ada Okafor</div>{TEXT}'
    parsed = read_html(page(head, body))
    assert parsed.standfirst == "Nine votes to eight, after four hours."
    assert parsed.body.startswith("The council voted")


@pytest.mark.parametrize(
    "words",
    [
        '<figcaption>The library <i class="credit">Lena Dorn</i></figcaption>',
        "<figcaption>The library (Photo: Lena Dorn)</figcaption>",
        "<figcaption>The library</figcaption><small>Photo: Lena Dorn</small>",
        "<figcaption><p>The library</p><p>Photo: Lena Dorn</p></figcaption>",
        '<figcaption><i class="sr-only">Image caption, </i>The library<br>Foto: Lena Dorn</figcaption>',
    ],
)
def test_caption_and_credit_of_a_figure_are_parted_however_they_are_marked(words):
    body = f'<figure><img src="/i.jpg">{words}</figure>{TEXT}'
    parsed = read_html(page(body=body), url="https://gazette.example.org/a")
    assert parsed.images == (ParsedImage("The library", "Lena Dorn", "https://gazette.example.org/i.jpg"),)
    assert parsed.body.startswith("The council voted")
    assert "Lena Dorn" not in parsed.body


def test_a_figure_inside_a_figure_and_one_without_words_add_nothing():
    body = (
        f'<figure><figure><img data-src="/a.jpg"><figcaption>The library</figcaption></figure></figure>{TEXT}'
    )
    assert len(read_html(page(body=f"{body}<figure><img src='/b.jpg'></figure>")).images) == 1


def test_everything_shown_stands_in_a_field_or_in_what_was_removed():
    html = page(
        body=f"<nav><a>Home</a></nav>{TEXT}<aside><h2>Most read</h2><p>Another story</p></aside><p>Share</p>"
    )
    parsed = read_html(html)
    fields = [parsed.headline, *parsed.body.split("\n\n"), *parsed.removed]
    for block in visible_blocks(parse_page(html)[0]):
        assert any(block.text in field for field in fields), block.text


def test_scripts_and_styles_are_never_text():
    parsed = read_html(
        page(body=TEXT + "<script>alert('x')</script><style>p {}</style><template>hidden</template>")
    )
    assert "alert" not in parsed.body + "".join(parsed.removed)
    assert "hidden" not in "".join(parsed.removed)


def test_a_line_break_inside_a_paragraph_stays_one_and_line_ends_of_the_source_are_blanks():
    parsed = read_html(
        page(body=TEXT.replace("close the", "close\n   the").replace("rain.", "rain.<br>She was wet."))
    )
    assert "to close the only library" in parsed.body
    assert "in the rain.\nShe was wet." in parsed.body


@pytest.mark.parametrize("html", ["", "   ", "\0", b""])
def test_what_is_no_page_is_refused(html):
    with pytest.raises(PageError, match="no page"):
        read_html(html)


def test_a_page_over_two_megabytes_is_refused_unread():
    with pytest.raises(PageError, match="2,097,152"):
        read_html("a" * (MAX_HTML + 1))


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ("<p>Łódź</p>".encode(), False),
        (b"\xef\xbb\xbf" + "<p>Łódź</p>".encode(), False),
        ("<p>Łódź</p>".encode("utf-16"), False),
        ("<meta charset='iso-8859-2'><p>Łódź</p>".encode("iso-8859-2"), False),
        ("<meta charset='no-such-thing'><p>Café</p>".encode("cp1252"), True),
        ("<meta charset='utf-8'><p>Café</p>".encode("cp1252"), True),
    ],
)
def test_letters_are_read_as_the_page_codes_them_and_a_guess_is_told(raw, note):
    tree, notes = parse_page(raw)
    assert tree.text_content().strip() in {"Łódź", "Café"}
    assert bool(notes) is note


def test_a_page_nested_a_hundred_thousand_deep_is_read():
    assert visible_blocks(parse_page("<div>" * 100_000 + "deep")[0]) is not None


def test_a_page_with_broken_characters_is_read():
    assert (
        read_html(page(body=TEXT + "<p>broken \ud800 character</p>")).headline
        == "Council votes to close library"
    )

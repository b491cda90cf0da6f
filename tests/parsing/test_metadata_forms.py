"""The forms in which real pages give their date, their authors and their language."""

from datetime import date

import pytest

from articles.parsing.html.json_ld import UNREADABLE, parse_json_ld
from articles.parsing.html.metadata import read_metadata
from articles.parsing.html.page import parse_page, read_html

DAY = date(2011, 9, 22)
STORY = '{"@type": "NewsArticle", "headline": "Rain", "datePublished": "2011-09-22", "author": %s}'
LIND = '{"@type": "Person", "name": "Edda Lind"}'
PROSE = (
    "<p>The ferry company of Marlow will sell its last paddle steamer, its board decided on Thursday.</p>"
    "<p>“She burns more coal in a day than my house in a winter,” said Oskar Brandt, who is her captain.</p>"
)


def page(head="", above=""):
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Rain</title>{head}</head>"
        f"<body><article><h1>Marlow sells its last steamer</h1>{above}{PROSE}</article></body></html>"
    )


def json_ld(text, kind="application/ld+json"):
    return f'<script type="{kind}">{text}</script>'


def metadata_of(head):
    return read_metadata(parse_page(page(head))[0])


@pytest.mark.parametrize(
    "name",
    [
        *("article:published_time", "article:published", "og:published_time", "pubdate", "pdate", "DC.date"),
        *("dcterms.created", "sailthru.date", "parsely-pub-date", "publish_date", "PublicationDate", "Date"),
        *("article_date_original", "cXenseParse:recs:publishtime", "DISPLAYDATE", "rnews:datePublished"),
        *("citation_publication_date", "DC.date.issued", "datePublished"),
    ],
)
def test_a_date_is_found_under_any_of_the_names_that_papers_use(name):
    for attribute in ("name", "property", "itemprop"):
        assert metadata_of(f'<meta {attribute}="{name}" content="2011-09-22">').published.on == DAY


@pytest.mark.parametrize(
    "value",
    [
        *(
            "20110922",
            "201109220815",
            "20110922081500",
            "20110922T0815Z",
            "2011-09-22T081500Z",
            "2011/9/22 8:15",
        ),
        *("Thu Sep 22 2011 08:15:00 GMT+0200 (CEST)", "Thu Sep 22 08:15:00 UTC 2011", "1316679300"),
        *("1316679300000", "1316679300.5", "/Date(1316679300000)/", "Thu, 22 Sep 11 08:15:00 GMT"),
        *("2011-09-22T08:15:00+02:00[Europe/Paris]", "2011-09-22T08:15:00EET", "22 septembre 2011 à 8h15"),
        *("Published: September 22, 2011, 8:15 am EST", "2011. szeptember 22., csütörtök", "22.9.2011"),
        *(
            "22 de setembro de 2011 às 8h",
            "den 22. september 2011 kl. 8.15",
            "22 сентября 2011 г.",
            "2011年9月22日",
        ),
    ],
)
def test_a_date_is_read_in_the_forms_of_programs_and_languages(value):
    assert metadata_of(f'<meta property="article:published_time" content="{value}">').published.on == DAY


@pytest.mark.parametrize(
    "placeholder",
    [
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "1969-12-31",
        "1900-01-01",
        "9999-12-31",
        "0000-00-00",
        "0",
    ],
)
def test_a_placeholder_never_takes_the_place_of_a_date(placeholder):
    head = (
        json_ld(STORY.replace("2011-09-22", placeholder) % "{}") + '<meta name="date" content="2011-09-22">'
    )
    assert metadata_of(head).published.on == DAY


def test_a_placeholder_alone_is_no_date_and_a_warning():
    found = metadata_of('<meta name="date" content="1970-01-01">')
    assert found.published is None
    assert "1970-01-01, which programs write for no date" in found.notes[0]


@pytest.mark.parametrize(
    "above",
    [
        '<time datetime="2011-09-22">two years ago</time>',
        "<time>September 22, 2011</time>",
        '<div>By Edda Lind <time title="2011-09-22T08:15">3h</time></div>',
        '<time class="updated" datetime="2011-09-25">Updated</time><time datetime="2011-09-22">Out</time>',
        "<time>Updated September 25, 2011</time><time>September 22, 2011</time>",
        "<span>Updated</span> <time>September 25, 2011</time><time>September 22, 2011</time>",
        '<abbr class="published" title="2011-09-22T08:15:00+0200">today</abbr>',
        '<relative-time datetime="2011-09-22T08:15:00Z">now</relative-time>',
        '<span itemprop="datePublished" content="2011-09-22">today</span>',
        '<span property="dc:date dc:created" content="2011-09-22T08:15">x</span>',
        "<p>By Edda Lind | Published 22 September 2011, 8:15 am IST</p>",
        "<p>NPA | Upper Selwyn | Updated: September 22, 2011 8:15 IST</p>",
        "<p>Posted by Edda Lind on September 22, 2011</p>",
        "<p>Edda Lind, Marlow Mail, 22 September 2011</p>",
        '<script>window.state = {"story": {"publishedAt": "2011-09-22T08:15:00Z"}}</script>',
    ],
)
def test_a_date_is_read_where_the_page_shows_it(above):
    assert read_html(page(above=above)).published_on == DAY


@pytest.mark.parametrize(
    "text",
    [
        "//<![CDATA[\n%s\n//]]>",
        "/*<![CDATA[*/%s/*]]>*/",
        "<!--\n%s;\n-->",
        "/* of the story */ %s;",
        '{"@type": "WebSite", "name": "Marlow Mail"}\n%s',
        '[{"@type": "NewsArticle", "headline": "Snow", "author": "Tom Reyes"}, %s,]',
        '{"@graph": [%s], "x": undefined}',
        '{"mainEntity": %s,}',
        '{"@type": "Article", "headline": "Council\nvotes", "mainEntity": %s};',
    ],
)
def test_json_ld_is_read_with_the_faults_of_real_pages(text):
    found = metadata_of(json_ld(text % (STORY % LIND), "Application/LD+JSON; charset=utf-8"))
    assert (found.published.on, found.authors, found.notes) == (DAY, ("Edda Lind",), ())


@pytest.mark.parametrize(
    ("fault", "repaired"), [("Rain", 'Ra"i"n'), ('"author"', '"author" "x"'), ('"@type"', "@type")]
)
def test_broken_json_ld_gives_its_date_and_a_warning(fault, repaired):
    found = metadata_of(json_ld((STORY % LIND).replace(fault, repaired)))
    assert (found.published.on, found.notes) == (DAY, (UNREADABLE,))


@pytest.mark.parametrize(
    ("author", "authors"),
    [('"Lind, Edda"', ("Lind, Edda",)), ('{"@type": "Organization", "name": "Marlow Mail"}', ()),
     ('[7, null, {"name": {"x": ["Edda"]}}]', ())],
)  # fmt: skip
def test_a_name_is_kept_as_written_and_what_is_none_is_left_out(author, authors):
    assert metadata_of(json_ld(STORY % author)).authors == authors


def test_an_address_in_a_string_of_json_ld_is_no_comment():
    assert parse_json_ld('{"url": "https://mail.example/a//b, ]",}') == (
        [{"url": "https://mail.example/a//b, ]"}],
        False,
    )


@pytest.mark.parametrize(
    "author",
    [
        '"Edda Lind and Tom Reyes"',
        '{"name": "By Edda Lind &amp; Tom Reyes"}',
        '{"@type": "Person", "name": ["Edda Lind", "Tom Reyes"]}',
        '{"@list": [{"name": {"@value": "Edda Lind"}}, {"givenName": "Tom", "familyName": "Reyes"}]}',
        '["Edda Lind", "<a href=/tom>Tom Reyes</a>", "https://social.example/tom", "tomreyes7", "admin"]',
        '"Edda Lind, Tom Reyes, Associated Press"',
        '[{"@type": ["Person"], "name": "Edda Lind"}, {"@type": "Organization", "name": "NPA"}, "Tom Reyes"]',
        '[7, null, {"@type": "NewsMediaOrganization", "name": "NPA"}, "Edda Lind", {"name": "Tom Reyes"}]',
    ],
)
def test_authors_of_json_ld_are_persons_by_name(author):
    assert metadata_of(json_ld(STORY % author)).authors == (
        "Edda Lind",
        "Tom Reyes",
    )


def test_authors_are_found_by_their_ids_also_in_another_script():
    people = (
        '[{"@type": ["Person", "Author"], "@id": "#1", "name": "Edda Lind"},'
        ' {"@id": "x/2", "name": "Tom Reyes"}]'
    )
    found = metadata_of(json_ld(STORY % '[{"@id": "#1"}, "x/2"]') + json_ld(people))
    assert found.authors == ("Edda Lind", "Tom Reyes")


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ('<meta name="author" content="Edda Lind"><meta name="author" content="Tom Reyes">', ""),
        ('<meta name="byl" content="By Edda Lind and Tom Reyes">', ""),
        ('<meta name="dc.creator" content="Edda Lind; Tom Reyes">', ""),
        ("", '<a rel="author" href="/e">Edda Lind</a> and <a rel="author" href="/t">Tom Reyes</a>'),
        ("", '<div itemprop="author"><b itemprop="name">Edda Lind</b><b itemprop="name">Tom Reyes</b></div>'),
        ('<meta name="author" content="Edda Lind">', '<p class="byline">By Edda Lind and Tom Reyes</p>'),
        ('<meta name="author" content="webmaster">', "<p>By Edda Lind, Sports Editor, and Tom Reyes</p>"),
        ('<meta name="author" content="marlow-mail.example">', "<p>Por Edda Lind y Tom Reyes</p>"),
    ],
)
def test_all_authors_are_taken_from_meta_elements_links_and_the_byline(head, above):
    assert read_html(page(head, above)).authors == ("Edda Lind", "Tom Reyes")


@pytest.mark.parametrize(
    ("head", "language"),
    [
        (json_ld('{"@type": "NewsArticle", "inLanguage": {"@type": "Language", "name": "English"}}'), "en"),
        ('<meta http-equiv="content-language" content="en-GB, en">', "en-GB"),
        ('<meta property="og:locale" content="en_IE">', "en-IE"),
    ],
)
def test_the_language_is_read_as_a_tag_or_as_a_name(head, language):
    html = page(head).replace(" lang='en'", "")
    assert read_metadata(parse_page(html)[0]).language == language


def test_a_trail_in_json_ld_gives_the_section():
    steps = [("Home", 1), ("Culture", 2), ("Marlow sells its last steamer", 3)]
    items = ", ".join(f'{{"position": {n}, "item": {{"name": "{name}"}}}}' for name, n in steps)
    trail = f'{{"@type": "BreadcrumbList", "itemListElement": [{items}]}}'
    assert metadata_of(json_ld(STORY % LIND) + json_ld(trail)).section == "Culture"

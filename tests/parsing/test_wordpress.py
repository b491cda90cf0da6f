"""WordPress exports: the versions and plug-ins of the format, who wrote a post, and damaged files."""

import io

import pytest

from articles.parsing.feeds.wordpress import is_wxr, read_wxr
from articles.parsing.parsed import Problem
from articles.parsing.source_item import SourceError

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Selwy Courier</title><language>en-GB</language>
<wp:author><wp:author_login>jw</wp:author_login>
<wp:author_display_name>Jonas Whitlock</wp:author_display_name>
</wp:author><wp:author><wp:author_login>desk</wp:author_login><wp:author_display_name>Desk</wp:author_display_name>
</wp:author><wp:author><wp:author_login>em</wp:author_login><wp:author_display_name>em</wp:author_display_name>
<wp:author_first_name>Edda</wp:author_first_name><wp:author_last_name>Marsh</wp:author_last_name></wp:author>
<wp:term><wp:term_taxonomy>author</wp:term_taxonomy><wp:term_slug>cap-opell</wp:term_slug>
<wp:term_name>opell</wp:term_name>
<wp:term_description>Osric Pell Osric Pell opell 12 o@selwy.example</wp:term_description></wp:term>
<item><title>Weir opens</title><link>https://courier.example/1</link><dc:creator>{creator}</dc:creator>
<content:encoded><![CDATA[The weir is open.]]></content:encoded>
<excerpt:encoded><![CDATA[In short.]]></excerpt:encoded><wp:post_id>1</wp:post_id>
<wp:post_date>2019-05-31 00:30:00</wp:post_date><wp:status>{status}</wp:status>
<wp:post_type>post</wp:post_type>
{more}</item></channel></rss>"""


def post(export=EXPORT, *, creator="jw", status="publish", more="", coding="utf-8"):
    text = export.replace("{creator}", creator).replace("{status}", status).replace("{more}", more)
    (found,) = read_wxr(io.BytesIO(text.encode(coding)))
    return found


def term(name, slug, domain="author"):
    return f'<category domain="{domain}" nicename="{slug}"><![CDATA[{name}]]></category>'


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "2.0"])
@pytest.mark.parametrize("scheme", ["http://", "https://", "https://www."])
@pytest.mark.parametrize("ending", ["/", ""])
def test_every_version_of_the_namespace_is_read(version, scheme, ending):
    export = EXPORT.replace(
        "http://wordpress.org/export/1.2/", f"{scheme}wordpress.org/export/{version}{ending}"
    )
    export = export.replace(f"{version}{ending}excerpt/", f"{version}/excerpt{ending}")
    export = export.replace(
        "http://purl.org/rss/1.0/modules/content/", f"{scheme}purl.org/rss/1.0/modules/content{ending}"
    )
    assert is_wxr(export.encode())
    found = post(export, status="draft")
    assert (found.row["body"], found.row["standfirst"]) == ("The weir is open.", "In short.")
    assert (found.row["byline"], found.status) == ("Jonas Whitlock", "draft")


def test_a_feed_of_a_wordpress_site_is_no_export():
    feed = EXPORT[: EXPORT.index("<wp:author>")].replace('xmlns:wp="http://wordpress.org/export/1.2/"', "")
    assert not is_wxr(feed.replace('xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"', "").encode())


@pytest.mark.parametrize(
    ("creator", "terms", "byline"),
    [
        ("jw", "", "Jonas Whitlock"),
        ("em", "", "Edda Marsh"),
        ("Tom Reyes", "", "Tom Reyes"),
        ("jw", term("opell", "cap-opell"), "Osric Pell"),
        ("jw", term("Ada Okafor", "cap-ada") + term("jw", "cap-jw"), "Ada Okafor, Jonas Whitlock"),
        ("jw", term("Ada Okafor", "ada", "byline"), "Ada Okafor"),
    ],
)
def test_the_byline_has_those_who_wrote_the_post(creator, terms, byline):
    assert post(creator=creator, more=terms).row["byline"] == byline


@pytest.mark.parametrize("login", ["desk", "admin", "j.whitlock@courier.example"])
def test_a_login_is_no_byline_and_is_reported(login):
    found = post(creator=login).row
    assert found["byline"] == ""
    assert found["login"] == Problem(
        "byline", login, "is the name of an account and was not taken as the byline"
    )


def test_entities_and_characters_that_xml_does_not_know_do_not_end_the_export():
    export = EXPORT.replace("<title>Weir opens", "<title>Weir&nbsp;opens &eacute;\x0b")
    assert post("\n" + export).row["headline"] == "Weir opens é\ufffd"


@pytest.mark.parametrize(
    ("coding", "label"), [("utf-8", "iso-8859-1"), ("cp1252", "iso-8859-1"), ("cp1252", "UTF-8")]
)
def test_letters_are_read_whatever_the_declaration_says(coding, label):
    export = EXPORT.replace("UTF-8", label).replace(
        "The weir", "“The wëir”, said Pell and all of the farmers,"
    )
    row = post(export, coding=coding).row
    assert row["body"].startswith("“The wëir”")
    assert ("note 0" in row) == ((coding, label) == ("cp1252", "UTF-8"))


@pytest.mark.parametrize("status", ["draft", "pending", "private", "future", "someday"])
def test_what_the_site_withholds_is_a_draft(status):
    assert post(status=status).status == "draft"


@pytest.mark.parametrize("status", ["trash", "auto-draft", "inherit"])
def test_what_the_site_has_thrown_away_is_left_out(status):
    assert post(status=status).status == "leave"


@pytest.mark.parametrize(
    "kind", ["nav_menu_item", "attachment", "revision", "wp_block", "custom_css", "product"]
)
def test_what_is_no_article_is_left_out_with_its_kind(kind):
    found = post(EXPORT.replace("<wp:post_type>post", f"<wp:post_type>{kind}"))
    assert (found.status, found.reason) == ("leave", f"is left out: a {kind} is not an article")


def test_an_entity_of_the_file_opens_nothing_and_does_not_grow():
    bomb = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&c;&c;"><!ENTITY c "haha">]>'
    raw = EXPORT.replace("<rss", f"{bomb}<rss", 1).replace("<title>Weir", "<title>&a; &b; Weir")
    assert post(raw).row["headline"] == "&a; &b; Weir opens"


def test_an_export_that_is_cut_off_is_an_error_after_its_whole_posts():
    raw = EXPORT.replace("</item>", "</item><item><title>Mill burns</title>").encode()
    posts = read_wxr(io.BytesIO(raw))
    next(posts)
    with pytest.raises(SourceError, match="no whole WordPress export"):
        next(posts)

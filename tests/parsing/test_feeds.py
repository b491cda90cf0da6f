"""RSS, Atom and JSON feeds in the forms in which other systems write them."""

import json

import pytest

from articles.parsing import json_source, xml_source
from articles.parsing.feeds.json_feed import read_json_feed
from articles.parsing.feeds.syndication import ONLY_CHANGED, SUMMARY_ONLY, read_feed
from articles.parsing.parsed import Problem
from articles.parsing.source_item import SourceError
from articles.parsing.tabular.rows import read_row
from tests.parsing.test_linear import steps

RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
    "<channel><title>Selwy Courier</title><link>https://courier.example/</link><language>en_GB</language>"
    "<item>{}</item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://courier.example/news/" xml:lang="en">'
    "<title>Selwy Courier</title><author><name>Edda Marsh</name></author><entry>{}</entry></feed>"
)
XHTML = "xmlns='http://www.w3.org/1999/xhtml'"
ITEM = "<title>Weir opens</title><guid isPermaLink='false'>c-1</guid><description>In short.</description>"


def row(feed, item="", coding="utf-8"):
    (found,) = read_feed(feed.replace("{}", item).encode(coding))
    return found.row


@pytest.mark.parametrize(
    "found",
    [
        row(RSS, "<title>Weir</title><content:encoded><![CDATA[<p>It cost <del>four</del> five.</p>]]>"
                 "</content:encoded>"),
        next(iter(read_json_feed(json.dumps({
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "title": "Weir", "content_html": "<p>It cost <del>four</del> five.</p>"}],
        }).encode()))).row,
    ],
)  # fmt: skip
def test_what_is_cut_from_a_body_is_listed_as_of_a_page(found):
    parsed = read_row(found)
    assert (parsed.body, parsed.removed) == ("It cost five.", ("four",))


class TestNamespaces:
    @pytest.mark.parametrize(
        "namespace",
        [
            "http://purl.org/rss/1.0/modules/content/", "https://purl.org/rss/1.0/modules/content",
            "HTTP://PURL.ORG/RSS/1.0/modules/content/",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("prefix", ["content", "c"])
    def test_the_content_is_known_whatever_its_prefix_and_scheme(self, namespace, prefix):
        feed = RSS.replace("http://purl.org/rss/1.0/modules/content/", namespace).replace(
            ":content=", f":{prefix}="
        )
        found = row(feed, ITEM + f"<{prefix}:encoded>&lt;p&gt;The weir is open.&lt;/p&gt;</{prefix}:encoded>")
        assert (found["body"], found["standfirst"]) == ("The weir is open.", "In short.")

    def test_a_namespace_that_was_never_declared_is_known_by_its_prefix(self):
        feed = RSS.replace('xmlns:content="http://purl.org/rss/1.0/modules/content/"', "")
        assert (
            row(feed, ITEM + "<content:encoded>The weir is open.</content:encoded>")["body"]
            == "The weir is open."
        )

    def test_atom_with_a_prefix_is_atom(self):
        feed = (
            '<a:feed xmlns:a="https://www.w3.org/2005/Atom/"><a:title>Selwy Courier</a:title><a:entry>'
            "<a:title>Weir opens</a:title><a:id>1</a:id>"
            '<a:content type="html">&lt;p&gt;Open.&lt;/p&gt;</a:content>'
            "</a:entry></a:feed>"
        )
        assert (row(feed)["headline"], row(feed)["body"]) == ("Weir opens", "Open.")

    def test_rss_1_has_its_items_beside_its_channel(self):
        feed = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://courier.example/">'
            "<title>Selwy Courier</title></channel><item rdf:about='https://courier.example/1'>"
            "<title>Weir opens</title><link>https://courier.example/1</link><description>Open.</description>"
            "<dc:date>2019-05-30T23:30:00-05:00</dc:date><dc:creator>Edda Marsh</dc:creator></item></rdf:RDF>"
        )
        found = row(feed)
        assert (found["publication"], found["byline"]) == ("Selwy Courier", "Edda Marsh")
        assert found["published_at"] == "2019-05-30T23:30:00-05:00"

    def test_atom_of_2003_has_its_dates_and_modes(self):
        feed = (
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title mode="escaped">Selwy Courier</title>'
            "<entry><title>Weir opens</title><id>1</id><issued>2003-05-30T10:00:00Z</issued>"
            "<modified>2003-06-01T10:00:00Z</modified>"
            '<content type="text/html" mode="escaped">&lt;p&gt;Open.&lt;/p&gt;</content></entry></feed>'
        )
        assert (row(feed)["published_at"], row(feed)["body"]) == ("2003-05-30T10:00:00Z", "Open.")


class TestTexts:
    def test_a_title_of_rss_loses_html_but_no_other_brackets(self):
        for title, headline in (
            ("Weir &lt;b&gt;opens&lt;/b&gt; &amp;amp; closes", "Weir opens & closes"),
            ("Who wrote &lt;only&gt; and B&amp;Q", "Who wrote <only> and B&Q"),
            ("<![CDATA[Weir <i>opens</i>]]>", "Weir opens"),
            ("Weir opens at 5&nbsp;pm &mdash; AT&T says", "Weir opens at 5 pm — AT&T says"),
        ):
            assert row(RSS, ITEM.replace("Weir opens", title))["headline"] == headline

    def test_each_type_of_an_atom_text_is_read_as_it_says(self):
        for kind, title in (
            ("", "How &lt;b&gt; met B&amp;Q"), ("type='text'", "How &lt;b&gt; met B&amp;Q"),
            ("type='html'", "How &amp;lt;b&amp;gt; met B&amp;amp;Q"),
            ("type='xhtml'", f"<div {XHTML}>How &lt;b&gt; <em>met</em> B&amp;Q</div>"),
        ):  # fmt: skip
            found = row(
                ATOM, f"<title {kind}>{title}</title><id>1</id><content>If x &lt; y, open it.</content>"
            )
            assert (found["headline"], found["body"]) == ("How <b> met B&Q", "If x < y, open it.")

    def test_the_captions_of_media_are_no_body(self):
        media = (
            '<media:content url="https://courier.example/w.jpg" medium="image">'
            "<media:description>The weir at noon, with more words than the text.</media:description>"
            "<media:credit>Lena Dorn</media:credit></media:content>"
        )
        found = row(RSS, ITEM + media)
        assert found["body"] == "In short."
        (image,) = found["images"]
        assert (image["credit"], image["url"]) == ("Lena Dorn", "https://courier.example/w.jpg")

    def test_a_summary_that_only_repeats_the_beginning_is_no_standfirst(self):
        text = "<content:encoded>In short the weir is open.</content:encoded>"
        assert "standfirst" not in row(RSS, ITEM.replace("In short.", "In short […]") + text)

    def test_a_summary_alone_is_the_text_and_marked(self):
        assert row(RSS, ITEM + "<content:encoded></content:encoded>")[SUMMARY_ONLY] is True


class TestFacts:
    def test_only_the_time_of_a_change_is_taken_with_a_warning(self):
        found = row(ATOM, "<title>Weir opens</title><id>1</id><updated>2019-05-30T10:00:00Z</updated>")
        assert found["published_at"] == "2019-05-30T10:00:00Z"
        assert found["note date"] == Problem("", "", ONLY_CHANGED)
        both = row(ATOM, "<title>W</title><published>2019-05-29</published><updated>2019-05-30</updated>")
        assert (both["published_at"], "note date" in both) == ("2019-05-29", False)

    def test_a_date_that_is_none_never_hides_a_good_one(self):
        for bad in ("1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "soon"):
            good = "<updated>2019-05-30T10:00:00Z</updated>"
            found = row(ATOM, f"<title>W</title><published>{bad}</published>{good}")
            assert found["published_at"] == "2019-05-30T10:00:00Z"

    def test_a_year_of_two_figures_gets_its_century(self):
        for year, printed in (("19", "2019"), ("98", "1998")):
            found = row(RSS, ITEM + f"<pubDate>Thu, 30 May {year} 9:05</pubDate>")
            assert found["published_at"] == f"Thu, 30 May {printed} 9:05"

    def test_the_comments_and_templates_of_a_blogger_export_are_left_out(self):
        scheme = "scheme='http://schemas.google.com/g/2005#kind'"
        for kind, status in (("post", "publish"), ("comment", "leave"), ("template", "leave")):
            term = f"<category {scheme} term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
            (found,) = read_feed(ATOM.replace("{}", f"<title>W</title>{term}").encode())
            assert (found.status, found.row["topics"]) == (status, [])

    def test_an_entry_without_authors_has_those_of_its_feed(self):
        assert row(ATOM, "<title>W</title><id>1</id>")["byline"] == "Edda Marsh"
        names = "".join(f"<author><name>{name}</name></author>" for name in ("Ada Okafor", "Pell, Osric"))
        assert row(ATOM, f"<title>W</title>{names}")["authors"] == ["Ada Okafor", "Pell, Osric"]

    def test_an_address_is_not_part_of_an_authors_name(self):
        for author, byline in (("e@courier.example (Edda Marsh)", "Edda Marsh"), ("e@courier.example", "")):
            assert row(RSS, ITEM + f"<author>{author}</author>")["byline"] == byline

    def test_the_link_is_the_entrys_own(self):
        links = (
            '<link rel="enclosure" href="https://courier.example/a.mp3"/><link rel="self" href="https://x.example/"/>'
            '<link rel="alternate" href="2019/weir.html"/>'
        )
        assert (
            row(ATOM, f"<title>W</title>{links}")["source_url"]
            == "https://courier.example/news/2019/weir.html"
        )

    def test_a_guid_is_a_link_unless_it_says_that_it_is_none(self):
        for guid, link in (("<guid>", "https://courier.example/1"), ('<guid isPermaLink="false">', "")):
            item = f"<title>W</title>{guid}https://courier.example/1</guid>"
            found = row(RSS, item)
            assert (found["source_url"], found["external_id"]) == (link, "https://courier.example/1")

    def test_the_language_is_that_of_the_entry_else_of_the_feed(self):
        assert row(RSS, ITEM)["language"] == "en-GB"
        assert row(ATOM, "<title xml:lang='de'>W</title>")["language"] == "en"
        assert row(ATOM.replace("<entry>", "<entry xml:lang='de'>"), "<title>W</title>")["language"] == "de"


class TestFaults:
    @pytest.mark.parametrize("before", ["\n\n", "\ufeff", "\ufeff \r\n"])
    def test_blanks_before_the_declaration_do_no_harm(self, before):
        feed = f'{before}<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]>{RSS}'
        assert row(feed, ITEM)["headline"] == "Weir opens"

    @pytest.mark.parametrize("coding", ["utf-8", "utf-16", "utf-16-le", "cp1252"])
    def test_the_letters_are_read_whatever_the_declaration_says(self, coding):
        feed = f'<?xml version="1.0" encoding="iso-8859-1"?>{RSS}'
        assert row(feed, ITEM.replace("Weir", "“Wëir”"), coding)["headline"] == "“Wëir” opens"

    def test_characters_that_xml_forbids_are_shown(self):
        assert (
            row(RSS, ITEM.replace("Weir", "W\x0beir&#146;s&#x1;"))["headline"] == "W\ufffdeir’s\ufffd opens"
        )

    def test_a_feed_that_is_cut_off_gives_its_whole_entries_and_an_error(self):
        items = read_feed(RSS.replace("<item>{}", f"<item>{ITEM}</item><item>{ITEM[:40]}").encode()[:-30])
        assert next(items).row["headline"] == "Weir opens"
        with pytest.raises(SourceError, match="is not whole"):
            next(items)

    @pytest.mark.parametrize("raw", [b"/etc/passwd", b"<urlset/>", b"<html><item>x</item></html>", b""])
    def test_what_is_no_feed_is_refused(self, raw):
        with pytest.raises(SourceError, match="no RSS or Atom feed"):
            list(read_feed(raw))

    def test_the_cost_of_pictures_without_a_caption_grows_with_their_number_only(self):
        def cost(number):
            return steps(lambda: row(RSS, ITEM + "<media:content/>" * number))

        assert cost(800) <= 5 * cost(200)

    @pytest.mark.parametrize(
        ("before", "inside"), [("<?a?>" * 9_000, ""), ("<!---->" * 9_000, ""), ("", "<![CDATA[" * 300_000)]
    )
    def test_very_many_comments_or_beginnings_are_read_in_one_pass(self, before, inside):
        """Searching or copying the rest for each of them would take minutes."""
        feed = before + RSS.replace("{}", f"{ITEM}<media:text>{inside or 'x' * 3_000_000}")
        with pytest.raises(SourceError, match="is not whole"):
            list(read_feed(feed.encode()))

    def test_a_feed_with_too_many_elements_gives_the_entries_before_and_an_error(self, monkeypatch):
        monkeypatch.setattr(xml_source, "MOST_ELEMENTS", 1_000)
        items = read_feed(RSS.replace("{}", f"{ITEM}</item>{'<x/>' * 50_000}<item>").encode())
        assert next(items).row["headline"] == "Weir opens"
        with pytest.raises(SourceError, match="more than 1,000 elements"):
            next(items)


class TestJsonFeed:
    FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "Selwy Courier", "language": "en"}
    ITEM = {
        "id": "c-1", "url": "https://courier.example/1", "title": "Weir opens", "summary": "In short.",
        "content_html": "<p>The weir &amp; the mill.</p>", "date_published": "2019-05-30T23:30:00-05:00",
        "authors": [{"name": "Edda Marsh"}], "tags": ["Floods"],
    }  # fmt: skip

    def test_an_item_is_a_row(self):
        (item,) = read_json_feed(json.dumps(self.FEED | {"items": [self.ITEM, 5]}).encode())
        assert item.row["body"] == "The weir & the mill."
        assert (item.row["byline"], item.row["standfirst"]) == ("Edda Marsh", "In short.")
        assert (item.row["publication"], item.row["topics"]) == ("Selwy Courier", ["Floods"])

    @pytest.mark.parametrize(
        "raw", [b'{"version": "https://jsonfeed.org/version/1", "items": [', b"{}", b"[]"]
    )
    def test_what_is_broken_is_refused(self, raw):
        with pytest.raises(SourceError):
            list(read_json_feed(raw))

    def test_too_many_objects_are_refused_before_they_are_made(self, monkeypatch):
        monkeypatch.setattr(json_source, "MOST_OBJECTS", 10)
        with pytest.raises(SourceError, match="more than 10 objects"):
            list(read_json_feed(json.dumps(self.FEED | {"items": [{}] * 10}).encode()))

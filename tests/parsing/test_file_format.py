"""The format of a file is what it contains, whatever it is called."""

import pytest

from articles.parsing.file_format import detect_format, what_it_is
from tests.parsing.documents import docx, pdf
from tests.parsing.test_agency import FIRST, NITF, item
from tests.parsing.test_wordpress import EXPORT

RSS = b"<rss version='2.0'><channel/></rss>"
MAIL = b"From: a@b.example\r\nSubject: Weir\r\nMessage-ID: <1@b.example>\r\n\r\nText"


@pytest.mark.parametrize("suffix", ["", ".xml", ".txt", ".json", ".html"])
@pytest.mark.parametrize(
    ("raw", "format"),
    [
        (RSS, "feed"),
        (b"\xef\xbb\xbf\n<?xml?><!-- a --><a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", "feed"),
        ("<?xml version='1.0'?><rss/>".encode("utf-16"), "feed"),
        ("<?xml version='1.0'?><rss/>".encode("utf-16-le"), "feed"),
        (b"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'/>",
         "feed"),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": []}', "feed"),
        (EXPORT.encode(), "wxr"), (EXPORT.replace("http://wordpress", "https://wordpress").encode(), "wxr"),
        (NITF.encode(), "nitf"), (item().encode(), "newsml"),
        (b"<m:newsMessage xmlns:m='http://iptc.org/std/nar/2006-10-01/'/>", "newsml"),
        (str(FIRST).replace("'", '"').encode(), "ninjs"), (b'[\n {"uri": "x", "headlines": []}]', "ninjs"),
        (b'{"headline": "Weir", "body": "Open.", "uri": "x", "pubstatus": "usable"}', "jsonl"),
        (b"<!DOCTYPE html><p>Weir", "page"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "page"),
        (MAIL, "eml"), (docx(""), "docx"), (pdf([[]]), "pdf"),
        (b"<?xml version='1.0'?><urlset/>", "unknown"), (b"<NewsML><NewsItem/></NewsML>", "unknown"),
        (b"<?xml version='1.0'?><article><front/></article>", "unknown"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_content(raw, format, suffix):
    assert detect_format(suffix, raw) == format


@pytest.mark.parametrize(
    ("suffix", "raw", "format"),
    [
        (".csv", b"headline,body\n", "csv"), ("", b"a;b;c\n1;2;3\n", "csv"), (".txt", b"a;b;c\n", "text"),
        (".md", b"<p align=center>\nWeir", "text"), (".txt", b"[Corrected] Weir opens", "text"),
        (".html", b"<font>Weir", "page"), (".rss", b"/etc/passwd", "feed"), (".xml", b"plain", "unknown"),
        (".pdf", b"plain", "unknown"), (".docx", b"plain", "unknown"), (".eml", b"plain", "unknown"),
        (".txt", b"From: Edda\nThe weir is open", "text"),
        (".txt", b"\x89PNG\0", "text"), ("", b"\x89PNG\0", "unknown"),
        ("", b"sep=;\nheadline;body\n", "csv"), (".json", b'{"headline": ', "jsonl"),
    ],
)  # fmt: skip
def test_the_name_decides_only_between_tables_texts_and_pages(suffix, raw, format):
    assert detect_format(suffix, raw) == format


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"<?xml version='1.0'?><urlset/>", "an XML file with the root element «urlset»: a sitemap"),
        (b"<x:y xmlns:x='u'/>", "an XML file with the root element «y»"), (b"\x89PNG", "a picture"),
    ],
)  # fmt: skip
def test_an_unknown_file_is_named(raw, said):
    assert what_it_is(raw) == said

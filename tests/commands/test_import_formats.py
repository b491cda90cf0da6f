"""import_articles from feeds, WordPress exports, pages and folders; and what is none of these."""

from pathlib import Path

from django.test import TestCase

from articles.models import Article
from articles.operations.integrity import faults
from tests.commands.test_import_tables import Tables

RSS = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY inside SYSTEM "file:///etc/hostname">]>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Selwy Courier</title><language>en</language>
<item><title>Weir opens &amp;amp; closes</title><link>https://courier.example/1</link><guid>c-1</guid>
<pubDate>Thu, 30 May 2019 23:30:00 -0500</pubDate><dc:creator>Jonas Whitlock</dc:creator>
<category>Floods</category><description>In short.</description>
<content:encoded><![CDATA[<p>“We had the cows out,” said Osric Pell.</p>
<p>The rest followed.</p>]]></content:encoded>
</item>
<item><title>Mill burns</title><link>https://courier.example/2</link><guid>c-2</guid>
<pubDate>03/04/2019</pubDate><description>It burnt&inside; down.</description></item>
</channel></rss>"""
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Selwy Courier</title><language>en-GB</language>
<wp:author><wp:author_login>jw</wp:author_login>
<wp:author_display_name>Jonas Whitlock</wp:author_display_name></wp:author>
{items}
</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://courier.example/?p={pk}</link><dc:creator>jw</dc:creator>
<content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[Farmers had forty minutes.]]></excerpt:encoded>
<wp:post_id>{pk}</wp:post_id><wp:post_date>2019-05-31 00:30:00</wp:post_date>
<wp:post_date_gmt>2019-05-30 23:30:00</wp:post_date_gmt><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type>
<category domain="category" nicename="local">Local</category>
<category domain="post_tag">Floods</category></item>"""
BODY = """“We had the cows out,” said Osric Pell.

[caption id="a"]<img src="https://courier.example/weir.jpg" /> The weir at noon.[/caption]

He [the miller] followed.[gallery ids="1"]"""


def posts(*items):
    made = [ITEM.format(title=t, pk=pk, status=s, kind=k, body=BODY) for pk, t, s, k in items]
    return WXR.replace("{items}", "\n".join(made))


class DoorTests(Tables, TestCase):
    def test_a_feed_comes_in_with_the_papers_own_day_and_opens_no_file(self):
        path = self.write("news.rss", RSS)
        counts, code, said = self.run_import(path, "--publish")
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (2, 0, 0))
        self.assertIn("can be 2019-03-04 or 2019-04-03; imported without this value", said)
        self.assertIsNone(Article.objects.get(headline="Mill burns").published_on)
        article = Article.objects.get(external_id="c-1")
        self.assertEqual((article.headline, article.external_id), ("Weir opens & closes", "c-1"))
        self.assertEqual(article.body, "“We had the cows out,” said Osric Pell.\n\nThe rest followed.")
        self.assertEqual(str(article.published_on), "2019-05-30")
        self.assertEqual(article.published_at.isoformat(), "2019-05-31T04:30:00+00:00")
        self.assertEqual((article.standfirst, article.publication.name), ("In short.", "Selwy Courier"))
        hostname = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else "none"
        self.assertNotIn(hostname, Article.objects.get(headline="Mill burns").body)
        self.assertEqual(list(faults()), [])

    def test_a_wordpress_export_gives_its_posts_and_what_was_no_post_stays_out(self):
        path = self.write(
            "export.xml",
            posts(
                (1, "Weir opens", "publish", "post"),
                (3, "Old news", "trash", "post"), (4, "weir.jpg", "inherit", "attachment"),
            ),
        )  # fmt: skip
        counts, code, _ = self.run_import(path, "--publish")
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (1, 0, 0))
        article = Article.objects.get(external_id="1")
        self.assertEqual((article.status, article.section.name), ("usable", "Local"))
        self.assertEqual(
            (article.byline, article.standfirst), ("Jonas Whitlock", "Farmers had forty minutes.")
        )
        self.assertEqual(article.body, "“We had the cows out,” said Osric Pell.\n\nHe [the miller] followed.")
        self.assertEqual(article.images.get().caption, "The weir at noon.")
        self.assertEqual(str(article.published_on), "2019-05-31")
        self.assertEqual([topic.name for topic in article.topics.all()], ["Floods"])
        self.assertFalse(Article.objects.filter(external_id__in=["3", "4"]).exists())
        self.assertEqual(list(faults()), [])

    def test_a_draft_of_the_source_stays_a_draft_whatever_is_published(self):
        path = self.write("export.xml", posts((2, "Mill burns", "draft", "post")))
        self.run_import(path, "--publish", "--accept-quotes", "0")
        article = Article.objects.get()
        self.assertEqual(article.status, "draft")
        self.assertFalse(article.quotes.filter(first_public_at__isnull=False).exists())

    def test_a_folder_of_pages_comes_in_page_by_page(self):
        for place, headline in (("a.html", "Weir opens"), ("deep/b.htm", "Mill burns")):
            path = self.folder / "site" / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"<html><body><h1>{headline}</h1>" + f"<p>{headline} on Friday, he said.</p>" * 5)
        (self.folder / "site" / "c.html").write_text("")
        (self.folder / "site" / "frame.php").write_text("<html><body><p>An advertisement.</p>")
        (self.folder / "site" / "weir.png").write_bytes(b"\x89PNG\0")
        counts, code, _ = self.run_import(self.folder / "site", "--publication", "Selwy Courier")
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (2, 1, 1))
        self.assertEqual(
            set(Article.objects.values_list("headline", flat=True)), {"Weir opens", "Mill burns"}
        )
        weir = Article.objects.get(headline="Weir opens")
        self.assertEqual(weir.publication.name, "Selwy Courier")
        self.assertTrue(weir.raw_documents.get().origin.endswith("/site/a.html"))
        again, _, _ = self.run_import(self.folder / "site", "--publication", "Selwy Courier")
        self.assertEqual((again["rows_added"], again["rows_present"]), (0, 2))

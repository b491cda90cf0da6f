"""The name of the archive is a setting."""

from django.test import TestCase, override_settings
from django.urls import reverse

from tests.factories import make_article


@override_settings(ARCHIVE_NAME="Harbour Library")
class ArchiveNameTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_article(headline="The dam holds")

    def test_it_is_in_titles_of_pages(self):
        for name in ("home", "search", "about"):
            with self.subTest(name):
                page = self.client.get(reverse(f"articles:{name}")).content.decode()
                self.assertRegex(page, "<title>[^<]*Harbour Library")

    def test_it_is_in_titles_of_feeds_and_in_the_citation_of_a_search(self):
        search = reverse("articles:search")
        self.assertContains(self.client.get(search, {"format": "atom"}), "Harbour Library")
        self.assertContains(
            self.client.get(reverse("articles:search-cite"), {"q": "dam"}), "Harbour Library ("
        )

    def test_error_pages_have_it_too(self):
        self.assertContains(self.client.get("/nothing/"), "Harbour Library", status_code=404)

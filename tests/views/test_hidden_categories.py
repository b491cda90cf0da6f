"""Publications, sections and topics of nothing public: no search reveals that they exist."""

import datetime as dt
import re

from django.test import TransactionTestCase
from django.utils import timezone

from articles.models import Article, OldAddress, Publication
from tests.factories import make_article, make_publication, make_section, make_topic
from tests.views.hidden import moment

KINDS = ("publication", "section", "topic")
MAKE = {"publication": make_publication, "section": make_section, "topic": make_topic}


def of(kind, name):
    """The fields of an article of this category."""
    made = MAKE[kind](name)
    return {"topics": (made,)} if kind == "topic" else {kind: made}


class HiddenCategoryTests(TransactionTestCase):
    def setUp(self):
        self.public = make_article(headline="The flood in public")
        tomorrow = timezone.now() + dt.timedelta(days=1)
        ways = {"draft": {"status": "draft"}, "embargoed": {"visible_from": tomorrow}}
        self.hidden = [
            (kind, make_article(headline="The flood", **of(kind, f"Halcyon {way} {kind}"), **fields), way)
            for way, fields in ways.items()
            for kind in KINDS
        ]

    def words_of(self, name, query):
        """The page without what was asked for and without moments."""
        page = self.client.get("/search/", query, follow=True).content.decode().lower()
        slug = name.lower().replace(" ", "-")
        for asked in (slug, slug.replace("-", "+"), slug.replace("-", "%20"), name.lower()):
            page = page.replace(asked, "asked")
        return re.sub(r"20\d\d-\d\d-[\w.%:-]+|request [0-9a-f]+", "", page)

    def test_a_hidden_category_is_as_unknown_as_one_that_does_not_exist(self):
        as_of = moment()
        for kind, _, way in self.hidden:
            hidden, unknown = f"Halcyon {way} {kind}", f"Nothing {way} {kind}"
            for ask in (
                lambda name, kind=kind: {kind: name.lower().replace(" ", "-")},
                lambda name, kind=kind: {kind: name.lower(), "q": "flood"},
                lambda name, kind=kind: {"q": f'{kind}:"{name}"'},
                lambda name, kind=kind: {"q": f"flood {kind}:{name.lower().replace(' ', '-')}"},
                lambda name, kind=kind: {"q": f'{kind}:"{name}"', "as_of": as_of},
            ):
                with self.subTest(ask(hidden)):
                    self.assertEqual(self.words_of(hidden, ask(hidden)), self.words_of(unknown, ask(unknown)))

    def test_it_is_known_once_an_article_of_it_is_public(self):
        for kind, article, way in self.hidden:
            Article.objects.filter(pk=article.pk).update(status="usable", visible_from=timezone.now())
            found = self.client.get("/search/", {"q": f'{kind}:"Halcyon {way} {kind}"'})
            self.assertEqual(found.context["page"].answer.count, 1)

    def test_its_former_link_does_not_tell_its_name(self):
        paper = Publication.objects.get(slug="halcyon-draft-publication")
        OldAddress.objects.create(
            kind="publication", address="codename", target="publication", target_id=paper.pk
        )
        self.assertEqual(self.client.get("/publications/codename/").status_code, 404)
        self.assertNotContains(
            self.client.get("/search/", {"publication": "codename"}, follow=True), "alcyon"
        )

    def test_a_search_of_the_past_knows_a_publication_that_has_lost_its_articles(self):
        former, as_of = self.public.publication, moment()
        Article.objects.filter(pk=self.public.pk).update(publication=make_publication("Thane Herald"))
        asked = {"q": f'publication:"{former.name}"'}
        self.assertEqual(self.client.get("/search/", asked).context["page"].answer.count, 0)
        past = self.client.get("/search/", {**asked, "as_of": as_of})
        self.assertEqual(past.context["page"].answer.count, 1)

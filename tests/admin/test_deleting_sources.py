"""Sources and unused publications can be deleted; what articles came from stays recorded."""

from django.test import TestCase
from django.urls import reverse
from pghistory.models import Event

from articles.ingest.advisory_locks import only_one
from articles.ingest.unused_publications import REFERRING
from articles.models import Article, Deed, Publication, PublicationProfile, Source, SourceState
from articles.models.old_addresses import redirect_former_slug
from articles.revisions.undo import recent_changes
from articles.sources import fetch_source
from articles.sources.actions import lock_of
from tests.admin.desk import fields_of, log_in, make_user, post_confirmed
from tests.admin.test_sources import SourceCase, page_of
from tests.factories import make_article, make_publication, make_source
from tests.sources.feeds import FEED, Web


class DeletingTests(SourceCase):
    def setUp(self):
        super().setUp()
        self.source = make_source(url=FEED)
        self.publication = self.source.publication
        self.url = page_of(self.source)

    def fetched(self):
        return fetch_source(self.source, web=Web()).batch

    def delete(self, **also):
        page = self.client.post(self.url, {"do": "delete"})
        self.assertContains(page, "Delete the source Courier news?")
        fields = {"do": "delete", "sure": fields_of(page.content.decode(), "confirm")["sure"], **also}
        return self.client.post(self.url, fields, follow=True)

    def test_it_asks_first_and_says_what_stays(self):
        self.fetched()
        page = self.client.post(self.url, {"do": "delete"})
        self.assertContains(page, "1 article from it stays. Its import still names the source")
        self.assertNotContains(page, "with_publication")
        self.assertTrue(Source.objects.exists())

    def test_articles_stay_and_their_import_still_says_what_they_came_from(self):
        batch = self.fetched()
        self.assertContains(self.delete(), "We deleted the source Courier news.")
        self.assertFalse(Source.objects.exists() or SourceState.objects.exists())
        article = Article.objects.get()
        self.assertEqual((article.import_batch, article.raw_documents.get().origin), (batch, FEED))
        page = self.client.get(reverse("admin:desk-import", args=[batch.pk]))
        self.assertContains(page, FEED)
        self.assertContains(page, "(deleted")
        self.assertNotContains(page, f'href="{self.url}"')
        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_it_is_in_the_audit_log(self):
        self.delete()
        self.assertEqual(recent_changes()[0].what, "Deleted source Courier news")
        entry = Deed.objects.get(about="source", kind="delete")
        self.assertEqual((entry.who, entry.ids), ("chief.editor", [self.source.pk]))
        for page in ("admin:undo", "admin:desk-log"):
            self.assertContains(self.client.get(reverse(page)), "Deleted source Courier news")

    def test_undoing_brings_it_back_paused(self):
        self.delete()
        post_confirmed(self.client, reverse("admin:undo"), {"key": recent_changes()[0].pk})
        source = Source.objects.get(pk=self.source.pk)
        self.assertEqual((source.name, source.url, source.paused), ("Courier news", FEED, True))
        self.assertEqual(self.client.get(self.url).status_code, 200)

    def test_a_publication_that_nothing_else_uses_is_deleted_with_it_and_comes_back_with_it(self):
        name, pk = self.publication.name, self.publication.pk
        self.assertContains(
            self.client.post(self.url, {"do": "delete"}), f"Delete the publication {name}, too"
        )
        self.delete(with_publication="on")
        self.assertFalse(Publication.objects.filter(pk=pk).exists())
        post_confirmed(self.client, reverse("admin:undo"), {"key": recent_changes()[0].pk})
        self.assertEqual(Source.objects.get().publication.name, name)

    def test_a_publication_with_articles_or_another_source_is_never_deleted(self):
        make_source("Courier sport", url="https://courier.example/sport.xml")
        self.assertContains(self.delete(with_publication="on"), "something else uses it")
        self.assertTrue(Publication.objects.filter(pk=self.publication.pk).exists())

    def test_without_the_permission_to_delete_publications_the_publication_stays(self):
        group = self.chief.groups.get()
        group.permissions.remove(group.permissions.get(codename="delete_publication"))
        self.client = log_in(self.chief)
        self.delete(with_publication="on")
        self.assertTrue(Publication.objects.filter(pk=self.publication.pk).exists())
        self.assertFalse(Source.objects.exists())

    def test_without_the_permission_to_publish_a_source_that_publishes_stays(self):
        Source.objects.update(publish=True)
        group = self.chief.groups.get()
        group.permissions.remove(group.permissions.get(codename="publish_article"))
        self.client = log_in(self.chief)
        self.assertNotContains(self.client.get(self.url), "Delete source")
        self.assertEqual(self.client.post(self.url, {"do": "delete", "sure": "0"}).status_code, 403)

    def test_it_is_not_deleted_while_it_is_fetched(self):
        with only_one(lock_of(self.source)):
            self.assertContains(self.delete(), "It is being fetched just now.")
        self.assertTrue(Source.objects.exists())

    def test_a_run_that_was_about_to_begin_ends_without_an_error(self):
        self.delete()
        self.assertEqual(fetch_source(self.source, web=Web()).fault, "The source was deleted.")

    def test_it_needs_the_permission_to_change_sources(self):
        for role in ("reader", "editor"):
            answer = log_in(make_user(role)).post(self.url, {"do": "delete", "sure": "0"})
            self.assertEqual(answer.status_code, 403)
        self.assertTrue(Source.objects.exists())


class DeletingPublicationTests(TestCase):
    def setUp(self):
        self.client = log_in(make_user("chief editor"))
        self.publication = make_publication("Tarrin Herald")
        self.page = f"/admin/articles/publication/{self.publication.pk}/"

    def refused(self):
        self.assertNotContains(self.client.get(f"{self.page}change/"), f'href="{self.page}delete/"')
        self.assertEqual(self.client.post(f"{self.page}delete/", {"post": "yes"}).status_code, 403)
        self.assertTrue(Publication.objects.filter(pk=self.publication.pk).exists())

    def test_one_that_nothing_uses_is_deleted_after_a_question_and_undone(self):
        PublicationProfile.objects.create(publication=self.publication, byline="Words: {name}")
        self.assertContains(self.client.get(f"{self.page}change/"), f'href="{self.page}delete/"')
        self.assertContains(self.client.get(f"{self.page}delete/"), "Tarrin Herald")
        self.client.post(f"{self.page}delete/", {"post": "yes"})
        self.assertFalse(Publication.objects.filter(pk=self.publication.pk).exists())
        self.assertEqual(recent_changes()[0].what, "Removed publication: Tarrin Herald")
        post_confirmed(self.client, reverse("admin:undo"), {"key": recent_changes()[0].pk})
        self.assertEqual(Publication.objects.get(pk=self.publication.pk).profile.byline, "Words: {name}")

    def test_one_with_an_article_or_a_source_is_not(self):
        article = make_article(publication=self.publication, status="draft")
        self.refused()
        # A search of a past day still names it.
        Article.objects.filter(pk=article.pk).update(publication=make_publication("Selwy Courier"))
        self.refused()

    def test_it_needs_the_permission_to_delete_publications(self):
        for role in ("reader", "editor"):
            self.client = log_in(make_user(role))
            self.refused()

    def test_one_with_a_source_is_not(self):
        make_source(publication=self.publication)
        self.refused()

    def test_one_to_which_a_former_link_leads_is_not(self):
        redirect_former_slug(self.publication, "herald", self.publication.slug)
        self.refused()

    def test_whatever_refers_to_a_publication_keeps_it(self):
        relations = Publication._meta.get_fields(include_hidden=True)
        models = {one.related_model for one in relations if one.auto_created and not one.concrete}
        tables = {one for one in models if not issubclass(one, Event)}
        self.assertEqual(tables, {*REFERRING, PublicationProfile})

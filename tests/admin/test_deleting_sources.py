"""Sources and unused publications can be deleted; what articles came from stays recorded."""

from concurrent.futures import ThreadPoolExecutor, wait
from io import StringIO
from unittest import mock

from django.core.management import call_command
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase
from django.urls import reverse
from pghistory.models import Event

from articles.admin.tables.sources import ACTS, SourceForm
from articles.fetching.http_client import Page
from articles.ingest.advisory_locks import only_one
from articles.ingest.unused_publications import REFERRING
from articles.models import Article, AuditEntry, Publication, PublicationProfile, Source, SourceState
from articles.models.old_addresses import redirect_former_slug
from articles.operations.integrity import faults
from articles.revisions.recent_changes import recent_changes
from articles.sources import actions, fetch_source
from articles.sources.actions import lock_of
from tests.admin.desk import fields_of, log_in, make_user, post_confirmed
from tests.admin.test_sources import ADD, LIST, SourceCase, page_of
from tests.factories import make_article, make_publication, make_source
from tests.sources.feeds import FEED, Web, item, rss


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
        entry = AuditEntry.objects.get(about="source", kind="delete")
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


class DeletedMeanwhileTests(SourceCase):
    """Another editor deletes the source: it stays deleted, and nothing that was typed is lost."""

    def setUp(self):
        super().setUp()
        self.source = make_source(url=FEED, publication=self.courier)
        self.url = page_of(self.source)
        self.web = Web()
        self.enterContext(mock.patch("articles.sources.run.fetch", self.web))

    def deleted(self):
        self.assertTrue(actions.delete(self.source))

    def nothing_is_left(self):
        self.assertFalse(Source.objects.exists() or SourceState.objects.exists())

    def test_a_form_that_is_saved_after_it_says_so_and_can_be_added_as_a_new_source(self):
        typed = self.form(self.url, name="Courier headlines", language="pl")
        self.deleted()
        page = self.client.post(self.url, {**typed, "do": "save"})
        self.assertContains(page, "This source was deleted")
        self.assertContains(page, "Courier news was deleted on")
        self.assertContains(page, f'action="{ADD}?kind=feed"')
        self.nothing_is_left()
        kept = fields_of(page.content.decode(), "source")
        self.assertEqual((kept["name"], kept["language"], kept["url"]), ("Courier headlines", "pl", FEED))
        self.client.post(f"{ADD}?kind=feed", {**kept, "do": "save"})
        new = Source.objects.get()
        self.assertEqual((new.name, new.pk == self.source.pk), ("Courier headlines", False))

    def test_what_is_tried_after_it_is_tried_and_kept(self):
        typed = self.form(self.url, language="pl")
        self.deleted()
        page = self.client.post(self.url, {**typed, "do": "try"})
        self.assertContains(page, "1 entry in the feed.")
        self.assertContains(page, "This source was deleted")
        self.assertEqual(fields_of(page.content.decode(), "source")["language"], "pl")
        self.nothing_is_left()

    def test_each_button_says_that_it_was_deleted(self):
        self.deleted()
        for act in (*ACTS, "delete"):
            with self.subTest(act):
                page = self.client.post(self.url, {"do": act, "sure": "0"}, follow=True)
                self.assertRedirects(page, LIST)
                self.assertContains(page, "the source Courier news was deleted")
        self.nothing_is_left()

    def test_a_button_that_has_found_it_a_moment_before_does_nothing(self):
        stale = Source.objects.get()
        self.deleted()
        found = mock.Mock(filter=lambda pk: mock.Mock(first=lambda: stale))
        for act in (*ACTS, "delete"):
            with self.subTest(act), mock.patch("articles.admin.tables.sources._rows", return_value=found):
                page = self.client.post(self.url, {"do": act, "sure": "0"}, follow=True)
                self.assertContains(page, "the source Courier news was deleted")
        self.nothing_is_left()

    def test_a_page_that_never_was_is_not_found(self):
        for fields in ({"do": "save"}, {"do": "pause"}):
            self.assertEqual(self.client.post(page_of(Source(pk=987_654)), fields).status_code, 404)

    def test_without_the_permission_nothing_is_said(self):
        self.deleted()
        self.assertEqual(log_in(make_user("editor")).post(self.url, {"do": "save"}).status_code, 403)

    def run_while_it_is_deleted(self):
        """Fetch it, and undo that it was added as soon as its feed has been asked for."""
        self.deleted()
        self.client.post(ADD, self.feed())
        key = recent_changes()[0].pk

        def answer(wanted):
            self.client.post(reverse("admin:undo"), {"key": key})
            return Page(rss(item(1)), "text/xml", FEED)

        self.web.answers[FEED] = answer
        out = StringIO()
        call_command("fetch_sources", stdout=out)
        return out.getvalue()

    def test_what_a_run_imports_meanwhile_stays_and_the_run_says_that_it_was_deleted(self):
        make_source("Zeal", url="https://courier.example/z.xml")
        self.web.answers["https://courier.example/z.xml"] = rss(item(2))
        said = self.run_while_it_is_deleted()
        self.assertIn("Courier news: 1 added, 0 changed, 0 rejected", said)
        self.assertIn("The source was deleted.\nZeal: 1 added", said)
        self.assertEqual(list(Source.objects.values_list("name", flat=True)), ["Zeal"])
        batch = Article.objects.get(external_id="courier-1").import_batch
        self.assertIsNotNone(batch.finished_at)
        self.assertContains(self.client.get(reverse("admin:desk-import", args=[batch.pk])), "(deleted")
        self.assertEqual(list(faults()), [])


class AtTheSameMomentTests(TransactionTestCase):
    """With connections of their own, one waits for the other."""

    def setUp(self):
        self.source = make_source(url=FEED)
        self.url = page_of(self.source)
        self.chief = make_user("chief editor")

    def in_a_thread(self, act):
        def run():
            try:
                return act()
            finally:
                connection.close()

        return self.pool.submit(run)

    def test_a_source_that_is_deleted_while_it_is_saved_is_deleted_after_it(self):
        saver, deleter = log_in(self.chief), log_in(make_user("chief editor", "second.chief"))
        typed = fields_of(saver.get(self.url).content.decode(), "source") | {"language": "pl", "do": "save"}
        saved = SourceForm.save

        def save_while_another_deletes(form):
            waiting.append(self.in_a_thread(lambda: deleter.post(self.url, {"do": "delete", "sure": "0"})))
            # The deletion waits for the lock of this save, or begins after it.
            self.assertEqual(wait(waiting, 0.2).done, set())
            return saved(form)

        waiting = []
        with (
            ThreadPoolExecutor() as self.pool,
            mock.patch.object(SourceForm, "save", save_while_another_deletes),
        ):
            self.assertEqual(saver.post(self.url, typed).status_code, 302)
            self.assertEqual(waiting[0].result().status_code, 302)
        self.assertFalse(Source.objects.exists() or SourceState.objects.exists())

    def test_a_source_that_is_saved_while_it_is_deleted_stays_deleted(self):
        saver, typed = log_in(self.chief), {"do": "save", "name": "Courier news", "url": FEED}
        with ThreadPoolExecutor() as self.pool:
            with transaction.atomic():
                Source.objects.select_for_update().get()
                late = self.in_a_thread(lambda: saver.post(self.url, typed))
                self.assertEqual(wait([late], 0.2).done, set())
                Source.objects.all().delete()
            page = late.result()
        self.assertContains(page, "This source was deleted")
        self.assertFalse(Source.objects.exists())


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
        self.assertEqual(recent_changes()[0].what, "Deleted publication: Tarrin Herald")
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

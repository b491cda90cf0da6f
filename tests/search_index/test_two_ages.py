"""A process that reads snapshots of different age, as of two replicas, never mixes them."""

from contextlib import contextmanager

from django.db import connections
from django.test import TransactionTestCase

from articles.models import Article
from articles.search import ArticleFilter, search
from articles.search.index import building, snapshot
from articles.search.index.snapshot import one_snapshot
from tests.factories import make_article


def found(words):
    question = ArticleFilter({"q": words})
    assert question.is_valid()
    return search(question.cleaned).count


@contextmanager
def older_snapshot():
    """Yields a context in which the database is as it was when this began."""
    newer, older = connections["default"], connections.create_connection("default")

    @contextmanager
    def as_it_was():
        connections["default"] = older
        try:
            yield
        finally:
            connections["default"] = newer

    try:
        with as_it_was(), one_snapshot():
            Article.objects.count()
            connections["default"] = newer
            yield as_it_was
            connections["default"] = older
    finally:
        connections["default"] = newer
        older.close()


class TwoAgesTests(TransactionTestCase):
    def setUp(self):
        snapshot.forget()
        self.articles = [make_article(body=f"The weir at Corran, day {n}.") for n in range(3)]

    def change_all(self):
        for article in self.articles:
            Article.objects.filter(pk=article.pk).update(body=f"The flood at Selwy, {article.pk}.")

    def assert_each_sees_its_own(self, older):
        for _ in range(2):
            self.assertEqual((found("flood"), found("weir")), (3, 0))
            with older():
                self.assertEqual((found("flood"), found("weir")), (0, 3))

    def test_changes_that_only_the_newer_one_has_are_not_seen_in_the_older_one(self):
        with older_snapshot() as older:
            self.change_all()
            self.assert_each_sees_its_own(older)

    def test_nor_are_segments_of_the_index_that_it_does_not_have(self):
        building.consolidate()
        with older_snapshot() as older:
            self.change_all()
            building.consolidate()
            for _ in building.tidy():
                pass
            self.assert_each_sees_its_own(older)

    def test_filters_that_changed_are_those_of_each(self):
        building.consolidate()
        with older_snapshot() as older:
            Article.objects.update(status="withheld")
            self.assertEqual(found("weir"), 0)
            with older():
                self.assertEqual(found("weir"), 3)
            self.assertEqual(found("weir"), 0)

"""The evaluator finds what the plain reading of the texts finds, for random archives and queries."""

import numpy as np
import pytest
from pyroaring import BitMap

from articles.search.index.columns import columns_of
from articles.search.index.evaluate import ArticleSearch, Index
from articles.search.index.reading import documents, rows_of
from articles.search.index.segment import build
from articles.search.index.storage import StoredSegment, load, store
from articles.search.query.nodes import Filter
from tests.search.invented import NOW, Inventor
from tests.search.oracle import Archive, Asked, _parts_of
from tests.search.questions import Questions
from tests.sizes import size


class Indexed:
    """An archive as an index of several segments."""

    def __init__(self, archive, segments, stored=False):
        self.archive = archive
        self.by_id = {article.id: article for article in archive.articles}
        self.quote_by_id = {quote.id: quote for quote in archive.quotes}
        articles = list(documents("article", rows_of("article", self.by_id)))
        quotes = list(documents("quote", rows_of("quote", self.by_id)))
        made = [build(articles[n::segments]) for n in range(segments)]
        made_of_quotes = [build(quotes[n::segments]) for n in range(segments)]
        if stored:
            made = [self.stored("article", segment) for segment in made]
            made_of_quotes = [self.stored("quote", segment) for segment in made_of_quotes]
        self.articles = Index(made, self.of_articles, [each.all for each in made])
        self.quotes = Index(made_of_quotes, self.of_quotes, [each.all for each in made_of_quotes])
        self.search = ArticleSearch(
            self.articles, self.quotes, [self.article_of(each.ids) for each in made_of_quotes]
        )

    def stored(self, kind, segment):
        rows = rows_of(kind, self.by_id)
        columns = columns_of(kind, [rows[int(pk)] for pk in segment.ids])
        return StoredSegment(store(segment, kind, columns))

    def article_of(self, ids):
        return np.array([self.quote_by_id[int(pk)].article.id for pk in ids], np.int64)

    def of_articles(self, name, value):
        node = Filter(name, value)
        return self.chosen(self.articles, lambda pk: self.archive._filter(node, self.by_id[pk]))

    def of_quotes(self, name, value):
        node = Filter(name, value)
        if name == "kind":
            return self.chosen(self.quotes, lambda pk: self.quote_by_id[pk].kind == value)
        if name == "speaker":
            named = self.archive._named(node)
            return self.chosen(self.quotes, lambda pk: bool(self.quote_by_id[pk].speakers & named))
        return self.chosen(self.quotes, lambda pk: self.archive._filter(node, self.quote_by_id[pk].article))

    def chosen(self, index, test):
        return [
            BitMap([at for at, pk in enumerate(segment.ids) if test(int(pk))]) for segment in index.segments
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(size(12, 400)))
def test_the_articles_and_quotes_of_a_query_are_those_of_the_plain_reading(seed):
    inventor = Inventor(seed)
    inventor.archive(16)
    archive = Archive(NOW)
    stored = seed % 2 == 1
    indexed = Indexed(archive, 1 + seed % 3, stored)
    questions = Questions(seed, archive, inventor.speakers[0])
    for _ in range(60):
        asked = questions.question().asked
        root = Asked(root=asked.root, scope=asked.scope).root
        if stored and root:
            load([*indexed.articles.segments, *indexed.quotes.segments], [root])
        if asked.scope == "articles":
            found = set(indexed.articles.ids(indexed.search.find_all(_parts_of(root))).tolist())
        else:
            quotes = indexed.quotes.all
            for node in _parts_of(root):
                quotes = [a & b for a, b in zip(quotes, indexed.search.on_quotes(node), strict=True)]
            found = set(indexed.quotes.ids(quotes).tolist())
        assert found == archive.ids(Asked(root=root, scope=asked.scope)), str(root)

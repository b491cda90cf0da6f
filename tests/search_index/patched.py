"""Answers of the product from the new index, for running other tests against it."""

import pytest


def rows(found):
    from articles.search.index import answering, snapshot
    from articles.search.index.storage import StoredSegment, load

    request = found[0].question
    taken = snapshot.take(request.as_of)
    stored = {id(each): each for each in (*taken.articles, *taken.quotes) if isinstance(each, StoredSegment)}
    load(list(stored.values()), [request.parsed.root] if request.parsed.root else [])
    return answering.rows(request, taken)


@pytest.fixture(autouse=True)
def from_the_new_index(monkeypatch):
    from articles.search.engine import statements

    monkeypatch.setattr(statements, "rows", rows)

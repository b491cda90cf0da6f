"""Columns are stored in few bytes; former values of documents may need more."""

import datetime as dt
from types import SimpleNamespace

from articles.search.index.columns import columns_of, moment_number
from articles.search.index.storage import pack, unpack

EMBARGO = dt.datetime(2019, 5, 30, 12, tzinfo=dt.UTC)


def row(article_id, **more):
    empty = dict.fromkeys(("published_on", "published_until", "year", "section_id", "copy_of"))
    values = {
        **empty,
        **{"article_id": article_id, "publication_id": 1, "language": "en", "quotes_state": "unread"},
        **{"first_public_at": EMBARGO, "visible_from": None, "since": EMBARGO, "kinds": 0},
        **{"topic_ids": [], "author_ids": [], "speaker_ids": []},
    }
    return SimpleNamespace(**values | more)


def test_columns_are_the_same_after_they_were_stored():
    columns = columns_of("article", [row(1), row(70_000, year=2019, publication_id=300)])
    stored = unpack(pack(columns))
    assert stored.ids.tolist() == [1, 70_000]
    assert stored.publication.tolist() == [1, 300]
    assert stored.year.tolist() == [0, 2019]
    assert stored.first_public_at.tolist() == [moment_number(EMBARGO)] * 2


def test_a_former_value_may_be_larger_than_all_of_today():
    stored = unpack(pack(columns_of("article", [row(1), row(2)])))
    former = stored.replaced({1: row(2, visible_from=EMBARGO, publication_id=70_000)}, "article")
    assert former.visible_from.tolist() == [0, moment_number(EMBARGO)]
    assert former.publication.tolist() == [1, 70_000]

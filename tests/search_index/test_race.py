"""Writers, imports, undo, bulk publishing, builders and readers at once: all is as in the snapshot."""

import random
import threading
import time
from contextlib import suppress

import pytest
from django.db import OperationalError, connection, transaction

from articles.admin.review.publishing import publish_all
from articles.ingest.pipeline.rollback import rollback_batch
from articles.ingest.pipeline.types import ImportOptions, IncomingArticle
from articles.ingest.pipeline.upsert import Upserter
from articles.models import Article, Image, ImportBatch, Quote, SearchNote, SearchSegment
from articles.search.index import building, snapshot
from articles.search.index.checking import check_index
from articles.search.index.evaluate import WordSearch
from articles.search.index.storage import StoredSegment, load
from articles.search.query import parse
from tests.factories import make_article, make_quote
from tests.ingest.readings import parsed, reading
from tests.sizes import size

ANSWERS = size(60, 20_000)
ARTICLES = 40
WORDS = ("river", "dam", "bridge", "mayor")
BODY = "The river is here. “We saw the river,” she said."


def write(seed, stop):
    """Change texts, captions, quotes and status of random articles, in transactions of random length."""
    rnd = random.Random(seed)  # noqa: S311
    ids = list(Article.objects.values_list("pk", flat=True))
    while not stop.is_set():
        with suppress(OperationalError), transaction.atomic():
            for pk in sorted(rnd.sample(ids, rnd.choice((1, 1, 3)))):
                what = rnd.randrange(4)
                word = rnd.choice(WORDS)
                if what == 0:
                    Article.objects.filter(pk=pk).update(body=f"{BODY} The {word}.")
                elif what == 1:
                    Article.objects.filter(pk=pk).update(status=rnd.choice(("usable", "draft", "withheld")))
                elif what == 2:
                    Image.objects.filter(article=pk).update(caption=f"A {word}")
                else:
                    Quote.objects.filter(article=pk).update(standing=rnd.choice(("confirmed", "withdrawn")))
            time.sleep(rnd.random() * 0.01)
        time.sleep(rnd.random() * 0.01)
    connection.close()


def publish(seed, stop):
    """Withdraw many articles and publish them again, as the editors' bulk action does."""
    rnd = random.Random(seed)  # noqa: S311
    ids = list(Article.objects.values_list("pk", flat=True))
    while not stop.is_set():
        # Two transactions may deadlock; the next one tries again.
        with suppress(OperationalError), transaction.atomic():
            chosen = rnd.sample(ids, 12)
            Article.objects.filter(pk__in=chosen).update(status="draft")
        with suppress(OperationalError), transaction.atomic():
            publish_all(Article.objects.filter(pk__in=chosen))
            time.sleep(rnd.random() * 0.02)
        time.sleep(rnd.random() * 0.05)
    connection.close()


def bring_and_undo(seed, stop, brought):
    """Import small batches, and undo every other one."""
    rnd = random.Random(seed)  # noqa: S311
    while not stop.is_set():
        batch = ImportBatch.objects.create(source="race")
        bodies = [f"The {rnd.choice(WORDS)} {seed} {rnd.random()} is new." for _ in range(6)]
        incoming = [
            IncomingArticle(parsed(body, headline="New"), reading(), b"x", "x", "x") for body in bodies
        ]
        with suppress(OperationalError):
            Upserter(ImportOptions(publish=True, batch=batch)).store(incoming)
            brought.append(batch)
            if len(brought) % 2:
                rollback_batch(batch)
        time.sleep(rnd.random() * 0.05)
    connection.close()


def build_segments(stop, built):
    while not stop.is_set():
        if random.random() < 0.2:  # noqa: S311
            built.append(sum(building.tidy()))
        else:
            built.append(building.consolidate(random.choice((5, 1_000))))  # noqa: S311
        time.sleep(0.02)
    connection.close()


def read(seed, stop, seen):
    rnd = random.Random(seed)  # noqa: S311
    while not stop.is_set():
        word = rnd.choice(WORDS)
        root = parse(f'"{word}"').root
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            taken = snapshot.take()
            found = {"article": [], "quote": []}
            for kind in found:
                parts = getattr(taken, f"{kind}s")
                load([part.segment for part in parts if isinstance(part.segment, StoredSegment)], [root])
                for part in parts:
                    documents = WordSearch(part.segment).documents(root) & part.live
                    found[kind] += [int(part.segment.ids[n]) for n in documents]
            cursor.execute(
                "SELECT d.article_id FROM search_document d JOIN articles_article a ON a.id = d.article_id"
                " WHERE a.body ~ %(w)s OR EXISTS (SELECT FROM articles_image i"
                " WHERE i.article_id = a.id AND i.caption ~ %(w)s)",
                {"w": rf"\m{word}\M"},
            )
            articles = sorted(pk for (pk,) in cursor.fetchall())
            cursor.execute(
                "SELECT d.quote_id FROM quote_document d JOIN articles_quote q ON q.id = d.quote_id"
                " WHERE q.text ~ %s",
                [rf"\m{word}\M"],
            )
            quotes = sorted(pk for (pk,) in cursor.fetchall())
        seen.append((sorted(found["article"]) == articles, sorted(found["quote"]) == quotes))
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_no_reader_sees_anything_but_its_snapshot(monkeypatch):
    for number in range(ARTICLES):
        article = make_article(
            headline=f"Report {number}",
            body=BODY,
            captions=("A dam",),
        )
        make_quote(article, "We saw the river,")
    monkeypatch.setattr(building, "FEWEST", 5)
    stop, seen, built, brought = threading.Event(), [], [], []
    jobs = [
        *(threading.Thread(target=write, args=(seed, stop)) for seed in range(2)),
        threading.Thread(target=publish, args=(7, stop)),
        threading.Thread(target=bring_and_undo, args=(9, stop, brought)),
        threading.Thread(target=build_segments, args=(stop, built)),
        *(threading.Thread(target=read, args=(seed, stop, seen)) for seed in (11, 12)),
    ]
    for job in jobs:
        job.start()
    # Until there are enough of each, however slow the machine is.
    while (len(seen) < ANSWERS or len(brought) < 3 or not sum(built)) and all(job.is_alive() for job in jobs):
        time.sleep(0.1)
    stop.set()
    for job in jobs:
        job.join()
    assert len(seen) >= ANSWERS
    assert sum(built) > 0
    assert len(brought) > 2
    wrong = [result for result in seen if result != (True, True)]
    assert not wrong, f"{len(wrong)} of {len(seen)}"
    list(building.tidy())
    assert not SearchNote.objects.exists() and SearchSegment.objects.exists()
    assert list(check_index()) == []

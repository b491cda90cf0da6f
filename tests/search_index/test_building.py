"""The life of segments: notes, imports, merges, reindexing, damage and crashes."""

import datetime as dt
import io
import json
import os
import signal
import threading
import time

import numpy as np
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from articles.admin.review.publishing import publish_all
from articles.ingest.pipeline.rollback import rollback_batch
from articles.ingest.pipeline.upsert import Upserter
from articles.models import (
    Article,
    ImportBatch,
    Quote,
    SearchDocument,
    SearchNote,
    SearchPosting,
    SearchSegment,
)
from articles.search.index import building, segment_cache, snapshot, storage
from articles.search.index.checking import check_index
from articles.search.index.noted import BLOCK, NotedArticles
from articles.search.index.segment_cache import SEGMENTS
from articles.search.index.snapshot import one_snapshot
from articles.search.index.storage import PostingCache
from tests.factories import make_article, make_quote, make_speaker, make_topic
from tests.search_index.found import found
from tests.sizes import size

pytestmark = pytest.mark.django_db
SAID = "“We saw it,” she said."


def articles(number, **fields):
    made = []
    for n in range(number):
        article = make_article(headline=f"Report {n}", body=f"{SAID} The river rises.", **fields)
        make_quote(article, "We saw it,", speaker=None)
        made.append(article)
    return made


def segments(kind="article"):
    return SearchSegment.objects.filter(kind=kind)


def test_a_consolidated_article_is_found_in_its_segment_and_has_no_note():
    first, second = articles(2)
    assert building.consolidate() == 2
    assert found("river") == {first.pk, second.pk}
    assert not SearchNote.objects.exists()
    assert segments().get().documents == 2
    assert list(check_index()) == []


def test_a_changed_text_is_found_at_once_and_its_former_words_are_not():
    first, second = articles(2)
    building.consolidate()
    Article.objects.filter(pk=first.pk).update(body=f"{SAID} The lake falls.")
    assert (found("river"), found("lake")) == ({second.pk}, {first.pk})
    building.consolidate()
    assert (found("river"), found("lake")) == ({second.pk}, {first.pk})
    assert segments().count() == 2
    assert list(check_index()) == []


def test_a_change_of_filters_replaces_columns_and_no_posting():
    (article, _) = articles(2)
    building.consolidate()
    written = list(SearchPosting.objects.order_by("segment", "term").values_list("segment", "term"))
    article.topics.add(make_topic("Weather"))
    Quote.objects.filter(article=article).update(speaker=make_speaker("Ada Pell", slug="ada-pell"))
    assert building.consolidate() == 1
    assert found("topic:weather") == found("quoting:ada-pell") == {article.pk}
    assert list(SearchPosting.objects.order_by("segment", "term").values_list("segment", "term")) == written
    assert list(segments().values_list("columns_version", flat=True)) == [2]
    assert list(check_index()) == []


def test_an_article_that_is_withdrawn_is_not_found_before_and_after_its_note_is_read():
    first, second = articles(2)
    building.consolidate()
    Article.objects.filter(pk=first.pk).update(status="withheld")
    assert found("river") == {second.pk}
    building.consolidate()
    assert found("river") == {second.pk}
    assert found("saw", "quotes") == set(Quote.objects.filter(article=second).values_list("pk", flat=True))
    assert list(check_index()) == []


def test_many_small_segments_become_one_and_dead_documents_go():
    made = articles(6)
    for _ in range(3):
        building.consolidate(2)
    Article.objects.filter(pk=made[0].pk).update(body=f"{SAID} A lake.")
    list(building.tidy())
    assert segments().get().documents == 6
    assert segments("quote").count() == 1
    assert found("river") == {article.pk for article in made[1:]}
    assert list(check_index()) == []


def test_a_segment_has_more_quotes_than_articles(monkeypatch):
    monkeypatch.setattr(building, "LARGEST", {"article": 2, "quote": 4})
    articles(8)
    list(building.rebuild())
    list(building.tidy())
    assert list(segments().values_list("documents", flat=True)) == [2] * 4
    assert list(segments("quote").values_list("documents", flat=True)) == [4] * 2
    assert len(found("saw", "quotes")) == 8


def test_words_of_quotes_are_not_looked_up_in_articles():
    first, _ = articles(2)
    building.consolidate()
    looked_up = set(segments("quote").values_list("pk", flat=True))
    for query in ("saw", "saw NEAR/3 it", 'quote:saw -"rises"'):
        storage.CACHE.clear()
        assert len(found(query, "quotes")) == 2
        assert {segment for segment, _ in storage.CACHE._rows} == looked_up
    assert found("headline:0 saw", "quotes") == set(first.quotes.values_list("pk", flat=True))
    assert {segment for segment, _ in storage.CACHE._rows} > looked_up


@pytest.mark.parametrize(
    ("query", "placed"),
    [
        ("river saw", set()),
        ("rive*", set()),
        ('headline:0 OR "river rises"', {"0", "river", "rises"}),
        ("river caption:(saw -rises) she NEAR/3 (said OR it)", {"saw", "rises", "she", "said", "it"}),
        ("rive* NEAR/3 rises", {"river", "rises"}),
    ],
)
def test_positions_are_read_only_of_words_in_phrases_near_and_parts(query, placed):
    articles(2)
    building.consolidate()
    storage.CACHE.clear()
    found(query)
    kept = storage.CACHE._rows.items()
    assert {key[1:] for (_, key), (value, _) in kept if key.startswith("@") and value} == placed


def test_a_segment_of_which_a_quarter_is_dead_is_written_anew():
    made = articles(8)
    building.consolidate()
    Article.objects.filter(pk__in=[each.pk for each in made[:2]]).delete()
    list(building.tidy())
    assert segments().get().documents == 6
    assert not segments().get().dead
    assert list(check_index()) == []


def test_many_published_articles_are_written_by_the_transaction_that_publishes_them():
    made = articles(building.FEWEST, status="draft")
    building.consolidate()
    with transaction.atomic():
        publish_all(Article.objects.filter(pk__in=[each.pk for each in made]))
        assert not SearchNote.objects.exists()
    assert segments().get().documents == len(made)
    assert found("river") == {each.pk for each in made}


def test_another_release_writes_the_index_anew_and_until_then_the_records_are_read():
    made = {article.pk for article in articles(3)}
    building.consolidate()
    SearchSegment.objects.update(fold_version=0)
    snapshot.forget()
    assert found("river") == made
    assert any("written by another release; reindex" in line for line in check_index())
    call_command("reindex", stderr=io.StringIO())
    assert found("river") == made
    assert list(check_index()) == []


def test_reindexing_keeps_what_is_changed_and_imported_meanwhile():
    first, second = articles(2)
    building.consolidate()
    done = building.rebuild()
    next(done)
    Article.objects.filter(pk=first.pk).update(body=f"{SAID} The lake falls.")
    third = make_article(body="The river again.")
    building.write_new([third.pk] * building.FEWEST)
    assert list(done) == []
    assert (found("river"), found("lake")) == ({second.pk, third.pk}, {first.pk})
    assert list(check_index()) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE search_posting SET positions = positions || '\\x00' WHERE term = '=river'", "checksum"),
        ("DELETE FROM search_posting WHERE term = '=river'", "its words in the search index are not"),
        ("DELETE FROM search_segment WHERE kind = 'article'", "is not in the search index"),
    ],
)
def test_damage_to_the_index_is_named(damage, said):
    articles(2)
    building.consolidate()
    with connection.cursor() as cursor:
        cursor.execute(damage)
    snapshot.forget()
    assert any(said in line for line in check_index())


def test_a_document_in_two_places_is_named():
    (article,) = articles(1)
    building.consolidate()
    building.write([article.pk])
    assert f"article {article.pk}: is in the search index 2 times; reindex --all" in list(check_index())


def test_filters_that_are_out_of_date_are_named():
    (article,) = articles(1)
    building.consolidate()
    SearchDocument.objects.update(year=1871)
    expected = f"article {article.pk}: its filters in the search index are out of date; reindex --all"
    assert expected in list(check_index())


def test_a_process_keeps_only_what_the_database_has():
    snapshot.forget()
    articles(6)
    for _ in range(3):
        building.consolidate(2)
    found("river")
    list(building.tidy())
    found("river")
    kept = set(SEGMENTS._segments) & set(SearchSegment.objects.values_list("pk", flat=True))
    assert len(SEGMENTS) == len(kept) == 2
    assert {pk for pk, _ in segment_cache.CACHE._rows} <= kept | {0}


def test_of_the_database_before_another_one_nothing_is_kept():
    # A search may read them of a segment that another search has found gone.
    segment_cache.CACHE.put((99, "=river"), object(), 90)
    snapshot.forget()
    assert segment_cache.CACHE.get_all(99, ["=river"]) == {}
    assert segment_cache.CACHE.bytes == 0


def test_postings_take_no_more_memory_than_the_setting_allows():
    cache = PostingCache(1_000)
    for n in range(100):
        cache.put((n, "=river"), object(), 90)
    assert cache.bytes <= 1_000
    cache.forget({99})
    assert cache.get_all(99, ["=river"]) == {}
    assert cache.get_all(98, ["=river"]) != {}


def test_a_save_reads_only_its_block_of_noted_articles_again():
    made = articles(3)
    cache = NotedArticles()
    noted = {article.pk: (n,) for n, article in enumerate(made)}
    before = cache.blocks(noted)
    assert cache.blocks(noted)[0] is before[0]
    assert cache.blocks({**noted, made[0].pk: (0, 9)})[0] is not before[0]


def test_noted_articles_that_are_not_read_any_more_are_forgotten(monkeypatch):
    monkeypatch.setattr("articles.search.index.noted.BLOCK", 1)
    monkeypatch.setattr("articles.search.index.noted.SPARE", 2)
    cache = NotedArticles()
    for n in range(10):
        cache.blocks({n: (n,)})
    assert len(cache) == 3


def test_a_preloaded_index_is_read_by_a_forked_process_without_a_connection():
    articles(3)
    building.consolidate()
    SEGMENTS.clear()
    segment_cache.preload()
    shared = len(SEGMENTS)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        # The child has the arrays of its parent, and never touches its connection.
        part = next(iter(SEGMENTS._segments.values()))
        os.write(write, f"{len(SEGMENTS)} {int(np.sum(part.ids))}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    number, total = os.read(read, 100).decode().split()
    assert int(number) == shared == 2
    assert int(total) == int(np.sum(next(iter(SEGMENTS._segments.values())).ids))


@pytest.mark.django_db(transaction=True)
def test_a_builder_that_is_killed_leaves_nothing_behind_and_searches_stay_exact():
    made = {article.pk for article in articles(40)}
    connection.close()
    said, says = os.pipe()
    child = os.fork()
    if not child:
        try:
            building.write = then_wait(building.write, says)
            building.consolidate()
        finally:
            os._exit(1)
    os.close(says)
    # All is written, and nothing committed.
    assert os.read(said, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(said)
    wait_for_the_server_to_notice()
    assert not SearchSegment.objects.exists()
    assert not SearchPosting.objects.exists()
    assert found("river") == made
    assert building.consolidate() == 40
    assert found("river") == made
    assert list(check_index()) == []


def then_wait(write, says):
    def waiting(*args, **options):
        write(*args, **options)
        os.write(says, b"written")
        signal.pause()

    return waiting


def wait_for_the_server_to_notice():
    until = time.monotonic() + 600
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                " WHERE locktype = 'advisory' AND objid = %s AND datname = current_database()",
                [building.LOCK],
            )
            if cursor.fetchone() == (0,):
                return
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_an_import_is_exact_at_every_moment_of_it(tmp_path, monkeypatch):
    rows = size(300, 12_000)
    path = tmp_path / "articles.jsonl"
    with path.open("w") as file:
        for n in range(rows):
            body = f"Report {n} of the river at Selwy. “We saw it {n} times,” said Osric Pell."
            row = {"headline": f"River report {n}", "body": body, "publication": "Selwy Post"}
            file.write(json.dumps(row | {"language": "en", "published_on": "2019-05-30"}) + "\n")
    seen, done = [], threading.Event()
    reader = threading.Thread(target=compare_until, args=(done, seen))
    store = Upserter.store

    def store_and_be_read(upserter, *incoming):
        stored = store(upserter, *incoming)
        # The comparison that is being made may have begun before.
        enough = len(seen) + 2
        while len(seen) < enough and reader.is_alive():
            time.sleep(0.01)
        return stored

    monkeypatch.setattr(Upserter, "store", store_and_be_read)
    reader.start()
    call_command("import_articles", str(path), "--publish", stdout=io.StringIO(), stderr=io.StringIO())
    done.set()
    reader.join()
    assert len(seen) > 3
    assert [pair for pair in seen if pair[0] != pair[1]] == []
    assert SearchDocument.objects.count() == rows == len(found("river"))
    assert not SearchNote.objects.exists()
    assert segments().count() < building.MANY
    assert list(check_index()) == []


def compare_until(done, seen):
    """Collect what the index finds beside what the records have, in one snapshot, until the event is set."""
    while not done.is_set():
        with one_snapshot():
            ids = found("river")
            usable = Article.objects.filter(status="usable", body__contains=" river ")
            seen.append((ids, set(usable.values_list("pk", flat=True))))
    connection.close()


def test_no_word_of_a_deleted_article_stays_in_the_index():
    kept, gone = articles(2)
    Article.objects.filter(pk=gone.pk).update(body=f"{SAID} A xylographer, two xylographers.")
    building.consolidate()
    assert SearchPosting.objects.filter(term__contains="xylograph").exists()
    Article.objects.filter(pk=gone.pk).delete()
    building.erase({gone.pk})
    assert not SearchPosting.objects.filter(term__contains="xylograph").exists()
    stored = map(bytes, SearchPosting.objects.values_list("positions", flat=True))
    assert not any(b"xylograph" in value for value in stored)
    assert (found("river"), segments().get().documents) == ({kept.pk}, 1)
    assert list(check_index()) == []


def test_undoing_an_import_erases_the_articles_that_it_deletes():
    batch = ImportBatch.objects.create(source="test")
    tomorrow = timezone.now() + dt.timedelta(days=1)
    make_article(body="A xylographer.", import_batch=batch, visible_from=tomorrow)
    building.consolidate()
    assert SearchPosting.objects.filter(term__contains="xylograph").exists()
    rollback_batch(batch)
    assert not SearchPosting.objects.filter(term__contains="xylograph").exists()


@pytest.mark.django_db(transaction=True)
def test_a_save_leaves_few_notes_however_many_articles_it_changed(client, monkeypatch):
    monkeypatch.setattr(building, "WAITING", 2)
    monkeypatch.setattr(building, "MOST_AT_A_SAVE", 2)
    articles(5)
    client.post("/admin/login/", {"username": "ada", "password": "x"})
    assert SearchNote.objects.count() < 2
    assert found("river") == set(Article.objects.values_list("pk", flat=True))


def test_noted_articles_are_read_with_five_statements(django_assert_num_queries):
    made = articles(BLOCK + 2)
    with django_assert_num_queries(5):
        NotedArticles().blocks({article.pk: (1,) for article in made})


@pytest.mark.django_db(transaction=True)
def test_a_request_is_answered_although_the_index_cannot_be_written(client, monkeypatch, caplog):
    def fail(most):
        raise OperationalError("disk full")

    monkeypatch.setattr(building, "consolidate_if_many", fail)
    assert client.post("/admin/login/", {"username": "ada", "password": "x"}).status_code == 200
    assert "was not consolidated" in caplog.text

"""Integrity check: spans, hashes, first publication, and the search index compared with a rebuild."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from django.db import connection, transaction

from articles.ingest.proposals.acceptance import fault_of
from articles.models import GAP, Article, Image, Note, Publication, Quote, RawDocument, Turn
from articles.near_duplicates.minhash import without_current_signature
from articles.search.history.rebuild import check_former_documents
from articles.search.index.checking import check_index
from articles.text.time_zones import zone_named

CHUNK_SIZE = 500

Ids = list[int]


def faults(on_progress: Callable[[int], None] = lambda done: None) -> Iterator[str]:
    """Yield each fault as one line; `on_progress` gets the number of articles checked so far."""
    done = 0
    for ids in id_chunks():
        for check in CHECKS:
            yield from check(ids)
        done += len(ids)
        on_progress(done)
    yield from check_former_documents()
    yield from check_counts()
    yield from check_holdings()
    yield from check_index()
    yield from check_merge_cycles()
    yield from check_time_zones()
    yield from check_signatures()


def id_chunks(after: int = 0) -> Iterator[Ids]:
    """Yield chunks of the ids of all articles, and of documents whether or not their article exists."""
    query = """
        SELECT id FROM (
            (SELECT id FROM articles_article WHERE id > %(after)s ORDER BY 1 LIMIT %(chunk)s)
            UNION
            (SELECT article_id FROM search_document WHERE article_id > %(after)s ORDER BY 1 LIMIT %(chunk)s)
            UNION
            (SELECT article_id FROM quote_document WHERE article_id > %(after)s ORDER BY 1 LIMIT %(chunk)s)
        ) AS ids ORDER BY id LIMIT %(chunk)s
    """
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, {"after": after, "chunk": CHUNK_SIZE})
            ids = [pk for (pk,) in cursor.fetchall()]
        if not ids:
            return
        yield ids
        after = ids[-1]


def check_positions(ids: Ids) -> Iterator[str]:
    """Compare quotes, turns and notes with their texts, in Python: independent of the constraints."""
    texts = Article.objects.in_bulk(ids)
    captions = dict(Image.objects.filter(article__in=ids).values_list("pk", "caption"))
    owners = dict(Image.objects.filter(article__in=ids).values_list("pk", "article"))
    for quote in Quote.objects.filter(article__in=ids, lost_at__isnull=True).order_by("pk").iterator():
        if quote.part == Quote.Part.CAPTION:
            text = captions.get(quote.image_id or 0, "")
            if owners.get(quote.image_id or 0) != quote.article_id:
                yield f"quote {quote.pk}: the picture belongs to another article than {quote.article_id}"
        else:
            text = getattr(texts[quote.article_id], quote.part)
        yield from _check_quote_position(quote, text)
        yield from _check_acceptance(quote, text)
    for model in (Turn, Note):
        for row in model.objects.filter(article__in=ids).order_by("pk").iterator():
            if not row.start < row.end <= len(texts[row.article_id].body):
                yield f"{model._meta.model_name} {row.pk}: ends after the text of article {row.article_id}"


def _check_quote_position(quote: Quote, text: str) -> Iterator[str]:
    where = f"quote {quote.pk}, article {quote.article_id}"
    at = quote.start or 0
    for start, end in quote.spans:
        if not at <= start < end:
            yield f"{where}: its parts are out of order"
        at = end
    if not quote.spans or not at <= (quote.end or 0) <= len(text):
        yield f"{where}: its parts are outside it, or it is outside the text"
    if GAP.join(text[start:end] for start, end in quote.spans) != quote.text:
        yield f"{where}: its words are not at its position"


def _check_acceptance(quote: Quote, text: str) -> Iterator[str]:
    """Yield quotes that a rule has accepted and must not: too long, in too many pieces, or without marks."""
    if quote.status != Quote.Status.ACCEPTED or quote.decided_by_id is not None or not quote.rule:
        return
    words = "".join(text[start:end] for start, end in quote.spans)
    start, end = quote.start or 0, quote.end or 0
    # The quotation marks may be right outside the span.
    whole = text[max(0, start - 1) : end + 1]
    reason = fault_of(quote.kind, words, len(quote.spans), whole)
    if reason:
        yield f"quote {quote.pk}, article {quote.article_id}: accepted automatically, but has {reason}"


def check_hashes(ids: Ids) -> Iterator[str]:
    """Compare bodies and raw documents with their stored hashes."""
    for pk, body, stored in (
        Article.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "body", "body_hash").iterator()
    ):
        if hashlib.sha256(body.encode()).hexdigest() != stored:
            yield f"article {pk}: the text does not match its hash"
    documents = RawDocument.objects.filter(article__in=ids).order_by("pk")
    columns = documents.values_list("pk", "article", "bytes", "sha256")
    # Raw pages can be large: read few at a time.
    for pk, article, raw, stored in columns.iterator(chunk_size=50):
        if hashlib.sha256(bytes(raw)).hexdigest() != stored:
            yield f"raw document {pk} of article {article}: the bytes do not match their hash"


def check_publication(ids: Ids) -> Iterator[str]:
    """Compare the time of first publication of articles and quotes with their status and embargo."""
    yield from _run(
        """
        SELECT format('article %%s: published, but first_public_at is empty', id)
        FROM articles_article WHERE id = ANY(%(ids)s) AND status = 'usable' AND first_public_at IS NULL
        UNION ALL
        SELECT format('article %%s: public, but first_public_at is %%s', id, first_public_at)
        FROM articles_article WHERE id = ANY(%(ids)s) AND status = 'usable'
            AND visible_from <= now() AND first_public_at > now()
        UNION ALL
        SELECT format('article %%s: %%s, but first_public_at is %%s', id, status, first_public_at)
        FROM articles_article WHERE id = ANY(%(ids)s) AND status <> 'usable' AND first_public_at > now()
        UNION ALL
        SELECT format('quote %%s: public, but first_public_at is empty', q.id)
        FROM articles_quote q JOIN articles_article a ON a.id = q.article_id
        WHERE a.id = ANY(%(ids)s) AND a.status = 'usable' AND q.status = 'accepted'
            AND q.standing <> 'withdrawn' AND q.first_public_at IS NULL
        UNION ALL
        SELECT format('quote %%s: first public at %%s, before its article at %%s', q.id, q.first_public_at,
                      a.first_public_at)
        FROM articles_quote q JOIN articles_article a ON a.id = q.article_id
        WHERE a.id = ANY(%(ids)s)
            AND (q.first_public_at < a.first_public_at
                 OR a.first_public_at IS NULL AND q.first_public_at IS NOT NULL)
        ORDER BY 1
        """,
        ids,
    )


def check_documents(ids: Ids) -> Iterator[str]:
    """Find documents of articles that are missing, superfluous, or different from a rebuild."""
    yield from _check_against_rebuild(
        "search_document", "article", "archive_documents(%(ids)s)", "d.article_id = ANY(%(ids)s)", ids
    )


def check_quote_documents(ids: Ids) -> Iterator[str]:
    """Find documents of quotes that are missing, superfluous, or different from a rebuild."""
    made = "archive_quote_documents('{}', %(ids)s)"
    where = "d.article_id = ANY(%(ids)s) OR EXISTS (SELECT FROM made WHERE made.quote_id = d.quote_id)"
    yield from _check_against_rebuild("quote_document", "quote", made, where, ids)


def _check_against_rebuild(table: str, model: str, made: str, where: str, ids: Ids) -> Iterator[str]:
    key = f"{model}_id"
    yield from _run(
        f"""
        WITH made AS MATERIALIZED (SELECT * FROM {made}),
             kept AS (SELECT * FROM {table} d WHERE {where})
        SELECT CASE
            WHEN kept.{key} IS NULL THEN format('{model} %%s: has no {table}', {key})
            WHEN made.{key} IS NULL THEN format('{model} %%s: has a {table} and should have none', {key})
            ELSE format('{model} %%s: its {table} differs from a rebuild in %%s', {key}, differing.columns)
        END
        FROM made FULL JOIN kept USING ({key})
        CROSS JOIN LATERAL (
            SELECT string_agg(m.key, ', ' ORDER BY m.key) AS columns FROM jsonb_each(to_jsonb(made)) m
            WHERE m.value IS DISTINCT FROM to_jsonb(kept) -> m.key
        ) AS differing
        WHERE made.{key} IS NULL OR differing.columns IS NOT NULL
        ORDER BY {key}
        """,
        ids,
    )


def check_counts() -> Iterator[str]:
    """Compare the counts of import batches, articles and documents."""
    yield from _run(
        """
        SELECT format('import batch %%s: read %%s rows, but its counts do not add up', id, rows_read)
        FROM articles_importbatch WHERE rows_read <> rows_added + rows_present + rows_changed + rows_bad
        UNION ALL
        SELECT format('import batch %%s: added %%s articles, but has %%s', b.id, b.rows_added, held.number)
        FROM articles_importbatch b
        JOIN (SELECT import_batch_id, count(*) AS number FROM articles_article GROUP BY 1) held
            ON held.import_batch_id = b.id AND held.number > b.rows_added
        UNION ALL
        SELECT format('there are %%s usable articles and %%s documents', usable, documents) FROM (
            SELECT (SELECT count(*) FROM articles_article WHERE status = 'usable') AS usable,
                   (SELECT count(*) FROM search_document) AS documents) n WHERE usable <> documents
        ORDER BY 1
        """,
        [],
    )


def check_holdings() -> Iterator[str]:
    """Compare the stored counts of holdings with the documents that they count."""
    yield from _run(
        """
        WITH counted AS (
            SELECT kind, thing_id, period, whole_year, quotes_state, sum(number) AS number
            FROM archive_holdings() GROUP BY 1, 2, 3, 4, 5),
        told AS (
            SELECT kind, thing_id, period, whole_year, quotes_state, sum(number) AS number
            FROM holding GROUP BY 1, 2, 3, 4, 5)
        SELECT format('holdings: %%s %%s has %%s in %%s, but %%s are stored; reindex', c.kind, c.thing_id,
                      coalesce(c.number, 0), coalesce(c.period::text, 'all'), coalesce(c.told, 0))
        FROM (
            SELECT coalesce(counted.kind, told.kind) AS kind,
                coalesce(counted.thing_id, told.thing_id) AS thing_id,
                coalesce(counted.period, told.period) AS period, counted.number, told.number AS told
            FROM counted FULL JOIN told
                ON (counted.kind, counted.whole_year, counted.quotes_state)
                    = (told.kind, told.whole_year, told.quotes_state)
                AND coalesce(counted.thing_id, 0) = coalesce(told.thing_id, 0)
                AND coalesce(counted.period, '-infinity') = coalesce(told.period, '-infinity')
        ) AS c WHERE coalesce(c.number, 0) <> coalesce(c.told, 0) ORDER BY 1
        """,
        [],
    )


def check_merge_cycles() -> Iterator[str]:
    """Find cycles of merged speakers, who would have no page."""
    yield from _run(
        """
        WITH RECURSIVE way (id, at) AS (
            SELECT id, merged_into_id FROM articles_speaker WHERE merged_into_id IS NOT NULL
            UNION SELECT w.id, s.merged_into_id FROM way w JOIN articles_speaker s ON s.id = w.at
                  WHERE s.merged_into_id IS NOT NULL
        ) SELECT format('speaker %%s: is merged into itself in a circle', id) FROM way WHERE id = at
        ORDER BY id
        """,
        [],
    )


def check_time_zones() -> Iterator[str]:
    """Find publications with an unknown time zone; their articles use the archive's own."""
    for pk, name in Publication.objects.exclude(time_zone="").order_by("pk").values_list("pk", "time_zone"):
        if zone_named(name) is None:
            yield f"publication {pk}: unknown time zone {name!r}; use a name such as Europe/Dublin"


def check_quote_keys(ids: Ids) -> Iterator[str]:
    """Compare the stored keys that find quotes of the same words by different speakers."""
    yield from _run(
        """
        WITH mine AS (SELECT array_agg(id) AS ids FROM articles_quote WHERE article_id = ANY(%(ids)s))
        SELECT format('quote %%s: its first and last words do not match; reindex', coalesce(a.id, b.id))
        FROM (SELECT k.quote_id AS id, k.* FROM quote_key k, mine WHERE k.quote_id = ANY(mine.ids)) a
        FULL JOIN (SELECT k.quote_id AS id, k.* FROM mine, archive_keys_of(mine.ids) k) b ON a.id = b.id
        WHERE (a.speaker_id, a.begins, a.ends) IS DISTINCT FROM (b.speaker_id, b.begins, b.ends)
        ORDER BY coalesce(a.id, b.id)
        """,
        ids,
    )


def check_signatures() -> Iterator[str]:
    """Find articles whose MinHash signature is missing or out of date."""
    for pk in without_current_signature().order_by("pk").values_list("pk", flat=True).iterator():
        yield f"article {pk}: its signature does not match its text; reindex"


def _run(query: str, ids: Ids) -> Iterator[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        # Right after an import the statistics still say that tables are small, and they would be scanned.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(query, {"ids": ids})
        lines = cursor.fetchall()
    for (line,) in lines:
        yield line


CHECKS = (
    *(check_positions, check_hashes, check_publication, check_documents, check_quote_documents),
    check_quote_keys,
)

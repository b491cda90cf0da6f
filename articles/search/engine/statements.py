"""Runs the statements of an answer. Each row is a kind and up to four values: id, slug, label, count.

Articles are found from postings; small results are then counted as rows, large ones from bitmaps. Quotes,
folded copies and past moments are searched in the tables with one statement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.db import connection

from articles.search.assist.zero_results import promotion
from articles.search.engine import facets, posted, ranking
from articles.search.engine.conditions import Sql
from articles.search.engine.documents import Compiler, select_hits
from articles.search.engine.hits import alone, conditions_of, hits_of
from articles.search.engine.postings import Sets, sets_of
from articles.search.request.query import SearchRequest

MOST_GROUPS = 1000

Row = tuple


def run(sql: Sql) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params)
        return cursor.fetchall()


def rows(found: Sequence[Compiler]) -> list[Row]:
    """The counts of the answer and the ids of its page."""
    sets = _sets(found)
    if sets is None:
        return run(_of_tables(found))
    columns = facets.columns(found[0].question)
    sources = ["hits", *facets.conditions(found)]
    dense = [name for name in sources if sets.count(name) > few(sets.documents)]
    if not _can_be_of_bits(found[0].question, dense):
        return run(_of_tables(found))
    tables: dict[str, Sql] = {}
    for name in sources:
        if name in dense:
            tables |= posted.tables(name, sets, columns)
        else:
            tables[name] = posted.rows(sets.ids.array(sets[name]), columns)
    counted = run(_of_sets(found, sets, tables, dense))
    counted += _less_frequent(found, tables, dense, counted)
    counted += [("clause", str(at), None, None, sets.count(f"clause {at}")) for at in _clauses(sets)]
    return counted + list(_of_bits(sets, counted)) if "hits" in dense else counted


def numbers_by_year(found: Sequence[Compiler]) -> dict[int, int] | None:
    """The number of articles per year; None where postings cannot answer the request."""
    sets = _sets(found)
    if sets is None:
        return None
    fresh = Sql("SELECT year AS v, count(*) AS n FROM fresh_hits WHERE year IS NOT NULL GROUP BY 1")
    tables = posted.tables("hits", sets, "d.year") | posted.counts("hits", ["year"], {}, {})
    return dict(run(_joined(tables, [posted.counted("year", "hits", fresh)])))


def few(documents: int) -> int:
    """The number of results up to which counting rows is faster than counting bitmaps."""
    return max(3000, documents // 12)


def _sets(found: Sequence[Compiler]) -> Sets | None:
    """The sets from postings; None for quotes, past moments and folded copies."""
    question = found[0].question
    if question.of_quotes or question.as_of is not None or question.copies != "all":
        return None
    asked = conditions_of(found)
    if question.sort == "relevance":
        asked["headline"] = ranking.in_headlines(found)
    return sets_of(asked, question.moment)


def _can_be_of_bits(question: SearchRequest, dense: Collection[str]) -> bool:
    if "hits" in dense and not ranking.can_be_of_bits(question):
        return False
    return facets.can_be_of_bits(question, dense)


def _of_sets(found: Sequence[Compiler], sets: Sets, tables: dict[str, Sql], dense: Collection[str]) -> Sql:
    question = found[0].question
    many = facets.dense_in_many(question, dense)
    tables = {**tables, **facets.bits_counted(question, dense, {})}
    counts = [facets.counts(found, name, dense=dense) for name in facets.names(question)]
    counts += [posted.next_number(name) for name in many]
    if "hits" in dense:
        tables["keys"] = facets.keys(question, "fresh_hits")
        page = ranking.page_of_sets(found, sets)
        return _joined(tables, [posted.read_by_year(), _page(page), *counts, *_beside(found)])
    tables["keys"] = facets.keys(question)
    return _joined(tables, [*_of_rows(), _page(_ids(found)), *counts, *_beside(found)])


def _of_tables(found: Sequence[Compiler]) -> Sql:
    """Everything in one statement, from one scan of the results."""
    question = found[0].question
    tables = {"hits": hits_of(found), **facets.sources(found)}
    if question.copies == "one":
        # A value may occur only in a copy, so facets read all copies.
        tables = {"copied": select_hits(found, facets.columns(question)), **tables}
    tables["keys"] = facets.keys(question)
    selects = [
        *_of_rows(),
        _page(_ids(found)),
        *(facets.counts(found, name) for name in facets.names(question)),
        *_clause_counts(found),
        *_beside(found),
    ]
    if question.copies == "one":
        selects.append(Sql("SELECT 'with copies', NULL, NULL, NULL, count(*) FROM copied"))
    return _joined(tables, selects)


def _of_rows() -> list[Sql]:
    """The counts of results that are rows."""
    return [
        Sql("SELECT 'count', NULL, NULL, NULL, coalesce(sum(n), 0)::bigint FROM keys"),
        Sql("SELECT 'undated', NULL, NULL, NULL, coalesce(sum(n), 0)::bigint FROM keys WHERE year IS NULL"),
        facets.read_by_year(),
        facets.stretches(),
    ]


def _beside(found: Sequence[Compiler]) -> Iterator[Sql]:
    """The promotion, the groups, and the results without a speaker."""
    question = found[0].question
    if by_editors := promotion(question):
        yield by_editors
    if question.group:
        yield facets.counts(found, question.group, what="group", shown=MOST_GROUPS)
    if facets.says_without_speaker(question):
        yield facets.without_speaker(found)


def _page(ids: Sql) -> Sql:
    return Sql(f"SELECT 'page', id::text, NULL, NULL, place FROM ({ids.text}) AS page", ids.params)


def _ids(found: Sequence[Compiler]) -> Sql:
    question = found[0].question
    return ranking.page_ids(found, (question.page - 1) * question.size, question.size)


def _clause_counts(found: Sequence[Compiler]) -> Iterator[Sql]:
    for at, clause in enumerate(alone(found[0].question)):
        hits = hits_of(found, [clause])
        yield Sql(f"SELECT 'clause', '{at}', NULL, NULL, count(*) FROM ({hits.text}) AS alone", hits.params)


def _clauses(sets: Sets) -> range:
    return range(sum(name.startswith("clause ") for name in sets.found))


def _joined(tables: dict[str, Sql], selects: Sequence[Sql]) -> Sql:
    with_ = ", ".join(f"{name} AS MATERIALIZED ({sql.text})" for name, sql in tables.items())
    body = " UNION ALL ".join(f"({sql.text})" for sql in selects)
    params = tuple(param for sql in (*tables.values(), *selects) for param in sql.params)
    return Sql(f"WITH {facets.FAMILIES}, {with_} {body}", params)


def _less_frequent(
    found: Sequence[Compiler], tables: dict[str, Sql], dense: Collection[str], counted: list[Row]
) -> list[Row]:
    """Recount facets in which a value that is rare in the archive may be among the most frequent here.

    Removes the first counts of such facets from `counted`.
    """
    question, least = found[0].question, {}
    for name in facets.dense_in_many(question, dense):
        numbers = sorted((row[4] for row in counted if row[0] == name), reverse=True)
        last = numbers[facets.SHOWN] if len(numbers) > facets.SHOWN else 1
        if next(row[4] for row in counted if row[:2] == ("next", name)) >= last:
            least[name] = last
    if not least:
        return []
    counted[:] = [row for row in counted if row[0] not in least]
    tables = {**tables, **facets.bits_counted(question, dense, least)}
    return run(_joined(tables, [facets.counts(found, name, dense=dense) for name in least]))


def _of_bits(sets: Sets, counted: Sequence[Row]) -> Iterator[Row]:
    """The counts of results that are a bitmap, besides facets."""
    yield "count", None, None, None, sets.count("hits")
    dated = sum(row[4] for row in counted if row[0] == "year")
    yield "undated", None, None, None, sets.count("hits") - dated
    years = [int(row[2]) for row in counted if row[0] == "year"]
    # Where they lie within two years, as in `facets.stretches`.
    if years and max(years) - min(years) < 2:
        yield from run(posted.stretches(sets))

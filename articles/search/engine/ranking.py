"""The order of results. It is the same for all pages, so that each result is on exactly one page."""

from __future__ import annotations

from collections.abc import Sequence

from articles.search.engine.conditions import (
    NOTHING,
    Condition,
    Lexemes,
    Sql,
    as_lexemes,
    either,
    every,
    to_sql,
)
from articles.search.engine.documents import Compiler
from articles.search.engine.postings import Sets
from articles.search.query import And, Field, Near, Node, Or, Words
from articles.search.query.nodes import positive_words
from articles.search.request.query import SearchRequest

# The newest results that match in the headline, then the newest others, are ranked; others follow by date.
CANDIDATES = 200
# Walking an index in order costs the gaps between results; sorting costs a multiple of their number.
WALKED = 25
# For captions, bylines and kickers; body; standfirst; headline.
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"
NEWEST = "published_on DESC NULLS LAST, id DESC"
ORDERS = {
    "newest": NEWEST,
    "oldest": "published_on ASC NULLS LAST, id ASC",
    "added": "first_public_at DESC NULLS LAST, id DESC",
}


def page_ids(
    compilers: Sequence[Compiler],
    offset: int = 0,
    limit: int | None = None,
    *,
    ranked: int | None = CANDIDATES,
) -> Sql:
    """SQL for the ids of one page of `hits`, or of all pages, with their positions.

    Only the first `ranked` are ranked; None ranks all, for measurements.
    """
    question = compilers[0].question
    if question.sort == "relevance":
        return _by_relevance(compilers, offset, limit, ranked)
    if question.sort == "random":
        order, params = "md5(%s || ':' || id::text), id", [str(question.seed)]
    else:
        order, params = ORDERS[question.sort], []
    return Sql(_numbered(f"SELECT id FROM hits ORDER BY {order} {_tail(offset, limit)}"), tuple(params))


def can_be_of_bits(question: SearchRequest) -> bool:
    """Whether the ids of the page can be found from a bitmap of the results."""
    if question.sort == "relevance":
        return question.page * question.size <= CANDIDATES
    return question.sort in ("newest", "oldest")


def in_headlines(compilers: Sequence[Compiler]) -> Condition:
    """The condition of results that are ranked first: the query matches the headline."""
    found = (_in_headline(compiler, compiler.question.parsed.root) for compiler in compilers)
    return either(condition for condition in found if condition is not None)


def page_of_sets(compilers: Sequence[Compiler], sets: Sets) -> Sql:
    """SQL for the ids of a page and their positions, from a bitmap; by relevance only among candidates."""
    question = compilers[0].question
    offset, limit = (question.page - 1) * question.size, question.size
    if question.sort != "relevance":
        first = _first(sets, sets["hits"], ORDERS[question.sort], offset + limit)
        return _wrapped(_numbered(f"SELECT id FROM ({{}}) AS f {_tail(offset, limit)}"), first)
    in_headline = sets["hits"] & sets["headline"]
    remaining = max(0, CANDIDATES - in_headline.bit_count())
    first = _first(sets, in_headline, NEWEST, CANDIDATES)
    rest = _first(sets, sets["hits"] & ~in_headline, NEWEST, remaining)
    scores = [_scores(compiler) for compiler in compilers]
    scored = " UNION ALL ".join(sql.text for sql in scores)
    candidates = f"WITH candidates AS MATERIALIZED (({first.text}) UNION ALL ({rest.text})) {scored}"
    params = (*first.params, *rest.params, *(param for sql in scores for param in sql.params))
    return Sql(_numbered(_AMONG_CANDIDATES.format(scored=candidates, tail=_tail(offset, limit))), params)


def _first(sets: Sets, bits: int, order: str, limit: int) -> Sql:
    """The first results of a bitmap: a small one is sorted, for a large one the index is walked."""
    rows = "SELECT * FROM (SELECT d.article_id AS id, d.published_on FROM search_document d WHERE {}) AS s "
    tail = f"ORDER BY {order} LIMIT {int(limit)}"
    number = bits.bit_count()
    if number**2 <= WALKED * sets.documents:
        return Sql(rows.format("d.article_id = ANY(%s::bigint[])") + tail, (sets.ids.array(bits),))
    walked = rows.format("get_bit(%s::bit varying, d.article_id::int) = 1")
    return Sql(walked + tail, (sets.ids.written(bits),))


def _wrapped(template: str, sql: Sql) -> Sql:
    return Sql(template.format(sql.text), sql.params)


def _numbered(ordered: str) -> str:
    """Ids with positions, numbered after LIMIT, so that the server sorts no more than a page."""
    return f"SELECT id, row_number() OVER () AS place FROM ({ordered}) AS ordered"


def _by_relevance(compilers: Sequence[Compiler], offset: int, limit: int | None, ranked: int | None) -> Sql:
    headline = [_headline_hits(compiler) for compiler in compilers]
    scores = [_scores(compiler) for compiler in compilers]
    # Only as many others are sorted as there are free candidates.
    limited = "NULL" if ranked is None else int(ranked)
    scored = Sql(
        f"""
        WITH in_headline (id) AS MATERIALIZED ({" UNION ALL ".join(sql.text for sql in headline)}),
        first AS MATERIALIZED (
          SELECT id, published_on FROM hits WHERE (id IN (SELECT id FROM in_headline)) IS TRUE
          ORDER BY {NEWEST} LIMIT {limited}
        ), candidates AS MATERIALIZED (
          SELECT id, published_on FROM first
          UNION ALL (
            SELECT id, published_on FROM hits WHERE id NOT IN (SELECT id FROM in_headline)
            ORDER BY {NEWEST} LIMIT {limited} - (SELECT count(*) FROM first))
        )
        {" UNION ALL ".join(sql.text for sql in scores)}""",
        tuple(param for sql in (*headline, *scores) for param in sql.params),
    )
    # Candidates come before all others: a page among them does not read the rest.
    among = limit is not None and (ranked is None or offset + limit <= ranked)
    template = _AMONG_CANDIDATES if among else _AMONG_ALL
    return Sql(_numbered(template.format(scored=scored.text, tail=_tail(offset, limit))), scored.params)


_AMONG_CANDIDATES = """
SELECT s.id FROM ({scored}) s
ORDER BY s.score DESC, s.published_on DESC NULLS LAST, s.id DESC {tail}"""
_AMONG_ALL = """
SELECT h.id FROM hits h LEFT JOIN ({scored}) s ON s.id = h.id
ORDER BY s.score DESC NULLS LAST, h.published_on DESC NULLS LAST, h.id DESC {tail}"""


def _tail(offset: int, limit: int | None) -> str:
    return f"OFFSET {int(offset)}" + (f" LIMIT {int(limit)}" if limit is not None else "")


def _headline_hits(compiler: Compiler) -> Sql:
    condition = (
        NOTHING if compiler.question.of_quotes else _in_headline(compiler, compiler.question.parsed.root)
    )
    where = to_sql(condition or NOTHING, compiler.table)
    return compiler.table.select(compiler.table.column(compiler.table.key), where)


def _in_headline(compiler: Compiler, node: Node | None) -> Condition | None:
    """The condition that the headline alone matches; None where the node has no words."""
    if isinstance(node, Words):
        return Lexemes(compiler.together(node, "headline"))
    if isinstance(node, Field):
        return _in_headline(compiler, node.node)
    if isinstance(node, And | Or | Near):
        parts = [part for child in node.children() if (part := _in_headline(compiler, child)) is not None]
        if parts:
            return either(parts) if isinstance(node, Or) else every(parts)
    return None


def _scores(compiler: Compiler) -> Sql:
    """The score of each candidate: every query word counts, a headline ten times a caption."""
    table = compiler.table
    asked = either(
        Lexemes(compiler.together(words, "")) for words in positive_words(compiler.question.parsed.root)
    )
    query = as_lexemes(asked)
    assert query is not None  # noqa: S101 - relevance is only offered where words are asked for
    where = f"{table.column(table.key)} IN (SELECT id FROM candidates)"
    params: list[object] = [WEIGHTS, query.query]
    if compiler.tongue.languages:
        where += f" AND {table.column('language')} = ANY(%s)"
        params.append(list(compiler.tongue.languages))
    what = (
        f"{table.column(table.key)} AS id, {table.column('published_on')} AS published_on, "
        f"ts_rank(%s::float4[], {table.column('vector')}, %s::tsquery, 1) AS score"
    )
    return Sql(table.select(what, Sql(where)).text, tuple(params))

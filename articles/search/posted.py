"""How a large set of articles falls into publications, years and the like, counted by bits of postings.

A set is a table of blocks, `bits`, beside one of the few rows in it that no posting tells of, `fresh`.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.search.conditions import Sql
from articles.search.postings import Sets

# Of each facet the family of its terms, and the value that a term stands for.
_FAMILIES = {
    "publication": ("#p", "substr(t.term, 3)::bigint"),
    "section": ("#s", "substr(t.term, 3)::bigint"),
    "topic": ("#t", "substr(t.term, 3)::bigint"),
    "speaker": ("#k", "substr(t.term, 3)::bigint"),
    "author": ("#a", "substr(t.term, 3)::bigint"),
    "language": ("!l", "substr(t.term, 3)"),
    "year": ("#y", "substr(t.term, 3)::int"),
    "kind": (
        "!k",
        "(CASE substr(t.term, 3) WHEN '1' THEN 'direct' WHEN '2' THEN 'mixed' WHEN '4' THEN 'question' "
        "ELSE 'answer' END)",
    ),
}
# Facets of as many values as an archive may have: the most frequent are counted first, and others only where
# they could still come before those.
MANY = ("topic", "speaker", "author")
FIRST = 64


def tables(name: str, sets: Sets, columns: str) -> dict[str, Sql]:
    """The set as tables of its blocks and of its fresh rows."""
    blocks = sets.ids.in_blocks(sets[name] & ~sets.unposted)
    fresh = list(sets.ids.members(sets[name] & sets.unposted))
    return {
        f"bits_{name}": Sql(
            "SELECT block, bits::bit(30720) FROM unnest(%s::int[], %s::text[]) AS b (block, bits)",
            ([*blocks], [*blocks.values()]),
        ),
        f"fresh_{name}": rows(fresh, columns),
    }


def rows(ids: Sequence[int], columns: str) -> Sql:
    return Sql(f"SELECT {columns} FROM search_document d WHERE d.article_id = ANY(%s)", (list(ids),))


def counted(name: str, source: str, fresh: Sql, chosen: Sequence[int], least: int | None) -> Sql:
    """Each value of a facet with how often it stands in the set `source`; `fresh` counts in its fresh rows.

    Of facets of many values those that `least` documents or more hold, at first only the most frequent.
    """
    if name not in MANY:
        family, value = _FAMILIES[name]
        return Sql(_COUNTED.format(value=value, source=source, fresh=fresh.text), (family, *fresh.params))
    family, _ = _FAMILIES[name]
    terms, params = _FREQUENT, (family, FIRST)
    if least is not None:
        terms, params = _LEAST, (family, least)
    people = name in ("speaker", "author")
    return Sql(
        _COUNTED_OF_MANY.format(
            terms=terms,
            letters=f"'{family}'",
            source=source,
            fresh=fresh.text,
            final="coalesce(f.final, substr(t.term, 3)::bigint)" if people else "substr(t.term, 3)::bigint",
            families="LEFT JOIN families f ON f.member = substr(t.term, 3)::bigint" if people else "",
            merged=f"UNION SELECT '{family}' || member FROM families" if people else "",
        ),
        (*fresh.params, *params, [f"{family}{id_}" for id_ in chosen]),
    )


def next_number(name: str) -> Sql:
    """How many documents hold the most frequent value that is not counted at first, at the most."""
    family, _ = _FAMILIES[name]
    return Sql(
        f"SELECT 'next', '{name}', NULL, NULL, coalesce((SELECT number FROM posted_term WHERE family = %s "
        "ORDER BY number DESC OFFSET %s LIMIT 1), 0)",
        (family, FIRST),
    )


_COUNTED = """
SELECT v, sum(n)::bigint AS n FROM (
  SELECT {value} AS v, sum(bit_count(p.bits & s.bits)) AS n
  FROM posted_term t JOIN posting p ON p.term = t.term JOIN bits_{source} s ON s.block = p.block
  WHERE t.family = %s GROUP BY 1
  UNION ALL {fresh}
) AS c GROUP BY v HAVING sum(n) > 0
"""
_FREQUENT = "(SELECT term FROM posted_term WHERE family = %s ORDER BY number DESC LIMIT %s)"
_LEAST = "(SELECT term FROM posted_term WHERE family = %s AND number >= %s)"
# A speaker and those merged into it stand beside a document once.
_COUNTED_OF_MANY = """
SELECT v, sum(n)::bigint AS n FROM (
  WITH fresh (v, n) AS MATERIALIZED ({fresh}),
  asked AS MATERIALIZED (
    {terms} UNION SELECT unnest(%s::text[]) UNION SELECT {letters} || v FROM fresh {merged}
  )
  SELECT v, sum(bit_count(f.bits & s.bits)) AS n FROM (
    SELECT {final} AS v, p.block, bit_or(p.bits) AS bits
    FROM asked t JOIN posting p ON p.term = t.term {families} GROUP BY 1, 2
  ) AS f JOIN bits_{source} s ON s.block = f.block GROUP BY v
  UNION ALL SELECT v, n FROM fresh
) AS c GROUP BY v HAVING sum(n) > 0
"""


def read_by_year() -> Sql:
    """Of the hits those read by a person, by year; without one for the undated."""
    return Sql(_READ_BY_YEAR)


_READ_BY_YEAR = """
WITH read AS MATERIALIZED (
  SELECT s.block, s.bits & p.bits AS bits
  FROM bits_hits s JOIN posting p ON p.term = '!r' AND p.block = s.block
), by_year AS MATERIALIZED (
  SELECT substr(t.term, 3) AS year, sum(bit_count(p.bits & r.bits)) AS n
  FROM posted_term t JOIN posting p ON p.term = t.term JOIN read r ON r.block = p.block
  WHERE t.family = '#y' GROUP BY 1
)
SELECT 'read', NULL, year, NULL, sum(n)::bigint FROM (
  SELECT year, n FROM by_year
  UNION ALL SELECT NULL, (SELECT sum(bit_count(bits)) FROM read) - (SELECT coalesce(sum(n), 0) FROM by_year)
  UNION ALL SELECT year::text, n FROM keys WHERE read
) AS c GROUP BY year HAVING sum(n) > 0
"""


def stretches(sets: Sets) -> Sql:
    """The hits by the period that was printed and by who read them."""
    return Sql(
        "SELECT 'stretch', (d.quotes_state = 'read')::text, d.published_on::text, d.published_until::text, "
        "count(*) FROM search_document d WHERE get_bit(%s::bit varying, d.article_id::int) = 1 "
        "AND d.published_on IS NOT NULL GROUP BY 2, 3, 4",
        (sets.ids.written(sets["hits"]),),
    )

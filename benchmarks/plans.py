"""Print the query plans of one query of each class, in short or in full."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from benchmarks import timing
from benchmarks.queries import Timed

_SETTINGS = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'"
Statement = tuple[str, Any]


def explained(name: str, timed: Timed, *, in_full: bool) -> Iterator[str]:
    """Yield Markdown: the address, and the plan of each SQL statement with its time."""
    address = "&".join(f"{key}={value}" for key, value in timed.parameters)
    yield f"#### {name}: `{timed.scope}?{address}`"
    for sql, params in _statements(timed):
        yield "```text"
        if in_full:
            yield " ".join(connection.ops.compose_sql(sql, params).split())
            yield from _run(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
        else:
            yield from _in_short(
                json.loads(_run(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)[0])[0]
            )
        yield "```"


def _statements(timed: Timed) -> list[Statement]:
    """Return the SQL statements of one answer, without SET statements."""
    found: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith(("WITH", "SELECT")):
            found.append((sql, params))
        return execute(sql, params, many, context)

    timing.answer(timed)
    with connection.execute_wrapper(note):
        timing.answer(timed)
    return found


def _run(sql: str, params: Any) -> list[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SETTINGS)
        cursor.execute(sql, params)
        return [row[0] if isinstance(row[0], str) else json.dumps(row[0]) for row in cursor.fetchall()]


def _in_short(plan: dict[str, Any]) -> Iterator[str]:
    """Yield one line per scan of a table or index."""
    yield f"planning {plan['Planning Time']:.1f} ms, execution {plan['Execution Time']:.1f} ms"
    for node in _nodes(plan["Plan"]):
        where = node.get("Relation Name") or node.get("Index Name")
        if where and node["Actual Loops"]:
            rows = int(node["Actual Rows"] * node["Actual Loops"])
            blocks = node.get("Shared Hit Blocks", 0) + node.get("Shared Read Blocks", 0)
            index = f" by {node['Index Name']}" if "Relation Name" in node and "Index Name" in node else ""
            vain = node.get("Rows Removed by Index Recheck")
            again = f", {vain:,} removed by recheck" if vain else ""
            yield (
                f"  {node['Node Type']} {where}{index}: {rows:,} rows, {blocks:,} blocks{again}, "
                f"{node['Actual Total Time'] * node['Actual Loops']:.1f} ms"
            )


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in node.get("Plans", ()):
        yield from _nodes(part)

"""Exports search results, selections and tables as CSV, JSON and JSON Lines.

Citation formats are in `articles.citations`, the Atom feed is in `articles.feeds`.
"""

from articles.exports.csv_format import csv_chunks
from articles.exports.csv_table import (
    audit_log_csv,
    audit_log_jsonl,
    holdings_csv,
    holdings_rows,
    notices_csv,
    notices_json,
)
from articles.exports.json_format import answer_json, errors_json, jsonl_chunks
from articles.exports.selections import selection_csv, selection_json, selection_jsonl
from articles.exports.serializers import record

__all__ = [
    "answer_json",
    "audit_log_csv",
    "audit_log_jsonl",
    "csv_chunks",
    "errors_json",
    "holdings_csv",
    "holdings_rows",
    "jsonl_chunks",
    "notices_csv",
    "notices_json",
    "record",
    "selection_csv",
    "selection_json",
    "selection_jsonl",
]

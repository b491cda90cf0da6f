"""From an answer, or from everything a question finds, to a file: one module a format.

The formats of citations stand in `articles.citations`, the Atom feed in `articles.feeds`.
"""

from articles.exports.csv_format import csv_chunks
from articles.exports.csv_table import (
    deeds_csv,
    deeds_jsonl,
    holdings_csv,
    holdings_rows,
    notices_csv,
    notices_json,
)
from articles.exports.json_format import answer_json, errors_json, jsonl_chunks
from articles.exports.selections import basket_csv, basket_json, basket_jsonl
from articles.exports.serializers import record

__all__ = [
    "answer_json",
    "basket_csv",
    "basket_json",
    "basket_jsonl",
    "csv_chunks",
    "deeds_csv",
    "deeds_jsonl",
    "errors_json",
    "holdings_csv",
    "holdings_rows",
    "jsonl_chunks",
    "notices_csv",
    "notices_json",
    "record",
]

"""Error reports by readers: submitted without an account, resolved by an editor, answered at a secret URL."""

from articles.reader_reports.queue import TABS, Decision, Group, decided, rows_in, tabs, waiting
from articles.reader_reports.resolve import AlreadyDecided, Ruling, decide
from articles.reader_reports.retention import RETENTION_MONTHS, delete_old_tallies, purge_remarks
from articles.reader_reports.submit import LONGEST_REMARK, found_by, may_send, new_token, receive

__all__ = [
    "LONGEST_REMARK",
    "RETENTION_MONTHS",
    "TABS",
    "AlreadyDecided",
    "Decision",
    "Group",
    "Ruling",
    "decide",
    "decided",
    "delete_old_tallies",
    "found_by",
    "may_send",
    "new_token",
    "purge_remarks",
    "receive",
    "rows_in",
    "tabs",
    "waiting",
]

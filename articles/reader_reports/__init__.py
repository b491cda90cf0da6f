"""What readers say is wrong: taken in without an account, decided by an editor, answered at an address."""

from articles.reader_reports.queue import LANES, Decided, Group, decided, lanes, waiting
from articles.reader_reports.resolve import DecidedMeanwhile, Ruling, decide
from articles.reader_reports.retention import KEPT_MONTHS, blank, drop_tallies
from articles.reader_reports.submit import LONGEST_REMARK, found_by, may_send, new_token, receive

__all__ = [
    "KEPT_MONTHS",
    "LANES",
    "LONGEST_REMARK",
    "Decided",
    "DecidedMeanwhile",
    "Group",
    "Ruling",
    "blank",
    "decide",
    "decided",
    "drop_tallies",
    "found_by",
    "lanes",
    "may_send",
    "new_token",
    "receive",
    "waiting",
]

"""What readers say is wrong: taken in without an account, decided by an editor, answered at an address."""

from .deciding import DecidedMeanwhile, Ruling, decide
from .keeping import KEPT_MONTHS, blank, drop_tallies
from .queue import LANES, Decided, Group, decided, lanes, waiting
from .receiving import LONGEST_REMARK, found_by, new_token, receive
from .senders import may_send

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

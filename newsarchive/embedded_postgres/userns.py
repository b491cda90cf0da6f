"""Running initdb as a user id that has no entry in the list of users, as in many containers.

PostgreSQL itself serves under any id, but initdb and the single-user mode ask for the user's name and give
up without one. Where the kernel allows it they run in a user namespace of their own, in which the id is that
of a named user; what they write belongs to the real one.
"""

import ctypes
import os
import pwd
import sys
from collections.abc import Callable

CLONE_NEWUSER = 0x10000000
PR_SET_DUMPABLE = 4


def borrow_a_name(user: int | None) -> Callable[[], None] | None:
    """The ``preexec_fn`` with which a nameless user is somebody; None for users that have a name."""
    real = os.geteuid() if user is None else user
    try:
        pwd.getpwuid(real)
    except KeyError:
        named = next((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid), None)
        if sys.platform == "linux" and named:
            return lambda: _enter(named)
    return None


def _enter(named: int) -> None:
    """Where the kernel refuses, nothing changes: the program then says itself that it has no name."""
    user, group, libc = os.geteuid(), os.getegid(), ctypes.CDLL(None)
    # A process that has just changed its user may not write its own maps unless it says so.
    libc.prctl(PR_SET_DUMPABLE, 1)
    if libc.unshare(CLONE_NEWUSER) == 0:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{named} {user} 1"),
            ("gid_map", f"{named} {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)

"""The parent process of the postmaster; stops it when no process uses it any more.

A script that needs only the standard library. Each client holds a shared lock on the clients file, which the
kernel releases when the client ends. Getting the lock exclusively means that no client is left.
"""

import argparse
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
SHUTDOWN_SECONDS = 60


def main() -> None:
    options = _options()
    postmaster = _start(options)
    signal.signal(signal.SIGTERM, lambda *_: _stop(postmaster))
    threading.Thread(target=_end_with, args=[postmaster], daemon=True).start()
    clients = os.open(options.clients, os.O_RDWR | os.O_CREAT, 0o600)
    while True:
        fcntl.flock(clients, fcntl.LOCK_EX)
        fcntl.flock(clients, fcntl.LOCK_UN)
        time.sleep(options.grace)
        try:
            # Held to the end: a new client waits for its shared lock and then starts a new server.
            fcntl.flock(clients, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        _stop(postmaster)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", required=True)
    parser.add_argument(
        "--serving", type=int, required=True, help="descriptor of the lock that says: it runs"
    )
    parser.add_argument("--user", type=int)
    parser.add_argument("--grace", type=float, default=10)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    return parser.parse_args()


def _start(options: argparse.Namespace) -> subprocess.Popen[bytes]:
    """Start the server, which inherits the lock: it is free when supervisor and server have both ended."""
    run_as = (
        {"user": options.user, "group": options.user, "extra_groups": []} if options.user is not None else {}
    )
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    return subprocess.Popen(command, pass_fds=[options.serving], preexec_fn=_die_with_parent, **run_as)


def _die_with_parent() -> None:
    """If the supervisor is killed, the server does a fast shutdown."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _end_with(postmaster: subprocess.Popen[bytes]) -> None:
    postmaster.wait()
    os._exit(postmaster.returncode and 1)


def _stop(postmaster: subprocess.Popen[bytes]) -> None:
    postmaster.send_signal(signal.SIGINT)
    time.sleep(SHUTDOWN_SECONDS)  # the watching thread ends this process when the server has ended
    postmaster.send_signal(signal.SIGQUIT)
    time.sleep(SHUTDOWN_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()

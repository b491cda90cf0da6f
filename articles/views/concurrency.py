"""Limits how many searches and files a web process serves at once; further searches wait in turn."""

from __future__ import annotations

import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import chain, islice
from threading import Event, Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from newsarchive.middleware import client_network

View = Callable[..., HttpResponse]

log = logging.getLogger(__name__)

# Marks the second attempt that the page of a refused search makes by itself. The view never sees it.
RETRIED = "retried"


class Waiter:
    """A request in the queue; ``decided`` is set once it was admitted, or lost its seat to another client."""

    def __init__(self) -> None:
        self.decided = Event()
        self.admitted = False

    def decide(self, *, admitted: bool) -> None:
        self.admitted = admitted
        self.decided.set()


class Queue:
    """Waiting requests, admitted in turn: one of each client, then the next of each client."""

    def __init__(self) -> None:
        self._waiters: OrderedDict[str, deque[Waiter]] = OrderedDict()

    def __len__(self) -> int:
        return sum(map(len, self._waiters.values()))

    def add(self, client: str) -> Waiter:
        waiter = Waiter()
        self._waiters.setdefault(client, deque()).append(waiter)
        return waiter

    def next(self) -> Waiter | None:
        if not self._waiters:
            return None
        client, waiters = self._waiters.popitem(last=False)
        waiter = waiters.popleft()
        if waiters:
            self._waiters[client] = waiters
        return waiter

    def remove(self, client: str, waiter: Waiter) -> None:
        self._waiters[client].remove(waiter)
        if not self._waiters[client]:
            del self._waiters[client]

    def make_room(self, client: str) -> bool:
        """Send away the last request of the client with the most, if this one would still have fewer."""
        most = max(self._waiters, key=lambda other: len(self._waiters[other]), default=client)
        if len(self._waiters.get(most, ())) <= len(self._waiters.get(client, ())) + 1:
            return False
        self._waiters[most].pop().decide(admitted=False)
        return True


class Gate:
    """Admits ``places`` requests of this process at once, and lets ``waiting`` more wait in fair order.

    A request that waits holds one of the ``threads`` that all pages share. The last of them is lent for a
    third of the waiting time, and only while requests are being finished: a search that is refused then
    leaves it to other pages. ``within``: another gate in which each request here takes a place as well.
    """

    def __init__(
        self,
        places: int,
        *,
        waiting: int = 0,
        threads: int | None = None,
        seconds_to_wait: float = 0,
        retry_seconds: int = 5,
        within: Gate | None = None,
    ) -> None:
        self.places, self.waiting, self.threads = places, waiting, threads or places + waiting + 1
        self.seconds_to_wait, self.retry_seconds = seconds_to_wait, retry_seconds
        self.within = within
        self.running = self.finished = self.refused = 0
        self.queue = Queue()
        self._lock = Lock()
        # How many had been finished when a request last held all threads in vain.
        self._stuck_after = -1

    def __call__(self, view: View) -> View:
        @wraps(view)
        def through_the_gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            retried = _take_mark(request)
            if not self.enter(client_network(request), wait=True):
                return self.busy(request, retry=not retried)
            try:
                return view(request, *args, **kwargs)
            finally:
                self.leave()

        return through_the_gate

    def enter(self, client: str = "", *, wait: bool = False) -> bool:
        """Take a place; false where there is none, or where none became free in time."""
        with self._lock:
            if self.running < self.places:
                self._hold()
                return True
            if not wait or not self._may_wait(client):
                return False
            waiter = self.queue.add(client)
            last_thread, finished = self._busy_threads >= self.threads, self.finished
        if last_thread and not waiter.decided.wait(self.seconds_to_wait / 3):
            with self._lock:
                if self.finished == finished:
                    self._stuck_after = finished
                    return self._give_up(client, waiter)
        if not waiter.decided.wait(self.seconds_to_wait * (2 / 3 if last_thread else 1)):
            with self._lock:
                return self._give_up(client, waiter)
        return waiter.admitted

    @property
    def _busy_threads(self) -> int:
        return self.running + len(self.queue)

    def _may_wait(self, client: str) -> bool:
        if len(self.queue) >= self.waiting:
            return self.queue.make_room(client)
        return self._busy_threads + 1 < self.threads or self.finished != self._stuck_after

    def _give_up(self, client: str, waiter: Waiter) -> bool:
        """Leave the queue, unless somebody decided about this request just now."""
        if not waiter.decided.is_set():
            self.queue.remove(client, waiter)
        return waiter.admitted

    def leave(self) -> None:
        """Give the place to whoever is next."""
        with self._lock:
            self.finished += 1
            waiter = self.queue.next() if self.running <= self.places else None
            if waiter:
                waiter.decide(admitted=True)
            else:
                self.running -= 1
        if self.within:
            self.within.leave()

    def _hold(self) -> None:
        self.running += 1
        if self.within:
            with self.within._lock:
                self.within._hold()

    def busy(self, request: HttpRequest, *, retry: bool = False) -> HttpResponse:
        """The page of a refused request; with ``retry`` it asks once more by itself."""
        with self._lock:
            self.refused += 1
            state = (self.running, len(self.queue), self.refused)
        log.warning("%s refused: %d running, %d waiting, %d refused since start", request.path, *state)
        again = request.get_full_path()
        # A program that takes a file reads Retry-After.
        retry = retry and request.method == "GET" and "format" not in request.GET
        context = {
            "search_words": request.GET.get("q", ""),
            "again": again,
            "retry_seconds": self.retry_seconds if retry else None,
        }
        response = render(request, "busy.html", context, status=429)
        response["Retry-After"] = str(self.retry_seconds)
        if retry:
            marked = f"{again}{'&' if '?' in again else '?'}{RETRIED}=1"
            response["Refresh"] = f"{self.retry_seconds}; url={marked}"
        return response


def _take_mark(request: HttpRequest) -> bool:
    """Whether this is a second attempt; its mark is no part of the address that the view answers."""
    if RETRIED not in request.GET:
        return False
    asked = request.GET.copy()
    del asked[RETRIED]
    request.GET = asked
    request.META["QUERY_STRING"] = asked.urlencode()
    return True


class Stream:
    """The chunks of a file, which keep a place at a gate until the last is taken or the reader is gone."""

    def __init__(self, chunks: Iterator[bytes], gate: Gate) -> None:
        self._made = chunks
        self._chunks = chunks
        self._gate: Gate | None = gate

    def begin(self, count: int) -> Stream:
        """Make the first chunks now, so that what fails at once fails before the answer begins."""
        try:
            self._chunks = chain(list(islice(self._made, count)), self._made)
        except BaseException:
            self.close()
            raise
        return self

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._chunks)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Called by Django in any case, also where nothing was ever read."""
        gate, self._gate = self._gate, None
        if gate is not None:
            try:
                # Ends the transaction of a file that is not read to its end.
                getattr(self._made, "close", int)()
            finally:
                gate.leave()


few_at_once = Gate(
    settings.SEARCHES_AT_ONCE,
    waiting=settings.SEARCHES_WAITING,
    threads=settings.WEB_THREADS,
    seconds_to_wait=settings.SEARCH_WAIT_SECONDS,
    retry_seconds=settings.SEARCH_RETRY_SECONDS,
)
# A file holds its thread and its connection for as long as somebody reads it, so it counts as a search.
few_files = Gate(settings.FILES_AT_ONCE, retry_seconds=30, within=few_at_once)

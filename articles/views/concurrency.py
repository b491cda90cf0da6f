"""Limits how many searches and files a web process serves at once; further searches wait in turn."""

from __future__ import annotations

import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from errno import ECONNRESET
from functools import wraps
from itertools import chain, islice
from threading import Event, Lock
from traceback import clear_frames

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from newsarchive.error_pages import is_the_database
from newsarchive.middleware import client_network
from newsarchive.retries import may_retry, retry_after

View = Callable[..., HttpResponseBase]

log = logging.getLogger(__name__)


class Waiter:
    """A request in the queue; ``decided`` is set when it is admitted or refused for another client."""

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

    def drop_one(self, client: str) -> bool:
        """Refuse the last request of the client with the most, if this client would still have fewer."""
        most = max(self._waiters, key=lambda other: len(self._waiters[other]), default=client)
        if len(self._waiters.get(most, ())) <= len(self._waiters.get(client, ())) + 1:
            return False
        self._waiters[most].pop().decide(admitted=False)
        return True


class ConcurrencyLimit:
    """Admits ``places`` requests of this process at once, and lets ``waiting`` more wait in fair order.

    A waiting request holds one of the ``threads`` that all pages share. A request may hold the last thread
    for a third of the waiting time, and only while other requests finish: after that it is refused, so that
    other pages get the thread. ``within``: another limit in which each request here also takes a place.
    """

    def __init__(
        self,
        places: int,
        *,
        waiting: int = 0,
        threads: int | None = None,
        seconds_to_wait: float = 0,
        retry_seconds: int = 5,
        within: ConcurrencyLimit | None = None,
    ) -> None:
        self.places, self.waiting, self.threads = places, waiting, threads or places + waiting + 1
        self.seconds_to_wait, self.retry_seconds = seconds_to_wait, retry_seconds
        self.within = within
        self.running = self.finished = self.refused = 0
        self.queue = Queue()
        self._lock = Lock()
        # The value of ``finished`` when a request last held every thread and was refused.
        self._stuck_after = -1

    def __call__(self, view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not self.enter(client_network(request), wait=True):
                return self.busy(request)
            try:
                return view(request, *args, **kwargs)
            finally:
                self.leave()

        return limited

    def enter(self, client: str = "", *, wait: bool = False) -> bool:
        """Take a place; false if there is none or none became free in time."""
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
            return self.queue.drop_one(client)
        return self._busy_threads + 1 < self.threads or self.finished != self._stuck_after

    def _give_up(self, client: str, waiter: Waiter) -> bool:
        """Leave the queue, unless somebody decided about this request just now."""
        if not waiter.decided.is_set():
            self.queue.remove(client, waiter)
        return waiter.admitted

    def leave(self) -> None:
        """Give the place to the next request."""
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

    def busy(self, request: HttpRequest) -> HttpResponse:
        """The page of a refused request, which tries once more by itself."""
        with self._lock:
            self.refused += 1
            state = (self.running, len(self.queue), self.refused)
        log.warning("%s refused: %d running, %d waiting, %d refused since start", request.path, *state)
        retry = may_retry(request)
        context = {
            "search_words": request.GET.get("q", ""),
            "again": request.get_full_path(),
            "retry_seconds": self.retry_seconds if retry else None,
        }
        response = render(request, "busy.html", context, status=429)
        response["Retry-After"] = str(self.retry_seconds)
        if retry:
            retry_after(response, request, self.retry_seconds)
        return response


def _clear_frames(error: BaseException | None) -> None:
    """Close the generators that the frames of an error refer to, and with them their transactions.

    Django's database errors refer to themselves: the garbage collector would close the generators later, in
    any thread, and until then the connection of this one would be in a transaction.
    """
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


class Stream:
    """The chunks of a file. They hold a place of the limit until the last is read or the reader is gone."""

    def __init__(self, chunks: Iterator[bytes], limit: ConcurrencyLimit) -> None:
        self._made = chunks
        self._chunks = chunks
        self._limit: ConcurrencyLimit | None = limit

    def begin(self, count: int) -> Stream:
        """Create the first chunks now, so that an early failure comes before the response begins."""
        try:
            self._chunks = chain(list(islice(self._made, count)), self._made)
        except BaseException as error:
            _clear_frames(error)
            self.close()
            raise
        return self

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._chunks)
        except BaseException as error:
            _clear_frames(error)
            self.close()
            if not is_the_database(error):
                raise
            reason = str(error).strip().splitlines() or [type(error).__name__]
            log.error("A file ended early: %s", reason[0])
            # The web server closes the connection without the last chunk: the file is seen to be broken.
            raise ConnectionResetError(ECONNRESET, "the file ended early") from None

    def close(self) -> None:
        """Django always calls this, even if nothing was read."""
        limit, self._limit = self._limit, None
        if limit is not None:
            try:
                # Ends the transaction of a file that was not read to the end.
                getattr(self._made, "close", int)()
            finally:
                limit.leave()


limit_searches = ConcurrencyLimit(
    settings.SEARCHES_AT_ONCE,
    waiting=settings.SEARCHES_WAITING,
    threads=settings.WEB_THREADS,
    seconds_to_wait=settings.SEARCH_WAIT_SECONDS,
    retry_seconds=settings.SEARCH_RETRY_SECONDS,
)
# A download holds its thread and connection until it is read, so it also counts as a search.
limit_files = ConcurrencyLimit(settings.FILES_AT_ONCE, retry_seconds=30, within=limit_searches)

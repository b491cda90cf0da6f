"""A few searches at once, and fewer files: others wait, then are asked to come back; the site lives on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from itertools import chain, islice
from threading import BoundedSemaphore
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]

SECONDS_TO_WAIT = 2.0
RETRY_SECONDS = 5


class Gate:
    """Lets so many requests of this process through at once; each holds its place until it is answered."""

    def __init__(
        self,
        places: int,
        *,
        waiting: int = 1,
        seconds_to_wait: float = SECONDS_TO_WAIT,
        retry_seconds: int = RETRY_SECONDS,
    ) -> None:
        self.places = BoundedSemaphore(places)
        # Who waits holds a thread too: more than so many are sent away at once.
        self.seats = BoundedSemaphore(waiting)
        self.seconds_to_wait = seconds_to_wait
        self.retry_seconds = retry_seconds

    def __call__(self, view: View) -> View:
        @wraps(view)
        def through_the_gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.enter():
                return self.busy(request)
            try:
                return view(request, *args, **kwargs)
            finally:
                self.leave()

        return through_the_gate

    def enter(self) -> bool:
        """Take a place; false where none became free in time."""
        if self.places.acquire(blocking=False):
            return True
        if not self.seats.acquire(blocking=False):
            return False
        try:
            return self.places.acquire(timeout=self.seconds_to_wait)
        finally:
            self.seats.release()

    def leave(self) -> None:
        self.places.release()

    def busy(self, request: HttpRequest) -> HttpResponse:
        context = {"search_words": request.GET.get("q", ""), "again": request.get_full_path()}
        response = render(request, "busy.html", context, status=429)
        response["Retry-After"] = str(self.retry_seconds)
        return response


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


# A web process answers four requests at a time (docs/operators.md): two search, one waits, one stays free.
few_at_once = Gate(2)
# A file holds its thread and its connection for as long as somebody reads: two stay free of files.
few_files = Gate(2, seconds_to_wait=0, retry_seconds=30)

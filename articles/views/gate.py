"""A few searches at once: others wait a moment, then are asked to come back; the site lives on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import BoundedSemaphore
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]

SECONDS_TO_WAIT = 2.0
RETRY_SECONDS = 5


class Gate:
    """Lets so many requests of this process through at once; each holds its place until it is answered."""

    def __init__(self, places: int, *, seconds_to_wait: float = SECONDS_TO_WAIT) -> None:
        self.places = BoundedSemaphore(places)
        self.seconds_to_wait = seconds_to_wait

    def __call__(self, view: View) -> View:
        @wraps(view)
        def through_the_gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.places.acquire(timeout=self.seconds_to_wait):
                response = render(request, "busy.html", status=429)
                response["Retry-After"] = str(RETRY_SECONDS)
                return response
            try:
                return view(request, *args, **kwargs)
            finally:
                self.places.release()

        return through_the_gate


# A web process answers four requests at a time (docs/operators.md): one thread stays free of searches.
few_at_once = Gate(3)

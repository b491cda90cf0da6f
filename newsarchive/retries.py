"""Error pages for passing trouble try themselves again, once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

# Marks the second attempt in its URL. No view sees it.
RETRIED = "retried"


class RetriableRequest(HttpRequest):
    retried: bool


class RetryMiddleware:
    """Removes the mark of a second attempt from the request and sets `request.retried`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: RetriableRequest) -> HttpResponse:
        request.retried = RETRIED in request.GET
        if request.retried:
            asked = request.GET.copy()
            del asked[RETRIED]
            request.GET = asked  # type: ignore[assignment]  # has a setter
            request.META["QUERY_STRING"] = asked.urlencode()
        return self.get_response(request)


def may_retry(request: HttpRequest) -> bool:
    """Whether a page may try itself again: never a form, a file (its program reads Retry-After) or twice."""
    return request.method == "GET" and "format" not in request.GET and not getattr(request, "retried", True)


def retry_after(response: HttpResponse, request: HttpRequest, seconds: int) -> None:
    """Let the browser open the same page again after some seconds."""
    again = request.get_full_path()
    response["Refresh"] = f"{seconds}; url={again}{'&' if '?' in again else '?'}{RETRIED}=1"

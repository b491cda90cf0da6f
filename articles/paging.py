"""Pagination with strict page numbers."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404


def numbered_page(rows: Any, asked: str | None, size: int, *, number: int | None = None) -> Page:
    """The requested page, by default the first; 404 for an invalid number or beyond the last page.

    ``number``: the number of rows, if known.

    >>> numbered_page([1, 2, 3], "2", 2).object_list
    [3]
    """
    if asked and not re.fullmatch(r"[1-9][0-9]{0,8}", asked):
        raise Http404
    try:
        paginator = Paginator(rows, size)
        if number is not None:
            paginator.count = number
        page = paginator.page(int(asked or 1))
    except EmptyPage:
        raise Http404 from None
    page.links = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return page


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The first and last page and those around this one; None for each gap.

    >>> page_numbers(5, 9)
    [1, None, 4, 5, 6, None, 9]
    """
    shown = sorted(number for number in {1, page - 1, page, page + 1, pages} if 1 <= number <= pages)
    found: list[int | None] = []
    for number in shown:
        if found and number - 1 != found[-1]:
            found.append(None)
        found.append(number)
    return found

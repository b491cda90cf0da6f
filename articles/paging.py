"""Pagination with strict page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404

Row = TypeVar("Row")


class NumberedPage(Page[Row]):
    @property
    def links(self) -> Iterator[str | int]:
        """The numbers of the first, last and neighbouring pages, with an ellipsis for each gap."""
        return self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)


def numbered_page(
    rows: QuerySet[Any, Row] | Sequence[Row],  # the model of rows that are dictionaries or tuples
    asked: str | None,
    size: int,
    *,
    number: int | None = None,
) -> NumberedPage[Row]:
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
    return NumberedPage(page.object_list, page.number, paginator)


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

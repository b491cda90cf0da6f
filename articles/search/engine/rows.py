"""Documents of all segments side by side, and the values of their columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from articles.search.index.columns import Columns
from articles.search.index.evaluate import Documents
from articles.search.index.positions import bitmap


class Rows:
    """Documents of all segments, side by side: sets or arrays of numbers, made from each other."""

    def __init__(
        self,
        columns: Sequence[Columns],
        documents: Documents | None = None,
        numbers: Sequence[np.ndarray] | None = None,
    ) -> None:
        self.columns = columns
        if documents is not None:
            self.documents = documents
        if numbers is not None:
            self.numbers = numbers

    @cached_property
    def documents(self) -> Documents:
        return [bitmap(each.astype(np.uint32)) for each in self.numbers]

    @cached_property
    def numbers(self) -> Sequence[np.ndarray]:
        return [np.asarray(each.to_array(), np.int64) for each in self.documents]

    def __len__(self) -> int:
        return sum(map(len, vars(self).get("documents") or self.numbers))

    def column(self, name: str) -> np.ndarray:
        return self._joined(lambda columns, numbers: getattr(columns, name).take(numbers))

    def languages(self) -> tuple[list[str], np.ndarray]:
        """All languages, and for each row the number of its language."""
        every = sorted({tag for columns in self.columns for tag in columns.languages})
        numbers = {tag: n for n, tag in enumerate(every)}
        found = [
            np.array([numbers[tag] for tag in columns.languages] or [0]).take(columns.language.take(rows))
            for columns, rows in zip(self.columns, self.numbers, strict=True)
        ]
        return every, _concatenated(found)

    def lists(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Return (position among these rows, value) for every value of a column of lists."""
        owners, values, before = [], [], 0
        for columns, numbers in zip(self.columns, self.numbers, strict=True):
            at, found = getattr(columns, name).pairs(numbers)
            owners.append(at + before)
            values.append(found)
            before += len(numbers)
        return _concatenated(owners), _concatenated(values)

    def values(self, name: str) -> np.ndarray:
        """The values of a column of lists, in no order."""
        return self._joined(lambda columns, numbers: getattr(columns, name).of_documents(numbers))

    def chosen(self, keep: np.ndarray) -> Rows:
        """The rows at which `keep` is true."""
        if not self.numbers:
            return self
        cuts = np.cumsum([len(numbers) for numbers in self.numbers])[:-1]
        parts = np.split(keep, cuts)
        kept = [numbers[part] for numbers, part in zip(self.numbers, parts, strict=True)]
        return Rows(self.columns, numbers=kept)

    def _joined(self, read: Callable[[Columns, np.ndarray], np.ndarray]) -> np.ndarray:
        return _concatenated(
            [read(columns, numbers) for columns, numbers in zip(self.columns, self.numbers, strict=True)]
        )


def _concatenated(arrays: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)

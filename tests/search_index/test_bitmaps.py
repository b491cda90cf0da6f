"""Bitmaps that are made as bytes have the numbers of those that the library makes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from articles.search.index.bitmaps import serialized

NUMBERS = st.sets(st.one_of(st.integers(0, 40), st.integers(65_530, 65_540), st.integers(0, 300_000)))


def read_back(several):
    cuts = np.cumsum([0, *map(len, several)])
    numbers = np.array([number for each in several for number in sorted(each)], np.uint32)
    return [set(BitMap.deserialize(data)) for data in serialized(numbers, cuts)]


@given(st.lists(NUMBERS))
def test_bitmaps_made_at_once_have_their_numbers(several):
    assert read_back(several) == several


@pytest.mark.parametrize("number", [4_096, 4_097, 70_000])
def test_a_bitmap_of_many_numbers_among_small_ones_has_them(number):
    several = [{7}, set(range(5, 2 * number + 5, 2)), {1, 70_000}]
    assert read_back(several) == several

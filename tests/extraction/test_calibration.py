"""Calibration rates are counted by class and cross-validated."""

import pytest

from articles.extraction.evaluation.calibration import Judged, as_table, count_rates, share_of, ten_fold
from articles.extraction.evaluation.confidence import RATES, confidence_in, read_rates

TAIL = ("direct", "sure", "tail", "name", "long")
ALONE = ("direct", "sure", "alone", "none", "long")


def cases(classes, right, wrong, *, document="a", named=True):
    return [Judged(document, classes, named, n < right) for n in range(right + wrong)]


def test_a_class_with_many_cases_has_their_rate():
    rates = count_rates(cases(TAIL, 900, 100))
    assert 0.88 < rates[TAIL] < 0.9


def test_a_rate_is_the_more_cautious_the_fewer_its_cases():
    few, many = (count_rates(cases(TAIL, 9 * n, n))[TAIL] for n in (3, 300))
    assert few < many < 0.9


def test_a_class_with_few_cases_has_the_rate_of_the_wider_one():
    rates = count_rates(cases(TAIL, 900, 100) + cases((*TAIL[:4], "short"), 0, 3))
    assert (*TAIL[:4], "short") not in rates
    assert confidence_in((*TAIL[:4], "short"), named=True, rates=rates) == round(rates[TAIL[:4]], 2)


def test_a_rule_is_counted_however_seldom_it_is_used():
    assert count_rates(cases(TAIL, 900, 100) + cases(ALONE, 0, 3))[ALONE[:3]] < 0.7


def test_a_quote_of_nobody_is_never_sure():
    assert confidence_in(TAIL, named=True) > 0.9
    assert confidence_in(TAIL, named=False) <= 0.3


def test_only_a_class_of_which_the_ranker_is_sure_comes_to_nine_tenths():
    rates = count_rates(cases(TAIL, 990, 10) + cases(("direct", "likely", *TAIL[2:]), 990, 10))
    assert confidence_in(TAIL, named=True, rates=rates) > 0.95
    assert confidence_in(("direct", "likely", *TAIL[2:]), named=True, rates=rates) == 0.89


@pytest.mark.parametrize("sort", ["clear", "close", "bare", "description"])
def test_only_a_quote_of_somebody_named_comes_to_nine_tenths(sort):
    classes = (*TAIL[:3], sort, "long")
    assert confidence_in(classes, named=True, rates=count_rates(cases(classes, 990, 10))) == 0.89


def test_a_class_that_is_wrong_once_in_ten_stays_below_nine_tenths():
    rates = count_rates(cases(TAIL, 930, 70))
    assert confidence_in(TAIL, named=True, rates=rates) == 0.89


def test_a_contested_quote_is_as_likely_wrong_as_right():
    rates = count_rates(cases(("direct", "contested", *TAIL[2:]), 90, 10))
    assert confidence_in(("direct", "contested", *TAIL[2:]), named=True, rates=rates) == 0.5


def test_what_was_never_counted_is_as_likely_wrong_as_right():
    assert confidence_in(("sung",), named=True) == 0.5


def test_no_case_is_judged_by_rates_that_it_was_counted_for():
    # One document alone holds this class: tried on the others' rates, it has only the wider one's.
    lone = cases(ALONE, 0, 40, document="lone")
    others = [case for n in range(40) for case in cases(TAIL, 10, 0, document=f"d{n}")]
    found = [value for value, case in ten_fold(lone + others) if case.document == "lone"]
    assert len(found) == 40
    assert min(found) == 0.89  # its own rate is below a half


def test_a_document_belongs_to_the_same_share_for_ever():
    assert [share_of(name, 3) for name in ("a", "b", "c", "d", "e")] == [1, 2, 1, 1, 1]
    shares = [share_of(f"document {n}", 3) for n in range(600)]
    assert all(150 < shares.count(share) < 250 for share in range(3))


def test_the_table_that_is_printed_is_the_one_that_is_read():
    rates = count_rates(cases(TAIL, 20, 5))
    assert read_rates(as_table(rates)) == rates
    assert all(0 <= rate <= 1 for rate in RATES.values())

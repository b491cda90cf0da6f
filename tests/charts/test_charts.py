"""Charts: round tops, every year drawn, every column with something in it seen."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.views.charts import SCROLLING, TOP, Column, Interval, draw, periods, round_up


class AxisTests(SimpleTestCase):
    @given(st.integers(1, 10**9))
    def test_the_top_is_round_and_no_more_than_twice_the_most(self, most):
        self.assertLessEqual(most, round_up(most))
        self.assertLessEqual(round_up(most), most * 2)


class DrawTests(SimpleTestCase):
    def test_one_among_thousands_is_still_seen(self):
        chart = draw([Column("2019", (1, 0)), Column("2020", (5000, 1))])
        self.assertEqual(
            [block.height for bar in chart.bars for block in bar.blocks if block.height < 2], [1, 1]
        )

    def test_no_column_reaches_above_the_top(self):
        chart = draw([Column("2019", (60, 0, 0)), Column("2020", (20, 20, 20))])
        self.assertTrue(all(block.y >= TOP - 2 for bar in chart.bars for block in bar.blocks))

    def test_what_lasted_lies_on_a_line_of_its_own_beneath_the_columns(self):
        columns = [Column("2019", (1,)), Column("2020", (2,))]
        chart = draw(columns, intervals=[Interval("mayor", 0, 0.5), Interval("minister", 0.5, 1)])
        self.assertEqual(
            [(interval.x, interval.width) for interval in chart.intervals],
            [("0.00%", "50.00%"), ("50.00%", "50.00%")],
        )
        self.assertLess(chart.foot, chart.intervals[0].y)
        self.assertLess(chart.intervals[0].label_y, chart.intervals[1].y)
        self.assertLessEqual(chart.intervals[1].label_y, chart.height)

    def test_charts_with_the_same_most_can_be_compared(self):
        heights = [
            draw([Column("2019", (5,))], most=10).bars[0].blocks[0].height,
            draw([Column("2019", (10,))]).bars[0].blocks[0].height,
        ]
        self.assertEqual(heights[0] * 2, heights[1])

    def test_nothing_is_a_chart_without_bars(self):
        self.assertEqual(draw([]).bars, ())


class PeriodTests(SimpleTestCase):
    def test_years_without_anything_are_drawn_as_gaps(self):
        found = periods([(2018, (2,)), (2020, (1,))])
        self.assertEqual(
            [(p.label, p.parts) for p in found], [("2018", (2,)), ("2019", (0,)), ("2020", (1,))]
        )

    def test_too_many_years_become_decades_that_hold_them_all(self):
        found = periods([(1931, (1, 1)), (1939, (2, 0)), (2024, (4, 0))])
        self.assertEqual((found[0].name, found[0].parts), ("1930 to 1939", (3, 1)))
        self.assertLessEqual(len(found), SCROLLING)

    @given(st.dictionaries(st.integers(1, 9999), st.tuples(st.integers(1, 9)), max_size=30))
    def test_the_sum_of_the_columns_is_the_sum_of_the_years(self, years):
        self.assertEqual(sum(p.parts[0] for p in periods(years.items())), sum(n for (n,) in years.values()))

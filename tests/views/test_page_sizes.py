"""How large the pages of results are, with twenty results and every filter in use."""

import datetime as dt

from django.test import TestCase

from tests.factories import make_article, make_quote, make_speaker

MOST = 45_000
TOWNS = ("Lower Tarrin", "Harrowmouth", "Corran Foot", "Wendrath", "Northmoor", "Vasmes", "Bight")
TEXT = (
    "The river authority opened the gates above {town} before dawn on Thursday, and the water reached the "
    "lower meadows within forty minutes, the length of time that the villages had been promised. Farmers "
    "moved cattle along the old river road. “The river gave us no warning in {town},” said {name}. The "
    "council will meet again when the river has fallen, and the report on the gates is due in the spring."
)


class ResultPageSizeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        people = [make_speaker(f"Ada {town}") for town in TOWNS]
        for number in range(28):
            town, name = TOWNS[number % 7], people[number % 7].name
            article = make_article(
                headline=f"Why {town} was not warned of the river",
                byline=f"By Ada {town}",
                body=TEXT.format(town=town, name=name),
                publication=f"{town} Post",
                section=f"News from {town}",
                topics=(f"Floods at {town}",),
                authors=(people[number % 7],),
                published_on=dt.date(1998 + number, 5, 30),
                edition="late city",
                page="3",
            )
            make_quote(article, f"The river gave us no warning in {town},", speaker=people[number % 7])

    def test_a_page_of_twenty_results_is_at_most_forty_five_kilobytes(self):
        for path in ("/search/?q=river", "/search/", "/quotes/?q=river", "/quotes/"):
            with self.subTest(path):
                response = self.client.get(path)
                self.assertEqual(len(response.context["page"].results), 20)
                self.assertLessEqual(len(response.content), MOST)

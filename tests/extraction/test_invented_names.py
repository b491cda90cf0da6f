"""People are recognised by context: invented names of a hundred origins, most of them in no list."""

import pytest

from articles.extraction import extract_article, find_quotes
from articles.extraction.full_names import is_no_person
from articles.extraction.languages import LANGUAGES
from tests.extraction.invented_names import people

PEOPLE = people()


def test_the_speaker_is_found_whole_in_nineteen_of_twenty_stories():
    wrong = [
        (person.full, story)
        for person in PEOPLE
        for story in person.stories()
        if {piece.speaker for piece in find_quotes(story)} != {person.full}
    ]
    assert len(wrong) <= 0.05 * 5 * len(PEOPLE), wrong


def test_most_of_the_invented_given_names_are_in_no_list():
    listed = set().union(*(table.given for table in LANGUAGES.values()))
    assert sum(person.given.lower() not in listed for person in PEOPLE) > 70


def test_the_people_of_the_stories_are_listed_and_nobody_else():
    named = [(person.full, extract_article(person.stories()[1]).people) for person in PEOPLE]
    assert sum([found.name for found in listed] == [full] for full, listed in named) >= 0.95 * len(PEOPLE)


@pytest.mark.parametrize(
    "text",
    [
        "The Marrow Cup was won in June. Weir Act supporters said so.",
        "Will Kyiv vote? The Selwy Courier asked. Selwy County Council said no.",
        "Okafor Flattered Reyes\n\nThe Roman Catholic church said no. Hurricane Edda came.",
        "Super Weir Lending said no. The President-elect Committee met.",
    ],
)
def test_cups_laws_papers_places_and_headlines_are_nobody(text):
    assert extract_article(text).people == ()


@pytest.mark.parametrize(
    "name",
    [
        "Ben Carrow",
        "Al Grant",
        "Emily Post",
        "Hunter Alder Ruiz",
        "Ferrer Iturbe Montoya",
        "Jan van den Bosch",
    ],
)
def test_names_that_look_like_particles_callings_and_bodies_are_people(name):
    assert not is_no_person(name)
    reading = extract_article(f"“We go home,” said {name}, 43, a baker. “Soon,” {name} said.")
    assert [person.name for person in reading.people] == [name]

"""Pasted text: no line is lost, nothing raises, and doubtful lines stay in the body."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.parsing import MAX_BODY, normalise, read_text, tidy
from articles.parsing.charsets import repaired
from articles.parsing.normalization import without_surrogates
from tests.sizes import size

# Lines that each reader of the room looks for, so that random pages meet every branch.
PIECES = """Local NewsCouncil votes to close the library
Council votes to close the library
Council votes to close the library | Selwyn Gazette
LOCAL NEWS
Harbour strike
Home > News > Local News
By Ada Okafor
By
By Ada Okafor and Tom Reyes in Selwyn
By Ada Okafor12 March 2024
Ada Okafor
Political correspondent
Ada Okafor | 12 March 2024 | 10:15 GMT
Published
12 March 2024
03/04/2020
Updated 13 March 2024
SELWYN, 12 March 2024
SELWYN (NPA) – The council voted.
https://gazette.example.org/a
Image source: © Lena Dorn
Images source:
Image caption,
The library in Selwyn. Photo: Lena Dorn
The library in Selwyn
The library in Selwyn The library in Selwyn
© 2024 Selwyn Gazette. All rights reserved.
Share
Facebook Twitter
Read also: another story
Related content
Another story of another day
What happens next
Q: Why?
A: Because it is so.
Gazette: And then?
The council voted on Tuesday to close the only library in the town, after a debate that lasted for four hours.
“We will appeal,” said Mara Quill. She was speaking outside the town hall, in the rain, and nobody heard her.
[Ms Quill has since resigned. – ed. note]
# A heading
**Bold** and [a link](https://gazette.example.org/)
![A picture](/a.jpg)
[Only a link](https://gazette.example.org/)
---
Tags: library, Selwyn
Ada Okafor is a reporter at the Selwyn Gazette.""".splitlines()

ODD = st.text(st.characters(exclude_categories=[]), max_size=30)
PAGES = st.lists(
    st.sampled_from(PIECES)
    | st.sampled_from(["", "", " ", "\u00a0", "\u200b", "Coun\u00adcil\u00a0votes"])
    | ODD,
    max_size=25,
).flatmap(lambda lines: st.sampled_from(["\n", "\n\n", "\r\n"]).map(lambda end: end.join(lines)))


def fields_of(parsed):
    images = [text for image in parsed.images for text in (image.caption, image.credit)]
    lines = [
        parsed.headline,
        parsed.kicker,
        parsed.section,
        parsed.standfirst,
        parsed.byline,
        parsed.dateline,
    ]
    return [*lines, parsed.source_url, *images, parsed.body, *parsed.removed]


def lost_lines(text):
    """The lines that stand in no field, neither as they came, repaired, nor in their tidy form."""
    fields = fields_of(read_text(text))
    lines = [line.strip() for line in normalise(without_surrogates(repaired(text)[0])).split("\n")]
    return [line for line in lines if not any(line in field or tidy(line) in field for field in fields)]


@given(PAGES)
@settings(max_examples=size(300, 20_000), deadline=None)
@example("Local NewsCouncil votes to close the library\n\nCouncil votes to close the library")
@example("a\u2028b\x85c\x1cd")
@example("\u00ad")
@example("Council votes\n\nBy Ada Okafor\n\nPublished\n\nAda Okafor | 12 March 2024 | 10:15 GMT")
@example("Updated 13 March 2024\nAda Okafor\nThe library. Photo: Lena Dorn\nPublished\nSELWYN, 12 March 2024")
def test_every_line_of_a_page_stands_in_a_field_or_in_what_was_removed(text):
    assert lost_lines(text) == []


@given(ODD)
@settings(max_examples=size(200, 20_000), deadline=None)
def test_any_characters_at_all_are_read_without_an_error(text):
    parsed = read_text(text)
    assert parsed.body == normalise(parsed.body)
    assert not any("\ud800" <= character <= "\udfff" for field in fields_of(parsed) for character in field)


@given(PAGES)
@settings(max_examples=size(150, 10_000), deadline=None)
def test_a_body_is_always_in_its_normal_form(text):
    body = read_text(text).body
    assert normalise(body) == body


def test_nothing_is_made_of_nothing():
    parsed = read_text("")
    assert parsed.warnings == ("no headline found", "no body found")
    assert fields_of(parsed) == [""] * 8


def test_broken_characters_are_shown_and_told():
    parsed = read_text("Rain\n\nIt rained \ud800 all day in Selwyn.")
    assert "\ufffd" in parsed.body
    assert any("surrogates" in warning for warning in parsed.warnings)


def test_a_body_over_the_limit_is_told_and_not_cut():
    parsed = read_text("Rain\n\n" + "It rained. " * 50_000)
    assert len(parsed.body) > MAX_BODY
    assert parsed.warnings == (
        f"the body has {len(parsed.body):,} characters; the archive takes 500,000 at most",
    )


def test_a_given_language_is_not_doubted():
    assert read_text("Rain\n\nIt rained in the town and on the river.", language="nl").language == "nl"


def test_a_name_that_the_story_speaks_of_is_not_taken_for_its_author():
    parsed = read_text("The keeper of the lighthouse\n\nPiet Haas\n\nPiet Haas has kept it for forty years.")
    assert parsed.byline == ""


def test_a_line_of_a_newspaper_and_a_date_below_the_byline_is_the_date_and_no_text():
    parsed = read_text(
        "Ferry timetable cut\n\nBy Petra Hallow\n\nDunmere Gazette, 16 March 2019\n\n“We lose two boats.”"
    )
    assert (parsed.byline, str(parsed.published_on)) == ("By Petra Hallow", "2019-03-16")
    assert (parsed.removed, parsed.body) == (("Dunmere Gazette, 16 March 2019",), "“We lose two boats.”")


def test_a_short_headline_in_capitals_is_not_taken_for_a_byline():
    parsed = read_text("HARBOUR STRIKE\n\nThe dockers went home at noon.\n\nNobody knows when they return.")
    assert (parsed.headline, parsed.byline) == ("HARBOUR STRIKE", "")


def test_a_cookie_in_a_story_is_a_biscuit():
    body = "The baker sold nine hundred cookies on Sunday, more than he has ever sold.\n\nHe was pleased."
    assert read_text(f"Baker sells out\n\n{body}").body == body


def test_prose_that_speaks_of_sharing_stays():
    body = "Share and share alike, said the old man.\n\nNobody listened to him, and the goat ate the bread."
    assert read_text(f"A goat eats the bread\n\n{body}").body == body


def test_two_readings_of_the_same_page_are_equal():
    text = "\n".join(PIECES)
    assert read_text(text) == read_text(text)

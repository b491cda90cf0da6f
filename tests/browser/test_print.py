"""Printed pages: complete for readers, without controls."""

import pytest

from tests.factories import make_article, make_quote, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A4 without the margins of the style sheet, at 96 dpi.
PAPER = {"width": 627, "height": 900}


@pytest.fixture
def paper(page):
    """A page with print media."""
    for year, (name, slug) in enumerate((("Hedda Brask", "hedda-brask"), ("Osric Pell", "osric-pell"))):
        article = make_article(
            headline=f"The river, part {year}",
            body=f"“The river is {year} feet up,” said {name} of the Harrowmouth and Upper Tarrin Board.",
            publication="The Harrowmouth Evening Post",
        )
        make_quote(article, f"The river is {year} feet up,", speaker=make_speaker(name, slug=slug))
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    return page


def test_a_comparison_names_whom_it_compares(paper):
    paper.goto("/speakers/compare/?speaker=hedda-brask&speaker=osric-pell")
    for name in ("Hedda Brask", "Osric Pell"):
        assert paper.get_by_role("heading", level=2, name=name).get_by_role("link").is_visible()
    assert not paper.get_by_text("leave out").first.is_visible()


def test_what_can_only_be_clicked_is_not_printed(paper):
    for path in ("/quotes/?q=river", "/search/?q=river", "/speakers/hedda-brask/"):
        paper.goto(path)
        for words in ("Add to basket", "Quote page", "View in article", "Sort by"):
            assert not [link for link in paper.get_by_text(words).all() if link.is_visible()], (path, words)


def test_every_line_in_context_keeps_its_paper_and_date(paper):
    paper.goto("/search/?q=river&view=kwic&lines=left")
    cut = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).length"
    assert paper.eval_on_selector_all(".kwic td:last-child", cut) == 0


def test_nothing_is_wider_than_the_paper(paper):
    for path in ("/", "/search/?q=river", "/search/?q=river&view=kwic", "/about/holdings/", "/basket/"):
        paper.goto(path)
        assert paper.evaluate("document.documentElement.scrollWidth") <= PAPER["width"], path


def test_a_printed_search_says_the_address_at_which_it_can_be_checked(paper):
    for path in ("/quotes/?q=river", "/search/?q=river", "/speakers/hedda-brask/?q=river"):
        paper.goto(path)
        printed = paper.locator(".printonly", has_text="as_of=")
        assert printed.is_visible() and path.split("?")[0] in printed.inner_text(), path

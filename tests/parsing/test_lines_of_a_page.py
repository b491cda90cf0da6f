"""Lines that are not part of the story: captions, credits, boilerplate, sections, other stories, Markdown."""

import pytest

from articles.parsing import ParsedImage, looks_like_html, read_text
from articles.parsing.boilerplate import is_boilerplate, opens_other_stories
from articles.parsing.captions import caption_and_credit, credit_of, halved, labelled_caption
from articles.parsing.language import detect_language
from articles.parsing.plain.line_ledger import is_markdown, unmarked
from articles.parsing.sections import glued_section, is_section, section_of_path

LEAD = (
    "The council voted on Tuesday night to close the only library in the town, after a debate of four hours."
)
MORE = "“We will appeal,” said Mara Quill, who leads the Friends of the Library, outside the town hall."


def images_of(*lines):
    return read_text("\n".join(["Council votes to close library", *lines, LEAD, MORE])).images


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Image source: © Lena Dorn", "© Lena Dorn"),
        ("Images source: Lena Dorn", "Lena Dorn"),
        ("Image source, Lena Dorn", "Lena Dorn"),
        ("Photograph: Lena Dorn/NPA", "Lena Dorn/NPA"),
        ("Photo by Lena Dorn", "Lena Dorn"),
        ("PHOTO: LENA DORN", "LENA DORN"),
        ("Fot. Lena Dorn", "Lena Dorn"),
        ("Bild: Lena Dorn", "Lena Dorn"),
        ("© Lena Dorn", "© Lena Dorn"),
        ("© 2024 Selwyn Gazette. All rights reserved.", ""),
        ("Photographs of the town were shown", ""),
        ("Image", ""),
        ("Photo: " + "a" * 300, ""),
    ],
)
def test_a_credit_is_told_by_its_label_or_sign(line, credit):
    assert credit_of(line) == credit


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("The library. Photo: Lena Dorn/NPA", ("The library.", "Lena Dorn/NPA")),
        ("The library (Photo: Lena Dorn)", ("The library", "Lena Dorn")),
        ("The library | Foto: Lena Dorn", ("The library", "Lena Dorn")),
        ("The libraryImage: Lena Dorn.", ("The library", "Lena Dorn")),
        ("The library © Lena Dorn", ("The library", "© Lena Dorn")),
        ("The library Photograph by Lena Dorn", ("The library", "Lena Dorn")),
        ("The library Image source: © Lena Dorn The library", ("The library", "© Lena Dorn")),
        ("Biblioteka w Selwyn. Fot. Lena Dorn", ("Biblioteka w Selwyn.", "Lena Dorn")),
        ("He painted a picture: it was of a goat", None),
        ("The mayor said: Photo: no comment", None),
        ("A: Photo: Lena Dorn", None),
        ("The library", None),
        ("The library. Photo: " + "A" * 700, None),
    ],
)
def test_a_caption_with_its_credit_in_one_line_is_taken_apart(line, pair):
    assert caption_and_credit(line) == pair


@pytest.mark.parametrize(
    ("lines", "image"),
    [
        (
            ["Image source: © Lena Dorn", "The library", "The library"],
            ParsedImage("The library", "© Lena Dorn"),
        ),
        (
            ["The library", "Image source: © Lena Dorn", "The library"],
            ParsedImage("The library", "© Lena Dorn"),
        ),
        (["The library", "The library", "Photo: Lena Dorn"], ParsedImage("The library", "Lena Dorn")),
        (["The libraryThe library", "Photo: Lena Dorn"], ParsedImage("The library", "Lena Dorn")),
        (
            ["Image source, Lena Dorn", "Image caption,", "The library"],
            ParsedImage("The library", "Lena Dorn"),
        ),
        (["Image caption: The library", "Photo: Lena Dorn"], ParsedImage("The library", "Lena Dorn")),
        (["Image source:", "Lena Dorn"], ParsedImage("", "Lena Dorn")),
        (["Image caption: The library in May"], ParsedImage("The library in May", "")),
        (["Image caption,", "The library in May"], ParsedImage("The library in May", "")),
        (["The library in May", "The library in May"], ParsedImage("The library in May", "")),
        (["Photo: Lena Dorn"], ParsedImage("", "Lena Dorn")),
        (
            ["The library, shut. Photo: Lena Dorn", "The library, shut."],
            ParsedImage("The library, shut.", "Lena Dorn"),
        ),
    ],
)
def test_a_caption_finds_its_credit(lines, image):
    assert images_of(*lines) == (image,)


def test_a_credit_between_two_paragraphs_takes_neither_for_its_caption():
    assert images_of(LEAD.replace("Tuesday", "Monday"), "Photo: Lena Dorn") == (ParsedImage("", "Lena Dorn"),)


def test_a_caption_set_solid_with_its_credit_is_taken_even_if_it_is_a_long_sentence():
    caption = "The library in Selwyn, which was opened in 1931 by the mayor who now wants to close it."
    parsed = read_text(f"Council votes\n\n{LEAD}\n\n{caption}\nPhoto: Lena Dorn\n\n{MORE}")
    assert parsed.images == (ParsedImage(caption, "Lena Dorn"),)
    assert parsed.body == f"{LEAD}\n\n{MORE}"


def test_a_sentence_said_twice_in_short_is_no_copy():
    assert halved("ha ha") == ""
    assert halved("The old mill. The old mill.") == "The old mill."
    assert labelled_caption("Caption: x" + "a" * 700) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Share",
        "SHARE THIS ARTICLE",
        "Facebook · Twitter · WhatsApp",
        "→ Read more",
        "Read also: Bridge stays shut",
        "Lesen Sie auch Brücke gesperrt",
        "Zobacz także: Most zamknięty",
        "The story continues below",
        "Story continues below advertisement",
        "Der Artikel geht nach der Anzeige weiter",
        "Dalsza część artykułu pod wideo",
        "Sign up for our newsletter",
        "Get the best stories in your inbox every morning.",
        "Follow the Gazette on Facebook",
        "We use cookies to improve your experience.",
        "Ta strona używa cookies",
        "3 min read",
        "Lesezeit: 4 Minuten",
        "12 comments",
        "Comments (12)",
        "1.2k shares",
        "***",
        "ada@gazette.example.org",
    ],
)
def test_a_line_of_the_page_is_debris(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "More than forty people came.",
        "Share prices fell again.",
        "Get out, he said.",
        "The cookies were burnt.",
        "Join us, they sang, and nobody did.",
        "Related to the mayor by marriage, she kept silent.",
        "See also how the light falls, she wrote.",
        "Twitter was down.",
        "12 people came",
        "Listen to me, he said.",
        "Home is where the goat is.",
    ],
)
def test_a_line_of_the_story_is_not(line):
    assert not is_boilerplate(line)


def test_a_heading_over_other_stories_is_known_with_and_without_a_colon():
    assert opens_other_stories("Related content")
    assert opens_other_stories("MORE ON THIS STORY:")
    assert not opens_other_stories("Related content of the lake")


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Local NewsCouncil votes to close", "Local News"),
        ("UKCouncil votes to close", "UK"),
        ("Culture“We read here”, she says", "Culture"),
        ("LokalesStadtrat schließt Bücherei", "Lokales"),
        ("Newspapers vote to close", ""),
        ("Worldwide protest", ""),
        ("USDA votes on goats", ""),
        ("News", ""),
        ("Local News Council votes", ""),
        ("NewsCouncil", ""),
    ],
)
def test_a_sections_name_run_into_the_headline_is_parted_only_where_it_is_sure(line, section):
    assert glued_section(line) == section


def test_a_trail_of_links_gives_its_last_section():
    assert section_of_path("Home > News > Local News > Council votes") == "Local News"
    assert section_of_path("News") == ""
    assert section_of_path("Home | A very long sentence that is no step of any trail") == ""
    assert section_of_path("Ada | Tom") == ""
    assert is_section("POLITIK")


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("# Rain", "Rain"),
        ("> He **never** came", "He never came"),
        ("*By Ada Okafor*", "By Ada Okafor"),
        ("_in_ a snake_case_name", "in a snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ('[the council](https://a.example.org/x "Title") met', "the council met"),
        ("[sic] and [… – ed. note]", "[sic] and [… – ed. note]"),
    ],
)
def test_marks_go_and_words_stay(marked, plain):
    assert unmarked(marked) == plain


def test_stars_alone_do_not_make_markdown():
    assert not is_markdown("He said **nothing** at all, #1 of 2")
    assert is_markdown("Rain\n\n## Why")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council has voted to close the only library in the town, and nobody was there.", "en"),
        ("Die Stadt hat am Dienstag beschlossen, dass die Bücherei im Mai schließt.", "de"),
        ("Rada miasta zdecydowała, że biblioteka nie będzie już otwarta w maju, i to jest koniec.", "pl"),
        (
            "Le conseil a décidé que la bibliothèque de la ville ne serait plus ouverte dans les mois.",
            "fr",
        ),
        (
            "El ayuntamiento ha decidido que la biblioteca de la ciudad no se abrirá más en los meses.",
            "es",
        ),
        ("Havnen bliver lukket, siger formanden, og nu er det for sent for os alle.", "da"),
        ("Havnen blir stengt, sier lederen, og nå er det for sent for oss alle.", "no"),
        ("Hamnen stängs, säger ordföranden, och nu är det för sent för oss alla.", "sv"),
        ("Satama suljetaan, sanoo puheenjohtaja, ja nyt on liian myöhäistä meille.", "fi"),
        ("A kikötő bezár, mondta az elnök, és most már késő mindenkinek.", "hu"),
        ("Portul se închide, a spus președinta, și acum este prea târziu pentru toți.", "ro"),
        ("De haven gaat dicht, zei de voorzitter, en nu is het te laat voor ons.", "nl"),
        ("Il porto chiude, ha detto la presidente, e ora è troppo tardi per tutti.", "it"),
        ("O porto fecha, disse a presidente, e agora já é tarde para todos.", "pt"),
        ("Přístav se zavírá, řekla předsedkyně, a teď už je pozdě pro všechny.", ""),
        ("El port tanca, va dir la presidenta, i ara ja és massa tard.", ""),
        ("Il gate", ""),
        ("Совет вчера решил закрыть шлюз, но не сказал, когда он будет снова открыт.", "ru"),
        ("Рада вчора вирішила закрити шлюз, але не сказала, коли він буде знову відкритий.", ""),
        ("Rain", ""),
        ("", ""),
        ("Selwyn Marlow Kestrel Bay Northland 1931 1932", ""),
        ("東京で雨が降った。", ""),
    ],
)
def test_a_language_is_told_by_its_small_words_or_not_at_all(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ("<!DOCTYPE html><html>", True),
        ("  \n<html lang='en'>", True),
        ("<?xml version='1.0'?><!-- x --><html>", True),
        ("<p>One</p>", True),
        (b"\xef\xbb\xbf<html>", True),
        ("<html>".encode("utf-16"), True),
        ("<sarcasm> is a word", False),
        ("A < B > C", False),
        ("Rain", False),
        (b"", False),
    ],
)
def test_a_page_is_told_from_a_text_by_its_first_tag(raw, html):
    assert looks_like_html(raw) is html

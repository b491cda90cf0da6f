"""Wrong decodings of the past are undone, and right texts stay as they are."""

import pytest

from articles.parsing import read_text
from articles.parsing.mojibake import ENCODINGS, repair_markup, repair_text


def decoded_as(encoding, text):
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("encoding", [one for one in ENCODINGS if one != "iso8859-2"])
@pytest.mark.parametrize(
    "text",
    [
        "The keeper’s café in Złoty said: “no” – 5 €",
        "Größe und Fluß für Müller",
        "L’été à Nîmes, naïve et déjà vue",
        "Zażółć gęślą jaźń, „ŚWIĘTO”",
        "Шлюз закрыт, сказали новости",
        "Το παλιό φράγμα έκλεισε σήμερα",
    ],
)
def test_utf_8_decoded_as_another_encoding_is_repaired(text, encoding):
    assert repair_text(decoded_as(encoding, text)) == text


@pytest.mark.parametrize("first", ["cp1252", "cp1250", "latin-1"])
def test_text_that_was_decoded_wrongly_twice_is_repaired(first):
    text = "“Żółty café” – the keeper’s"
    assert repair_text(decoded_as("cp1252", decoded_as(first, text))) == text


@pytest.mark.parametrize(
    "text",
    [
        *("A IRMÃ… e AMANHÃ” não", "SZKÓŁ PÓŁNOC KOŚCIÓŁ", "CAFÉ… CAFFÈ… NINTENDÓ…", "«PÅ» og «Å»"),
        *("Её рёв, С… детства, ГРУППА В»", "Рівне, Гірка, Її річ", "Ăştia sunt RĂŞINĂ", "„Ä“ oder Ä…"),
        *("ĐÃ… xã… Việt Nam", "ΕΛΛΆΔΑ «Ο» Ξ…", "ČŠ Čš Ďábel", "ÁRVÍZTŰRŐ „Ő”", "SÃO PAULO – MAÇÃ®"),
        *("ﬁre and ﬂood", "√2 ½ ® ™", "┌─────┐ │ ∞ │ └─────┘", "a & b; c &c; R&D;"),
    ],
)
def test_a_right_text_is_never_changed(text):
    assert repair_text(text) == text


@pytest.mark.parametrize(
    ("given", "repaired"),
    [
        ("caf&eacute; &#8211; AT&amp;T", "café – AT&T"),
        ("\x93We waited\x94 \x96 he said", "“We waited” – he said"),
        ("â€œWe waitedâ€ he said", "“We waited” he said"),
        ("voilÃ  la fin de lâ€™Ã©tÃ©", "voilà la fin de l’été"),
    ],
)
def test_references_controls_and_lost_bytes_are_repaired(given, repaired):
    assert repair_text(given) == repaired


def test_references_encoded_twice_are_repaired_in_the_text_of_a_page_only():
    page = "<a href='?a=1&amp;amp;b=2'>Pell&amp;rsquo;s</a><script>'&amp;rsquo;'</script>"
    assert repair_markup(page) == "<a href='?a=1&amp;amp;b=2'>Pell&rsquo;s</a><script>'&amp;rsquo;'</script>"
    assert repair_markup("<p>Write <code>&amp;amp;</code></p>") == "<p>Write <code>&amp;amp;</code></p>"


def test_the_desk_is_told_of_a_repair():
    parsed = read_text("Rain in CafÃ© Street\n\nIt rained on the cafÃ© until the waiter, JosÃ©, went home.")
    assert parsed.headline == "Rain in Café Street"
    assert "repaired: check names" in parsed.warnings[0]

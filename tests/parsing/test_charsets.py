"""Encoding labels have the same meaning as in browsers, and no character is lost without a warning."""

import pytest

from articles.parsing.charsets import CHOICES, codecs_of, decode_markup, decode_text, unreadable

PAGE = "<html><head><meta charset='{}'></head><body>{}</body></html>"


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("iso-8859-1", "cp1252", "“Weir” – 5 €"),
        ("latin1", "cp1252", "“Weir” – 5 €"),
        ("us-ascii", "cp1252", "the keeper’s gate"),
        ("ISO_8859-9", "cp1254", "“Şimdi” – İlk"),
        ("tis-620", "cp874", "“ประตู” …"),
        ("gb2312", "gb18030", "朱镕基說：€"),
        ("gbk", "gb18030", "㐀𠀀"),
        ("shift_jis", "cp932", "①㈱髙﨑"),
        ("x-sjis", "cp932", "～∥－"),
        ("euc-kr", "cp949", "똠방각하"),
        ("ks_c_5601-1987", "cp949", "펲시콜라"),
        ("big5", "big5hkscs", "嘅喺咗"),
        ("euc-jp", "euc_jis_2004", "①水門"),
        ("iso-2022-jp", "iso2022_jp", "水門が開く"),
        ("hz-gb-2312", "hz", "水闸开了"),
        ("koi8-u", "koi8_u", "Відкрито шлюз"),
        ("windows-1251", "cp1251", "«Шлюз» – №1"),
        ("iso-8859-2", "iso8859-2", "Śluza w Łodzi"),
        ("macintosh", "mac_roman", "“Weir” – é"),
        ("cp852", "cp852", "Śluza w Łodzi"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label, codec, words):
    text, notes = decode_markup(PAGE.format(label, words).encode(codec))
    assert words in text
    assert (notes, unreadable(text)) == ([], [])


@pytest.mark.parametrize(
    "head",
    [
        "<?xml version='1.0' encoding='windows-1251'?><html>",
        f"<html><script>{'x' * 5_000}</script><meta http-equiv=a content='text/html; charset=cp1251'>",
        f"<html><script>charset='utf-7'</script>{'<meta name=a content=b>' * 900}<meta charset=cp1251>",
    ],
)
def test_the_encoding_is_found_wherever_the_page_declares_it(head):
    assert "Шлюз" in decode_markup(f"{head}<p>Шлюз</p></html>".encode("cp1251"))[0]


def test_what_the_server_says_stands_before_what_the_page_says():
    raw = PAGE.format("iso-8859-1", "Шлюз").encode("cp1251")
    assert "Шлюз" in decode_markup(raw, "windows-1251")[0]


def test_bytes_that_the_encoding_does_not_have_are_shown_and_told():
    text, _ = decode_markup(PAGE.format("iso-8859-1", "5 # 6").encode().replace(b"#", b"\x81"))
    assert "5 \ufffd 6" in text
    assert unreadable(text) == ["1 character could not be read, shown as \ufffd"]


def test_one_broken_letter_does_not_cost_a_page_in_utf_8_its_others():
    raw = PAGE.format("utf-8", "Śluza w Łodzi – “woda”, #").encode().replace(b"#", b"\xe9")
    assert "Śluza w Łodzi – “woda”, \ufffd" in decode_markup(raw)[0]


def test_control_characters_are_told():
    assert "2 control characters" in unreadable("\x93Weir\x94\n\tand gate")[0]


@pytest.mark.parametrize("label", ["", "nonsense", "base64", "rot13", "punycode", "unicode_escape", "x" * 40])
def test_what_is_no_encoding_of_texts_is_none(label):
    assert codecs_of(label) == ()


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("<!-- <meta charset='koi8-r'> --><meta charset='cp1251'>", "cp1251"),
        ("<script>'<meta charset=koi8-r>'</script><meta charset=cp1251>", "cp1251"),
        ("<meta name=description content='on charset=koi8-r'><meta charset=cp1251>", "cp1251"),
        ("<META CONTENT='text/html; Charset = windows-1251' HTTP-EQUIV=Content-Type>", "cp1251"),
        ("<!-- never closed <meta charset=cp1251>", "cp1251"),
        ("<meta charset=x-user-defined>", "cp1252"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=utf-16>", "utf-16-le"),
        ("<meta charset=ascii>", "utf-16-be"),
        ("<meta charset=ascii>", "utf-32"),
    ],
)
def test_the_declaration_that_counts_is_the_one_that_browsers_follow(head, label):
    words = "Шлюз" if label != "cp1252" else "Größe"
    assert words in decode_markup(f"<html>{head}<p>{words}</p></html>".encode(label))[0]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The keeper’s café: “We waited.” – 5 €"),
        ("cp1252", "A situação não é fácil, mas há informações"),
        ("cp1250", "Zażółć gęślą jaźń, „Święto”"),
        ("cp1250", "Příliš žluťoučký kůň"),
        ("cp1251", "Закрыт старый шлюз, и никто не спросил"),
        ("koi8_r", "Закрыт старый шлюз, и никто не спросил"),
        ("cp866", "Закрыт старый шлюз, и никто не спросил"),
        ("cp1253", "Το παλιό φράγμα έκλεισε σήμερα"),
        ("cp1254", "Şimdi İstanbul’da yağmur yağıyor, dışarı çıkma"),
        ("iso8859-2", "Zażółć gęślą jaźń, Święto w Łodzi"),
        ("mac_roman", "L’été à Nîmes, déjà vu “oui”"),
        ("cp850", "Größe über Müller, schöner Fluß"),
        ("cp932", "水門が開くと町長は言った"),
        ("gb18030", "水闸开了,市长说他们在这里的时候"),
        ("big5hkscs", "水閘開了,市長說他們在這裡的時候"),
        ("cp949", "수문이 열렸다고 시장이 말했다"),
    ],
)
def test_the_encoding_of_a_text_that_states_none_is_guessed_by_its_letters(encoding, text):
    found, notes = decode_text(text.encode(encoding))
    assert found == text
    assert "does not state its encoding" in notes[0]


def test_a_doubtful_encoding_is_told_with_the_others_that_are_possible():
    raw = "Это новости".encode("cp1251")
    assert "also possible: windows-1253, KOI8-R" in decode_text(raw)[1][0]
    assert decode_text("Это новости".encode())[1] == decode_text(b"news")[1] == []


def test_a_stated_encoding_that_does_not_fit_the_letters_is_followed_and_doubted():
    raw = PAGE.format("iso-8859-1", "Zażółć gęślą jaźń, „Święto”").encode("cp1250")
    assert "look like windows-1250" in decode_markup(raw)[1][0]
    assert "Za¿ó³æ" in decode_markup(raw)[0]
    assert "Zażółć" in decode_markup(raw, "windows-1250")[0]


def test_every_encoding_that_an_editor_may_choose_is_known():
    assert all(map(codecs_of, CHOICES))

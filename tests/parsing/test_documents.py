"""Word files, PDF and mail: what is read, what is only suggested, and what is refused."""

import datetime as dt
import io
import zipfile

import pytest

from articles.parsing.documents.mail import read_eml
from articles.parsing.documents.pdf import read_pdf
from articles.parsing.documents.word import read_docx
from articles.parsing.source_item import SourceError
from tests.parsing.documents import CORE, W, docx, paragraph, pdf

BODY = (
    "The weir at Selwy was opened on Friday after the river had risen for three days, the council said.",
    "“We had the cows out,” said Osric Pell, who farms below the mill and has seen four floods.",
)


def word(body, **parts):
    return read_docx(io.BytesIO(docx(body, **parts)))


def mail(*lines):
    return read_eml(io.BytesIO("\r\n".join(lines).encode()))


class TestWord:
    def test_title_paragraphs_and_lists_are_read_and_properties_only_mentioned(self):
        item = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Boots</w:t></w:r></w:p>'
        style = "<w:style w:styleId='Titel'><w:name w:val='Title'/></w:style>"
        parsed = word(
            paragraph("Weir opens", "Titel") + "".join(map(paragraph, BODY)) + item,
            word__styles=f"<w:styles {W}>{style}</w:styles>",
            docProps__core=CORE,
        )
        assert parsed.headline == "Weir opens"
        assert parsed.body == "\n\n".join([*BODY, "Boots"])
        assert (parsed.byline, parsed.published_on) == ("", None)
        assert "title «Template», author «Office», date «2011-02-03»" in parsed.warnings[-1]

    def test_a_row_of_a_table_stays_a_row(self):
        cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
        row = "<w:tr>" + cell.format("Pell") + cell.format("1,204") + "</w:tr>"
        parsed = word(paragraph("Weir opens") + "".join(map(paragraph, BODY)) + f"<w:tbl>{row}</w:tbl>")
        assert parsed.body.endswith("\n\nPell | 1,204")

    def test_footnotes_follow_the_text_and_margins_are_listed_as_removed(self):
        notes = f"<w:footnote w:id='2'>{paragraph('Council minutes.')}</w:footnote>"
        note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
        parsed = word(
            paragraph("Weir opens")
            + paragraph(BODY[0])
            + f"<w:p><w:r><w:t>{BODY[1]}</w:t></w:r>{note}</w:p>",
            word__footnotes=f"<w:footnotes {W}>{notes}</w:footnotes>",
            word__header1=f"<w:hdr {W}>{paragraph('Press office')}</w:hdr>",
        )
        assert parsed.body.endswith("\n\n1 Council minutes.")
        assert "Press office" in parsed.removed
        assert "footnotes at the end of the text: 1" in parsed.warnings

    def test_deleted_and_hidden_words_are_no_text(self):
        deleted = "<w:p><w:del><w:r><w:delText>secret</w:delText></w:r></w:del>"
        deleted += "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
        deleted += (
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>It held.</w:t></w:r></w:p>"
        )
        parsed = word(paragraph("Weir opens") + "".join(map(paragraph, BODY)) + deleted)
        assert parsed.body.endswith("\n\nIt held.")
        assert any("tracked changes" in warning for warning in parsed.warnings)

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("xl/workbook.xml", "an Excel workbook"),
            ("content.xml", "an OpenDocument file"),
            ("a.txt", "a zip file"),
        ],
    )
    def test_another_zip_file_is_refused_by_its_name(self, name, said):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(name, "x")
        with pytest.raises(SourceError, match=said):
            read_docx(file)

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({f"p{n}": "x" for n in range(200)}, "202 entries; 200 is the most"),
            ({"word__media": b"\0" * (51 * 1024 * 1024)}, "more than 50 MB"),
            ({"word__media": b"\0" * (2 * 1024 * 1024)}, "more than 100 to 1"),
            ({"..__..__etc__cron": "x"}, "outside its folder"),
            (
                {"word__styles": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'},
                "entities",
            ),
        ],
    )
    def test_a_bomb_is_refused_before_it_is_unpacked(self, parts, said):
        with pytest.raises(SourceError, match=said):
            word(paragraph("Weir opens"), **parts)

    def test_a_damaged_file_is_refused(self):
        raw = docx("".join(map(paragraph, BODY)))
        with pytest.raises(SourceError, match="damaged"):
            read_docx(io.BytesIO(raw[: len(raw) // 2]))


def page(lines, number=1, size=11):
    text = [(60, 740 - 14 * n, size, line) for n, line in enumerate(lines)]
    return [(60, 800, 9, "Selwy Courier, May 2019"), *text, (290, 30, 9, str(number))]


class TestPdf:
    def test_lines_and_divided_words_become_paragraphs_without_the_margins_of_the_pages(self):
        first = [(60, 780, 24, "Weir opens after three days of rain")]
        lines = (
            "The weir at Selwy was opened on Friday after the river had ri-",
            "sen for three days and the council had met twice in the night.",
            "It will stay open until Monday.",
            "The farmers below the mill had been told the evening before, as",
            "Osric Pell said at the gate, where he had waited since dawn and",
        )
        more = (
            "the water came up to his boots.",
            *["The council meets again next week in the hall of the mill."] * 2,
        )
        parsed = read_pdf(io.BytesIO(pdf([page(lines)[:1] + first + page(lines)[1:], page(more, 2)])))
        assert parsed.headline == "Weir opens after three days of rain"
        assert parsed.body.split("\n\n")[0].startswith(
            "The weir at Selwy was opened on Friday after the river had risen"
        )
        assert parsed.body.split("\n\n")[0].endswith("It will stay open until Monday.")
        assert "since dawn and the water came up to his boots." in parsed.body
        assert "Selwy Courier" not in parsed.body
        assert {"Selwy Courier, May 2019", "1", "2"} <= set(parsed.removed)

    def test_a_scan_is_refused_with_what_to_do(self):
        with pytest.raises(SourceError, match=r"recognise the text \(OCR\)"):
            read_pdf(io.BytesIO(pdf([[]])))

    def test_an_encrypted_file_is_refused(self):
        with pytest.raises(SourceError, match="encrypted"):
            read_pdf(io.BytesIO(pdf([page(BODY[:1])], encrypted=True)))

    def test_a_damaged_file_is_refused(self):
        with pytest.raises(SourceError, match="damaged"):
            read_pdf(io.BytesIO(b"%PDF-1.4\nnothing"))


class TestMail:
    HEAD = (
        "From: Edda Marsh <press@selwy.example>",
        "Date: Thu, 30 May 2019 23:30:00 -0500",
        "MIME-Version: 1.0",
    )

    def test_a_press_release_has_its_subject_day_and_sender(self):
        parsed = mail(
            *self.HEAD, "Subject: =?utf-8?q?Weir_opens_=E2=80=93_at_last?=", "", BODY[0], "", BODY[1]
        )
        assert (parsed.headline, parsed.byline) == ("Weir opens – at last", "Edda Marsh")
        assert parsed.body == "\n\n".join(BODY)
        assert parsed.published_on == dt.date(2019, 5, 30)
        assert parsed.published_at.isoformat() == "2019-05-30T23:30:00-05:00"

    def test_the_plain_part_is_read_if_it_is_whole_and_else_the_page(self):
        for plain, found in (
            (" ".join(BODY), BODY[0]),
            ("Your program shows no HTML.", "The page says it all"),
        ):
            parsed = mail(
                *self.HEAD, "Subject: Weir opens", 'Content-Type: multipart/alternative; boundary="b"', "",
                "--b", "Content-Type: text/plain; charset=utf-8", "", plain,
                "--b", "Content-Type: text/html; charset=utf-8", "",
                f"<p>The page says it all. {'It rained and rained. ' * 3}</p>", "--b--",
            )  # fmt: skip
            assert parsed.body.startswith(found)

    def test_attachments_are_named_and_a_signature_is_cut(self):
        parsed = mail(
            *self.HEAD, "Subject: Fwd: Weir opens", 'Content-Type: multipart/mixed; boundary="b"', "",
            "--b", "Content-Type: text/plain; charset=iso-8859-1",
            "Content-Transfer-Encoding: quoted-printable", "",
            "It rained in Selw=FD. " + BODY[0], "", BODY[1], "", "-- ", "Edda Marsh, press office",
            "--b", "Content-Type: application/pdf", 'Content-Disposition: attachment; filename="plan.pdf"',
            "", "x", "--b--",
        )  # fmt: skip
        assert parsed.headline == "Weir opens"
        assert parsed.body.startswith("It rained in Selwý.")
        assert "Edda Marsh, press office" in parsed.removed
        assert "attachments that were left out: plan.pdf" in parsed.warnings

    def test_an_address_without_a_name_is_no_byline(self):
        parsed = mail("From: press@selwy.example", "Subject: Weir opens", "", *BODY)
        assert (parsed.byline, parsed.authors) == ("", ())

    @pytest.mark.parametrize(
        ("line", "embargo"),
        [
            ("EMBARGOED UNTIL 00:01, 30 May 2019", "2019-05-30"),
            ("Sperrfrist: 30. Mai 2019, 12:00 CEST", "2019-05-30T12:00:00+02:00"),
            ("Strictly under embargo", "Strictly under embargo"),
        ],
    )
    def test_the_embargo_of_a_press_release_is_kept(self, line, embargo):
        parsed = mail(*self.HEAD, "Subject: Weir opens", "", line, "", *BODY)
        assert parsed.extra == {"embargo": embargo}

    @pytest.mark.parametrize(
        ("kind", "said"), [("multipart/encrypted; boundary=b", "encrypted"), ("text/plain", "has no text")]
    )
    def test_a_message_without_a_text_is_refused(self, kind, said):
        with pytest.raises(SourceError, match=said):
            mail(*self.HEAD, "Subject: Weir opens", f"Content-Type: {kind}", "", "")

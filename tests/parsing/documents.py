"""Small Word and PDF files, made here."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Template</dc:title><dc:creator>Office</dc:creator>"
    "<dcterms:created>2011-02-03T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def paragraph(text, style="", run=""):
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r>{run}<w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def docx(body, **parts):
    """The bytes of a Word file; `parts` are further entries, with «__» for «/»."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"{name.replace('__', '/')}.xml", content)
    return file.getvalue()


def pdf(pages, *, encrypted=False):
    """The bytes of a PDF file; each page is a list of (x, y, size, text)."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for page in pages:
        shown = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET\n" for x, y, size, text in page
        )
        objects.append(f"<</Length {len(shown)}>>\nstream\n{shown}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    secret = ""
    if encrypted:
        objects.append(f"<</Filter/Standard/V 1/R 2/O<{'0' * 64}>/U<{'1' * 64}>/P -4>>")
        secret = f"/Encrypt {len(objects)} 0 R/ID[<00><00>]"
    file, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{secret}>>"
    return file + f"{end}\nstartxref\n{len(file)}\n%%EOF\n".encode("latin-1")


def _escaped(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")

"""pandas, R and LibreOffice, each opening a file as it does when nobody sets an option; rows as text.

LibreOffice asks on a screen: for a file with the mark of UTF-8 its dialog proposes that encoding and comma,
semicolon and tab as separators. Without a screen it asks nobody and takes Windows-1252, so it is told what it
would propose.
"""

import csv
import importlib.util
import io
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from itertools import islice

NOTHING = ""
UNIT, RECORD = "\x1f", "\x1e"
IN_R = r"""
for (file in commandArgs(TRUE)) {
  found <- if (endsWith(file, ".csv")) read.csv(file) else jsonlite::flatten(jsonlite::stream_in(base::file(file), verbose = FALSE))
  plain <- Filter(function(column) !is.list(column), found)
  cells <- sapply(plain, function(column) ifelse(is.na(column), "", as.character(column)))
  if (!is.matrix(cells)) cells <- matrix(cells, nrow = 1, dimnames = list(NULL, names(cells)))
  cat(paste(colnames(cells), collapse = "\x1f"), "\x1e", sep = "")
  cat(apply(cells, 1, function(row) paste0(paste(row, collapse = "\x1f"), "\x1e")), sep = "")
  cat("\x1d")
}
"""  # noqa: E501
OFFICE = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
AS_ITS_DIALOG_PROPOSES = "CSV:44/59/9,34,76,1,,0,false,false"


def in_pandas(paths):
    import pandas

    for path in paths:
        csv_file = path.suffix == ".csv"
        found = pandas.read_csv(path) if csv_file else pandas.read_json(path, lines=True)
        yield [{name: _as_text(value) for name, value in row.items()} for row in found.to_dict("records")]


def _as_text(value):
    import pandas

    if isinstance(value, list | dict):
        return value
    if pandas.isna(value):
        return NOTHING
    return str(value.date()) if isinstance(value, pandas.Timestamp) else str(value)


def in_r(paths):
    done = subprocess.run(
        ["Rscript", "-e", IN_R, *map(str, paths)],
        capture_output=True,
        check=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    for printed in done.stdout.decode().split("\x1d")[:-1]:
        names, *rows = [line.split(UNIT) for line in printed.split(RECORD)[:-1]]
        yield [dict(zip(names, row, strict=True)) for row in rows]


def in_libreoffice(paths):
    for path in paths:
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{path.parent}/office", "--headless"),
                *("--convert-to", "fods", f"--infilter={AS_ITS_DIALOG_PROPOSES}"),
                *("--outdir", str(path.parent), str(path)),
            ],
            check=True,
            capture_output=True,
        )
        yield list(_sheet(path.with_suffix(".fods")))


def _sheet(path):
    names = None
    for _, element in ET.iterparse(path):  # noqa: S314
        if element.tag != f"{{{OFFICE['table']}}}table-row":
            continue
        cells = [text for cell in element for text in _cell(cell)]
        element.clear()
        if names is None:
            names = [name for name in cells if name]
        elif any(cells):
            assert not any(cells[len(names) :]), "a cell was split in two"
            yield dict(zip(names, cells, strict=False))


def _cell(cell):
    text = "\n".join(_text(line) for line in cell.findall("text:p", OFFICE))
    # The last one stands for all the empty columns that a sheet has.
    return islice([text] * int(cell.get(f"{{{OFFICE['table']}}}number-columns-repeated", "1")), 64)


def _text(element):
    found = element.text or ""
    for inner in element:
        name = inner.tag.rsplit("}", 1)[1]
        if name == "s":
            found += " " * int(inner.get(f"{{{OFFICE['text']}}}c", "1"))
        else:
            found += {"tab": "\t", "line-break": "\n"}.get(name, "") or _text(inner)
        found += inner.tail or ""
    return found


def missing(program):
    """What to install where the program is not here."""
    if program is in_pandas:
        return (
            None
            if importlib.util.find_spec("pandas")
            else "pandas (uv run --with pandas manage.py measure …)"
        )
    if program is in_r:
        return None if shutil.which("Rscript") else "R (Debian: r-base-core, r-cran-jsonlite)"
    return None if shutil.which("soffice") else "LibreOffice (Debian: libreoffice-calc)"


def as_written(path):
    """The cells of the file itself."""
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

"""Sheets as files: XLSX that is brought in, and the form that is given out to be filled."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import IO, Any
from xml.parsers.expat import ParserCreate

from openpyxl import load_workbook

from incident_hub import paper
from incident_hub.kernel.cells import still
from incident_hub.plan.frame import Category

from .heading import FIELDS
from .reading import Known
from .refusing import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Unreadable
from .rows import Row, gathered

MOST_UNZIPPED = 16 << 20
MOST_PARTS = 2_000
# Cells, strings and rows together: a full sheet has half of them. A cell of a spreadsheet holds no more than so much.
MOST_CELLS, LONGEST_CELL, DEEPEST = 200_000, 32_767, 64
# Rows that are there and blank are read as well; a sheet of nothing but those ends here.
_MOST_PLACES = 4 * MOST_ROWS
# Everything a return needs, in the order in which it is filled; the rest may be added by whoever knows it.
_FORM = ("code", "unit", "date")
_AFTER = ("unknown_reason", "expected_by", "checked_how")


@dataclass(frozen=True)
class Form:
    """What is given out to be filled: the units that still owe the day, and not one number."""

    units: Sequence[Known]
    day: date
    categories: Sequence[Category]
    lang: str

    def columns(self) -> list[str]:
        """The heading, as the reading knows it again."""
        counted = [f"{one.title.of(self.lang)}({one.unit.of(self.lang)})" for one in self.categories]
        return [FIELDS[one].of(self.lang) for one in _FORM] + counted + [FIELDS[one].of(self.lang) for one in _AFTER]

    def rows(self) -> list[list[str]]:
        """Code, name and date of every unit."""
        return [[one.code, one.title.of(self.lang), self.day.isoformat()] for one in self.units]


def from_xlsx(raw: bytes) -> list[Row]:
    """The rows of the sheet that was open when the file was kept. A formula comes as its text and is never computed.

    Raises: Unreadable for what is no such file, or too much of it.
    """
    if len(raw) > MOST_BYTES:
        raise Unreadable("too-large", most=MOST_BYTES >> 20)
    try:
        _judge(raw)
        book = load_workbook(BytesIO(raw), read_only=True, data_only=False, keep_links=False)
        return gathered(_rows(book.active))
    except Unreadable:
        raise
    # Whatever is wrong inside, the file is not one that can be read.
    except Exception as fault:
        raise Unreadable("not-xlsx") from fault


def form_xlsx(form: Form, title: str, at: datetime) -> bytes:
    """The form as a spreadsheet."""
    return paper.xlsx(title, at, [{"name": title, "columns": form.columns(), "rows": form.rows()}])


def form_csv(form: Form) -> bytes:
    """The form as CSV that a spreadsheet opens with its Chinese intact."""
    text = StringIO()
    csv.writer(text).writerows([still(cell) for cell in row] for row in (form.columns(), *form.rows()))
    return text.getvalue().encode("utf-8-sig")


def _judge(raw: bytes) -> None:
    with zipfile.ZipFile(BytesIO(raw)) as parts:
        sizes = [part.file_size for part in parts.infolist()]
        names = set(parts.namelist())
        if len(sizes) > MOST_PARTS or sum(sizes) > MOST_UNZIPPED:
            raise Unreadable("too-large", most=MOST_UNZIPPED >> 20)
        if "xl/workbook.xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
            raise Unreadable("not-xlsx")
        cells = 0
        for name in sorted(names):
            if name.endswith((".xml", ".rels")):
                with parts.open(name) as part:
                    cells = _Shallow(cells).judged(part)


class _Shallow:
    """Reads XML only to say that it is small, flat and whole in itself, before anything is made of it."""

    def __init__(self, cells: int) -> None:
        self.cells, self.depth, self.said = cells, 0, 0
        self.parser = ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self.parser.StartDoctypeDeclHandler = self._refuse

    def judged(self, part: IO[bytes]) -> int:
        """How many cells there are by now.

        Raises: Unreadable for too many, and for what nests, says too much in one place, or brings entities.
        """
        while block := part.read(1 << 16):
            self.parser.Parse(block, False)
        self.parser.Parse(b"", True)
        return self.cells

    def _begin(self, name: str, _attributes: object) -> None:
        self.depth, self.said = self.depth + 1, 0
        self.cells += name in ("c", "si", "row")
        if self.cells > MOST_CELLS:
            raise Unreadable("too-many", most=MOST_ROWS)
        if self.depth > DEEPEST:
            raise Unreadable("not-xlsx")

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _say(self, words: str) -> None:
        self.said += len(words)
        if self.said > LONGEST_CELL:
            raise Unreadable("too-large", most=MOST_BYTES >> 20)

    def _refuse(self, *_declared: object) -> None:
        raise Unreadable("not-xlsx")


def _rows(page: Any) -> Iterator[tuple[int, Iterable[str]]]:
    page.reset_dimensions()
    for place, cells in enumerate(page.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1):
        if place > _MOST_PLACES:
            raise Unreadable("too-many", most=MOST_ROWS)
        yield place, [_said(value) for value in cells]


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes") if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

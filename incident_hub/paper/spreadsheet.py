"""Tables as a spreadsheet in which nothing computes: numbers are numbers, everything else is text and stays it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from .sheet import inert

# A spreadsheet program opens no longer cell, and no longer or sharper name of a table.
LONGEST_CELL = 32_000
LONGEST_NAME = 31
_SHARP = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def filled(title: str, at: datetime, tables: Sequence[Mapping[str, Any]]) -> bytes:
    """The XLSX of some tables; the same tables are the same bytes.

    Shape: `tables` are {name, columns, rows} with columns as on a sheet; None is an empty cell.
    """
    kept = BytesIO()
    book = Workbook(
        kept,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": inert(title)[:200], "created": at.astimezone(UTC).replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": "#F1F3F5", "bottom": 1, "text_wrap": True, "valign": "top"})
    for table in tables:
        page = book.add_worksheet(table["name"].translate(_SHARP)[:LONGEST_NAME])
        page.freeze_panes(1, 0)
        page.set_column(0, max(0, len(table["columns"]) - 1), 18)
        for column, said in enumerate(table["columns"]):
            page.write_string(0, column, inert(said if isinstance(said, str) else said["title"]), head)
        for line, row in enumerate(table["rows"], 1):
            for column, value in enumerate(row):
                _put(page, line, column, value)
    book.close()
    return kept.getvalue()


def _put(page: Any, line: int, column: int, value: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(line, column, value)
    elif value is not None:
        page.write_string(line, column, inert(str(value))[:LONGEST_CELL])

"""From text to rows of cells: what was pasted from a spreadsheet, and CSV in the encodings it comes in. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from incident_hub.kernel.cells import said

from .refusing import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Unreadable

_MARKED = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# As many columns as the oldest spreadsheets have.
BROADEST = 256


@dataclass(frozen=True)
class Row:
    """One row. Shape: `place` is its number in the sheet, from 1; blank cells at the end are left out."""

    place: int
    cells: tuple[str, ...]


def from_text(text: str) -> list[Row]:
    """The rows of what was pasted or of a CSV file, by whichever of tab, comma and semicolon its first line has most.

    Raises: Unreadable when there is too much of it or a row cannot be read.
    """
    if len(text) > MOST_BYTES:
        raise Unreadable("too-large", most=MOST_BYTES >> 20)
    if text.count("\n") + text.count("\r") > 4 * MOST_ROWS:
        raise Unreadable("too-many", most=MOST_ROWS)
    first = next((line for line in text.splitlines() if line.strip()), "")
    return gathered(_split(text, max("\t,;", key=first.count)))


def decoded(raw: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 where it says so, otherwise GB18030.

    Raises: Unreadable for any other.
    """
    if len(raw) > MOST_BYTES:
        raise Unreadable("too-large", most=MOST_BYTES >> 20)
    marked = next((name for mark, name in _MARKED.items() if raw.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("not-text")


def gathered(found: Iterable[tuple[int, Iterable[str]]]) -> list[Row]:
    """Rows within bounds, blank ones left out.

    Raises: Unreadable when there are too many, or they are too broad.
    """
    rows: list[Row] = []
    for place, cells in found:
        kept = [said(cell.strip()) for cell in cells]
        while kept and not kept[-1]:
            kept.pop()
        if len(kept) > MOST_COLUMNS:
            raise Unreadable("too-broad", most=MOST_COLUMNS)
        if kept:
            rows.append(Row(place, tuple(kept)))
        if len(rows) > MOST_ROWS:
            raise Unreadable("too-many", most=MOST_ROWS)
    return rows


def _split(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    # What a spreadsheet copies ends its lines in its own way; a row may have line breaks within quotes.
    lines = text.splitlines(keepends=True)
    # Blank columns at the end are let pass, as spreadsheets leave them; not millions of them.
    if any(len(line) > BROADEST and line.count(delimiter) > BROADEST for line in lines):
        raise Unreadable("too-broad", most=MOST_COLUMNS)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    place = 0
    while True:
        place += 1
        try:
            yield place, next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise Unreadable("not-csv", other=place) from fault

"""The rows of a file, one at a time, with the line each begins on; what cannot be read as a row says why. Pure."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from incident_hub.kernel.cells import said


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Row:
    """A row of the file. Shape: `line` counts from 1; `fault` says why it is not a row that can be used."""

    line: int
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    fault: str | None = None


def rows(path: Path, format_: str, columns: Sequence[str]) -> Iterator[Row]:
    """Every row of a file in order; blank lines are no rows.

    Raises: Unreadable when the file is empty or its heading lacks one of the columns.
    """
    return _csv(path, columns) if format_ == "csv" else _jsonl(path, columns)


def _csv(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    # What is not UTF-8 is kept as a mark that cannot be stored, so that one bad byte costs one row and not the file.
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file)
        heading = next(_records(reader), (1, [], None))[1]
        missing = [name for name in columns if name not in heading]
        if missing:
            raise Unreadable(
                f"{path.name} has no column {', '.join(missing)}; its heading is {', '.join(heading[:60]) or 'empty'}. "
                "Correct the mapping or the heading."
            )
        twice = sorted({name for name in columns if heading.count(name) > 1})
        if twice:
            raise Unreadable(f"{path.name} has the column {', '.join(twice)} more than once; rename one of them.")
        for line, cells, fault in _records(reader):
            fields = dict(zip(heading, cells, strict=False))
            if fault is None and len(cells) != len(heading):
                fault = f"it has {len(cells)} cells and the heading has {len(heading)}"
            yield Row(line, fields, fault or _unstorable(cells))


def _records(reader: Any) -> Iterator[tuple[int, list[str], str | None]]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield line, [], f"it cannot be read as CSV: {fault}"
            continue
        if cells:
            yield line, [said(cell) for cell in cells], None


def _jsonl(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
        for line, words in enumerate(file, 1):
            if words.strip():
                yield _object(line, words, columns)


def _object(line: int, words: str, columns: Sequence[str]) -> Row:
    try:
        given = json.loads(words)
    except (ValueError, RecursionError) as fault:
        return Row(line, {}, f"it cannot be read as JSON: {fault}")
    if not isinstance(given, dict):
        return Row(line, {}, "it is not a JSON object")
    fields = {str(name): _plain(value) for name, value in cast("dict[str, Any]", given).items()}
    missing = [name for name in columns if name not in fields]
    fault = f"it lacks {', '.join(missing)}" if missing else _unstorable(list(fields.values()))
    return Row(line, fields, fault)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _unstorable(cells: Sequence[str]) -> str | None:
    for cell in cells:
        if "\0" in cell:
            return "it holds a NUL character"
        if any("\ud800" <= letter <= "\udfff" for letter in cell):
            return "it is not UTF-8"
    return None

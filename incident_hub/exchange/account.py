"""What an import did, row by row and in sentences. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from incident_hub.kernel.cells import still

from .calls import Aside


@dataclass
class Account:
    """What an import did, or in a dry run would do.

    Shape: rows read = used + the length of `aside`; what is `there` was brought in by an earlier run.
    """

    read: int = 0
    used: int = 0
    aside: Sequence[Aside] = ()
    remarks: Sequence[tuple[int, str]] = ()
    calls: int = 0
    incidents: int = 0
    incidents_there: int = 0
    entries: int = 0
    entries_there: int = 0
    seconds: float = 0.0
    dry_run: bool = False
    shown: int = field(default=10)

    def sentences(self) -> list[str]:
        """The account as it is printed; only the first few rows are named, the rejects file has them all."""
        would = "would be " if self.dry_run else ""
        came = f"{self.incidents} incidents and {self.entries} journal entries {would}brought in"
        there = f"{self.incidents_there} incidents and {self.entries_there} journal entries were there already"
        said = [f"{self.read} rows read: {self.used} used, {len(self.aside)} put aside.", f"{came}; {there}."]
        said += [f"Line {one.line} was put aside: {one.reason}." for one in self.aside[: self.shown]]
        said += [f"Line {line} {words}." for line, words in self.remarks[: self.shown]]
        for name, many in (("put aside", len(self.aside)), ("remarked on", len(self.remarks))):
            if many > self.shown:
                said.append(f"{many - self.shown} more lines were {name}.")
        if self.seconds and not self.dry_run:
            written = self.incidents + self.entries
            rate = f"{self.read / self.seconds:,.0f} rows and {written / self.seconds:,.0f} entries a second"
            said.append(f"It took {self.seconds:.1f} s: {rate}.")
        return said


def rejects(aside: Sequence[Aside]) -> str:
    """The rows put aside as CSV: line and reason, then the row as it was, to be mended and brought in again.

    Shape: what a spreadsheet would compute has an apostrophe before it, which the reading takes off again.
    """
    columns = list(dict.fromkeys(name for one in aside for name in one.fields))
    taken = io.StringIO(newline="")
    writer = csv.writer(taken)
    writer.writerow(["put_aside_line", "put_aside_reason", *(still(name) for name in columns)])
    for one in aside:
        writer.writerow(
            [one.line, *(still(cell) for cell in (one.reason, *(one.fields.get(name, "") for name in columns)))]
        )
    return taken.getvalue()

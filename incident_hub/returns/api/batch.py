"""Many returns at once: as JSON, as pasted text, as a CSV file or as a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Annotated, Any, cast

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import bodies, clock
from incident_hub.kernel.beside import aside
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.saying import say_both
from incident_hub.kernel.uploads import Upload
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.returns import actions, queries
from incident_hub.returns.days import local_date
from incident_hub.returns.line import Line, Outcome
from incident_hub.returns.shapes import BatchOut
from incident_hub.returns.sheets import documents, reading, rows
from incident_hub.returns.sheets.refusing import MOST_BYTES, MOST_ROWS, Fault, Unreadable

from .room import WRITES, ReturnIn, Text, room, tally, told

# So many lines are filed in one transaction; others may write in between.
SLICE = 100


class SheetIn(Shape):
    """Many returns: either `rows`, or `text` as a spreadsheet copies it or a CSV file holds it.

    What a row of the text does not say is taken from beside it.
    """

    rows: Annotated[list[ReturnIn], Field(max_length=MOST_ROWS, default_factory=list)]
    text: Annotated[str, Field(max_length=MOST_BYTES)] = ""
    date: dt.date | None = None
    stated_by: Annotated[str, Field(max_length=120)] = ""
    statement: Text = ""
    late_reason: Text = ""
    dry_run: bool = False


@room.door(
    "POST", "/operations/<op>/zero-reports/batch", scope="returns:write", takes=SheetIn, gives=BatchOut, errors=WRITES
)
def file_batch(asker: Asker, body: SheetIn, op: str) -> Answer:
    """File many returns; each row that cannot be taken says why, and the others go in."""
    allow(asker, "return.file")
    operation = operations.for_desk(op, asker.desk_id)
    if bool(body.rows) == bool(body.text.strip()):
        raise BadInput("Send either rows or text.")
    if body.rows:
        lines = [one.line(place) for place, one in enumerate(body.rows, 1)]
        return _filed(asker, operation, lines, (), (), dry_run=body.dry_run)
    read = _read(asker, operation, body, lambda: rows.from_text(body.text))
    return _filed(asker, operation, read.lines, read.faults, read.ignored, dry_run=body.dry_run)


@room.door(
    "POST", "/operations/<op>/zero-reports/sheet", scope="returns:write", uploads=MOST_BYTES, gives=BatchOut,
    errors=(*WRITES, 413),
)  # fmt: skip
def file_sheet(asker: Asker, upload: Upload, op: str) -> Answer:
    """The same from a CSV file or an XLSX spreadsheet; the words beside the file are those beside a text."""
    allow(asker, "return.file")
    operation = operations.for_desk(op, asker.desk_id)
    beside = cast("SheetIn", bodies.fitted(SheetIn, upload.words, "form"))
    read = _read(asker, operation, beside, lambda: _rows(upload))
    return _filed(asker, operation, read.lines, read.faults, read.ignored, dry_run=beside.dry_run)


def _rows(upload: Upload) -> list[rows.Row]:
    if upload.raw.startswith(b"PK"):
        # Reading one takes up to a second or two, and the loop goes on meanwhile.
        return aside(documents.from_xlsx, upload.raw)
    return rows.from_text(rows.decoded(upload.raw))


def _read(asker: Asker, operation: Operation, beside: SheetIn, found: Callable[[], list[rows.Row]]) -> reading.Reading:
    asked = operations.plan_of(operation.plan_version).zero_report
    if asked is None:
        raise BadInput("The plan of this operation asks for no daily returns.")
    today = local_date(clock.now(), operation.zone)
    stated_by = beside.stated_by or asker.post or asker.name
    like = Line(
        "", beside.date or today, {}, stated_by=stated_by, statement=beside.statement, late_reason=beside.late_reason
    )  # fmt: skip
    against = reading.Asked(
        asked.categories, queries.owed_by(operation.id, asker.agency), like, operation.zone, today
    )  # fmt: skip
    try:
        return reading.read(found(), against)
    except Unreadable as fault:
        raise BadInput(say_both(fault.words.en, fault.words.zh), words=asdict(fault.words)) from fault


def _filed(
    asker: Asker,
    operation: Operation,
    lines: Sequence[Line],
    faults: Sequence[Fault],
    ignored: Sequence[str],
    *,
    dry_run: bool,
) -> Answer:
    by, outcomes = by_of(asker), list[Outcome]()
    if dry_run or not lines:
        outcomes = actions.file(operation, lines, clock.now(), by, dry_run=True)
        return Answer(_told(outcomes, faults, ignored, dry_run=dry_run))
    for start in range(0, len(lines), SLICE):
        part = lines[start : start + SLICE]
        with unit_of_work(operation.id) as at:
            outcomes += actions.file(operation, part, at, by)
            if start + SLICE >= len(lines):
                return answer(_told(outcomes, faults, ignored, dry_run=False))
    raise RuntimeError("no slice was the last")


def _told(
    outcomes: Sequence[Outcome], faults: Sequence[Fault], ignored: Sequence[str], *, dry_run: bool
) -> dict[str, Any]:
    """Shape: {filed, same, refused, dry_run, items, refusals, ignored}; refusals are {row, detail, words{zh, en}}."""
    counts = tally(outcomes)
    refusals: list[dict[str, Any]] = [
        {"row": one.row, "detail": one.words().en, "words": asdict(one.words())} for one in faults
    ]
    refusals += [
        {"row": one.place, "detail": fault.words.en, "words": asdict(fault.words)}
        for one in outcomes
        for fault in one.refused
    ]
    rows_refused = len({one.row for one in faults} | {one.place for one in outcomes if one.refused})
    return counts | {
        "refused": rows_refused, "dry_run": dry_run, "items": [told(one) for one in outcomes if not one.refused],
        "refusals": sorted(refusals, key=lambda one: int(one["row"])), "ignored": list(ignored),
    }  # fmt: skip

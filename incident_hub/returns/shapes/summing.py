"""Shapes of answers about days and units together: the matrix, the board's figure, roll-ups."""

from __future__ import annotations

from datetime import date, datetime

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import Title

from . import Counts


class CellOut(TypedDict):
    """One unit and date."""

    id: str
    cell: str
    late: bool
    flagged: bool


class MatrixRow(TypedDict):
    """One unit, cell by date."""

    unit: str
    title: Title
    agency: str
    cells: dict[str, CellOut]


class MatrixDay(TypedDict):
    """How a date stands: n of m, and how many of each word."""

    date: date
    received: int
    owed: int
    counts: Counts


class MatrixOut(TypedDict):
    """Every unit and date that the asker's desk may know of."""

    days: list[MatrixDay]
    rows: list[MatrixRow]


class OwedReceived(TypedDict):
    """How many of how many."""

    owed: int
    received: int


class MissingUnit(TypedDict):
    """A unit that is missing."""

    unit: str
    title: Title
    agency: str


class Figure(TypedDict):
    """How the returns of the day stand for one desk; whoever oversees is named who is missing."""

    date: date
    until: datetime
    owed: int
    received: int
    each: dict[str, OwedReceived]
    missing: list[MissingUnit]


class FigureOut(TypedDict):
    """The board's figure; null where the desk knows of no returns."""

    zero_reports: Figure | None


class TotalOut(TypedDict):
    """The sum of a category, of how many units, and of how many more it is not known."""

    n: int
    of: int
    unknown: int


class SummedOut(TypedDict):
    """A day summed up; whoever is missing adds nothing."""

    owed: int
    received: int
    exempt: int
    missing: list[str]
    late: list[str]
    returned: list[str]
    totals: dict[str, TotalOut]


class RollUpOut(SummedOut):
    """The roll-up of a date as the asker's desk may count it."""

    date: date


class SinceOut(TypedDict):
    """What came after the roll-up that this one amends, by unit."""

    came: list[str]
    changed: list[str]
    gone: list[str]


class BelowOut(TypedDict):
    """A roll-up of a level below that this one counts."""

    desk: str
    tier: str
    roll_up: str
    number: int
    received: int
    owed: int


class SentFigures(SummedOut):
    """The figures as they are sent and kept."""

    since: SinceOut
    below: list[BelowOut]
    unsent: list[str]


class RollUpSent(TypedDict):
    """A roll-up that was sent."""

    id: str
    date: date
    tier: str
    number: int
    amends: int | None
    cut_off: datetime
    at: datetime
    by: str
    remarks: str
    figures: SentFigures
    sha256: str


class RollUpMine(TypedDict):
    """What the asker's desk would send now, or why it cannot."""

    tier: str
    title: Title
    cut_off: datetime
    due_at: datetime
    figures: SentFigures
    amends: int | None
    refusal: Title | None


class RollUpsOut(TypedDict):
    """Every roll-up of a date that the desk may know of, and its own as it would be sent."""

    date: date
    items: list[RollUpSent]
    mine: RollUpMine | None

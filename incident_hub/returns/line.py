"""One line of a return as somebody states it, and what became of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from incident_hub.plan.words import Words

ORIGINS = ("own", "told", "system", "assumed")
CHANNELS = ("hub", "link", "phone", "radio", "fax", "paper", "face")


@dataclass(frozen=True)
class Unknown:
    """A number nobody has yet: why, and when it is expected."""

    reason: str
    expected_by: datetime


@dataclass(frozen=True)
class Line:
    """What is stated of one unit and one local date.

    Shape: `unit` is its code; every category of the plan is in `counts` or in `unknown`; a count is whatever came in
    and is judged before it is a number; `place` is where the line stood in what was sent, from 1. Units: `stated_at`
    aware UTC.
    """

    unit: str
    day: date
    counts: Mapping[str, object]
    unknown: Mapping[str, Unknown] = field(default_factory=dict[str, Unknown])
    stated_by: str = ""
    stated_at: datetime | None = None
    channel: str = "hub"
    origin: str = "own"
    statement: str = ""
    explanation: str = ""
    checked_how: str = ""
    compiled_by: str = ""
    approved_by: str = ""
    late_reason: str = ""
    place: int = 1


@dataclass(frozen=True)
class Refused:
    """Why a line cannot be taken: where in it the fault lies, as a pointer, and a sentence that says what to do."""

    pointer: str
    words: Words


@dataclass(frozen=True)
class Outcome:
    """What became of one line.

    Shape: `refused` is empty when it was taken; `questions` are codes of what is asked now: `gap:inspected=accepted`,
    `contradicts:prohibited-a`; `same` when it says what is there already and changed nothing.
    """

    unit: str
    day: date
    place: int
    refused: tuple[Refused, ...] = ()
    zero_report: str | None = None
    filing: str | None = None
    state: str | None = None
    late: bool = False
    questions: tuple[str, ...] = ()
    same: bool = False

"""Shapes of answers about readiness."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from incident_hub.files.shapes import FileOut
from incident_hub.kernel.shapes import ByOut, Title

Part = Literal["management", "investment", "training", "rescue"]


class VerdictOut(TypedDict):
    """What the desk that oversees it said."""

    verdict: Literal["confirmed", "objected"]
    words: str | None
    at: datetime
    by: str


class StatementOut(TypedDict):
    """What the carrier stated, with its files."""

    id: str
    words: str | None
    at: datetime
    by: ByOut
    verdict: VerdictOut | None
    files: list[FileOut]


class RequirementOut(TypedDict):
    """One thing the plan asks to be in place, and how it stands."""

    code: str
    part: Part
    title: Title
    kind: Literal["yes_no", "count", "percent", "date", "document"]
    at_least: int | None
    at_most: int | None
    measured: str | None
    basis: str
    confirmed: bool
    state: str
    value: bool | int | float | str | None
    as_of: datetime | None
    expires_at: datetime | None
    statement: StatementOut | None
    may_judge: bool


class PartOut(TypedDict):
    """One of the four parts."""

    ready: bool
    items: list[RequirementOut]


class CarrierOut(TypedDict):
    """How one carrier stands, part by part."""

    agency: str
    ready: bool
    oversees: bool
    may_state: bool
    parts: dict[Part, PartOut]


class ReadinessOut(TypedDict):
    """Who is ready and who is not, as of an instant."""

    at: datetime
    items: list[CarrierOut]


class StatedOut(TypedDict):
    """The statement, by its id, and when it was made."""

    id: str
    at: datetime


class JudgedOut(StatedOut):
    """The same with the verdict on it."""

    verdict: str

"""Shapes of answers about incident reports."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from incident_hub.files.shapes import FileOut
from incident_hub.kernel.shapes import Fault, Title, ViaOut


class SeatOut(TypedDict):
    """Who, by seat."""

    agency: str | None
    desk: str | None
    post: str | None


class SendingOut(TypedDict):
    """One way a report went, and whether it arrived."""

    id: str
    desk: str
    to: str
    tiers: list[str]
    channel: str
    relay: bool
    copy_of: str | None
    sent_at: datetime
    received_at: datetime | None
    received_by: SeatOut | None
    received_via: str | None
    skip_level: bool


class ReportListed(TypedDict):
    """What everybody with access to the incident may know of a report."""

    id: str
    incident: str
    incident_title: str
    operation: str
    form: str
    mode: Literal["written", "spoken"]
    number: int | None
    title: Title
    short: Title
    agency: str
    desk: str
    state: Literal["draft", "signed", "sent"]
    amends: str | None
    amended_by: str | None
    based_on: str | None
    compiled_at: datetime
    compiled_by: SeatOut | None
    signed_at: datetime | None
    signed_by: SeatOut | None
    sent_at: datetime | None
    sendings: list[SendingOut]
    whole: bool
    readable: bool
    exercise: bool


class RowOut(TypedDict):
    """One count of a line: what came in this period, and to date."""

    category: str
    period: int | None
    to_date: int | None
    as_of: datetime | None
    source: str | None
    why: str | None


LineOut = TypedDict(
    "LineOut",
    {
        "code": str, "title": Title, "group": str, "needed": bool, "from": str | None, "value": Title | None,
        "rows": list[RowOut], "unknown": str | None, "counts": bool, "carried": str | None,
    },
)  # fmt: skip
LineOut.__doc__ = "One line of a report: what it says, and where that came from."


class TypedLine(TypedDict):
    """What somebody typed over what was found, or why it is unknown."""

    value: NotRequired[str]
    unknown: NotRequired[str]


class SettledBy(TypedDict):
    """A clock that a sending there would settle."""

    id: str
    rule: str
    title: Title | None
    due_at: datetime
    state: str


class PlaceTo(TypedDict):
    """Where a report may go, and which clocks that would settle."""

    desk: str
    title: Title
    tier: str | None
    tier_title: Title | None
    next: bool
    contact_only: bool
    skipped: list[str]
    settles: NotRequired[list[SettledBy]]


class ReportOut(ReportListed):
    """A report with what it says; who may not read that is told null there, and nothing of what follows."""

    content: list[LineOut] | None
    unknown: NotRequired[dict[str, str]]
    sha256: NotRequired[str | None]
    cut_off: NotRequired[datetime | None]
    why: NotRequired[str | None]
    words: NotRequired[str | None]
    via: NotRequired[ViaOut | None]
    version: NotRequired[int]
    files: NotRequired[list[FileOut]]
    typed: NotRequired[dict[str, TypedLine]]
    blank: NotRequired[list[Fault]]
    to: NotRequired[list[PlaceTo]]


class ReportsOut(TypedDict):
    """The reports of an incident, and where the asker's agency may send one."""

    items: list[ReportListed]
    next: None
    to: list[PlaceTo]


class Discarded(TypedDict):
    """The draft that is no more."""

    id: str
    state: Literal["discarded"]

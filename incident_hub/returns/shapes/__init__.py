"""Shapes of answers about the daily returns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import Refused, Title

State = Literal["due", "missing", "received", "returned", "exempt"]
Counts = dict[str, int]


class UnitOut(TypedDict):
    """A unit that owes a return every day."""

    unit: str
    title: Title
    agency: str
    site: str | None
    first_day: date
    last_day: date | None


class UnitsMade(TypedDict):
    """How many units were registered."""

    registered: int


class ReturnListed(TypedDict):
    """How the return of one unit and date stands; `cell` is its word in the matrix."""

    id: str
    unit: str
    title: Title
    agency: str
    date: date
    state: State
    cell: str
    late: bool
    due_at: datetime
    filing: str | None
    accepted: bool


class ReturnsOfDay(TypedDict):
    """Every return of a date that the asker's desk may know of."""

    date: date
    items: list[ReturnListed]
    next: None


class VersionOut(TypedDict):
    """One version of a return, as it was filed."""

    id: str
    version: int
    counts: Counts
    unknown: dict[str, datetime | None]
    reasons: str
    questions: list[str]
    statement: str
    explanation: str
    checked_how: str
    late_reason: str
    stated_by: str
    compiled_by: str
    approved_by: str
    channel: str
    origin: Literal["own", "told", "system", "assumed"]
    stated_at: datetime
    at: datetime
    by: str
    review: Literal["accepted", "returned"] | None
    reviewed_at: datetime | None
    reviewed_by: str | None
    review_reason: str | None


class FlagOut(TypedDict):
    """What speaks against a nought, for a desk that may know both."""

    category: str
    noun: str
    ref: str


class ReturnOut(ReturnListed):
    """One return with every version of it, and what stands beside it for the asker's desk."""

    versions: list[VersionOut]
    suggested: Counts
    to_explain: list[str]
    flagged: list[FlagOut]
    copied: bool


class FiledOut(TypedDict):
    """The return as it was filed, with what is asked about it."""

    unit: str
    date: date
    row: int
    zero_report: str | None
    filing: str | None
    state: State
    late: bool
    same: bool
    questions: list[str]
    refused: list[Refused]


class FiledByLink(TypedDict):
    """What whoever holds a link is told."""

    state: State
    late: bool
    same: bool
    questions: list[str]


class RowRefused(TypedDict):
    """Why a row was not taken."""

    row: int
    detail: str
    words: Title


class BatchOut(TypedDict):
    """What became of each row; with `dry_run` nothing was kept. `ignored` names columns that mean nothing here."""

    filed: int
    same: int
    refused: int
    dry_run: bool
    items: list[FiledOut]
    refusals: list[RowRefused]
    ignored: list[str]


class Reviewed(TypedDict):
    """How the return stands after the review."""

    id: str
    state: State
    accepted: bool


class LinkMade(TypedDict):
    """A link with which a unit files one return; the path is said this once."""

    id: str
    unit: str
    title: Title
    path: str
    expires_at: datetime


class LinksMade(TypedDict):
    """The links that were made for a date."""

    date: date
    by: str
    items: list[LinkMade]


class LinkListed(TypedDict):
    """A link as it is listed, without its secret."""

    id: str
    unit: str
    at: datetime
    by: str
    expires_at: datetime
    used_at: datetime | None


class LinksOut(TypedDict):
    """The links of a date."""

    date: date
    items: list[LinkListed]
    next: None

"""Shapes of answers about incidents."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import ByOut, Title, ViaOut

Role = Literal["lead", "support", "informed"]
History = Literal["full", "from_now"]
Grade = Literal["I", "II", "III", "IV"]


class PlaceOut(TypedDict):
    """Where; coordinates are strings, so that every screen keeps the same digits."""

    text: NotRequired[str]
    area: NotRequired[str]
    lat: NotRequired[str]
    lon: NotRequired[str]
    datum: NotRequired[str]


class AccessOut(TypedDict):
    """A desk that may know of it."""

    desk: str
    role: Role
    since: datetime


class GrantedOut(AccessOut):
    """The same with its title, how much of the past it may read, and who let it in."""

    title: Title
    history: History
    by: str


class LeftOut(GrantedOut):
    """A desk that could know of it and no longer may: until when, by whom it was ended, and why."""

    until: datetime
    ended_by: str | None
    reason: str | None


class AccessList(TypedDict):
    """Who may know of it, and who no longer may."""

    items: list[GrantedOut]
    next: None
    past: list[LeftOut]


class CardFigure(TypedDict):
    """The figure of a category; `differs` says that a later statement disagrees with the official one."""

    n: int | None
    as_of: datetime
    source: str
    official: bool
    differs: bool


class TakenOut(TypedDict):
    """An agency that said it acts."""

    agency: str
    post: str | None
    at: datetime


class DebtsOut(TypedDict):
    """How many debts are open, how many are late, and when the next is due."""

    open: int
    late: int
    next_due_at: datetime | None


class CardOut(TypedDict):
    """The card of an incident: the same bytes for every desk that may know of it."""

    ref: str
    operation: str
    type: str
    title: str
    summary: str
    category: str | None
    grade: Grade | None
    response_level: None
    status: str
    verification: Literal["unverified", "verified", "doubtful", "false"]
    attention: Literal["A", "B", "C"] | None
    life_safety: bool
    lead: str
    taken: list[TakenOut]
    access: list[AccessOut]
    tlp: str
    site: str | None
    place: PlaceOut | None
    occurred_at: datetime | None
    occurred_about: bool
    known_at: datetime
    discovered_at: datetime | None
    planned_at: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int
    figures: dict[str, CardFigure]
    obligations: DebtsOut
    unanswered: bool
    exercise: bool


class OfferOut(TypedDict):
    """The desk that was offered the lead, by which desk and when."""

    desk: str
    by: str
    at: datetime


class SuggestedOut(TypedDict):
    """The grade that the plan's criteria give for the figures so far; a person decides."""

    grade: Grade
    criterion: str


class IncidentOut(CardOut):
    """All that the asker's desk may know of one incident."""

    methane: dict[str, str] | None
    site_owner: str | None
    areas: list[str]
    lead_offer: OfferOut | None
    plan_version: str
    next_status: list[str]
    suggested_grade: SuggestedOut | None
    my_role: Role
    my_history: History
    circle: list[GrantedOut]


class FigureOut(TypedDict):
    """A figure as it was stated; null where it was said to be unknown."""

    id: str
    category: str
    n: int | None
    as_of: datetime
    source: str
    basis: str
    desk: str
    at: datetime
    official: bool


class DecisionOut(TypedDict):
    """What was weighed, and up to which position of its feed the deciding desk had been told."""

    options: NotRequired[str]
    basis: NotRequired[str]
    approver: NotRequired[str]
    shown: NotRequired[int]


class StruckOut(TypedDict):
    """That it was struck out, by which desk and why; it stays legible."""

    at: datetime
    by: str
    reason: str


class JournalOut(TypedDict):
    """What somebody wrote; `audience` is all, sealed, or the desks that may read it."""

    id: str
    kind: Literal["note", "decision", "action", "message", "milestone", "deviation"]
    text: str
    at: datetime
    occurred_at: datetime | None
    by: ByOut
    via: ViaOut | None
    audience: Literal["all", "sealed"] | list[str]
    posts: list[str]
    milestone: str | None
    decision: DecisionOut | None
    struck: StruckOut | None


class WrittenOut(TypedDict):
    """What was written, by its id, and when."""

    id: str
    at: datetime

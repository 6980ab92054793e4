"""Shapes of answers about values of persons; the value itself stands in one of them alone."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict


class ValueOut(TypedDict):
    """A value that is locked away; `also` are incidents with the same waybill that this desk may know of as well."""

    id: str
    kind: str
    last_four: str
    desk: str
    at: datetime
    keep_days: int
    destroyed_at: datetime | None
    also: list[str]


class RevealOut(TypedDict):
    """How far a reveal has come; the reason is told to those who have to judge it."""

    id: str
    value: str
    kind: str
    last_four: str
    incident: str
    desk: str
    asked_at: datetime
    state: Literal["asked", "confirmed", "declined", "lapsed", "shown"]
    until: datetime | None
    answered_at: datetime | None
    second_desk: str | None
    shown_at: datetime | None
    reason: str | None
    may_confirm: bool
    may_read: bool


class ValuesOut(TypedDict):
    """The values of an incident and their reveals, the newest reveal first."""

    items: list[ValueOut]
    reveals: list[RevealOut]
    next: None


class Shown(TypedDict):
    """The value, for as long as it stays on the screen."""

    kind: str
    value: str
    shown_at: datetime
    until: datetime


class WithWaybill(TypedDict):
    """An incident with the waybill that was asked for."""

    incident: str
    title: str
    at: datetime
    last_four: str

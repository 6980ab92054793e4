"""Shapes of answers about bulletins: what a sender, an addressee and whoever oversees is told."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import ViaOut


class OfIncident(TypedDict):
    """The incident behind it."""

    ref: str
    title: str


class Answerer(TypedDict):
    """Who answered."""

    desk: str
    post: str | None
    name: str | None


class AnswerOut(TypedDict):
    """One answer, as it was said and as it was typed."""

    answer: str
    words: str | None
    via: ViaOut | None
    by: Answerer
    at: datetime
    entered_at: datetime


class LineOut(TypedDict):
    """How one desk stands to it."""

    desk: str
    answer: str
    awaited: bool
    on_time: bool | None
    seconds: float | None


class SheetOut(LineOut):
    """The sheet of one desk with its answers; whoever oversees is told the line alone."""

    ref: NotRequired[str]
    reached: NotRequired[str]
    answers: NotRequired[list[AnswerOut]]


class CountOut(TypedDict):
    """How many of how many; the missing are named."""

    of: int
    awaited: int
    answered: int
    on_time: int
    answers: dict[str, int]
    missing: list[str]


Sender = TypedDict("Sender", {"from": str})


class BulletinOut(Sender):
    """A bulletin as the asker's desk may read it; an addressee finds the lines of its own sheet in it."""

    id: str
    role: Literal["sender", "addressee", "overseer"]
    kind: Literal["instruction", "warning", "roll_call"]
    title: str | None
    words: str | None
    sent_at: datetime
    due_at: datetime | None
    ended: str | None
    ended_at: datetime | None
    reason: str | None
    incident: OfIncident | None
    count: NotRequired[CountOut]
    sheets: NotRequired[list[SheetOut]]
    corrects: NotRequired[str | None]
    corrected_by: NotRequired[str | None]
    desk: NotRequired[str]
    answer: NotRequired[str]
    awaited: NotRequired[bool]
    on_time: NotRequired[bool | None]
    seconds: NotRequired[float | None]
    ref: NotRequired[str]
    reached: NotRequired[str]
    answers: NotRequired[list[AnswerOut]]

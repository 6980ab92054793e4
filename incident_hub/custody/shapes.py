"""Shapes of answers about things in custody."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import ByOut, ViaOut
from incident_hub.obligations.shapes import ObligationOut


class ItemListed(TypedDict):
    """A thing in custody, who holds it, and to whom it is offered."""

    ref: str
    operation: str
    incident: str
    part_of: str | None
    sort: str
    title: str
    quantity: int
    unit: str
    seal: str | None
    place: str | None
    holder: str
    offered_to: str | None
    answer_by: datetime | None
    state: str
    outcome: str | None
    taken_at: datetime


class MoveOut(TypedDict):
    """One hand it went through, or one thing that was done with it; `counted` is what the taker counted."""

    id: str
    item: str
    deed: str
    giver: str | None
    taker: str | None
    receiver: str | None
    counted: int | None
    differs: bool
    seal: str | None
    receipt: str | None
    place: str | None
    words: str | None
    via: ViaOut | None
    at: datetime
    by: ByOut


class ItemOut(ItemListed):
    """One thing with its chain of custody, its parts and debts, and what the asker may do."""

    moves: list[MoveOut]
    parts: list[ItemListed]
    obligations: list[ObligationOut]
    may: list[str]

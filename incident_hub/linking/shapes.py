"""Shapes of answers about links between incidents."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

Kind = Literal["related", "same_event", "caused_by", "found_by"]


class OtherSide(TypedDict):
    """The incident at the other end."""

    ref: str
    title: str
    type: str
    status: str
    grade: str | None


class EndedOut(TypedDict):
    """That a link was ended, and why."""

    at: datetime
    by: str
    reason: str


class LinkOut(TypedDict):
    """One link; `direction` is out where it was said of this incident, in where it was said of the other."""

    id: str
    kind: Kind
    direction: Literal["in", "out"]
    incident: OtherSide
    by: str
    at: datetime
    ended: EndedOut | None


class Linked(TypedDict):
    """What was linked or ended, by the id of the link, and when."""

    id: str
    at: datetime

"""Shapes of answers about hazards."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from incident_hub.files.shapes import FileOut
from incident_hub.kernel.shapes import ByOut
from incident_hub.obligations.shapes import ObligationOut

State = Literal["found", "settled", "rectified", "rejected", "verified", "reopened"]
Deed = Literal["found", "settled", "evidenced", "rejected", "verified", "reopened", "extended", "enforced"]


class FiveOut(TypedDict):
    """The five things: owner's post, measure, funds, deadline and how it is watched meanwhile."""

    post: str | None
    measure: str | None
    funds: str | None
    deadline: datetime | None
    interim: str | None


class HazardListed(TypedDict):
    """A hazard in a list; `missing` names which of the five are not settled."""

    ref: str
    operation: str
    title: str
    description: str | None
    clause: str | None
    source: str | None
    origin: Literal["self", "authority", "joint", "mystery"]
    grade: Literal["general", "major"]
    state: State
    agency: str
    site: str | None
    owner: str
    finder: str
    supervisor: str | None
    found_at: datetime
    closed_at: datetime | None
    five: FiveOut
    missing: list[str]
    overdue: bool
    relation: NotRequired[str]


class HazardStep(TypedDict):
    """One thing that was done about it; `codes` holds what goes with the deed."""

    id: str
    deed: Deed
    words: str | None
    further: str | None
    codes: dict[str, Any]
    at: datetime
    by: ByOut


class HazardLinkOut(TypedDict):
    """An incident it belongs to."""

    incident: str
    relation: Literal["related", "same_event", "caused_by", "found_by"]
    at: datetime


class HazardOut(HazardListed):
    """One hazard with its course, files, debts and links, and what the asker may do."""

    steps: list[HazardStep]
    files: list[FileOut]
    obligations: list[ObligationOut]
    links: list[HazardLinkOut]
    came_from: str | None
    known_to: list[str]
    may: list[str]

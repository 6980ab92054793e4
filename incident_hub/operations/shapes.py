"""Shapes of answers about operations, their plan, and what a desk was shown of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import ByOut, PlanFault, Title


class Participant(TypedDict):
    """An agency that takes part."""

    code: str
    title: Title


class OperationOut(TypedDict):
    """An operation; read alone, it names the agencies that take part."""

    code: str
    kind: Literal["special", "standing"]
    title: Title
    zone: str
    phase: Literal["preparing", "active", "standing_down", "closed", "archived"]
    exercise: bool
    plan_version: str
    parent: str | None
    agencies: NotRequired[list[Participant]]


class EntrySubject(TypedDict):
    """What an entry is about."""

    kind: str
    ref: str


class EntryOut(TypedDict):
    """An entry as the desk was shown it; what `data` holds stands in docs/RECORD.md, by its kind."""

    operation: str
    position: int
    kind: str
    at: datetime
    by: ByOut
    subject: EntrySubject
    data: dict[str, Any]
    card: NotRequired[dict[str, Any]]


class Withheld(TypedDict):
    """A place in the feed that the desk may no longer read."""

    operation: str
    position: int
    withheld: Literal[True]


class FeedOut(TypedDict):
    """What the asker's desk was shown, in order, and the last position there is."""

    items: list[EntryOut | Withheld]
    head: int
    next: None


class SignerOut(TypedDict):
    """Who signed: at the console two people sign on paper, and only their names are known."""

    agency: str | None
    desk: str | None
    post: str | None
    name: str | None


class BroughtIn(TypedDict):
    """A version, from when to when it was in force, and who signed it."""

    version: str
    since: datetime
    until: datetime | None
    signed: list[SignerOut]


class InForce(BroughtIn):
    """The version in force, with the plan's code and title."""

    code: str
    title: Title


class ProposalOut(TypedDict):
    """A version that was proposed; `lapsed` where another came in force after it was."""

    id: str
    version: str
    before: str
    at: datetime
    by: SignerOut
    reason: str | None
    lapsed: bool


class PlanOut(TypedDict):
    """What is in force, what is proposed, what was in force before, and whose the second signature must be."""

    in_force: InForce
    countersign: str
    proposals: list[ProposalOut]
    history: list[BroughtIn]


class PlanTextOut(TypedDict):
    """The text of a version."""

    version: str
    text: str


class CheckedOut(TypedDict):
    """Every fault of a text, or in words what it would change."""

    code: str | None
    faults: list[PlanFault]
    changes: list[Title]

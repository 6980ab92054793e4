"""What the plan hears and what it answers: facts, debts, and the openings, settlings and supersedings between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

INCIDENT_CLOSED = "incident closed"
ENDED_BY_PLAN = "no longer due"
MOVED = "moved to another desk"
PLANNED_ANEW = "planned for another time"
# Places are (agency, desk, why): the caller has resolved who that is in this operation, and why them.
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Heard:
    """One fact, as its draft entry states it.

    Shape: `facts` and `data` are the draft's, and `facts["areas"]` the areas the incident lies in, the innermost first;
    `known_at` is each agency's own; `fresh_desks` are the desks (`agency/desk`) that learn of the incident with this
    very entry as lead or support; `zone` is the operation's.
    Units: aware UTC.
    """

    kind: str
    at: datetime
    by_agency: str
    by_desk: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    known_at: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    occurred_at: datetime | None = None
    discovered_at: datetime | None = None
    planned_at: datetime | None = None
    phase: str = "active"
    zone: str = "UTC"
    fresh_desks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Debt:
    """A debt on the same subject that nobody has answered yet.

    Shape: state is open or missed; `about` tells apart what a desk owes several times under one rule.
    """

    id: str
    rule: str
    agency: str
    desk: str
    post: str
    starts_at: datetime
    due_at: datetime
    state: str = "open"
    about: str | None = None


@dataclass(frozen=True)
class Opening:
    """A debt that begins with this entry; `ladder` is the code of the ladder that chases it, if any."""

    rule: str
    force: str
    ladder: str | None
    agency: str
    desk: str
    post: str
    why: str
    starts_at: datetime
    due_at: datetime
    about: str | None = None


@dataclass(frozen=True)
class Settling:
    """A debt that is met. Shape: proof is `stated` when it was met before it was typed, else `system`."""

    debt_id: str
    rule: str
    met_at: datetime
    proof: str


@dataclass(frozen=True)
class Superseding:
    """A debt that is owed no longer, and why."""

    debt_id: str
    rule: str
    reason: str


@dataclass(frozen=True)
class Reaction:
    """The plan's whole answer to one fact."""

    opens: tuple[Opening, ...] = ()
    settles: tuple[Settling, ...] = ()
    supersedes: tuple[Superseding, ...] = ()

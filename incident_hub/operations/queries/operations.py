"""Which operations there are, which of them a desk takes part in, and the plan that rules each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from incident_hub.kernel import disclosure, feeds
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Conflict, NotKnown
from incident_hub.kernel.saying import say
from incident_hub.operations import models
from incident_hub.plan.contingency import Plan
from incident_hub.plan.owing import Place
from incident_hub.plan.reader import read

from .playing import play


@dataclass(frozen=True)
class Operation:
    """An operation as other rooms see it; `id` and `parent` are the numbers of chains."""

    id: int
    code: str
    kind: str
    title: Mapping[str, str]
    zone: str
    phase: str
    exercise: bool
    plan_version: str
    parent: int | None = None

    @property
    def subject(self) -> tuple[str, str]:
        """How the record names it."""
        return ("operation", self.code)


def operation(code: str) -> Operation | None:
    """The operation of this code."""
    row = db.session.scalars(select(models.Operation).where(models.Operation.code == code)).first()
    return _plain(row) if row else None


def by_id(chain: int) -> Operation | None:
    """The operation of this chain."""
    row = db.session.get(models.Operation, chain)
    if row is not None:
        # The session holds what it read only weakly. With a hand on it, asking again costs nothing until the end of
        # the transaction, when the session itself lets the row go stale.
        db.session.info.setdefault("operations", {})[chain] = row
    return _plain(row) if row else None


def at(chain: int) -> Operation:
    """The operation of a chain that is known to be one."""
    found = by_id(chain)
    if found is None:
        raise LookupError(f"chain {chain} is no operation's")
    return found


def every() -> list[Operation]:
    """All operations, also those that are over, for the house's own machinery."""
    return [_plain(row) for row in db.session.scalars(select(models.Operation).order_by(models.Operation.id))]


def live() -> list[Operation]:
    """The operations that are not over, oldest first."""
    over = models.Operation.phase.in_(("closed", "archived"))
    rows = db.session.scalars(select(models.Operation).where(~over).order_by(models.Operation.id))
    return [_plain(row) for row in rows]


def ruled_since(operation: Operation) -> datetime:
    """Since when the operation has been in this phase under this plan."""
    kinds = (models.OPENED, models.PHASE_CHANGED, models.PLAN_ACTIVATED)
    return feeds.entries_of(operation.id, operation.subject, kinds)[-1]["at"]


def phases(operation: Operation) -> list[tuple[datetime, str]]:
    """Every phase the operation has been in, each with the instant at which it began, in order."""
    rows = feeds.entries_of(operation.id, operation.subject, (models.OPENED, models.PHASE_CHANGED))
    return [(row["at"], str(row["facts"]["phase"])) for row in rows]


def known_to(desk_id: int) -> list[Operation]:
    """The operations a desk takes part in, newest first."""
    rows = db.session.scalars(select(models.Operation).order_by(models.Operation.id.desc()))
    found = [_plain(row) for row in rows]
    return [one for one in found if disclosure.may_know(one.id, one.subject, desk_id)]


def for_desk(code: str, desk_id: int) -> Operation:
    """The operation of this code, if the desk takes part in it.

    Raises: NotKnown when there is none, or the desk has no part in it; the two look the same.
    """
    found = operation(code)
    if found is None or not disclosure.may_know(found.id, found.subject, desk_id):
        raise NotKnown
    return found


def plan_of(version: str) -> Plan:
    """The plan of a version that was once put in force."""
    return _read_plan(version)


def read_all_plans() -> int:
    """Read the plan of every operation that is not archived, so that a bad one is named before anybody needs it.

    Raises: Conflict naming the plan, the line and what to do.
    """
    rows = select(models.Operation.plan_version).where(models.Operation.phase != "archived").distinct()
    return len([plan_of(version) for version in db.session.scalars(rows)])


def plan_in_force(chain: int) -> tuple[str, Plan]:
    """The version in force in an operation, and the plan itself."""
    version = at(chain).plan_version
    return version, plan_of(version)


def shape(operation: Operation) -> dict[str, Any]:
    """An operation as it is answered, its parent by code."""
    names = ("code", "kind", "title", "zone", "phase", "exercise", "plan_version")
    parent = by_id(operation.parent) if operation.parent else None
    return {name: getattr(operation, name) for name in names} | {"parent": parent.code if parent else None}


def seats(chain: int, facts: Mapping[str, Any]) -> dict[str, list[Place]]:
    """Who plays each role for an incident with these facts: (agency, its duty desk, why it was chosen).

    Shape: every party of the plan in force, and the words `lead` and `site_owner`.
    """
    return play(chain, plan_in_force(chain)[1], facts)


def _plain(row: models.Operation) -> Operation:
    names = ("id", "code", "kind", "title", "zone", "phase", "exercise", "plan_version", "parent")
    return Operation(*(getattr(row, name) for name in names))


@lru_cache(maxsize=32)
def _read_plan(version: str) -> Plan:
    # A version's text never changes once it is stored, so what was read stays true.
    texts: list[str] = []
    wanted: str | None = version
    while wanted:
        kept = db.session.scalars(select(models.PlanVersion).where(models.PlanVersion.id == wanted)).one()
        texts.append(kept.body)
        wanted = kept.parent
    plan, faults = read(texts[0], texts[1:])
    if plan is None:
        where = f"line {faults[0].line}: {faults[0].message}"
        raise Conflict(
            say(
                "The plan {version} is in force but cannot be read any more ({where}); put a mended one in force.",
                version=version,
                where=where,
            )
        )
    return plan

"""Loading and storing what the chase decides: the rungs of a debt as rows, each moved out of `armed` exactly once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from incident_hub.kernel.database import db
from incident_hub.obligations.chase import Chased, Key
from incident_hub.obligations.ladder import Rung
from incident_hub.obligations.models import Obligation, Step
from incident_hub.operations import queries as operations
from incident_hub.plan.words import urgent


def chased(debt: Obligation) -> Chased:
    """A debt as the chase knows it."""
    ladder = operations.plan_of(debt.plan_version).ladders.get(debt.ladder) if debt.ladder else None
    return Chased(
        debt.agency, debt.desk, debt.force, debt.starts_at, debt.opened_at, debt.due_at, ladder,
        operations.at(debt.chain).zone, urgent(debt.facts), debt.state, debt.acknowledged, tuple(debt.seen_by),
        debt.entered_late, debt.moved_from is not None, debt.original_due_at is not None,
    )  # fmt: skip


def rungs_of(obligation: str) -> tuple[Rung, ...]:
    """The rungs of a debt in the order they come due."""
    return rungs_by_debt([obligation]).get(obligation, ())


def rungs_by_debt(obligations: Sequence[str]) -> dict[str, tuple[Rung, ...]]:
    """The same for several debts at once."""
    query = select(*Step.__table__.columns).where(Step.obligation_id.in_(obligations))
    found: dict[str, list[Rung]] = {}
    for row in db.session.execute(query.order_by(Step.at, Step.step, Step.occurrence)):
        found.setdefault(row.obligation_id, []).append(_rung(row))
    return {debt: tuple(rungs) for debt, rungs in found.items()}


def arm_rungs(rungs: Mapping[str, Iterable[Rung]]) -> None:
    """Write the armed rungs of debts, all in one statement."""
    rows = [_row(debt, rung) for debt, armed in rungs.items() for rung in armed]
    if rows:
        db.session.execute(insert(Step), rows)


def claim_rung(obligation: str, rung: Rung, state: str, at: datetime, members: Sequence[str] = ()) -> bool:
    """Move a rung out of `armed`, if nobody has: an acknowledgement committed a moment ago wins."""
    values = {"state": state, "taken_at": at, "members": list(members)}
    mine = _these(obligation, [rung.key]) & (Step.state == "armed")
    return bool(getattr(db.session.execute(update(Step).where(mine).values(**values)), "rowcount", 0))


def stop_rungs(obligation: str, keys: Collection[Key], at: datetime) -> None:
    """These rungs are not taken any more; one that was taken stays taken."""
    if keys:
        mine = _these(obligation, keys) & (Step.state == "armed")
        db.session.execute(update(Step).where(mine).values(state="stopped", taken_at=at))


def bring_forward(obligation: str, sooner: Mapping[Key, datetime]) -> None:
    """These rungs come due at another instant than the plan's."""
    for key, at in sooner.items():
        db.session.execute(update(Step).where(_these(obligation, [key]) & (Step.state == "armed")).values(at=at))


def _these(obligation: str, keys: Collection[Key]) -> ColumnElement[bool]:
    which = or_(*(and_(Step.step == step, Step.occurrence == occurrence) for step, occurrence in keys))
    return (Step.obligation_id == obligation) & which


def _rung(row: Any) -> Rung:
    return Rung(
        row.step, row.occurrence, row.kind, row.at, row.planned_at, tuple((post, party) for post, party in row.to),
        tuple(row.channels), row.discloses, row.round, row.state, tuple(row.members or ()),
    )  # fmt: skip


def _row(obligation: str, rung: Rung) -> dict[str, Any]:
    return {
        "obligation_id": obligation, "step": rung.step, "occurrence": rung.occurrence, "kind": rung.kind,
        "at": rung.at, "planned_at": rung.planned_at, "to": [list(one) for one in rung.to],
        "channels": list(rung.channels), "discloses": rung.discloses, "state": "armed", "members": [],
        "round": rung.round,
    }  # fmt: skip

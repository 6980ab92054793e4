"""A day is complete when no unit of a desk is missing any more: then what the desk owed for it is met."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.obligations import actions as owing_actions
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.returns.asked import asked_again_by
from incident_hub.returns.cells import STILL
from incident_hub.returns.models import COMPLETED, Filing, OwingDesk, ZeroReport
from incident_hub.returns.owing import Version, there_at

from .stating import state


def complete(operation: Operation, days: Collection[tuple[str, date]], at: datetime, by: By) -> None:
    """Say of every desk and day that nothing is missing; where nothing was owed after all, the debt ends with that.

    It was complete when the last return of the day was stated, not when that was typed. Tells: return.completed, by
    which the plan settles what the desk owed; obligation.ended where every unit is let off.
    """
    for owing, day in sorted(days):
        query = select(ZeroReport.id, ZeroReport.state).where(_of(owing, day))
        rows = {id: found for id, found in db.session.execute(query)}
        if any(one in STILL for one in rows.values()):
            continue
        if "received" not in rows.values():
            _end(operation, owing, day, at, by)
            continue
        told: dict[str, Any] = {"date": day.isoformat()}
        stated_at = there_at(_versions([id for id, one in rows.items() if one == "received"]))
        if stated_at < at:
            told["stated_at"] = stated_at
        state(operation, owing, COMPLETED, at, by, told)


def _of(owing: str, day: date) -> Any:
    return (ZeroReport.owing == owing) & (ZeroReport.date == day)


def _versions(reports: Collection[str]) -> list[list[Version]]:
    query = select(Filing.zero_report, Filing.stated_at, Filing.review, Filing.origin)
    found: dict[str, list[Version]] = {}
    for row in db.session.execute(query.where(Filing.zero_report.in_(reports)).order_by(Filing.version)):
        if row.origin != "assumed":
            found.setdefault(row.zero_report, []).append(Version(row.stated_at, row.review == "returned"))
    return list(found.values())


def _end(operation: Operation, owing: str, day: date, at: datetime, by: By) -> None:
    """What the desk owed for its units ends, and what the levels above owed where no unit owes the date any more."""
    plan = operations.plan_of(operation.plan_version)
    units = plan.zero_report.units.rule if plan.zero_report else None
    again = [rule.code for rule in asked_again_by(plan)]
    ends = [(owing, code) for code in (units, *again) if code]
    owes = select(ZeroReport.id).where(ZeroReport.chain == operation.id, ZeroReport.date == day)
    if db.session.scalar(owes.where(ZeroReport.state != "exempt").limit(1)) is None:
        refs = db.session.scalars(select(OwingDesk.ref).where(OwingDesk.chain == operation.id)).all()
        ends += [(ref, rule) for ref in refs for rule in plan.tier_rules if rule != units]
    for ref, rule in ends:
        for debt in obligations.still_owed(operation.id, ("return", ref), rule, day.isoformat()):
            owing_actions.end(debt, "let off", "Every unit is let off for that date.", at, by)

"""A day is complete when no unit of an agency is missing any more: then the clock of that day is met."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.obligations import actions as owing_actions
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.returns.asked import rule, tier
from incident_hub.returns.cells import STILL
from incident_hub.returns.models import COMPLETED, OwingDesk, ZeroReport

from .stating import state


def complete(operation: Operation, days: Collection[tuple[str, date]], at: datetime, by: By) -> None:
    """Say of every desk and day that nothing is missing, and settle what the agency owed for it.

    Tells: return.completed, obligation.settled.
    """
    for owing, day in sorted(days):
        if not _missing([owing], day):
            state(operation, owing, COMPLETED, at, by, {"date": day.isoformat()})
    for day in sorted({day for _, day in days}):
        if not _missing(_of_agency(operation, by.agency), day):
            _settle(operation, day, at, by)


def _missing(owing: Collection[str], day: date) -> int:
    query = select(func.count()).where(ZeroReport.owing.in_(owing), ZeroReport.date == day, ZeroReport.state.in_(STILL))
    return db.session.scalar(query) or 0


def _of_agency(operation: Operation, agency: str) -> list[str]:
    desks = [one.id for one in agencies.desks_of_agency(agency)]
    query = select(OwingDesk.ref).where(OwingDesk.chain == operation.id, OwingDesk.desk.in_(desks))
    return list(db.session.scalars(query))


def _settle(operation: Operation, day: date, at: datetime, by: By) -> None:
    plan = operations.plan_of(operation.plan_version)
    found = rule(plan, tier(plan.zero_report)) if plan.zero_report else None
    desk = agencies.duty_desk(by.agency)
    if found is None or desk is None:
        return
    for debt in obligations.unanswered_round(operation.id, found.code, desk.id, day.isoformat()):
        owing_actions.settle(debt, owing_actions.Said(), at, by)

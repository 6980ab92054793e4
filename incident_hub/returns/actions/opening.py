"""What the clock does: a day begins to be owed, and is missed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.returns.asked import is_asked, tier
from incident_hub.returns.days import local_date, window
from incident_hub.returns.models import MISSED, Exemption, Unit, ZeroReport
from incident_hub.returns.owing import Owing, Span, owed

from .stating import by_owing, state

# After an outage so many days are looked back; a longer one is no operation any more.
_BACK = timedelta(days=31)


def open_due(operation: Operation, at: datetime) -> int:
    """Open what is owed for today and for days that came while nothing ran; says how much it opened.

    Asked again it opens only what is missing: a unit that comes in the middle of the day owes it too.
    """
    plan = operations.plan_of(operation.plan_version)
    if plan.zero_report is None:
        return 0
    today = local_date(at, operation.zone)
    if not is_asked(plan, today, operation.zone, operation.phase):
        return 0
    cut_off, first = tier(plan.zero_report).cut_off, _first(operation, today)
    until = window(today, cut_off, operation.zone)[1]
    since = window(first, cut_off, operation.zone)[0]
    query = select(ZeroReport.unit, ZeroReport.date).where(ZeroReport.chain == operation.id, ZeroReport.date >= first)
    there = {(unit, day) for unit, day in db.session.execute(query)}
    units = _units(operation)
    fresh = [
        one
        for one in owed(list(units.values()), since, until, cut_off, operation.zone)
        if (one.unit, one.day) not in there and is_asked(plan, one.day, operation.zone, operation.phase)
    ]
    owes = select(Unit.ref, Unit.owing).where(Unit.chain == operation.id)
    desks = {unit: owing for unit, owing in db.session.execute(owes)}
    rows: list[dict[str, Any]] = [
        {
            "id": opaque(), "chain": operation.id, "unit": one.unit, "owing": desks[one.unit], "date": one.day,
            "since": one.since, "due_at": one.due_at, "state": "exempt" if one.exempt else "due", "late": False,
            "quiet": None, "incomplete": False, "accepted": False, "filing": None,
        }
        for one in fresh
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(ZeroReport), rows)
    return len(rows)


def miss_due(operation: Operation, at: datetime, by: By) -> int:
    """Say of every return whose cut-off has passed that it is missing. Tells: return.missed, one a desk and day."""
    query = (
        select(ZeroReport, Unit.code)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .where(ZeroReport.chain == operation.id, ZeroReport.state == "due", ZeroReport.due_at <= at)
        .order_by(ZeroReport.date, Unit.code)
    )
    found = list(db.session.execute(query))
    for row, _ in found:
        row.state = "missing"
    each = by_owing((f"{row.owing} {row.date.isoformat()}", code) for row, code in found)
    for key, codes in each.items():
        owing, _, day = key.partition(" ")
        state(operation, owing, MISSED, at, by, {"date": day, "missing": len(codes), "units": codes})
    return len(found)


def _first(operation: Operation, today: date) -> date:
    newest = db.session.scalar(select(func.max(ZeroReport.date)).where(ZeroReport.chain == operation.id))
    return max(newest, today - _BACK) if newest and newest <= today else today


def _units(operation: Operation) -> dict[str, Owing]:
    spans: dict[str, list[Span]] = {}
    let_off = select(Exemption).join(Unit, Unit.ref == Exemption.unit).where(Unit.chain == operation.id)
    for one in db.session.scalars(let_off):
        spans.setdefault(one.unit, []).append(Span(one.since, one.until))
    rows = db.session.scalars(select(Unit).where(Unit.chain == operation.id).order_by(Unit.code))
    return {row.ref: Owing(row.ref, row.first_day, row.last_day, tuple(spans.get(row.ref, ()))) for row in rows}

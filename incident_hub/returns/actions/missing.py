"""A cut-off passes: what is not there is missing, and one entry a desk and date says so."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update

from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.operations.queries import Operation
from incident_hub.returns.models import MISSED, Unit, ZeroReport
from incident_hub.returns.queries.figure import standings

from .stating import state


def miss_due(operation: Operation, owing: str, day: date, at: datetime, by: By) -> int:
    """Say of every return of a desk and date whose cut-off has passed that it is missing. Tells: return.missed."""
    late = (ZeroReport.owing == owing) & (ZeroReport.date == day)
    late &= (ZeroReport.state == "due") & (ZeroReport.due_at <= at)
    query = select(Unit.code).join(ZeroReport, ZeroReport.unit == Unit.ref).where(late)
    codes = list(db.session.scalars(query.order_by(Unit.code)))
    if codes:
        db.session.execute(update(ZeroReport).where(late).values(state="missing"))
        told = {"date": day.isoformat(), "missing": len(codes), "units": codes, "standing": standings(owing, [day])}
        state(operation, owing, MISSED, at, by, told)
    return len(codes)

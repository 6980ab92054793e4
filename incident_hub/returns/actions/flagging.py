"""Flags: what speaks against a nought is told to those who may know both, and lifted when it no longer does.

The clock does it and not the filing, so that filing is the same, and as quick, whatever others know.
"""

from __future__ import annotations

from datetime import datetime

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque
from incident_hub.operations.queries import Operation
from incident_hub.returns.models import FLAGGED, Flag
from incident_hub.returns.queries import flags
from incident_hub.returns.queries.flags import Doubt


def flag(operation: Operation, at: datetime, by: By) -> int:
    """Flag what is contradicted and is not flagged yet, and lift what is no longer; says how much changed.

    Tells: return.flagged, to those alone who may know both sides.
    """
    there, doubts = flags.standing(operation.id, at), {one.key: one for one in flags.doubts(operation, at)}
    gone = [row for key, row in there.items() if key not in doubts]
    for row in gone:
        row.lifted_at = at
    fresh = [one for key, one in doubts.items() if key not in there]
    for one in fresh:
        _tell(operation, one, at, by)
    return len(gone) + len(fresh)


def _tell(operation: Operation, doubt: Doubt, at: datetime, by: By) -> None:
    report = doubt.report
    db.session.add(
        Flag(
            id=opaque(), zero_report=report.id, filing=str(report.filing), category=doubt.category,
            subject=record.written(doubt.subject), at=at, lifted_at=None,
        )
    )  # fmt: skip
    desks = flags.shown(doubt)
    if desks:
        facts = {"phase": operation.phase, "plan": operation.plan_version}
        told = {
            "unit": doubt.unit, "date": report.date.isoformat(), "filing": report.filing, "category": doubt.category,
        }  # fmt: skip
        record.append(Draft(operation.id, FLAGGED, at, by, ("return", report.owing), facts, told, desks=desks))

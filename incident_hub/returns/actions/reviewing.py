"""Review: whoever oversees accepts a return, or sends it back with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.operations.queries import Operation
from incident_hub.returns.models import ACCEPTED, RETURNED, Filing, Unit, ZeroReport
from incident_hub.returns.queries.figure import standings

from .reopening import reopen
from .stating import state


def review(
    operation: Operation, report: ZeroReport, role: str, outcome: str, reason: str, at: datetime, by: By
) -> None:
    """Accept the version that counts, or send it back; then it is owed again.

    Tells: return.accepted, return.returned; return.reopened where the desk had met the day.

    Raises: NotAllowed for whoever does not oversee, Conflict when nothing is to be reviewed, BadInput without a reason.
    """
    if role != "informed":
        raise NotAllowed("Whoever oversees the returns reviews them; your desk files them.")
    filing = db.session.get(Filing, report.filing) if report.filing else None
    if filing is None or report.state != "received" or report.accepted:
        raise Conflict("There is no return to review: none is there, or it is accepted or sent back already.")
    if outcome == "returned" and not reason.strip():
        raise BadInput("Say why it is sent back.", errors=[{"pointer": "/reason", "detail": "It is empty."}])
    filing.review, filing.reviewed_at, filing.reviewed_by = outcome, at, by.desk
    filing.review_reason = reason or None
    report.accepted = outcome == "accepted"
    if outcome == "returned":
        report.state = "returned"
    unit = db.session.get_one(Unit, report.unit)
    told: dict[str, Any] = {"unit": unit.code, "date": report.date.isoformat(), "filing": filing.id}
    if outcome == "returned":
        db.session.flush()
        told["standing"] = standings(report.owing, [report.date])
    kind = ACCEPTED if outcome == "accepted" else RETURNED
    state(operation, report.owing, kind, at, by, told, {"reason": reason} if reason else {})
    if outcome == "returned":
        reopen(operation, {(report.owing, report.date)}, at, by)

"""Beginning to read as another desk, and ending it."""

from __future__ import annotations

from datetime import datetime, timedelta

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations

from . import queries
from .models import ENDED, OPENED, Audit


def open_audit(operation: operations.Operation, desk: str, reason: str, lasts: timedelta, at: datetime, by: By) -> str:
    """Read as another desk until an instant, for a reason that desk is told at once. Tells: audit.opened.

    Raises: BadInput for one's own desk or one outside the operation, Conflict while another audit of it runs,
    NotAllowed for another agency's desk by one that others oversee.
    """
    named = agencies.desk(desk)
    if named is None or named.id == by.desk_id or record.may_know(operation.id, operation.subject, named.id) is None:
        words = say("Name another desk that takes part in {operation}.", operation=operation.code)
        raise BadInput(words, errors=[{"pointer": "/desk", "detail": words}])
    if named.agency != by.agency and (refusal := operations.own_matters_alone(operation, by.agency)):
        raise NotAllowed(refusal)
    if by.member is None:
        raise BadInput("An audit is one person's; sign in as yourself.")
    if queries.running(operation.id, by.member, desk, at):
        raise Conflict(say("You read as {desk} already; go on, or end that first.", desk=desk))
    row = Audit(
        id=opaque(), chain=operation.id, member=by.member, by=by.desk, by_id=by.desk_id, desk=desk, desk_id=named.id,
        reason=reason, since=at, until=at + lasts, ended_at=None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _tell(OPENED, row, operation, {"reason": reason}, at, by)
    return row.id


def end_audit(row: Audit, at: datetime, by: By) -> None:
    """Stop reading as another desk before the time is over; afterwards it changes nothing. Tells: audit.ended."""
    if not queries.runs(row, at):
        return
    row.ended_at = at
    _tell(ENDED, row, operations.at(row.chain), {}, at, by)


def _tell(kind: str, row: Audit, operation: operations.Operation, texts: dict[str, str], at: datetime, by: By) -> None:
    data = {"audit": row.id, "desk": row.desk, "until": row.until}
    facts = {"phase": operation.phase, "plan": operation.plan_version}
    desks = (row.desk_id, row.by_id)
    record.append(Draft(row.chain, kind, at, by, operation.subject, facts, data, texts, desks=desks))

"""Holding back from destruction: somebody judges that it is still needed, says why and until when, and judges again."""

from __future__ import annotations

from datetime import datetime, timedelta

from incident_hub.kernel import disclosure, record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed, NotKnown
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque
from incident_hub.operations.queries import Operation
from incident_hub.retention import models
from incident_hub.retention.models import Hold

# The longest a hold lasts without being judged anew.
LONGEST = timedelta(days=366)


def hold(operation: Operation, incident: str | None, reason: str, until: datetime, at: datetime, by: By) -> Hold:
    """Hold an incident, or the whole operation, back from destruction. Tells: retention.held.

    Raises: NotKnown for an incident the desk may not know of, BadInput for an end that lies behind or too far ahead.
    """
    subject = ("incident", incident) if incident else operation.subject
    if not disclosure.may_know(operation.id, subject, by.desk_id):
        raise NotKnown
    _fits(until, at)
    row = Hold(
        id=opaque(), chain=operation.id, subject=record.written(subject), reason=reason, desk=by.desk, at=at,
        until=until, reviewed_at=None, released_at=None,
    )  # fmt: skip
    db.session.add(row)
    _tell(row, models.HELD, at, by, reason)
    return row


def review(row: Hold, reason: str, until: datetime, at: datetime, by: By) -> None:
    """Judge a hold anew: why it is still needed, and until when. Tells: retention.reviewed."""
    _open(row, at, by)
    _fits(until, at)
    row.reason, row.until, row.reviewed_at = reason, until, at
    _tell(row, models.REVIEWED, at, by, reason)


def release(row: Hold, reason: str, at: datetime, by: By) -> None:
    """Lift a hold before its time; what is over is then destroyed. Tells: retention.released."""
    _open(row, at, by)
    row.released_at = at
    _tell(row, models.RELEASED, at, by, reason)


def _open(row: Hold, at: datetime, by: By) -> None:
    if row.released_at is not None or row.until <= at:
        raise Conflict("This hold has ended; place a new one if it is still needed.")
    if row.desk.partition("/")[0] != by.agency:
        raise NotAllowed("The agency that holds it back judges it anew or lets it go.")


def _fits(until: datetime, at: datetime) -> None:
    if not at < until <= at + LONGEST:
        words = "A hold ends within a year and is judged anew before; choose an instant between now and then."
        raise BadInput(words, errors=[{"pointer": "/until", "detail": words}])


def _tell(row: Hold, kind: str, at: datetime, by: By, reason: str) -> None:
    noun, _, ref = row.subject.partition("/")
    data = {"hold": row.id, "until": row.until}
    record.append(Draft(row.chain, kind, at, by, (noun, ref), {}, data, {"reason": reason}))

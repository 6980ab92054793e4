"""Moving an operation through its phases."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Conflict
from incident_hub.kernel.record import By, Draft
from incident_hub.operations import models, queries
from incident_hub.operations.opening import may_become


def change_phase(operation: queries.Operation, to: str, statement: str, at: datetime, by: By) -> None:
    """Move an operation to its next phase, saying why. Tells: operation.phase_changed.

    Raises: Conflict when that phase does not follow the present one.
    """
    if refusal := may_become(operation.phase, to):
        raise Conflict(refusal)
    db.session.execute(update(models.Operation).where(models.Operation.id == operation.id).values(phase=to))
    data = {"from": operation.phase, "to": to}
    facts = {"phase": to, "plan": operation.plan_version}
    texts = {"statement": statement}
    record.append(Draft(operation.id, models.PHASE_CHANGED, at, by, operation.subject, facts, data, texts))

"""Moving an operation through its phases, and what an operation that has ended refuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from incident_hub.kernel import record
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.errors import Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.operations import models, queries
from incident_hub.operations.opening import ENDED, may_become


def change_phase(
    operation: queries.Operation, to: str, statement: str, at: datetime, by: By, told: Mapping[str, Any] | None = None
) -> None:
    """Move an operation to its next phase, saying why. Tells: operation.phase_changed.

    Shape: `told` is {carried_to} when it closes and what was owed goes on elsewhere.
    Raises: Conflict when that phase does not follow the present one, NotAllowed for an agency that others oversee.
    """
    if refusal := queries.own_matters_alone(operation, by.agency):
        raise NotAllowed(refusal)
    if refusal := may_become(operation.phase, to):
        raise Conflict(refusal)
    db.session.execute(update(models.Operation).where(models.Operation.id == operation.id).values(phase=to))
    data = {"from": operation.phase, "to": to, **(told or {})}
    facts = {"phase": to, "plan": operation.plan_version}
    texts = {"statement": statement}
    record.append(Draft(operation.id, models.PHASE_CHANGED, at, by, operation.subject, facts, data, texts))


# What begins something new; everything else may still be said of what happened before the end.
_BEGINNINGS = ("incident.opened", "incident.raised")


def refuse_after_the_end(draft: Draft) -> None:
    """Stop an entry that an operation takes no more: a closed one no new incident, an archived one nothing at all.

    The record asks this of every draft. Raises: Conflict with what to do instead.
    """
    operation = queries.by_id(draft.chain) if draft.chain != HOUSE else None
    if operation is None or operation.phase not in ENDED or draft.kind == models.PHASE_CHANGED:
        return
    if draft.kind.startswith("retention."):
        # What has to be destroyed, or is held back, is stated of an archived operation too.
        return
    if operation.phase == "archived":
        raise Conflict(
            say("The operation {operation} is archived; nothing is added to it any more.", operation=operation.code)
        )
    if draft.kind in _BEGINNINGS:
        words = say(
            "The operation {operation} is closed and takes no new incidents; log it in one that is running.",
            operation=operation.code,
        )
        raise Conflict(words)

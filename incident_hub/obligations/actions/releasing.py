"""Letting somebody off: a debt waived, or its deadline moved, by the authority the plan names."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.obligations import chase, models
from incident_hub.obligations.answer import may_release, still_owed
from incident_hub.obligations.models import Obligation
from incident_hub.obligations.queries import owes_it
from incident_hub.operations import queries as operations

from .rungs import arm_rungs, chased, rungs_of, stop_rungs
from .saying import Said, draft, refuse_if_empty, speaker
from .stopping import stop


def waive(debt: Obligation, reason: str, said: Said, at: datetime, by: By) -> None:
    """Let somebody off what they owe: it ends, and nobody is called about it any more. Tells: obligation.waived.

    Raises: Conflict for a law's clock or what is owed no longer, NotAllowed without the authority the plan names.
    """
    refuse_if_empty("reason", reason, "Say why it is waived.")
    _refuse_unless_released(debt, operations.plan_of(debt.plan_version).authority.waive, said, at, by)
    debt.state, debt.reason_code, debt.reason = "waived", "waived", reason
    stop([debt.id], at)
    said = replace(said, texts=said.texts | {"reason": reason})
    record.append(draft(debt, models.WAIVED, said, {"force": debt.force}, at, by))


def extend(debt: Obligation, until: datetime, reason: str, said: Said, at: datetime, by: By) -> None:
    """Give more time before the deadline passes; the plan's own stays visible. Tells: obligation.extended.

    What hangs on the deadline is called again before the new one, also for those who have seen the old. A deadline
    that has passed is a fact and is explained instead. Raises: as for waiving; BadInput for an earlier deadline.
    """
    refuse_if_empty("reason", reason, "Say why there is more time.")
    _refuse_unless_released(debt, operations.plan_of(debt.plan_version).authority.extend, said, at, by)
    if debt.state != "open" or debt.due_at <= at:
        raise Conflict("Its deadline has passed, and that stays a fact; settle it late and say why.")
    if until <= debt.due_at:
        words = "The new deadline is not later than the present one."
        raise BadInput(words, errors=[{"pointer": "/until", "detail": words}])
    data = {"from": debt.due_at, "until": until}
    debt.original_due_at = debt.original_due_at or debt.due_at
    debt.due_at, debt.seen_by = until, []
    db.session.flush()
    turn = chase.extend(chased(debt), rungs_of(debt.id))
    stop_rungs(debt.id, turn.stopped, at)
    arm_rungs({debt.id: turn.armed})
    said = replace(said, texts=said.texts | {"reason": reason})
    record.append(draft(debt, models.EXTENDED, said, data, at, by))


def end(debt: Obligation, code: str, reason: str, at: datetime, by: By) -> None:
    """Say that a debt is owed no longer, missed or not, and why. Tells: obligation.ended."""
    before = debt.state
    debt.state, debt.reason_code, debt.reason = "superseded", code, reason
    stop([debt.id], at)
    said = Said(texts={"reason": reason})
    record.append(draft(debt, models.ENDED, said, {"was": before, "force": debt.force}, at, by))


def _refuse_unless_released(debt: Obligation, authority: str, said: Said, at: datetime, by: By) -> None:
    agency, desk, post = speaker(said, by)
    itself = (desk, post) == (debt.desk, debt.post)
    if agency == by.agency and said.via is None:
        itself = itself or (agency == debt.agency and owes_it(by.member, debt.desk, debt.post, at))
    above = [one.code for one in agencies.parent_chain(debt.agency)]
    refusal = may_release(debt.force, authority, (agency, desk, itself), debt.agency, above)
    if refusal and debt.force == "law":
        raise Conflict(refusal)
    if refusal:
        raise NotAllowed(refusal)
    if refusal := still_owed(debt.state):
        raise Conflict(refusal)

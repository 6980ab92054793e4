"""What becomes of debts when an operation ends: each is carried to a standing operation, or ended with a reason.

A debt that is carried keeps its clock. It ends in the record it began in and begins in the other one, in the same
transaction over both; nothing is silently dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.obligations import models
from incident_hub.obligations.answer import may_end_at_closing, state_when_met
from incident_hub.obligations.models import Obligation
from incident_hub.obligations.queries import closing as asked
from incident_hub.operations import queries as operations
from incident_hub.plan.owing import Opening

from .opening import open_all
from .releasing import end
from .saying import Said, draft, refuse_unless_owed
from .stopping import stop

_CLOSED = "operation closed"


@dataclass(frozen=True)
class Fate:
    """What becomes of one debt. Shape: a `reason` ends it; otherwise it is carried, to the post named or its own."""

    id: str
    reason: str = ""
    desk: str | None = None
    post: str | None = None


def dispose(
    operation: operations.Operation, fates: Sequence[Fate], to: operations.Operation | None, at: datetime, by: By,
    *, everything: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Carry or end every open debt of an operation that is about to close, as far as the closing desk may know.

    What others owe among themselves stays open in the closed operation and is chased there, and nothing says so.
    Shape: what the entry of the phase says, {carried_to}; `everything` is for the console, which no circle binds.
    Raises: Conflict while a debt has no fate, BadInput naming every fate that does not fit.
    Tells: obligation.carried, obligation.brought_over, obligation.ended.
    """
    known = asked.unanswered(operation.id, None if everything else by.desk_id)
    chosen = {fate.id: fate for fate in fates}
    if left := [debt.id for debt in known if debt.id not in chosen]:
        words = say(
            "{n} debts are still open; carry each to a standing operation, or end it with a reason.", n=len(left)
        )
        raise Conflict(words, open=left)
    _refuse_misfits(operation, known, chosen, to)
    for debt in known:
        if chosen[debt.id].reason:
            end(debt, _CLOSED, chosen[debt.id].reason, at, by)
        elif to is not None:
            _carry(operation, debt, chosen[debt.id], to, at, by)
    return {"carried_to": to.code} if to else {}


def end_left(operation: operations.Operation, at: datetime, by: By) -> None:
    """An archive takes nothing more: whatever is still open ends with it, told to those who know of it alone.

    Tells: obligation.ended.
    """
    for debt in asked.unanswered(operation.id, None):
        end(debt, _CLOSED, "The operation was archived.", at, by)


def settle_carried(debt: Obligation, said: Said, at: datetime, by: By) -> None:
    """Say that what was carried here is done: the rule that opened it waits for facts of the operation that ended.

    Raises: NotAllowed for another agency's debt, Conflict when it is owed no longer. Tells: obligation.settled.
    """
    refuse_unless_owed(debt, said, by)
    met_at = min(said.stated_at or at, at)
    proof = "stated" if met_at < at else "system"
    debt.state = state_when_met(debt.state, debt.due_at, met_at, proof)
    debt.met_at, debt.met_entered_at, debt.proof = met_at, at, proof
    stop([debt.id], at)
    settled = {"id": debt.id, "rule": debt.rule, "met_at": met_at, "state": debt.state, "proof": proof}
    record.append(draft(debt, models.SETTLED, said, {"settles": [settled]}, at, by))


def _carry(
    operation: operations.Operation, debt: Obligation, fate: Fate, to: operations.Operation, at: datetime, by: By
) -> None:
    desk = agencies.desk(fate.desk or debt.desk)
    if desk is None:
        raise Conflict(say("There is no desk {desk}.", desk=fate.desk or debt.desk))
    subject = ("carried", debt.ref)
    before = (debt.noun, debt.ref)
    desks = _circle(operation, before, to) | {desk.id}
    record.disclose_all(to.id, subject, dict.fromkeys(desks, "support"), "from_now", at, "plan")
    opened = Draft(to.id, models.BROUGHT_OVER, at, by, subject, dict(debt.facts), desks=tuple(sorted(desks)))
    new = _open_there(opened, debt, desk, fate.post or debt.post, operation, at)
    opened.data |= {"from": operation.code, "was": debt.id, "obligation": new["id"], "rule": debt.rule, "opens": [new]}
    there = {"to": to.code, "as": new["id"], "desk": desk.code, "post": new["post"]}
    entry = draft(debt, models.CARRIED, Said(), there, at, by)
    debt.state, debt.reason_code = "superseded", "carried"
    stop([debt.id], at)
    record.append(entry)
    record.append(opened)


def _open_there(
    entry: Draft, debt: Obligation, desk: Desk, post: str, operation: operations.Operation, at: datetime
) -> dict[str, Any]:
    why = f"carried from {operation.code}"
    clock = (debt.starts_at, debt.due_at)
    opening = Opening(debt.rule, debt.force, debt.ladder, desk.agency, desk.code, post, why, *clock)
    (new,) = open_all(entry, debt.plan_version, [opening], {desk.code: desk}, [debt])
    noun = (debt.moved_from or {}).get("noun", debt.noun)
    from_there = {"id": debt.id, "agency": debt.agency, "desk": debt.desk, "post": debt.post}
    from_there |= {"operation": operation.code, "noun": noun}
    values = {"kind": "carried", "moved_from": from_there}
    db.session.execute(update(Obligation).where(Obligation.id == new["id"]).values(**values))
    return new


def _circle(operation: operations.Operation, subject: tuple[str, str], to: operations.Operation) -> set[int]:
    """The desks that know of it already and take part in the other operation: carrying shares it with nobody new."""
    knowing = {row.desk_id for row in record.access(operation.id, subject)}
    return {id for id in knowing if record.may_know(to.id, to.subject, id)}


def _refuse_misfits(
    operation: operations.Operation, debts: Sequence[Obligation], fates: Mapping[str, Fate],
    to: operations.Operation | None,
) -> None:  # fmt: skip
    errors: list[dict[str, str]] = []
    for debt in debts:
        fate = fates[debt.id]
        fault = may_end_at_closing(debt.force, debt.agency) if fate.reason else _unfit(operation, debt, fate, to)
        if fault:
            errors.append(
                {"pointer": f"/debts/{debt.id}", "detail": say("{rule}: {fault}", rule=debt.rule, fault=fault)}
            )
    if errors:
        raise BadInput(errors[0]["detail"], errors=errors)


def _unfit(
    operation: operations.Operation, debt: Obligation, fate: Fate, to: operations.Operation | None
) -> str | None:
    """Why a debt cannot be carried there; None when it can."""
    if to is None:
        return "say to which standing operation it is carried, or end it with a reason."
    if to.kind != "standing" or to.phase not in ("preparing", "active") or to.exercise != operation.exercise:
        return say(
            "{to} takes over no debts; it has to be a standing operation that runs, an exercise for an exercise.",
            to=to.code,
        )
    code, post = fate.desk or debt.desk, fate.post or debt.post
    desk = agencies.desk(code)
    if desk is None or record.may_know(to.id, to.subject, desk.id) is None:
        return say("{code} does not take part in {to}; name a desk that does.", code=code, to=to.code)
    if record.may_know(operation.id, (debt.noun, debt.ref), desk.id) is None:
        return say("{code} does not know of it; share it first, carrying shares nothing.", code=code)
    if agencies.post(desk.id, post) is None:
        return say("{code} has no post {post}.", code=code, post=post)
    return None

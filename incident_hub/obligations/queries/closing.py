"""What is still open in an operation that is to be closed, and where it could go on."""

from __future__ import annotations

from sqlalchemy import select

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.obligations.models import UNANSWERED, Obligation
from incident_hub.operations import queries as operations


def unanswered(chain: int, desk_id: int | None) -> list[Obligation]:
    """The unanswered debts of an operation that a desk may know of, soonest due first; without a desk all of them."""
    query = select(Obligation).where(Obligation.chain == chain, Obligation.state.in_(UNANSWERED))
    debts = db.session.scalars(query.order_by(Obligation.due_at, Obligation.id))
    return [one for one in debts if desk_id is None or record.may_know(chain, (one.noun, one.ref), desk_id)]


def may_take_over(operation: operations.Operation, desk_id: int) -> list[operations.Operation]:
    """The standing operations that could take over what is left, as far as a desk takes part in them."""
    return [
        one
        for one in operations.known_to(desk_id)
        if one.id != operation.id
        and one.kind == "standing"
        and one.phase in ("preparing", "active")
        and one.exercise == operation.exercise
    ]

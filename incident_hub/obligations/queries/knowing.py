"""Which debts a desk may know of: those on what it may know."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_

from incident_hub.kernel import record
from incident_hub.obligations.models import Obligation


def may_know(chain: int, desk_id: int) -> ColumnElement[bool]:
    """Debts on incidents, on what was carried over, and on the operation, that the desk may know of now."""
    return or_(
        and_(Obligation.noun == "incident", Obligation.ref.in_(record.known_refs(chain, desk_id, "incident"))),
        and_(Obligation.noun == "carried", Obligation.ref.in_(record.known_refs(chain, desk_id, "carried"))),
        and_(Obligation.noun == "operation", Obligation.ref.in_(record.known_refs(chain, desk_id, "operation"))),
    )

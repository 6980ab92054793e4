"""Which debts a desk may know of: those on what it may know."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from incident_hub.kernel import record
from incident_hub.obligations.models import Obligation


def may_know(chain: int, desk_id: int) -> ColumnElement[bool]:
    """Debts on whatever subject of an operation the desk may know of now."""
    return (Obligation.noun + "/" + Obligation.ref).in_(record.known_subjects(chain, desk_id))

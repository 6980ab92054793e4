"""The clocks of a period, as they stood at a cut-off; only those a desk may know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.kernel.database import db
from incident_hub.obligations.models import Obligation

from .knowing import may_know


@dataclass(frozen=True)
class Clock:
    """One clock that ran out by a cut-off. Shape: `became` is met, met_late, missed or ended."""

    rule: str
    agency: str
    noun: str
    ref: str
    due_at: datetime
    met_at: datetime | None
    became: str


def ran_out(chain: int, desk_id: int, since: datetime, at: datetime) -> list[Clock]:
    """Every clock due after `since` and by `at`, and every earlier one that still was not met at `at`, earliest first.

    What was entered after `at` is not looked at, so the same cut-off reads the same tomorrow.
    """
    names = ("rule", "agency", "noun", "ref", "due_at", "met_at", "met_entered_at", "state")
    query = select(*(getattr(Obligation, name) for name in names))
    query = query.where(Obligation.chain == chain, may_know(chain, desk_id))
    query = query.where(Obligation.due_at <= at, Obligation.opened_at <= at)
    unmet = Obligation.met_entered_at.is_(None) | (Obligation.met_entered_at > at)
    query = query.where((Obligation.due_at > since) | (unmet & Obligation.state.not_in(_ENDED)))
    order = (Obligation.due_at, Obligation.rule, Obligation.agency, Obligation.id)
    return [_clock(row, at) for row in db.session.execute(query.order_by(*order))]


# Found not to be owed, or to be owed no longer.
_ENDED = ("waived", "not_applicable", "superseded")


def _clock(row: Any, at: datetime) -> Clock:
    met = row.met_at if row.met_entered_at is not None and row.met_entered_at <= at else None
    became = "ended" if row.state in _ENDED else "missed"
    if met is not None:
        became = "met" if met <= row.due_at else "met_late"
    return Clock(row.rule, row.agency, row.noun, row.ref, row.due_at, met, became)

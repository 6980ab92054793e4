"""The clocks of a period, as they stood at a cut-off; only those a desk may know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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


def ran_out(chain: int, desk_id: int, at: datetime) -> list[Clock]:
    """Every clock that was due by `at`, earliest first, with what had become of it by then.

    What was entered after `at` is not looked at, so the same cut-off reads the same tomorrow.
    """
    query = select(Obligation).where(Obligation.chain == chain, may_know(chain, desk_id))
    query = query.where(Obligation.due_at <= at, Obligation.opened_at <= at)
    rows = db.session.scalars(query.order_by(Obligation.due_at, Obligation.rule, Obligation.agency, Obligation.id))
    return [_clock(one, at) for one in rows]


def _clock(debt: Obligation, at: datetime) -> Clock:
    met = debt.met_at if debt.met_entered_at is not None and debt.met_entered_at <= at else None
    if met is not None:
        became = "met" if met <= debt.due_at else "met_late"
    elif debt.state in ("waived", "not_applicable", "superseded"):
        became = "ended"
    else:
        became = "missed"
    return Clock(debt.rule, debt.agency, debt.noun, debt.ref, debt.due_at, met, became)

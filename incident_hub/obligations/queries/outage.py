"""What fell due between two instants, and what became of it; only what a desk may know of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.kernel import registry
from incident_hub.kernel.database import db
from incident_hub.obligations import ladder
from incident_hub.obligations.models import Obligation, Step
from incident_hub.operations import queries as operations

from .knowing import may_know

MOST = 1000
# What the reading says of a step by the state its row is in.
_BECAME = {"withheld": "withheld", "stopped": "answered", "armed": "waits"}


def fell_due(chain: int, desk_id: int, since: datetime, until: datetime) -> dict[str, Any]:
    """The steps and deadlines of a span, earliest first, and how many of each came to what.

    Shape: {steps, deadlines, counts}; a step became sent_late, sent_in_time, withheld, answered or waits, a deadline
    missed, met, met_late, waits or ended. At most a thousand of each are named, `counts` are of those.
    """
    known = (Obligation.chain == chain) & may_know(chain, desk_id)
    # By the plan's instant: what the first step after the silence brought forward did not fall due in it.
    steps = db.session.execute(
        select(Step, Obligation)
        .join(Obligation, Obligation.id == Step.obligation_id)
        .where(known, Step.at > since, Step.planned_at > since, Step.planned_at < until)
        .order_by(Step.planned_at, Step.obligation_id, Step.step, Step.occurrence)
        .limit(MOST)
    )
    debts = db.session.scalars(
        select(Obligation)
        .where(known, Obligation.due_at > since, Obligation.due_at < until)
        .order_by(Obligation.due_at, Obligation.id)
        .limit(MOST)
    )
    named = {"steps": [_step(*row) for row in steps], "deadlines": [_deadline(one) for one in debts]}
    return named | {"counts": {name: _counted(rows) for name, rows in named.items()}}


def _step(step: Step, debt: Obligation) -> dict[str, Any]:
    late_s = ladder.late_seconds(step.planned_at, debt.opened_at, step.taken_at) if step.taken_at else None
    became = _BECAME.get(step.state) or ("sent_late" if late_s else "sent_in_time")
    told = {"kind": step.kind, "step": step.step, "occurrence": step.occurrence, "due_at": step.planned_at}
    told |= {"became": became, "at": step.taken_at, "late_s": late_s if became == "sent_late" else None}
    return told | {"to": [f"{party}:{post}" for post, party in step.to], "channels": step.channels} | _debt(debt)


def _deadline(debt: Obligation) -> dict[str, Any]:
    became = {"open": "waits", "missed": "missed", "met": "met", "met_late": "met_late"}.get(debt.state, "ended")
    return {"due_at": debt.due_at, "became": became, "at": debt.met_at} | _debt(debt)


def _debt(debt: Obligation) -> dict[str, Any]:
    rule = operations.plan_of(debt.plan_version).rule(debt.rule)
    return {
        "obligation": debt.id, "rule": debt.rule, "force": debt.force,
        "title": {"zh": rule.title.zh, "en": rule.title.en} if rule else None,
        "subject": {"kind": debt.noun, "ref": debt.ref, "label": registry.label(debt.noun, debt.ref, debt.about)},
        "owed_by": {"agency": debt.agency, "desk": debt.desk, "post": debt.post},
    }  # fmt: skip


def _counted(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in rows:
        counts[one["became"]] = counts.get(one["became"], 0) + 1
    return counts

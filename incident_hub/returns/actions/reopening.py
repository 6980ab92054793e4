"""A day that was met is owed again: a return was sent back, or a unit came in later. Then another clock runs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.kernel.text import instant
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.returns.asked import asked_again_by
from incident_hub.returns.days import window
from incident_hub.returns.models import REOPENED, OwingDesk

from .stating import state


def reopen(operation: Operation, days: Collection[tuple[str, date]], at: datetime, by: By) -> None:
    """Say of each desk and day that something of it is owed again, unless it is owed already.

    It is owed by the cut-off, or as long after now as the rule leaves, whichever is later.
    Tells: return.reopened, by which the plan opens another debt for the same date.
    """
    plan = operations.plan_of(operation.plan_version)
    rules = asked_again_by(plan)
    if plan.zero_report is None or not rules:
        return
    first, tier = plan.zero_report.units.rule, plan.zero_report.units
    for owing, day in sorted(days):
        owed = [
            debt
            for code in (first, *(rule.code for rule in rules))
            if code
            for debt in obligations.still_owed(operation.id, ("return", owing), code, day.isoformat())
        ]
        if owed:
            continue
        due_at = window(day, tier.cut_off, operation.zone)[1]
        left = [found.length for rule in rules if (found := rule.within.of({}))]
        deadline = max([due_at, *(at + one for one in left)])
        desk = db.session.get_one(OwingDesk, owing).desk
        addressed = [one.code for one in agencies.desks([desk]).values()]
        told: dict[str, Any] = {"date": day.isoformat(), "deadline": instant(deadline), "addressed": addressed}
        state(operation, owing, REOPENED, at, by, told)

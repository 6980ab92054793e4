"""Daily returns by the clock: a day is opened once for every unit and desk, and what is not there is missing."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations
from incident_hub.returns import actions
from incident_hub.returns import queries as returns
from incident_hub.returns.days import local_date

from .passing import ENGINE, Pass, alone


def open_due_returns(going: Pass) -> bool:
    """Open some of what the units and levels of one operation have come to owe; True when there may be more."""
    horizon = going.horizon()
    aside = going.aside.left_alone(horizon)
    for operation in operations.live():
        # Looked at once a date, and afresh when the phase moves or another plan comes into force.
        key = f"{operation.id}/{operation.plan_version}/{operation.phase}/returns"
        plan, since = operations.plan_of(operation.plan_version), going.rounds.get(key)
        if key in aside or plan.zero_report is None:
            continue
        if since is not None and local_date(since, operation.zone) == local_date(horizon, operation.zone):
            continue
        db.session.rollback()
        if alone(going, operation.id, key, partial(_open, operation.id)):
            return True
        going.rounds[key] = horizon
    return False


def miss_due_returns(going: Pass) -> bool:
    """Say of one desk and date what has come to be missing; True when there may be more."""
    horizon = going.horizon()
    found = returns.to_miss(horizon, going.aside.left_alone(horizon))
    if found is None:
        return False
    chain, owing, day = found
    db.session.rollback()
    return alone(going, chain, f"{owing} {day}", partial(_miss, chain, owing, day))


def _open(chain: int, _key: str, at: datetime) -> bool:
    return bool(actions.open_due(operations.at(chain), at, ENGINE))


def _miss(chain: int, owing: str, day: date, _key: str, at: datetime) -> bool:
    return bool(actions.miss_due(operations.at(chain), owing, day, at, ENGINE))

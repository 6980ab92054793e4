"""Daily returns by the clock: a day is opened once for every unit, and what is not there at its cut-off is missing."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations
from incident_hub.returns import actions
from incident_hub.returns import queries as returns
from incident_hub.returns.days import local_date

from .passing import ENGINE, Pass, alone


def open_due_returns(going: Pass) -> bool:
    """Open what every unit owes for today, once a day and phase and plan; never more to look for afterwards."""
    horizon = going.horizon()
    aside = going.aside.left_alone(horizon)
    for operation in operations.live():
        day = local_date(horizon, operation.zone)
        key = f"{operation.id}/{operation.plan_version}/{operation.phase}/returns/{day}"
        if key in aside or key in going.rounds or operations.plan_of(operation.plan_version).zero_report is None:
            continue
        db.session.rollback()
        alone(going, operation.id, key, partial(_open, operation.id))
        if key not in going.aside.left_alone(going.horizon()):
            going.rounds[key] = horizon
    return False


def miss_due_returns(going: Pass) -> bool:
    """Say of one operation what has come to be missing; True when there may be more."""
    horizon = going.horizon()
    chain = returns.to_miss(horizon)
    key = f"{chain}/returns/missing"
    if chain is None or key in going.aside.left_alone(horizon):
        return False
    db.session.rollback()
    return alone(going, chain, key, partial(_miss, chain))


def _open(chain: int, _key: str, at: datetime) -> bool:
    return bool(actions.open_due(operations.at(chain), at))


def _miss(chain: int, _key: str, at: datetime) -> bool:
    return bool(actions.miss_due(operations.at(chain), at, ENGINE))

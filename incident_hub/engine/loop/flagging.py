"""What speaks against a daily return is flagged by the clock, soon after it came to be known."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from incident_hub.kernel import feeds
from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations
from incident_hub.returns import actions
from incident_hub.returns import queries as returns

from .passing import ENGINE, Pass, alone


def flag_contradictions(going: Pass) -> bool:
    """Look at each operation whose record has grown; True when something was flagged and others may be to look at."""
    horizon = going.horizon()
    numbers = feeds.chain_numbers()
    for operation in operations.live():
        key = f"{operation.id}/returns/flags"
        number = numbers.get(operation.id, 0)
        if going.looked.get(key) == number or key in going.aside.left_alone(horizon):
            continue
        going.looked[key] = number
        if returns.to_flag(operation, horizon):
            db.session.rollback()
            return alone(going, operation.id, key, partial(_flag, operation.id))
    return False


def _flag(chain: int, _key: str, at: datetime) -> bool:
    return bool(actions.flag(operations.at(chain), at, ENGINE))

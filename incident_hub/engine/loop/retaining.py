"""Once a day, what is over is destroyed: by operation, in slices, and what goes by its age in the house."""

from __future__ import annotations

import logging
from datetime import timedelta

from incident_hub.engine import lease
from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations
from incident_hub.retention import loop as retention

from .passing import ENGINE, Pass

EVERY = timedelta(days=1)
# How long one look may take before the chase has its turn. Units: seconds.
LIMIT = 0.5
# Since when the database's log waits to be emptied, because somebody was reading from it.
LOG = "log/retention"
log = logging.getLogger(__name__)


def destroy_what_is_over(going: Pass) -> bool:
    """Destroy some of what is over; True when there is more."""
    horizon = going.horizon()
    aside = going.aside.left_alone(horizon)
    for operation in operations.every():
        key = f"{operation.id}/{operation.phase}/retention"
        if key in aside or not _wanted(going, key):
            continue
        try:
            ran = retention.run(operation, horizon, ENGINE, going.guard, LIMIT)
        except lease.LeaseLost:
            raise
        except Exception:
            db.session.rollback()
            log.exception("the destruction in %s is put aside for %s", operation.code, going.aside.put(key, horizon))
            continue
        going.done += sum(ran.done.values())
        if ran.more:
            return True
        if ran.done:
            log.info("what was over in %s is destroyed: %s", operation.code, ran.done)
            if not retention.scour():
                going.rounds[LOG] = horizon
        going.rounds[key] = horizon
    if LOG in going.rounds and retention.empty_log():
        del going.rounds[LOG]
    if _wanted(going, "house/retention"):
        going.done += retention.sweep()
        going.rounds["house/retention"] = horizon
    return False


def _wanted(going: Pass, key: str) -> bool:
    seen = going.rounds.get(key)
    return seen is None or going.horizon() - seen >= EVERY

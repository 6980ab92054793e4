"""Destruction as it is run, by the engine once a day or by hand: slice by slice, each kept by itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from incident_hub.kernel import sqlite
from incident_hub.kernel.database import HOUSE, db, unit_of_work
from incident_hub.kernel.record import By
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation

from . import actions, classes, queries
from .actions import Going

# How long the others get before the next unit of work. Units: seconds.
BREATH = 0.003
# Where no plan says how long the notes of hand-overs are kept. Units: days.
ROSTER = 365
log = logging.getLogger(__name__)


@dataclass
class Ran:
    """What a run came to: how many texts went in this run, by class; whether time ran out before the end."""

    done: dict[str, int]
    more: bool = False


def over(operation: Operation, at: datetime) -> list[Going]:
    """What is over and not held, class by class; reads only."""
    found = [actions.begin(operation, one, at) for one in queries.kept(operation) if not one.by_age]
    db.session.rollback()
    return found


def run(operation: Operation, at: datetime, by: By, guard: Callable[[], None] | None = None, limit: float = 0) -> Ran:
    """Destroy what is over in an operation, and state it. Killed at any point, the next run goes on.

    Units: `limit` in seconds, 0 for as long as it takes.
    """
    ran, until = Ran({}), time.monotonic() + limit
    for going in over(operation, at):
        while going.left:
            before = len(going.left)
            with unit_of_work(operation.id) as now:
                if guard:
                    guard()
                actions.destroy(going, now)
            ran.done[going.kept.code] = ran.done.get(going.kept.code, 0) + before - len(going.left)
            time.sleep(BREATH)
            if limit and time.monotonic() > until:
                ran.more = True
                return ran
        with unit_of_work(operation.id) as now:
            actions.conclude(going, now, by)
    return ran


def sweep() -> int:
    """What goes by its age alone, in the house as a whole; says how many rows went."""
    plans = [queries.kept(one) for one in operations.every()]
    days = {code: max((one.days for kept in plans for one in kept if one.code == code), default=least)
            for code, least in ((classes.ROSTER, ROSTER), (classes.LOOKS, classes.ALWAYS[classes.LOOKS]))}  # fmt: skip
    with unit_of_work(HOUSE) as at:
        return actions.sweep(days[classes.ROSTER], days[classes.LOOKS], at)


def scour() -> bool:
    """Have the database leave no trace of what was destroyed; False when its log has to be emptied later."""
    db.session.remove()
    return sqlite.scour(db.engine)


def empty_log() -> bool:
    """Empty the database's log, which somebody was reading before; False while they still are."""
    db.session.remove()
    return sqlite.empty_log(db.engine)

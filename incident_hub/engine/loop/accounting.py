"""What an engine accounts for before it goes on: a silence, and a clock that somebody moved."""

from __future__ import annotations

from datetime import timedelta

from incident_hub.engine import actions, lease
from incident_hub.engine.silence import Gap
from incident_hub.kernel import clock, feeds
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.notify import actions as notify
from incident_hub.operations import queries as operations

from .passing import ENGINE


def heed_record() -> None:
    """Let time go on from where the record is, should the machine's clock have fallen behind it."""
    latest = feeds.latest()
    db.session.rollback()
    if latest is not None:
        clock.not_behind(latest)


def state_outage(held: lease.Held, gap: Gap) -> None:
    """State to every operation that goes on that nothing was chased for a while; what was stated stays so."""
    for operation in _going_on():
        with unit_of_work(operation.id) as at:
            lease.guard(held)
            actions.state_outage(operation, gap, at, ENGINE)


def say_clock_stepped(held: lease.Held, moved: timedelta) -> None:
    """Say in every operation that goes on that somebody moved the clock."""
    for operation in _going_on():
        with unit_of_work(operation.id) as at:
            lease.guard(held)
            actions.say_clock_stepped(operation, moved, at, ENGINE)


def begin_work(held: lease.Held) -> None:
    """Everything an engine before left open is accounted for, its senders died with it; now passes are completed."""
    with unit_of_work() as at:
        lease.at_work(held, at)
        notify.give_back(at, held.until - lease.LENGTH)


def _going_on() -> list[operations.Operation]:
    found = operations.live()
    db.session.rollback()
    return found

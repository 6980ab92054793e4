"""The loop: ordered duties, each doing something due in a unit of work and saying whether to look again.

A thing that fails is put aside for a growing while, so that one bad row never stops the others.
"""

from __future__ import annotations

import logging
import random
import time
from datetime import datetime
from functools import partial

from flask import Flask
from sqlalchemy.exc import IntegrityError

from incident_hub.briefings import queries as briefings
from incident_hub.engine import actions, lease
from incident_hub.engine.aside import Aside
from incident_hub.exercise import actions as control
from incident_hub.exercise import queries as injects
from incident_hub.kernel import clock
from incident_hub.kernel.database import HOUSE, db, unit_of_work
from incident_hub.notify import actions as notify
from incident_hub.notify import channels
from incident_hub.notify import queries as notices
from incident_hub.obligations import actions as owing
from incident_hub.obligations import queries as obligations
from incident_hub.roster import queries as roster

from .accounting import begin_work, heed_record, say_clock_stepped, state_outage
from .anchoring import seal_heads
from .answering import answer_one_reset, ask_one_session_again
from .briefing import issue_briefings
from .coming_round import open_periodic_debts
from .flagging import flag_contradictions
from .passing import ENGINE, Duty, Pass, alone, together
from .retaining import destroy_what_is_over
from .returning import miss_due_returns, open_due_returns

__all__ = [
    "CHASE", "DELIVER", "ENGINE", "Aside", "Pass", "begin_work", "heed_record", "hold", "let_go", "next_due", "run",
    "say_clock_stepped", "seconds_to", "state_outage", "tick",
]  # fmt: skip

PASS_LIMIT = 3.0
# How long the others get before the next unit of work. Units: seconds.
BREATH = 0.003
log = logging.getLogger(__name__)


def take_due_steps(going: Pass) -> bool:
    """Take the due steps of some debts; True when there may be more."""
    horizon = going.horizon()
    found = obligations.due_steps(horizon, going.aside.left_alone(horizon))
    return together(going, found, lambda debt, at: bool(owing.take_due(debt, at, ENGINE)))


def miss_due_debts(going: Pass) -> bool:
    """Say of some debts that their deadlines have passed; True when there may be more."""
    horizon = going.horizon()
    found = obligations.due_to_miss(horizon, going.aside.left_alone(horizon))
    return together(going, found, lambda debt, at: owing.miss(debt, at, ENGINE))


def play_one_due_inject(going: Pass) -> bool:
    """Play one inject of an exercise whose instant has come; True when there may be more."""
    horizon = going.horizon()
    found = injects.first_due(horizon, going.aside.left_alone(horizon))
    if found is None:
        return False
    chain, inject = found
    return alone(going, chain, inject, control.play)


def call_for_one_handover(going: Pass) -> bool:
    """Tell both watches of one hand-over, or their leader, that nobody has signed it; True when there may be more."""
    horizon = going.horizon()
    found = roster.first_due_call(horizon, going.aside.left_alone(horizon))
    if found is None:
        return False
    did = alone(going, HOUSE, found, lambda one, at: actions.call_for_handover(one, at, ENGINE))
    return did or roster.first_due_call(horizon, going.aside.left_alone(horizon)) not in (None, found)


def give_back_stale_claims(going: Pass) -> bool:
    """Free the notices of senders that died; nothing more to look for afterwards."""
    if notices.stale_claims(going.horizon()):
        with unit_of_work() as at:
            going.done += notify.give_back(at)
    return False


def send_one_notice(going: Pass) -> bool:
    """Claim one delivery of a channel that has a sender free, and have it sent; True when there may be more."""
    horizon = going.horizon()
    aside = going.aside.left_alone(horizon)
    busy = going.senders.busy() if going.senders else ()
    first = notices.first_due(horizon, aside, busy)
    if first is None:
        return False
    try:
        with unit_of_work() as at:
            claimed = notify.claim_one(at, aside, busy)
        if claimed is None:
            # It may not go any more and is settled as failed, or it is not due by the database's clock.
            return notices.first_due(horizon, aside, busy) != first
        if going.senders:
            going.senders.send(claimed.channel, partial(deliver, going.app, claimed))
        else:
            _send_and_settle(going.app, claimed)
    except Exception:
        pause = going.aside.put(first, horizon)
        log.exception("notice %s is put aside for %s", first, pause)
        return True
    going.aside.done(first)
    going.done += 1
    return True


def deliver(app: Flask, claimed: notify.Claimed) -> None:
    """Send what was claimed and settle it, in a thread of its own."""
    with app.app_context():
        _send_and_settle(app, claimed)


CHASE: tuple[Duty, ...] = (
    open_due_returns, open_periodic_debts, take_due_steps, miss_due_debts, miss_due_returns,
    flag_contradictions,
    play_one_due_inject, call_for_one_handover, answer_one_reset, ask_one_session_again,
    issue_briefings, seal_heads, give_back_stale_claims, destroy_what_is_over,
)  # fmt: skip
DELIVER: tuple[Duty, ...] = (send_one_notice,)


def tick(going: Pass) -> int:
    """One whole pass by hand: everything due is done; says how many things were.

    Who ticks again with the same `going` lets the engine know what it has looked at already.
    """
    with going.app.app_context():
        before = going.done
        for duties in (CHASE, DELIVER):
            while run(going, duties):
                log.info("the pass goes on: %s things done so far", going.done - before)
        return going.done - before


def hold(holder: str, held: lease.Held | None, passed_at: datetime | None) -> lease.Held | None:
    """Take or renew the lease of the one engine on this database; None while another has it."""
    now = clock.now()
    if lease.good_for_now(held, now) or (held is None and not lease.to_be_had(holder, now)):
        return held
    try:
        with unit_of_work() as at:
            return lease.take(holder, held, passed_at, at)
    except IntegrityError:
        # Two engines met at an empty table, and the other was first.
        return None


def let_go(held: lease.Held) -> None:
    """Leave the lease to the next engine."""
    with unit_of_work() as at:
        lease.give_up(held, at)


def next_due() -> datetime | None:
    """The earliest instant at which the chase has something to do: a step, a deadline, an inject, a hand-over …"""
    told = (obligations.next_due(), injects.next_due(), roster.next_call(), briefings.next_due(clock.now()))
    return min((one for one in told if one), default=None)


def seconds_to(due: datetime | None, most: float, least: float) -> float:
    """How long to wait for an instant; one that is past is something put aside, which waits the least."""
    if due is None:
        return most
    left = (due - clock.now()).total_seconds()
    return least if left <= 0 else min(left, most)


def run(going: Pass, duties: tuple[Duty, ...]) -> bool:
    """Do each duty until nothing is left of it, within the time of one pass; True when time ran out first.

    Raises: LeaseLost when another engine has taken over.
    """
    until = time.monotonic() + PASS_LIMIT
    for duty in duties:
        while duty(going):
            # Between two units of work the others get their turn: pages, sockets, and whoever waits to write. Another
            # process asks for the writer's lock every two milliseconds and must find it free.
            time.sleep(BREATH)
            if time.monotonic() > until:
                return True
    db.session.rollback()
    return False


def _send_and_settle(app: Flask, claimed: notify.Claimed) -> None:
    """The second and third beat: hand it over with no transaction open, then write down what became of it."""
    outcome = channels.send(claimed.channel, claimed.message, app.config)
    with unit_of_work() as at:
        notify.settle(claimed, outcome, random.random(), at)

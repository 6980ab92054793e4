"""One pass over what is due, and how it acts on one thing or on several."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask

from incident_hub.engine import lease
from incident_hub.engine.aside import Aside
from incident_hub.engine.senders import Senders
from incident_hub.kernel import clock
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.record import By

ENGINE = By(agency="house", desk="house/engine", desk_id=0, assurance="service")
# How long one unit of work may take up more (rulings 12). Units: seconds.
SLICE = 0.025
log = logging.getLogger(__name__)


@dataclass
class Pass:
    """One pass over what is due: its horizon, the lease it acts under, and how much it has done.

    Without `senders` each delivery is made on the spot. Shape: `rounds` says up to when each rule that comes round by
    itself was looked at; `looked` how far a record had come when it was looked at for something.
    """

    app: Flask
    aside: Aside
    at: datetime | None = None
    held: lease.Held | None = None
    senders: Senders | None = None
    done: int = 0
    rounds: dict[str, datetime] = field(default_factory=dict[str, datetime])
    looked: dict[str, int] = field(default_factory=dict[str, int])

    def horizon(self) -> datetime:
        """Up to which instant things count as due; never later than now."""
        now = clock.now()
        return now if self.at is None else min(self.at, now)

    def guard(self) -> None:
        """Make sure, inside a unit of work, that no other engine has taken over."""
        if self.held is not None:
            lease.guard(self.held)


Duty = Callable[[Pass], bool]
Act = Callable[[str, datetime], bool]


def together(going: Pass, found: list[tuple[int, str]], act: Act) -> bool:
    """Act on debts of one chain in one unit of work, within a slice; what fails together is tried alone."""
    if not found:
        return False
    if len(found) == 1:
        return alone(going, *found[0], act)
    begun: list[tuple[int, str]] = []
    did = 0
    try:
        with unit_of_work(found[0][0]) as at:
            going.guard()
            until = time.monotonic() + SLICE
            for chain, debt in found:
                begun.append((chain, debt))
                did += act(debt, at)
                if time.monotonic() > until:
                    break
    except lease.LeaseLost:
        raise
    except Exception:
        db.session.rollback()
        log.exception("%s debts failed together; each is tried alone", len(begun))
        each = [alone(going, *one, act) for one in begun]
        return any(each)
    for _, debt in begun:
        going.aside.done(debt)
    going.done += did
    return did > 0


def alone(going: Pass, chain: int, debt: str, act: Act) -> bool:
    """Act on one debt in its own unit of work; what fails is put aside, logged, and tried again later."""
    try:
        with unit_of_work(chain) as at:
            going.guard()
            did = act(debt, at)
    except lease.LeaseLost:
        raise
    except Exception:
        db.session.rollback()
        pause = going.aside.put(debt, going.horizon())
        log.exception("debt %s is put aside for %s", debt, pause)
        return True
    going.aside.done(debt)
    going.done += did
    return did

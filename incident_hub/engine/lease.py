"""The lease of the one engine per database: taken, renewed, lost; each holder has a number of its own (fencing)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select, update

from incident_hub.kernel.database import db

from .models import Lease

NAME = "engine"
LENGTH = timedelta(seconds=8)
RENEW_BEFORE = timedelta(seconds=4)


class LeaseLost(Exception):
    """Another engine took over while this one slept; it must stop acting at once."""


@dataclass(frozen=True)
class Held:
    """The lease as this process holds it.

    Shape: `found_at` is when the engine before this one last completed a pass; None where there never was one. Units:
    `until` by the database's instant.
    """

    holder: str
    number: int
    until: datetime
    found_at: datetime | None = None


def good_for_now(held: Held | None, now: datetime) -> bool:
    """Whether a lease lasts long enough that it need not be renewed yet."""
    return held is not None and now < held.until - RENEW_BEFORE


def to_be_had(holder: str, now: datetime) -> bool:
    """Whether it is worth asking for the lease: nobody has it, it ran out, or it is in one's own name."""
    row = db.session.execute(select(Lease.holder, Lease.until).where(Lease.name == NAME)).first()
    return row is None or row.holder == holder or row.until <= now


def take(holder: str, held: Held | None, passed_at: datetime | None, at: datetime) -> Held | None:
    """Take the lease or renew it, saying when the last pass was completed; None while somebody else has it.

    A process that starts under the name of the last holder takes it at once, under a new number.
    """
    row = db.session.get(Lease, NAME, populate_existing=True)
    until = at + LENGTH
    if row is None:
        db.session.add(Lease(name=NAME, holder=holder, until=until, number=1, passed_at=passed_at or at))
        db.session.flush()
        return Held(holder, 1, until)
    still_mine = held is not None and row.number == held.number
    if not still_mine and row.holder != holder and row.until > at:
        return None
    row.holder, row.until = holder, until
    if held is not None and still_mine:
        row.passed_at = passed_at or row.passed_at
        return replace(held, until=until)
    # What the engine before left open is accounted for first; a new one that dies on the way must find it again.
    row.number += 1
    return Held(holder, row.number, until, row.passed_at)


def at_work(held: Held, at: datetime) -> None:
    """Say that what was left open is accounted for, and that passes are completed from now on."""
    mine = (Lease.name == NAME) & (Lease.number == held.number)
    db.session.execute(update(Lease).where(mine).values(passed_at=at))


def guard(held: Held) -> None:
    """Inside a unit of work: make sure that nobody has taken over.

    Raises: LeaseLost when somebody has.
    """
    number = db.session.scalar(select(Lease.number).where(Lease.name == NAME))
    if number != held.number:
        raise LeaseLost("another engine has taken over; this one acts no more")


def give_up(held: Held, at: datetime) -> None:
    """Let the next engine begin at once."""
    mine = (Lease.name == NAME) & (Lease.number == held.number)
    db.session.execute(update(Lease).where(mine).values(until=at))


def passed_at() -> datetime | None:
    """When any engine on this database last said that it had completed a pass."""
    return db.session.scalar(select(Lease.passed_at).where(Lease.name == NAME))

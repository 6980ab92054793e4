"""When the engine was silent, and when somebody moved the clock under it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# Longer than this between two passes is an outage that is stated.
OUTAGE = timedelta(seconds=60)
# Rulings 12: further than this the clock did not drift, it was moved.
STEP = timedelta(seconds=2)


@dataclass(frozen=True)
class Look:
    """One look at both clocks. Units: `wall` as the machine says it; `steady` in seconds, only differences count."""

    wall: datetime
    steady: float


@dataclass(frozen=True)
class Gap:
    """From the last pass that was completed to the first one after it."""

    since: datetime
    until: datetime


def stepped(before: Look | None, now: Look) -> timedelta | None:
    """By how much the wall clock was moved between two looks; None when it only went on."""
    if before is None:
        return None
    moved = (now.wall - before.wall) - timedelta(seconds=now.steady - before.steady)
    return moved if abs(moved) > STEP else None


def gap_between_engines(passed_at: datetime | None, now: datetime) -> Gap | None:
    """What the engine before this one left open; None when it was only just here, or there never was one."""
    return Gap(passed_at, now) if passed_at is not None and now - passed_at > OUTAGE else None


def gap_of_one_engine(before: Look | None, now: Look, hub_now: datetime) -> Gap | None:
    """How long this process itself stood still, whatever became of the clock meanwhile."""
    still = timedelta(seconds=now.steady - before.steady) if before is not None else timedelta()
    return Gap(hub_now - still, hub_now) if still > OUTAGE else None

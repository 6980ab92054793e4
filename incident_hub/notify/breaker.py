"""The breaker of a channel: after several faults in a row it opens, and what waits is kept instead of tried. Pure.

A fault counts only when it is the channel's own (it is away, overloaded, or does not answer); whoever refuses one
recipient still works. While the breaker is open nothing is tried and no attempt is used up; then one delivery tries.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FAULTS_IN_A_ROW = 5
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=2)


@dataclass(frozen=True)
class Breaker:
    """How a channel fares. Shape: `until` is set while it is open; `since` is when it opened the first time."""

    faults: int = 0
    since: datetime | None = None
    until: datetime | None = None


def closed(breaker: Breaker, at: datetime) -> bool:
    """Whether a delivery may be tried now."""
    return breaker.until is None or breaker.until <= at


def after(breaker: Breaker, down: bool, at: datetime) -> Breaker:
    """The breaker after a try; each further fault opens it for twice as long, one success closes it."""
    if not down:
        return Breaker()
    faults = breaker.faults + 1
    if faults < FAULTS_IN_A_ROW:
        return replace(breaker, faults=faults)
    pause = min(FIRST_PAUSE * 2 ** min(faults - FAULTS_IN_A_ROW, 16), LONGEST_PAUSE)
    return Breaker(faults, breaker.since or at, at + pause)

"""The one place that knows what time it is; everyone else is told."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

# How far the machine's clock may fall behind the record before that counts as a step.
STEP = timedelta(seconds=2)
# The pace at which time goes on in the Hub until the machine's clock has caught up with the record.
PACE = 0.95
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Clock(Protocol):
    """Something that can be asked for the present instant (aware UTC)."""

    held: bool

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock, cut to milliseconds so that what is stored is what was said."""

    held = False

    def now(self) -> datetime:
        """The present instant, aware UTC, whole milliseconds."""
        present = datetime.now(UTC)
        return present.replace(microsecond=present.microsecond // 1000 * 1000)


class HeldClock:
    """A clock that moves only when it is told to, for tests, stories and the opening of the demo."""

    held = True

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant it is held at."""
        return self.at

    def forward(self, *, minutes: float = 0, seconds: float = 0) -> datetime:
        """Move on and say where it stands now."""
        self.at += timedelta(minutes=minutes, seconds=seconds)
        return self.at


@dataclass(frozen=True)
class _Ahead:
    """How far the record had come when the machine's clock was found behind it. Units: `since` by `steady`."""

    at: datetime
    since: float


class _Present:
    clock: Clock = SystemClock()
    ahead: _Ahead | None = None


def now() -> datetime:
    """The present instant by the clock in use, and never behind the record."""
    return going_on(raw())


def raw() -> datetime:
    """What the clock in use says, even where it fell back."""
    return _Present.clock.now()


def steady() -> float:
    """Seconds that pass whatever somebody does to the clock, also while the machine sleeps; only differences count."""
    return time.clock_gettime(_STEADY)


def going_on(said: datetime) -> datetime:
    """An instant that a clock said; where the record is ahead of it, the one at which the Hub is by now.

    A clock that was an hour ahead and was set right must not stop every deadline for an hour, nor may the record turn
    round: so time goes on from where the record was, a little slower, until the machine has caught up.
    """
    ahead = _Present.ahead
    if ahead is None:
        return said
    since = timedelta(milliseconds=int((steady() - ahead.since) * 1000 * PACE))
    if said >= ahead.at + since:
        _Present.ahead = None
        return said
    return ahead.at + since


def not_behind(recorded: datetime) -> None:
    """The record has come as far as this; from here on time goes on in it."""
    if not is_held() and recorded - now() > STEP:
        _Present.ahead = _Ahead(recorded, steady())


def is_held() -> bool:
    """Whether time moves only by hand, so that a database clock must not be asked."""
    return _Present.clock.held


def used() -> Clock:
    """The clock in use."""
    return _Present.clock


def use(clock: Clock) -> None:
    """Put another clock in use for the whole process."""
    _Present.clock = clock
    _Present.ahead = None

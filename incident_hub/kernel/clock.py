"""The one place that knows what time it is; everyone else is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


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


class _Present:
    clock: Clock = SystemClock()


def now() -> datetime:
    """The present instant by the clock in use."""
    return _Present.clock.now()


def is_held() -> bool:
    """Whether time moves only by hand, so that a database clock must not be asked."""
    return _Present.clock.held


def use(clock: Clock) -> None:
    """Put another clock in use for the whole process."""
    _Present.clock = clock

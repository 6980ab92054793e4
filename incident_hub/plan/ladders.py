"""Who is reached, when, and over which channels, as long as a debt is not answered: the rungs of a ladder. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta


@dataclass(frozen=True)
class Owed:
    """A post of a party: who owes, or whom a step reaches. Shape: party is a party's code or a special word."""

    post: str
    party: str


@dataclass(frozen=True)
class Step:
    """One rung of a ladder.

    Shape: exactly one of `after` (from the start), `before_due` and `after_due` is set. `up_to` counts the first time
    too: repeat 1m up to 5 sounds at 0, 1, 2, 3 and 4 minutes.
    """

    kind: str
    to: tuple[Owed, ...]
    channels: tuple[str, ...]
    after: timedelta | None = None
    before_due: timedelta | None = None
    after_due: timedelta | None = None
    repeat: timedelta | None = None
    up_to: int | None = None
    discloses: str | None = None

    def offset(self, within: timedelta) -> timedelta:
        """How long after the start of a debt of this length the step is due."""
        if self.after is not None:
            return self.after
        if self.before_due is not None:
            return within - self.before_due
        return within + (self.after_due or timedelta())


@dataclass(frozen=True)
class Loop:
    """The whole ladder again when nobody answered. Units: round n begins n × `every` after the start of the debt."""

    times: int
    every: timedelta


@dataclass(frozen=True)
class Ladder:
    """The steps of one debt, in the order they are taken.

    Shape: `loop` repeats them and then calls every post that may know; without it they are taken once. Units: calls
    to one person within `bundle` of each other go out as one message; between the wall times of `quiet`, in the
    operation's zone, a call's clock stands still, unless life safety or attention A is at stake.
    """

    code: str
    steps: tuple[Step, ...]
    loop: Loop | None = None
    bundle: timedelta | None = None
    quiet: tuple[time, time] | None = None

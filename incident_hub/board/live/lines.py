"""The open lines of this process: how many there may be, how much each may say, and how long one may keep silent.

A line is one WebSocket, from the knock to the end, and belongs to the session or token it came with.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from incident_hub.kernel.turns import Bucket

log = logging.getLogger(__name__)

# Whoever has knocked enters within this time, or the line is cut. Units: seconds.
ENTER_WITHIN = 10.0
# What a line may say: events a second for long, and at once. A board says one now and then.
SAYS, SAYS_AT_ONCE = 5.0, 20.0
# How often one session or token may knock in a second, for long; at once, so many times all its lines may come back.
# A line that was cut because of what it said counts for a quarter of those, and at worst 10 seconds are waited.
KNOCKS, COMES_BACK, FORFEITS, LONGEST_PAUSE = 2.0, 3, 0.25, 10.0
# Letters that wait for a client that does not read; whoever has more waiting is cut off, and asks again when it can.
MOST_WAITING = 4 << 20
# How often the same refusal is logged. Units: seconds.
_TOLD_EVERY = 10.0


@dataclass(frozen=True)
class Caps:
    """How many lines there may be at once: in all, from one address, of one session or token."""

    overall: int = 2000
    address: int = 600
    session: int = 32
    token: int = 600


@dataclass(eq=False)
class Line:
    """One line. Shape: `owner` is a session or a token; `waiting` are letters not yet sent."""

    address: str
    owner: str
    knocked: float = field(default_factory=time.monotonic)
    entered: bool = False
    abused: bool = False
    waiting: int = 0
    says: Bucket = field(default_factory=lambda: Bucket(SAYS, SAYS_AT_ONCE))
    end: Callable[[], None] = lambda: None

    def may_say(self) -> bool:
        """Whether one more message is heard."""
        self.abused = self.abused or not self.says.take(time.monotonic())
        return not self.abused

    def late(self, now: float) -> bool:
        """Whether it should have entered by now."""
        return not self.entered and now - self.knocked > ENTER_WITHIN


class Lines:
    """All lines of this process, counted."""

    def __init__(self, caps: Caps) -> None:
        self.caps = caps
        self.open: set[Line] = set()
        self._of_address: Counter[str] = Counter()
        self._of_owner: Counter[str] = Counter()
        self._knocks: dict[str, Bucket] = {}
        self._told: dict[str, tuple[float, int]] = {}

    def knock(self, address: str, owner: str, *, machine: bool) -> Line | None:
        """A line for whoever knocks; None when there are too many, or they knock too often."""
        most = self.caps.token if machine else self.caps.session
        full = (
            "overall" if len(self.open) >= self.caps.overall
            else "from one address" if self._of_address[address] >= self.caps.address
            else "of one session" if self._of_owner[owner] >= most
            else None
        )  # fmt: skip
        if full is None and not self._knocked(owner, COMES_BACK * most):
            full = "by one session in a short time"
        if full:
            self.tell(f"refused: too many {full}")
            return None
        made = Line(address, owner)
        self.open.add(made)
        self._of_address[address] += 1
        self._of_owner[owner] += 1
        return made

    def leave(self, line: Line) -> None:
        """A line is over."""
        if line in self.open:
            self.open.discard(line)
            for counted, key in ((self._of_address, line.address), (self._of_owner, line.owner)):
                counted[key] -= 1
                if counted[key] <= 0:
                    del counted[key]
            if line.abused:
                self.tell("cut: it said too much, or what no board says")
                knocks = self._knocks[line.owner]
                knocks.left = max(knocks.left - knocks.most * FORFEITS, LONGEST_PAUSE * -KNOCKS)

    def end_late(self) -> None:
        """Cut those that knocked and never entered."""
        now = time.monotonic()
        for line in [one for one in self.open if one.late(now)]:
            self.cut(line, "it never entered")

    def cut(self, line: Line, why: str) -> None:
        """End a line from this side."""
        self.tell(f"cut: {why}")
        line.end()

    def tell(self, what: str) -> None:
        """Say in the log what was refused: at once, then its count every ten seconds."""
        since, count = self._told.get(what, (float("-inf"), 0))
        now = time.monotonic()
        if now - since < _TOLD_EVERY:
            self._told[what] = (since, count + 1)
            return
        self._told[what] = (now, 0)
        log.warning(
            "a live line was %s%s (%d are open)", what, f", {count} times more" if count else "", len(self.open)
        )

    def _knocked(self, owner: str, at_once: int) -> bool:
        now = time.monotonic()
        if len(self._knocks) > 10 * self.caps.overall:
            # Whoever has not knocked for so long that it may knock as often as ever is nobody to remember.
            self._knocks = {key: one for key, one in self._knocks.items() if not one.full(now)}
        return self._knocks.setdefault(owner, Bucket(KNOCKS, at_once)).take(now)

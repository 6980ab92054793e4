"""What failed is put aside for a while that grows every time, so that one bad row never stops the others. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)


@dataclass
class Aside:
    """Things that failed, each left alone until an instant that lies further off every time."""

    until: dict[str, datetime] = field(default_factory=dict[str, datetime])
    failures: dict[str, int] = field(default_factory=dict[str, int])

    def left_alone(self, at: datetime) -> list[str]:
        """What is left alone at this instant."""
        return [one for one, until in self.until.items() if until > at]

    def put(self, one: str, at: datetime) -> timedelta:
        """Leave a thing alone, and say for how long."""
        self.failures[one] = self.failures.get(one, 0) + 1
        pause = min(FIRST_PAUSE * 2 ** min(self.failures[one] - 1, 16), LONGEST_PAUSE)
        self.until[one] = at + pause
        return pause

    def done(self, one: str) -> None:
        """A thing went well; it starts afresh."""
        self.until.pop(one, None)
        self.failures.pop(one, None)

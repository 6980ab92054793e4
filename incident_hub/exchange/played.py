"""What became of a file played as live traffic, counted and in sentences. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Played:
    """The account of one replay.

    Shape: every step due within the time is acknowledged, refused, lost (no answer in time) or left out, each with
    its reason; `run` continues this replay when it is given again.
    Units: `lag` is the most a step was late, in seconds.
    """

    run: str
    incidents: int = 0
    acknowledged: int = 0
    refused: Counter[str] = field(default_factory=Counter[str])
    lost: Counter[str] = field(default_factory=Counter[str])
    left_out: Counter[str] = field(default_factory=Counter[str])
    again: int = 0
    lag: float = 0.0
    seconds: float = 0.0
    stopped: str | None = None

    @property
    def sent(self) -> int:
        """Requests sent, each counted once however often it was tried."""
        return self.acknowledged + self.refused.total() + self.lost.total()

    def sentences(self) -> list[str]:
        """The account as it is printed."""
        refused, lost = self.refused.total(), self.lost.total()
        became = f"{self.acknowledged} acknowledged, {refused} refused, {lost} without an answer"
        said = [
            f"{self.sent} requests sent in {self.seconds:.1f} s: {became}; {self.incidents} incidents opened.",
            f"{self.again} times a request was sent again; the furthest behind was {self.lag:.1f} s.",
        ]
        for name, reasons in (("Refused", self.refused), ("No answer", self.lost), ("Left out", self.left_out)):
            said += [f"{name}, {count} times: {reason}" for reason, count in reasons.most_common(10)]
        if self.stopped:
            said.append(f"It was stopped: {self.stopped}.")
        said.append(f"This was run {self.run}; give --run {self.run} to go on with it without sending anything twice.")
        return said

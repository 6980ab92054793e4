"""Where everything of a drawn timeline stands: lanes for posts, a scale that gives quiet hours little room. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from incident_hub.plan.vocabulary import POSTS

from .timeline import Debt, Timeline

LEFT, RIGHT, TOP, BOTTOM = 214, 36, 92, 34
BAR, MARK, PAD = 13, 17, 8
_NEAR = 12
# What lies between two instants takes at least and at most so much room, and a minute about eleven pixels at first.
_LEAST, _MOST, _MINUTE = 13.0, 150.0, 11.0

Lane = tuple[str, str]


@dataclass(frozen=True)
class Mark:
    """One thing at one instant in one lane. Shape: `kind` is how it is drawn, `words` what it says when pointed at."""

    at: datetime
    kind: str
    words: str


@dataclass
class Row:
    """A lane: the debts its post owes and the marks in it, packed so that none covers another."""

    lane: Lane
    top: float = 0
    bars: list[tuple[Debt, int]] = field(default_factory=list["tuple[Debt, int]"])
    marks: list[tuple[Mark, int]] = field(default_factory=list["tuple[Mark, int]"])

    @property
    def bar_rows(self) -> int:
        """How many bars lie above each other."""
        return max((row for _, row in self.bars), default=-1) + 1

    @property
    def height(self) -> float:
        """How much room it takes."""
        return PAD * 2 + self.bar_rows * BAR + (max((row for _, row in self.marks), default=0) + 1) * MARK


class Scale:
    """From an instant to a place on the drawing; the longer nothing happens, the less room a minute gets."""

    def __init__(self, instants: Iterable[datetime]) -> None:
        self.instants = sorted(set(instants))
        self.places: list[float] = []
        x = float(LEFT + 14)
        for number, at in enumerate(self.instants):
            if number:
                minutes = (at - self.instants[number - 1]) / timedelta(minutes=1)
                x += min(max(_MINUTE * minutes**0.6, _LEAST), _MOST)
            self.places.append(x)

    @property
    def width(self) -> float:
        """How wide the drawing becomes."""
        return (self.places[-1] if self.places else LEFT) + RIGHT

    def x(self, at: datetime) -> float:
        """Where an instant stands; between two known ones in proportion."""
        if not self.instants or at <= self.instants[0]:
            return self.places[0] if self.places else LEFT
        for number in range(1, len(self.instants)):
            low, high = self.instants[number - 1], self.instants[number]
            if at <= high:
                share = (at - low) / (high - low)
                return self.places[number - 1] + share * (self.places[number] - self.places[number - 1])
        return self.places[-1]


def scale_of(timeline: Timeline) -> Scale:
    """The scale on which everything of the timeline has its place."""
    instants = [timeline.start, timeline.until, *(one.at for one in timeline.moments)]
    instants += [one.at for one in timeline.steps]
    for debt in timeline.debts:
        instants += [one for one in (debt.opened_at, debt.due_at, debt.met_at, debt.ended_at) if one]
    return Scale(at for at in instants if timeline.start <= at <= timeline.until)


def rows_of(timeline: Timeline, marks: Sequence[tuple[Lane, Mark]], scale: Scale) -> list[Row]:
    """The lanes from top to bottom: desks as they come in, and in each the posts from the officer upwards."""
    lanes = [(debt.desk, debt.post) for debt in timeline.debts] + [lane for lane, _ in marks]
    desks = list(dict.fromkeys(desk for desk, _ in lanes))
    ordered = sorted(dict.fromkeys(lanes), key=lambda lane: (desks.index(lane[0]), _rank(lane[1])))
    rows = {lane: Row(lane) for lane in ordered}
    for debt in timeline.debts:
        row = rows[debt.desk, debt.post]
        ends = [scale.x(bar_end(other, timeline)) for other, _ in row.bars]
        row.bars.append((debt, _free(row.bars, scale.x(bar_start(debt, timeline)), ends)))
    for lane, mark in sorted(marks, key=lambda one: one[1].at):
        row = rows[lane]
        ends = [scale.x(other.at) + _NEAR for other, _ in row.marks]
        row.marks.append((mark, _free(row.marks, scale.x(mark.at), ends)))
    top = float(TOP)
    for row in rows.values():
        row.top = top
        top += row.height
    return list(rows.values())


def _free(placed: Sequence[tuple[object, int]], x: float, ends: Sequence[float]) -> int:
    """The first level on which nothing reaches as far as here."""
    taken = {level for (_, level), end in zip(placed, ends, strict=True) if end > x}
    return next(level for level in range(len(placed) + 1) if level not in taken)


def bar_start(debt: Debt, timeline: Timeline) -> datetime:
    """Where the bar of a debt begins on the drawing."""
    return max(debt.starts_at, timeline.start)


def bar_end(debt: Debt, timeline: Timeline) -> datetime:
    """Where it ends: when it was answered, or by when it was owed, whichever is later."""
    return min(max(debt.due_at, debt.ended_at or debt.due_at), timeline.until)


def _rank(post: str) -> tuple[int, str]:
    return (POSTS.index(post) if post in POSTS else len(POSTS), post)

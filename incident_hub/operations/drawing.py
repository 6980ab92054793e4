"""A ladder drawn as a timeline: rungs on a line of time, the deadline as a flag. Attributes only, no style (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from math import log1p

from incident_hub.plan.contingency import Ladder, Step
from incident_hub.plan.durations import write_duration

WIDTH, LEFT, RIGHT, LINE, HEIGHT = 760, 28, 44, 44, 92
# Marks closer than this could not be told apart.
GAP = 40
# Whoever repeats more often than this repeats until somebody answers; more dots would say no more.
MOST_REPEATS = 6


@dataclass(frozen=True)
class Mark:
    """One mark on the line. Shape: `kind` is call, remind, inform or due; `repeat` is a time after the first."""

    at: timedelta
    kind: str
    label: str
    repeat: bool = False


def marks(ladder: Ladder, within: timedelta) -> list[Mark]:
    """The rungs of one round with their first few repeats, and the deadline, in the order they come.

    Units: `within` is how long the debt has.
    """
    found = [Mark(within, "due", "")]
    for place, step in enumerate(ladder.steps, 1):
        found += _rung(step, place, within)
    return sorted(found, key=lambda one: (one.at, one.kind == "due", one.label))


def draw(ladder: Ladder, within: timedelta, title: str, due: str) -> str:
    """The ladder as an SVG image. Shape: `title` is what a reader without eyes hears; `due` stands at the flag."""
    found = marks(ladder, within)
    places = _places([one.at for one in found])
    width = max(WIDTH, int(places[-1]) + RIGHT)
    size = f'viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}"'
    parts = [
        f'<svg class="ladder" {size} role="img" aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg">',
        f'<line class="axis" x1="{LEFT}" y1="{LINE}" x2="{width - 12}" y2="{LINE}"/>',
    ]
    shown: timedelta | None = None
    for one, x in zip(found, places, strict=True):
        parts.append(_flag(x, due) if one.kind == "due" else _shape(one, x))
        if one.at != shown:
            parts.append(f'<text class="when" x="{x:.0f}" y="{LINE + 36}" text-anchor="middle">{_when(one.at)}</text>')
            shown = one.at
    return "".join([*parts, "</svg>"])


def _rung(step: Step, place: int, within: timedelta) -> list[Mark]:
    at = step.offset(within)
    found = [Mark(at, step.kind, str(place))]
    if step.repeat and step.up_to:
        found += [
            Mark(at + step.repeat * turn, step.kind, str(place), repeat=True)
            for turn in range(1, min(step.up_to, MOST_REPEATS))
        ]
    return found


def _places(instants: Sequence[timedelta]) -> list[float]:
    """Where each instant stands: early minutes wide, late hours narrow, and what is simultaneous side by side."""
    seconds = [max(one.total_seconds(), 0.0) for one in instants]
    unit = min((one for one in seconds if one > 0), default=60.0)
    furthest = log1p(max(seconds) / unit) or 1.0
    room = WIDTH - LEFT - RIGHT
    found: list[float] = []
    for one in seconds:
        wanted = LEFT + 14 + room * log1p(one / unit) / furthest
        found.append(max(wanted, found[-1] + GAP) if found else wanted)
    return found


def _shape(one: Mark, x: float) -> str:
    if one.repeat:
        return f'<circle class="{one.kind} repeat" cx="{x:.0f}" cy="{LINE}" r="4"/>'
    number = f'<text class="number {one.kind}" x="{x:.0f}" y="{LINE + 4}" text-anchor="middle">{one.label}</text>'
    if one.kind == "call":
        return f'<circle class="call" cx="{x:.0f}" cy="{LINE}" r="13"/>{number}'
    if one.kind == "remind":
        return f'<rect class="remind" x="{x - 12:.0f}" y="{LINE - 12}" width="24" height="24" rx="3"/>{number}'
    top = f"{x:.0f},{LINE - 15} {x + 15:.0f},{LINE} {x:.0f},{LINE + 15} {x - 15:.0f},{LINE}"
    return f'<polygon class="inform" points="{top}"/>{number}'


def _flag(x: float, due: str) -> str:
    return (
        f'<line class="due" x1="{x:.0f}" y1="8" x2="{x:.0f}" y2="{LINE + 18}"/>'
        f'<text class="due" x="{x + 5:.0f}" y="16">{escape(due)}</text>'
    )


def _when(at: timedelta) -> str:
    return f"−{write_duration(-at)}" if at < timedelta() else write_duration(at)

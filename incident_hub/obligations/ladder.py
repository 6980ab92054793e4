"""Ladders: which steps a debt arms, which of those overdue are sent, which are passed on. Pure.

A step is `chasing` when it calls or reminds; informing tells somebody and hurries nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from incident_hub.plan.contingency import Ladder

CAP = 60
GRACE = timedelta(seconds=15)
LATE = timedelta(seconds=5)
CHASING = ("call", "remind")
OUTAGE = "outage"
ENTERED_LATE = "entered_late"


@dataclass(frozen=True)
class ArmedStep:
    """One rung at its instant. Shape: `to` is ((post, party), …); occurrence 0 is the first time."""

    step: int
    occurrence: int
    kind: str
    at: datetime
    to: tuple[tuple[str, str], ...]
    channels: tuple[str, ...]
    discloses: str | None = None


@dataclass(frozen=True)
class Overdue:
    """A step whose instant has come."""

    step: int
    occurrence: int
    at: datetime


@dataclass(frozen=True)
class CaughtUp:
    """What becomes of the overdue steps of one debt. Shape: `withheld` pairs each step with the reason."""

    to_send: tuple[Overdue, ...]
    withheld: tuple[tuple[Overdue, str], ...]


def arm(ladder: Ladder, starts_at: datetime, due_at: datetime) -> list[ArmedStep]:
    """Every step of a ladder at its absolute instant, in the order they come due.

    A step repeats until it has been taken `up_to` times or the next chasing step takes over, whichever is first, and
    never more than 60 times. What a plan wants before the debt began comes due as it begins. Source: rulings 16.
    """
    within = due_at - starts_at
    firsts = [max(starts_at, starts_at + step.offset(within)) for step in ladder.steps]
    chasing = [at for at, step in zip(firsts, ladder.steps, strict=True) if step.kind in CHASING]
    armed: list[ArmedStep] = []
    for place, (first, step) in enumerate(zip(firsts, ladder.steps, strict=True)):
        to = tuple((owed.post, owed.party) for owed in step.to)
        until = min((at for at in chasing if at > first), default=None)
        for occurrence, at in enumerate(_instants(first, step.repeat, step.up_to, until)):
            armed.append(ArmedStep(place, occurrence, step.kind, at, to, step.channels, step.discloses))
    return sorted(armed, key=lambda one: (one.at, one.step, one.occurrence))


def catch_up(overdue: Sequence[Overdue], at: datetime, entered_at: datetime, grace: timedelta = GRACE) -> CaughtUp:
    """Which overdue steps of one debt are sent.

    As long as nothing is later than the grace, all are. After an outage only the highest rung is, and those below
    are withheld; steps of one instant are one rung. What was overdue before the debt was entered is withheld for
    that reason. Source: rulings 17.
    """
    if all(at - step.at <= grace for step in overdue):
        return CaughtUp(tuple(overdue), ())
    highest = max(step.at for step in overdue)
    withheld = [(step, ENTERED_LATE if step.at < entered_at else OUTAGE) for step in overdue if step.at < highest]
    return CaughtUp(tuple(step for step in overdue if step.at == highest), tuple(withheld))


def late_seconds(step_at: datetime, entered_at: datetime, at: datetime) -> float | None:
    """How late the Hub took a step; None within 5 seconds. What was entered late is not the Hub's lateness."""
    lateness = at - max(step_at, entered_at)
    return lateness.total_seconds() if lateness > LATE else None


def passes_on(
    kind: str,
    to: Iterable[Sequence[str]],
    reached: Iterable[str],
    named_before: Iterable[Sequence[str]],
    reached_before: Iterable[str],
) -> bool:
    """Whether the next rung is taken at once, because this one reached nobody new.

    A step that names the same posts again means to reach the same people again; it passes on only when it reached
    nobody at all. One that names another post and finds the same person there passes on. Informing never does.
    Source: contract, “The plan file”.
    """
    if kind not in CHASING:
        return False
    people = set(reached)
    if not people:
        return True
    named = {tuple(one) for one in named_before}
    somebody_else = any(tuple(one) not in named for one in to)
    return somebody_else and people <= set(reached_before)


def slack(due_at: datetime, met_at: datetime | None) -> float | None:
    """Seconds left when a debt was met; negative when it was late, None while it is not met."""
    return None if met_at is None else (due_at - met_at).total_seconds()


def _instants(first: datetime, repeat: timedelta | None, up_to: int | None, until: datetime | None) -> list[datetime]:
    if repeat is None or repeat <= timedelta():
        return [first]
    found = [first + repeat * count for count in range(min(up_to or CAP, CAP))]
    return [at for at in found if at == first or until is None or at < until]

"""Ladders: which rungs a debt arms, which of those overdue are sent, which are passed on. Pure.

A rung is `chasing` when it calls or reminds; informing tells somebody and hurries nobody. A ladder that loops has
rounds; after the last one comes the last call of all, to every post that may know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from incident_hub.plan.contingency import Ladder, Step

from .quiet import Quiet, walk

CAP = 60
GRACE = timedelta(seconds=15)
LATE = timedelta(seconds=5)
CHASING = ("call", "remind")
OUTAGE = "outage"
ENTERED_LATE = "entered_late"
# Whom the last call of all reaches: every post of every desk that may know.
EVERYBODY = (("every", "access"),)


@dataclass(frozen=True)
class Hung:
    """What a ladder hangs on: the start and the deadline of a debt, and whether its calls may wait for the morning.

    Shape: `urgent` when life safety or attention A is at stake. Units: aware UTC; `zone` is the operation's.
    """

    starts_at: datetime
    due_at: datetime
    zone: str = "UTC"
    urgent: bool = False


@dataclass(frozen=True)
class Rung:
    """One step of one debt at its instant.

    Shape: `to` is ((post, party), …); occurrence 0 is the first time; `step` counts on from round to round; `state`
    is armed, taken, withheld or stopped; `reached` are the members it reached. `at` differs from `planned_at` when
    the rung before reached nobody and this one took over sooner.
    """

    step: int
    occurrence: int
    kind: str
    at: datetime
    planned_at: datetime
    to: tuple[tuple[str, str], ...]
    channels: tuple[str, ...]
    discloses: str | None = None
    round: int = 0
    state: str = "armed"
    reached: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[int, int]:
        """Which step of its debt it is."""
        return self.step, self.occurrence

    @property
    def exhausts(self) -> bool:
        """Whether it is the last call of all."""
        return self.to == EVERYBODY

    @property
    def chases(self) -> bool:
        """Whether it hurries anybody."""
        return self.kind in CHASING


@dataclass(frozen=True)
class CaughtUp:
    """What becomes of the overdue rungs of one debt. Shape: `withheld` pairs each rung with the reason."""

    to_send: tuple[Rung, ...]
    withheld: tuple[tuple[Rung, str], ...]


def rounds(ladder: Ladder) -> int:
    """How many times the ladder is climbed at most; a ladder that hurries nobody is not climbed again."""
    chases = any(step.kind in CHASING for step in ladder.steps)
    return 1 + (ladder.loop.times if ladder.loop and chases else 0)


def round_in_course(ladder: Ladder, hung: Hung, at: datetime) -> int:
    """The round whose time has come at an instant, which may be the last call of all."""
    last = rounds(ladder)
    begun = (number for number in range(last, 0, -1) if last > 1 and _begins(ladder, hung, number) <= at)
    return next(begun, 0)


def arm(ladder: Ladder, hung: Hung, round: int = 0) -> list[Rung]:
    """Every rung of one round at its absolute instant, in the order they come due.

    A rung repeats until it has been taken `up_to` times or the next chasing rung takes over, whichever is first, and
    never more than 60 times. What a plan wants before the debt began comes due as it begins. After the last round
    there is the last call, and after that nothing. Source: rulings 16.
    """
    if round >= rounds(ladder):
        return [_last_call(ladder, hung)] if round == rounds(ladder) > 1 else []
    firsts = [_instant(ladder, hung, step, round) for step in ladder.steps]
    chasing = [at for at, step in zip(firsts, ladder.steps, strict=True) if step.kind in CHASING]
    if rounds(ladder) > 1:
        chasing.append(_begins(ladder, hung, round + 1))
    armed: list[Rung] = []
    for place, (first, step) in enumerate(zip(firsts, ladder.steps, strict=True)):
        to = tuple((owed.post, owed.party) for owed in step.to)
        until = min((at for at in chasing if at > first), default=None)
        number = round * len(ladder.steps) + place
        for occurrence, at in enumerate(_repeats(ladder, hung, step, round, until)):
            armed.append(Rung(number, occurrence, step.kind, at, at, to, step.channels, step.discloses, round))
    return sorted(armed, key=lambda one: (one.at, one.step, one.occurrence))


def catch_up(overdue: Sequence[Rung], at: datetime, entered_at: datetime, grace: timedelta = GRACE) -> CaughtUp:
    """Which overdue rungs of one debt are sent.

    As long as nothing is later than the grace, all are. After an outage only the highest rung is, and those below
    are withheld; rungs of one instant are one. A rung that only informs never outranks one that calls or reminds: it
    is sent beside it. What was overdue before the debt was entered is withheld for that reason. Source: rulings 17.
    """
    if all(at - one.at <= grace for one in overdue):
        return CaughtUp(tuple(overdue), ())
    highest = max(one.at for one in [one for one in overdue if one.chases] or overdue)
    withheld = [(one, ENTERED_LATE if one.at < entered_at else OUTAGE) for one in overdue if one.at < highest]
    return CaughtUp(tuple(one for one in overdue if one.at >= highest), tuple(withheld))


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


def _last_call(ladder: Ladder, hung: Hung) -> Rung:
    calls = [channel for step in ladder.steps if step.kind == "call" for channel in step.channels]
    channels = tuple(dict.fromkeys(calls or [channel for step in ladder.steps for channel in step.channels]))
    last = rounds(ladder)
    at = _begins(ladder, hung, last)
    return Rung(last * len(ladder.steps), 0, "call", at, at, EVERYBODY, channels, None, last)


def _begins(ladder: Ladder, hung: Hung, round: int) -> datetime:
    """When somebody is first hurried in a round; after the last round, when everybody is called."""
    if round >= rounds(ladder):
        return walk(hung.starts_at, _shift(ladder, round), _quiet(ladder, hung, "call"), hung.zone)
    return min(_instant(ladder, hung, step, round) for step in ladder.steps if step.kind in CHASING)


def _instant(ladder: Ladder, hung: Hung, step: Step, round: int, repeats: timedelta = timedelta()) -> datetime:
    further, quiet = _shift(ladder, round) + repeats, _quiet(ladder, hung, step.kind)
    if step.before_due is not None:
        return max(hung.starts_at, hung.due_at - step.before_due) + further
    if step.after is not None:
        return walk(hung.starts_at, step.after + further, quiet, hung.zone)
    return walk(max(hung.starts_at, hung.due_at), (step.after_due or timedelta()) + further, quiet, hung.zone)


def _shift(ladder: Ladder, round: int) -> timedelta:
    return ladder.loop.every * round if ladder.loop else timedelta()


def _quiet(ladder: Ladder, hung: Hung, kind: str) -> Quiet | None:
    return ladder.quiet if kind == "call" and not hung.urgent else None


def _repeats(ladder: Ladder, hung: Hung, step: Step, round: int, until: datetime | None) -> list[datetime]:
    if step.repeat is None or step.repeat <= timedelta():
        return [_instant(ladder, hung, step, round)]
    every = step.repeat
    found = [_instant(ladder, hung, step, round, every * count) for count in range(min(step.up_to or CAP, CAP))]
    return [at for at in found if at == found[0] or until is None or at < until]

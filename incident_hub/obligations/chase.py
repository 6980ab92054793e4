"""The chase of one debt: everything the clock and an answer do to its ladder, decided without a database. Pure.

The engine and the simulation both live by this file. A debt is `Chased`, its steps are `Rung`s; nothing here changes
either, every function says what changes. A driver goes on like this:

    rungs = begin(debt, at)
    at next_at(debt, rungs):
        now = due(debt, rungs, at);  rungs += now.armed
        each of now.withheld         rungs = mark(rungs, rung.key, "withheld")
        each of now.send, if still armed:
            reached = reach.reach(debt, rung, world)       whom it reaches, as things stand
            turn = take(debt, rungs, rung, people, reached.answered)
            rungs = apply(mark(rungs, rung.key, "taken", people), turn)
        rungs += go_on(debt, rungs)                        the next round, or the last call of all
        is_missed(debt, at)                                then its state is missed, and the chase goes on
    on an answer:       stopped = answered(rungs, …) or quietened(debt, rungs);  then go_on
    on an extension:    turn = extend(debt, rungs)
    when it has ended:  stopped = answered(rungs)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from incident_hub.plan.contingency import Ladder

from . import ladder as climbing
from .ladder import Hung, Rung

Key = tuple[int, int]
UNANSWERED = ("open", "missed")


@dataclass(frozen=True)
class Chased:
    """A debt as far as its chase goes.

    Shape: `state` and `acknowledged` as the debt has them; `seen_by` are `agency/desk:post`; `entered_late` when it
    was due before it was entered; `moved` when it came from another desk with its clock; `extended` when its deadline
    is no longer the plan's. Units: aware UTC.
    """

    agency: str
    desk: str
    force: str
    starts_at: datetime
    opened_at: datetime
    due_at: datetime
    ladder: Ladder | None
    zone: str = "UTC"
    urgent: bool = False
    state: str = "open"
    acknowledged: str | None = None
    seen_by: tuple[str, ...] = ()
    entered_late: bool = False
    moved: bool = False
    extended: bool = False

    @property
    def hung(self) -> Hung:
        """Where its ladder hangs. What was due before it was entered cannot be chased in the past (rulings 18)."""
        delay = self.opened_at - self.starts_at if self.entered_late and not self.moved else timedelta()
        due_at = self.due_at if self.extended else self.due_at + delay
        return Hung(self.starts_at + delay, due_at, self.zone, self.urgent)

    @property
    def unanswered(self) -> bool:
        """Whether nobody has said that they act: only then is the ladder climbed again."""
        return self.state in UNANSWERED and self.acknowledged != "taken"


@dataclass(frozen=True)
class Due:
    """What an instant brings.

    Shape: `armed` are rungs of rounds that began and passed unseen; `withheld` pairs rungs with the reason; `send` in
    order; `late` says that there was an outage.
    """

    armed: tuple[Rung, ...] = ()
    withheld: tuple[tuple[Rung, str], ...] = ()
    send: tuple[Rung, ...] = ()
    late: bool = False


@dataclass(frozen=True)
class Turn:
    """What changes in a chase. Shape: `sooner` gives rungs their new instant; `passed_on` is None when none is left."""

    stopped: tuple[Key, ...] = ()
    sooner: Mapping[Key, datetime] = field(default_factory=dict[Key, datetime])
    armed: tuple[Rung, ...] = ()
    passes: bool = False
    passed_on: int | None = None


def begin(debt: Chased, at: datetime) -> tuple[Rung, ...]:
    """The rungs that a debt arms as it opens: one round. What came from another desk goes on where its clock is."""
    if debt.ladder is None:
        return ()
    number = climbing.round_in_course(debt.ladder, debt.hung, at) if debt.moved else 0
    return tuple(climbing.arm(debt.ladder, debt.hung, number))


def next_at(debt: Chased, rungs: Sequence[Rung]) -> datetime | None:
    """When the clock next has something to do here: a rung, or the deadline."""
    due = [one.at for one in rungs if one.state == "armed"]
    return min([*due, debt.due_at] if debt.state == "open" else due, default=None)


def is_missed(debt: Chased, at: datetime) -> bool:
    """Whether its deadline passes unanswered at this instant."""
    return debt.state == "open" and debt.due_at <= at


def due(debt: Chased, rungs: Sequence[Rung], at: datetime) -> Due:
    """Which rungs come due, and which of them are sent; after an outage only the highest of all rounds (rulings 17)."""
    known, armed = list(rungs), list[Rung]()
    while _slept(known, at):
        further = go_on(debt, known, overdue_by=at)
        if not further or min(one.at for one in further) > at:
            break
        known += further
        armed += further
    overdue = sorted(_armed_by(known, at), key=lambda one: (one.at, one.key))
    if not overdue:
        return Due()
    caught = climbing.catch_up(overdue, at, debt.opened_at)
    late = any(why == climbing.OUTAGE for _, why in caught.withheld)
    return Due(tuple(armed), caught.withheld, caught.to_send, late)


def take(
    debt: Chased, rungs: Sequence[Rung], rung: Rung, people: Collection[str], answered: bool, at: datetime
) -> Turn:
    """What follows from a rung that has been taken: nothing, or the next rung of its round takes over at once.

    Shape: `people` are those it can reach by at least one channel; `answered` when it was not called because its post
    has seen it. Passing on never leaves a round: each round begins at its own instant, and nobody is hurried through
    all of them at once because a post is vacant.
    """
    before = [one for one in rungs if one.state == "taken" and one.round == rung.round and one.key != rung.key]
    named = [to for one in before for to in one.to]
    known = [member for one in before for member in one.reached]
    if rung.exhausts or answered or not climbing.passes_on(rung.kind, rung.to, people, named, known):
        return Turn()
    later = [one for one in rungs if one.state == "armed" and one.chases and one.round == rung.round]
    later = sorted((one for one in later if one.step > rung.step), key=lambda one: one.key)
    following = [one for one in later if one.step == later[0].step]
    if not following:
        return Turn(passes=True)
    own = tuple(one.key for one in rungs if one.step == rung.step and one.state == "armed" and one.key != rung.key)
    sooner = max(following[0].at - at, timedelta())
    return Turn(own, {one.key: one.at - sooner for one in following}, (), passes=True, passed_on=following[0].step)


def go_on(debt: Chased, rungs: Sequence[Rung], overdue_by: datetime | None = None) -> tuple[Rung, ...]:
    """The next round, or the last call of all, once nothing of this round chases any more and nobody has answered.

    Shape: with `overdue_by`, rungs due by then count as done with.
    """
    if debt.ladder is None or not rungs or not debt.unanswered:
        return ()
    number = max(one.round for one in rungs)
    still = (one for one in rungs if one.round == number and one.state == "armed" and one.chases)
    if any(overdue_by is None or one.at > overdue_by for one in still):
        return ()
    further = climbing.arm(debt.ladder, debt.hung, number + 1)
    quiet = set(quietened(debt, further))
    return tuple(one for one in further if one.key not in quiet)


def answered(rungs: Sequence[Rung], *, calls_only: bool = False) -> tuple[Key, ...]:
    """The rungs that stop because a debt has ended or somebody acts; of a clock that runs on, only those that sound."""
    return tuple(one.key for one in rungs if one.state == "armed" and (one.kind == "call" or not calls_only))


def quietened(debt: Chased, rungs: Sequence[Rung]) -> tuple[Key, ...]:
    """The repeats that stop because every post they would reach has seen it; first calls are made all the same."""
    seen = {tuple(one.split(":", 1)) for one in debt.seen_by}

    def silent(rung: Rung) -> bool:
        return all(party == "own" and (debt.desk, post) in seen for post, party in rung.to)

    return tuple(one.key for one in rungs if one.state == "armed" and one.occurrence > 0 and silent(one))


def extend(debt: Chased, rungs: Sequence[Rung]) -> Turn:
    """What hangs on the deadline is hung again on the new one. Shape: `debt` has its new deadline already.

    Reminders taken before the old deadline are taken again before the new one, as further occurrences of their step.
    """
    if debt.ladder is None or not rungs:
        return Turn()
    number = max(one.round for one in rungs)
    hanging = {place for place, step in enumerate(debt.ladder.steps) if step.after is None}
    mine = {number * len(debt.ladder.steps) + place for place in hanging}
    stopped = tuple(one.key for one in rungs if one.step in mine and one.state == "armed")
    so_far = {step: max((one.occurrence for one in rungs if one.step == step), default=-1) + 1 for step in mine}
    again = [one for one in climbing.arm(debt.ladder, debt.hung, number) if one.step in mine]
    again = [one for one in again if debt.acknowledged != "taken" or one.kind != "call"]
    return Turn(stopped, armed=tuple(replace(one, occurrence=one.occurrence + so_far[one.step]) for one in again))


def mark(rungs: Sequence[Rung], key: Key, state: str, reached: Sequence[str] = ()) -> tuple[Rung, ...]:
    """The rungs with one of them taken, withheld or stopped."""
    return tuple(replace(one, state=state, reached=tuple(reached)) if one.key == key else one for one in rungs)


def apply(rungs: Sequence[Rung], turn: Turn) -> tuple[Rung, ...]:
    """The rungs after a turn."""
    changed = [replace(one, state="stopped") if one.key in turn.stopped else one for one in rungs]
    return (*(replace(one, at=turn.sooner[one.key]) if one.key in turn.sooner else one for one in changed), *turn.armed)


def is_armed(rungs: Sequence[Rung], key: Key) -> bool:
    """Whether a rung still waits to be taken."""
    return any(one.key == key and one.state == "armed" for one in rungs)


def _armed_by(rungs: Sequence[Rung], at: datetime) -> list[Rung]:
    return [one for one in rungs if one.state == "armed" and one.at <= at]


def _slept(rungs: Sequence[Rung], at: datetime) -> bool:
    """Whether something has been overdue for longer than a running engine leaves it."""
    return any(at - one.at > climbing.GRACE for one in _armed_by(rungs, at))

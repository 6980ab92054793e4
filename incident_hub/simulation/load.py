"""What a night asks of people: calls per person and hour, ladders that are one person, posts nobody holds. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .timeline import Step, Timeline

CALL = "call"
CHASING = ("call", "remind")
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Busy:
    """How often one person is called in one hour. Units: the hour that begins at `since`, counted from the start."""

    member: str
    name: str
    since: datetime
    calls: int


@dataclass(frozen=True)
class OneHuman:
    """A ladder with several rungs that all reach one person: it has a second rung on paper only."""

    debt: str
    rule: str
    desk: str
    rungs: int
    member: str
    name: str


@dataclass(frozen=True)
class Vacancy:
    """A post that was to be called and is held by nobody, or a desk that does not exist, and how often."""

    desk: str
    post: str
    why: str
    times: int


@dataclass(frozen=True)
class Load:
    """All of it. Shape: `exhausted` are debts whose ladder ran out with nobody having answered."""

    busy: tuple[Busy, ...]
    one_human: tuple[OneHuman, ...]
    vacancies: tuple[Vacancy, ...]
    not_cleared: tuple[Vacancy, ...]
    exhausted: tuple[str, ...]
    calls: int
    missed: int


def load_of(timeline: Timeline) -> Load:
    """What the timeline asks of people, the busiest first."""
    calls = [step for step in timeline.steps if step.kind == CALL and step.people]
    return Load(
        busy=_busy(timeline, calls),
        one_human=tuple(_one_human(timeline)),
        vacancies=_left_out(timeline.steps, ("vacant", "no_desk")),
        not_cleared=_left_out(timeline.steps, ("not_cleared",)),
        exhausted=tuple(_exhausted(timeline)),
        calls=sum(len(step.people) for step in calls),
        missed=sum(debt.missed_at is not None for debt in timeline.debts),
    )


def _busy(timeline: Timeline, calls: Iterable[Step]) -> tuple[Busy, ...]:
    counted: Counter[tuple[str, datetime]] = Counter()
    for step in calls:
        passed = step.at - timeline.start
        hour = timeline.start + (passed - passed % _HOUR)
        counted.update((member, hour) for member in step.people)
    rows = [Busy(member, timeline.people[member], since, n) for (member, since), n in counted.items()]
    return tuple(sorted(rows, key=lambda one: (-one.calls, one.since, one.member)))


def _one_human(timeline: Timeline) -> Iterable[OneHuman]:
    for debt in timeline.debts:
        steps = [one for one in timeline.steps_of(debt.id) if one.kind in CHASING and one.people]
        rungs = {one.step for one in steps}
        people = {member for one in steps for member in one.people}
        if len(rungs) > 1 and len(people) == 1:
            member = people.pop()
            yield OneHuman(debt.id, debt.rule, debt.desk, len(rungs), member, timeline.people[member])


def _left_out(steps: Iterable[Step], whys: tuple[str, ...]) -> tuple[Vacancy, ...]:
    counted = Counter(
        (str(one.desk), str(one.post), one.why) for step in steps for one in step.withheld if one.why in whys
    )
    return tuple(Vacancy(*place, times) for place, times in sorted(counted.items()))


def _exhausted(timeline: Timeline) -> Iterable[str]:
    for debt in timeline.debts:
        if debt.exhausted_at is not None or any(
            step.passed and step.passed_on is None for step in timeline.steps_of(debt.id)
        ):
            yield debt.id

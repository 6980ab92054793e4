"""The simulation itself: the events, the answers and the clock of one night, in the order they come. Pure.

At one instant people come first and the clock after them, as a committed acknowledgement wins against a due step.
"""

from __future__ import annotations

import heapq
from datetime import datetime
from itertools import count

from .chasing import miss, take_due
from .doing import actor, answer_debt, do
from .following import By, append, come_round
from .night import INCIDENT, OPERATION, Matter, Night, Owing
from .places import desk_of
from .rounds import rounds_of
from .scenario import Answer, Event, Scenario, place_and_post
from .timeline import Debt, Step, Timeline
from .world import World

# A plan whose rules feed each other would never end; nobody takes more steps in a night.
MOST_STEPS = 20_000


def simulate(world: World, scenario: Scenario) -> Timeline:
    """Everything that would be owed, called and missed, to the second; the same input always gives the same answer."""
    return _Running(world, scenario).run()


class _Running:
    """One run over one night."""

    def __init__(self, world: World, scenario: Scenario) -> None:
        self.scenario = scenario
        self.night = Night(world, scenario.phase or world.phase, scenario.start)
        facts = {"phase": self.night.phase, "plan": world.version}
        circle = {desk: part.role for desk, part in world.taking_part.items()}
        first = {desk: part.since or scenario.start for desk, part in world.taking_part.items()}
        self.night.matters[world.operation] = Matter(OPERATION, world.operation, world.plan, facts, circle, first)
        self.order = count()
        self.coming: list[tuple[datetime, int, Event | tuple[Answer, Owing, By]]] = []
        for event in scenario.events:
            heapq.heappush(self.coming, (event.at, next(self.order), event))
        found = rounds_of(world, scenario.start, scenario.until)
        self.rounds = sorted(found, key=lambda one: one.at, reverse=True)
        self.given: dict[tuple[int, str], int] = {}
        self.heard = 0
        self.ended: str | None = None

    def run(self) -> Timeline:
        """Go from instant to instant until the scenario ends."""
        night = self.night
        while (at := self._next()) is not None and at <= self.scenario.until:
            night.now = max(night.now, at)
            self._people()
            if self._up(night.now):
                self._clock()
            if len(night.steps) > MOST_STEPS:
                self.ended = f"more than {MOST_STEPS} steps: the rules feed each other, or the scenario is too long"
                break
        return self._timeline()

    def _next(self) -> datetime | None:
        instants = [self.coming[0][0]] if self.coming else []
        due = [found[0] for found in (self.night.next_step(), self.night.next_deadline()) if found]
        due += [self.rounds[-1].at] if self.rounds else []
        instants += [self._awake(max(at, self.night.now)) for at in due]
        return min(instants, default=None)

    def _people(self) -> None:
        while self.coming and self.coming[0][0] <= self.night.now:
            _, _, found = heapq.heappop(self.coming)
            if isinstance(found, Event):
                do(self.night, found)
            else:
                self._answer(*found)

    def _clock(self) -> None:
        """What comes round, then steps, then deadlines, until nothing is due any more; answers come later."""
        night = self.night
        while self.rounds and self.rounds[-1].at <= night.now:
            one = self.rounds.pop()
            come_round(night, one.rule, one.at, one.places)
        while (found := night.next_step()) and found[0] <= night.now:
            take_due(night, found[1])
            self._hear()
        while (found := night.next_deadline()) and found[0] <= night.now:
            miss(night, found[1])

    def _hear(self) -> None:
        """Whoever was called and answers, will do so after a while."""
        for step in self.night.steps[self.heard :]:
            owing = self.night.owings[int(step.debt[1:]) - 1]
            for answer in self.scenario.answers if step.kind == "call" else ():
                self._will_answer(answer, step, owing)
        self.heard = len(self.night.steps)

    def _will_answer(self, answer: Answer, step: Step, owing: Owing) -> None:
        desk, post = desk_of(self.night.world, answer.post), place_and_post(answer.post)[1]
        called = any((one.desk, one.post) == (desk, post) for one in step.targets)
        if desk is None or not called or answer.says == "nothing" or answer.incident not in ("", owing.matter.ref):
            return
        key = (self.scenario.answers.index(answer), owing.matter.ref)
        if self.given.get(key, 0) < answer.times:
            self.given[key] = self.given.get(key, 0) + 1
            by = By(desk.partition("/")[0], desk, post)
            heapq.heappush(self.coming, (step.at + answer.after, next(self.order), (answer, owing, by)))

    def _answer(self, answer: Answer, owing: Owing, by: By) -> None:
        night, matter = self.night, owing.matter
        if by.desk not in matter.circle:
            return
        told = {"says": answer.says, "rule": owing.rule}
        if matter.noun == INCIDENT:
            data = {"kind": answer.says, "desk": by.desk, "post": by.post}
            append(night, "incident.acknowledged", by, matter, data)
        elif owing.state in ("open", "missed"):
            answer_debt(night, by, owing, answer.says)
        night.tell("answer", f"{by.desk}:{by.post}", matter, told)

    def _up(self, at: datetime) -> bool:
        return not any(one.since <= at < one.until for one in self.scenario.outages)

    def _awake(self, at: datetime) -> datetime:
        """The first instant from this one on at which the engine runs."""
        for one in sorted(self.scenario.outages, key=lambda one: one.since):
            if one.since <= at < one.until:
                at = one.until
        return at

    def _timeline(self) -> Timeline:
        night, world = self.night, self.night.world
        called = {member for step in night.steps for target in step.targets for member in target.members}
        names = {id: world.people[id].name for id in sorted(called)}
        return Timeline(
            self.scenario.title, world.operation, world.version, world.zone, self.scenario.start, self.scenario.until,
            tuple(_debt(one) for one in night.owings), tuple(night.steps), tuple(night.moments), names, self.ended,
        )  # fmt: skip


def _debt(one: Owing) -> Debt:
    return Debt(
        one.id, one.matter.ref, one.rule, one.force, one.ladder, one.agency, one.desk, one.post, one.why, one.starts_at,
        one.opened_at, one.due_at, one.state, one.met_at, one.ended_at, one.proof, one.reason, one.missed_at,
        one.exhausted_at, one.entered_late,
    )  # fmt: skip


__all__ = ["actor", "simulate"]

"""What the clock does in the night: due steps are taken, each once, and deadlines pass. Pure.

Everything is decided where the engine has it decided, in `obligations.chase` and `obligations.reach`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from incident_hub.agencies.authority import JOINT_DESK
from incident_hub.obligations import chase
from incident_hub.obligations.chase import Turn
from incident_hub.obligations.ladder import Rung
from incident_hub.obligations.reach import Reached, by_some_channel, reach
from incident_hub.plan.marking import may_pass_by_plan
from incident_hub.plan.owing import Place

from .following import ENGINE, append
from .night import INCIDENT, Night, Owing
from .timeline import Step, Target, Withheld


@dataclass(frozen=True)
class Now:
    """Who is who for the subject of a debt just now; the answers that `reach` asks for."""

    night: Night
    owing: Owing

    def places(self, party: str) -> Sequence[Place]:
        """Who plays a party, or shares the subject."""
        circle = self.owing.matter.circle
        if party == "linked":
            sharing = (desk for desk, role in circle.items() if role != "informed" and desk != self.owing.desk)
            return _named(sharing, "shares it")
        if party == "access":
            every = _named(circle, "may know of it")
            if self.owing.matter.noun == INCIDENT:
                return every
            return [place for place in every if place[0] == self.owing.agency or place[1] == JOINT_DESK]
        return self.night.world.seats(self.owing.matter.facts).get(party, ())

    def is_desk(self, desk: str) -> bool:
        """Whether there is such a desk."""
        return desk in self.night.world.desks

    def may_know(self, desk: str) -> bool:
        """Whether the desk may know of the subject."""
        return desk in self.owing.matter.circle

    def may_widen(self) -> bool:
        """Whether a step that discloses may."""
        return may_pass_by_plan(str(self.owing.matter.facts.get("tlp"))) is None

    def posts(self, desk: str) -> Sequence[str]:
        """The posts of a desk."""
        return self.night.world.desks.get(desk, ())

    def holders(self, desk: str, post: str) -> Sequence[str]:
        """The members who hold a post now and can be called at all."""
        world = self.night.world
        return [one for one in world.holders(desk, post, self.night.now) if one in world.people]


def take_due(night: Night, owing: Owing) -> None:
    """Take every step of a debt that is due; after an outage only the highest is sent."""
    zone = night.world.zone
    due = chase.due(owing.chased(zone), owing.rungs, night.now)
    night.climb(owing, (*owing.rungs, *due.armed))
    for rung, why in due.withheld:
        night.climb(owing, chase.mark(owing.rungs, rung.key, "withheld"))
        _tell(night, owing, rung, Reached(withheld=[{"why": why}]), (), Turn())
    for rung in due.send:
        if chase.is_armed(owing.rungs, rung.key):
            _take(night, owing, rung)
    night.climb(owing, (*owing.rungs, *chase.go_on(owing.chased(zone), owing.rungs)))


def miss(night: Night, owing: Owing) -> None:
    """The deadline of a debt has passed unanswered; its ladder goes on."""
    owing.state, owing.missed_at = "missed", night.now
    data: dict[str, Any] = {"obligation": owing.id, "rule": owing.rule, "force": owing.force, "agency": owing.agency}
    data |= {"desk": owing.desk, "post": owing.post, "due_at": owing.due_at}
    append(night, "obligation.missed", ENGINE, owing.matter, data)


def _take(night: Night, owing: Owing, rung: Rung) -> None:
    going = owing.chased(night.world.zone)
    reached = reach(going, rung, Now(night, owing))
    for desk in reached.disclosed:
        owing.matter.let_know(desk, str(rung.discloses), night.now)
    world = night.world
    faults = {id: {name: world.fault(id, desk, name) for name in rung.channels} for id, desk in reached.people.items()}
    for id, channels in faults.items():
        reached.withheld += [{"member": id, "channel": name, "why": why} for name, why in channels.items() if why]
    people = by_some_channel(faults)
    turn = chase.take(going, owing.rungs, rung, people, reached.answered, night.now)
    night.climb(owing, chase.apply(chase.mark(owing.rungs, rung.key, "taken", list(reached.people)), turn))
    if rung.exhausts:
        owing.exhausted_at = night.now
    _tell(night, owing, rung, reached, people, turn)


def _tell(night: Night, owing: Owing, rung: Rung, reached: Reached, people: Sequence[str], turn: Turn) -> None:
    withheld = rung.key in {one.key for one in owing.rungs if one.state == "withheld"}
    night.steps.append(
        Step(
            at=night.now, debt=owing.id, rule=owing.rule, desk=owing.desk, round=rung.round, step=rung.step,
            occurrence=rung.occurrence, kind=rung.kind, was_due=rung.at, planned_at=rung.planned_at,
            channels=rung.channels, people=tuple(people), passed=turn.passes, passed_on=turn.passed_on,
            targets=tuple(Target(one["desk"], one["post"], tuple(one["members"])) for one in reached.targets),
            withheld=tuple(_withheld(one) for one in reached.withheld), disclosed=tuple(reached.disclosed),
            exhausted=rung.exhausts and not withheld,
        )
    )  # fmt: skip
    data: dict[str, Any] = {"obligation": owing.id, "rule": owing.rule, "step": rung.step, "kind": rung.kind}
    data |= {"occurrence": rung.occurrence, "agency": owing.agency, "desk": owing.desk, "post": owing.post}
    kind = "obligation.exhausted" if rung.exhausts and not withheld else "obligation.step_taken"
    append(night, kind, ENGINE, owing.matter, data)


def _withheld(one: dict[str, Any]) -> Withheld:
    return Withheld(one["why"], one.get("desk"), one.get("post"), one.get("member"), one.get("channel"))


def _named(desks: Iterable[str], why: str) -> list[Place]:
    return [(desk.partition("/")[0], desk, why) for desk in desks]

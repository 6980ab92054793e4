"""What the clock does in the night: due steps are taken, each once, and deadlines pass. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from incident_hub.obligations import ladder
from incident_hub.plan.owing import Place

from .following import ENGINE, append
from .night import Matter, Night, Owing, Rung
from .timeline import Step, Target, Withheld


@dataclass
class Reach:
    """Whom a step reaches, and whom it does not and why."""

    targets: list[Target] = field(default_factory=list[Target])
    withheld: list[Withheld] = field(default_factory=list[Withheld])
    people: list[str] = field(default_factory=list[str])
    disclosed: list[str] = field(default_factory=list[str])


def take_due(night: Night, owing: Owing) -> None:
    """Take every step of a debt that is due; after an outage only the highest is sent."""
    due = sorted((one for one in owing.armed() if one.at <= night.now), key=lambda one: (one.at, *one.place))
    by_place = {one.place: one for one in due}
    overdue = [ladder.Overdue(*one.place, one.at) for one in due]
    caught = ladder.catch_up(overdue, night.now, owing.opened_at)
    for one, why in caught.withheld:
        _withhold(night, by_place[one.step, one.occurrence], why)
    for one in caught.to_send:
        _take(night, by_place[one.step, one.occurrence])


def miss(night: Night, owing: Owing) -> None:
    """The deadline of a debt has passed unanswered; its ladder goes on."""
    owing.state, owing.missed_at = "missed", night.now
    data: dict[str, Any] = {"obligation": owing.id, "rule": owing.rule, "force": owing.force, "agency": owing.agency}
    data |= {"desk": owing.desk, "post": owing.post, "due_at": owing.due_at}
    append(night, "obligation.missed", ENGINE, owing.matter, data)


def _withhold(night: Night, rung: Rung, why: str) -> None:
    if rung.state == "armed":
        rung.state = "withheld"
        _tell(night, rung, Reach(withheld=[Withheld(why)]), (), {})


def _take(night: Night, rung: Rung) -> None:
    if rung.state != "armed":
        return
    owing = rung.owing
    reached = _reach(night, rung)
    rung.state, rung.members = "taken", tuple(reached.people)
    people = _reachable(night, rung, reached)
    passed: dict[str, int | None] = {}
    answered = any(one.why == "seen" for one in reached.withheld)
    before = [one for one in owing.rungs if one.state == "taken" and one is not rung]
    named = [to for one in before for to in one.armed.to]
    members = [member for one in before for member in one.members]
    if not answered and ladder.passes_on(rung.armed.kind, rung.armed.to, people, named, members):
        passed["to"] = _bring_forward(night, rung)
    _tell(night, rung, reached, people, passed)


def _reach(night: Night, rung: Rung) -> Reach:
    found, owing = Reach(), rung.owing
    named: set[tuple[str, str]] = set()
    for post, party in rung.armed.to:
        for _, desk, _ in _places(night, owing, party):
            if (desk, post) in named:
                continue
            named.add((desk, post))
            why = _why_not(night, rung, desk, post)
            if why == "not_cleared" and rung.armed.discloses and owing.matter.facts.get("tlp") != "RED":
                owing.matter.let_know(desk, rung.armed.discloses, night.now)
                found.disclosed.append(desk)
                why = None
            if why:
                found.withheld.append(Withheld(why, desk, post))
                continue
            _call(night, found, desk, post)
    return found


def _places(night: Night, owing: Owing, party: str) -> Sequence[Place]:
    if party == "own":
        return [(owing.agency, owing.desk, owing.why)]
    if party == "linked":
        sharing = [desk for desk, role in owing.matter.circle.items() if role != "informed"]
        return [(desk.partition("/")[0], desk, "shares it") for desk in sharing if desk != owing.desk]
    return night.world.seats(owing.matter.facts).get(party, ())


def _why_not(night: Night, rung: Rung, desk: str, post: str) -> str | None:
    if desk not in night.world.desks:
        return "no_desk"
    if rung.armed.occurrence > 0 and f"{desk}:{post}" in rung.owing.seen_by:
        return "seen"
    return None if desk in rung.owing.matter.circle else "not_cleared"


def _call(night: Night, found: Reach, desk: str, post: str) -> None:
    members = tuple(one for one in night.world.holders(desk, post, night.now) if one in night.world.people)
    if not members:
        found.withheld.append(Withheld("vacant", desk, post))
        return
    found.targets.append(Target(desk, post, members))
    found.people += [one for one in members if one not in found.people]


def _reachable(night: Night, rung: Rung, reached: Reach) -> list[str]:
    """Whom at least one channel reaches."""
    people: list[str] = []
    for member in reached.people:
        has = night.world.people[member].channels
        if any(channel in has for channel in rung.armed.channels):
            people.append(member)
        lacking = [channel for channel in rung.armed.channels if channel not in has]
        reached.withheld += [Withheld("no_address", member=member, channel=channel) for channel in lacking]
    return people


def _bring_forward(night: Night, rung: Rung) -> int | None:
    """Have the next chasing rung take over now, its repeats keeping their distance; None when none is left."""
    above = [one for one in rung.owing.armed() if one.armed.step > rung.armed.step]
    chasing = sorted((one for one in above if one.armed.kind in ladder.CHASING), key=lambda one: one.place)
    following = [one for one in chasing if one.armed.step == chasing[0].armed.step]
    if not following:
        return None
    for own in rung.owing.armed():
        if own.armed.step == rung.armed.step:
            own.state = "stopped"
    sooner = max(following[0].at - night.now, timedelta())
    for one in following:
        one.at -= sooner
        night.schedule(one)
    return following[0].armed.step


def _tell(night: Night, rung: Rung, reached: Reach, people: Sequence[str], passed: dict[str, int | None]) -> None:
    owing, armed = rung.owing, rung.armed
    night.steps.append(
        Step(
            at=night.now, debt=owing.id, rule=owing.rule, desk=owing.desk, round=0, step=armed.step,
            occurrence=armed.occurrence, kind=armed.kind, was_due=rung.at, planned_at=armed.at,
            channels=armed.channels, targets=tuple(reached.targets), people=tuple(people),
            withheld=tuple(reached.withheld), passed=bool(passed), passed_on=passed.get("to"),
            disclosed=tuple(reached.disclosed),
        )
    )  # fmt: skip
    data = {"obligation": owing.id, "rule": owing.rule, "step": armed.step, "occurrence": armed.occurrence}
    data |= {"kind": armed.kind, "agency": owing.agency, "desk": owing.desk, "post": owing.post}
    append(night, "obligation.step_taken", ENGINE, owing.matter, data)


__all__ = ["Matter", "miss", "take_due"]

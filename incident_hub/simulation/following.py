"""The plan's answer to a fact, as the Hub writes it beside the fact: what is opened, settled and superseded. Pure.

The judgement is the plan's own (`plan.reaction`, `obligations.ladder`); this keeps the books that tables keep live.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incident_hub.obligations import chase
from incident_hub.obligations.answer import acting, as_instant, counts_as, state_when_met
from incident_hub.plan.conditions import Seats
from incident_hub.plan.contingency import Rule
from incident_hub.plan.owing import MOVED, Debt, Heard, Opening, Settling
from incident_hub.plan.reaction import follow as plan_says
from incident_hub.plan.reaction import heeds, periodic

from .night import UNANSWERED, Matter, Night, Owing


@dataclass(frozen=True)
class By:
    """Who acts, as codes."""

    agency: str
    desk: str
    post: str | None = None


ENGINE = By("house", "house/engine")


def append(night: Night, kind: str, by: By, matter: Matter, data: dict[str, Any]) -> None:
    """Write down one fact, and do what the plan says to it."""
    debts = [one for one in matter.owings if one.state in UNANSWERED]
    if kind == "incident.acknowledged":
        hear_acknowledgement(night, by, debts, data)
    if not heeds(matter.plan, kind):
        return
    heard = Heard(
        kind=kind, at=night.now, by_agency=by.agency, by_desk=by.desk, facts=matter.facts, data=data,
        known_at=_known_at(matter), occurred_at=as_instant(matter.facts.get("occurred_at")),
        discovered_at=as_instant(matter.facts.get("discovered_at")),
        planned_at=as_instant(matter.facts.get("planned_at")), phase=night.phase, zone=night.world.zone,
        fresh_desks=tuple(data.get("fresh") or ()),
    )  # fmt: skip
    answer = plan_says(matter.plan, heard, [plain(one) for one in debts], night.world.seats(matter.facts))
    by_id = {one.id: one for one in debts}
    for settling in answer.settles:
        _settle(night, by_id[settling.debt_id], settling)
    moved: list[Owing] = []
    for superseding in answer.supersedes:
        ended = by_id[superseding.debt_id]
        end(night, ended, "superseded", superseding.reason)
        moved += [ended] if superseding.reason == MOVED else []
    for opening in answer.opens:
        _open(night, matter, opening, moved)


def come_round(night: Night, rule: Rule, at: datetime, places: Seats) -> None:
    """A rule has come round by itself: each desk that owes it, owes it from that instant."""
    matter = night.operation()
    openings = periodic(matter.plan, rule, at, places, night.world.zone, night.phase)
    for opening in openings:
        _open(night, matter, opening, [])
    if openings:
        append(night, "obligation.opened", ENGINE, matter, {"rule": rule.code})


def plain(owing: Owing) -> Debt:
    """A debt as the plan looks at it."""
    return Debt(
        owing.id, owing.rule, owing.agency, owing.desk, owing.post, owing.starts_at, owing.due_at, owing.state
    )  # fmt: skip


def end(night: Night, owing: Owing, state: str, reason: str) -> None:
    """A debt is owed no longer, unanswered."""
    owing.state, owing.reason, owing.ended_at = state, reason, night.now
    stop(night, owing)


def stop(night: Night, owing: Owing, *, calls_only: bool = False) -> None:
    """No step of a debt is taken from now on, or none that sounds."""
    stopped = chase.answered(owing.rungs, calls_only=calls_only)
    night.climb(owing, chase.apply(owing.rungs, chase.Turn(stopped=stopped)))


def hear_acknowledgement(night: Night, by: By, debts: list[Owing], data: Mapping[str, Any]) -> None:
    """`taken` stops what sounds for the agency that acts; `seen` stops repeats to the post that saw."""
    agency, kind = acting(by.agency, data), data.get("kind")
    for owing in debts:
        if owing.agency == agency and owing.acknowledged != "taken":
            owing.acknowledged = worth(owing, str(kind))
    for owing in debts:
        seen_by_post(night, owing, f"{data.get('on_behalf_of') or by.desk}:{data.get('post') or ''}")
    for owing in debts:
        if owing.agency == agency and worth(owing, str(kind)) == "taken":
            stop(night, owing, calls_only=True)


def worth(owing: Owing, kind: str) -> str:
    """What an acknowledgement counts for on one debt."""
    return counts_as(kind, owing.matter.plan.rule(owing.rule))


def seen_by_post(night: Night, owing: Owing, place: str) -> None:
    """Repeats to a post that has seen stop; where nothing chases any more in this round, the next one is armed."""
    if place.endswith(":") or place in owing.seen_by:
        return
    owing.seen_by.append(place)
    going = owing.chased(night.world.zone)
    rungs = chase.apply(owing.rungs, chase.Turn(stopped=chase.quietened(going, owing.rungs)))
    night.climb(owing, (*rungs, *chase.go_on(going, rungs)))


def _known_at(matter: Matter) -> dict[str, datetime]:
    """When each agency came to know: its first desk, or earlier when that was stated."""
    known: dict[str, datetime] = {}
    for desk, since in matter.first.items():
        agency = desk.partition("/")[0]
        known[agency] = min(known.get(agency, since), since)
    for agency, words in (matter.facts.get("known_at") or {}).items():
        if earlier := as_instant(words):
            known[agency] = min(known.get(agency, earlier), earlier)
    return known


def _settle(night: Night, owing: Owing, settling: Settling) -> None:
    proof = "stated" if settling.met_at < night.now else settling.proof
    owing.state = state_when_met(owing.state, owing.due_at, settling.met_at, proof)
    owing.met_at, owing.ended_at, owing.proof = settling.met_at, night.now, proof
    stop(night, owing)


def _open(night: Night, matter: Matter, opening: Opening, moved: list[Owing]) -> None:
    clock = (opening.rule, opening.starts_at, opening.due_at)
    before = next((one for one in moved if (one.rule, one.starts_at, one.due_at) == clock), None)
    if before:
        moved.remove(before)
    owing = Owing(
        number=len(night.owings) + 1, matter=matter, rule=opening.rule, force=opening.force, ladder=opening.ladder,
        agency=opening.agency, desk=opening.desk, post=opening.post, why=opening.why, starts_at=opening.starts_at,
        opened_at=night.now, due_at=opening.due_at, entered_late=before is None and opening.due_at <= night.now,
        moved=before is not None,
    )  # fmt: skip
    night.owings.append(owing)
    matter.owings.append(owing)
    heapq.heappush(night.deadlines, (owing.due_at, owing.number))
    night.climb(owing, chase.begin(owing.chased(night.world.zone), night.now))

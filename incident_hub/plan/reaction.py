"""What the plan says to one fact: which debts it opens, settles and supersedes. Pure.

The record runs this on the draft of every entry and writes the answer into that same entry (rulings 10). Everything
is decided from what is handed in; the same fact always gets the same answer, in the order of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from .contingency import Plan, Rule, Settle
from .owing import (
    ENDED_BY_PLAN,
    INCIDENT_CLOSED,
    Debt,
    Heard,
    Opening,
    Place,
    Reaction,
    Settling,
    Superseding,
)
from .spans import after
from .vocabulary import CLOSING, UNGRADED

__all__ = ["Debt", "Heard", "Opening", "Place", "Reaction", "Settling", "Superseding", "follow"]


def follow(plan: Plan, heard: Heard, debts: Sequence[Debt], seats: Mapping[str, Sequence[Place]]) -> Reaction:
    """What the plan demands after this fact.

    Shape: `debts` are the unanswered ones on the same subject; `seats` has every party of the plan and the words
    lead, site_owner and access (which falls back to `fresh_desks`).
    """
    opens: list[Opening] = []
    settles: list[Settling] = []
    supersedes: list[Superseding] = []
    for rule in plan.rules:
        owed = [debt for debt in debts if debt.rule == rule.code]
        met = [debt for debt in owed if _settles(rule, heard, debt, seats)]
        settles += [Settling(debt.id, rule.code, _met_at(heard), _proof(heard)) for debt in met]

        reason = _superseded(rule, heard)
        # A missed debt is a fact already; only what still runs can end unanswered.
        dropped = [debt for debt in owed if reason and debt.state == "open" and debt not in met]
        supersedes += [Superseding(debt.id, rule.code, reason) for debt in dropped if reason]

        standing = [debt for debt in owed if debt not in met and debt not in dropped]
        tightens = heard.kind == "incident.graded" or heard.kind in rule.tightened_by
        wanted = _wanted(plan, rule, heard, () if reason else met, standing, seats)
        opens += _allowed(wanted, standing, tightens)
    return Reaction(tuple(opens), tuple(settles), tuple(supersedes))


def _superseded(rule: Rule, heard: Heard) -> str | None:
    """Why the rule's open debts end here unanswered. A law's never do."""
    if rule.force == "law":
        return None
    if heard.kind == "incident.status_changed" and heard.data.get("to") in CLOSING:
        return INCIDENT_CLOSED
    if any(end.kind == heard.kind and _matches(end.match, heard.data) for end in rule.ended_by):
        return ENDED_BY_PLAN
    return None


# --- settling -----------------------------------------------------------------------------------------------------


def _settles(rule: Rule, heard: Heard, debt: Debt, seats: Mapping[str, Sequence[Place]]) -> bool:
    if heard.kind.startswith("obligation.") and heard.data.get("obligation") != debt.id:
        # Such an entry speaks of one debt by its id; its siblings under the same rule are still owed.
        return False
    return any(
        settle.kind == heard.kind and _matches(settle.match, heard.data) and _by(settle, heard, debt, seats)
        for settle in rule.settled_by
    )


def _by(settle: Settle, heard: Heard, debt: Debt, seats: Mapping[str, Sequence[Place]]) -> bool:
    agency = _acting(heard)
    if settle.by == "anyone":
        return True
    if settle.by == "owner":
        return agency == debt.agency and agency == (_agency(debt.desk) or debt.agency)
    if settle.by == "lead" and "lead" not in seats:
        return agency == _agency(str(heard.facts.get("lead") or ""))
    return any(agency == place[0] for place in seats.get(settle.by, ()))


def _acting(heard: Heard) -> str:
    """Who the fact counts for: what one desk types for another after a telephone call is the other's answer."""
    for_whom = heard.data.get("on_behalf_of")
    return _agency(for_whom) if isinstance(for_whom, str) and for_whom else heard.by_agency


def _agency(desk: str) -> str:
    return desk.partition("/")[0]


def _met_at(heard: Heard) -> datetime:
    via = heard.data.get("via")
    stated = heard.data.get("stated_at") or (via.get("stated_at") if isinstance(via, Mapping) else None)
    if isinstance(stated, str):
        try:
            stated = datetime.fromisoformat(stated)
        except ValueError:
            return heard.at
    if not isinstance(stated, datetime) or stated.tzinfo is None:
        return heard.at
    # What is said cannot be said after it is typed: a clock that runs ahead must not meet a deadline for anyone.
    return min(stated.astimezone(UTC), heard.at)


def _proof(heard: Heard) -> str:
    return "stated" if heard.data.get("via") else "system"


# --- opening ------------------------------------------------------------------------------------------------------


def _wanted(
    plan: Plan,
    rule: Rule,
    heard: Heard,
    met: Iterable[Debt],
    standing: Sequence[Debt],
    seats: Mapping[str, Sequence[Place]],
) -> list[Opening]:
    if not _fits(rule, heard):
        return []
    wanted: list[Opening] = []
    if rule.cadence:
        wanted += _next_ones(plan, rule, heard, met, seats)
    if heard.kind in rule.when and _matches(rule.match, heard.data):
        wanted += _first_ones(plan, rule, heard, seats)
    if heard.kind in rule.tightened_by:
        wanted += _tighter_ones(plan, rule, heard, standing, seats)
    return wanted


def _fits(rule: Rule, heard: Heard) -> bool:
    facts = heard.facts
    wanted = (
        (rule.types, facts.get("type")),
        (rule.categories, facts.get("category")),
        (rule.grades, facts.get("grade") or UNGRADED),
        (rule.attention, facts.get("attention")),
        (rule.phases, heard.phase),
    )
    if any(allowed and value not in allowed for allowed, value in wanted):
        return False
    return rule.life_safety is None or rule.life_safety == bool(facts.get("life_safety"))


def _matches(match: Mapping[str, tuple[str, ...]], data: Mapping[str, Any]) -> bool:
    return all(data.get(name) in allowed for name, allowed in match.items())


def _first_ones(plan: Plan, rule: Rule, heard: Heard, seats: Mapping[str, Sequence[Place]]) -> list[Opening]:
    found = (_opening(plan, rule, heard, place, _start(rule, heard, place[0])) for place in _places(rule, heard, seats))
    return [opening for opening in found if opening]


def _next_ones(
    plan: Plan, rule: Rule, heard: Heard, met: Iterable[Debt], seats: Mapping[str, Sequence[Place]]
) -> list[Opening]:
    """A cadence goes on from the instant it was met, for the same desk, or for whoever is lead by now."""
    places = _places(rule, heard, seats)
    following: list[Opening] = []
    for debt in met:
        here = [place for place in places if place[1] == debt.desk]
        if not here and rule.owed_by.party in ("lead", "site_owner"):
            here = list(places[:1])
        place = here[0] if here else (debt.agency, debt.desk, "cadence")
        opening = _opening(plan, rule, heard, place, _met_at(heard))
        following += [opening] if opening else []
    return following


def _tighter_ones(
    plan: Plan, rule: Rule, heard: Heard, standing: Iterable[Debt], seats: Mapping[str, Sequence[Place]]
) -> list[Opening]:
    """Who has not answered yet owes it sooner; who has answered is left alone. The old clock stays."""
    whys = {place[1]: place[2] for place in _places(rule, heard, seats)}
    found = (
        _opening(plan, rule, heard, (debt.agency, debt.desk, whys.get(debt.desk, "tightened")), heard.at)
        for debt in standing
    )
    return [opening for opening in found if opening]


def _places(rule: Rule, heard: Heard, seats: Mapping[str, Sequence[Place]]) -> Sequence[Place]:
    party = rule.owed_by.party
    if party == "access" and "access" not in seats:
        return [(_agency(desk), desk, "learned of it") for desk in heard.fresh_desks]
    return seats.get(party, ())


def _start(rule: Rule, heard: Heard, agency: str) -> datetime:
    if rule.start == "entry" or heard.kind == "incident.graded":
        # A new grade is a new fact: its clocks start at the change, not when the incident was first heard of.
        return heard.at
    if rule.start == "occurred_at":
        return heard.occurred_at or heard.at
    return heard.known_at.get(agency, heard.at)


def _opening(plan: Plan, rule: Rule, heard: Heard, place: Place, start: datetime) -> Opening | None:
    within = rule.within.of(heard.facts)
    if within is None:
        return None
    agency, desk, why = place
    ladder = rule.ladder.of(heard.facts)
    due_at = after(start, within, plan.calendar, heard.zone)
    return Opening(rule.code, rule.force, ladder, agency, desk, rule.owed_by.post, why, start, due_at)


def _allowed(wanted: Iterable[Opening], standing: Sequence[Debt], tightens: bool) -> list[Opening]:
    """Nobody owes the same thing twice, unless this fact may tighten and the new clock is the tighter one."""
    kept: dict[tuple[str, str], Opening] = {}
    for opening in wanted:
        place = (opening.agency, opening.desk)
        same = [debt for debt in standing if (debt.agency, debt.desk) == place]
        if same and not (tightens and all(_tighter(opening, debt) for debt in same)):
            continue
        kept.setdefault(place, opening)
    return list(kept.values())


def _tighter(opening: Opening, debt: Debt) -> bool:
    """Shorter in itself, and sooner. A missed debt is past already, so being shorter is enough beside it."""
    shorter = opening.due_at - opening.starts_at < debt.due_at - debt.starts_at
    return shorter and (debt.state == "missed" or opening.due_at < debt.due_at)

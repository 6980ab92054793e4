"""The clocks a fact starts: for whom, since when, until when; and those that only change hands. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from .conditions import (
    AMENDED,
    GRADED,
    OPENED,
    Seats,
    acting,
    agency_of,
    concerns,
    in_its_time,
    instant_in,
    met_at,
    told_apart,
    waits_for,
)
from .contingency import Plan, Rule
from .owing import Debt, Heard, Opening, Place
from .spans import after, before, least

LEAD_MOVES = ("lead.accepted", "lead.directed")
# What is planned further away than this is a slip of the keyboard; counted from it, an instant may leave the calendar.
_AGES = timedelta(days=36525)


def wanted(
    plan: Plan, rule: Rule, heard: Heard, met: Sequence[Debt], standing: Sequence[Debt], seats: Seats
) -> list[Opening]:
    """Every clock that a rule would start with a fact, whoever owes the same thing already.

    Shape: `met` are the rule's debts that this fact meets, `standing` those that it leaves unanswered.
    """
    if not concerns(plan, rule, heard, seats):
        return []
    found: list[Opening] = []
    if rule.cadence:
        found += _next_ones(plan, rule, heard, met, seats)
    if planned_anew(rule, heard) or _newly_waits_for(plan, rule, heard, seats):
        found += _first_ones(plan, rule, heard, seats)
    if heard.kind in rule.tightened_by:
        found += _tighter_ones(plan, rule, heard, standing, seats)
    return found


def planned_anew(rule: Rule, heard: Heard) -> bool:
    """Whether an amendment says for when it is planned, and the rule counts back from that."""
    fields = heard.data.get("fields") or ()
    return rule.start == "planned_at" and heard.kind == AMENDED and "planned_at" in fields and OPENED in rule.when


def moved(
    plan: Plan, rule: Rule, heard: Heard, standing: Sequence[Debt], seats: Seats
) -> list[tuple[Debt, Opening | None]]:
    """The open debts that change hands with this fact, and what the other desk owes instead: by the very same instants.

    None where the other desk owes it already, as soon or sooner.
    """
    if not _changes_hands(plan, rule, heard):
        return []
    places = _places(rule, heard, seats)
    desks = [place[1] for place in places]
    found: list[tuple[Debt, Opening | None]] = []
    for debt in standing:
        # A missed debt is a fact already, and stays with whoever missed it.
        if not places or debt.desk in desks or debt.state != "open":
            continue
        agency, desk, why = places[0]
        there = any(
            (other.desk, other.about) == (desk, debt.about) and other.due_at <= debt.due_at for other in standing
        )
        taken_over = Opening(
            rule.code, rule.force, rule.ladder.of(heard.facts), agency, desk, rule.owed_by.post,
            f"{why}; moved from {debt.desk}", debt.starts_at, debt.due_at, debt.about,
        )  # fmt: skip
        found.append((debt, None if there else taken_over))
    return found


def periodic(plan: Plan, rule: Rule, at: datetime, seats: Seats, zone: str, phase: str) -> tuple[Opening, ...]:
    """What a rule opens when it comes round at an instant: one debt on the operation for each desk that owes it.

    Shape: `seats` as for `follow`; `phase` is the operation's. Units: `at` is one of `recurrence.comes_round`.
    """
    within = rule.within.of({})
    if rule.every is None or within is None or (rule.phases and phase not in rule.phases):
        return ()
    if not in_its_time(plan, rule, at, {}):
        return ()
    due_at, ladder = after(at, within, plan.calendar, zone), rule.ladder.of({})
    found: dict[str, Opening] = {}
    for agency, desk, why in seats.get(rule.owed_by.party, ()):
        opening = Opening(rule.code, rule.force, ladder, agency, desk, rule.owed_by.post, why, at, due_at)
        found.setdefault(desk, opening)
    return tuple(found.values())


# ------------------------------------------------------------------------------------------------------------------


def _newly_waits_for(plan: Plan, rule: Rule, heard: Heard, seats: Seats) -> bool:
    """Whether the fact opens the rule; a change of grade opens only what was not demanded before, or is now tighter."""
    if not waits_for(rule, heard) or (rule.start == "planned_at" and heard.kind == AMENDED):
        return False
    if heard.kind != GRADED or OPENED not in rule.when or "from" not in heard.data:
        return True
    earlier = replace(heard, facts={**heard.facts, "grade": heard.data["from"]})
    before_it, now = rule.within.of(earlier.facts), rule.within.of(heard.facts)
    if before_it is None or now is None or not concerns(plan, rule, earlier, seats):
        return True
    return least(now) < least(before_it)


def _first_ones(plan: Plan, rule: Rule, heard: Heard, seats: Seats) -> list[Opening]:
    found: list[Opening] = []
    for place in _places(rule, heard, seats):
        start = _start(rule, heard, place[0])
        if start is None or _too_long_ago(rule, heard, place[0]):
            continue
        opening = _opening(plan, rule, heard, place, start)
        found += [opening] if opening else []
    return found


def _next_ones(plan: Plan, rule: Rule, heard: Heard, met: Iterable[Debt], seats: Seats) -> list[Opening]:
    """A cadence goes on from the instant it was met, for the same desk, or for whoever is lead by now."""
    places = _places(rule, heard, seats)
    following: list[Opening] = []
    for debt in met:
        here = [place for place in places if place[1] == debt.desk]
        if not here and rule.owed_by.party in ("lead", "site_owner"):
            here = list(places[:1])
        place = here[0] if here else (debt.agency, debt.desk, "cadence")
        opening = _opening(plan, rule, heard, place, met_at(heard))
        following += [opening] if opening else []
    return following


def _tighter_ones(plan: Plan, rule: Rule, heard: Heard, standing: Iterable[Debt], seats: Seats) -> list[Opening]:
    """Who has not answered yet owes it sooner; who has answered is left alone. The old clock stays."""
    whys = {place[1]: place[2] for place in _places(rule, heard, seats)}
    found = (
        _opening(plan, rule, heard, (debt.agency, debt.desk, whys.get(debt.desk, "tightened")), heard.at)
        for debt in standing
    )
    return [opening for opening in found if opening]


def _places(rule: Rule, heard: Heard, seats: Seats) -> Sequence[Place]:
    party = rule.owed_by.party
    if party == "access" and "access" not in seats:
        return [(agency_of(desk), desk, "learned of it") for desk in heard.fresh_desks]
    if party == "actor":
        for_whom = heard.data.get("on_behalf_of")
        desk = for_whom if isinstance(for_whom, str) and for_whom else heard.by_desk
        return [(acting(heard), desk, "stated it")]
    if party == "addressed":
        return [(agency_of(desk), desk, "addressed") for desk in heard.data.get("addressed") or ()]
    return seats.get(party, ())


def _changes_hands(plan: Plan, rule: Rule, heard: Heard) -> bool:
    """Whether this fact changes who it is that the rule's debts belong to."""
    party = plan.parties.get(rule.owed_by.party)
    found_by = party.by if party else rule.owed_by.party
    if found_by == "lead":
        return heard.kind in LEAD_MOVES
    if heard.kind != AMENDED:
        return False
    if found_by == "site_owner":
        return "site_owner" in heard.data
    return found_by == "area" and bool({"site", "place"} & set(heard.data.get("fields") or ()))


def _start(rule: Rule, heard: Heard, agency: str) -> datetime | None:
    """Since when, or None as long as what is planned has no date."""
    if rule.start == "planned_at":
        return heard.planned_at and min(max(heard.planned_at, heard.at - _AGES), heard.at + _AGES)
    if rule.start in ("entry", "deadline") or heard.kind == GRADED:
        # A new grade is a new fact: its clocks start at the change, not when the incident was first heard of.
        return heard.at
    if rule.start == "occurred_at":
        return heard.occurred_at or heard.at
    known_at = heard.known_at.get(agency, heard.at)
    return (heard.discovered_at or known_at) if rule.start == "discovered_at" else known_at


def _too_long_ago(rule: Rule, heard: Heard, agency: str) -> bool:
    happened_at = heard.occurred_at or heard.known_at.get(agency, heard.at)
    return rule.window is not None and heard.at > happened_at + rule.window


def _opening(plan: Plan, rule: Rule, heard: Heard, place: Place, start: datetime) -> Opening | None:
    within = rule.within.of(heard.facts)
    if rule.before is not None:
        due_at = before(start, rule.before, plan.calendar, heard.zone)
        start = min(heard.at, due_at)
    elif rule.start == "deadline" and (named := instant_in(heard.data, "deadline")):
        # What should have been done already is due at once: no clock ends before it began.
        due_at = max(named, start)
    elif within is not None:
        due_at = after(start, within, plan.calendar, heard.zone)
    else:
        return None
    agency, desk, why = place
    ladder = rule.ladder.of(heard.facts)
    about = told_apart(rule, heard)
    return Opening(rule.code, rule.force, ladder, agency, desk, rule.owed_by.post, why, start, due_at, about)

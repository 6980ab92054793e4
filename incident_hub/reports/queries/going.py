"""Where a report can go from a desk, and which clocks its going would settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import queries as incidents
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.plan.conditions import settles
from incident_hub.plan.contingency import Plan, Rule
from incident_hub.plan.owing import Debt, Heard, Place
from incident_hub.reports.models import SENT
from incident_hub.reports.tiers import next_places, way

Seats = Mapping[str, Sequence[Place]]
RUNNING = ("open", "missed")


def seats_of(of: incidents.Known) -> Seats:
    """Who plays each role for an incident; who is reached by telephone alone plays a role here too."""
    chain = of.incident.chain
    seats = {name: list(places) for name, places in operations.seats(chain, incidents.facts(of.incident)).items()}
    parties = operations.plan_of(of.incident.plan_version).parties
    for party, bound in operations.bound(chain).items():
        for code in bound if party in parties and parties[party].by in ("named", "area") else ():
            agency = agencies.agency(code)
            if agency and agency.membership == "contact_only" and agencies.duty_desk(code):
                seats.setdefault(party, []).append((code, f"{code}/duty", "reached by telephone"))
    return seats


def places_to(of: incidents.Known, agency: str) -> list[dict[str, Any]]:
    """Where an agency may send a report: the next level first, then the other levels, then who shares the incident.

    Shape: [{desk, title, tier, tier_title, next, skipped, contact_only}].
    """
    plan, seats = operations.plan_of(of.incident.plan_version), seats_of(of)
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    direct = next_places(plan, seats, agency)
    for tier, places in direct:
        for place in places:
            found.setdefault((place[1], tier.code), _place(place[1], tier.code, tier.title, ()))
    for tier in plan.report_tiers:
        for place in seats.get(tier.party, ()):
            there = way(plan, seats, agency, place[0], tier.code)
            if there.skipped and place[0] != agency:
                found.setdefault((place[1], tier.code), _place(place[1], tier.code, tier.title, there.skipped))
    for one in incidents.circle_of(of.incident.chain, of.incident.ref):
        code = one["desk"]
        if code.partition("/")[0] != agency and code not in {desk for desk, _ in found}:
            found[code, None] = _place(code, None, None, ())
    above = {tier.code for tier, _ in direct}
    return [one | {"next": place == 0 and one["tier"] in above} for place, one in enumerate(found.values())]


def with_settled(of: incidents.Known, desk: str, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where a report may go from a desk, each place with the open clocks that its going there would settle.

    Shape: `data` is what the entry will say of the report; each place gets `settles` [{id, rule, title, due_at}].
    """
    plan, facts = operations.plan_of(of.incident.plan_version), incidents.facts(of.incident)
    seats, agency = operations.seats(of.incident.chain, facts), desk.partition("/")[0]
    reached = seats_of(of)
    running = [one for one in obligations.of_subject(of.incident.chain, of.incident.ref) if one["state"] in RUNNING]
    places = places_to(of, agency)
    for place in places:
        there = way(plan, reached, agency, place["desk"].partition("/")[0], place["tier"])
        said = {**data, "tiers": list(there.tiers)}
        heard = Heard(SENT, of.incident.created_at, agency, desk, facts, said, phase=of.operation.phase)
        place["settles"] = [_clock(one) for one in running if _settles(plan, heard, one, seats)]
    return places


def clocks_of(shown: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of some debts that a report settles, or its receipt."""
    return [one for one in shown if _by_report(operations.plan_of(one["plan_version"]).rule(one["rule"]))]


def _by_report(rule: Rule | None) -> bool:
    return rule is not None and any(settle.kind.startswith("report.") for settle in rule.settled_by)


def _settles(plan: Plan, heard: Heard, one: Mapping[str, Any], seats: Seats) -> bool:
    rule = plan.rule(one["rule"])
    return rule is not None and settles(rule, heard, _plain(one), seats)


def _clock(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in ("id", "rule", "title", "due_at", "state")}


def _plain(one: Mapping[str, Any]) -> Debt:
    by = one["owed_by"]
    place = (by["agency"], by["desk"], by["post"])
    return Debt(one["id"], one["rule"], *place, one["starts_at"], one["due_at"], one["state"], one["about"])


def _place(code: str, tier: str | None, title: Any, skipped: Sequence[str]) -> dict[str, Any]:
    desk = agencies.desk(code)
    agency = agencies.agency(code.partition("/")[0])
    return {
        "desk": code, "title": agency.title if agency else desk.title if desk else {}, "tier": tier,
        "tier_title": {"zh": title.zh, "en": title.en} if title else None, "skipped": list(skipped),
        "contact_only": bool(agency and agency.membership == "contact_only"),
    }  # fmt: skip

"""Who plays a party of the plan for one incident, and why it is this agency (pure).

A party is found by name, by the owner of the site, by the lead, or by area: whoever answers for the place itself comes
before whoever answers for the area around it. What nobody is at home for goes to the agency above.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from incident_hub.plan.contingency import Plan
from incident_hub.plan.owing import Place

# An agency and why it was found.
Found = tuple[str, str]


@dataclass(frozen=True)
class Places:
    """The agencies and areas around an operation.

    Shape: `answers` gives the areas an agency answers for, `parents` the agency above it, `around` the area that an
    area lies in; `unmanned` says of an agency why nobody answers at it; `present` are those that take part.
    `site_area` is where the incident's site lies.
    """

    answers: Mapping[str, Sequence[str]]
    parents: Mapping[str, str | None]
    around: Mapping[str, str | None]
    present: AbstractSet[str]
    unmanned: Mapping[str, str]
    site_area: str | None = None


def resolve(
    plan: Plan, bindings: Mapping[str, Sequence[str]], places: Places, facts: Mapping[str, Any]
) -> dict[str, list[Place]]:
    """Who plays each party for an incident with these facts: (agency, its duty desk, why it was chosen).

    Shape: every party of the plan, and the words `lead` and `site_owner`; `bindings` are the agencies bound to each
    party, in the order they are asked.
    """
    lead, owner = facts.get("lead"), facts.get("site_owner")
    # Who leads was decided by somebody, and is not moved by what the directory says of that agency.
    leading = [(lead, f"{lead}/duty", "lead of the incident")] if lead else []
    owning = _at_home([(owner, "owner of the site")], places) if owner else []
    found: dict[str, list[Place]] = {"lead": leading, "site_owner": owning}
    for word, party in plan.parties.items():
        bound = bindings.get(word, ())
        if party.by == "site_owner":
            found[word] = owning
        elif party.by == "lead":
            found[word] = leading
        elif party.by == "area":
            found[word] = _at_home(_answering(bound, places, facts), places)
        else:
            found[word] = _at_home([(agency, f"bound to {word}") for agency in bound], places)
    return found


def walk(area: str | None, around: Mapping[str, str | None]) -> list[str]:
    """An area and those it lies in, the innermost first; the walk ends where it would turn back."""
    walked: list[str] = []
    while area is not None and area not in walked:
        walked.append(area)
        area = around.get(area)
    return walked


def _answering(bound: Sequence[str], places: Places, facts: Mapping[str, Any]) -> list[Found]:
    """Those of a party that answer for the place, else for the area around it, else for the site's; else all."""
    areas = list(facts.get("areas") or walk(facts.get("area"), places.around))
    for area in areas:
        if here := [agency for agency in bound if area in places.answers.get(agency, ())]:
            why = f"answers for {area}" if area == areas[0] else f"answers for {area}, around {areas[0]}"
            return [(agency, why) for agency in here]
    for area in walk(places.site_area, places.around):
        if here := [agency for agency in bound if area in places.answers.get(agency, ())]:
            return [(agency, f"answers for {area}, where the site lies") for agency in here]
    where = areas[0] if areas else places.site_area
    why = f"nobody answers for {where}: asked by rank" if where else "no area is known: asked by rank"
    return [(agency, why) for agency in bound]


def _at_home(found: Sequence[Found], places: Places) -> list[Place]:
    """The duty desks of these agencies; the nearest agency above stands in where nobody answers, each desk once."""
    chosen: dict[str, str] = {}
    for agency, why in found:
        above = _stands_in(agency, places) if agency in places.unmanned else None
        if above is None:
            chosen.setdefault(agency, why)
        else:
            chosen.setdefault(above, f"above {agency}, which {places.unmanned[agency]}; {why}")
    return [(agency, f"{agency}/duty", why) for agency, why in chosen.items()]


def _stands_in(agency: str, places: Places) -> str | None:
    above = walk(agency, places.parents)[1:]
    return next((one for one in above if one in places.present and one not in places.unmanned), None)

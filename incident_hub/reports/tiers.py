"""The way upward: which level a report goes to by the plan, and which levels it passes over (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incident_hub.kernel.saying import say
from incident_hub.plan.contingency import Plan, ReportTier
from incident_hub.plan.owing import Place


@dataclass(frozen=True)
class Way:
    """How a report gets from one agency to another.

    Shape: `tiers` are the levels the receiver stands on for this sender, empty where the plan knows no way there;
    `skipped` the levels between that are passed over, the lowest first.
    """

    tiers: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def way(plan: Plan, seats: Mapping[str, Sequence[Place]], sender: str, receiver: str, named: str | None = None) -> Way:
    """The way from an agency to another. A level it reports to directly is never a skip, whatever else it is.

    Shape: `named` is the level that is meant where the receiver stands on several.
    """
    levels = {tier.code: tier for tier in plan.report_tiers}
    there = {tier.code for tier in plan.report_tiers if _plays(tier, seats, receiver) and named in (None, tier.code)}
    lines: list[tuple[str, ...]] = [(above,) for above in _above(plan, seats, sender)]
    found: list[tuple[str, ...]] = []
    for line in lines:
        if line[-1] in there:
            found.append(line)
        lines += [(*line, above) for above in levels[line[-1]].reports_to]
    if not found:
        return Way()
    nearest = min(len(line) for line in found)
    best = [line for line in found if len(line) == nearest]
    return Way(tuple(dict.fromkeys(line[-1] for line in best)), best[0][:-1])


def next_places(plan: Plan, seats: Mapping[str, Sequence[Place]], sender: str) -> list[tuple[ReportTier, list[Place]]]:
    """The levels an agency reports to, the next one first, each with who stands there and is not itself."""
    levels = {tier.code: tier for tier in plan.report_tiers}
    found = [levels[code] for code in _above(plan, seats, sender)]
    return [(tier, [one for one in seats.get(tier.party, ()) if one[0] != sender]) for tier in found]


def places_of(plan: Plan, seats: Mapping[str, Sequence[Place]], tiers: Sequence[str]) -> list[str]:
    """The desks that stand on these levels."""
    parties = [tier.party for tier in plan.report_tiers if tier.code in tiers]
    return list(dict.fromkeys(place[1] for party in parties for place in seats.get(party, ())))


def may_go(way_: Way, reason: str | None, knows: bool) -> str | None:
    """Why a report may not go there; None when it may."""
    if way_.skipped and not (reason or "").strip():
        return say(
            "This passes over {passed}. Say why; whoever was passed over is sent it as well.", passed=way_.skipped
        )
    if not way_.tiers and not knows:
        return "The plan has no way of reports from your agency to this one; share the incident with it first."
    return None


def _above(plan: Plan, seats: Mapping[str, Sequence[Place]], agency: str) -> list[str]:
    own = [tier for tier in plan.report_tiers if _plays(tier, seats, agency)]
    return list(dict.fromkeys(above for tier in own for above in tier.reports_to))


def _plays(tier: ReportTier, seats: Mapping[str, Sequence[Place]], agency: str) -> bool:
    return any(place[0] == agency for place in seats.get(tier.party, ()))

"""Whether everything the plan defines is used: ladders, types and parties that nothing in it speaks of. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from incident_hub.plan.contingency import IncidentType, Plan, Rule
from incident_hub.plan.judgement import Judgement


def judge(plan: Plan) -> Iterator[Judgement]:
    """Ladders no rule names, types no ladder ever chases, parties that appear nowhere."""
    named = {code for rule in plan.rules for code in rule.ladder.values()}
    for number, code in enumerate(plan.ladders):
        if code not in named:
            message = f"no rule names the ladder {code}"
            yield ("ladder", number, "code"), "ladder-unused", message, "name it in a rule, or drop it"
    chasing = [rule for rule in plan.rules if rule.ladder.values() and not rule.heard and rule.when]
    for number, kind in enumerate(plan.types.values()):
        if not any(concerns(rule, kind) for rule in chasing):
            message = f"nobody is ever called or reminded about {kind.code}: no rule with a ladder holds for it"
            yield ("type", number, "code"), "type-not-chased", message, "widen the types or categories of a rule"
    mentioned = set(_mentioned(plan))
    for number, code in enumerate(plan.parties):
        if code not in mentioned:
            message = f"nothing in the plan asks anything of {code}"
            yield ("party", number, "code"), "party-unmentioned", message, "name it in a type, rule or step, or drop it"


def concerns(rule: Rule, kind: IncidentType) -> bool:
    """Whether a rule may hold for incidents of a type."""
    return (
        (not rule.types or kind.code in rule.types)
        and (not rule.categories or kind.category in rule.categories)
        and (rule.life_safety is None or rule.life_safety == kind.life_safety)
    )


def _mentioned(plan: Plan) -> Iterator[str]:
    for kind in plan.types.values():
        yield from (kind.lead, *kind.support, *kind.informed)
    for rule in plan.rules:
        yield rule.owed_by.party
        yield from rule.by
        yield from (settle.by for settle in rule.settled_by)
        # Whoever owns the site, or leads, is found without being named.
        yield from (code for code, party in plan.parties.items() if party.by == rule.owed_by.party)
    for ladder in plan.ladders.values():
        yield from (owed.party for step in ladder.steps for owed in step.to)
    if plan.zero_report:
        yield plan.zero_report.oversees
        yield from (tier.party for tier in plan.zero_report.tiers if tier.party)
    yield from (tier.party for tier in plan.report_tiers)
    if plan.briefing:
        yield from (owed.party for owed in plan.briefing.to)

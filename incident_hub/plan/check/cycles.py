"""Whether a debt can bring about, however far round, another one of its own kind. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from incident_hub.plan.conditions import PRE_REPORT
from incident_hub.plan.contingency import Plan, Rule
from incident_hub.plan.judgement import Judgement

# What a running debt makes the Hub write by itself, and what people write about it: a rule that waits for one of these
# waits for other rules.
_ALWAYS = ("obligation.missed", "obligation.settled", "obligation.acknowledged", "obligation.found_not_applicable")
_WITH_LADDER = "obligation.step_taken"


def judge(plan: Plan) -> Iterator[Judgement]:
    """A debt may make the Hub open another one, but never, however far round, one of its own kind again."""
    follows = {rule.code: [other for other in plan.rules if _leads_to(rule, other)] for rule in plan.rules}
    for number, rule in enumerate(plan.rules):
        way = _way_back(rule.code, follows)
        if way:
            message = f"rule {rule.code} opens itself again: {' → '.join(way)}"
            hint = "a rule may not wait for what its own debt brings about; narrow it with match or drop the kind"
            yield ("rule", number, "when"), "cycle", message, hint


def _leads_to(rule: Rule, other: Rule) -> bool:
    brings = (*_ALWAYS, _WITH_LADDER) if rule.ladder.values() else _ALWAYS
    if other.match.get("completeness") == (PRE_REPORT,) and not rule.pre_report:
        # Such a debt is only ever settled whole, so it never says that something is missing.
        return False
    named = other.match.get("rule")
    return any(kind in brings for kind in other.when) and (named is None or rule.code in named)


def _way_back(code: str, follows: Mapping[str, list[Rule]]) -> list[str]:
    """The shortest way from a rule back to itself, or nothing."""
    ways: list[list[str]] = [[code]]
    seen: set[str] = set()
    for way in ways:
        for other in follows[way[-1]]:
            if other.code == code:
                return [*way, code]
            if other.code not in seen:
                seen.add(other.code)
                ways.append([*way, other.code])
    return []

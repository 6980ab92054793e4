"""Whether the daily return can be summed up in time on its way up, and what speaks against it can. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from incident_hub.plan.contingency import Plan
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.vocabulary import NEVER_GRADED


def judge(plan: Plan) -> Iterator[Judgement]:
    """Cut-offs that leave no time between a level and the one it rolls up to; gravities of no incident."""
    tiers = plan.zero_report.tiers if plan.zero_report else ()
    yield from _contradictions(plan)
    cut_offs = {tier.code: tier.cut_off for tier in tiers}
    for number, tier in enumerate(tiers):
        above = cut_offs.get(tier.rolls_up_to or "")
        if above is not None and above <= tier.cut_off:
            message = f"tier {tier.code} reports by {tier.cut_off:%H:%M}, and {tier.rolls_up_to} by {above:%H:%M}"
            hint = "whoever sums up needs some time after those below"
            yield ("zero_report", "tier", number, "cut_off"), "cut-offs-out-of-order", message, hint


def _contradictions(plan: Plan) -> Iterator[Judgement]:
    for number, one in enumerate(plan.zero_report.categories if plan.zero_report else ()):
        types = [plan.types[code] for code in one.contradicted_by if code in plan.types]
        # Only what is never graded has an attention.
        if one.attention and not any(kind.category == NEVER_GRADED for kind in types):
            message = f"no type that contradicts {one.code} ever has an attention of {', '.join(one.attention)}"
            path = ("zero_report", "category", number, "attention")
            yield path, "attention-idle", message, "name in contradicted_by a type of category S, or drop attention"

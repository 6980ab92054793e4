"""Whether the daily return can be summed up in time on its way up. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from incident_hub.plan.contingency import Plan
from incident_hub.plan.judgement import Judgement


def judge(plan: Plan) -> Iterator[Judgement]:
    """Cut-offs that leave no time between a level and the one it rolls up to."""
    tiers = plan.zero_report.tiers if plan.zero_report else ()
    cut_offs = {tier.code: tier.cut_off for tier in tiers}
    for number, tier in enumerate(tiers):
        above = cut_offs.get(tier.rolls_up_to or "")
        if above is not None and above <= tier.cut_off:
            message = f"tier {tier.code} reports by {tier.cut_off:%H:%M}, and {tier.rolls_up_to} by {above:%H:%M}"
            hint = "whoever sums up needs some time after those below"
            yield ("zero_report", "tier", number, "cut_off"), "cut-offs-out-of-order", message, hint

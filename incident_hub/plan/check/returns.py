"""Whether the daily return can be summed up in time on its way up, asked for, and what speaks against it can. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from incident_hub.plan.contingency import Plan, Rule
from incident_hub.plan.frame import Tier, ZeroReport
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.positions import Path
from incident_hub.plan.recurrence import hours
from incident_hub.plan.spans import after
from incident_hub.plan.vocabulary import COMPLETED, NEVER_GRADED, ROLLED_UP

# A span with every weekday and the end of a month in it, in a zone without summer time.
_SINCE, _UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 5, tzinfo=UTC)
_ONCE = 'write every = "day at 15:00" and within = "1h" for a cut-off at 16:00'


def judge(plan: Plan) -> Iterator[Judgement]:
    """Cut-offs that leave no time between a level and the one above, and rules that cannot ask for a level's day."""
    yield from _told_apart(plan)
    yield from _contradictions(plan)
    asked = plan.zero_report
    if asked is None:
        return
    cut_offs = {tier.code: tier.cut_off for tier in asked.tiers}
    for number, tier in enumerate(asked.tiers):
        above = cut_offs.get(tier.rolls_up_to or "")
        if above is not None and above <= tier.cut_off:
            message = f"tier {tier.code} reports by {tier.cut_off:%H:%M}, and {tier.rolls_up_to} by {above:%H:%M}"
            hint = "whoever sums up needs some time after those below"
            yield ("zero_report", "tier", number, "cut_off"), "cut-offs-out-of-order", message, hint
        rule = plan.rule(tier.rule) if tier.rule else None
        if rule is not None:
            yield from _rule(plan, asked, tier, rule, ("zero_report", "tier", number, "rule"))


def _contradictions(plan: Plan) -> Iterator[Judgement]:
    for number, one in enumerate(plan.zero_report.categories if plan.zero_report else ()):
        types = [plan.types[code] for code in one.contradicted_by if code in plan.types]
        # Only what is never graded has an attention.
        if one.attention and not any(kind.category == NEVER_GRADED for kind in types):
            message = f"no type that contradicts {one.code} ever has an attention of {', '.join(one.attention)}"
            path = ("zero_report", "category", number, "attention")
            yield path, "attention-idle", message, "name in contradicted_by a type of category S, or drop attention"


def _told_apart(plan: Plan) -> Iterator[Judgement]:
    """What comes round by itself has no facts to be told apart by, unless it is the day of a return."""
    for number, rule in enumerate(plan.rules):
        if rule.every is not None and rule.each is not None and rule.code not in plan.tier_rules:
            message = f"rule {rule.code} comes round by itself, so there is no {rule.each} to tell its debts apart by"
            yield ("rule", number, "each"), "each-without-fact", message, "drop each, or name the rule in a tier"


def _rule(plan: Plan, asked: ZeroReport, tier: Tier, rule: Rule, path: Path) -> Iterator[Judgement]:
    if fault := _unfit(asked, tier, rule):
        yield path, "tier-rule-unfit", f"rule {rule.code} of tier {tier.code} {fault[0]}", fault[1]
        return
    within, every = rule.within.of({}), rule.every
    if within is None or every is None:
        return
    rounds = hours(every, _SINCE, _UNTIL, "UTC")
    if max(Counter(at.date() for at in rounds).values(), default=0) > 1:
        yield path, "tier-rule-unfit", f"rule {rule.code} of tier {tier.code} comes round twice on one date", _ONCE
        return
    for at in rounds:
        due = after(at, within, plan.calendar, "UTC")
        if due.time() != tier.cut_off or due.date() != at.date():
            message = f"rule {rule.code} is due at {due:%H:%M}, and tier {tier.code} reports by {tier.cut_off:%H:%M}"
            yield path, "tier-rule-due", message, _ONCE
            return


def _unfit(asked: ZeroReport, tier: Tier, rule: Rule) -> tuple[str, str] | None:
    """Why a rule cannot be the one of a tier, and what to do."""
    if sum(1 for one in asked.tiers if one.rule == rule.code) > 1:
        return "is the rule of another tier as well", "give each tier its own"
    if rule.every is None or rule.every.shift:
        return "does not come round once a date", _ONCE
    if rule.each != "date":
        return "does not tell one date from another", 'write each = "date"'
    if tier.party is not None and rule.owed_by.party != tier.party:
        return f"is owed by {rule.owed_by.party}, and the tier is {tier.party}", f"let {tier.party} owe it"
    wanted = COMPLETED if tier == asked.units else ROLLED_UP
    if not any(end.kind == wanted for end in rule.settled_by):
        return f"is not settled by {wanted}", f'write settled_by = [{{ kind = "{wanted}", by = "anyone" }}]'
    return None

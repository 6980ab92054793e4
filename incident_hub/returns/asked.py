"""What the plan asks of the units: which of its tiers is theirs, and on which days they owe a return. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from incident_hub.plan.conditions import in_its_time
from incident_hub.plan.contingency import Plan, Rule
from incident_hub.plan.frame import Tier, ZeroReport
from incident_hub.plan.recurrence import comes_round

from .days import window

# What is counted of a working day; every other category is a finding, and nothing happened when all of them are nought.
WORKLOAD = ("accepted", "inspected", "sealed", "screened", "staff", "vehicles")


def tier(asked: ZeroReport) -> Tier:
    """The tier of the units: the one that nobody rolls up to."""
    above = {one.rolls_up_to for one in asked.tiers}
    return next(one for one in asked.tiers if one.code not in above)


def rule(plan: Plan, of: Tier) -> Rule | None:
    """The rule by which a tier's desks are reminded: the one that comes round and is owed by its party."""
    return next((one for one in plan.rules if one.every and of.party and one.owed_by.party == of.party), None)


def is_asked(plan: Plan, day: date, zone: str, phase: str) -> bool:
    """Whether units owe a return for a date: in the phases and periods of their tier's rule."""
    if plan.zero_report is None:
        return False
    of = tier(plan.zero_report)
    since, due_at = window(day, of.cut_off, zone)
    found = rule(plan, of)
    if found is None:
        return phase == "active"
    if found.phases and phase not in found.phases:
        return False
    rounds = comes_round(found, max(since, due_at - timedelta(hours=23)), due_at, zone)
    return any(in_its_time(plan, found, at, {}) for at in rounds)


def findings(asked: ZeroReport) -> list[str]:
    """The categories that are nought on a quiet day."""
    return [one.code for one in asked.categories if one.code not in WORKLOAD]

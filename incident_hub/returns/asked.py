"""What the plan asks of the levels of the daily return, and on which dates each of them owes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from incident_hub.plan.conditions import in_its_time
from incident_hub.plan.contingency import Plan, Rule
from incident_hub.plan.frame import Tier, ZeroReport
from incident_hub.plan.recurrence import comes_round

from .days import begins, exists, window

# Where no rule of the plan asks a level, its units owe while the operation runs.
_RUNNING = ("active",)
# The entry that says so.
AGAIN = "return.reopened"
Phases = Sequence[tuple[datetime, str]]


def asked_from(plan: Plan, tier: Tier, day: date, zone: str, phases: Phases) -> datetime | None:
    """From when on a level is asked for a date; None when it is not.

    It is asked when its rule comes round on that date, in a period in which the rule holds, and the operation was in
    one of the rule's phases at some time between midnight and the cut-off, whatever has become of it since.

    Shape: `phases` are those the operation has been in, each with its beginning, in order.
    """
    if not exists(day, zone):
        return None
    since, due_at = window(day, tier.cut_off, zone)
    rule = plan.rule(tier.rule) if tier.rule else None
    allowed = _RUNNING if rule is None else rule.phases
    if allowed and not _was_in(allowed, phases, min(begins(day, zone), due_at), due_at):
        return None
    if rule is None:
        return begins(day, zone)
    rounds = comes_round(rule, max(since, due_at - timedelta(hours=23)), due_at, zone)
    return next((at for at in rounds if in_its_time(plan, rule, at, {})), None)


def asked_again_by(plan: Plan) -> list[Rule]:
    """The rules by which a day that was met and is not any more is owed once more."""
    return [rule for rule in plan.rules if AGAIN in rule.when]


def findings(asked: ZeroReport) -> list[str]:
    """The categories that are nought on a quiet day."""
    return [one.code for one in asked.categories if not one.workload]


def _was_in(wanted: Sequence[str], phases: Phases, since: datetime, until: datetime) -> bool:
    ends = [*(at for at, _ in phases[1:]), None]
    return any(
        phase in wanted and at <= until and (end is None or end > since)
        for (at, phase), end in zip(phases, ends, strict=True)
    )

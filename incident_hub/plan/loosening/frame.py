"""What a child plan takes away from the periods, working days, daily return and retention it rests on. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from incident_hub.plan.contingency import Briefing, Checklist, Plan, Requirement
from incident_hub.plan.frame import Calendar, Category, Period, Tier, ZeroReport
from incident_hub.plan.judgement import Judgement

_KEEP = "keep what the parent promises, and add to it"


def loosened(parent: Plan, child: Plan) -> Iterator[Judgement]:
    """Whatever holds for less time, fewer places or fewer numbers."""
    kept = {period.code: period for period in parent.periods}
    for number, period in enumerate(child.periods):
        if period.code in kept and not _covers(period, kept[period.code]):
            message = f"period {period.code} holds for less time or fewer areas"
            yield ("period", number), "loosens-period", message, _KEEP
    if not _works_as_much(parent.calendar, child.calendar):
        message = "there are fewer working days, so spans in working days end later"
        yield ("calendar",), "loosens-calendar", message, _KEEP
    for message in _return(parent.zero_report, child.zero_report):
        yield ("zero_report",), "loosens-return", message, _KEEP
    for message in _reports(parent, child):
        yield ("report_tier",), "loosens-report-tier", message, _KEEP
    for message in _briefing(parent.briefing, child.briefing):
        yield ("briefing",), "loosens-briefing", message, _KEEP
    lists = {one.code: one for one in parent.checklists}
    for number, now in enumerate(child.checklists):
        if message := _checklist(lists.get(now.code), now):
            yield ("checklist", number), "loosens-checklist", message, _KEEP
    yield from _readiness(parent, child)
    days = {kept.code: kept.days for kept in parent.retention}
    for number, kept in enumerate(child.retention):
        if kept.days > days.get(kept.code, kept.days):
            message = f"{kept.code} is kept {kept.days} days, and {days[kept.code]} in the parent"
            yield (
                ("retention", number, "days"),
                "loosens-retention",
                message,
                "destroy it no later than the parent does",
            )


def _checklist(before: Checklist | None, now: Checklist) -> str | None:
    if before is None:
        return None
    asked = {item.code: item for item in now.items}
    for item in before.items:
        still = asked.get(item.code)
        if still is None:
            return f"{now.code} no longer asks {item.code}"
        if item.grave and not still.grave:
            return f"{item.code} of {now.code} is no longer grave"
    gone = [visit for visit in before.visits if visit not in now.visits]
    return f"{now.code} is no longer used on visits: {', '.join(gone)}" if gone else None


def _readiness(parent: Plan, child: Plan) -> Iterator[Judgement]:
    before = {one.code: one for one in parent.readiness}
    for number, now in enumerate(child.readiness):
        if now.code in before and _asks_less(before[now.code], now):
            message = f"readiness {now.code} asks for less, counts it otherwise, or holds for longer"
            yield ("readiness", number), "loosens-readiness", message, _KEEP


def _asks_less(before: Requirement, now: Requirement) -> bool:
    same = (before.kind, before.measured, before.at_least is None, before.at_most is None)
    if same != (now.kind, now.measured, now.at_least is None, now.at_most is None):
        return True
    longer = before.valid_for is not None and (now.valid_for is None or now.valid_for > before.valid_for)
    fewer, more = (now.at_least or 0) < (before.at_least or 0), (now.at_most or 0) > (before.at_most or 0)
    return longer or fewer or more


def _covers(now: Period, before: Period) -> bool:
    areas = not now.areas or (before.areas and set(before.areas) <= set(now.areas))
    return bool(areas) and now.since <= before.since and now.until >= before.until


def _works_as_much(before: Calendar, now: Calendar) -> bool:
    return (
        set(now.rest) <= set(before.rest)
        and set(now.holidays) <= set(before.holidays)
        and set(now.workdays) >= set(before.workdays)
    )


def _return(before: ZeroReport | None, now: ZeroReport | None) -> Iterator[str]:
    if before is None or before == now:
        return
    if now is None:
        yield "no unit owes its daily return any more"
        return
    kept = {category.code for category in now.categories}
    for category in (category.code for category in before.categories if category.code not in kept):
        yield f"the category {category} is no longer counted"
    for one in before.categories:
        yield from _category(one, now)
    for check in (check for check in before.checks if check not in now.checks):
        yield f"{check.one} and {check.other} are no longer held against each other"
    if now.oversees != before.oversees:
        yield f"{before.oversees} no longer oversees it"
    tiers = {tier.code: tier for tier in now.tiers}
    for tier in before.tiers:
        yield from _tier(tier, tiers.get(tier.code))


def _category(before: Category, now: ZeroReport) -> Iterator[str]:
    still = next((one for one in now.categories if one.code == before.code), before)
    gone = [code for code in before.contradicted_by if code not in still.contradicted_by]
    if gone:
        yield f"a nought of {before.code} is no longer contradicted by {', '.join(gone)}"
    elif still.attention and not (before.attention and set(before.attention) <= set(still.attention)):
        yield f"a nought of {before.code} is contradicted by fewer incidents"
    if still.workload and not before.workload:
        yield f"a day with some {before.code} now passes for a day on which nothing happened"


def _reports(parent: Plan, child: Plan) -> Iterator[str]:
    now = {tier.code: tier for tier in child.report_tiers}
    for before in parent.report_tiers:
        if before.code not in now or now[before.code].party != before.party:
            yield f"{before.party} no longer reports as level {before.code}"
        elif now[before.code].reports_to[: len(before.reports_to)] != before.reports_to:
            yield f"level {before.code} no longer reports to {', '.join(before.reports_to)}, in this order"


def _briefing(before: Briefing | None, now: Briefing | None) -> Iterator[str]:
    if before is None:
        return
    if now is None:
        yield "nobody is sent a briefing any more"
        return
    if now.every != before.every:
        yield "the briefing is issued at other hours"
    for one in (one for one in before.to if one not in now.to):
        yield f"the {one.post} of {one.party} is sent no briefing any more"
    for channel in (channel for channel in before.channels if channel not in now.channels):
        yield f"the briefing is no longer sent by {channel}"


def _tier(before: Tier, now: Tier | None) -> Iterator[str]:
    if now is None:
        yield f"tier {before.code} owes no return any more"
    elif now.cut_off > before.cut_off:
        yield f"tier {before.code} may report until {now.cut_off:%H:%M}, and {before.cut_off:%H:%M} in the parent"
    elif (now.rolls_up_to, now.party) != (before.rolls_up_to, before.party):
        yield f"tier {before.code} rolls up to somebody else"
    elif before.rule is not None and now.rule != before.rule:
        yield f"tier {before.code} is no longer asked for by rule {before.rule}"

"""A plan as a page shows it: in one language, types with the clocks that may apply, rungs in words (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from incident_hub.plan.contingency import (
    ByGravity,
    Checklist,
    Every,
    IncidentType,
    Ladder,
    Owed,
    Plan,
    Rule,
    Span,
    Step,
)
from incident_hub.plan.durations import write_duration
from incident_hub.plan.spans import least

from .drawing import draw

# A ladder that serves clocks of many lengths is drawn for the shortest of them; beyond this it would say nothing new.
DRAWINGS = 3
_AUTHORITIES = ("countersign", "extend", "waive", "direct_lead")
_UNITS = {"s": ("秒", "s"), "m": ("分钟", "min"), "h": ("小时", "h"), "d": ("天", "d")}


def shown(plan: Plan, bound: Mapping[str, Sequence[str]], zone: str, lang: str) -> dict[str, Any]:
    """Everything a reader of the plan is shown. Shape: `bound` are the agencies of each party in this operation."""
    names = {code: party.title.of(lang) for code, party in plan.parties.items()}
    rules = [_rule(rule, names, lang) for rule in plan.rules]
    return {
        "code": plan.code, "version": plan.version, "title": plan.title.of(lang), "basis": plan.basis,
        "authority": {name: getattr(plan.authority, name) for name in _AUTHORITIES},
        "types": [_type(one, plan, rules, names, lang) for one in plan.types.values()],
        "rules": rules,
        "ladders": [_ladder(one, plan, names, lang) for one in plan.ladders.values()],
        "parties": [
            {"code": code, "title": names[code], "by": party.by, "posts": party.posts, "agencies": bound.get(code, ())}
            for code, party in plan.parties.items()
        ],
        "grades": [
            {"code": one.code, "title": one.title.of(lang), "criteria": dict(one.criteria)} for one in plan.grades
        ],
        "periods": [
            {
                "title": one.title.of(lang), "since": _local(one.since, zone), "until": _local(one.until, zone),
                "areas": one.areas,
            }
            for one in plan.periods
        ],
        "zero_report": _zero_report(plan, lang),
        "briefing": _briefing(plan, names, lang),
        "checklists": [_checklist(one, lang) for one in plan.checklists],
        "retention": [
            {"title": one.title.of(lang), "days": one.days, "basis": one.basis, "confirmed": one.confirmed}
            for one in plan.retention
        ],
        "unconfirmed": sum(not one.confirmed for one in plan.rules),
    }  # fmt: skip


def may_apply(rule: Rule, kind: IncidentType) -> bool:
    """Whether a rule can ever hold for an incident of this type."""
    if rule.every is not None or rule.heard:
        return False
    if rule.types and kind.code not in rule.types:
        return False
    if rule.categories and kind.category not in rule.categories:
        return False
    return rule.life_safety is None or rule.life_safety == kind.life_safety


def said(span: Span, lang: str) -> str:
    """A span as people say it."""
    if span.working_days:
        return f"{span.working_days} 个工作日" if lang == "zh" else f"{span.working_days} working days"
    return said_length(span.length, lang)


def said_length(length: timedelta, lang: str) -> str:
    """A length of time as people say it."""
    if not length:
        return "立即" if lang == "zh" else "at once"
    words = write_duration(length)
    return f"{words[:-1]} {_UNITS[words[-1]][0 if lang == 'zh' else 1]}"


def _rule(rule: Rule, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    return {
        "code": rule.code, "title": rule.title.of(lang), "what": rule.what.of(lang), "force": rule.force,
        "basis": rule.basis, "confirmed": rule.confirmed, "when": rule.when, "every": _every(rule.every),
        "owed_by": _owed(rule.owed_by, names), "within": _by_gravity(rule.within, lang), "start": rule.start,
        "before": said(rule.before, lang) if rule.before else None, "target": rule.target, "cadence": rule.cadence,
        "pre_report": rule.pre_report, "heard": rule.heard, "sensitive": rule.sensitive, "phases": rule.phases,
        "grades": rule.grades, "attention": rule.attention, "life_safety": rule.life_safety,
        "window": said_length(rule.window, lang) if rule.window else None,
        "ladders": sorted(set(rule.ladder.values())),
    }  # fmt: skip


def _type(
    kind: IncidentType, plan: Plan, rules: Sequence[Mapping[str, Any]], names: Mapping[str, str], lang: str
) -> dict[str, Any]:
    applying = {rule.code for rule in plan.rules if may_apply(rule, kind)}
    return {
        "code": kind.code, "title": kind.title.of(lang), "category": kind.category, "life_safety": kind.life_safety,
        "lead": names.get(kind.lead, kind.lead), "support": [names.get(one, one) for one in kind.support],
        "informed": [names.get(one, one) for one in kind.informed], "tlp": kind.tlp, "cap": kind.cap,
        "checklist": [line.of(lang) for line in kind.checklist],
        "rules": [rule for rule in rules if rule["code"] in applying],
    }  # fmt: skip


def _ladder(ladder: Ladder, plan: Plan, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    users = [rule for rule in plan.rules if ladder.code in rule.ladder.values()]
    lengths = sorted({length for rule in users for length in _lengths(rule, ladder.code)})[:DRAWINGS]
    due = "到期" if lang == "zh" else "due"
    title = f"{ladder.code}: {', '.join(rule.title.of(lang) for rule in users)}"
    return {
        "code": ladder.code, "rules": [rule.title.of(lang) for rule in users],
        "drawings": [
            {"within": said_length(one, lang), "svg": draw(ladder, one, f"{title}, {said_length(one, lang)}", due)}
            for one in lengths
        ],
        "steps": [_step(step, names, lang) for step in ladder.steps],
        "loop": {"times": ladder.loop.times, "every": said_length(ladder.loop.every, lang)} if ladder.loop else None,
        "bundle": said_length(ladder.bundle, lang) if ladder.bundle else None,
        "quiet": [f"{one:%H:%M}" for one in ladder.quiet] if ladder.quiet else None,
    }  # fmt: skip


def _lengths(rule: Rule, ladder: str) -> set[timedelta]:
    """How long the clocks are that this ladder chases, by how grave the incident is."""
    found: set[timedelta] = set()
    for gravity in (*rule.ladder.table, *rule.within.table, None):
        span = rule.within.table.get(gravity, rule.within.default) if gravity else rule.within.default
        chased = rule.ladder.table.get(gravity, rule.ladder.default) if gravity else rule.ladder.default
        if span is not None and chased == ladder:
            found.add(least(span))
    return found


def _step(step: Step, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    told = (("after", step.after), ("before_due", step.before_due), ("after_due", step.after_due))
    name, length = next((one for one in told if one[1] is not None), ("after", timedelta()))
    return {
        "kind": step.kind, "from": name, "length": said_length(length or timedelta(), lang) if length else None,
        "to": [_owed(one, names) for one in step.to], "channels": step.channels,
        "repeat": said_length(step.repeat, lang) if step.repeat else None, "up_to": step.up_to,
        "discloses": step.discloses is not None,
    }  # fmt: skip


def _owed(owed: Owed, names: Mapping[str, str]) -> dict[str, str]:
    return {"post": owed.post, "party": owed.party, "title": names.get(owed.party, "")}


def _by_gravity(within: ByGravity[Span], lang: str) -> list[dict[str, str | None]]:
    graded: list[dict[str, str | None]] = [
        {"gravity": gravity, "said": said(span, lang)} for gravity, span in within.table.items()
    ]
    return graded + ([{"gravity": None, "said": said(within.default, lang)}] if within.default is not None else [])


def _every(every: Every | None) -> dict[str, Any] | None:
    if every is None:
        return None
    return {"at": f"{every.at:%H:%M}" if every.at else None, "shift": every.shift, "cron": every.cron}


def _checklist(one: Checklist, lang: str) -> dict[str, Any]:
    items = [
        {
            "question": item.question.of(lang), "points": item.points, "grave": item.grave, "basis": item.basis,
            "confirmed": item.confirmed,
        }
        for item in one.items
    ]  # fmt: skip
    return {"code": one.code, "title": one.title.of(lang), "visits": one.visits, "rows": items}


def _zero_report(plan: Plan, lang: str) -> dict[str, Any] | None:
    report = plan.zero_report
    if report is None:
        return None
    return {
        "categories": [{"title": one.title.of(lang), "unit": one.unit.of(lang)} for one in report.categories],
        "tiers": [
            {"title": one.title.of(lang), "cut_off": f"{one.cut_off:%H:%M}", "rolls_up_to": one.rolls_up_to}
            for one in report.tiers
        ],
        "checks": [{"one": one.one, "other": one.other} for one in report.checks],
        "basis": report.basis, "confirmed": report.confirmed,
    }  # fmt: skip


def _briefing(plan: Plan, names: Mapping[str, str], lang: str) -> dict[str, Any] | None:
    found = plan.briefing
    if found is None:
        return None
    return {
        "every": _every(found.every), "to": [_owed(one, names) for one in found.to], "channels": found.channels,
        "basis": found.basis, "confirmed": found.confirmed,
    }  # fmt: skip


def _local(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"

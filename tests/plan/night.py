"""A night in the demonstration's plan: who sits where, and short ways to say what was heard and what is owed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from incident_hub.plan.contingency import Plan
from incident_hub.plan.reaction import Debt, Heard, Reaction
from incident_hub.plan.reader import read

EXPO = Path(__file__).parents[2] / "config" / "plans" / "expo.toml"
NIGHT = datetime(2026, 11, 23, 19, 10, tzinfo=UTC)  # 03:10 in the plan's zone
SEATS = {
    "lead": [("postal-city", "postal-city/duty", "lead of the incident")],
    "site_owner": [("carrier-a", "carrier-a/duty", "owns the site")],
    "postal": [("postal-city", "postal-city/duty", "named")],
    "police": [("police", "police/duty", "named")],
}
FIND = {"type": "PROH-XRAY", "category": "S", "grade": None, "attention": "A", "life_safety": False}
BACKLOG = {"type": "BACKLOG", "category": "O", "grade": None, "attention": None, "life_safety": False}
CRASH = {"type": "VEH", "category": "A", "grade": None, "attention": None, "life_safety": True}


def at(minutes: float) -> datetime:
    return NIGHT + timedelta(minutes=minutes)


def shipped() -> Plan:
    plan, faults = read(EXPO.read_text(encoding="utf-8"))
    assert plan is not None, faults
    return plan


def heard(kind: str, minutes: float = 0, by: str = "carrier-a", **more: Any) -> Heard:
    return Heard(kind=kind, at=at(minutes), by_agency=by, by_desk=f"{by}/duty", **more)


def debt(rule: str, who: str, start: float, due: float, **more: Any) -> Debt:
    return Debt(f"{rule}-{who}", rule, who, f"{who}/duty", "duty_officer", at(start), at(due), **more)


def opened(reaction: Reaction) -> list[tuple[Any, ...]]:
    """What was opened, in minutes: rule, desk, post, start, due, ladder."""
    return [
        (o.rule, o.desk, o.post, (o.starts_at - NIGHT).total_seconds() / 60, (o.due_at - NIGHT).total_seconds() / 60,
         o.ladder)
        for o in reaction.opens
    ]  # fmt: skip

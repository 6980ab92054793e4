"""In which phase the operation is, under which plan, at which response level."""

from __future__ import annotations

from typing import Any

from incident_hub.briefings.queries.asked import Asked
from incident_hub.briefings.reading import Block, Reader
from incident_hub.reviews.words import PHASES, said

CODE, PLACE, TITLE = "response", 10, ("响应状态", "Response")


def told(asked: Asked) -> dict[str, Any]:
    """The operation's own state, and the sensitive periods that hold at the cut-off."""
    plan, at = asked.plan, asked.period.at
    running = [one for one in plan.periods if one.since <= at < one.until]
    return {
        "phase": asked.operation.phase, "response_level": None, "plan": asked.operation.plan_version,
        "periods": [{"code": one.code, "title": {"zh": one.title.zh, "en": one.title.en}} for one in running],
    }  # fmt: skip


def blocks(told: dict[str, Any], reader: Reader) -> list[Block]:
    """Four short fields."""
    nothing = reader.pick("无", "none")
    periods = reader.pick("、", ", ").join(one["title"][reader.lang] for one in told["periods"]) or nothing
    return [
        {"fields": [
            [reader.pick("阶段", "Phase"), said(PHASES, told["phase"], reader.lang)],
            [reader.pick("响应级别", "Response level"), told["response_level"] or nothing],
            [reader.pick("敏感时期", "Sensitive period"), periods],
            [reader.pick("预案版本", "Plan"), told["plan"]],
        ]}
    ]  # fmt: skip

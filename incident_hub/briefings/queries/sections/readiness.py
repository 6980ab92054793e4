"""Readiness: how many carriers have everything in place, who has not, and what each of them lacks."""

from __future__ import annotations

from typing import Any

from incident_hub.briefings.queries.asked import Asked
from incident_hub.briefings.reading import Block, Reader
from incident_hub.readiness import queries as readiness
from incident_hub.readiness.judgement import PARTS

CODE, PLACE, TITLE = "readiness", 80, ("到位情况", "Readiness")
NAMES = {
    "investment": ("投入", "Investment"),
    "training": ("培训", "Training"),
    "management": ("基础管理", "Basic management"),
    "rescue": ("应急救援", "Emergency rescue"),
}
WHY = {
    "missing": ("未报", "not stated"),
    "short": ("不足", "too little"),
    "expired": ("已过期", "expired"),
    "no_evidence": ("无证明材料", "no document"),
    "objected": ("有异议", "objected to"),
}


def told(asked: Asked) -> dict[str, Any] | None:
    """Each carrier the desk may know of with what it lacks at the cut-off; None where it may know of none."""
    found = readiness.standing(asked.operation, asked.desk, asked.desk_id, asked.period.at)
    if not found:
        return None
    return {"ready": sum(1 for one in found if not one["lacking"]), "of": len(found), "carriers": found}


def blocks(told: dict[str, Any], reader: Reader) -> list[Block]:
    """Ready n of m, then a line for each carrier and part that is not."""
    said: Block = {
        "text": reader.pick(
            f"{told['of']} 家企业中 {told['ready']} 家四项全部到位。",
            f"{told['ready']} of {told['of']} carriers have all four parts in place.",
        )
    }
    rows = [
        [reader.agencies.get(one["agency"], one["agency"]), reader.pick(*NAMES[part]), lacking]
        for one in told["carriers"]
        for part in PARTS
        if (lacking := _lacking(one, part, reader))
    ]
    if not rows:
        return [said]
    heads = [reader.pick("企业", "Carrier"), reader.pick("方面", "Part"), reader.pick("未到位事项", "What is lacking")]
    return [said, reader.table(reader.pick("未到位", "Not in place"), heads, rows, wide=2)]


def _lacking(one: dict[str, Any], part: str, reader: Reader) -> str:
    colon, stop = reader.pick("：", ": "), reader.pick("；", "; ")
    found = [each for each in one["lacking"] if each["part"] == part]
    return stop.join(f"{each['title'][reader.lang]}{colon}{reader.pick(*WHY[each['state']])}" for each in found)

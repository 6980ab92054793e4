"""Incidents by type and by grade: opened and ended in the period, and still going on at its end."""

from __future__ import annotations

from collections import Counter
from typing import Any

from incident_hub.briefings.queries.asked import Asked
from incident_hub.briefings.reading import Block, Reader
from incident_hub.reviews.words import GRADES, STATUSES, said

CODE, PLACE, TITLE = "incidents", 20, ("事件", "Incidents")
COUNTS = ("opened", "ended", "open", "to_date")
# More than this is a list to look up, and no briefing; the counts are of all.
NAMED = 30


def told(asked: Asked) -> dict[str, Any]:
    """Counts by type and grade, and what still goes on by name, the gravest and newest first."""
    found = asked.incidents
    types, grades = sorted({one.type for one in found}), [*(one.code for one in asked.plan.grades), None]

    def counted(some: list[Any]) -> dict[str, int]:
        tally = Counter[str]()
        for one in some:
            tally["opened"] += asked.in_period(one.created_at)
            tally["ended"] += asked.in_period(one.ended_at)
            tally["open"] += one.open
        return {**{name: tally[name] for name in COUNTS}, "to_date": len(some)}

    order = {code: place for place, code in enumerate(grades)}
    going_on = sorted(
        (one for one in found if one.open), key=lambda one: (order.get(one.grade, 9), -one.created_at.timestamp())
    )
    names = ("ref", "type", "title", "grade", "status", "lead", "tlp", "created_at")
    return {
        "all": counted(found),
        "by_type": [{"type": code} | counted([one for one in found if one.type == code]) for code in types],
        "by_grade": [{"grade": code} | counted([one for one in found if one.grade == code]) for code in grades],
        "open": [{name: getattr(one, name) for name in names} for one in going_on[:NAMED]],
    }


def blocks(told: dict[str, Any], reader: Reader) -> list[Block]:
    """Three tables."""
    counts = [
        reader.pick("本期新增", "Opened this period"), reader.pick("本期办结", "Ended this period"),
        reader.pick("未结", "Still open"), reader.pick("累计", "To date"),
    ]  # fmt: skip
    row = lambda name, one: [name, *(one[key] for key in COUNTS)]  # noqa: E731
    every = row(reader.pick("合计", "All"), told["all"])
    types = [row(reader.types.get(one["type"], one["type"]), one) for one in told["by_type"]]
    grades = [row(said(GRADES, one["grade"], reader.lang), one) for one in told["by_grade"] if one["to_date"]]
    shown = [
        reader.table(
            reader.pick("按类型", "By type"), [reader.pick("类型", "Type"), *counts], types, total=every, wide=0
        ),
        reader.table(
            reader.pick("按等级", "By grade"), [reader.pick("等级", "Grade"), *counts], grades, total=every, wide=0
        ),
    ]
    columns = [
        reader.pick("编号", "Reference"), reader.pick("事件", "Incident"), reader.pick("等级", "Grade"),
        reader.pick("状态", "Status"), reader.pick("牵头", "Lead"), reader.pick("录入", "Logged"),
    ]  # fmt: skip
    lines = [
        [one["ref"], one["title"], said(GRADES, one["grade"], reader.lang), said(STATUSES, one["status"], reader.lang),
         reader.agencies.get(one["lead"], one["lead"]), reader.wall(one["created_at"])]
        for one in told["open"]
    ]  # fmt: skip
    if lines:
        left = told["all"]["open"] - len(lines)
        note = reader.pick(f"另有 {left} 起未列出。", f"{left} more are not listed.") if left > 0 else ""
        shown.append(reader.table(reader.pick("未结事件", "Still open"), columns, lines, note=note, wide=1))
    return shown

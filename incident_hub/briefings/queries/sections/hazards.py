"""Hazards: found and closed in the period, still open, and what is overdue by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from incident_hub.briefings.queries.asked import Asked
from incident_hub.briefings.reading import Block, Reader
from incident_hub.hazards.counting.queries import Stood, stood

CODE, PLACE, TITLE = "hazards", 60, ("隐患", "Hazards")
COUNTS = ("found", "closed", "open", "overdue", "to_date")
NAMED = 30
GRADES = {"general": ("一般", "General"), "major": ("重大", "Major")}


def told(asked: Asked) -> dict[str, Any]:
    """Counts by grade and by agency, and the overdue by name, the longest first."""
    at = asked.period.at
    found = [one for one in stood(asked.operation.id, asked.desk_id, at) if one.found_at <= asked.period.until]
    late = sorted((one for one in found if one.overdue(at)), key=lambda one: (one.deadline or at, one.ref))

    def counted(some: Sequence[Stood]) -> dict[str, int]:
        return {
            "found": sum(1 for one in some if asked.in_period(one.found_at)),
            "closed": sum(1 for one in some if asked.in_period(one.closed_at)),
            "open": sum(1 for one in some if one.closed_at is None),
            "overdue": sum(1 for one in some if one.overdue(at)),
            "to_date": len(some),
        }

    return {
        "all": counted(found),
        "by_grade": [{"grade": code} | counted([one for one in found if one.grade == code]) for code in GRADES],
        "by_agency": [
            {"agency": code} | counted([one for one in found if one.agency == code])
            for code in sorted({one.agency for one in found})
        ],
        "overdue": [
            {"ref": one.ref, "title": one.title, "grade": one.grade, "agency": one.agency, "deadline": one.deadline,
             "days": (at - (one.deadline or at)).days}
            for one in late[:NAMED]
        ],
    }  # fmt: skip


def blocks(told: dict[str, Any], reader: Reader) -> list[Block]:
    """Counts by grade and agency, then the overdue."""
    if not told["all"]["to_date"]:
        return [
            {"text": reader.pick("截至本期，本席位可知的隐患为零。", "This desk knows of no hazard by the cut-off.")}
        ]
    counts = [
        reader.pick("本期发现", "Found this period"), reader.pick("本期销号", "Closed this period"),
        reader.pick("未销号", "Still open"), reader.pick("逾期", "Overdue"), reader.pick("累计", "To date"),
    ]  # fmt: skip
    every = [reader.pick("合计", "All"), *(told["all"][key] for key in COUNTS)]
    grades = [
        [reader.pick(*GRADES[one["grade"]]), *(one[key] for key in COUNTS)]
        for one in told["by_grade"]
        if one["to_date"]
    ]
    shown = [reader.table("", [reader.pick("等级", "Grade"), *counts], grades, total=every, wide=0)]
    if len(told["by_agency"]) > 1:
        rows = [
            [reader.agencies.get(one["agency"], one["agency"]), *(one[key] for key in COUNTS)]
            for one in told["by_agency"]
        ]
        shown.append(
            reader.table(
                reader.pick("按单位", "By agency"), [reader.pick("单位", "Agency"), *counts], rows, total=every, wide=0
            )
        )
    if told["overdue"]:
        shown.append(_overdue(told, reader))
    return shown


def _overdue(told: dict[str, Any], reader: Reader) -> Block:
    rows = [
        [one["title"], reader.pick(*GRADES[one["grade"]]),
         reader.agencies.get(one["agency"], one["agency"]), reader.wall(one["deadline"]), one["days"]]
        for one in told["overdue"]
    ]  # fmt: skip
    heads = [
        reader.pick("隐患", "Hazard"), reader.pick("等级", "Grade"),
        reader.pick("责任单位", "Owed by"), reader.pick("期限", "Deadline"), reader.pick("逾期（天）", "Days overdue"),
    ]  # fmt: skip
    left = told["all"]["overdue"] - len(rows)
    note = reader.pick(f"另有 {left} 项未列出。", f"{left} more are not listed.") if left else ""
    return reader.table(reader.pick("逾期未整改", "Overdue"), heads, rows, note=note, wide=0)

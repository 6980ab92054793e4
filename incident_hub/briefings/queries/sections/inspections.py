"""Inspections: visits and findings of the period and to date, by kind of visit and by whom was visited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from incident_hub.briefings.queries.asked import Asked
from incident_hub.briefings.reading import Block, Reader
from incident_hub.inspections.counting.queries import Stood, stood

CODE, PLACE, TITLE = "inspections", 70, ("督导检查", "Inspections")
COUNTS = ("visits", "findings", "grave", "refused", "visits_to_date", "findings_to_date")
VISITS = {
    "announced": ("事先通知", "Announced"),
    "unannounced": ("不打招呼", "Unannounced"),
    "mystery": ("暗访", "Mystery check"),
    "follow_up": ("复查", "Follow-up"),
}


def told(asked: Asked) -> dict[str, Any]:
    """Visits begun and things found in the period, grave faults of those concluded in it, who would not sign."""
    found = [
        one for one in stood(asked.operation.id, asked.desk_id, asked.period.at) if one.begun_at <= asked.period.until
    ]

    def counted(some: Sequence[Stood]) -> dict[str, int]:
        mine = [one for one in some if asked.in_period(one.begun_at)]
        return {
            "visits": len(mine),
            "findings": sum(1 for one in some for at in one.findings if asked.in_period(at)),
            "grave": sum(one.grave for one in some if asked.in_period(one.concluded_at)),
            "refused": sum(1 for one in mine if one.outcome == "refused"),
            "visits_to_date": len(some),
            "findings_to_date": sum(1 for one in some for at in one.findings if at <= asked.period.until),
        }

    return {
        "all": counted(found),
        "going_on": sum(1 for one in found if one.concluded_at is None),
        "by_visit": [{"visit": code} | counted([one for one in found if one.visit == code]) for code in VISITS],
        "by_agency": [
            {"agency": code} | counted([one for one in found if one.agency == code])
            for code in sorted({one.agency for one in found})
        ],
    }


def blocks(told: dict[str, Any], reader: Reader) -> list[Block]:
    """One table by kind, one by agency."""
    if not told["all"]["visits_to_date"]:
        return [
            {
                "text": reader.pick(
                    "截至本期，本席位可知的检查为零。", "This desk knows of no inspection by the cut-off."
                )
            }
        ]
    counts = [
        reader.pick("本期检查", "Visits this period"), reader.pick("本期发现问题", "Findings this period"),
        reader.pick("严重问题", "Grave faults"), reader.pick("拒签", "Not signed"),
        reader.pick("累计检查", "Visits to date"), reader.pick("累计问题", "Findings to date"),
    ]  # fmt: skip
    every = [reader.pick("合计", "All"), *(told["all"][key] for key in COUNTS)]
    visits = [
        [reader.pick(*VISITS[one["visit"]]), *(one[key] for key in COUNTS)]
        for one in told["by_visit"]
        if one["visits_to_date"]
    ]
    going = told["going_on"]
    note = reader.pick(f"{going} 次检查尚未结束。", f"{going} visits are not concluded yet.") if going else ""
    shown = [reader.table("", [reader.pick("方式", "Kind"), *counts], visits, total=every, note=note, wide=0)]
    if len(told["by_agency"]) > 1:
        rows = [
            [reader.agencies.get(one["agency"], one["agency"]), *(one[key] for key in COUNTS)]
            for one in told["by_agency"]
        ]
        heads = [reader.pick("受检单位", "Agency"), *counts]
        shown.append(reader.table(reader.pick("按单位", "By agency"), heads, rows, total=every, wide=0))
    return shown

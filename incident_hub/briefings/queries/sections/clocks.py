"""Clocks that ran out: met, met late and missed in the period, and what is still owed after its deadline."""

from __future__ import annotations

from collections import Counter
from typing import Any

from incident_hub.briefings.queries.asked import Asked
from incident_hub.briefings.reading import Block, Reader
from incident_hub.obligations.queries import periods

CODE, PLACE, TITLE = "clocks", 40, ("时限", "Clocks")
COUNTS = ("due", "met", "met_late", "missed")
NAMED = 20


def told(asked: Asked) -> dict[str, Any]:
    """Counts by rule, and the clocks that had passed without an answer at the cut-off, the oldest first."""
    found = periods.ran_out(asked.operation.id, asked.desk_id, asked.period.since, asked.period.at)
    counted = [one for one in found if asked.in_period(one.due_at) and one.became != "ended"]
    rules = sorted({one.rule for one in counted})

    def tally(some: list[periods.Clock]) -> dict[str, int]:
        became = Counter(one.became for one in some)
        return {"due": len(some), **{name: became[name] for name in COUNTS[1:]}}

    missed = [one for one in found if one.became == "missed" and one.due_at <= asked.period.until]
    return {
        "all": tally(counted),
        "by_rule": [{"rule": code} | tally([one for one in counted if one.rule == code]) for code in rules],
        "still_owed": len(missed),
        "oldest": [
            {
                "rule": one.rule,
                "agency": one.agency,
                "subject": {"kind": one.noun, "ref": one.ref},
                "due_at": one.due_at,
            }
            for one in missed[:NAMED]
        ],
    }


def blocks(told: dict[str, Any], reader: Reader) -> list[Block]:
    """Counts, then what is still owed."""
    columns = [
        reader.pick("事项", "Clock"), reader.pick("本期到期", "Due this period"), reader.pick("按时", "Met"),
        reader.pick("逾期完成", "Met late"), reader.pick("未完成", "Missed"),
    ]  # fmt: skip
    rows = [[reader.rules.get(one["rule"], one["rule"]), *(one[key] for key in COUNTS)] for one in told["by_rule"]]
    if not rows:
        shown: list[Block] = [{"text": reader.pick("本期无到期时限。", "No clock ran out in this period.")}]
    else:
        every = [reader.pick("合计", "All"), *(told["all"][key] for key in COUNTS)]
        shown = [reader.table("", columns, rows, total=every, wide=0)]
    if told["still_owed"]:
        owed = [
            [reader.rules.get(one["rule"], one["rule"]), reader.agencies.get(one["agency"], one["agency"]),
             one["subject"]["ref"], reader.wall(one["due_at"])]
            for one in told["oldest"]
        ]  # fmt: skip
        heads = [
            reader.pick("事项", "Clock"), reader.pick("责任单位", "Owed by"), reader.pick("对象", "About"),
            reader.pick("截止", "Due"),
        ]  # fmt: skip
        left = told["still_owed"] - len(owed)
        note = reader.pick(f"另有 {left} 项未列出。", f"{left} more are not listed.") if left else ""
        shown.append(reader.table(reader.pick("逾期未补办", "Missed and not made good"), heads, owed, note=note))
    return shown

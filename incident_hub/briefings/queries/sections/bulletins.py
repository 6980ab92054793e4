"""Bulletins: sent and answered in the period, and those that still wait, n of m with the silent by name."""

from __future__ import annotations

from typing import Any

from incident_hub.briefings.queries.asked import Asked
from incident_hub.briefings.reading import Block, Reader
from incident_hub.bulletins.counting.queries import stood

CODE, PLACE, TITLE = "bulletins", 75, ("通报", "Bulletins")
NAMED = 20
KINDS = {"instruction": ("指令", "Instruction"), "warning": ("预警", "Warning"), "roll_call": ("查岗", "Roll-call")}


def told(asked: Asked) -> dict[str, Any] | None:
    """How many were sent, and which that still run somebody has not answered; None where this desk may count none."""
    found = [
        one for one in stood(asked.operation.id, asked.desk_id, asked.period.at) if one.sent_at <= asked.period.until
    ]
    if not found:
        return None
    silent = [one for one in found if one.missing and not one.ended]
    return {
        "sent": sum(1 for one in found if asked.in_period(one.sent_at)),
        "to_date": len(found),
        "unanswered": len(silent),
        "waiting": [
            {"kind": one.kind, "from": one.sender, "title": one.title, "due_at": one.due_at, "of": one.of,
             "answered": one.answered, "missing": list(one.missing)}
            for one in silent[-NAMED:]
        ],
    }  # fmt: skip


def blocks(told: dict[str, Any], reader: Reader) -> list[Block]:
    """The counts in a sentence, then those that wait."""
    sent, every, silent = told["sent"], told["to_date"], told["unanswered"]
    said: Block = {
        "text": reader.pick(
            f"本期发出 {sent} 件，累计 {every} 件，其中 {silent} 件尚有单位未答复。",
            f"{sent} sent this period, {every} to date; {silent} still wait for somebody's answer.",
        )
    }
    if not told["waiting"]:
        return [said]
    rows = [
        [one["title"] or reader.pick("（内容不示）", "(not shown)"), reader.pick(*KINDS[one["kind"]]),
         reader.wall(one["due_at"]), f"{one['answered']}/{one['of']}", reader.pick("、", ", ").join(one["missing"])]
        for one in told["waiting"]
    ]  # fmt: skip
    heads = [
        reader.pick("通报", "Bulletin"), reader.pick("类别", "Kind"), reader.pick("期限", "Due"),
        reader.pick("已答复", "Answered"), reader.pick("未答复", "Silent"),
    ]  # fmt: skip
    left = silent - len(rows)
    note = reader.pick(f"另有 {left} 件未列出。", f"{left} more are not listed.") if left else ""
    return [said, reader.table(reader.pick("未答复", "Not answered"), heads, rows, note=note, wide=4)]

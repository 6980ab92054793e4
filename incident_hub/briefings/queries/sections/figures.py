"""Figures, this period and to date, counted over the incidents; the official one stands for each where there is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from incident_hub.briefings.queries.asked import Asked
from incident_hub.briefings.reading import FIGURES, Block, Reader
from incident_hub.incidents.counting import queries as counting

CODE, PLACE, TITLE = "figures", 30, ("数字", "Figures")
# What turned out to be nothing has no casualties.
NOT_COUNTED = ("false_alarm",)


def told(asked: Asked) -> dict[str, Any] | None:
    """Sums by category at the end of the period and at its beginning; what is unknown is counted, and is no zero."""
    refs = [one.ref for one in asked.incidents if one.status not in NOT_COUNTED]
    now = counting.figures_at(asked.operation.id, refs, min(asked.period.until, asked.period.at))
    before = counting.figures_at(asked.operation.id, refs, asked.period.since)
    end, begin = _summed(now), _summed(before)
    rows = [
        {
            "category": code, "this_period": found["n"] - begin.get(code, _NOTHING)["n"], "to_date": found["n"],
            "unknown": found["unknown"], "official": found["official"], "incidents": found["incidents"],
        }
        for code, found in sorted(end.items())
    ]  # fmt: skip
    return {"rows": rows}


_NOTHING = {"n": 0, "unknown": 0, "official": 0, "incidents": 0}


def _summed(figures: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    sums: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict(_NOTHING))
    for by_category in figures.values():
        for code, one in by_category.items():
            sums[code]["n"] += one["n"] or 0
            sums[code]["unknown"] += one["n"] is None
            sums[code]["official"] += one["official"]
            sums[code]["incidents"] += 1
    return dict(sums)


def blocks(told: dict[str, Any], reader: Reader) -> list[Block]:
    """One table, or that nothing was stated."""
    if not told["rows"]:
        return [{"text": reader.pick("截至本期，无数字上报。", "No figures have been stated by the cut-off.")}]
    columns = [
        reader.pick("项目", "Figure"), reader.pick("本期", "This period"), reader.pick("累计", "To date"),
        reader.pick("未知（起）", "Unknown in"), reader.pick("统一口径（起）", "Official in"),
        reader.pick("涉及事件", "Of incidents"),
    ]  # fmt: skip
    rows = [
        [reader.pick(*FIGURES.get(one["category"], (one["category"],) * 2)), one["this_period"], one["to_date"],
         one["unknown"], one["official"], one["incidents"]]
        for one in told["rows"]
    ]  # fmt: skip
    note = reader.pick(
        "本期数为期末与期初之差，更正可使其为负；未知不计为零。",
        "This period is the difference between its end and its beginning, so a correction may make it negative; "
        "what is unknown is not counted as zero.",
    )
    return [reader.table("", columns, rows, note=note)]

"""The daily returns: received n of m on each day of the period and to date, who is missing, and what they state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from incident_hub.briefings.queries.asked import Asked
from incident_hub.briefings.reading import Block, Reader
from incident_hub.returns.cells import RECEIVED
from incident_hub.returns.days import local_date
from incident_hub.returns.queries.periods import Stood, stood

CODE, PLACE, TITLE = "returns", 50, ("每日零报告", "Daily returns")
COUNTS = ("owed", "received", "late", "missing", "returned", "incomplete")
# More names than this are a list to look up; how many there are is said in any case.
NAMED = 60


def told(asked: Asked) -> dict[str, Any] | None:
    """Days whose cut-off lies in the period, all to date, and the day that is still running; None for who owes none.

    Shape: tallies are {owed, received, late, missing, returned, incomplete}; whoever is let off is not owed.
    """
    period, zone = asked.period, asked.operation.zone
    if asked.plan.zero_report is None:
        return None
    found = stood(asked.operation.id, asked.desk_id, local_date(period.until, zone), period.at)
    if not found:
        return None
    over = [one for one in found if one.due_at <= period.until]
    mine = [one for one in over if asked.in_period(one.due_at)]
    running = [one for one in found if one.due_at > period.until]
    gone = [one for one in mine if one.cell in ("missing", "returned")]
    return {
        "days": [
            {"date": day.isoformat()} | _tally([one for one in mine if one.day == day])
            for day in sorted({one.day for one in mine})
        ],
        "to_date": _tally(over),
        "running": _running(running),
        "by_agency": [
            {"agency": code} | _tally([one for one in mine if one.agency == code])
            for code in sorted({one.agency for one in mine})
        ],
        "gone": [
            {"date": one.day.isoformat(), "agency": one.agency, "unit": one.unit, "title": dict(one.title),
             "cell": one.cell}
            for one in gone[:NAMED]
        ],
        "gone_in_all": len(gone),
        "categories": [
            {"category": one.code, "title": {"zh": one.title.zh, "en": one.title.en},
             "this_period": _sum(mine, one.code), "to_date": _sum(over, one.code),
             "unknown": sum(1 for each in over if one.code in each.unknown)}
            for one in asked.plan.zero_report.categories
        ],
    }  # fmt: skip


def _running(some: Sequence[Stood]) -> dict[str, Any] | None:
    return {"date": some[0].day.isoformat(), "due_at": some[0].due_at} | _tally(some) if some else None


def _tally(some: Collection[Stood]) -> dict[str, int]:
    cells = Counter(one.cell for one in some)
    return {
        "owed": len(some) - cells["exempt"], "received": sum(cells[word] for word in RECEIVED),
        "late": sum(1 for one in some if one.late and one.cell in RECEIVED), "missing": cells["missing"],
        "returned": cells["returned"], "incomplete": cells["incomplete"],
    }  # fmt: skip


def _sum(some: Collection[Stood], category: str) -> int:
    return sum(one.counts.get(category, 0) for one in some)


def blocks(told: dict[str, Any], reader: Reader) -> list[Block]:
    """Days, agencies, who is missing, and the numbers of those who are not."""
    shown: list[Block] = [_days(told, reader)]
    if running := told["running"]:
        n, m, due = running["received"], running["owed"], reader.wall(running["due_at"])
        shown.append(
            {"text": reader.pick(
                f"{running['date']} 尚未截止（{due}），应报 {m} 家，已报 {n} 家。",
                f"{running['date']} is not due yet ({due}): {n} of {m} received so far.",
            )}
        )  # fmt: skip
    if len(told["by_agency"]) > 1:
        rows = [
            [reader.agencies.get(one["agency"], one["agency"]), *(one[key] for key in COUNTS)]
            for one in told["by_agency"]
        ]
        heads = [reader.pick("单位", "Agency"), *_heads(reader)]
        shown.append(reader.table(reader.pick("本期按单位", "By agency, this period"), heads, rows, wide=0))
    if told["gone"]:
        shown.append(_gone(told, reader))
    if told["to_date"]["received"]:
        shown.append(_categories(told, reader))
    return shown


def _days(told: dict[str, Any], reader: Reader) -> Block:
    every = [reader.pick("累计", "To date"), *(told["to_date"][key] for key in COUNTS)]
    rows = [[one["date"], *(one[key] for key in COUNTS)] for one in told["days"]]
    if not rows:
        return {"text": reader.pick("本期内无截止的零报告。", "No return was due in this period.")}
    return reader.table("", [reader.pick("日期", "Date"), *_heads(reader)], rows, total=every, wide=0)


def _heads(reader: Reader) -> list[str]:
    return [
        reader.pick("应报", "Owed"), reader.pick("已报", "Received"), reader.pick("迟报", "Late"),
        reader.pick("未报", "Missing"), reader.pick("退回", "Sent back"), reader.pick("不全", "Incomplete"),
    ]  # fmt: skip


def _gone(told: dict[str, Any], reader: Reader) -> Block:
    names: dict[tuple[str, str], list[str]] = {}
    for one in told["gone"]:
        back = reader.pick("（退回）", " (sent back)") if one["cell"] == "returned" else ""
        name = f"{one['unit']} {one['title'].get(reader.lang, '')}".strip()
        names.setdefault((one["date"], one["agency"]), []).append(name + back)
    rows = [
        [date, reader.agencies.get(agency, agency), reader.pick("、", ", ").join(units)]
        for (date, agency), units in names.items()
    ]
    left = told["gone_in_all"] - len(told["gone"])
    note = reader.pick(f"另有 {left} 家未列出。", f"{left} more are not listed.") if left else ""
    heads = [reader.pick("日期", "Date"), reader.pick("单位", "Agency"), reader.pick("报送单元", "Units")]
    return reader.table(reader.pick("未报和退回", "Missing and sent back"), heads, rows, note=note, wide=2)


def _categories(told: dict[str, Any], reader: Reader) -> Block:
    rows = [
        [one["title"][reader.lang], one["this_period"], one["to_date"], one["unknown"]] for one in told["categories"]
    ]
    heads = [
        reader.pick("项目", "Figure"), reader.pick("本期", "This period"), reader.pick("累计", "To date"),
        reader.pick("未知（份）", "Unknown in"),
    ]  # fmt: skip
    note = reader.pick(
        "仅为已报单元之和；未报和未知不计为零。",
        "Sums of what was received alone; what is missing or unknown is not counted as zero.",
    )
    return reader.table(reader.pick("报送数字", "What they state"), heads, rows, note=note, wide=0)

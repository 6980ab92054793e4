"""Who holds which post tomorrow: names and posts, no contacts (rulings 2)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from incident_hub.agencies import queries as agencies
from incident_hub.briefings.queries.asked import Asked
from incident_hub.briefings.reading import Block, Reader
from incident_hub.operations import queries as operations
from incident_hub.roster import queries as roster

CODE, PLACE, TITLE = "duty", 90, ("次日值班", "Duty tomorrow")


def told(asked: Asked) -> dict[str, Any]:
    """The shifts of the next day of the operation's zone, duty desk by duty desk; a post that nobody holds says so."""
    zone = ZoneInfo(asked.operation.zone)
    day = asked.period.until.astimezone(zone).date() + timedelta(days=1)
    begin, end = (datetime.combine(day + timedelta(days=n), time(), zone) for n in (0, 1))
    rows: list[dict[str, Any]] = []
    for agency in operations.participants(asked.operation.id):
        desk = agencies.desk(f"{agency}/duty")
        if desk is None:
            continue
        shifts = roster.shifts(desk.id, None, begin, end)
        for post in agencies.posts_of(desk.id):
            held = [
                {"since": max(one["since"], begin), "until": min(one["until"], end),
                 "names": [member["name"] for member in one["members"]]}
                for one in shifts if one["post"] == post.code
            ]  # fmt: skip
            rows.append({"agency": agency, "post": post.code, "title": post.title, "shifts": held})
    return {"day": day.isoformat(), "rows": rows, "vacant": sum(1 for one in rows if not one["shifts"])}


def blocks(told: dict[str, Any], reader: Reader) -> list[Block]:
    """One line an agency, one column a post; whole days are not said hour by hour."""
    nobody, none = reader.pick("无人", "nobody"), reader.pick("（无此岗位）", "(no such post)")
    posts = {one["post"]: one["title"].get(reader.lang) or one["post"] for one in told["rows"]}
    lines: dict[str, dict[str, str]] = {}
    for one in told["rows"]:
        held = "\n".join(_said(shift, reader) for shift in one["shifts"]) or nobody
        lines.setdefault(one["agency"], {})[one["post"]] = held
    rows = [
        [reader.agencies.get(agency, agency), *(held.get(post, none) for post in posts)]
        for agency, held in lines.items()
    ]
    note = reader.pick(f"{told['vacant']} 个岗位无人值守。", f"{told['vacant']} posts are held by nobody.")
    heads = [reader.pick("单位", "Agency"), *posts.values()]
    return [reader.table(told["day"], heads, rows, note=note if told["vacant"] else "")]


def _said(shift: dict[str, Any], reader: Reader) -> str:
    names = reader.pick("、", ", ").join(shift["names"])
    since, until = (reader.wall(shift[name])[-5:] for name in ("since", "until"))
    return names if since == until == "00:00" else f"{names} {since}–{until}"

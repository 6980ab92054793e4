"""Where the city of the demonstration is described, and how its files tell the time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from incident_hub.kernel.errors import BadInput

CONFIG = Path(__file__).resolve().parents[2] / "config"
DIRECTORY, OPERATION, ROSTER = (CONFIG / room / "expo.toml" for room in ("directories", "operations", "rosters"))
WEEK, SAFETY, RETURNS = (CONFIG / "demo" / f"expo_{of}.toml" for of in ("week", "safety", "returns"))

Table = Mapping[str, Any]
_DAY = re.compile(r"-(\d+)d (\d\d):(\d\d)")
_SPAN = re.compile(r"([+-])(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def instant(words: str, start: datetime, zone: str) -> datetime:
    """`-6d 14:20` by the operation's wall clock, or `-3h05m` before the first start."""
    if day := _DAY.fullmatch(words):
        date = start.astimezone(ZoneInfo(zone)).date() - timedelta(days=int(day[1]))
        return datetime.combine(date, time(int(day[2]), int(day[3])), ZoneInfo(zone)).astimezone(start.tzinfo)
    return start + span(words)


def span(words: str) -> timedelta:
    found = _SPAN.fullmatch(words)
    if found is None:
        raise BadInput(f"{WEEK}: {words!r} is no distance in time; write one like -3h05m or +40s.")
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length

"""Spans of a plan: lengths of time, or working days by the plan's calendar, counted from an instant. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from .contingency import Calendar, Span
from .durations import LONGEST, read_duration, write_duration

_WORKING = re.compile(r"([0-9]{1,4})wd")


def read_span(words: str) -> Span | None:
    """A span as a plan writes it, `15m` or `5wd`; None when it is neither, or longer than ten years."""
    working = _WORKING.fullmatch(words)
    if working:
        days = int(working[1])
        return Span(working_days=days) if timedelta(days=days) <= LONGEST else None
    length = read_duration(words)
    return None if length is None else Span(length)


def write_span(span: Span) -> str:
    """The shortest way a plan would write it."""
    return f"{span.working_days}wd" if span.working_days else write_duration(span.length)


def least(span: Span) -> timedelta:
    """The shortest time the span can be: no day off in between."""
    return span.length or timedelta(days=span.working_days)


def after(start: datetime, span: Span, calendar: Calendar, zone: str) -> datetime:
    """The instant a span after the start. Units: aware UTC; working days keep the wall time of the operation's zone."""
    return start + span.length if not span.working_days else _working(start, span.working_days, 1, calendar, zone)


def before(end: datetime, span: Span, calendar: Calendar, zone: str) -> datetime:
    """The instant a span before the end, counted the same way."""
    return end - span.length if not span.working_days else _working(end, span.working_days, -1, calendar, zone)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether people work on a local date."""
    if day in calendar.workdays:
        return True
    return day.weekday() not in calendar.rest and day not in calendar.holidays


def _working(start: datetime, days: int, way: int, calendar: Calendar, zone: str) -> datetime:
    local = start.astimezone(ZoneInfo(zone))
    day, left = local.date(), days
    # A calendar without a working day would never end; the longest span a plan may write bounds the walk.
    for _ in range(LONGEST.days * 2):
        if not left:
            break
        day += timedelta(days=way)
        left -= is_working_day(day, calendar)
    return datetime.combine(day, local.time(), ZoneInfo(zone)).astimezone(UTC)

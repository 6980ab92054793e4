"""How people write a number, a date and an instant into a cell. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

# Only the wide forms of plain letters: a superscript or a circled figure is no digit of a number.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2009: 0x20, 0x202F: 0x20}
_NOUGHTS = {"零": 0, "〇": 0}
_NONE = {"无", "没有", "无异常", "-", "--", "—", "——", "/", "\\", "n/a", "na", "none", "nil", "null", "no"}
_UNKNOWN = re.compile(
    r"(?:不详|不明|未知|待查|待核实)[\s:,、(-]*(.*?)\)?|(?:\?+|unknown)(?:[\s:,(-]+(.*?)\)?)?",
    re.IGNORECASE | re.DOTALL,
)
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:([,' ])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"(-?[0-9]{1,18})(?:\.0{1,2})?")
_YEAR_FIRST = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?(?:[ T]+0{1,2}:00(?::00)?)?"
)
_SOLID = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_MONTH_DAY = re.compile(r"([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{4})")
_NAMED = re.compile(r"([0-9]{1,2})[ -]([a-z]{3,9})\.?,?[ -]([0-9]{4})|([a-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"(?P<day>.*?)[ T]*(?P<hour>[0-9]{1,2})\s*[:时点]\s*(?P<minute>[0-9]{1,2})?分?(?::[0-9]{2})?")
TODAY = {"今天", "今日", "当日", "today"}


class Unwritten(Exception):
    """A cell that says nothing that can be taken; the message is the code of the refusal."""


def plain(cell: str) -> str:
    """The cell with wide letters made narrow and the edges trimmed."""
    return cell.translate(_WIDE).strip()


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute this instead of saying it."""
    return plain(cell).startswith("=")


def unknown(cell: str) -> str | None:
    """The reason beside a word for unknown, empty when there is none; None when the cell does not say unknown."""
    found = _UNKNOWN.fullmatch(plain(cell))
    return (found[1] or found[2] or "").strip() if found else None


def number(cell: str, units: Sequence[str] = ()) -> int:
    """A whole number as it is written, with thousands set apart or not, with the unit behind it or not.

    Raises: Unwritten for words that say none (a nought is written) and for whatever else is no whole number.
    """
    said = plain(cell)
    if said.lower() in _NONE:
        raise Unwritten("none-in-words")
    for unit in sorted((unit for unit in units if unit), key=len, reverse=True):
        said = said.removesuffix(unit).rstrip()
    if said in _NOUGHTS:
        return _NOUGHTS[said]
    if _GROUPED.fullmatch(said):
        said = re.sub(r"[,' ]", "", said)
    found = _PLAIN.fullmatch(said)
    if not found:
        raise Unwritten("not-a-number")
    return int(found[1])


def day(cell: str, today: date) -> date:
    """A date as it is written; one without a year is the nearest to today.

    Raises: Unwritten for one that can be read as two, and for what is none.
    """
    said = plain(cell).lower()
    if said in TODAY:
        return today
    if found := _YEAR_FIRST.fullmatch(said) or _SOLID.fullmatch(said):
        return _date(found[1], found[2], found[3])
    if found := _MONTH_DAY.fullmatch(said):
        return _nearest(found[1], found[2], today)
    if found := _NAMED.fullmatch(said):
        named, number, year = (found[2], found[1], found[3]) if found[1] else (found[4], found[5], found[6])
        if named[:3] in _MONTHS:
            return _date(year, _MONTHS.index(named[:3]) + 1, number)
    if found := _YEAR_LAST.fullmatch(said):
        return _either(found[1], found[2], found[3])
    raise Unwritten("not-a-date")


def instant(cell: str, on: date, zone: str) -> datetime:
    """An instant as it is written: a wall time of the operation's zone, on that date unless it names another.

    Raises: Unwritten for what is none.
    """
    said = plain(cell)
    try:
        given = datetime.fromisoformat(said)
        if given.tzinfo and len(said) > len("2026-11-26"):
            return given.astimezone(UTC)
    except ValueError:
        pass
    found = _CLOCK.fullmatch(said)
    if not found:
        raise Unwritten("not-an-instant")
    try:
        when = day(found["day"], on) if found["day"].strip() else on
        wall = datetime.combine(when, time(int(found["hour"]), int(found["minute"] or 0)), ZoneInfo(zone))
        return wall.astimezone(UTC)
    except (Unwritten, ValueError, OverflowError) as fault:
        raise Unwritten("not-an-instant") from fault


def _date(year: str | int, month: str | int, number: str | int) -> date:
    try:
        return date(int(year), int(month), int(number))
    except ValueError as fault:
        raise Unwritten("not-a-date") from fault


def _nearest(month: str, number: str, today: date) -> date:
    found: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, int(month), int(number)))
        except ValueError:
            continue
    if not found:
        raise Unwritten("not-a-date")
    return min(found, key=lambda one: abs(one - today))


def _either(one: str, other: str, year: str) -> date:
    first, second = int(one), int(other)
    if first == second or max(first, second) > 12:
        return _date(year, min(first, second), max(first, second))
    raise Unwritten("two-dates")

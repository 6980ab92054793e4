"""The parts of a plan file around its rules: sensitive periods, working days, the daily return, retention. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .durations import LONGEST
from .frame import Calendar, Category, Equal, Period, ReportTier, Retention, Tier, ZeroReport
from .sections import Codes, own_codes
from .shapes import Table
from .vocabulary import ATTENTIONS, COUNTED

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EQUAL = re.compile(r"\s*(\S+)\s*=\s*(\S+)\s*")
# Outside of these a year is a slip of the keyboard, and an instant of it may leave the calendar.
_YEARS = range(1970, 2200)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def period(table: Table, zone: str) -> Period:
    """One sensitive period; a date at its end is its last day."""
    found = Period(
        code=table.text("code"),
        title=table.title("title"),
        since=_instant(table, "since", zone, last_day=False),
        until=_instant(table, "until", zone, last_day=True),
        areas=table.words("areas"),
    )
    if _NEVER not in (found.since, found.until) and found.since >= found.until:
        message = f"{table.name} ends before it begins"
        table.notes.value((*table.path, "until"), "period-empty", message, "write its first and its last day")
    table.done()
    return found


def _instant(table: Table, key: str, zone: str, *, last_day: bool) -> datetime:
    written = table.moment(key)
    if written is None:
        return _NEVER
    if written.year not in _YEARS:
        message = f"{key} of {table.name} lies in the year {written.year}"
        table.notes.value((*table.path, key), "bad-date", message, "write a year that somebody will be on duty in")
        return _NEVER
    if not isinstance(written, datetime):
        written = datetime.combine(written + timedelta(days=last_day), time())
    aware = written if written.tzinfo else written.replace(tzinfo=ZoneInfo(zone))
    return aware.astimezone(UTC)


def calendar(table: Table | None) -> Calendar:
    """Which days are working days; Saturday and Sunday rest where nothing is said."""
    if table is None:
        return Calendar()
    rest = Calendar().rest
    if table.raw.get("rest") == []:
        table.asked.append("rest")
        rest = ()
    elif "rest" in table.raw:
        named = table.words("rest", WEEKDAYS)
        rest = tuple(sorted({WEEKDAYS.index(day) for day in named if day in WEEKDAYS}))
    else:
        table.asked.append("rest")
    if len(rest) == len(WEEKDAYS):
        message = "nobody works on any day of the week, so no working day would ever end"
        table.notes.value((*table.path, "rest"), "no-working-day", message, "leave one day to work on")
    found = Calendar(rest, holidays=table.days("holidays"), workdays=table.days("workdays"))
    both = set[date](found.holidays) & set(found.workdays)
    for number, day in enumerate(found.workdays):
        if day in both:
            message = f"{day} is a holiday and a working day"
            table.notes.value((*table.path, "workdays", number), "two-in-one", message, "keep it in one of the lists")
    table.done()
    return found


def zero_report(table: Table | None, codes: Codes) -> ZeroReport | None:
    """The daily return, if the plan asks for one."""
    if table is None:
        return None
    listed, ranked = table.tables("category", required=True), table.tables("tier", required=True)
    categories, tiers = own_codes(listed, "category"), own_codes(ranked, "tier")
    found = ZeroReport(
        categories=tuple(_category(row, codes) for row in listed),
        checks=_checks(table, categories),
        tiers=tuple(_tier(row, tiers[number + 1 :], codes) for number, row in enumerate(ranked)),
        oversees=table.word("oversees", codes.parties),
        basis=table.text("basis"),
        confirmed=table.flag("confirmed"),
    )
    table.done()
    return found


def _category(table: Table, codes: Codes) -> Category:
    found = Category(
        code=table.text("code"),
        title=table.title("title"),
        unit=table.title("unit"),
        workload=table.flag("workload", default=False),
        contradicted_by=table.words("contradicted_by", (*codes.types, *COUNTED)),
        attention=table.words("attention", ATTENTIONS),
        suggested_from=table.word("suggested_from", COUNTED, "") or None,
    )
    table.done()
    return found


def _checks(table: Table, categories: Sequence[str]) -> tuple[Equal, ...]:
    found: list[Equal] = []
    for number, words in enumerate(table.words("checks")):
        path = (*table.path, "checks", number)
        sides = _EQUAL.fullmatch(words)
        if not sides:
            message = f"{words[:60]!r} does not say which two numbers should be the same"
            table.notes.value(path, "bad-check", message, 'write it like "inspected = accepted"')
            continue
        for code in sides.groups():
            table.known(code, categories, path, "category")
        if sides[1] == sides[2]:
            table.notes.value(path, "bad-check", f"{sides[1]} is always itself", "compare two categories")
        found.append(Equal(sides[1], sides[2]))
    return tuple(found)


def _tier(table: Table, below: Sequence[str], codes: Codes) -> Tier:
    """One level; what it rolls up to stands below it in the file, so that no return goes round in a circle."""
    cut_off = table.text("cut_off")
    found = Tier(
        code=table.text("code"),
        title=table.title("title"),
        cut_off=table.as_wall(cut_off, (*table.path, "cut_off"), "cut_off") if cut_off.strip() else time(),
        rolls_up_to=table.word("rolls_up_to", below, "") or None,
        party=table.word("party", codes.parties, "") or None,
        rule=table.word("rule", codes.rules, "") or None,
    )
    table.done()
    return found


def report_tiers(tables: Sequence[Table], codes: Codes) -> tuple[ReportTier, ...]:
    """The levels of incident reports; those above a level stand below it in the file, so that none goes in a circle."""
    levels = own_codes(tables, "report_tier")
    return tuple(_report_tier(table, levels[number + 1 :], codes) for number, table in enumerate(tables))


def _report_tier(table: Table, above: Sequence[str], codes: Codes) -> ReportTier:
    found = ReportTier(
        code=table.text("code"),
        title=table.title("title"),
        party=table.word("party", codes.parties),
        reports_to=table.words("reports_to", above),
    )
    table.done()
    return found


def retention(table: Table) -> Retention:
    """How long one class of what is kept outlives the operation."""
    days = table.count("days")
    if "days" not in table.raw:
        table.notes.key(table.path, "missing-key", f"{table.name} lacks days", "add days: a whole number")
    elif days is not None and days > LONGEST.days:
        message = f"days of {table.name} is {days}"
        table.notes.value((*table.path, "days"), "bad-number", message, f"ten years at most, {LONGEST.days} days")
    found = Retention(table.text("code"), table.title("title"), days or 0, table.text("basis"), table.flag("confirmed"))
    table.done()
    return found

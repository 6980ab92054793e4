"""What is left open is owed: numbers are promised with a return, and the debt is met when the last of them has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.kernel.text import canonical, instant, read_instant, sha256
from incident_hub.operations.queries import Operation
from incident_hub.returns.models import PROMISED, SUPPLEMENTED, Filing, OwingDesk, Unit, ZeroReport
from incident_hub.returns.promising import Promise, Version, kept_at, promises

from .stating import state

# What of a day is expected at one instant: the category and when.
_Group = tuple[str, datetime]


def promise(operation: Operation, filed: Collection[ZeroReport], at: datetime, by: By) -> None:
    """Say what the newest versions of some returns leave open, and which promises they were the last to keep.

    One debt for all units of a desk, a date and a category that are expected at the same instant: a machine that stands
    still is one matter, whether it counts for one unit or for four hundred.
    Tells: return.promised, return.supplemented.
    """
    wanted: dict[tuple[str, date], set[str]] = {}
    for report in filed:
        wanted.setdefault((report.owing, report.date), set()).add(report.id)
    for (owing, day), fresh in sorted(wanted.items()):
        versions, codes = _versions(owing, day)
        _say(operation, (owing, day), fresh, versions, codes, at, by)


def _say(
    operation: Operation,
    where: tuple[str, date],
    fresh: Collection[str],
    versions: Mapping[str, Sequence[Version]],
    codes: Mapping[str, str],
    at: datetime,
    by: By,
) -> None:
    owing, day = where
    now = {report: promises(ones) for report, ones in versions.items()}
    news = [
        (report, one) for report in fresh for one in Counter(now[report]) - Counter(promises(versions[report][:-1]))
    ]
    desks = agencies.desks([db.session.get_one(OwingDesk, owing).desk]).values()
    for what, reports in _grouped((report, one) for report, one in news if one.kept_at is None):
        told = {"units": sorted(codes[report] for report in reports), "addressed": [desk.code for desk in desks]}
        state(operation, owing, PROMISED, at, by, _told(owing, day, what) | told)
    for what, reports in _grouped((report, one) for report, one in news if one.kept_at):
        last = kept_at([one for ones in now.values() for one in ones if (one.category, one.expected_by) == what])
        if last:
            told = {"units": sorted(codes[report] for report in reports), "stated_at": instant(last)}
            state(operation, owing, SUPPLEMENTED, at, by, _told(owing, day, what) | told)


def _versions(owing: str, day: date) -> tuple[dict[str, list[Version]], dict[str, str]]:
    """Every version of a desk's day that somebody stated, by return, and the code of each return's unit."""
    query = (
        select(Filing.zero_report, Filing.unknown, Filing.stated_at, Unit.code)
        .join(ZeroReport, ZeroReport.id == Filing.zero_report)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .where(ZeroReport.owing == owing, ZeroReport.date == day, Filing.origin != "assumed")
        .order_by(Filing.zero_report, Filing.version)
    )
    versions: dict[str, list[Version]] = {}
    codes: dict[str, str] = {}
    for report, unknown, stated_at, code in db.session.execute(query):
        expected = {category: read_instant(words) for category, words in unknown.items()}
        versions.setdefault(report, []).append(Version(expected, stated_at))
        codes[report] = code
    return versions, codes


def _grouped(news: Iterable[tuple[str, Promise]]) -> list[tuple[_Group, list[str]]]:
    found: dict[_Group, list[str]] = {}
    for report, one in news:
        found.setdefault((one.category, one.expected_by), []).append(report)
    return sorted(found.items())


def _told(owing: str, day: date, what: _Group) -> dict[str, Any]:
    """Shape: `promise` tells one debt from another, whatever the category is called."""
    category, deadline = what[0], instant(what[1])
    mark = sha256(canonical([owing, day.isoformat(), category, deadline]))[:24]
    return {"date": day.isoformat(), "category": category, "deadline": deadline, "promise": mark}

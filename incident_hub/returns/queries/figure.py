"""The board's figure: how the returns of the day stand, for the one desk that looks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.operations.queries import Operation
from incident_hub.returns.cells import count
from incident_hub.returns.days import begins, local_date
from incident_hub.returns.models import Unit, ZeroReport


def figure(operation: Operation, desk_id: int, at: datetime) -> dict[str, Any] | None:
    """Received n of m on the newest day that a desk may know of; None when it may know of none.

    Shape: {date, until, received, owed, each: {ref: {received, owed}}, missing: [{unit, title, agency}]}. `each` is by
    owing desk, as the entries about it are; `until` is when the next day begins. Of its own agency a desk is named
    nobody, for it reads its own returns; whoever oversees or sums up is named who is missing (rulings 2).
    """
    known = ZeroReport.owing.in_(record.known_refs(operation.id, desk_id, "return"))
    today = local_date(at, operation.zone)
    newest = select(func.max(ZeroReport.date)).where(ZeroReport.chain == operation.id, ZeroReport.date <= today, known)
    on = db.session.scalar(newest)
    if on is None:
        return None
    each = _counted((ZeroReport.date == on) & known)
    return {
        "date": on.isoformat(),
        "until": begins(today + timedelta(days=1), operation.zone),
        "received": sum(one["received"] for one in each.values()),
        "owed": sum(one["owed"] for one in each.values()),
        "each": each,
        "missing": _missing(operation.id, desk_id, on),
    }


def standings(owing: str, days: Collection[date]) -> list[dict[str, Any]]:
    """How some days of one desk stand, as an entry tells it: [{date, received, owed}]."""
    return [
        {"date": day.isoformat(), **counted}
        for day in sorted(set(days))
        for counted in _counted((ZeroReport.owing == owing) & (ZeroReport.date == day)).values()
    ]


def _counted(which: Any) -> dict[str, dict[str, int]]:
    query = select(ZeroReport.owing, ZeroReport.state, func.count()).where(which)
    found: dict[str, dict[str, int]] = {}
    for owing, state, n in db.session.execute(query.group_by(ZeroReport.owing, ZeroReport.state)):
        # Which of the words of what was received it is makes no difference here.
        found.setdefault(owing, {})["nonzero" if state == "received" else state] = n
    return {owing: _told(words) for owing, words in sorted(found.items())}


def _told(words: Mapping[str, int]) -> dict[str, int]:
    counted = count(words)
    return {"received": counted.received, "owed": counted.owed}


def _missing(chain: int, desk_id: int, on: date) -> list[dict[str, Any]]:
    desk = agencies.desks([desk_id]).get(desk_id)
    query = (
        select(Unit.code, Unit.title, Unit.agency)
        .join(ZeroReport, ZeroReport.unit == Unit.ref)
        .where(
            ZeroReport.date == on,
            ZeroReport.state == "missing",
            ZeroReport.owing.in_(record.known_refs(chain, desk_id, "return")),
            Unit.agency != (desk.agency if desk else ""),
        )
    )
    rows = db.session.execute(query.order_by(Unit.agency, Unit.code))
    return [{"unit": code, "title": title, "agency": agency} for code, title, agency in rows]

"""A day begins to be owed: a row for every unit, and a debt for every desk that owes for one or sums up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.kernel.text import opaque
from incident_hub.obligations import actions as owing_actions
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.plan.contingency import Plan
from incident_hub.plan.frame import Tier, ZeroReport
from incident_hub.plan.owing import Opening
from incident_hub.returns.asked import asked_from
from incident_hub.returns.cells import STILL
from incident_hub.returns.days import local_date, window
from incident_hub.returns.models import Exemption, OwingDesk, Unit
from incident_hub.returns.models import ZeroReport as Row
from incident_hub.returns.owing import Owing, Span, owed

from .circles import owing_desk, summing_desk

# After an outage so many days are looked back; a longer one is no operation any more.
_BACK = timedelta(days=31)
# So many rows, or debts, are opened in one transaction; others may write in between.
_ROWS, _DEBTS = 200, 10


@dataclass(frozen=True)
class _Day:
    """One local date of an operation, and what its plan asks. Shape: `phases` are those it has been in."""

    operation: Operation
    plan: Plan
    asked: ZeroReport
    phases: list[tuple[datetime, str]]
    on: date

    def since(self, tier: Tier) -> datetime | None:
        """From when on a level owes this date; None when it does not."""
        return asked_from(self.plan, tier, self.on, self.operation.zone, self.phases)


def open_due(operation: Operation, at: datetime, by: By) -> int:
    """Open the first of what has come to be owed, today or while nothing ran; says how much, nought when all is there.

    Asked again it opens only what is missing: a unit that comes in the middle of the day owes it too. Whether a past
    date was asked for is judged by the phases of that time. Tells: obligation.opened, one for each desk and date.
    """
    plan = operations.plan_of(operation.plan_version)
    if plan.zero_report is None:
        return 0
    phases = operations.phases(operation)
    for on in _dates(operation, local_date(at, operation.zone)):
        day = _Day(operation, plan, plan.zero_report, phases, on)
        did = _open_rows(day) or _open_debts(day, at, by)
        if did:
            return did
    return 0


def _dates(operation: Operation, today: date) -> Iterator[date]:
    """From the last date that was opened, or the first one that any unit owes, up to today."""
    newest = db.session.scalar(select(func.max(Row.date)).where(Row.chain == operation.id, Row.date <= today))
    first = newest or db.session.scalar(select(func.min(Unit.first_day)).where(Unit.chain == operation.id))
    day = max(first, today - _BACK) if first else today + timedelta(days=1)
    while day <= today:
        yield day
        day += timedelta(days=1)


def _open_rows(day: _Day) -> int:
    """A row for some of the units that owe the date and have none."""
    tier, operation = day.asked.units, day.operation
    if day.since(tier) is None:
        return 0
    there = select(Row.unit).where(Row.chain == operation.id, Row.date == day.on)
    goes_on = Unit.last_day.is_(None) | (Unit.last_day >= day.on)
    query = select(Unit.ref, Unit.owing, Unit.first_day, Unit.last_day).where(Unit.chain == operation.id)
    query = query.where(Unit.first_day <= day.on, goes_on, Unit.ref.not_in(there))
    fresh = {row.ref: row for row in db.session.execute(query.order_by(Unit.code).limit(_ROWS))}
    if not fresh:
        return 0
    spans = _let_off(fresh)
    owing = [Owing(ref, row.first_day, row.last_day, tuple(spans.get(ref, ()))) for ref, row in fresh.items()]
    rows: list[dict[str, Any]] = [
        {
            "id": opaque(), "chain": operation.id, "unit": one.unit, "owing": fresh[one.unit].owing, "date": one.day,
            "since": one.since, "due_at": one.due_at, "state": "exempt" if one.exempt else "due", "late": False,
            "quiet": None, "incomplete": False, "accepted": False, "filing": None,
        }
        for one in owed(owing, *window(day.on, tier.cut_off, operation.zone), tier.cut_off, operation.zone)
    ]  # fmt: skip
    db.session.execute(insert(Row), rows)
    return len(rows)


def _let_off(units: Collection[str]) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    for one in db.session.scalars(select(Exemption).where(Exemption.unit.in_(units))):
        spans.setdefault(one.unit, []).append(Span(one.since, one.until))
    return spans


def _open_debts(day: _Day, at: datetime, by: By) -> int:
    """Some of the debts of the date that are not there yet: those of the units' desks first, then the levels above."""
    opened = 0
    for tier in day.asked.tiers:
        since, rule = day.since(tier), day.plan.rule(tier.rule or "")
        if since is None or rule is None:
            continue
        done = obligations.came_round(day.operation.id, rule.code, day.on.isoformat())
        for desk in [one for one in _desks(day, tier) if one.code not in done]:
            if opened == _DEBTS:
                return opened
            _open_debt(day, tier, desk, since, at, by)
            opened += 1
    return opened


def _desks(day: _Day, tier: Tier) -> list[Desk]:
    """The desks of a level that owe something for the date: where every unit is let off or there, nothing is owed."""
    mine = (Row.chain == day.operation.id) & (Row.date == day.on)
    if tier == day.asked.units:
        query = select(OwingDesk.desk).join(Row, Row.owing == OwingDesk.ref).where(mine, Row.state.in_(STILL))
        return sorted(agencies.desks(list(db.session.scalars(query.distinct()))).values(), key=lambda one: one.code)
    if db.session.scalar(select(Row.id).where(mine, Row.state != "exempt").limit(1)) is None:
        return []
    places = operations.seats(day.operation.id, {}).get(tier.party or "", [])
    return [found for found in (agencies.desk(place[1]) for place in places) if found]


def _open_debt(day: _Day, tier: Tier, desk: Desk, since: datetime, at: datetime, by: By) -> None:
    rule = day.plan.rule(tier.rule or "")
    if rule is None:
        return
    due_at = window(day.on, tier.cut_off, day.operation.zone)[1]
    if tier == day.asked.units:
        row, why = owing_desk(day.operation, desk, at, by), "owes for units"
    else:
        row, why = summing_desk(day.operation, tier, desk, at, by), f"sums up as {tier.code}"
    opening = Opening(
        rule.code, rule.force, rule.ladder.of({}), desk.agency, desk.code, rule.owed_by.post, why, since, due_at,
        day.on.isoformat(),
    )  # fmt: skip
    owing_actions.open_periodic(
        day.operation.id, day.on.isoformat(), [opening], at, by, subject=("return", row.ref)
    )  # fmt: skip

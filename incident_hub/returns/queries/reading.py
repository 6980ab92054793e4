"""One day, one return, and who owes what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import queries as operations
from incident_hub.plan.words import Words
from incident_hub.returns.cells import cell
from incident_hub.returns.models import Filing, OwingDesk, Unit, ZeroReport
from incident_hub.returns.sheets.reading import Known
from incident_hub.returns.summing import Standing

_FILING = (
    "id", "version", "counts", "unknown", "reasons", "questions", "statement", "explanation", "checked_how",
    "late_reason", "stated_by", "compiled_by", "approved_by", "channel", "origin", "stated_at", "at", "by", "review",
    "reviewed_at", "reviewed_by", "review_reason",
)  # fmt: skip


def known(id: str, desk_id: int) -> tuple[ZeroReport, str]:
    """A return and the desk's role with it, if the desk may know of it.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    row = db.session.get(ZeroReport, id)
    access = record.may_know(row.chain, ("return", row.owing), desk_id) if row else None
    if row is None or access is None:
        raise NotKnown
    return row, access.role


def operation_of(ref: str, desk_id: int) -> str:
    """The code of the operation in which a desk's returns are owed. Raises: NotKnown, as `known`."""
    row = db.session.get(OwingDesk, ref)
    if row is None or record.may_know(row.chain, ("return", ref), desk_id) is None:
        raise NotKnown
    return operations.at(row.chain).code


def unit_known(chain: int, code: str, desk_id: int) -> tuple[Unit, str]:
    """A unit and the desk's role with its returns. Raises: NotKnown, as `known`."""
    row = db.session.scalars(select(Unit).where(Unit.chain == chain, Unit.code == code)).first()
    access = record.may_know(chain, ("return", row.owing), desk_id) if row else None
    if row is None or access is None:
        raise NotKnown
    return row, access.role


def units(chain: int, desk_id: int) -> list[dict[str, Any]]:
    """The units a desk may know of, by code."""
    query = select(Unit).where(Unit.chain == chain, Unit.owing.in_(record.known_refs(chain, desk_id, "return")))
    return [_unit(row) for row in db.session.scalars(query.order_by(Unit.code))]


def every_unit(chain: int, agency: str | None) -> list[tuple[str, ...]]:
    """The units of an operation, for whoever runs the Hub: code, agency, site, desk, first and last day, name."""
    query = select(Unit, OwingDesk.desk).join(OwingDesk, OwingDesk.ref == Unit.owing).where(Unit.chain == chain)
    if agency:
        query = query.where(Unit.agency == agency)
    rows = db.session.execute(query.order_by(Unit.agency, Unit.code)).all()
    desks = agencies.desks({desk for _, desk in rows})
    return [
        (
            row.code, row.agency, row.site or "", desks[desk].code, row.first_day.isoformat(),
            row.last_day.isoformat() if row.last_day else "", row.title.get("zh", ""),
        )
        for row, desk in rows
    ]  # fmt: skip


def owed_by(chain: int, agency: str) -> list[Known]:
    """The units of an agency, as a sheet may name them."""
    rows = db.session.scalars(select(Unit).where(Unit.chain == chain, Unit.agency == agency).order_by(Unit.code))
    return [Known(row.code, Words(row.title.get("zh", ""), row.title.get("en", ""))) for row in rows]


def day(chain: int, desk_id: int, on: date) -> list[dict[str, Any]]:
    """How every return of a date stands that a desk may know of, by unit."""
    query = (
        select(ZeroReport, Unit)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .where(
            ZeroReport.chain == chain,
            ZeroReport.date == on,
            ZeroReport.owing.in_(record.known_refs(chain, desk_id, "return")),
        )
    )
    return [shape(row, unit) for row, unit in db.session.execute(query.order_by(Unit.code))]


def one(row: ZeroReport) -> dict[str, Any]:
    """A return with every version of it, the newest first."""
    unit = db.session.get_one(Unit, row.unit)
    query = select(Filing).where(Filing.zero_report == row.id).order_by(Filing.version.desc())
    versions = [{name: getattr(each, name) for name in _FILING} for each in db.session.scalars(query)]
    return shape(row, unit) | {"versions": versions}


def standing(chain: int, desk_id: int, on: date) -> list[Standing]:
    """The same day as the roll-up counts it."""
    query = (
        select(ZeroReport.state, ZeroReport.late, ZeroReport.filing, Unit.code, Filing.counts, Filing.unknown)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .join(Filing, Filing.id == ZeroReport.filing, isouter=True)
        .where(
            ZeroReport.chain == chain,
            ZeroReport.date == on,
            ZeroReport.owing.in_(record.known_refs(chain, desk_id, "return")),
        )
    )
    return [
        Standing(row.code, row.state, row.late, dict(row.counts or {}), tuple(row.unknown or ()), row.filing)
        for row in db.session.execute(query.order_by(Unit.code))
    ]


def to_miss(at: datetime, aside: Collection[str] = ()) -> tuple[int, str, date] | None:
    """The chain, owing desk and date of returns that have just come to be missing; None when there are none.

    Shape: `aside` are those to leave alone for now, each as `owing date`.
    """
    query = select(ZeroReport.chain, ZeroReport.owing, ZeroReport.date).distinct()
    query = query.where(ZeroReport.state == "due", ZeroReport.due_at <= at)
    rows = db.session.execute(query.order_by(ZeroReport.date, ZeroReport.owing).limit(len(aside) + 1))
    return next(((chain, owing, on) for chain, owing, on in rows if f"{owing} {on}" not in aside), None)


def shape(row: ZeroReport, unit: Unit) -> dict[str, Any]:
    """One return as the API tells it."""
    return {
        "id": row.id, "unit": unit.code, "title": unit.title, "agency": unit.agency, "date": row.date.isoformat(),
        "due_at": row.due_at, "state": row.state, "late": row.late, "accepted": row.accepted, "filing": row.filing,
        "cell": cell(row.state, late=row.late, nothing=row.quiet, incomplete=row.incomplete),
    }  # fmt: skip


def _unit(row: Unit) -> dict[str, Any]:
    return {
        "unit": row.code, "title": row.title, "agency": row.agency, "site": row.site,
        "first_day": row.first_day.isoformat(), "last_day": row.last_day.isoformat() if row.last_day else None,
    }  # fmt: skip

"""Links of outlets without an account: who holds one, and which are out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.text import sha256
from incident_hub.returns.cells import STILL
from incident_hub.returns.links import Link, Over
from incident_hub.returns.models import Unit, ZeroReport
from incident_hub.returns.models.links import FilingLink

_LONGEST = 64


def link_shown(secret: str, at: datetime) -> Link:
    """The link whose secret this is. Raises: NotKnown when there is none; Over when it was used or has ended."""
    if len(secret) > _LONGEST:
        raise NotKnown
    query = (
        select(FilingLink, ZeroReport, Unit)
        .join(ZeroReport, ZeroReport.id == FilingLink.zero_report)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .where(FilingLink.hash == sha256(secret.encode()))
    )
    found = db.session.execute(query).first()
    if found is None:
        raise NotKnown
    row, report, unit = found
    if row.used_at is not None or row.expires_at <= at:
        raise Over(row.by, used=row.used_at is not None)
    return Link(
        row.id, report.chain, unit.code, unit.title, unit.agency, report.date, report.due_at, row.by, row.desk,
        row.expires_at,
    )  # fmt: skip


def to_invite(
    chain: int, agency: str, desk_id: int, on: date, wanted: Collection[str] | None
) -> list[tuple[ZeroReport, Unit]]:
    """What links may be made for: the returns of an agency that are still missing, or those of the units wanted.

    Raises: NotKnown for a unit that the agency does not owe for on that date.
    """
    query = select(ZeroReport, Unit).join(Unit, Unit.ref == ZeroReport.unit)
    query = query.where(ZeroReport.chain == chain, Unit.agency == agency, ZeroReport.date == on)
    query = query.where(ZeroReport.owing.in_(record.known_refs(chain, desk_id, "return")))
    query = query.where(ZeroReport.state.in_(STILL) if wanted is None else Unit.code.in_(wanted))
    found = [(report, unit) for report, unit in db.session.execute(query.order_by(Unit.code))]
    if wanted is not None and len(found) != len(set(wanted)):
        raise NotKnown
    return found


def links_out(chain: int, agency: str, desk_id: int, on: date, at: datetime) -> list[dict[str, Any]]:
    """The links of an agency for a date that were used or still may be, without their secrets, by unit."""
    query = (
        select(FilingLink, Unit.code)
        .join(ZeroReport, ZeroReport.id == FilingLink.zero_report)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .where(ZeroReport.chain == chain, ZeroReport.date == on, Unit.agency == agency)
        .where(ZeroReport.owing.in_(record.known_refs(chain, desk_id, "return")))
        .where((FilingLink.expires_at > at) | FilingLink.used_at.is_not(None))
    )
    return [
        {
            "id": row.id, "unit": code, "at": row.at, "by": row.by, "expires_at": row.expires_at,
            "used_at": row.used_at,
        }
        for row, code in db.session.execute(query.order_by(Unit.code, FilingLink.at))
    ]  # fmt: skip

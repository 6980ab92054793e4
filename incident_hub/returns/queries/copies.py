"""Quiet returns that say the same day after day: a hint to whoever reviews and to whoever files, never a refusal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy import func, select

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.returns.judgement import COPIED_DAYS
from incident_hub.returns.judgement import copied as look_copied
from incident_hub.returns.models import Filing, Unit, ZeroReport

# Days on which a unit was let off stand between the others, so some more are read.
_READ = timedelta(days=2 * COPIED_DAYS)


def copied(chain: int, desk_id: int, on: date) -> list[str]:
    """The units, by code, whose return of a date is the last of thirty that say the same, as far as a desk may know."""
    quiet = (
        select(ZeroReport.unit)
        .where(
            ZeroReport.chain == chain,
            ZeroReport.owing.in_(record.known_refs(chain, desk_id, "return")),
            ZeroReport.date.between(on - _READ, on),
            ZeroReport.state == "received",
            ZeroReport.quiet.is_(True),
        )
        .group_by(ZeroReport.unit)
        .having(func.count() >= COPIED_DAYS)
    )
    units = {ref: code for ref, code in db.session.execute(select(Unit.ref, Unit.code).where(Unit.ref.in_(quiet)))}
    days = _days(units, on)
    return sorted(code for ref, code in units.items() if look_copied(days.get(ref, ())))


def looks_copied(report: ZeroReport) -> bool:
    """Whether a return is the last of thirty that say the same."""
    return look_copied(_days([report.unit], report.date).get(report.unit, ()))


def _days(units: Collection[str], on: date) -> Mapping[str, list[Mapping[str, object] | None]]:
    """What each unit's days up to a date state, the newest first, without those it was let off."""
    query = (
        select(ZeroReport.unit, ZeroReport.state, ZeroReport.quiet, Filing.counts)
        .join(Filing, Filing.id == ZeroReport.filing, isouter=True)
        .where(ZeroReport.unit.in_(units), ZeroReport.date.between(on - _READ, on), ZeroReport.state != "exempt")
        .order_by(ZeroReport.unit, ZeroReport.date.desc())
    )
    found: dict[str, list[Mapping[str, object] | None]] = {}
    for unit, state, quiet, counts in db.session.execute(query):
        found.setdefault(unit, []).append(counts if state == "received" and quiet else None)
    return found

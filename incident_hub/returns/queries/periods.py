"""How the returns a desk may know of stood at an instant: each unit and date, taken from what was filed by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from incident_hub.kernel import feeds, record
from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations
from incident_hub.returns.asked import findings
from incident_hub.returns.cells import cell
from incident_hub.returns.judgement import is_nothing
from incident_hub.returns.models import REGISTERED, Exemption, Filing, Unit, ZeroReport


@dataclass(frozen=True)
class Stood:
    """One unit and date as it stood. Shape: `cell` as the matrix says it; `counts` are empty until it was received."""

    unit: str
    title: Mapping[str, str]
    agency: str
    day: date
    due_at: datetime
    cell: str
    late: bool = False
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    unknown: Collection[str] = ()


def stood(chain: int, desk_id: int, until: date, at: datetime) -> list[Stood]:
    """Every unit and date up to one of them that a desk may know of today, as it stood at `at`, by date and unit."""
    asked = operations.plan_of(operations.at(chain).plan_version).zero_report
    wanted = findings(asked) if asked else []
    mine = ZeroReport.owing.in_(record.known_refs(chain, desk_id, "return"))
    query = (
        select(ZeroReport.id, ZeroReport.unit, ZeroReport.date, ZeroReport.due_at, Unit.code, Unit.title, Unit.agency)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .where(ZeroReport.chain == chain, mine, ZeroReport.date <= until)
        .order_by(ZeroReport.date, Unit.code)
    )
    later, let_off = _registered_after(chain, at), _let_off(chain, at)
    versions = _versions(select(ZeroReport.id).where(ZeroReport.chain == chain, mine, ZeroReport.date <= until), at)
    found: list[Stood] = []
    for row in db.session.execute(query):
        if row.code in later:
            continue
        told = versions.get(row.id, [])
        off = any(since <= row.date <= until_ for since, until_ in let_off.get(row.unit, ()))
        found.append(_stood(row, told, wanted, at, exempt=off))
    return found


def _stood(row: Any, told: list[Any], wanted: Collection[str], at: datetime, *, exempt: bool) -> Stood:
    place = (row.code, row.title, row.agency, row.date, row.due_at)
    if not told:
        return Stood(*place, "exempt" if exempt else "missing" if row.due_at <= at else "due")
    last, late = told[-1], told[0].stated_at > row.due_at
    if last.review == "returned" and last.reviewed_at <= at:
        return Stood(*place, "returned", late)
    nothing = is_nothing(last.counts, wanted)
    word = cell("received", late=late, nothing=nothing, incomplete=bool(last.unknown))
    return Stood(*place, word, late, last.counts, tuple(last.unknown))


def _versions(reports: Select[str], at: datetime) -> dict[str, list[Any]]:
    names = (
        Filing.zero_report, Filing.counts, Filing.unknown, Filing.stated_at, Filing.review, Filing.reviewed_at
    )  # fmt: skip
    query = select(*names).where(Filing.zero_report.in_(reports), Filing.at <= at, Filing.origin != "assumed")
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in db.session.execute(query.order_by(Filing.zero_report, Filing.version)):
        found[row.zero_report].append(row)
    return found


def _let_off(chain: int, at: datetime) -> dict[str, list[tuple[date, date]]]:
    query = select(Exemption.unit, Exemption.since, Exemption.until).join(Unit, Unit.ref == Exemption.unit)
    found: defaultdict[str, list[tuple[date, date]]] = defaultdict(list)
    for unit, since, until in db.session.execute(query.where(Unit.chain == chain, Exemption.at <= at)):
        found[unit].append((since, until))
    return found


def _registered_after(chain: int, at: datetime) -> set[str]:
    entries = feeds.of_kind(chain, 0, REGISTERED)
    return {one["unit"] for entry in entries if entry["at"] > at for one in entry["data"]["units"]}

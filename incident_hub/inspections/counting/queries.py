"""The visits a desk may know of as they stood at an instant, taken from the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.inspections import models
from incident_hub.kernel import feeds, record
from incident_hub.kernel.database import db


@dataclass(frozen=True)
class Stood:
    """One visit as it stood.

    Shape: `outcome` is signed, refused or None; `findings` are the instants at which something was found; `grave` is
    how many grave questions were answered no, said when it was concluded.
    """

    ref: str
    visit: str
    agency: str
    begun_at: datetime
    outcome: str | None = None
    concluded_at: datetime | None = None
    findings: tuple[datetime, ...] = ()
    grave: int = 0


def stood(chain: int, desk_id: int, at: datetime) -> list[Stood]:
    """Every visit begun by `at` that a desk may know of today, as it stood at `at`, oldest first."""
    row = models.Inspection
    query = select(row.ref, row.visit, row.agency, row.begun_at).where(
        row.chain == chain, row.begun_at <= at, row.ref.in_(record.known_refs(chain, desk_id, "inspection"))
    )
    found = {one.ref: Stood(*one) for one in db.session.execute(query.order_by(row.begun_at, row.ref))}
    for kind in (models.FOUND, models.SIGNED, models.REFUSED, models.CONCLUDED):
        for entry in feeds.of_kind(chain, 0, kind):
            ref = entry["subject"]["ref"]
            if ref in found and entry["at"] <= at:
                found[ref] = _after(found[ref], entry)
    return list(found.values())


def _after(one: Stood, entry: Mapping[str, Any]) -> Stood:
    at, kind = entry["at"], entry["kind"]
    if kind == models.FOUND:
        return replace(one, findings=(*one.findings, at))
    if kind == models.CONCLUDED:
        return replace(one, concluded_at=at, grave=len(entry["data"]["grave"]))
    return replace(one, outcome="signed" if kind == models.SIGNED else "refused")

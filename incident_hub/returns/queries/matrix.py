"""The matrix: unit by day, one word a cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.returns.cells import cell, count
from incident_hub.returns.models import Unit, ZeroReport

from .flags import flagged


@dataclass
class Matrix:
    """What a desk may know of some days.

    Shape: `rows` are {unit, title, agency, cells}, cells by date {id, cell, late, flagged}; `days` are {date, received,
    owed, counts}; those let off are not owed.
    """

    days: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    rows: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


def matrix(chain: int, desk_id: int, since: date, until: date) -> Matrix:
    """Every unit and local date between two dates, both among them, that a desk may know of."""
    made, dates = Matrix(), Counter[tuple[str, str]]()
    # Plain columns in the order of the index: a thousand units are eleven thousand cells.
    columns = (
        ZeroReport.id, ZeroReport.date, ZeroReport.state, ZeroReport.late, ZeroReport.quiet, ZeroReport.incomplete,
        Unit.code, Unit.title, Unit.agency,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .where(ZeroReport.owing.in_(record.known_refs(chain, desk_id, "return")), ZeroReport.date.between(since, until))
    )
    doubted = flagged(chain, desk_id, since, until)
    found: dict[str, dict[str, Any]] = {}
    for row in db.session.execute(query.order_by(Unit.code, ZeroReport.date)):
        on = row.date.isoformat()
        word = cell(row.state, late=row.late, nothing=row.quiet, incomplete=row.incomplete)
        dates[on, word] += 1
        if row.code not in found:
            found[row.code] = {"unit": row.code, "title": row.title, "agency": row.agency, "cells": {}}
        found[row.code]["cells"][on] = {
            "id": row.id, "cell": word, "late": row.late, "flagged": row.id in doubted
        }  # fmt: skip
    made.rows = list(found.values())
    made.days = [counted(on, {word: n for (one, word), n in dates.items() if one == on}) for on in _dates(dates)]
    return made


def counted(on: str, counts: dict[str, int]) -> dict[str, Any]:
    """What the head of a day says: received n of m, and how many of each word."""
    found = count(counts)
    return {"date": on, "received": found.received, "owed": found.owed, "counts": counts}


def _dates(counts: Counter[tuple[str, str]]) -> list[str]:
    return sorted({on for on, _ in counts})

"""What is asked about anchors: the newest, those of an operation, who witnessed them, and what an export carries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from incident_hub.anchors.mark import SHORT, Sealed, opening, outward
from incident_hub.anchors.models import Anchor, Witness
from incident_hub.kernel import chains
from incident_hub.kernel.database import db
from incident_hub.kernel.text import instant
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation


def newest(chain: int) -> Anchor | None:
    """The last anchor of an operation."""
    query = select(Anchor).where(Anchor.chain == chain).order_by(Anchor.number.desc()).limit(1)
    return db.session.scalars(query).first()


def newest_mark(chain: int, at: datetime | None = None) -> str | None:
    """The short form of the last mark up to an instant, as documents print it."""
    query = select(Anchor.mark).where(Anchor.chain == chain)
    if at is not None:
        query = query.where(Anchor.at <= at)
    mark = db.session.scalar(query.order_by(Anchor.number.desc()).limit(1))
    return mark[:SHORT] if mark else None


def due(before: datetime) -> list[int]:
    """The chains to be sealed: of live operations whose last anchor is not younger, of ended ones that moved on."""
    last = select(Anchor.chain, func.max(Anchor.number).label("number")).group_by(Anchor.chain).subquery()
    newest = select(Anchor.chain, Anchor.at, Anchor.size).join(
        last, (last.c.chain == Anchor.chain) & (last.c.number == Anchor.number)
    )
    sealed = {row.chain: row for row in db.session.execute(newest)}
    live = {one.id for one in operations.live()}
    found: list[int] = []
    for chain, size in chains.sizes().items():
        one = sealed.get(chain)
        if one is None or (one.at <= before and chain in live) or (one.size < size and chain not in live):
            found.append(chain)
    return found


def newest_told(operation: Operation) -> dict[str, Any] | None:
    """The last anchor as it leaves the house, or None before the first."""
    row = newest(operation.id)
    return outward(_sealed(operation, row)) if row else None


def of_mark(operation: Operation, mark: str) -> tuple[str, Sealed] | None:
    """The anchor of a mark, whole or in its short form, and its id."""
    if len(mark) not in (SHORT, 64):
        return None
    query = select(Anchor).where(Anchor.chain == operation.id, Anchor.mark.startswith(mark, autoescape=True))
    row = db.session.scalars(query.limit(1)).first()
    return (row.id, _sealed(operation, row)) if row else None


def listed(operation: Operation, before: int | None, limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """Anchors as they leave the house, the newest first, with who witnessed them; and where the list goes on."""
    query = select(Anchor).where(Anchor.chain == operation.id)
    if before is not None:
        query = query.where(Anchor.number < before)
    rows = list(db.session.scalars(query.order_by(Anchor.number.desc()).limit(limit + 1)))
    signed = _witnesses(Anchor.id.in_([row.id for row in rows]))
    items = [outward(_sealed(operation, row)) | {"witnesses": signed.get(row.id, [])} for row in rows[:limit]]
    return items, str(rows[limit - 1].number) if len(rows) > limit else None


def exported(operation: Operation) -> dict[str, Any]:
    """What an exported record carries of its anchors: all of them opened, and the signatures of witnesses by place."""
    rows = list(db.session.scalars(select(Anchor).where(Anchor.chain == operation.id).order_by(Anchor.number)))
    signed = _witnesses(Anchor.chain == operation.id)
    return {
        "anchors": [opening(_sealed(operation, row)) for row in rows],
        "witnesses": {str(row.number): signed[row.id] for row in rows if row.id in signed},
    }


def all_of(operation: Operation) -> list[Sealed]:
    """Every anchor of an operation, oldest first."""
    rows = db.session.scalars(select(Anchor).where(Anchor.chain == operation.id).order_by(Anchor.number))
    return [_sealed(operation, row) for row in rows]


def last_witnessed(chain: int) -> dict[str, datetime]:
    """When each agency last put its signature under an anchor of an operation."""
    query = select(Witness.agency, func.max(Witness.at)).join(Anchor, Anchor.id == Witness.anchor)
    return {
        agency: at for agency, at in db.session.execute(query.where(Anchor.chain == chain).group_by(Witness.agency))
    }


def _sealed(operation: Operation, row: Anchor) -> Sealed:
    return Sealed(
        operation.code,
        instant(row.at),
        row.size,
        row.head,
        row.nonce,
        row.mark,
        row.prev,
        row.key,
        row.signature,
        row.exercise,
    )


def _witnesses(of: ColumnElement[bool]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    query = select(Witness).join(Anchor, Anchor.id == Witness.anchor).where(of)
    for row in db.session.scalars(query.order_by(Witness.at, Witness.agency)):
        told = {"agency": row.agency, "at": row.at, "key": row.key, "signature": row.signature}
        found.setdefault(row.anchor, []).append(told)
    return found

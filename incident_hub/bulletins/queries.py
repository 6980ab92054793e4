"""Bulletins as a desk may know them: its own whole, another's by its own sheet alone (rulings 2).

Whoever oversees an agency under the plan is told how its desks stand, and nothing that was said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from incident_hub.incidents import queries as incidents
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import queries as operations

from .answers import counted, line
from .models import NOUN, Bulletin, Reply, Sheet


@dataclass(frozen=True)
class Known:
    """A bulletin a desk may know of: as its sender, by the one sheet that is its own, or as one that oversees.

    Shape: `sheets` are those whose standing the desk may count, all of them for the sender.
    """

    row: Bulletin
    sheet: Sheet | None
    sheets: list[Sheet] = field(default_factory=list)
    sent: bool = False

    @property
    def role(self) -> str:
        """sender, addressee or overseer."""
        return "sender" if self.sent else "addressee" if self.sheet else "overseer"


def known(id: str, desk_id: int) -> Known:
    """The bulletin behind its own id or the reference of a sheet, if this desk may know of it.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    named = db.session.get(Sheet, id)
    row = db.session.get(Bulletin, named.bulletin if named else id)
    if row is None:
        raise NotKnown
    found = _as_known(row, sheets_of([row.id]), desk_id, watched_by(row.chain, desk_id))
    # By the reference of a sheet one finds one's own, or is the sender.
    if found is None or (named and not found.sent and (found.sheet is None or found.sheet.ref != named.ref)):
        raise NotKnown
    return found


def listed(
    chain: int, desk_id: int, at: datetime, before: tuple[datetime, str] | None = None, limit: int = 100
) -> tuple[list[dict[str, Any]], tuple[datetime, str] | None]:
    """What a desk sent, was sent or oversees in an operation, the newest first, with the place to go on from."""
    refs = record.known_refs(chain, desk_id, NOUN)
    mine = select(Sheet.bulletin).where(Sheet.ref.in_(refs), Sheet.desk_id == desk_id)
    query = select(Bulletin).where(Bulletin.chain == chain, Bulletin.id.in_(refs) | Bulletin.id.in_(mine))
    if before:
        sent_at, id = before
        query = query.where(or_(Bulletin.sent_at < sent_at, and_(Bulletin.sent_at == sent_at, Bulletin.id < id)))
    rows = list(db.session.scalars(query.order_by(Bulletin.sent_at.desc(), Bulletin.id.desc()).limit(limit + 1)))
    further = (rows[limit - 1].sent_at, rows[limit - 1].id) if len(rows) > limit else None
    sheets = _by_bulletin(sheets_of(row.id for row in rows[:limit]))
    watched = watched_by(chain, desk_id)
    found = [one for row in rows[:limit] if (one := _as_known(row, sheets[row.id], desk_id, watched))]
    replies = replies_of(sheet.ref for held in sheets.values() for sheet in held)
    return [_shape(one, replies, desk_id, at) for one in found], further


def page(found: Known, desk_id: int, at: datetime) -> dict[str, Any]:
    """All that a desk may know of one bulletin: its sender the sheet of every desk, an addressee its own."""
    counts = [*found.sheets, *([found.sheet] if found.sheet else [])]
    replies = replies_of(sheet.ref for sheet in counts)
    shown = _shape(found, replies, desk_id, at) | _corrections(found, desk_id)
    if found.sent:
        return shown | {"sheets": [_sheet(found.row, one, replies[one.ref], at) for one in found.sheets]}
    if found.sheets:
        return shown | {"sheets": [asdict(_line(found.row, one, replies[one.ref], at)) for one in found.sheets]}
    return shown


def sheets_of(bulletins: Iterable[str]) -> list[Sheet]:
    """The sheets of bulletins, by desk."""
    return list(db.session.scalars(select(Sheet).where(Sheet.bulletin.in_(list(bulletins))).order_by(Sheet.desk)))


def replies_of(sheets: Iterable[str]) -> dict[str, list[Reply]]:
    """Every answer on each of these sheets, oldest first."""
    found: dict[str, list[Reply]] = {ref: [] for ref in sheets}
    refs = list(found)
    for start in range(0, len(refs), 500):
        query = select(Reply).where(Reply.sheet.in_(refs[start : start + 500]))
        for row in db.session.scalars(query.order_by(Reply.place)):
            found[row.sheet].append(row)
    return found


def facts(chain: int) -> dict[str, Any]:
    """What rules read of a bulletin; nothing of the incident behind it."""
    operation = operations.at(chain)
    return {"phase": operation.phase, "plan": operation.plan_version}


def overseers(operation: operations.Operation, agencies: Iterable[str]) -> set[int]:
    """The desks that oversee any of these agencies; only those that own sites are overseen by another."""
    owners = set(agencies) & set(operations.site_owners(operation))
    return {desk.id for one in owners for desk in operations.overseers(operation, one, None)}


def watched_by(chain: int, desk_id: int) -> set[str]:
    """The agencies that a desk oversees under the plan of an operation."""
    operation = operations.at(chain)
    return {one for one in operations.site_owners(operation) if desk_id in overseers(operation, [one])}


def _as_known(row: Bulletin, sheets: list[Sheet], desk_id: int, watched: set[str]) -> Known | None:
    whole = record.may_know(row.chain, (NOUN, row.id), desk_id) is not None
    if whole and row.desk_id == desk_id:
        return Known(row, None, sheets, sent=True)
    mine = next((one for one in sheets if one.desk_id == desk_id), None)
    if mine and record.may_know(row.chain, (NOUN, mine.ref), desk_id) is None:
        mine = None
    overseen = [one for one in sheets if whole and one.desk.partition("/")[0] in watched]
    return Known(row, mine, overseen) if mine or overseen else None


def _by_bulletin(sheets: Iterable[Sheet]) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        found.setdefault(sheet.bulletin, []).append(sheet)
    return found


def _shape(found: Known, replies: dict[str, list[Reply]], desk_id: int, at: datetime) -> dict[str, Any]:
    row, reads = found.row, found.role != "overseer"
    told: dict[str, Any] = {
        "id": found.sheet.ref if found.sheet else row.id, "role": found.role, "kind": row.kind, "from": row.desk,
        "title": row.title if reads else None, "words": row.words if reads else None, "sent_at": row.sent_at,
        "due_at": row.due_at, "ended": row.ended, "ended_at": row.ended_at, "reason": row.reason if reads else None,
        "incident": _incident(row, desk_id) if reads else None,
    }  # fmt: skip
    if found.sheet is not None:
        told |= _sheet(row, found.sheet, replies[found.sheet.ref], at)
    if found.sheets:
        told["count"] = counted(row.kind, [_line(row, one, replies[one.ref], at) for one in found.sheets])
    return told


def _incident(row: Bulletin, desk_id: int) -> dict[str, str] | None:
    if row.incident is None:
        return None
    try:
        found = incidents.known(row.incident, desk_id)
    except NotKnown:
        return None
    return {"ref": row.incident, "title": found.incident.title}


def _corrections(found: Known, desk_id: int) -> dict[str, str | None]:
    """The bulletin it corrects, and the one that corrects it, by the ids under which this desk reads them."""
    row = found.row
    later = select(Bulletin).where(Bulletin.corrects == row.id).order_by(Bulletin.sent_at.desc()).limit(1)
    after = db.session.scalar(later)
    before = db.session.get(Bulletin, row.corrects) if row.corrects else None
    return {"corrects": _read_as(before, desk_id), "corrected_by": _read_as(after, desk_id)}


def _read_as(row: Bulletin | None, desk_id: int) -> str | None:
    found = _as_known(row, sheets_of([row.id]), desk_id, set()) if row else None
    if found is None:
        return None
    return found.sheet.ref if found.sheet else found.row.id


def _sheet(row: Bulletin, sheet: Sheet, given: list[Reply], at: datetime) -> dict[str, Any]:
    stands = asdict(_line(row, sheet, given, at))
    names = ("answer", "words", "via", "by", "at", "entered_at")
    answers = [{name: getattr(one, name) for name in names} for one in given]
    return stands | {"ref": sheet.ref, "reached": sheet.reached, "answers": answers}


def _line(row: Bulletin, sheet: Sheet, given: list[Reply], at: datetime) -> Any:
    # What has ended is judged by how it stood then.
    until = min(at, row.ended_at) if row.ended_at else at
    return line(row.kind, sheet.desk, [(one.answer, one.at) for one in given], row.sent_at, row.due_at, until)

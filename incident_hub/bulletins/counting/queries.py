"""How the bulletins a desk may count stood at an instant: those it sent, those it was asked, those it oversees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from incident_hub.bulletins.answers import counted, line
from incident_hub.bulletins.models import NOUN, Bulletin, Sheet
from incident_hub.bulletins.queries import replies_of, sheets_of, watched_by
from incident_hub.kernel import record
from incident_hub.kernel.database import db


@dataclass(frozen=True)
class Stood:
    """One bulletin as it stood.

    Shape: `title` is None for whoever only oversees; `of` counts the desks the reader may know of, `missing` names
    those that had not said a word.
    """

    kind: str
    sender: str
    title: str | None
    sent_at: datetime
    due_at: datetime
    ended: bool
    of: int
    answered: int
    missing: tuple[str, ...]


def stood(chain: int, desk_id: int, at: datetime) -> list[Stood]:
    """Every bulletin sent by `at` that a desk may count today, as it stood at `at`, oldest first."""
    refs = record.known_refs(chain, desk_id, NOUN)
    mine = select(Sheet.bulletin).where(Sheet.ref.in_(refs), Sheet.desk_id == desk_id)
    query = select(Bulletin).where(Bulletin.chain == chain, Bulletin.sent_at <= at)
    rows = list(
        db.session.scalars(
            query.where(Bulletin.id.in_(refs) | Bulletin.id.in_(mine)).order_by(Bulletin.sent_at, Bulletin.id)
        )
    )
    sheets, watched, known = (
        sheets_of(row.id for row in rows),
        watched_by(chain, desk_id),
        {str(ref) for ref in db.session.scalars(refs)},
    )
    found: list[Stood] = []
    for row in rows:
        its = [one for one in sheets if one.bulletin == row.id]
        own = [one for one in its if one.desk_id == desk_id and one.ref in known]
        over = [one for one in its if row.id in known and one.desk.partition("/")[0] in watched]
        seen = its if row.desk_id == desk_id else list({one.ref: one for one in (*own, *over)}.values())
        if seen:
            found.append(_stood(row, seen, at, reads=bool(own) or row.desk_id == desk_id))
    return found


def _stood(row: Bulletin, sheets: list[Sheet], at: datetime, *, reads: bool) -> Stood:
    ended = row.ended_at is not None and row.ended_at <= at
    until = min(at, row.ended_at) if row.ended_at else at
    replies = replies_of(one.ref for one in sheets)
    lines = [
        line(
            row.kind, one.desk, [(each.answer, each.at) for each in replies[one.ref] if each.entered_at <= at],
            row.sent_at, row.due_at, until,
        )
        for one in sheets
    ]  # fmt: skip
    count = counted(row.kind, lines)
    missing = tuple(one.desk for one in lines if one.answer in ("waiting", "missing"))
    return Stood(
        row.kind, row.desk, row.title if reads else None, row.sent_at, row.due_at, ended, len(lines),
        int(str(count["answered"])), missing,
    )  # fmt: skip

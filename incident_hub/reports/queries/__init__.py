"""Reports as a desk may know them: the text is for sender and receivers, that it was sent for the whole circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from incident_hub.files import queries as files
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.text import canonical, sha256
from incident_hub.reports.compiling import Compiled, blank, compiled, completeness, still_open
from incident_hub.reports.forms import FORMS
from incident_hub.reports.models import Report, Sending

from .gathering import gathered, told_by
from .going import clocks_of, places_to, seats_of, with_settled
from .shaping import head, sending

__all__ = [
    "Found", "as_it_reads", "clocks_of", "heads", "known", "last_of", "listed", "next_number", "of_incident", "page",
    "places_to", "print_of", "seats_of", "sendings_of", "sent_forms", "told_by", "with_settled",
]  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A report and its incident, for a desk that may know that it exists.

    Shape: `reads` is whether the desk may read what it says.
    """

    row: Report
    of: incidents.Known
    reads: bool

    @property
    def subject(self) -> tuple[str, str]:
        """How the record names its text."""
        return ("report", self.row.id)


def known(id: str, desk_id: int) -> Found:
    """The report, if this desk may know of it: a draft is its own desk's alone.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    row = db.session.get(Report, id)
    if row is None:
        raise NotKnown
    reads = record.may_know(row.chain, ("report", id), desk_id) is not None
    found = Found(row, incidents.known(row.ref, desk_id), reads)
    if not reads and (row.state != "sent" or not _since(found)):
        raise NotKnown
    return found


def of_incident(of: incidents.Known, desk_id: int) -> list[Found]:
    """The reports on an incident that a desk may know of, the newest first."""
    query = select(Report).where(Report.chain == of.incident.chain, Report.ref == of.incident.ref)
    mine = _readable(of.incident.chain, desk_id)
    rows = db.session.scalars(query.order_by(Report.compiled_at.desc(), Report.id))
    found = [Found(row, of, row.id in mine) for row in rows]
    return [one for one in found if one.reads or (one.row.state == "sent" and _since(one))]


def listed(
    chain: int, desk_id: int, before: tuple[datetime, str] | None = None, limit: int = 100
) -> tuple[list[Found], tuple[datetime, str] | None]:
    """The reports of an operation that a desk may know of, the newest first, with the place to go on from."""
    refs = record.known_refs(chain, desk_id, "incident")
    mine = record.known_refs(chain, desk_id, "report")
    may = or_(Report.id.in_(mine), Report.state == "sent")
    query = select(Report).where(Report.chain == chain, Report.ref.in_(refs), may)
    if before:
        at, id = before
        query = query.where(or_(Report.compiled_at < at, and_(Report.compiled_at == at, Report.id < id)))
    rows = list(db.session.scalars(query.order_by(Report.compiled_at.desc(), Report.id.desc()).limit(limit + 1)))
    further = (rows[limit - 1].compiled_at, rows[limit - 1].id) if len(rows) > limit else None
    rows = rows[:limit]
    circles = {ref: incidents.known(ref, desk_id) for ref in {row.ref for row in rows}}
    readable = _readable(chain, desk_id)
    found = [Found(row, circles[row.ref], row.id in readable) for row in rows]
    return [one for one in found if one.reads or _since(one)], further


def as_it_reads(found: Found, desk: str, desk_id: int) -> Compiled:
    """A draft as it would be signed now."""
    last = told_by(db.session.get(Report, found.row.after) if found.row.after else None)
    return compiled(FORMS[found.row.form], gathered(found.of, desk, desk_id), found.row.typed, last)


def print_of(made: Compiled) -> str:
    """The print of what a report says, which whoever signs has seen."""
    return sha256(canonical({"form": made.form.code, "content": made.content}))


def page(found: Found, desk: str, desk_id: int) -> dict[str, Any]:
    """All that a desk may read of a report; who may not read what it says is told that it went, and when it arrived."""
    shown = heads([found])[0] | {"content": None}
    if not found.reads:
        return shown
    row = found.row
    shown |= {name: getattr(row, name) for name in ("sha256", "cut_off", "why", "words", "via", "version")}
    shown["files"] = files.of(row.chain, found.subject, desk_id)
    content, unknown = row.content or [], row.open or {}
    if row.state == "draft":
        made = as_it_reads(found, desk, desk_id)
        last = told_by(db.session.get(Report, row.after) if row.after else None)
        content, unknown = list(made.lines), still_open(made, last)
        shown |= {"sha256": print_of(made), "typed": row.typed, "blank": blank(made)}
    if row.state != "sent" and row.desk == desk:
        whole = completeness(FORMS[row.form], unknown)
        data = {"form": row.form, "mode": row.mode, "report": row.id} | ({"completeness": whole} if whole else {})
        shown["to"] = with_settled(found.of, desk, data)
    return shown | {"content": content, "unknown": unknown}


def heads(found: Sequence[Found]) -> list[dict[str, Any]]:
    """Reports without what they say: form, number, from, to, when, whether received."""
    ways = sendings_of([one.row.id for one in found])
    ids = [one.row.id for one in found]
    query = select(Report.amends, Report.id).where(Report.amends.in_(ids), Report.state == "sent")
    amended = {old: new for old, new in db.session.execute(query)}
    return [
        head(one.row, one.of, [sending(way) for way in ways.get(one.row.id, ())], amended.get(one.row.id))
        | {"readable": one.reads}
        for one in found
    ]


def sendings_of(ids: Sequence[str]) -> dict[str, list[Sending]]:
    """The ways that reports went, in order."""
    # What went in one instant: the way itself, then the copies, then who handed it on.
    order = (Sending.sent_at, Sending.relay, Sending.copy_of.is_not(None), Sending.id)
    rows = db.session.scalars(select(Sending).where(Sending.report.in_(ids)).order_by(*order))
    found: dict[str, list[Sending]] = {}
    for row in rows:
        found.setdefault(row.report, []).append(row)
    return found


def last_of(of: incidents.Known, agency: str) -> Report | None:
    """The written report that an agency sent last on an incident."""
    query = select(Report).where(*_sent(of, agency), Report.mode == "written", Report.facts.is_not(None))
    # Of two in one instant, the one that goes on from the other.
    followed = select(Report.after).where(*_sent(of, agency), Report.after.is_not(None))
    ends = case((Report.id.in_(followed), 1), else_=0)
    return db.session.scalars(query.order_by(Report.sent_at.desc(), ends).limit(1)).first()


def sent_forms(of: incidents.Known, agency: str) -> set[str]:
    """The forms that an agency has sent in writing on an incident."""
    return set(db.session.scalars(select(Report.form).where(*_sent(of, agency), Report.mode == "written")))


def next_number(of: incidents.Known, agency: str, form: str) -> int:
    """The number that the next written report of a form takes (rulings 5)."""
    asked = select(func.max(Report.number)).where(*_sent(of, agency), Report.form == form, Report.mode == "written")
    return (db.session.scalar(asked) or 0) + 1


def _readable(chain: int, desk_id: int) -> set[str]:
    refs = record.known_refs(chain, desk_id, "report")
    return set(db.session.scalars(select(Report.id).where(Report.chain == chain, Report.id.in_(refs))))


def _sent(of: incidents.Known, agency: str) -> tuple[Any, ...]:
    return (
        Report.chain == of.incident.chain, Report.ref == of.incident.ref, Report.agency == agency,
        Report.state == "sent",
    )  # fmt: skip


def _since(found: Found) -> bool:
    """Whether a desk that joined the incident “from now on” had joined when the report was sent."""
    access = found.of.access
    return access.history != "from_now" or (found.row.sent_at is not None and found.row.sent_at >= access.since)

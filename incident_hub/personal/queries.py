"""Values of an incident as a desk may know them: what kind, the last four, and where else the same waybill lies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import record, vault
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.vault import Value, Vault
from incident_hub.operations import queries as operations

from . import revealing
from .models import Reveal
from .revealing import Asked, Person


@dataclass(frozen=True)
class Found:
    """A reveal, its value and the incident both belong to."""

    row: Reveal
    value: Vault
    of: incidents.Known


def person(asker: Asker) -> Person:
    """Whoever asks, as the judgement of reveals names them."""
    return Person(asker.member, asker.desk, asker.assurance)


def asked(row: Reveal) -> Asked:
    """A reveal as it is judged."""
    return Asked(row.state, row.member, row.desk, row.asked_at, row.answered_at)


def listed(found: incidents.Known, desk_id: int) -> list[dict[str, Any]]:
    """The values of an incident; who joined “from now” is told of none that is older.

    Shape: {id, kind, last_four, desk, at, keep_days, destroyed_at, also: [ref]}; `also` are the incidents with the
    same waybill that this desk may know of as well.
    """
    rows = [row for row in vault.of(found.incident.chain, found.subject) if since(found, row)]
    others = _elsewhere(found, desk_id, [row.mark for row in rows if row.kind == "waybill"])
    names = ("id", "kind", "last_four", "desk", "at", "keep_days", "destroyed_at")
    return [{name: getattr(row, name) for name in names} | {"also": others.get(row.mark, [])} for row in rows]


def known(id: str, desk_id: int) -> tuple[Vault, incidents.Known]:
    """One value of an incident this desk may know of. Raises: NotKnown otherwise."""
    row = vault.one(id)
    noun, _, ref = row.subject.partition("/") if row else ("", "", "")
    if row is None or noun != "incident":
        raise NotKnown
    found = incidents.known(ref, desk_id)
    if not since(found, row):
        raise NotKnown
    return row, found


def reveal(id: str, desk_id: int) -> Found:
    """One reveal, for a desk of the incident's circle. Raises: NotKnown otherwise."""
    row = db.session.get(Reveal, id)
    if row is None:
        raise NotKnown
    value, found = known(row.value, desk_id)
    return Found(row, value, found)


def reveals(found: incidents.Known, asker: Asker, at: datetime) -> list[dict[str, Any]]:
    """The reveals of an incident, newest first, each with what the asker may do with it now."""
    values = {row.id: row for row in vault.of(found.incident.chain, found.subject) if since(found, row)}
    rows = db.session.scalars(select(Reveal).where(Reveal.value.in_(values)).order_by(Reveal.asked_at.desc()))
    return [shape(Found(row, values[row.value], found), asker, at) for row in rows]


def shape(found: Found, asker: Asker, at: datetime) -> dict[str, Any]:
    """One reveal as a desk of the circle is told it: never the value, and the reason to those who have to judge it."""
    row, who = found.row, person(asker)
    over = overseeing(found.of, row.desk)
    may_confirm = revealing.may_confirm(asked(row), who, over, at) is None
    judging = may_confirm or row.desk == asker.desk or asker.desk in over
    until = {"asked": row.asked_at + revealing.TO_CONFIRM}.get(row.state)
    if row.state == "confirmed" and row.answered_at:
        until = row.answered_at + revealing.TO_READ
    return {
        "id": row.id, "value": row.value, "kind": found.value.kind, "last_four": found.value.last_four,
        "incident": found.of.incident.ref, "desk": row.desk, "asked_at": row.asked_at,
        "state": revealing.state_of(asked(row), at), "until": until, "answered_at": row.answered_at,
        "second_desk": row.second_desk, "shown_at": row.shown_at, "reason": row.reason if judging else None,
        "may_confirm": may_confirm, "may_read": revealing.may_read(asked(row), who, at) is None,
    }  # fmt: skip


def overseeing(found: incidents.Known, desk: str) -> list[str]:
    """The desks that oversee the agency of a desk under the plan in force; agencies without sites have none."""
    agency = desk.partition("/")[0]
    if agency not in operations.site_owners(found.operation):
        return []
    return [one.code for one in operations.overseers(found.operation, agency, found.incident.site)]


def with_waybill(operation: operations.Operation, number: str, desk_id: int) -> list[dict[str, Any]]:
    """The incidents with this waybill that a desk may know of; what was asked is kept nowhere."""
    mark = vault.marked("", Value("waybill", number))
    refs = _refs(operation.id, desk_id)
    found: list[dict[str, Any]] = []
    for row in vault.alike(operation.id, [mark]):
        ref = row.subject.partition("/")[2]
        if ref in refs and since(known := incidents.known(ref, desk_id), row):
            found.append({"incident": ref, "title": known.incident.title, "at": row.at, "last_four": row.last_four})
    return found


def subjects(ids: Collection[str]) -> dict[str, str]:
    """What each of these values, or of these reveals of one, belongs to, as the record writes it."""
    values = select(Vault.id, Vault.subject).where(Vault.id.in_(ids))
    reveals = select(Reveal.id, Vault.subject).join(Vault, Vault.id == Reveal.value).where(Reveal.id.in_(ids))
    return {id: subject for query in (values, reveals) for id, subject in db.session.execute(query)}


def lasting(chain: int) -> int:
    """How many days after the stand-down the plan in force lets a value be kept."""
    plan = operations.plan_of(operations.at(chain).plan_version)
    return next((one.days for one in plan.retention if one.code == "vault"), vault.DAYS)


def since(found: incidents.Known, row: Vault) -> bool:
    """Whether a value is not older than what this desk may read of its incident."""
    return found.access.history != "from_now" or row.at >= found.access.since


def _elsewhere(found: incidents.Known, desk_id: int, marks: Sequence[str]) -> dict[str, list[str]]:
    chain, here = found.incident.chain, found.incident.ref
    refs = _refs(chain, desk_id) - {here}
    also: dict[str, list[str]] = {}
    for row in vault.alike(chain, marks) if marks and refs else ():
        ref = row.subject.partition("/")[2]
        if ref in refs and since(incidents.known(ref, desk_id), row):
            also.setdefault(row.mark, []).append(ref)
    return also


def _refs(chain: int, desk_id: int) -> set[str]:
    return {str(ref) for ref in db.session.scalars(record.known_refs(chain, desk_id, "incident"))}

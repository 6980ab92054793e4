"""Handing over: prepared by who goes, signed by who comes, taken when nobody signs, called for until then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.roster import models
from incident_hub.roster.queries import holders
from incident_hub.roster.rotation import HELD_OVER

from .expecting import expect
from .telling import tell

# How long both watches have before the leader is told.
LEADER_AFTER = timedelta(minutes=10)
LEADERS = ("duty_leader", "executive")


@dataclass(frozen=True)
class Call:
    """Who is to be told that a hand-over wants its signature. Shape: `to` is both or leader; members by id."""

    handover: str
    desk_id: int
    post: str
    to: str
    members: tuple[str, ...]
    due_at: datetime


def prepare(row: models.Handover, note: str, facts: Mapping[str, Any], at: datetime, by: By) -> None:
    """Write down what goes to the next watch; until it is signed it can be prepared anew.

    Raises: Conflict when it was signed, NotAllowed for the one who is to sign it. Tells: handover.prepared.
    """
    _open(row)
    if by.member in row.incoming and by.member not in row.outgoing:
        raise NotAllowed("The watch that goes prepares its hand-over; you are the one who signs it.")
    row.state, row.note, row.facts = "prepared", note or None, dict(facts)
    row.prepared_at, row.prepared_by = at, by.member
    told = {"handover": row.id, "due_at": row.due_at, "facts": dict(facts)}
    tell(models.HANDOVER_PREPARED, row.post_id, at, by, told, {"note": note})


def sign(row: models.Handover, note: str, leading: bool, at: datetime, by: By) -> str:
    """The incoming watch signs what was prepared; what was not, it takes once it is due, as a leader may.

    Shape: the state it is in then, signed or taken.
    Raises: NotAllowed for anybody else, Conflict when it is too early. Tells: handover.signed or handover.taken.
    """
    _open(row)
    incoming = by.member in row.incoming and by.member not in row.outgoing
    if not incoming and not leading:
        raise NotAllowed("Only the watch that comes signs; a leader of the desk can take it once it is due.")
    prepared = row.state == "prepared"
    if at < row.due_at and not (prepared and incoming):
        raise Conflict("It is not prepared for you to sign; it can be taken from its planned instant on.")
    row.state = "signed" if prepared and incoming else "taken"
    row.signed_at, row.signed_by = at, by.member
    told: dict[str, Any] = {"handover": row.id, "due_at": row.due_at}
    if row.state == "taken":
        told["by_leader"] = not incoming
    kind = models.HANDOVER_SIGNED if row.state == "signed" else models.HANDOVER_TAKEN
    tell(kind, row.post_id, at, by, told, {"note": note})
    expect(row.post_id, at)
    return row.state


def call_for_handover(handover_id: str, at: datetime, by: By) -> Call | None:
    """At the planned instant tell both watches, ten minutes later the leader; None when nobody needs to be told.

    Tells: handover.called.
    """
    row = db.session.get(models.Handover, handover_id)
    if row is None or row.call_at is None or row.call_at > at:
        return None
    first = row.calls == 0
    row.calls += 1
    row.call_at = None
    if first:
        expect(row.post_id, at)
    post = agencies.post_by_id(row.post_id)
    if row.signed_at is not None or post is None or at - row.due_at >= HELD_OVER:
        return None
    row.call_at = row.due_at + LEADER_AFTER if first else None
    members = tuple(dict.fromkeys([*row.outgoing, *row.incoming])) if first else _leaders(row, post, at)
    to = "both" if first else "leader"
    told = {"handover": row.id, "due_at": row.due_at, "to": to, "members": list(members)}
    tell(models.HANDOVER_CALLED, row.post_id, at, by, told)
    return Call(row.id, post.desk_id, post.code, to, members, row.due_at)


def forget_notes(before: datetime) -> int:
    """Destroy what was written at hand-overs that are older; that they took place, and when, stays."""
    old = (models.Handover.note.is_not(None), models.Handover.due_at < before)
    gone = db.session.execute(update(models.Handover).where(*old).values(note=None))
    return int(getattr(gone, "rowcount", 0))


def _open(row: models.Handover) -> None:
    if row.signed_at is not None:
        raise Conflict("This hand-over is signed already.")


def _leaders(row: models.Handover, post: agencies.Post, at: datetime) -> tuple[str, ...]:
    """Who leads the desk at this instant, apart from the two watches themselves."""
    for code in LEADERS:
        leader = agencies.post(post.desk_id, code)
        found = holders(leader.id, at) if leader and leader.code != post.code else []
        if others := tuple(one for one in found if one not in [*row.outgoing, *row.incoming]):
            return others
    return ()

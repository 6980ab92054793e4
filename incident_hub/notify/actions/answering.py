"""What comes back: receipts of a gateway, a key pressed on a telephone, what was answered to a call by a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Conflict
from incident_hub.kernel.record import By, Draft
from incident_hub.notify import models, queries, states
from incident_hub.notify.models import Address, Notice

from .addressing import bad
from .delivering import note_all

UNDERSTOOD, NO_ANSWER, WRONG_NUMBER = "understood", "no_answer", "wrong_number"
ANSWERS = (UNDERSTOOD, NO_ANSWER, WRONG_NUMBER)


def read(member: str, obligation: str, at: datetime) -> None:
    """Somebody saw what was shown to them in the application about a debt; calls still kept for them are not made."""
    mine = (Notice.member == member) & (Notice.obligation == obligation)
    shown = mine & (Notice.channel == "in_app") & (Notice.state == states.SENT)
    _become(list(db.session.scalars(select(Notice.id).where(shown))), at, states.READ, None, read_at=at)
    kept = mine & Notice.bundled & (Notice.state == states.PREPARED) & Notice.carried.is_(None)
    _become(list(db.session.scalars(select(Notice.id).where(kept))), at, states.FAILED, "answered before it went out")


def receive(channel: str, delivery: str, state: str, code: str | None, at: datetime) -> bool:
    """Take a receipt for a delivery; True when it moved it on. The same receipt again changes nothing.

    Shape: `state` is delivered, read or failed; a bundle has one receipt for all that is in it.
    """
    query = select(Notice).where(Notice.carried == delivery, Notice.channel == channel)
    moved = [one.id for one in db.session.scalars(query) if states.moves(one.state, state)]
    if state == states.FAILED:
        _become(moved, at, state, (code or "receipt")[:96])
    elif state == states.DELIVERED:
        _become(moved, at, state, code, delivered_at=at)
    else:
        _become(moved, at, state, code, read_at=at)
    return bool(moved)


def hear(channel: str, delivery: str, answer: str, at: datetime) -> None:
    """Somebody answered a call by key: it counts as read, and the history keeps what was answered, each time."""
    query = select(Notice.id).where(Notice.carried == delivery, Notice.channel == channel)
    _become(list(db.session.scalars(query)), at, states.READ, answer, read_at=at)


def vouch(member: str, channel: str, value: str, at: datetime) -> None:
    """Somebody answered there: the address is theirs."""
    mine = (Address.member == member) & (Address.channel == channel) & (Address.value == value)
    db.session.execute(update(Address).where(mine).values(verified_at=at))


def answer_call(notice: Notice, answer: str, at: datetime, by: By) -> None:
    """Say what came of a call on the call sheet: understood counts as read, no answer as not delivered, and a wrong
    number is marked as bad.

    Raises: Conflict when it was answered before. Tells: desk_call.answered.
    """
    if notice.state != states.PREPARED or notice.channel != "desk_call":
        raise Conflict("This call was answered before; the call sheet shows what came of it.")
    if answer == UNDERSTOOD:
        _become([notice.id], at, states.READ, answer, sent_at=at, read_at=at)
    else:
        _become([notice.id], at, states.FAILED, answer)
    if answer == WRONG_NUMBER:
        bad("desk_call", None, notice.desk, notice.address or "", WRONG_NUMBER, at)
    data: dict[str, Any] = {"notice": notice.id, "answer": answer, "called": queries.desk_code(notice.desk)}
    data |= {"post": notice.post, "member": notice.member, "obligation": notice.obligation}
    subject = (str(notice.matter["noun"]), str(notice.matter["ref"]))
    record.append(Draft(notice.chain, models.CALL_ANSWERED, at, by, subject, data=data))


def _become(ids: list[str], at: datetime, state: str, code: str | None, **more: Any) -> None:
    values = {"state": state, "fault": code if state == states.FAILED else None, "claim": None, "claimed_at": None}
    db.session.execute(update(Notice).where(Notice.id.in_(ids)).values(**values, **more))
    note_all(ids, at, state, code)

"""Locking a value away, asking to read it, agreeing as the second person, and the one showing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from incident_hub.incidents import queries as incidents
from incident_hub.kernel import record, vault
from incident_hub.kernel.database import db
from incident_hub.kernel.destruction import TOMBSTONE, entries_about, forget_words
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.personal import plain_value
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.kernel.vault import Value, Vault

from . import models, queries, revealing
from .models import Reveal
from .queries import Found
from .revealing import Person

# So many values on one incident; more would be a register of persons.
MOST = 200


def keep(found: incidents.Known, value: Value, why: str, at: datetime, by: By) -> Vault:
    """Lock a value away for an incident, saying what for. Tells: personal.kept, once for each value."""
    if not plain_value(value.plain):
        words = "There is nothing in it that could be kept."
        raise BadInput(words, errors=[{"pointer": "/value", "detail": words}])
    before = {row.id for row in vault.of(found.incident.chain, found.subject)}
    if len(before) >= MOST:
        raise Conflict(
            say("There are {most} values on this incident already; attach the list as a file instead.", most=MOST)
        )
    row = vault.put(found.incident.chain, found.subject, value, by.desk, at)
    if row.id not in before:
        data = {"value": row.id, "kind": row.kind, "keep_days": row.keep_days}
        _tell(found, models.KEPT, data, {"why": why, "last_four": row.last_four}, at, by)
    return row


def ask(value: Vault, found: incidents.Known, reason: str, who: Person, at: datetime, by: By) -> Reveal:
    """Ask to read a value. Tells: personal.reveal_asked.

    Raises: NotAllowed for a script, Conflict for what is destroyed.
    """
    _insist(revealing.may_act(who))
    if value.sealed is None:
        raise Conflict("This value was destroyed when its time was over; nobody can read it any more.")
    row = Reveal(
        id=opaque(), value=value.id, member=who.member, desk=by.desk, desk_id=by.desk_id, reason=reason, asked_at=at,
        state="asked", second=None, second_desk=None, answered_at=None, shown_at=None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    data = {"reveal": row.id, "value": value.id, "kind": value.kind, "until": at + revealing.TO_CONFIRM}
    _tell(found, models.REVEAL_ASKED, data, {"reason": reason, "last_four": value.last_four}, at, by)
    return row


def answer(found: Found, agree: bool, who: Person, at: datetime, by: By) -> None:
    """Agree as the second person, or decline. Tells: personal.reveal_confirmed, personal.reveal_declined."""
    row = found.row
    _insist(revealing.may_confirm(queries.asked(row), who, queries.overseeing(found.of, row.desk), at))
    row.state, row.second, row.second_desk, row.answered_at = _ANSWERS[agree][0], who.member, by.desk, at
    data = {"reveal": row.id, "value": row.value, "kind": found.value.kind, "desk": row.desk}
    _tell(found.of, _ANSWERS[agree][1], data, {"last_four": found.value.last_four}, at, by)


def show(found: Found, who: Person, at: datetime, by: By) -> None:
    """Say that a value is shown now; it is read only after this is committed. Tells: personal.revealed."""
    _insist(revealing.may_read(queries.asked(found.row), who, at))
    if found.value.sealed is None:
        raise Conflict("This value was destroyed when its time was over; nobody can read it any more.")
    found.row.state, found.row.shown_at = "shown", at
    data = {"reveal": found.row.id, "value": found.row.value, "kind": found.value.kind}
    data |= {"second": found.row.second, "second_desk": found.row.second_desk}
    texts = {"reason": found.row.reason, "last_four": found.value.last_four}
    _tell(found.of, models.REVEALED, data, texts, at, by)


def destroy(id: str, at: datetime) -> bool:
    """Destroy a value whose time is over, with what was said of it; False when it is gone already."""
    row = vault.one(id)
    if row is None or row.sealed is None:
        return False
    vault.destroy(row, at)
    # Why it was read, and what its end was, tells of the value and goes with it.
    db.session.execute(update(Reveal).where(Reveal.value == id).values(reason=TOMBSTONE))
    for number, data in entries_about(row.chain, row.subject, "personal."):
        if data.get("value") == id:
            for field in ("why", "reason", "last_four"):
                forget_words(row.chain, number, field)
    return True


_ANSWERS = {True: ("confirmed", models.REVEAL_CONFIRMED), False: ("declined", models.REVEAL_DECLINED)}


def _insist(refusal: str | None) -> None:
    if refusal:
        raise NotAllowed(refusal)


def _tell(found: incidents.Known, kind: str, data: dict[str, Any], texts: dict[str, str], at: datetime, by: By) -> None:
    chain, facts = found.incident.chain, incidents.facts(found.incident)
    record.append(Draft(chain, kind, at, by, found.subject, facts, data, texts))

"""The verbs of a task: ask, accept or decline, report it done, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.incidents import queries as incidents
from incident_hub.incidents.stated import Via, too_early
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations

from . import queries
from .asking import OPEN, POSTS, may_answer, may_ask_again, may_complete, may_withdraw
from .models import ACCEPTED, ASKED, DECLINED, DONE, NOUN, WITHDRAWN, Task


@dataclass(frozen=True)
class Wanted:
    """What is asked of whom by when. Shape: `again` is the task it asks again."""

    to: str
    words: str
    due_at: datetime
    post: str = POSTS[0]
    again: str | None = None


def ask(operation: operations.Operation, incident: incidents.Known | None, wanted: Wanted, at: datetime, by: By) -> str:
    """Ask something of a post. Tells: task.asked.

    A desk that may not know of the incident is not asked: asking never shares. Raises: BadInput, Conflict.
    """
    if wanted.due_at <= at:
        raise _fault("/deadline", "The deadline has passed; give them some time.")
    desk = _asked(operation, incident, wanted)
    if wanted.again:
        earlier = queries.known(wanted.again, by.desk_id)
        if earlier.desk_id != by.desk_id:
            raise NotAllowed("The desk that asked it asks again.")
        if refusal := may_ask_again(earlier.state):
            raise Conflict(refusal)
    row = Task(
        id=opaque(), chain=operation.id, incident=incident.incident.ref if incident else None, desk=by.desk,
        desk_id=by.desk_id, to=desk.code, to_id=desk.id, post=wanted.post, words=wanted.words, again=wanted.again,
        asked_at=at, due_at=wanted.due_at, state="asked", moved_at=at, evidence=[],
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    if incident is None:
        circle = {desk.id: "support", by.desk_id: "lead"}
        record.disclose_all(operation.id, (NOUN, row.id), circle, "full", at, by.desk)
    data = {"addressed": [desk.code], "post": wanted.post, "deadline": wanted.due_at, "again": wanted.again}
    _state(row, ASKED, data, {"words": wanted.words}, None, at, by)
    return row.id


def answer(row: Task, accept: bool, reason: str, via: Via | None, at: datetime, by: By) -> None:
    """Accept or decline what is asked. Tells: task.accepted or task.declined."""
    said_at, on_behalf = _speaks_for_it(row, via, at, by)
    if refusal := may_answer(row.state, accept, reason):
        silent = row.state in OPEN and not accept and not reason
        raise _fault("/reason", refusal) if silent else Conflict(refusal)
    _move(row, "accepted" if accept else "declined", reason, via, said_at)
    _state(row, ACCEPTED if accept else DECLINED, on_behalf, {"reason": reason}, via, at, by)


def complete(row: Task, words: str, evidence: Sequence[str], via: Via | None, at: datetime, by: By) -> None:
    """Report it done, in words and with the files that show it. Tells: task.done."""
    said_at, on_behalf = _speaks_for_it(row, via, at, by)
    if refusal := may_complete(row.state):
        raise Conflict(refusal)
    there = {one["id"] for one in queries.attached(row, by.desk_id)}
    if unknown := [one for one in evidence if one not in there]:
        raise _fault("/evidence", say("{unknown} is no file attached here; attach it first.", unknown=unknown[0]))
    row.evidence = list(evidence)
    _move(row, "done", words, via, said_at)
    _state(row, DONE, {"evidence": list(evidence), **on_behalf}, {"words": words}, via, at, by)


def withdraw(row: Task, reason: str, at: datetime, by: By) -> None:
    """Take back what was asked; it is owed no longer. Tells: task.withdrawn."""
    if row.desk_id != by.desk_id:
        raise NotAllowed("The desk that asked it withdraws it; yours may decline it.")
    if refusal := may_withdraw(row.state):
        raise Conflict(refusal)
    _move(row, "withdrawn", reason, None, at)
    _state(row, WITHDRAWN, {}, {"reason": reason}, None, at, by)


def _asked(operation: operations.Operation, incident: incidents.Known | None, wanted: Wanted) -> Desk:
    desk = agencies.desk(wanted.to)
    if desk is None or desk.agency not in operations.participants(operation.id):
        raise _fault(
            "/to", say("There is no desk {to} taking part in {operation}.", to=wanted.to, operation=operation.code)
        )
    agency = agencies.agency(desk.agency)
    if agency and agency.membership == "contact_only":
        raise _fault(
            "/to",
            say(
                "{agency} does not work here; ring them up, and ask a desk that does to see to it.", agency=desk.agency
            ),
        )
    if agencies.post(desk.id, wanted.post) is None:
        raise _fault("/post", say("{to} has no post {post}; ask its duty officer.", to=wanted.to, post=wanted.post))
    if incident and record.may_know(operation.id, incident.subject, desk.id) is None:
        raise _fault("/to", say("{to} does not know of this incident; share it first, then ask.", to=wanted.to))
    return desk


def _speaks_for_it(row: Task, via: Via | None, at: datetime, by: By) -> tuple[datetime, dict[str, Any]]:
    """When the asked desk said it, and for which desk it counts where another one typed it."""
    if told := too_early("stated_at", via.stated_at if via else None, at):
        raise _fault("/via/stated_at", told)
    said_at = max((via.stated_at if via else None) or at, row.asked_at)
    if by.desk_id == row.to_id:
        return said_at, {}
    if via is None or by.desk_id != row.desk_id:
        raise NotAllowed(say("{to} is asked and answers; who asked may write down what it said (`via`).", to=row.to))
    return said_at, {"on_behalf_of": row.to}


def _move(row: Task, state: str, said: str, via: Via | None, at: datetime) -> None:
    row.state, row.said, row.moved_at = state, said or None, at
    row.via = via.shape() if via else None


def _state(
    row: Task, kind: str, data: dict[str, Any], texts: dict[str, str], via: Via | None, at: datetime, by: By
) -> None:
    told: dict[str, Any] = {"task": row.id, "from": row.desk, "to": row.to, **data}
    if via is not None:
        told |= {"via": via.codes(), "stated_at": via.stated_at or at}
        texts = texts | via.texts()
        by = replace(by, assurance="relayed")
    db.session.flush()
    facts = queries.facts(row, by.desk_id)
    record.append(Draft(row.chain, kind, at, by, queries.subject(row), facts, told, texts))


def _fault(pointer: str, told: str) -> BadInput:
    return BadInput(told, errors=[{"pointer": pointer, "detail": told}])

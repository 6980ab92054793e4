"""Answering: the desk it went to says so itself, or the sender writes down what was said on the telephone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.bulletins import queries
from incident_hub.bulletins.answers import may_answer
from incident_hub.bulletins.models import ANSWERED, NOUN, Reply, Sheet
from incident_hub.incidents.stated import Via, too_early
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque


def answer(found: queries.Known, given: str, words: str, via: Via | None, at: datetime, by: By) -> None:
    """Answer a bulletin. Tells: bulletin.answered, to the sender and that desk alone.

    What the sender writes down for a desk needs a `via` that names the desk; it counts from when it was said.
    Raises: BadInput for a desk it did not go to, Conflict for an answer that does not fit any more.
    """
    sheet = found.sheet or _told_by(found, via)
    before = queries.replies_of([sheet.ref])[sheet.ref]
    if refusal := may_answer(found.row.kind, given, words, found.row.ended, before[-1].answer if before else None):
        if given == "cannot" and not words:
            raise BadInput(refusal, errors=[{"pointer": "/words", "detail": refusal}])
        raise Conflict(refusal)
    said_at = _said_at(found, via, at)
    who = {"desk": by.desk, "post": by.post, "name": by.name}
    row = Reply(
        id=opaque(), sheet=sheet.ref, place=len(before) + 1, answer=given, words=words or None,
        via=via.shape() if via else None, by=who, at=said_at, entered_at=at,
    )  # fmt: skip
    db.session.add(row)
    data: dict[str, Any] = {"bulletin": found.row.id, "kind": found.row.kind, "answer": given, "desk": sheet.desk}
    texts = {"words": words}
    if via is not None:
        data |= {"via": via.codes(), "stated_at": said_at}
        texts |= via.texts()
        by = replace(by, assurance="relayed")
    if sheet.desk != by.desk:
        data["on_behalf_of"] = sheet.desk
    db.session.flush()
    facts = queries.facts(found.row.chain)
    record.append(Draft(found.row.chain, ANSWERED, at, by, (NOUN, sheet.ref), facts, data, texts))


def _told_by(found: queries.Known, via: Via | None) -> Sheet:
    """The sheet of the desk that spoke to the sender."""
    if not found.sent:
        raise NotAllowed("Your desk was not asked; it counts who has answered.")
    if via is None:
        raise NotAllowed("Your desk sent it; write down an answer with who gave it and through what (`via`).")
    place = (Sheet.bulletin == found.row.id) & (Sheet.desk == (via.desk or f"{via.agency}/duty"))
    sheet = db.session.scalar(select(Sheet).where(place))
    if sheet is None:
        told = "It did not go to that desk; say which of the desks it went to has answered."
        raise BadInput(told, errors=[{"pointer": "/via/from/desk", "detail": told}])
    return sheet


def _said_at(found: queries.Known, via: Via | None, at: datetime) -> datetime:
    stated = via.stated_at if via else None
    told = too_early("stated_at", stated, at)
    if stated is not None and stated < found.row.sent_at:
        told = "stated_at lies before it was sent; nobody answers what they were not asked yet."
    if told:
        raise BadInput(told, errors=[{"pointer": "/via/stated_at", "detail": told}])
    return stated or at

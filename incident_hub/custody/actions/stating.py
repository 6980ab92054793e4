"""How a move is written down: in the history of the item and in the record of its incident, by the same instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from incident_hub.custody import queries
from incident_hub.custody.models import Item, Move
from incident_hub.incidents import queries as incidents
from incident_hub.incidents.stated import Via, too_early
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque


def state(
    found: queries.Found,
    kind: str,
    at: datetime,
    by: By,
    codes: Mapping[str, Any] | None = None,
    *,
    via: Via | None = None,
    **told: Any,
) -> None:
    """State one move. Shape: `told` are columns of the move; `codes` go into the record beside the usual ones.

    Raises: BadInput for what is said in the future, or before the move ahead of it.
    """
    row, of = found.row, found.of
    moved_at = via.stated_at if via and via.stated_at else at
    last = queries.last_move(row.ref)
    refusal = too_early("stated_at", moved_at, at)
    if refusal is None and last and moved_at < last.at:
        refusal = "stated_at lies before the last move of the item; one hand comes after the other."
    if refusal:
        raise BadInput(refusal, errors=[{"pointer": "/via/stated_at", "detail": refusal}])
    who = {"agency": by.agency, "desk": by.desk, "post": by.post, "name": by.name, "assurance": by.assurance}
    move = {"counted": row.quantity, "differs": False, "seal": row.seal, "place": row.place} | told
    db.session.add(
        Move(
            id=opaque(), item=row.ref, number=(last.number if last else 0) + 1, deed=kind.partition(".")[2],
            at=moved_at, by=who, via=via.shape() if via else None, **move,
        )
    )  # fmt: skip
    db.session.flush()
    data = {"item": row.ref, "sort": row.sort, "quantity": row.quantity, "unit": row.unit, "seal": row.seal}
    texts = {"title": row.title} | {name: str(move.get(name) or "") for name in ("place", "words", "receiver")}
    if via:
        data |= {"via": via.codes()} | ({"stated_at": via.stated_at} if via.stated_at else {})
        texts |= via.texts()
    data |= codes or {}
    record.append(Draft(row.chain, kind, at, by, of.subject, incidents.facts(of.incident), data, texts))


def refuse_field(field: str, told: str) -> BadInput:
    """A refusal that points at one field."""
    return BadInput(told, errors=[{"pointer": f"/{field}", "detail": told}])


def refuse_if_empty(field: str, words: str, ask: str) -> None:
    """Stop what has to be said in words and is not. Raises: BadInput."""
    if not words.strip():
        raise refuse_field(field, ask)


def refuse(told: str | None) -> None:
    """Stop what does not fit how the item stands. Raises: Conflict with the sentence."""
    if told:
        raise Conflict(told)


def free(row: Item) -> None:
    """End an offer, answered or taken back."""
    row.state, row.offered_to, row.answer_by = "held", None, None

"""Things in custody as a desk may know them: with the incident they were found in, and not otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker, may
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations

from . import course
from .course import Standing
from .models import Item, Move

# A page lists so many; the API goes on over pages.
LISTED = 500


@dataclass(frozen=True)
class Found:
    """An item, and the incident it was found in as the asker's desk knows it."""

    row: Item
    of: incidents.Known

    def circle(self) -> list[str]:
        """The desks that may know of it."""
        return [one["desk"] for one in incidents.circle_of(self.row.chain, self.row.incident)]


@dataclass(frozen=True)
class Wanted:
    """Which items are asked for; empty means all. Shape: `desk` holds it, or is offered it."""

    desk: str | None = None
    state: str | None = None
    sort: str | None = None
    incident: str | None = None


def known(ref: str, desk_id: int) -> Found:
    """The item, if this desk may know of the incident it was found in.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    row = db.session.get(Item, ref)
    if row is None:
        raise NotKnown
    return Found(row, incidents.known(row.incident, desk_id))


def listed(
    chain: int, desk_id: int, wanted: Wanted, before: tuple[datetime, str] | None, limit: int
) -> tuple[list[dict[str, Any]], tuple[datetime, str] | None]:
    """The items of an operation that a desk may know of, the newest first, with the place to go on from."""
    query = _wanted(_known_to(chain, desk_id), wanted)
    if before:
        at, ref = before
        query = query.where(or_(Item.taken_at < at, and_(Item.taken_at == at, Item.ref < ref)))
    rows = list(db.session.scalars(query.order_by(Item.taken_at.desc(), Item.ref.desc()).limit(limit + 1)))
    further = (rows[limit - 1].taken_at, rows[limit - 1].ref) if len(rows) > limit else None
    return [shape(row) for row in rows[:limit]], further


def of_incident(of: incidents.Known) -> list[dict[str, Any]]:
    """The items found in an incident, in the order they were taken in; a split batch gives way to its parts."""
    query = select(Item).where(Item.incident == of.incident.ref, Item.state != "split")
    return [shape(row) for row in db.session.scalars(query.order_by(Item.taken_at, Item.ref))]


def page(found: Found) -> dict[str, Any]:
    """All of one item: its chain of custody, its parts, and what is owed on it."""
    row = found.row
    owed = obligations.of_subject(row.chain, row.incident)
    parts = db.session.scalars(select(Item).where(Item.part_of == row.ref).order_by(Item.ref))
    return shape(row) | {
        "moves": [move(one) for one in _readable(found)],
        "parts": [shape(one) for one in parts],
        "obligations": [one for one in owed if one["about"] == row.ref],
    }


def with_due(chain: int, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items that are offered, each with when the answer is `due_at` by the plan; what is due first comes first."""
    owed = {
        (one["about"], one["owed_by"]["desk"]): one["due_at"]
        for ref in {row["incident"] for row in rows}
        for one in obligations.of_subject(chain, ref)
        if one["state"] in ("open", "missed")
    }
    told = [row | {"due_at": owed.get((row["ref"], row["offered_to"])) or row["answer_by"]} for row in rows]
    return sorted(told, key=lambda one: (one["due_at"] is None, one["due_at"] or one["taken_at"], one["ref"]))


def offered(found: Found, asker: Asker) -> list[str]:
    """What the asker may do with it now."""
    one, desk = standing(found.row), asker.desk
    gives = course.may_give(one, desk)
    refusals = {
        "accept": ("item.answer", course.may_answer(one, desk)),
        "refuse": ("item.answer", course.may_answer(one, desk)),
        "recall": ("item.offer", course.may_recall(one, desk)),
        "offer": ("item.offer", gives),
        "place": ("item.keep", gives),
        "split": ("item.keep", gives),
        "dispose": ("item.dispose", gives),
    }
    return [deed for deed, (verb, told) in refusals.items() if told is None and may(asker, verb) is None]


def standing(row: Item) -> Standing:
    """An item as judgement reads it."""
    return Standing(row.state, row.holder, row.offered_to, row.quantity, row.seal)


def chain_of(row: Item) -> Sequence[Move]:
    """Every move of an item, those of the batches it was split from before its own."""
    refs, above = [row.ref], row.part_of
    while above:
        refs.append(above)
        above = db.session.get_one(Item, above).part_of
    query = select(Move).where(Move.item.in_(refs))
    moves = db.session.scalars(query).all()
    return sorted(moves, key=lambda one: (-refs.index(one.item), one.number))


def last_move(ref: str) -> Move | None:
    """What was done with an item last."""
    query = select(Move).where(Move.item == ref).order_by(Move.number.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


def shape(row: Item) -> dict[str, Any]:
    """An item in a list."""
    names = ("ref", "incident", "part_of", "sort", "title", "quantity", "unit", "seal", "place", "holder")
    names += ("offered_to", "answer_by", "state", "outcome", "taken_at")
    return {name: getattr(row, name) for name in names} | {"operation": operations.at(row.chain).code}


def move(one: Move) -> dict[str, Any]:
    """A move as it is told."""
    names = ("id", "item", "deed", "giver", "taker", "receiver", "counted", "differs", "seal", "receipt", "place")
    return {name: getattr(one, name) for name in (*names, "words", "via", "at", "by")}


def _readable(found: Found) -> list[Move]:
    """The moves a desk may read: all for who holds it or is offered it, else from when it joined “from now”."""
    row, access = found.row, found.of.access
    desk = agencies.desks([access.desk_id])[access.desk_id].code
    every = chain_of(row)
    if access.history != "from_now" or desk in (row.holder, row.offered_to):
        return list(every)
    return [one for one in every if one.at >= access.since]


def _known_to(chain: int, desk_id: int) -> Select[Item]:
    return select(Item).where(Item.chain == chain, Item.incident.in_(record.known_refs(chain, desk_id, "incident")))


def _wanted(query: Select[Item], wanted: Wanted) -> Select[Item]:
    for name in ("state", "sort", "incident"):
        if value := getattr(wanted, name):
            query = query.where(getattr(Item, name) == value)
    if wanted.desk:
        query = query.where(or_(Item.holder == wanted.desk, Item.offered_to == wanted.desk))
    return query

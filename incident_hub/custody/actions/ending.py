"""What the desk that holds a thing does with it: puts it elsewhere, splits it, or says what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from incident_hub.custody import course, queries
from incident_hub.custody.models import DISPOSED, PLACED, SPLIT, Item
from incident_hub.incidents.stated import Via
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque

from .stating import refuse, refuse_field, refuse_if_empty, state


@dataclass(frozen=True)
class Part:
    """One part of a batch: how much, under which seal, and where."""

    quantity: int
    seal: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of it. Shape: `outcome` is returned, destroyed or handed_over; `witness` is a desk."""

    outcome: str
    words: str
    receipt: str = ""
    receiver: str = ""
    witness: str | None = None


def place(found: queries.Found, where: str | None, seal: str | None, words: str, at: datetime, by: By) -> None:
    """Put it elsewhere, or under another seal, with the reason. Tells: item.placed.

    Shape: what is None stays as it is. Raises: BadInput when nothing would change.
    """
    row = found.row
    refuse(course.may_give(queries.standing(row), by.desk))
    refuse_if_empty("words", words, "Say why it is put elsewhere or sealed anew.")
    before = (row.place, row.seal)
    row.place, row.seal = where or row.place, seal or row.seal
    if (row.place, row.seal) == before:
        raise refuse_field("place", "Say where it lies now, or the new seal; neither has changed.")
    state(found, PLACED, at, by, {"seal_before": before[1]}, giver=row.holder, taker=row.holder, words=words)


def split(found: queries.Found, parts: Sequence[Part], words: str, at: datetime, by: By) -> list[str]:
    """Split a batch into parts that go their own ways; together they are what it was. Tells: item.split.

    Shape: the references of the parts. Each goes on with the history of the whole.
    """
    row = found.row
    one = queries.standing(row)
    refuse(course.may_give(one, by.desk))
    if refusal := course.unsound_parts(one, [part.quantity for part in parts]):
        raise refuse_field("parts", refusal)
    row.state = "split"
    made = [_part(row, part) for part in parts]
    db.session.add_all(made)
    told = [{"item": new.ref, "quantity": new.quantity, "seal": new.seal} for new in made]
    state(found, SPLIT, at, by, {"parts": told}, giver=row.holder, taker=row.holder, words=words or None)
    return [new.ref for new in made]


def dispose(found: queries.Found, end: Outcome, via: Via | None, at: datetime, by: By) -> None:
    """Say what became of it; it leaves custody for good. Tells: item.disposed.

    Raises: BadInput for an outcome without its receipt, its receiver or its witness.
    """
    row = found.row
    refuse(course.may_give(queries.standing(row), by.desk))
    refuse_if_empty("words", end.words, "Say on whose decision, and how.")
    if lack := course.unsound_end(end.outcome, end.receiver, end.receipt, end.witness, row.holder):
        raise refuse_field(*lack)
    if end.witness and end.witness not in found.circle():
        raise refuse_field(
            "witness",
            say("{witness} does not know of the incident; share it with that desk first.", witness=end.witness),
        )
    row.state, row.outcome = "disposed", end.outcome
    codes = {"outcome": end.outcome, "receipt": end.receipt or None, "witness": end.witness, "from": row.holder}
    state(
        found, DISPOSED, at, by, codes, via=via, giver=row.holder, taker=end.witness, receiver=end.receiver or None,
        receipt=end.receipt or None, words=end.words,
    )  # fmt: skip


def _part(row: Item, part: Part) -> Item:
    return Item(
        ref=opaque(), chain=row.chain, incident=row.incident, part_of=row.ref, sort=row.sort, title=row.title,
        quantity=part.quantity, unit=row.unit, seal=part.seal or None, place=part.place or row.place,
        holder=row.holder, state="held", taken_at=row.taken_at,
    )  # fmt: skip

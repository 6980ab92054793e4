"""Taking a thing into custody: what it is, how much, how it is sealed and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from incident_hub.custody import queries
from incident_hub.custody.models import TAKEN_IN, Item
from incident_hub.incidents import queries as incidents
from incident_hub.incidents.stated import Via
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.kernel.text import opaque

from .stating import state


@dataclass(frozen=True)
class Thing:
    """What was found. Shape: `sort` and `unit` are codes; `title` says what it is and never whose."""

    sort: str
    title: str
    quantity: int
    unit: str = "piece"
    seal: str | None = None
    place: str | None = None
    words: str = ""


def take_in(of: incidents.Known, thing: Thing, via: Via | None, at: datetime, by: By) -> str:
    """Take a thing into the custody of the acting desk. Tells: item.taken_in.

    Shape: its reference.
    """
    row = Item(
        ref=opaque(), chain=of.incident.chain, incident=of.incident.ref, sort=thing.sort, title=thing.title,
        quantity=thing.quantity, unit=thing.unit, seal=thing.seal or None, place=thing.place or None, holder=by.desk,
        state="held", taken_at=via.stated_at if via and via.stated_at else at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    state(queries.Found(row, of), TAKEN_IN, at, by, {"to": by.desk}, via=via, taker=by.desk, words=thing.words or None)
    return row.ref

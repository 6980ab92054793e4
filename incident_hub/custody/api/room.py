"""What the doors of custody have in common: finding the item for whoever asks, and the shapes they take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.custody import queries
from incident_hub.incidents.stated import Via
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Room, Shape
from incident_hub.kernel.record import By

room = Room("custody")
Code = Annotated[str, Field(min_length=1, max_length=96)]
Mark = Annotated[str, Field(max_length=64)]
Words = Annotated[str, Field(max_length=4000)]
Reason = Annotated[str, Field(min_length=1, max_length=4000)]
Place = Annotated[str, Field(max_length=300)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Some = Annotated[int, Field(ge=1, le=1_000_000_000)]
Sort = Literal["class_a", "class_b", "class_c", "suspect", "mail", "other"]
READ, WRITE = "incidents:read", "incidents:write"
WRITES = (403, 404, 409, 422)


class Asked(Shape):
    """Which items are asked for; `mine` are those one's desk holds or is offered."""

    mine: bool = False
    state: Literal["held", "offered", "split", "disposed"] | None = None
    sort: Sort | None = None
    incident: Code | None = None
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class Speaker(Shape):
    """Who said it."""

    agency: Code | None = None
    desk: Code | None = None
    post: Code | None = None
    words_by: Annotated[str, Field(max_length=300)] | None = None


class ViaIn(Shape):
    """How it was said, when it was typed afterwards."""

    channel: Literal["phone", "radio", "fax", "paper", "face"]
    from_: Speaker = Field(default_factory=Speaker, alias="from")
    stated_at: AwareDatetime | None = None
    words: Words | None = None


class Telling(Shape):
    """A move that may have been said before it was typed."""

    via: ViaIn | None = None

    def said(self) -> Via | None:
        """How it was said, for the verbs."""
        via = self.via
        return Via(via.channel, **via.from_.model_dump(), stated_at=via.stated_at, words=via.words) if via else None


class ThingIn(Telling):
    """What was found; never whose it was."""

    sort: Sort
    title: Annotated[str, Field(min_length=1, max_length=200)]
    quantity: Some
    unit: Literal["piece", "box", "bag", "gram", "millilitre"] = "piece"
    seal: Mark | None = None
    place: Place | None = None
    words: Words = ""


class OfferIn(Shape):
    """Which desk is to take it; by when, unless the plan's time is meant."""

    to: Code
    deadline: AwareDatetime | None = None
    words: Words = ""


class AcceptanceIn(Telling):
    """What was counted and the seal as it was seen; what differs is said in a sentence."""

    counted: Count
    seal: Mark | None = None
    place: Place | None = None
    words: Words = ""


class RefusalIn(Telling):
    """Why it is not taken."""

    reason: Reason


class RecallIn(Shape):
    """Why the offer is taken back."""

    reason: Reason


class PlacingIn(Shape):
    """Where it lies now, or its new seal, and why."""

    place: Place | None = None
    seal: Mark | None = None
    words: Words = ""


class PartIn(Shape):
    """One part of a batch."""

    quantity: Some
    seal: Mark | None = None
    place: Place | None = None


class SplitIn(Shape):
    """The parts; together they are the batch."""

    parts: Annotated[list[PartIn], Field(max_length=50)]
    words: Words = ""


class OutcomeIn(Telling):
    """What became of it, on whose decision, and what shows it."""

    outcome: Literal["returned", "destroyed", "handed_over"]
    words: Words = ""
    receipt: Mark = ""
    receiver: Annotated[str, Field(max_length=200)] = ""
    witness: Code | None = None


def told(found: queries.Found, asker: Asker) -> dict[str, Any]:
    """One item as it now stands, with what the asker may do."""
    return queries.page(found) | {"may": queries.offered(found, asker)}


@contextmanager
def moving(asker: Asker, verb: str, ref: str) -> Iterator[tuple[queries.Found, datetime, By]]:
    """Open the unit of work on one item, for an asker who may do this to it: the item, the instant, the actor."""
    # Knowing comes before doing: what a desk may not know is not there, whatever its role.
    allow(asker, "board.read")
    chain = queries.known(ref, asker.desk_id).row.chain
    allow(asker, verb)
    with unit_of_work(chain) as at:
        # Read again inside, so that what was checked is what is changed.
        yield queries.known(ref, asker.desk_id), at, by_of(asker)

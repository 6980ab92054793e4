"""What the doors of incidents have in common: finding the incident for whoever asks, and the shapes they share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries
from incident_hub.incidents.stated import Via
from incident_hub.kernel import feeds
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer, settle
from incident_hub.kernel.record import By

room = Room("incidents")


def _zoned(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs an offset, for example 2026-11-23T03:10:00+08:00")
    return at


Moment = Annotated[datetime, AfterValidator(_zoned)]
Line = Annotated[str, Field(max_length=300)]
Words = Annotated[str, Field(max_length=20_000)]
Code = Annotated[str, Field(max_length=96)]


class Speaker(Shape):
    """Who said it."""

    agency: Code | None = None
    desk: Code | None = None
    post: Code | None = None
    words_by: Line | None = None


class ViaIn(Shape):
    """How a fact reached the Hub when it was not typed by its author."""

    channel: Literal["phone", "radio", "fax", "paper", "face"]
    from_: Speaker = Field(default_factory=Speaker, alias="from")
    stated_at: Moment | None = None
    words: Words | None = None

    def plain(self) -> Via:
        """The same for the verbs."""
        speaker = self.from_
        return Via(
            self.channel, speaker.agency, speaker.desk, speaker.post, speaker.words_by, self.stated_at, self.words
        )


def plain(via: ViaIn | None) -> Via | None:
    """How it was said, for the verbs."""
    return via.plain() if via else None


def known(asker: Asker, ref: str) -> queries.Known:
    """The incident, if the asker's desk may know of it."""
    return queries.known(ref, asker.desk_id)


@contextmanager
def changing(asker: Asker, verb: str, ref: str) -> Iterator[tuple[queries.Known, datetime, By]]:
    """Open the unit of work on one incident, for an asker who may do this to it: the incident, the instant, the actor.

    Raises: NotAllowed with the sentence that says whose it is, NotKnown where the desk may not know.
    """
    allow(asker, verb)
    with unit_of_work(known(asker, ref).incident.chain) as at:
        # Read again inside, so that what was checked is what is changed.
        yield known(asker, ref), at, by_of(asker)


def told(found: queries.Known, status: int = 200) -> Answer:
    """Answer a change with the incident as it now stands."""
    settle()
    return answer(queries.page(found), status=status, etag=etag(found))


def etag(found: queries.Known) -> str:
    """The version of an incident as a header writes it."""
    return f'"{feeds.card(found.incident.chain, found.subject)[1]}"'


def as_listed(items: list[Any], next_: str | None = None) -> dict[str, Any]:
    """A list as every list is answered."""
    return {"items": items, "next": next_}

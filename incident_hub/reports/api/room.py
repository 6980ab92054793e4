"""What the doors of reports have in common: finding the report for whoever asks, and the shapes they share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.incidents.stated import Via
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.record import By
from incident_hub.reports import queries

room = Room("reports")
Code = Annotated[str, Field(min_length=1, max_length=96)]
Words = Annotated[str, Field(max_length=20_000)]
Reason = Annotated[str, Field(min_length=1, max_length=2000)]
WRITES = (403, 404, 409, 422)


class Speaker(Shape):
    """Who said it."""

    agency: Code | None = None
    desk: Code | None = None
    post: Code | None = None
    words_by: Annotated[str, Field(max_length=300)] | None = None


class ViaIn(Shape):
    """How it reached the Hub, or went, when that was not through the Hub."""

    channel: Literal["phone", "radio", "fax", "paper", "face"]
    from_: Speaker = Field(default_factory=Speaker, alias="from")
    stated_at: AwareDatetime | None = None
    words: Words | None = None

    def plain(self) -> Via:
        """The same for the verbs."""
        who = self.from_
        return Via(self.channel, who.agency, who.desk, who.post, who.words_by, self.stated_at, self.words)


@contextmanager
def changing(asker: Asker, verb: str, id: str) -> Iterator[tuple[queries.Found, datetime, By]]:
    """Open the unit of work on one report, for an asker who may do this to it: the report, the instant, the actor."""
    allow(asker, verb)
    with unit_of_work(queries.known(id, asker.desk_id).row.chain) as at:
        # Read again inside, so that what was checked is what is changed.
        yield queries.known(id, asker.desk_id), at, by_of(asker, verb)


@contextmanager
def on_incident(asker: Asker, verb: str, ref: str) -> Iterator[tuple[incidents.Known, datetime, By]]:
    """The same on an incident, for a report that is begun."""
    allow(asker, verb)
    with unit_of_work(incidents.known(ref, asker.desk_id).incident.chain) as at:
        yield incidents.known(ref, asker.desk_id), at, by_of(asker)


def told(asker: Asker, id: str, status: int = 200, **more: Any) -> Answer:
    """Answer a change with the report as it now stands."""
    found = queries.known(id, asker.desk_id)
    return answer(queries.page(found, asker.desk, asker.desk_id) | more, status=status, etag=f'"{found.row.version}"')

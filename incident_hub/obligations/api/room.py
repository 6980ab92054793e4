"""What the doors of obligations have in common: finding the debt for whoever asks, and the shapes they share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.queries import by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.kernel.record import By
from incident_hub.obligations import actions, queries
from incident_hub.obligations.models import Obligation

room = doors.Room("obligations")
Words = Annotated[str, Field(max_length=4000)]
Reason = Annotated[str, Field(min_length=1, max_length=4000)]


class Speaker(Shape):
    """Who said it: an agency, and as much more as is known."""

    agency: str
    desk: str | None = None
    post: str | None = None
    words_by: str | None = None


class ViaIn(Shape):
    """How it was said before it was typed."""

    channel: Literal["phone", "radio", "fax", "paper", "face"]
    speaker: Annotated[Speaker, Field(alias="from")]
    stated_at: AwareDatetime | None = None
    words: str | None = None


@contextmanager
def answering(asker: Asker, id: str, verb: str) -> Iterator[tuple[Obligation, datetime, By]]:
    """The debt, if the asker may know of it and may do this, inside the unit of work that changes it."""
    # Who may read nothing is refused before it shows which debts there are; then knowing comes before doing.
    allow(asker, "board.read")
    chain = queries.known(id, asker.desk_id).chain
    allow(asker, verb)
    with unit_of_work(chain) as at:
        yield queries.known(id, asker.desk_id), at, by_of(asker)


def said(
    via: ViaIn | None, words: str = "", stated_at: datetime | None = None, texts: dict[str, str] | None = None
) -> actions.Said:
    """How something was said, for the verbs."""
    if via is None:
        return actions.Said(stated_at=stated_at, words=words, texts=texts or {})
    speaker = {"agency": via.speaker.agency, "desk": via.speaker.desk, "post": via.speaker.post}
    stated = stated_at or via.stated_at
    codes = {"channel": via.channel, "from": speaker, "stated_at": stated}
    texts = {"via.words": via.words or "", **(texts or {})}
    return actions.Said(stated, codes, words, via.speaker.words_by or "", texts)


def told(debt: Obligation) -> Answer:
    """The debt as it stands now."""
    doors.settle()
    return doors.answer(queries.shape(debt))

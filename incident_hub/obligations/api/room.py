"""What the doors of obligations have in common: finding the debt for whoever asks, and the shapes they share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

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


class OwedBy(BaseModel):
    """The post that owes."""

    agency: str
    desk: str
    post: str


class About(BaseModel):
    """What a debt is about, the page that shows it, and what people call it."""

    kind: str
    ref: str
    page: str | None
    label: dict[str, str]


class NextStep(BaseModel):
    """The next rung of the ladder; `to` reads party:post."""

    at: datetime
    kind: str
    to: list[str]
    channels: list[str]
    round: int


class ObligationOut(BaseModel):
    """Who owes what, by when, and how it ended."""

    id: str
    operation: str
    rule: str
    title: dict[str, str] | None
    what: dict[str, str] | None
    force: str
    basis: str | None
    confirmed: bool
    target: bool
    pre_report: bool
    plan_version: str
    plan_in_force: bool
    kind: str
    by_hand: bool
    exercise: bool
    subject: About
    owed_by: OwedBy
    why: str
    starts_at: datetime
    opened_at: datetime
    entered_late: bool
    moved_from: dict[str, Any] | None
    due_at: datetime
    original_due_at: datetime | None
    occurrence: str | None
    about: str | None
    state: str
    acknowledged: dict[str, Any] | None
    met_at: datetime | None
    proof: str | None
    completeness: str | None
    slack_s: float | None
    slack_entered_s: float | None
    reason: str | None
    reason_wanted: bool
    explanation: dict[str, Any] | None
    exhausted_at: datetime | None
    next_step: NextStep | None
    mine: bool | None = None
    may: list[str] | None = None


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

"""The journal's doors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import actions, queries
from incident_hub.incidents.shapes import JournalOut, WrittenOut
from incident_hub.kernel import clock
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.shapes import Listed, Named

from .room import Code, Line, Moment, ViaIn, Words, as_listed, changing, known, plain, room


class DecisionIn(Shape):
    """What was weighed."""

    options: Words | None = None
    basis: Words | None = None
    approver: Line | None = None


class JournalIn(Shape):
    """What somebody writes."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "action", "text": "已疏散现场，封存同批次邮件"}]}
    )

    kind: Literal["note", "decision", "action", "message", "milestone", "deviation"] = "note"
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    audience: Literal["all", "own", "sealed"] | list[Code] = "all"
    posts: list[Code] = Field(default_factory=list, max_length=16)
    occurred_at: Moment | None = None
    milestone: Literal["informed", "set_out", "arrived", "handed_over", "released"] | None = None
    decision: DecisionIn | None = None
    via: ViaIn | None = None


class StrikeIn(Shape):
    """Why it is struck out."""

    reason: Annotated[str, Field(min_length=1, max_length=2000)]


@room.door("GET", "/incidents/<ref>/journal", scope="incidents:read", gives=Listed[JournalOut], errors=(404,))
def read_journal(asker: Asker, ref: str) -> dict[str, Any]:
    """The journal as the asker's desk may read it, oldest first."""
    allow(asker, "board.read")
    posts = queries.posts_of(asker.desk_id, asker.member, asker.post, clock.now())
    return as_listed(queries.journal_of(known(asker, ref), asker.desk, posts))


@room.door(
    "POST", "/incidents/<ref>/journal", scope="incidents:write", takes=JournalIn, gives=WrittenOut, status=201,
    errors=(403, 404, 422),
)  # fmt: skip
def write_journal(asker: Asker, body: JournalIn, ref: str) -> Answer:
    """Write into the journal."""
    with changing(asker, "journal.write", ref) as (found, at, by):
        decision = body.decision.model_dump(exclude_none=True) if body.decision else None
        written = actions.Written(
            body.kind, body.text, body.audience, body.occurred_at, body.milestone, decision, plain(body.via), body.posts
        )
        made = actions.write(found, written, at, by)
        return answer({"id": made, "at": at}, status=201)


@room.door(
    "POST", "/incidents/<ref>/journal/<entry>/strike", scope="incidents:write", takes=StrikeIn, gives=Named,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def strike_journal(asker: Asker, body: StrikeIn, ref: str, entry: str) -> Answer:
    """Strike an entry out; it stays legible, with the reason beside it."""
    with changing(asker, "journal.strike", ref) as (found, at, by):
        actions.strike(found, entry, body.reason, at, by)
        return answer({"id": entry})

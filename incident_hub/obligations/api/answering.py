"""Answering what is owed: seen or taken, done, does not apply, and why it was late."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field

from incident_hub.agencies.standing import Asker
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.obligations import actions
from incident_hub.obligations.shapes import ObligationOut

from .room import Reason, ViaIn, Words, answering, room, said, told


class AcknowledgementIn(Shape):
    """seen: repeats to my post stop; taken: I act, the ladder of this debt stops."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"kind": "taken"}]})

    kind: Literal["seen", "taken"]
    via: ViaIn | None = None


class SettlementIn(Shape):
    """It is done; where the plan lets what is known be sent first, as a pre-report with the reason."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"words": "已到场处置"}]})

    words: Words = ""
    completeness: Literal["complete", "pre_report"] = "complete"
    reason: Words = ""
    via: ViaIn | None = None
    stated_at: AwareDatetime | None = None


class NotApplicableIn(Shape):
    """Why the duty does not apply to this case."""

    reason: Reason
    via: ViaIn | None = None


class ReasonIn(Shape):
    """Why it was late or is missed, as a code and in words."""

    code: Literal[
        "no_contact", "facts_unknown", "waiting_for_others", "workload", "technical", "unclear_duty", "entered_late",
        "other",
    ]  # fmt: skip
    words: Annotated[str, Field(min_length=1, max_length=4000)]
    via: ViaIn | None = None


@room.door(
    "POST", "/obligations/<id>/acknowledgement", scope="obligations:write", takes=AcknowledgementIn,
    gives=ObligationOut, errors=(403, 404, 409, 422),
)  # fmt: skip
def acknowledge(asker: Asker, body: AcknowledgementIn, id: str) -> Answer:
    """Say that the call was seen, or that one acts; the clock itself runs on."""
    with answering(asker, id, "obligation.acknowledge") as (debt, at, by):
        actions.acknowledge(debt, body.kind, said(body.via), at, by)
        return told(debt)


@room.door(
    "POST", "/obligations/<id>/settlement", scope="obligations:write", takes=SettlementIn, gives=ObligationOut,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def settle(asker: Asker, body: SettlementIn, id: str) -> Answer:
    """Say that what one's agency owed is done, wholly or as far as it is known."""
    with answering(asker, id, "obligation.settle") as (debt, at, by):
        how = said(body.via, body.words, body.stated_at)
        actions.settle(debt, how, at, by, body.completeness, body.reason)
        return told(debt)


@room.door(
    "POST", "/obligations/<id>/not-applicable", scope="obligations:write", takes=NotApplicableIn, gives=ObligationOut,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def not_applicable(asker: Asker, body: NotApplicableIn, id: str) -> Answer:
    """Say with a reason that a duty does not apply to this case."""
    with answering(asker, id, "obligation.not_applicable") as (debt, at, by):
        actions.find_not_applicable(debt, body.reason, said(body.via), at, by)
        return told(debt)


@room.door(
    "POST", "/obligations/<id>/reason", scope="obligations:write", takes=ReasonIn, gives=ObligationOut,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def explain(asker: Asker, body: ReasonIn, id: str) -> Answer:
    """Say why something was late, is missed, or ended unanswered; it changes nothing else."""
    with answering(asker, id, "obligation.explain") as (debt, at, by):
        actions.explain(debt, body.code, body.words, said(body.via), at, by)
        return told(debt)

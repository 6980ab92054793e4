"""Letting somebody off: a debt waived, or its deadline extended, by the authority the plan names."""

from __future__ import annotations

from pydantic import AwareDatetime

from incident_hub.agencies.standing import Asker
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.obligations import actions
from incident_hub.obligations.shapes import ObligationOut

from .room import Reason, ViaIn, answering, room, said, told


class WaiverIn(Shape):
    """Why it need not be done."""

    reason: Reason
    via: ViaIn | None = None


class ExtensionIn(Shape):
    """Until when, and why."""

    until: AwareDatetime
    reason: Reason
    via: ViaIn | None = None


@room.door(
    "POST", "/obligations/<id>/waiver", scope="obligations:write", takes=WaiverIn, gives=ObligationOut,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def waive(asker: Asker, body: WaiverIn, id: str) -> Answer:
    """Let somebody off what is owed; a law's clock never."""
    with answering(asker, id, "obligation.waive") as (debt, at, by):
        actions.waive(debt, body.reason, said(body.via), at, by)
        return told(debt)


@room.door(
    "POST", "/obligations/<id>/extension", scope="obligations:write", takes=ExtensionIn, gives=ObligationOut,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def extend(asker: Asker, body: ExtensionIn, id: str) -> Answer:
    """Give more time for what is owed; the old deadline stays visible. A law's clock never."""
    with answering(asker, id, "obligation.extend") as (debt, at, by):
        actions.extend(debt, body.until, body.reason, said(body.via), at, by)
        return told(debt)

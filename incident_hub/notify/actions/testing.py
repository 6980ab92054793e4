"""The test call: who could be reached now, on which channel, and if not, why; with a marked message if wished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from incident_hub.agencies.queries import Member
from incident_hub.kernel import record
from incident_hub.kernel.record import By, Draft
from incident_hub.notify import models, queries
from incident_hub.notify.channels import CHANNELS, Channel
from incident_hub.notify.channels.channel import Settings
from incident_hub.notify.messages import Matter

from .preparing import Occasion, prepare


@dataclass(frozen=True)
class Reached:
    """Whether a member can be reached on a channel now. Shape: `why` is a code when not, `since` an instant with it."""

    member: str
    channel: str
    reachable: bool
    why: str | None = None
    since: datetime | None = None


def try_out(
    chain: int,
    people: Sequence[tuple[Member, int]],
    matter: Matter,
    settings: Settings,
    send: bool,
    at: datetime,
    by: By,
) -> list[Reached]:
    """Find out who could be reached now, and send a message marked as a test where it can go, if wished.

    Shape: `people` are (member, desk id). Desk calls are left out: they are made by hand. Tells: test_call.made.
    """
    found: list[Reached] = []
    occasion = Occasion(chain, None, 0, 0, late=False)
    for member, desk_id in people:
        for name, way in sorted(CHANNELS.items()):
            if name == "desk_call":
                continue
            reached = reach(member, desk_id, way, settings, at)
            found.append(reached)
            if send and reached.reachable:
                prepare(occasion, member, desk_id, name, matter, at)
    said = [{name: value for name, value in asdict(one).items() if value is not None} for one in found]
    data: dict[str, Any] = {"reached": said, "sent": send}
    record.append(Draft(chain, models.TESTED, at, by, (matter.noun, matter.ref), data=data))
    return found


def reach(member: Member, desk_id: int, way: Channel, settings: Settings, at: datetime) -> Reached:
    """Whether a channel leads to a member now."""
    if member.disabled:
        return Reached(member.id, way.name, False, "disabled")
    if way.unset(settings):
        return Reached(member.id, way.name, False, "channel_unset")
    addresses: list[str] = []
    if way.whose != "none":
        addresses, fault = queries.addresses_for(member, desk_id, way.name)
        if not addresses:
            return Reached(member.id, way.name, False, fault, queries.bad_since(member.id, way.name))
    fares = queries.fares()
    states = [fares.get((way.name, queries.route_of(way.name, one))) for one in addresses or [""]]
    shut = [one for one in states if one is not None and one.until is not None and one.until > at]
    if len(shut) == len(states):
        return Reached(member.id, way.name, False, "breaker_open", shut[0].since)
    return Reached(member.id, way.name, True)

"""Where people and desks are reached: added, removed, found bad. Entries say which channel, never the address."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from incident_hub.kernel import record
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.notify import models
from incident_hub.notify.channels import CHANNELS
from incident_hub.notify.models import Address, Webhook

MOST = 10


@dataclass(frozen=True)
class Owner:
    """Whose address it is: a member's own, or a desk's common one. Shape: exactly one of the two is set."""

    member: str | None = None
    desk: int | None = None


def add_address(owner: Owner, channel: str, value: str, settings: Mapping[str, Any], at: datetime, by: By) -> str:
    """Say where a member, or a desk as a whole, is reached on a channel; returns the address's id.

    An address found bad before is good again. Raises: BadInput for a channel that keeps no such addresses or for
    something that is no address, Conflict for the eleventh. Tells: address.added.
    """
    way = CHANNELS.get(channel)
    keeps = "desk" if owner.desk is not None else "member"
    if way is None or way.whose != keeps:
        kept = sorted(name for name, one in CHANNELS.items() if one.whose == keeps)
        raise BadInput(
            say(
                "No {keeps} has an address for {channel}; there are addresses for {kept}.",
                keeps=keeps,
                channel=channel,
                kept=kept,
            )
        )
    if fault := way.address_fault(value, settings):
        raise BadInput(fault, errors=[{"pointer": "/value", "detail": fault}])
    mine = _owned(owner) & (Address.channel == channel)
    held = list(db.session.scalars(select(Address).where(mine)))
    row = next((one for one in held if one.value == value), None)
    if row is None:
        if len(held) >= MOST:
            raise Conflict(
                say("There are {most} addresses for {channel} already; remove one first.", most=MOST, channel=channel)
            )
        row = Address(id=opaque(), member=owner.member, desk=owner.desk, channel=channel, value=value, added_at=at)
        db.session.add(row)
    row.bad_since = row.bad_why = None
    _write(models.ADDED, row, {}, at, by)
    return row.id


def remove_address(id: str, at: datetime, by: By) -> None:
    """Forget an address. Tells: address.removed."""
    row = db.session.get(Address, id)
    if row is not None:
        _write(models.REMOVED, row, {}, at, by)
        db.session.execute(delete(Address).where(Address.id == id))


def find_bad(channel: str, member: str | None, value: str, why: str, at: datetime, by: By) -> None:
    """Mark an address as wrong: nothing is sent there until somebody adds it anew. Tells: address.found_bad."""
    row = bad(channel, member, None, value, why, at)
    if row is not None:
        _write(models.FOUND_BAD, row, {"why": why}, at, by)


def bad(channel: str, member: str | None, desk: int | None, value: str, why: str, at: datetime) -> Address | None:
    """Mark it without an entry of its own, for verbs that say so in theirs; None when it is marked already."""
    mine = (Address.value == value) & (Address.channel == channel)
    mine &= Address.member == member if member else Address.desk == desk
    row = db.session.scalars(select(Address).where(mine)).first()
    if row is None and member and CHANNELS[channel].whose == "directory":
        # The directory keeps the address; here stands that it is wrong.
        row = Address(id=opaque(), member=member, desk=None, channel=channel, value=value, added_at=at)
        db.session.add(row)
    if row is None or row.bad_since is not None:
        return None
    row.bad_since, row.bad_why = at, why
    return row


def add_webhook(desk_id: int, url: str, settings: Mapping[str, Any], at: datetime, by: By) -> tuple[str, str]:
    """Have a desk's own system told of its calls; returns the webhook's id and the secret, which is shown once.

    Raises: BadInput for an address that may not be posted to, Conflict for the eleventh. Tells: webhook.added.
    """
    if fault := CHANNELS["webhook"].address_fault(url, settings):
        raise BadInput(fault, errors=[{"pointer": "/url", "detail": fault}])
    mine = (Webhook.desk == desk_id) & Webhook.stopped_at.is_(None)
    if len(list(db.session.scalars(select(Webhook.id).where(mine)))) >= MOST:
        raise Conflict(say("This desk has {most} webhooks already; stop one first.", most=MOST))
    id, secret = opaque(), "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
    db.session.add(Webhook(id=id, desk=desk_id, url=url, secret=secret, member=by.member, added_at=at))
    record.append(Draft(HOUSE, models.WEBHOOK_ADDED, at, by, ("webhook", id), data={"webhook": id, "desk": by.desk}))
    return id, secret


def stop_webhook(id: str, why: str, at: datetime, by: By) -> bool:
    """Send nothing more to a webhook; True when it was not stopped before. Tells: webhook.stopped."""
    row = db.session.get(Webhook, id)
    if row is None or row.stopped_at is not None:
        return False
    row.stopped_at, row.stopped_why = at, why
    record.append(Draft(HOUSE, models.WEBHOOK_STOPPED, at, by, ("webhook", id), data={"webhook": id, "why": why}))
    return True


def _owned(owner: Owner) -> Any:
    return Address.member == owner.member if owner.member else Address.desk == owner.desk


def _write(kind: str, row: Address, more: dict[str, Any], at: datetime, by: By) -> None:
    data = {"address": row.id, "channel": row.channel, "member": row.member, "desk": row.desk, **more}
    record.append(Draft(HOUSE, kind, at, by, ("address", row.id), data=data))

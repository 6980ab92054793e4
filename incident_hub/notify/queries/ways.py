"""Questions about the ways to reach somebody: the channels, whose addresses are whose, what listens for a desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import orjson
from sqlalchemy import or_, select

from incident_hub.kernel.database import db
from incident_hub.notify.breaker import closed
from incident_hub.notify.channels import CHANNELS, web_push
from incident_hub.notify.channels.channel import Settings
from incident_hub.notify.models import Address, Webhook

from . import desk_code, fares


def channels(settings: Settings, at: datetime) -> list[dict[str, Any]]:
    """Every channel: what it needs, whether it is set up, and since when it is left alone."""
    states = fares()
    shown: list[dict[str, Any]] = []
    for name, way in sorted(CHANNELS.items()):
        state = states.get((name, ""))
        alone = state.since if state is not None and not closed(state, at) else None
        set_up = way.unset(settings) is None
        key = web_push.public_key(settings["HUB_PUSH"]["key"]) if name == "web_push" and set_up else None
        told = {"name": name, "carries": way.carries, "whose": way.whose, "takes": way.takes, "set_up": set_up}
        shown.append(told | {"left_alone_since": alone, "push_key": key})
    return shown


def addresses_of(member: str, desk_id: int) -> list[dict[str, Any]]:
    """The addresses of a member and the common ones of a desk, by channel."""
    mine = or_(Address.member == member, Address.desk == desk_id)
    rows = db.session.scalars(select(Address).where(mine).order_by(Address.channel, Address.added_at, Address.id))
    names = ("id", "channel", "added_at", "verified_at", "bad_since", "bad_why")
    return [
        {name: getattr(row, name) for name in names}
        | {"desk": desk_code(row.desk) if row.desk is not None else None, "value": _shown(row)}
        for row in rows
    ]


def owner_of(id: str) -> tuple[str | None, int | None] | None:
    """The member or desk whose address it is; None when there is no such address."""
    row = db.session.get(Address, id)
    return (row.member, row.desk) if row is not None else None


def webhooks_of(desk_id: int) -> list[dict[str, Any]]:
    """The webhooks of a desk, the newest first, without their secrets."""
    rows = db.session.scalars(select(Webhook).where(Webhook.desk == desk_id).order_by(Webhook.added_at.desc()))
    names = ("id", "url", "added_at", "stopped_at", "stopped_why")
    return [{name: getattr(row, name) for name in names} for row in rows]


def _shown(row: Address) -> str:
    # A browser's subscription is a secret between it and the Hub; the place alone tells one from another.
    return urlsplit(orjson.loads(row.value)["endpoint"]).netloc if row.channel == "web_push" else row.value

"""Questions about notices: what waits to be sent, where it goes, what was sent about a debt, and how channels fare."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, func, or_, select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Member
from incident_hub.kernel import registry
from incident_hub.kernel.database import Instant, db
from incident_hub.kernel.record import By
from incident_hub.notify import doorstep, states
from incident_hub.notify.breaker import Breaker
from incident_hub.notify.channels import CHANNELS
from incident_hub.notify.messages import Matter, closed, restored
from incident_hub.notify.models import Address, ChannelState, DeliveryEvent, Notice, Webhook
from incident_hub.notify.retry import STALE

# Who finds out by sending that an address is dead.
SENDER = By(agency="house", desk="house/engine", desk_id=0, assurance="service")
_ROUTE = and_(ChannelState.channel == Notice.channel, ChannelState.route == Notice.route)
IN_ORDER = (Notice.next_try_at, Notice.prepared_at, Notice.id)
_CARRYING = tuple(sorted(name for name, way in CHANNELS.items() if way.carries))


def due(at: datetime, aside: Collection[str] = (), busy: Collection[str] = ()) -> ColumnElement[bool]:
    """What may be sent at this instant: not set aside, on a channel that has a sender free, by a route that works."""
    open_ = select(ChannelState.channel).where(_ROUTE, ChannelState.until > at).exists()
    may: ColumnElement[bool] = (Notice.state == states.PREPARED) & (Notice.next_try_at <= at)
    may &= Notice.channel.in_([one for one in _CARRYING if one not in busy]) & ~open_
    return may & Notice.id.not_in(aside) if aside else may


def next_due() -> datetime | None:
    """The earliest instant at which a notice waits to be sent, or a dead sender's claim can be taken up.

    A channel that is left alone wakes when it may be tried again.
    """
    when = func.max(Notice.next_try_at, func.coalesce(ChannelState.until, Notice.next_try_at))
    if db.engine.dialect.name == "postgresql":
        when = func.greatest(Notice.next_try_at, ChannelState.until, type_=Instant())
    waits = select(func.min(when)).select_from(Notice).join(ChannelState, _ROUTE, isouter=True)
    waiting = db.session.scalar(waits.where(Notice.state == states.PREPARED, Notice.channel.in_(_CARRYING)))
    held = db.session.scalar(select(func.min(Notice.claimed_at)).where(Notice.state == states.CLAIMED))
    return min((one for one in (waiting, held + STALE if held else None) if one), default=None)


def first_due(at: datetime, aside: Collection[str] = (), busy: Collection[str] = ()) -> str | None:
    """The notice that is to be sent next; None when none is due."""
    return db.session.scalar(select(Notice.id).where(due(at, aside, busy)).order_by(*IN_ORDER).limit(1))


def stale_claims(at: datetime) -> int:
    """How many notices are held by senders that must have died."""
    query = select(func.count()).where(Notice.state == states.CLAIMED, Notice.claimed_at < at - STALE)
    return db.session.scalar(query) or 0


def fares() -> dict[tuple[str, str], Breaker]:
    """How each route fares that something went wrong with, by channel and the machine it leads to."""
    rows = db.session.scalars(select(ChannelState))
    return {(row.channel, row.route): Breaker(row.faults, row.since, row.until) for row in rows}


def route_of(channel: str, address: str) -> str:
    """The machine a message goes to, where members name it: one desk's dead address is nobody else's fault."""
    url = ""
    if channel == "webhook":
        url = db.session.scalar(select(Webhook.url).where(Webhook.id == address)) or ""
    elif channel == "web_push":
        url = str(orjson.loads(address)["endpoint"])
    parts = doorstep.parts_of(url) if url else None
    return doorstep.place(parts)[:128] if parts else ""


def addresses_for(member: Member, desk_id: int, channel: str) -> tuple[list[str], str | None]:
    """Where a member is reached on a channel, and if nowhere, why: no_address or bad_address."""
    way = CHANNELS[channel]
    if way.whose == "webhook":
        listening = select(Webhook.id).where(Webhook.desk == desk_id, Webhook.stopped_at.is_(None))
        found = list(db.session.scalars(listening.order_by(Webhook.added_at, Webhook.id)))
        return found, None if found else "no_address"
    if way.whose == "desk":
        own, _ = _good(Address.member == member.id, ("voice", "sms"))
        return (own[:1], None) if own else telephones_of(desk_id)
    if way.whose == "directory":
        known = [member.email] if member.email else []
        bad = set(
            db.session.scalars(select(Address.value).where(_of(member.id, channel), Address.bad_since.is_not(None)))
        )
        found = [one for one in known if one not in bad]
        return found, None if found else "bad_address" if known else "no_address"
    return _good(Address.member == member.id, (channel,))


def telephones_of(desk_id: int) -> tuple[list[str], str | None]:
    """The common telephone of a desk, the newest first."""
    return _good(Address.desk == desk_id, ("desk_call",))


def bad_since(member: str, channel: str) -> datetime | None:
    """Since when the last good address of a member on a channel is known to be wrong."""
    return db.session.scalar(select(func.max(Address.bad_since)).where(_of(member, channel)))


def place_of(notice: Notice) -> tuple[str, str]:
    """Where a notice goes and, for a webhook, with what it is signed; empty when nobody listens there any more."""
    if notice.channel != "webhook":
        return notice.address or "", ""
    row = db.session.get(Webhook, notice.address or "")
    return (row.url, row.secret) if row is not None and row.stopped_at is None else ("", "")


def outward(notice: Notice) -> Matter:
    """What a notice says where it leaves the house, as its subject is marked at this moment (rulings 8)."""
    matter = restored(notice.matter)
    mark = registry.marks.get(matter.noun)
    return closed(matter) if mark and mark(notice.chain, matter.ref) == "RED" else matter


def desk_code(desk_id: int) -> str:
    """A desk as it is written."""
    desk = agencies.desk_by_id(desk_id)
    return desk.code if desk else ""


def of_obligation(obligation: str) -> list[dict[str, Any]]:
    """Every notice about a debt in order, without addresses."""
    query = select(Notice).where(Notice.obligation == obligation)
    names = ("id", "step", "occurrence", "member", "channel", "state", "attempt", "prepared_at", "sent_at", "fault")
    rows = db.session.scalars(query.order_by(Notice.prepared_at, Notice.step, Notice.occurrence, Notice.id))
    return [{name: getattr(row, name) for name in names} | {"delivery": row.carried} for row in rows]


def of_delivery(channel: str, delivery: str) -> list[Notice]:
    """The notices that went out as one message."""
    query = select(Notice).where(Notice.carried == delivery, Notice.channel == channel)
    return list(db.session.scalars(query.order_by(Notice.prepared_at, Notice.id)))


def history(notice: Notice) -> list[dict[str, Any]]:
    """What happened to a notice, in order."""
    told: list[dict[str, Any]] = [{"at": notice.prepared_at, "state": states.PREPARED, "code": None}]
    if notice.channel == "in_app" and notice.sent_at:
        told.append({"at": notice.sent_at, "state": states.SENT, "code": None})
    query = select(DeliveryEvent).where(DeliveryEvent.notice == notice.id).order_by(DeliveryEvent.id)
    return told + [{"at": one.at, "state": one.state, "code": one.code} for one in db.session.scalars(query)]


def unread(member: str) -> list[dict[str, Any]]:
    """What was shown to a member in the application and not seen yet, oldest first."""
    query = select(Notice).where(Notice.member == member, Notice.channel == "in_app", Notice.state == states.SENT)
    names = ("id", "chain", "desk", "obligation", "step", "occurrence", "prepared_at")
    rows = db.session.scalars(query.where(Notice.obligation.is_not(None)).order_by(Notice.prepared_at, Notice.id))
    return [{name: getattr(row, name) for name in names} for row in rows]


def _of(member: str, channel: str) -> ColumnElement[bool]:
    return (Address.member == member) & (Address.channel == channel)


def _good(whose: ColumnElement[bool], channels: tuple[str, ...]) -> tuple[list[str], str | None]:
    """Addresses that are not known to be wrong, those of the first channel first and the newest of each first."""
    query = select(Address).where(whose, or_(*(Address.channel == one for one in channels)))
    rows = sorted(db.session.scalars(query), key=lambda one: (one.added_at, one.id), reverse=True)
    rows.sort(key=lambda one: channels.index(one.channel))
    good = [one.value for one in rows if one.bad_since is None]
    return good, None if good else "bad_address" if rows else "no_address"

"""Making notices, in the transaction of the step that needs them; the sender finds them after the commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Member
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.text import opaque
from incident_hub.notify import bundling, queries, states
from incident_hub.notify.channels import CHANNELS
from incident_hub.notify.messages import Matter
from incident_hub.notify.models import Notice, Webhook


@dataclass(frozen=True)
class Occasion:
    """The rung of a ladder that a notice belongs to.

    Shape: `obligation` is None for a test message; `late` says that it is taken after an outage; `bundle_s` is how long
    calls to one person are gathered, and `grave` that this one is not to wait; `caller` is the desk that makes calls by
    telephone, the called desk itself when it is None. Units: seconds.
    """

    chain: int
    obligation: str | None
    step: int
    occurrence: int
    late: bool
    bundle_s: float | None = None
    grave: bool = False
    caller: int | None = None


def prepare(occasion: Occasion, member: Member, desk_id: int, channel: str, matter: Matter, at: datetime) -> str | None:
    """Make the notices that reach a member on one channel, one for each of the addresses there.

    Shape: None when all went well, otherwise why this person cannot be reached that way, as a code.
    """
    way = CHANNELS.get(channel)
    if way is None:
        return "no_channel"
    if way.whose == "none":
        _make(occasion, member, desk_id, channel, None, matter, at)
        return None
    found, fault = queries.addresses_for(member, desk_id, channel)
    for value in found:
        if way.whose != "webhook" or not _told(occasion, value):
            _make(occasion, member, desk_id, channel, value, matter, at)
    return fault


def call_by_telephone(occasion: Occasion, desk_id: int, post: str, matter: Matter, at: datetime) -> str | None:
    """Put a call to a desk where nobody works in the Hub on the call sheet of the desk that has to make it.

    Shape: None when it is there, otherwise why it cannot be made, as a code. Only agencies that are reached by
    telephone alone are called this way; a vacant post of a member agency stays vacant.
    """
    desk = agencies.desk_by_id(desk_id)
    agency = agencies.agency(desk.agency) if desk else None
    if agency is None or agency.membership != "contact_only" or occasion.caller in (None, desk_id):
        return "vacant"
    found, fault = queries.telephones_of(desk_id)
    if not found:
        return fault
    _make(occasion, None, desk_id, "desk_call", found[0], matter, at, post)
    return None


def tell_systems(chain: int, subject: tuple[str, str], matter: Matter, at: datetime) -> None:
    """Post something to the own systems of every desk that may know of a subject."""
    listening = {row.desk_id for row in record.access(chain, subject)}
    query = select(Webhook.id, Webhook.desk).where(Webhook.desk.in_(listening), Webhook.stopped_at.is_(None))
    for webhook, desk in db.session.execute(query.order_by(Webhook.id)).all():
        _make(Occasion(chain, None, 0, 0, late=False), None, desk, "webhook", webhook, matter, at)


def _make(
    occasion: Occasion, member: Member | None, desk_id: int, channel: str, address: str | None, matter: Matter,
    at: datetime, post: str | None = None,
) -> None:  # fmt: skip
    way = CHANNELS[channel]
    shown = channel == "in_app"
    rings = matter.kind == "call" and occasion.bundle_s is not None and way.carries
    first_try = _first_try(occasion, member, channel, address, at) if rings else at
    notice = Notice(
        id=opaque(), chain=occasion.chain, obligation=occasion.obligation, step=occasion.step,
        occurrence=occasion.occurrence, member=member.id if member else None, desk=desk_id, post=post,
        caller=None if channel != "desk_call" else occasion.caller or desk_id, channel=channel, address=address,
        route=queries.route_of(channel, address or ""),
        language=member.language if member else "zh", matter=matter.kept(), late=occasion.late, bundled=rings,
        state=states.SENT if shown else states.PREPARED, prepared_at=at, attempt=0, claim=None, claimed_at=None,
        next_try_at=first_try, delivery_id=opaque(), carried=None, sent_at=at if shown else None, delivered_at=None,
        read_at=None, fault=None,
    )  # fmt: skip
    db.session.add(notice)


def _first_try(occasion: Occasion, member: Member | None, channel: str, address: str | None, at: datetime) -> datetime:
    """When a call may go out, given the calls this person was sent or is about to be sent at the same address."""
    bundle = timedelta(seconds=occasion.bundle_s or 0)
    alike: Any = (Notice.member == (member.id if member else None)) & (Notice.channel == channel)
    alike &= Notice.bundled & (Notice.address == address) & (Notice.chain == occasion.chain)
    last = db.session.scalar(
        select(func.max(func.coalesce(Notice.sent_at, Notice.claimed_at))).where(
            alike, Notice.state.in_((states.CLAIMED, states.SENT, states.DELIVERED, states.READ))
        )
    )
    waits = alike & (Notice.state == states.PREPARED) & Notice.carried.is_(None)
    waiting = db.session.scalar(select(func.min(Notice.next_try_at)).where(waits))
    return bundling.not_before(at, bundle, occasion.grave, last, waiting)


def _told(occasion: Occasion, address: str) -> bool:
    """Whether a desk's webhook was told of this rung already, for another member of the desk."""
    same = (Notice.obligation == occasion.obligation) & (Notice.step == occasion.step)
    same &= (Notice.occurrence == occasion.occurrence) & (Notice.address == address)
    return occasion.obligation is not None and db.session.scalar(select(Notice.id).where(same).limit(1)) is not None

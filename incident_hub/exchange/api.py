"""The doors of the gateways: a key pressed on a telephone is an answer, and a receipt says how far a message has come.

A gateway signs what it sends as the Hub does: Standard Webhooks, with the secret the two share.
"""

from __future__ import annotations

import hmac
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from flask import current_app, request
from pydantic import Field
from standardwebhooks import Webhook

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import clock
from incident_hub.kernel.asking import Machine
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Room, Shape
from incident_hub.kernel.errors import Conflict, NotAllowed, NotKnown, NotSignedIn
from incident_hub.kernel.record import By
from incident_hub.notify import actions as notify
from incident_hub.notify import queries as notices
from incident_hub.notify.channels.gateway import KEYS
from incident_hub.obligations import actions as obligations
from incident_hub.obligations import queries as debts
from incident_hub.roster import queries as roster

room = Room("exchange")
TOLERANCE = timedelta(minutes=5)
UNSIGNED = "Sign the body with the secret of this gateway: Webhook-Id, Webhook-Timestamp, Webhook-Signature."
SETTINGS = {"sms": "HUB_SMS", "voice": "HUB_VOICE"}

Delivery = Annotated[str, Field(min_length=1, max_length=64)]


class KeyIn(Shape):
    """A key was pressed: 1 taken, 2 seen, 3 wrong number."""

    delivery: Delivery
    key: Literal["1", "2", "3"]


class ReceiptIn(Shape):
    """How far a message has come, with the gateway's own code if it failed."""

    delivery: Delivery
    state: Literal["delivered", "read", "failed"]
    code: Annotated[str, Field(max_length=64)] | None = None


class Moved(Shape):
    """Whether this moved anything; the same again does not."""

    moved: bool


def signed_by(gateway: str = "voice") -> None:
    """Make sure that the gateway itself sent these bytes, just now.

    Raises: NotSignedIn for a signature that does not fit, or a gateway that is not set up.
    """
    held: dict[str, Any] = current_app.config.get(SETTINGS.get(gateway, "")) or {}
    if not held.get("secret"):
        raise NotSignedIn(UNSIGNED)
    id, stamp = request.headers.get("Webhook-Id", ""), request.headers.get("Webhook-Timestamp", "")
    if not stamp.isdecimal() or len(stamp) > 12:
        raise NotSignedIn(UNSIGNED)
    sent_at = datetime.fromtimestamp(int(stamp), UTC)
    try:
        expected = Webhook(held["secret"]).sign(id, sent_at, request.get_data().decode())
    except UnicodeDecodeError as fault:
        raise NotSignedIn(UNSIGNED) from fault
    given = request.headers.get("Webhook-Signature", "").split()
    fits = any(hmac.compare_digest(expected.encode(), one.encode()) for one in given)
    if not fits or abs(clock.now() - sent_at) > TOLERANCE:
        raise NotSignedIn(UNSIGNED)


@room.door(
    "POST", "/gateways/voice/answers", scope=None, takes=KeyIn, gives=Moved, errors=(401, 404, 422), signed=signed_by
)
def answer(asker: Machine, body: KeyIn) -> dict[str, bool]:
    """Somebody answered a call by key: each matter of the call is acknowledged, or the number is wrong."""
    found = notices.of_delivery("voice", body.delivery)
    if not found:
        raise NotKnown
    told = KEYS[body.key]
    if any(one["code"] == told for one in notices.history(found[0])):
        return {"moved": False}
    member, address = found[0].member or "", found[0].address or ""
    if told == "wrong_number":
        with unit_of_work() as at:
            moved = notify.receive("voice", body.delivery, "failed", told, at)
            notify.find_bad("voice", member, address, told, at, notices.SENDER)
        return {"moved": moved}
    for obligation, chain, desk_id in [(one.obligation, one.chain, one.desk) for one in found if one.obligation]:
        _acknowledge(obligation, chain, desk_id, member, told)
    with unit_of_work() as at:
        notify.vouch(member, "voice", address, at)
        notify.hear("voice", body.delivery, told, at)
    return {"moved": True}


@room.door(
    "POST", "/gateways/<gateway>/receipts", scope=None, takes=ReceiptIn, gives=Moved, errors=(401, 404, 422),
    signed=signed_by,
)  # fmt: skip
def receipt(asker: Machine, body: ReceiptIn, gateway: str) -> dict[str, bool]:
    """A gateway says how far a message has come; receipts may come twice or in any order."""
    if not notices.of_delivery(gateway, body.delivery):
        raise NotKnown
    with unit_of_work() as at:
        return {"moved": notify.receive(gateway, body.delivery, body.state, body.code, at)}


def _acknowledge(obligation: str, chain: int, desk_id: int, member: str, kind: str) -> None:
    """What the person said by key counts as if it were typed; what is owed no longer needs no answer."""
    desk, person = agencies.desk_by_id(desk_id), agencies.member(member)
    if desk is None or person is None:
        return
    with suppress(Conflict, NotAllowed, NotKnown), unit_of_work(chain) as at:
        post = next(iter(roster.posts_held_at(desk_id, member, at)), None)
        by = By(desk.agency, desk.code, desk_id, post, member, person.name, "relayed")
        obligations.acknowledge(debts.known(obligation, desk_id), kind, obligations.Said(), at, by)

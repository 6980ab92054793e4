"""Sitting down at a shared desk: which device this is, and whether a PIN is the member's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, request
from limits import parse

from incident_hub.agencies import actions as agencies
from incident_hub.agencies import passwords
from incident_hub.agencies import queries as directory
from incident_hub.agencies.admission import limiter
from incident_hub.agencies.askers import DEVICE_COOKIE, device_shown
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotAllowed, TooMany

from . import queries
from .queries import Stand

NO_DEVICE = "This computer is not enrolled for a desk. A duty leader or an administrator enrols it."
WRONG_PIN = "The PIN is not right, or this member does not sit at this desk."
TOO_OFTEN = "Too many wrong PINs for this member at this desk. Wait a quarter of an hour, or sign in with the password."
_TRIES = parse("5/15minute")
# A device stays enrolled until it is withdrawn. Units: seconds.
_LASTS = 400 * 86_400


def here() -> Stand:
    """The device this request comes from.

    Raises: NotAllowed when it is none.
    """
    found = queries.stand(device_shown(request))
    if found is None:
        raise NotAllowed(NO_DEVICE)
    return found


def judged(stand: Stand, login: str, pin: str) -> tuple[directory.Member | None, bool]:
    """The member of this login who sits at this desk, if there is one, and whether the PIN is theirs.

    Raises: TooMany after five wrong PINs of one member at one device in a quarter of an hour; their password still
    opens, and so does their PIN at another desk.
    """
    limit = ("pin", stand.id, login.casefold())
    if not limiter.limiter.test(_TRIES, *limit):
        raise TooMany(TOO_OFTEN)
    seated = {member.login: member for member, _, _ in directory.seats_at(stand.desk_id)}
    member = seated.get(login)
    kept = queries.pin_hash_of(member.id) if member else None
    db.session.rollback()
    right = passwords.holds(kept, pin)
    if not right:
        limiter.limiter.hit(_TRIES, *limit)
    return member, right


def standing_at(desk_id: int) -> list[dict[str, Any]]:
    """The devices of a desk as they are listed; `here` marks the one this request comes from."""
    mine = device_shown(request)
    return [
        {"id": one.id, "label": one.label, "enrolled_at": one.enrolled_at, "here": one.hash == mine}
        for one in queries.stands_at(desk_id)
    ]


def sit(stand: Stand, knock: agencies.Knock, secret: str, *, at: datetime) -> agencies.Opened | None:
    """Let a member sit down; whoever sat there before stands up. None when the PIN was not right."""
    desk = directory.desk_by_id(stand.desk_id)
    if desk is None:
        raise NotAllowed(NO_DEVICE)
    policy = queries.policies([desk.agency])[desk.agency]
    shared = agencies.Shared(stand.hash, policy.idle_minutes * 60)
    by_pin = agencies.Knock(knock.member_id, knock.right, knock.address, knock.before, None, knock.agent, "pin")
    if knock.right:
        agencies.end_sessions_at(stand.hash, at=at, by=agencies.HUB)
    return agencies.enter(by_pin, desk.code, secret, at=at, shared=shared)


def stay(response: Response, secret: str) -> None:
    """Have this browser remember which desk it stands at."""
    name = f"__Host-{DEVICE_COOKIE}" if request.is_secure else DEVICE_COOKIE
    response.set_cookie(name, secret, max_age=_LASTS, secure=request.is_secure, httponly=True, samesite="Lax")

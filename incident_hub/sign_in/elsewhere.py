"""Going to another house and coming back: which houses know a member, and that the answer is the one waited for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from flask import redirect, request
from werkzeug.wrappers import Response

from incident_hub.agencies import queries as directory
from incident_hub.kernel import clock
from incident_hub.kernel.errors import NotKnown, NotSignedIn

from . import actions, providers, queries, sealing
from .providers import Begun, Provider

NOT_LINKED = "This account is linked to nobody here. Sign in with login and password, and link it under Signing in."
_COOKIE = "hub_elsewhere"


def houses_of(member_id: str) -> list[Provider]:
    """The houses that know members of one of a member's agencies."""
    mine = {desk.agency for desk, _, _ in directory.seats_of(member_id)}
    return [one for one in providers.known().values() if one.agency in mine]


def begin(name: str) -> Begun:
    """Where to send a browser that is to come in, or to link its member's account.

    Raises: NotKnown for a house that nobody named.
    """
    provider = providers.known().get(name)
    if provider is None:
        raise NotKnown()
    return providers.begin(provider)


def pose(name: str, begun: Begun, member_id: str | None, onward: str, at: datetime) -> None:
    """Keep what the answer has to match, inside the unit of work, under a key that is not beside it."""
    kept = {"verifier": begun.verifier, "nonce": begun.nonce, "member": member_id, "next": onward, "house": name}
    actions.pose(begun.state, "provider", None, sealing.sealed(orjson.dumps(kept).decode(), begun.state), at=at)


def sent(begun: Begun) -> Response:
    """The way there; the answer counts in this browser alone."""
    response = redirect(begun.location)
    response.set_cookie(
        _COOKIE, begun.state, max_age=600, secure=request.is_secure, httponly=True, samesite="Lax", path="/sign-in/from"
    )
    return response


def state_shown() -> str:
    """The name of the question that this browser went with.

    Raises: NotSignedIn when it went with none, or came back with another.
    """
    state = request.args.get("state", "")
    if not state or state != request.cookies.get(_COOKIE):
        raise NotSignedIn(providers.NOT_SO)
    return state


def said(name: str, state: str, value: str | None) -> tuple[Provider, dict[str, Any], str]:
    """What the other house answered: (which one, what was kept for the way, its own number for whoever came back).

    Shape: `value` is what was kept, None when somebody had the answer before. It asks the other house, so no
    transaction may be open. Raises: NotSignedIn when anything does not hold.
    """
    provider, code = providers.known().get(name), request.args.get("code", "")
    if provider is None or not code or value is None:
        raise NotSignedIn(providers.NOT_SO)
    kept = orjson.loads(sealing.opened(value, state))
    if kept["house"] != name:
        raise NotSignedIn(providers.NOT_SO)
    return provider, kept, providers.subject_of(provider, code, kept["verifier"], kept["nonce"], clock.now())


def member_of(provider: Provider, subject: str) -> directory.Member | None:
    """Who linked this subject once, while they sit at a desk of the provider's agency and are welcome."""
    member_id = queries.linked_member(provider.name, subject)
    member = directory.member(member_id) if member_id else None
    seats = directory.seats_of(member.id) if member and not member.disabled else []
    return member if any(desk.agency == provider.agency for desk, _, _ in seats) else None

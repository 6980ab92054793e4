"""Going to another house and coming back: which houses know a member, and that the answer is the one waited for."""

from __future__ import annotations

from typing import Any

import orjson
from flask import redirect, request
from werkzeug.wrappers import Response

from incident_hub.agencies import queries as directory
from incident_hub.kernel import clock
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.errors import NotKnown, NotSignedIn

from . import actions, providers, queries, sealing
from .providers import Provider

NOT_LINKED = "This account is linked to nobody here. Sign in with login and password, and link it under Signing in."
_COOKIE = "hub_elsewhere"


def houses_of(member_id: str) -> list[Provider]:
    """The houses that know members of one of a member's agencies."""
    mine = {desk.agency for desk, _, _ in directory.seats_of(member_id)}
    return [one for one in providers.known().values() if one.agency in mine]


def sent(name: str, member_id: str | None, onward: str) -> Response:
    """Send a browser to another house: to come in, or to link a member's account; the answer counts in it alone."""
    provider = providers.known().get(name)
    if provider is None:
        raise NotKnown()
    begun = providers.begin(provider)
    kept = {"verifier": begun.verifier, "nonce": begun.nonce, "member": member_id, "next": onward, "house": name}
    with unit_of_work() as at:
        actions.pose(begun.state, "provider", None, sealing.sealed(orjson.dumps(kept).decode(), begun.state), at=at)
    response = redirect(begun.location)
    response.set_cookie(
        _COOKIE, begun.state, max_age=600, secure=request.is_secure, httponly=True, samesite="Lax", path="/sign-in/from"
    )
    return response


def said(name: str) -> tuple[Provider, dict[str, Any], str]:
    """What the other house answered: (which one, what was kept for the way, its own number for whoever came back).

    Raises: NotSignedIn when this browser did not ask, the answer came before, or it does not hold.
    """
    state, code = request.args.get("state", ""), request.args.get("code", "")
    provider = providers.known().get(name)
    if provider is None or not state or not code or state != request.cookies.get(_COOKIE):
        raise NotSignedIn(providers.NOT_SO)
    with unit_of_work() as at:
        value = actions.answered(state, "provider", None, at=at)
    if value is None:
        raise NotSignedIn(providers.NOT_SO)
    kept = orjson.loads(sealing.opened(value, state))
    if kept["house"] != name:
        raise NotSignedIn(providers.NOT_SO)
    # The other house is asked with no transaction open.
    db.session.rollback()
    return provider, kept, providers.subject_of(provider, code, kept["verifier"], kept["nonce"], clock.now())


def member_of(provider: Provider, subject: str) -> directory.Member | None:
    """Who linked this subject once, while they sit at a desk of the provider's agency and are welcome."""
    member_id = queries.linked_member(provider.name, subject)
    member = directory.member(member_id) if member_id else None
    seats = directory.seats_of(member.id) if member and not member.disabled else []
    return member if any(desk.agency == provider.agency for desk, _, _ in seats) else None

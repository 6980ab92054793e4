"""Coming in with a second factor, a passkey or a PIN, and proving again that one is there."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Literal

from pydantic import Field

from incident_hub.agencies import actions as agencies
from incident_hub.agencies.admission import handed_over, knock, way_in
from incident_hub.agencies.proving import PROOF_LASTS
from incident_hub.agencies.standing import Asker
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.kernel.errors import NotAllowed, NotSignedIn
from incident_hub.kernel.saying import say
from incident_hub.sign_in import actions, passkeys, queries, showing, sitting
from incident_hub.sign_in.actions.factors import WRONG_CODE

from .room import CodeIn, Options, ShownIn, SignedIn, room

WRONG_KEY = "This passkey opens nothing here. Use another one, or sign in with login and password."


class SeatIn(Shape):
    """Who sits down at this device's desk, and their PIN."""

    login: str = Field(min_length=1, max_length=64)
    pin: str = Field(min_length=4, max_length=32)


class ProofIn(Shape):
    """One of these: a code, a passkey's answer, or the password where the member has nothing better."""

    password: str | None = Field(None, min_length=1, max_length=1024)
    code: str | None = Field(None, min_length=6, max_length=32)
    credential: dict[str, object] | None = None


class Nothing(Shape):
    """An empty object: sent as application/json, which a form on another site cannot send."""


class Means(Shape):
    """By what the asker can prove to be there, and whether a proof still holds."""

    means: list[Literal["passkey", "code", "password"]]
    proved: bool


class Proved(Shape):
    """The proof holds until then; the session's cookie is another."""

    proved_until: datetime


@room.door("POST", "/session/factor", scope=None, takes=CodeIn, gives=SignedIn, status=201, errors=(409, 422, 429))
def show_factor(asker: Asker, body: CodeIn) -> Answer:
    """Show the second factor, after the password was right."""
    half = showing.half()
    showing.may_try(half.member, body.code)
    secret = secrets.token_urlsafe(32)
    with unit_of_work() as at:
        opened = showing.let_in(half, body.code, secret, at=at)
    if opened is None:
        raise NotSignedIn(WRONG_CODE)
    return handed_over(opened, secret)


@room.door("POST", "/session/passkey/challenge", scope=None, takes=Nothing, gives=Options, errors=(400, 422))
def ask_passkey(asker: Asker, body: Nothing) -> Answer:
    """Ask for any passkey of this house; whose it is says the passkey itself."""
    options, challenge = passkeys.to_show()
    with unit_of_work() as at:
        actions.pose(challenge, "enter", None, "", at=at)
    return Answer({"options": options}, kept=False)


@room.door("POST", "/session/passkey", scope=None, takes=ShownIn, gives=SignedIn, status=201, errors=(401, 403, 422))
def enter_by_passkey(asker: Asker, body: ShownIn) -> Answer:
    """Sign in with a passkey alone: it is held and unlocked, so it is two factors in one."""
    secret = secrets.token_urlsafe(32)
    with unit_of_work() as at:
        member = showing.right_passkey(body.credential, "enter", None, at=at)
        opened = agencies.enter(way_in(member, "passkey"), None, secret, at=at)
    if opened is None:
        raise NotSignedIn(WRONG_KEY)
    return handed_over(opened, secret)


@room.door("POST", "/session/seat", scope=None, takes=SeatIn, gives=SignedIn, status=201, errors=(401, 403, 422, 429))
def sit_down(asker: Asker, body: SeatIn) -> Answer:
    """Sit down at the desk of this device with one's PIN; who sat there before stands up."""
    stand = sitting.here()
    member, right = sitting.judged(stand, body.login, body.pin)
    secret = secrets.token_urlsafe(32)
    with unit_of_work() as at:
        opened = sitting.sit(stand, knock(member, right, at), secret, at=at)
    if opened is None:
        raise NotSignedIn(sitting.WRONG_PIN)
    return handed_over(opened, secret)


@room.door("GET", "/session/proof", scope=None, gives=Means, errors=(401, 403))
def read_means(asker: Asker) -> dict[str, object]:
    """How the asker can prove to be there."""
    return {"means": queries.means(_session(asker).member), "proved": asker.proved}


@room.door("POST", "/session/proof/challenge", scope=None, gives=Options, errors=(401, 403))
def ask_proof(asker: Asker) -> Answer:
    """Ask for one of the asker's own passkeys."""
    options, challenge = passkeys.to_show(queries.credentials_of(_session(asker).member))
    with unit_of_work() as at:
        actions.pose(challenge, "prove", asker.member, "", at=at)
    return Answer({"options": options}, kept=False)


@room.door("POST", "/session/proof", scope=None, takes=ProofIn, gives=Proved, errors=(401, 403, 422, 429))
def prove(asker: Asker, body: ProofIn) -> Answer:
    """Prove to be there; for ten minutes the doors that ask for it let the asker through."""
    held = queries.means(_session(asker).member)
    way = "passkey" if body.credential else "code" if body.code else "password"
    if way not in held and not (way == "code" and held == ["passkey"]):
        raise NotAllowed(say("Prove it by {held:or}.", held=held))
    if body.code:
        showing.may_try(asker.member, body.code)
    right = bool(body.password) and showing.right_password(asker, body.password or "")
    with unit_of_work() as at:
        if body.credential:
            right = showing.right_passkey(dict(body.credential), "prove", asker.member, at=at) is not None
        elif body.code:
            right = showing.right_code(asker.member, body.code, at=at)
        if right:
            showing.proved(asker, way, at)
        else:
            showing.not_proved(asker, at)
    if not right:
        raise NotAllowed(showing.WRONG_PROOF)
    return Answer({"proved_until": at + PROOF_LASTS}, kept=False)


def _session(asker: Asker) -> Asker:
    if asker.session is None:
        raise NotAllowed("Only a signed-in member proves to be there; a token has its scopes.")
    return asker

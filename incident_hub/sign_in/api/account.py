"""How a member signs in: authenticator, passkeys, recovery codes, PIN and password, arranged by that member alone."""

from __future__ import annotations

from flask import Response, after_this_request

from incident_hub.agencies import actions as agencies
from incident_hub.agencies import passwords
from incident_hub.agencies import queries as directory
from incident_hub.agencies.askers import by_of, prove
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.door import Media
from incident_hub.kernel.doors import Answer
from incident_hub.kernel.errors import BadInput, Conflict, NotKnown
from incident_hub.sign_in import actions, authenticator, codes, elsewhere, passkeys, queries, sealing, showing
from incident_hub.sign_in.actions.factors import WRONG_CODE, label_of

from .room import CodeIn, Done, Options, person, room
from .shapes import Codes, FactorsOut, Goes, KeyIn, Offered, PasswordIn, PinIn, Tokens

ERRORS = (401, 403, 409, 422)


@room.door("GET", "/account/factors", scope=None, gives=FactorsOut, errors=(401, 403))
def read_factors(asker: Asker) -> dict[str, object]:
    """What the asker can sign in with."""
    held = queries.factors_of(person(asker).member)
    keys = [{"id": one.id, "label": one.label, "made_at": one.made_at, "used_at": one.used_at} for one in held.passkeys]
    return {
        "totp_since": held.totp_since, "passkeys": keys, "codes_left": held.codes_left, "pin_since": held.pin_since,
        "linked": held.linked, "wanted": queries.wanted(asker.member, clock.now()),
    }  # fmt: skip


@room.door("POST", "/account/totp", scope=None, gives=Offered, status=201, errors=ERRORS)
def offer_totp(asker: Asker) -> Answer:
    """Begin to set up an authenticator."""
    prove(person(asker))
    secret = authenticator.new_secret()
    with unit_of_work() as at:
        actions.offer_totp(asker.member, secret, at=at)
    return Answer({"secret": secret, "address": authenticator.address(secret, asker.login)}, 201, kept=False)


@room.door("GET", "/account/totp.svg", scope=None, gives=Media(("image/svg+xml",)), errors=(401, 403, 404))
def totp_picture(asker: Asker) -> Response:
    """The picture of the authenticator that is being set up; there is none of one that is in use."""
    kept = queries.totp_sealed(person(asker).member, confirmed=False)
    if kept is None:
        raise NotKnown()
    made = authenticator.picture(sealing.opened(kept, asker.member), asker.login)
    return Response(made, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@room.door("POST", "/account/totp/confirmation", scope=None, takes=CodeIn, gives=Codes, errors=ERRORS)
def confirm_totp(asker: Asker, body: CodeIn) -> Answer:
    """Take the authenticator into use by its first code; the recovery codes are shown this once."""
    prove(person(asker))
    with unit_of_work() as at:
        made = actions.confirm_totp(asker.member, body.code, at=at, by=by_of(asker))
    if made is None:
        raise BadInput(WRONG_CODE, errors=[{"pointer": "/code", "detail": WRONG_CODE}])
    return Answer({"codes": made}, kept=False)


@room.door("DELETE", "/account/totp", scope=None, gives=Done, errors=ERRORS)
def remove_totp(asker: Asker) -> dict[str, bool]:
    """Put the authenticator out of use."""
    prove(person(asker))
    with unit_of_work() as at:
        return {"done": actions.remove_totp(asker.member, at=at, by=by_of(asker))}


@room.door("POST", "/account/recovery-codes", scope=None, gives=Codes, errors=ERRORS)
def make_codes(asker: Asker) -> Answer:
    """Ten new recovery codes; the ones before are good no longer."""
    prove(person(asker))
    if not queries.holds_factor(asker.member):
        raise Conflict("There is no second factor yet; set one up first.")
    with unit_of_work() as at:
        made = actions.make_codes(asker.member, at=at, by=by_of(asker))
    return Answer({"codes": made}, kept=False)


@room.door("POST", "/account/passkeys/challenge", scope=None, gives=Options, errors=ERRORS)
def ask_new_passkey(asker: Asker) -> Answer:
    """Ask this browser to make a passkey."""
    prove(person(asker))
    known = queries.credentials_of(asker.member)
    options, challenge = passkeys.to_add(asker.member, asker.login, asker.name, known)
    with unit_of_work() as at:
        actions.pose(challenge, "enrol", asker.member, "", at=at)
    return Answer({"options": options}, kept=False)


@room.door("POST", "/account/passkeys", scope=None, takes=KeyIn, gives=Done, status=201, errors=ERRORS)
def add_passkey(asker: Asker, body: KeyIn) -> Answer:
    """Take the passkey this browser made into use."""
    prove(person(asker))
    label, answer = label_of(body.label), dict(body.credential)
    with unit_of_work() as at:
        challenge = passkeys.challenge_of(answer)
        if actions.answered(challenge, "enrol", asker.member, at=at) is None:
            raise BadInput(passkeys.NOT_OURS)
        actions.add_passkey(asker.member, passkeys.added(answer, challenge), label, at=at, by=by_of(asker))
    return Answer({"done": True}, 201, kept=False)


@room.door("DELETE", "/account/passkeys/<id>", scope=None, gives=Done, errors=(*ERRORS, 404))
def remove_passkey(asker: Asker, id: str) -> dict[str, bool]:
    """Put a passkey out of use."""
    prove(person(asker))
    with unit_of_work() as at:
        actions.remove_passkey(asker.member, id, at=at, by=by_of(asker))
    return {"done": True}


@room.door("POST", "/account/pin", scope=None, takes=PinIn, gives=Done, errors=ERRORS)
def set_pin(asker: Asker, body: PinIn) -> Answer:
    """Choose the PIN for the desks one shares; it opens nothing anywhere else."""
    prove(person(asker))
    if fault := codes.pin_fault(body.pin):
        raise BadInput(fault, errors=[{"pointer": "/pin", "detail": fault}])
    hash = passwords.hashed(body.pin)
    with unit_of_work() as at:
        actions.set_pin(asker.member, hash, at=at, by=by_of(asker))
    return Answer({"done": True}, kept=False)


@room.door("POST", "/account/password", scope=None, takes=PasswordIn, gives=Done, errors=(*ERRORS, 429))
def change_password(asker: Asker, body: PasswordIn) -> Answer:
    """Choose another password; every other session of the asker ends."""
    if not showing.right_password(person(asker), body.password):
        raise BadInput(showing.NOT_YOURS, errors=[{"pointer": "/password", "detail": showing.NOT_YOURS}])
    hash = passwords.hashed(body.new)
    with unit_of_work() as at:
        agencies.change_password(asker.member, hash, at=at, by=by_of(asker), but=asker.session)
    return Answer({"done": True}, kept=False)


@room.door("POST", "/account/links/<name>", scope=None, gives=Goes, status=201, errors=(401, 403, 404, 409))
def link_elsewhere(asker: Asker, name: str) -> Answer:
    """Begin to link another house's account: where the browser is to go."""
    prove(person(asker))
    if name not in {one.name for one in elsewhere.houses_of(asker.member)}:
        raise NotKnown()
    begun = elsewhere.begin(name)
    with unit_of_work() as at:
        elsewhere.pose(name, begun, asker.member, "/account", at)
    sent = elsewhere.sent(begun)

    @after_this_request
    def _hand_over(response: Response) -> Response:
        response.headers.extend([("Set-Cookie", one) for one in sent.headers.getlist("Set-Cookie")])
        return response

    return Answer({"location": begun.location}, 201, kept=False)


@room.door("POST", "/sessions/end-others", scope=None, gives=Done, errors=(401, 403))
def end_others(asker: Asker) -> dict[str, bool]:
    """End every session of the asker but this one."""
    person(asker)
    with unit_of_work() as at:
        ended = agencies.end_sessions_of(asker.member, at=at, by=by_of(asker), but=asker.session)
    return {"done": ended > 0}


@room.door("GET", "/account/tokens", scope=None, gives=Tokens, errors=(401, 403))
def read_tokens(asker: Asker) -> dict[str, object]:
    """The asker's own tokens."""
    return {"items": directory.tokens_of(person(asker).member, clock.now()), "next": None}


@room.door("DELETE", "/account/tokens/<id>", scope=None, gives=Done, errors=(401, 403, 404))
def revoke_token(asker: Asker, id: str) -> dict[str, bool]:
    """Revoke one of the asker's own tokens."""
    if id not in {one["id"] for one in directory.tokens_of(person(asker).member, clock.now())}:
        raise NotKnown()
    with unit_of_work() as at:
        return {"done": agencies.revoke_token(id, at=at, by=by_of(asker))}

"""What somebody shows at the door beside a password, judged and counted; used by the pages and the JSON doors alike."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import Response, after_this_request, request
from limits import parse

from incident_hub.agencies import actions as agencies
from incident_hub.agencies import passwords
from incident_hub.agencies import queries as directory
from incident_hub.agencies.admission import TOO_OFTEN_HELD, keep, limiter, where_from
from incident_hub.agencies.askers import HalfOpen, by_of, half_open, session_cookie
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotSignedIn, TooMany

from . import actions, codes, passkeys, queries

NOT_YOURS = "The password is not right. Check it and try again."
WRONG_PROOF = "This is not right. Check it and try again."
TOO_OFTEN = "Too many wrong codes. Wait a quarter of an hour, or use another factor; the account is not locked."
# Wrong codes of one kind for one member; the other kind is not touched, and right ones do not count.
_WRONG_CODES = parse("10/15minute")
_PROOFS = parse("10/minute")
_RESETS_PLACE = parse("30/hour")


def half() -> HalfOpen:
    """Whoever gave the right password on this browser and still owes something.

    Raises: NotSignedIn when nobody does.
    """
    found = half_open(session_cookie(request), clock.now())
    if found is None:
        raise NotSignedIn("This sign-in is over; begin again.")
    return found


def may_try(member_id: str, typed: str) -> None:
    """Stop the eleventh wrong code of a quarter of an hour.

    Raises: TooMany.
    """
    if not limiter.limiter.test(_WRONG_CODES, _kind(typed), member_id):
        raise TooMany(TOO_OFTEN)


def right_code(member_id: str, typed: str, *, at: datetime) -> bool:
    """Whether a code is good, inside the unit of work that uses it up; a wrong one is counted."""
    good = actions.judged(member_id, typed, at=at)
    if not good:
        limiter.limiter.hit(_WRONG_CODES, _kind(typed), member_id)
    return good


def right_passkey(answer: dict[str, Any], purpose: str, member_id: str | None, *, at: datetime) -> str | None:
    """Whose passkey answered a question that was posed, inside the unit of work that takes the question away."""
    challenge = passkeys.challenge_of(answer)
    if actions.answered(challenge, purpose, member_id, at=at) is None:
        return None
    found = queries.passkey_of(str(answer.get("id")))
    if found is None or member_id not in (None, found[1]):
        return None
    id, owner, public_key, before = found
    signs = passkeys.shown(answer, challenge, public_key, before)
    if signs is None or not actions.sign_with_passkey(id, before, signs, at=at):
        return None
    return owner


def right_password(asker: Asker, password: str) -> bool:
    """Whether a password is the asker's own; hashing takes a tenth of a second, and no transaction is open meanwhile.

    Raises: TooMany after ten tries a minute.
    """
    if not limiter.limiter.hit(_PROOFS, "proof", asker.member):
        raise TooMany(TOO_OFTEN)
    kept = directory.password_hash_of(asker.member)
    db.session.rollback()
    return passwords.holds(kept, password)


@contextmanager
def asking() -> Iterator[None]:
    """Let somebody ask for another password.

    Raises: TooMany after thirty from one address in an hour.
    """
    if not limiter.limiter.hit(_RESETS_PLACE, "reset", where_from()):
        raise TooMany(TOO_OFTEN_HELD)
    yield


def let_in(half: HalfOpen, typed: str, secret: str, *, at: datetime) -> agencies.Opened | None:
    """Let somebody in whose code is good, inside the unit of work that uses it up; None when it is not."""
    if right_code(half.member, typed, at=at):
        return agencies.complete(half.id, secret, "factor", at=at)
    agencies.count_wrong(half.id, where_from(), at=at)
    return None


def proved(asker: Asker, way: str, at: datetime) -> None:
    """Note a proof of this session's member; the secret of its cookie is another from here on."""
    secret = secrets.token_urlsafe(32)
    agencies.prove(asker.session or "", secret, way, at=at, by=by_of(asker))

    @after_this_request
    def _hand_over(response: Response) -> Response:
        keep(response, secret)
        return response


def not_proved(asker: Asker, at: datetime) -> None:
    """Write down that somebody could not prove to be there; nobody is put out for it."""
    agencies.count_wrong(asker.session or "", where_from(), at=at)


def _kind(typed: str) -> str:
    return "recovery" if codes.is_recovery(codes.bare(typed)) else "totp"

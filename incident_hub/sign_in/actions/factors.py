"""Second factors are set up, used and removed here. A code is good once, however many ask at the same instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from incident_hub.agencies.actions import HUB
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.errors import BadInput, Conflict, NotKnown
from incident_hub.kernel.record import By, Draft, append
from incident_hub.kernel.text import opaque
from incident_hub.sign_in import authenticator, codes, queries, sealing
from incident_hub.sign_in.models import Passkey, RecoveryCode, Totp

WRONG_CODE = "This code is not right, or was used before. Wait for the next one and try again."
NOT_BEGUN = "No authenticator is being set up; begin again."
HAS_ONE = "There is an authenticator already; remove it first."
LAST_ONE = "Your agency asks for a second factor, and this is your last; add another one first."


@dataclass(frozen=True)
class NewKey:
    """A passkey as its device answered: its number, what it is checked against, how often it has signed."""

    credential: str
    public_key: str
    signs: int


def offer_totp(member_id: str, secret: str, *, at: datetime) -> None:
    """Keep the secret of an authenticator that is only offered; it opens nothing until its first code was right.

    Raises: Conflict when there is one in use.
    """
    row = db.session.get(Totp, member_id)
    if row is not None and row.confirmed_at is not None:
        raise Conflict(HAS_ONE)
    if row is None:
        row = Totp(member_id=member_id)
        db.session.add(row)
    row.sealed, row.step, row.made_at, row.confirmed_at = sealing.sealed(secret, member_id), 0, at, None


def confirm_totp(member_id: str, code: str, *, at: datetime, by: By) -> list[str] | None:
    """Take an offered authenticator into use; returns ten recovery codes, or None when its code is not right.

    Tells: factor.added. Raises: Conflict when none was offered.
    """
    row = db.session.get(Totp, member_id)
    if row is None or row.confirmed_at is not None:
        raise Conflict(NOT_BEGUN)
    step = authenticator.step_of(sealing.opened(row.sealed, member_id), codes.bare(code), at)
    if step is None:
        return None
    row.step, row.confirmed_at = step, at
    _tell("factor.added", member_id, at, by, {"factor": "totp"})
    return make_codes(member_id, at=at, by=by)


def remove_totp(member_id: str, *, at: datetime, by: By) -> bool:
    """Put an authenticator out of use; False when there was none. Tells: factor.removed.

    Raises: Conflict when it is the last factor and the member's agency asks for one.
    """
    gone = db.session.execute(delete(Totp).where(Totp.member_id == member_id).returning(Totp.confirmed_at)).scalar()
    if gone is None:
        return False
    _removed(member_id, "totp", at, by)
    return True


def add_passkey(member_id: str, key: NewKey, label: str, *, at: datetime, by: By) -> str:
    """Take a passkey into use; returns its id. Tells: factor.added. Raises: Conflict when it is known already."""
    if queries.passkey_of(key.credential):
        raise Conflict("This passkey is known already.")
    id = opaque()
    db.session.add(
        Passkey(
            id=id, member_id=member_id, credential=key.credential, public_key=key.public_key, signs=key.signs,
            label=label, made_at=at, used_at=None,
        )
    )  # fmt: skip
    _tell("factor.added", member_id, at, by, {"factor": "passkey"}, {"label": label})
    return id


def remove_passkey(member_id: str, id: str, *, at: datetime, by: By) -> None:
    """Put a passkey out of use. Tells: factor.removed. Raises: NotKnown, Conflict as for an authenticator."""
    mine = (Passkey.id == id) & (Passkey.member_id == member_id)
    if db.session.execute(delete(Passkey).where(mine).returning(Passkey.id)).scalar() is None:
        raise NotKnown()
    _removed(member_id, "passkey", at, by)


def sign_with_passkey(id: str, before: int, signs: int, *, at: datetime) -> bool:
    """Note that a passkey signed; False when somebody else noted it first, as a copied answer would."""
    once = (Passkey.id == id) & (Passkey.signs == before)
    noted = update(Passkey).where(once).values(signs=signs, used_at=at).returning(Passkey.id)
    return db.session.execute(noted).scalar() is not None


def make_codes(member_id: str, *, at: datetime, by: By) -> list[str]:
    """Ten new recovery codes, shown once; the ones before are good no longer. Tells: recovery.made."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))
    made = codes.new_codes()
    for code in made:
        kept = sealing.marked(codes.bare(code), member_id)
        db.session.add(RecoveryCode(hash=kept, member_id=member_id, made_at=at, used_at=None))
    _tell("recovery.made", member_id, at, by, {})
    return made


def judged(member_id: str, typed: str, *, at: datetime) -> bool:
    """Whether a code is one of the member's, and use it up: an authenticator's for its step, a recovery code for ever.

    Of many who show the same code at once, the database lets one have it. Tells: recovery.used.
    """
    code = codes.bare(typed)
    if codes.is_recovery(code):
        good = (RecoveryCode.hash == sealing.marked(code, member_id)) & RecoveryCode.used_at.is_(None)
        used = update(RecoveryCode).where(good).values(used_at=at).returning(RecoveryCode.hash)
        if db.session.execute(used).scalar() is None:
            return False
        _tell("recovery.used", member_id, at, HUB, {})
        return True
    kept = queries.totp_sealed(member_id, confirmed=True)
    step = authenticator.step_of(sealing.opened(kept, member_id), code, at) if kept else None
    if step is None:
        return False
    later = (Totp.member_id == member_id) & Totp.confirmed_at.is_not(None) & (Totp.step < step)
    used_step = update(Totp).where(later).values(step=step).returning(Totp.member_id)
    return db.session.execute(used_step).scalar() is not None


def label_of(words: str) -> str:
    """What a member calls a key or a device.

    Raises: BadInput when nothing is left of it.
    """
    label = " ".join(words.split())[:64]
    if not label:
        raise BadInput("Give it a name that you will know it by.", errors=[{"pointer": "/label", "detail": "is empty"}])
    return label


def _removed(member_id: str, factor: str, at: datetime, by: By) -> None:
    db.session.flush()
    if not queries.holds_factor(member_id):
        if queries.awaits(member_id, at) == "enrolment":
            raise Conflict(LAST_ONE)
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))
    _tell("factor.removed", member_id, at, by, {"factor": factor})


def _tell(
    kind: str, member_id: str, at: datetime, by: By, data: dict[str, Any], texts: dict[str, str] | None = None
) -> None:
    append(Draft(HOUSE, kind, at, by, ("member", member_id), data={"member": member_id, **data}, texts=texts or {}))

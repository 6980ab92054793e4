"""What agencies ask, the devices of duty rooms, PINs, links to other houses, and questions that wait for one answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from incident_hub.agencies import actions as agencies
from incident_hub.agencies import queries as directory
from incident_hub.agencies.standing import ROLES
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.errors import BadInput, Conflict, NotKnown
from incident_hub.kernel.record import By, Draft, append
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque, sha256
from incident_hub.sign_in import queries
from incident_hub.sign_in.asking import IDLE_BOUNDS, Policy, holds_for_open
from incident_hub.sign_in.models import AgencyPolicy, Ceremony, Device, LinkedAccount, Pin

CEREMONY_LASTS = timedelta(minutes=10)


def set_policy(policy: Policy, *, at: datetime, by: By) -> None:
    """Say what an agency asks of those who sign in for it. Tells: policy.set.

    Raises: BadInput for a role that is none, or a wait out of bounds.
    """
    unknown = sorted(set(policy.alone) - set(ROLES))
    if unknown:
        raise BadInput(say("{unknown!r} is not a role; roles are {roles}.", unknown=unknown[0], roles=ROLES))
    least, most = IDLE_BOUNDS
    if not least <= policy.idle_minutes <= most:
        raise BadInput(
            say(
                "A shared desk waits {least} to {most} minutes, not {idle_minutes}.",
                least=least,
                most=most,
                idle_minutes=policy.idle_minutes,
            )
        )
    row = db.session.get(AgencyPolicy, policy.agency)
    if row is None:
        row = AgencyPolicy(agency=policy.agency)
        db.session.add(row)
    alone = [role for role in ROLES if role in policy.alone]
    row.second_from, row.alone, row.idle_minutes, row.set_at = policy.second_from, alone, policy.idle_minutes, at
    row.open_from = holds = holds_for_open(policy.second_from, policy.open_from, at)
    since = policy.second_from.isoformat(timespec="milliseconds") if policy.second_from else None
    open_from = holds.isoformat(timespec="milliseconds") if holds else None
    facts = {"second_from": since, "alone": alone, "idle_minutes": policy.idle_minutes, "open_from": open_from}
    _tell("policy.set", ("agency", policy.agency), at, by, facts)
    agencies.shorten_waits(policy.agency, policy.idle_minutes * 60)


def ask_one_again(id: str, *, at: datetime) -> bool:
    """Ask for a second factor in a session that was opened before it was asked for; it lets nobody in until then.

    Shape: False when nothing is to be asked in it any more. Tells: session.challenged.
    """
    member = directory.opened_by_password(id, at)
    if member is None or not queries.held_to(member, at):
        return False
    owed = "factor" if queries.holds_factor(member) else "enrolment"
    agencies.challenge(id, owed, at=at)
    return True


def enrol_device(secret: str, desk_id: int, label: str, *, at: datetime, by: By) -> str:
    """Let a computer stand for a desk; returns its id. Tells: device.enrolled."""
    id = opaque()
    db.session.add(
        Device(
            id=id, hash=sha256(secret.encode()), desk_id=desk_id, label=label, enrolled_by=by.member, enrolled_at=at,
            withdrawn_at=None,
        )
    )  # fmt: skip
    _tell("device.enrolled", ("device", id), at, by, {"desk": by.desk}, {"label": label})
    return id


def withdraw_device(id: str, desk_id: int, *, at: datetime, by: By) -> None:
    """Let a computer stand for its desk no longer; whoever sits at it is stood up. Tells: device.withdrawn.

    Raises: NotKnown when it does not stand at this desk.
    """
    standing = (Device.id == id) & (Device.desk_id == desk_id) & Device.withdrawn_at.is_(None)
    hash = db.session.scalar(update(Device).where(standing).values(withdrawn_at=at).returning(Device.hash))
    if hash is None:
        raise NotKnown()
    _tell("device.withdrawn", ("device", id), at, by, {"desk": by.desk})
    agencies.end_sessions_at(hash, at=at, by=by)


def set_pin(member_id: str, hash: str, *, at: datetime, by: By) -> None:
    """Give a member a PIN for the desks they share. Tells: pin.set."""
    row = db.session.get(Pin, member_id)
    if row is None:
        row = Pin(member_id=member_id)
        db.session.add(row)
    row.hash, row.set_at = hash, at
    _tell("pin.set", ("member", member_id), at, by, {"member": member_id})


def link_account(provider: str, subject: str, member_id: str, *, at: datetime, by: By) -> None:
    """Say which member another house's subject is, once. Tells: account.linked.

    Raises: Conflict when the subject, or this member at that provider, is linked already.
    """
    mine = (LinkedAccount.member_id == member_id) | (LinkedAccount.subject == subject)
    if db.session.scalar(select(LinkedAccount.member_id).where(LinkedAccount.provider == provider, mine)):
        raise Conflict("This account is linked already; a link is made once.")
    db.session.add(LinkedAccount(provider=provider, subject=subject, member_id=member_id, linked_at=at))
    _tell("account.linked", ("member", member_id), at, by, {"member": member_id, "provider": provider})


def pose(name: str, purpose: str, member_id: str | None, value: str, *, at: datetime) -> None:
    """Keep a question until it is answered, once; those that nobody answered go with it."""
    db.session.execute(delete(Ceremony).where(Ceremony.expires_at <= at))
    hash = sha256(name.encode())
    made = Ceremony(hash=hash, purpose=purpose, member_id=member_id, value=value, expires_at=at + CEREMONY_LASTS)
    db.session.add(made)


def answered(name: str, purpose: str, member_id: str | None, *, at: datetime) -> str | None:
    """Take the question an answer belongs to: what it has to match; None when there is none, or somebody had it."""
    mine = Ceremony.member_id.is_(None) if member_id is None else Ceremony.member_id == member_id
    this = (Ceremony.hash == sha256(name.encode())) & (Ceremony.purpose == purpose) & mine & (Ceremony.expires_at > at)
    return db.session.execute(delete(Ceremony).where(this).returning(Ceremony.value)).scalar()


def _tell(
    kind: str, subject: tuple[str, str], at: datetime, by: By, data: dict[str, Any], texts: dict[str, str] | None = None
) -> None:
    append(Draft(HOUSE, kind, at, by, subject, data=data, texts=texts or {}))

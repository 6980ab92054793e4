"""Questions to sign-in: which factors a member has, what their agencies ask, which devices stand at a desk."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import feeds
from incident_hub.kernel.database import HOUSE, db
from incident_hub.sign_in.asking import Policy, awaited, second_wanted
from incident_hub.sign_in.models import AgencyPolicy, Ceremony, Device, LinkedAccount, Passkey, Pin, RecoveryCode, Totp


@dataclass(frozen=True)
class Key:
    """One of a member's passkeys."""

    id: str
    label: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """What a member can prove themselves with, besides the password."""

    totp_since: datetime | None
    passkeys: list[Key]
    codes_left: int
    pin_since: datetime | None
    linked: list[str]

    @property
    def any(self) -> bool:
        """Whether there is a second factor at all; recovery codes and PINs are none by themselves."""
        return self.totp_since is not None or bool(self.passkeys)


@dataclass(frozen=True)
class Stand:
    """A device of a duty room that was not withdrawn. Shape: `hash` is what sessions opened at it carry."""

    id: str
    hash: str
    desk_id: int
    label: str
    enrolled_at: datetime


def factors_of(member_id: str) -> Factors:
    """Everything a member has set up."""
    keys = select(Passkey.id, Passkey.label, Passkey.made_at, Passkey.used_at).where(Passkey.member_id == member_id)
    left = select(func.count()).where(RecoveryCode.member_id == member_id, RecoveryCode.used_at.is_(None))
    linked = select(LinkedAccount.provider).where(LinkedAccount.member_id == member_id)
    return Factors(
        db.session.scalar(select(Totp.confirmed_at).where(Totp.member_id == member_id)),
        [Key(*row) for row in db.session.execute(keys.order_by(Passkey.made_at, Passkey.id))],
        db.session.scalar(left) or 0,
        db.session.scalar(select(Pin.set_at).where(Pin.member_id == member_id)),
        sorted(db.session.scalars(linked)),
    )


def holds_factor(member_id: str) -> bool:
    """Whether a member has a second factor."""
    totp = select(Totp.member_id).where(Totp.member_id == member_id, Totp.confirmed_at.is_not(None))
    key = select(Passkey.id).where(Passkey.member_id == member_id).limit(1)
    return db.session.scalar(totp) is not None or db.session.scalar(key) is not None


def awaits(member_id: str, at: datetime) -> str | None:
    """What a member still owes after the right password: factor, enrolment or nothing."""
    return awaited(wanted(member_id, at), holds_factor(member_id))


def wanted(member_id: str, at: datetime) -> bool:
    """Whether one of a member's agencies asks a second factor of them."""
    seats = agencies.seats_of(member_id)
    rules = policies(desk.agency for desk, _, _ in seats)
    return second_wanted([(rules[desk.agency], role) for desk, role, _ in seats], at)


def held_to(member_id: str, at: datetime) -> bool:
    """Whether one of a member's agencies asks a second factor in sessions too that were open before it asked."""
    seats = agencies.seats_of(member_id)
    rules = policies(desk.agency for desk, _, _ in seats)
    held = [(rules[desk.agency], role) for desk, role, _ in seats]
    return second_wanted([(rule, role) for rule, role in held if rule.open_from and rule.open_from <= at], at)


def asked_again_from(member_id: str, at: datetime) -> datetime | None:
    """When sessions that a member opened by a password alone are asked; None when they are not going to be."""
    seats = agencies.seats_of(member_id)
    rules = policies(desk.agency for desk, _, _ in seats)
    coming = [
        rules[desk.agency].open_from
        for desk, role, _ in seats
        if rules[desk.agency].second_from and role not in rules[desk.agency].alone
    ]
    return min((one for one in coming if one and one > at), default=None)


def first_to_ask_again(at: datetime, aside: Collection[str] = ()) -> str | None:
    """The session that is to be asked for a second factor next, though it is open; None when there is none."""
    held = db.session.scalars(select(AgencyPolicy.agency).where(AgencyPolicy.open_from <= at)).all()
    found = agencies.opened_by_passwords(held, at) if held else []
    return next((id for id, member in found if id not in aside and held_to(member, at)), None)


def means(member_id: str) -> list[str]:
    """By what a member can prove to be there, the strongest first: a password only where there is nothing better."""
    held = factors_of(member_id)
    found = ["passkey"] if held.passkeys else []
    found += ["code"] if held.totp_since else []
    return found or ["password"]


def policies(codes: Iterable[str]) -> dict[str, Policy]:
    """What agencies ask, by code; one that never said anything asks for a password."""
    asked = set(codes)
    rows = db.session.scalars(select(AgencyPolicy).where(AgencyPolicy.agency.in_(asked)))
    said = {
        row.agency: Policy(row.agency, row.second_from, tuple(row.alone), row.idle_minutes, row.open_from)
        for row in rows
    }
    return {code: said.get(code) or Policy(code) for code in asked}


def totp_sealed(member_id: str, *, confirmed: bool) -> str | None:
    """A member's sealed secret: the one in use, or the one that is only offered."""
    held = Totp.confirmed_at.is_not(None) if confirmed else Totp.confirmed_at.is_(None)
    return db.session.scalar(select(Totp.sealed).where(Totp.member_id == member_id, held))


def passkey_of(credential: str) -> tuple[str, str, str, int] | None:
    """A passkey by its own number: (id, member, public key, how often it has signed)."""
    query = select(Passkey.id, Passkey.member_id, Passkey.public_key, Passkey.signs)
    row = db.session.execute(query.where(Passkey.credential == credential)).first()
    return (row[0], row[1], row[2], row[3]) if row else None


def credentials_of(member_id: str) -> list[str]:
    """The numbers of a member's passkeys."""
    return list(db.session.scalars(select(Passkey.credential).where(Passkey.member_id == member_id)))


def pin_hash_of(member_id: str) -> str | None:
    """What a member's PIN is checked against."""
    return db.session.scalar(select(Pin.hash).where(Pin.member_id == member_id))


def stand(hash: str) -> Stand | None:
    """The device with this secret, if it was not withdrawn."""
    return next(iter(_stands(Device.hash == hash)), None)


def stands_at(desk_id: int) -> list[Stand]:
    """The devices of a desk, the oldest first."""
    return _stands(Device.desk_id == desk_id)


def tries(member_id: str, most: int = 10) -> list[tuple[datetime, str]]:
    """The newest times somebody was not let in as this member: (when, from which address)."""
    refused = feeds.entries_of(HOUSE, ("member", member_id), ["sign_in.refused"])
    return [(one["at"], str(one["data"].get("address") or "")) for one in reversed(refused[-most:])]


def first_asked_reset(at: datetime, aside: Collection[str] = ()) -> str | None:
    """The question for another password that is to be answered next; None when nobody asked."""
    asked = (Ceremony.purpose == "reset") & (Ceremony.expires_at > at) & Ceremony.hash.not_in(list(aside))
    return db.session.scalar(select(Ceremony.hash).where(asked).order_by(Ceremony.expires_at, Ceremony.hash).limit(1))


def linked_member(provider: str, subject: str) -> str | None:
    """Whom another house's subject was linked to."""
    return db.session.scalar(
        select(LinkedAccount.member_id).where(LinkedAccount.provider == provider, LinkedAccount.subject == subject)
    )


def _stands(*where: object) -> list[Stand]:
    query = select(Device.id, Device.hash, Device.desk_id, Device.label, Device.enrolled_at)
    query = query.where(Device.withdrawn_at.is_(None), *where).order_by(Device.enrolled_at, Device.id)  # type: ignore[arg-type]
    return [Stand(*row) for row in db.session.execute(query)]

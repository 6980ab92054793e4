"""The tables of second factors, of what agencies ask, of shared desks, resets and other houses' accounts.

Every secret is kept as a hash, under a key outside the database (`sealing`), or not at all.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import NOBODY, holds_text, kind

KINDS = [
    kind(name, NOBODY)
    for name in (
        "factor.added", "factor.removed", "recovery.made", "recovery.used", "policy.set", "device.enrolled",
        "device.withdrawn", "pin.set", "reset.asked", "account.linked",
    )
]  # fmt: skip

holds_text("totp.sealed", "a secret under a key outside the database")
holds_text("passkey.credential", "the number a member's key goes by")
holds_text("passkey.public_key", "what a member's key is checked against")
holds_text("passkey.label", "what a member calls a key")
holds_text("device.label", "what the device of a duty room is called")
holds_text("linked_account.subject", "what another house knows a member by")
holds_text("ceremony.value", "what a sign-in that is under way has to match, sealed")
holds_text("password_reset.hash", "what a link of one use is kept as")
holds_text("pin.hash", "what a personal PIN is kept as")


class Totp(Base):
    """A member's authenticator: a new code every thirty seconds, each good once."""

    __tablename__ = "totp"

    #: Whose it is.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)
    #: The secret, sealed with a key that is not in the database.
    sealed: Mapped[str] = mapped_column(String(255))
    #: The newest step that was used; only a later one is taken.
    step: Mapped[int] = mapped_column(BigInteger)
    #: When it was set up.
    made_at: Mapped[datetime] = mapped_column(Instant)
    #: When its first code was shown to be right; null while it is only offered.
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)


class RecoveryCode(Base):
    """One of ten codes for the day the telephone is lost; each opens once."""

    __tablename__ = "recovery_code"

    #: HMAC of the code under the key outside the database, with its member.
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: Whose it is.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    #: When it was made.
    made_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was used; null while it is good.
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Passkey(Base):
    """A key in a member's device or pocket that answers for this house alone."""

    __tablename__ = "passkey"

    #: Random; what it is known by in lists.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: Whose it is.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    #: Its own number, base64url.
    credential: Mapped[str] = mapped_column(String(1400), unique=True)
    #: What its signatures are checked against, base64url.
    public_key: Mapped[str] = mapped_column(Text)
    #: How often it has signed, by its own count; 0 for keys that do not count.
    signs: Mapped[int] = mapped_column(BigInteger)
    #: What its member calls it.
    label: Mapped[str] = mapped_column(String(64))
    #: When it was added.
    made_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was last used.
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class AgencyPolicy(Base):
    """What an agency asks of those who sign in for it; one without a row asks for a password."""

    __tablename__ = "agency_policy"

    #: The agency.
    agency: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: From when on a second factor is asked; null for never.
    second_from: Mapped[datetime | None] = mapped_column(Instant)
    #: [`reporter`, …]: the roles that may go on with a password alone.
    alone: Mapped[Any] = mapped_column(Json)
    #: After how many minutes a shared desk asks for the PIN again.
    idle_minutes: Mapped[int] = mapped_column(Integer)
    #: When this was set.
    set_at: Mapped[datetime] = mapped_column(Instant)
    #: From when on it holds for sessions that were open already; null while no second factor is asked.
    open_from: Mapped[datetime | None] = mapped_column(Instant)


class Pin(Base):
    """A member's PIN for the shared desks they sit at; it opens nothing anywhere else."""

    __tablename__ = "pin"

    #: Whose it is.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)
    #: Argon2id.
    hash: Mapped[str] = mapped_column(String(128))
    #: When it was set.
    set_at: Mapped[datetime] = mapped_column(Instant)


class Device(Base):
    """A computer of a duty room, enrolled for one desk; whoever sits there sits down at it with a PIN."""

    __tablename__ = "device"

    #: Random; what it is known by in lists and in sessions.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: SHA-256 of the secret in the device's cookie.
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: The desk it stands at.
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"), index=True)
    #: What it is called in the room.
    label: Mapped[str] = mapped_column(String(64))
    #: Who enrolled it.
    enrolled_by: Mapped[str] = mapped_column(ForeignKey("member.id"))
    #: When.
    enrolled_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was withdrawn; null while it stands.
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class PasswordReset(Base):
    """A link that lets a member choose another password, once, within half an hour."""

    __tablename__ = "password_reset"

    #: SHA-256 of the secret in the link.
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: Whose password.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    #: When it was asked for.
    asked_at: Mapped[datetime] = mapped_column(Instant)
    #: When it ends by itself.
    expires_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was used, or another took its place; null while it is good.
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class LinkedAccount(Base):
    """A member is known to another house by a subject of its own, linked once and never guessed from an address."""

    __tablename__ = "linked_account"

    #: The provider, by the name the settings give it.
    provider: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: What it knows the member by.
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    #: The member.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    #: When it was linked.
    linked_at: Mapped[datetime] = mapped_column(Instant)


class Ceremony(Base):
    """A question that waits for one answer: a passkey's challenge, or a sign-in at another house."""

    __tablename__ = "ceremony"

    #: SHA-256 of what names it.
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: What it is for: enrol, enter, prove, provider or reset.
    purpose: Mapped[str] = mapped_column(String(16))
    #: Whose it is; null before anybody is known.
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    #: What the answer has to match.
    value: Mapped[str] = mapped_column(Text)
    #: When it ends by itself.
    expires_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index("ix_ceremony_expires", "expires_at"),)
